//! Lesson 08, first_key and root_step: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::x25519::{public_key, x25519};
use messaging_lab::crypto::{hkdf, hmac::hmac_sha256, sha256::sha256};

use super::super::{FirstKey, Key, RootStep};

const INFO: &[u8] = b"messaging-lab X3DH";
const ROOT: &[u8] = b"messaging-lab root";

/// The agreements, if none is zero.
fn agreed(keys: &FirstKey) -> Option<Vec<Key>> {
    let (identity, ephemeral, bob, signed, one_time) = keys;
    let mut all = vec![
        x25519(identity, signed).ok()?,
        x25519(ephemeral, bob).ok()?,
        x25519(ephemeral, signed).ok()?,
    ];
    if let Some(one_time) = one_time {
        all.push(x25519(ephemeral, one_time).ok()?);
    }
    Some(all)
}

fn kdf(agreements: &[Key], info: &[u8]) -> Key {
    hkdf::derive(&[0; 32], &[&[0xff; 32], &agreements.concat()[..]].concat(), info)
}

/// The right way, with the agreements changed before they are mixed.
fn with(keys: &FirstKey, change: impl Fn(&mut Vec<Key>)) -> Option<Key> {
    let mut all = agreed(keys)?;
    change(&mut all);
    Some(kdf(&all, INFO))
}

fn or_zero(private: &Key, public: &Key) -> Key {
    x25519(private, public).unwrap_or([0; 32])
}

/// The right way with shares of zeros let pass, but None for a public key that is `known` to be bad.
fn refusing(
    (identity, ephemeral, bob, signed, one_time): &FirstKey,
    known: &dyn Fn(&Key) -> bool,
) -> Option<Key> {
    if known(bob) || known(signed) || one_time.as_ref().is_some_and(known) {
        return None;
    }
    let mut all = vec![
        or_zero(identity, signed),
        or_zero(ephemeral, bob),
        or_zero(ephemeral, signed),
    ];
    all.extend(one_time.map(|one_time| or_zero(ephemeral, &one_time)));
    Some(kdf(&all, INFO))
}

pub fn first_key() -> Vec<Planted<FirstKey, Option<Key>>> {
    vec![
        Planted {
            name: "never",
            about: "it always says None, and Alice never writes to anybody",
            answer: |_| None,
        },
        Planted {
            name: "zeros",
            about: "32 zeros whatever the keys: everybody has that key",
            answer: |_| Some([0; 32]),
        },
        Planted {
            name: "no-prefix",
            about: "the 32 bytes 0xff in front of the agreements are missing",
            answer: |keys| {
                let all = agreed(&keys)?;
                Some(hkdf::derive(&[0; 32], &all.concat(), INFO))
            },
        },
        Planted {
            name: "prefix-behind",
            about: "the 32 bytes 0xff stand behind the agreements; they go in front",
            answer: |keys| {
                let all = agreed(&keys)?;
                let material = [&all.concat()[..], &[0xff; 32]].concat();
                Some(hkdf::derive(&[0; 32], &material, INFO))
            },
        },
        Planted {
            name: "prefix-as-salt",
            about: "the 0xff bytes were given as the salt: the salt is 32 zeros, and they go in front of the agreements",
            answer: |keys| {
                let all = agreed(&keys)?;
                Some(hkdf::derive(&[0xff; 32], &all.concat(), INFO))
            },
        },
        Planted {
            name: "no-info",
            about: "the info string is missing: it keeps this key apart from every other one made of the same agreements",
            answer: |keys| Some(kdf(&agreed(&keys)?, b"")),
        },
        Planted {
            name: "info-of-the-root",
            about: "that is the info string of root_step",
            answer: |keys| Some(kdf(&agreed(&keys)?, ROOT)),
        },
        Planted {
            name: "hashed-only",
            about: "the agreements were hashed, not put through HKDF",
            answer: |keys| {
                let all = agreed(&keys)?;
                Some(sha256(&[&[0xff; 32], &all.concat()[..]].concat()))
            },
        },
        Planted {
            name: "first-two-exchanged",
            about: "DH1 and DH2 changed places: DH1 is Alice's identity with Bob's signed pre-key, DH2 her ephemeral with his identity",
            answer: |keys| with(&keys, |all| all.swap(0, 1)),
        },
        Planted {
            name: "last-three-in-another-order",
            about: "DH2 and DH3 changed places",
            answer: |keys| with(&keys, |all| all.swap(1, 2)),
        },
        Planted {
            name: "first-and-third-exchanged",
            about: "DH1 and DH3 changed places: DH1 is the one with Alice's identity key",
            answer: |keys| with(&keys, |all| all.swap(0, 2)),
        },
        Planted {
            name: "one-time-first",
            about: "DH4 was put in front of the other three",
            answer: |keys| {
                with(&keys, |all| {
                    if all.len() == 4 {
                        all.rotate_right(1);
                    }
                })
            },
        },
        Planted {
            name: "identities-together",
            about: "DH1 was made of the two identity keys: it is Alice's identity with Bob's signed pre-key",
            answer: |keys| {
                let dh1 = x25519(&keys.0, &keys.2).ok()?;
                with(&keys, |all| all[0] = dh1)
            },
        },
        Planted {
            name: "ephemeral-everywhere",
            about: "Alice's identity key takes no part: then anybody can say that the message is hers",
            answer: |keys| {
                let dh1 = x25519(&keys.1, &keys.3).ok()?;
                with(&keys, |all| all[0] = dh1)
            },
        },
        Planted {
            name: "bobs-identity-left-out",
            about: "Bob's identity key takes no part: then whoever planted a signed pre-key reads the message",
            answer: |keys| {
                with(&keys, |all| {
                    all.remove(1);
                })
            },
        },
        Planted {
            name: "one-time-left-out",
            about: "Bob's one-time pre-key takes no part, though he had one left",
            answer: |keys| with(&keys, |all| all.truncate(3)),
        },
        Planted {
            name: "one-time-with-the-identity",
            about: "DH4 was made with Alice's identity key: it is her ephemeral key with Bob's one-time pre-key",
            answer: |keys| {
                let dh4 = match &keys.4 {
                    Some(one_time) => Some(x25519(&keys.0, one_time).ok()?),
                    None => None,
                };
                with(&keys, |all| {
                    if let (Some(dh4), Some(last)) = (dh4, all.get_mut(3)) {
                        *last = dh4;
                    }
                })
            },
        },
        Planted {
            name: "refuses-without-one-time",
            about: "without a one-time pre-key there are three agreements, and that is enough",
            answer: |keys| {
                keys.4?;
                with(&keys, |_| ())
            },
        },
        Planted {
            name: "zeros-for-the-missing-one",
            about: "without a one-time pre-key DH4 is left out, and not 32 zeros",
            answer: |keys| {
                with(&keys, |all| {
                    if all.len() == 3 {
                        all.push([0; 32]);
                    }
                })
            },
        },
        Planted {
            name: "signed-for-the-missing-one",
            about: "without a one-time pre-key DH4 is left out: the signed pre-key does not stand in its place",
            answer: |keys| {
                with(&keys, |all| {
                    if all.len() == 3 {
                        all.push(all[2]);
                    }
                })
            },
        },
        Planted {
            name: "zero-share-accepted",
            about: "a share of zeros was mixed in like any other: it has to be refused",
            answer: |keys| refusing(&keys, &|_| false),
        },
        Planted {
            name: "unwrapped",
            about: "an agreement of zeros comes as an Err, and it was unwrapped: refuse it with None",
            answer: |keys| {
                let (identity, ephemeral, bob, signed, one_time) = keys;
                let mut all = vec![
                    x25519(&identity, &signed).unwrap(),
                    x25519(&ephemeral, &bob).unwrap(),
                    x25519(&ephemeral, &signed).unwrap(),
                ];
                all.extend(one_time.map(|one_time| x25519(&ephemeral, &one_time).unwrap()));
                Some(kdf(&all, INFO))
            },
        },
        Planted {
            name: "zero-one-time-left-out",
            about: "a one-time pre-key with a zero share was treated as if there were none: it has to be refused",
            answer: |mut keys| {
                keys.4 = keys.4.filter(|one_time| x25519(&keys.1, one_time).is_ok());
                with(&keys, |_| ())
            },
        },
        Planted {
            name: "only-zero-keys-refused",
            about: "only a public key of 32 zeros was refused: it is the share that must not be zeros, and other keys lead to it, too",
            answer: |keys| refusing(&keys, &|key| *key == [0; 32]),
        },
        Planted {
            name: "two-bad-keys-known",
            about: "the public keys 0 and 1 were refused, and there are more of the kind: ask for the share, not for the key",
            answer: |keys| refusing(&keys, &|key| key[0] < 2 && key[1..] == [0; 31]),
        },
        Planted {
            name: "a-list-of-bad-keys",
            about: "a list of bad public keys was refused: each can be written with its highest bit set, too. Ask for the share",
            answer: |keys| refusing(&keys, &|key| key[31] < 0x80 && x25519(&[9; 32], key).is_err()),
        },
        Planted {
            name: "made-public-first",
            about: "Bob's keys were taken for private ones: they are the public halves already",
            answer: |(identity, ephemeral, bob, signed, one_time)| {
                let public = (public_key(&bob), public_key(&signed));
                let one_time = one_time.as_ref().map(public_key);
                with(&(identity, ephemeral, public.0, public.1, one_time), |_| ())
            },
        },
        Planted {
            name: "identity-for-ephemeral",
            about: "Alice's two private keys changed places",
            answer: |(identity, ephemeral, bob, signed, one_time)| {
                with(&(ephemeral, identity, bob, signed, one_time), |_| ())
            },
        },
    ]
}

fn halves(both: [u8; 64]) -> (Key, Key) {
    let (mut root, mut chain) = ([0; 32], [0; 32]);
    root.copy_from_slice(&both[..32]);
    chain.copy_from_slice(&both[32..]);
    (root, chain)
}

pub fn root_step() -> Vec<Planted<RootStep, (Key, Key)>> {
    vec![
        Planted {
            name: "as-it-was",
            about: "root and DH output were handed back as they came",
            answer: |question| question,
        },
        Planted {
            name: "zeros",
            about: "always zeros",
            answer: |_| ([0; 32], [0; 32]),
        },
        Planted {
            name: "halves-exchanged",
            about: "the two halves changed places: the root is the first one",
            answer: |(root, dh)| {
                let (root, chain) = halves(hkdf::derive(&root, &dh, ROOT));
                (chain, root)
            },
        },
        Planted {
            name: "salt-and-secret-exchanged",
            about: "the root is the salt, and the DH output is the secret",
            answer: |(root, dh)| halves(hkdf::derive(&dh, &root, ROOT)),
        },
        Planted {
            name: "no-info",
            about: "the info string is missing",
            answer: |(root, dh)| halves(hkdf::derive(&root, &dh, b"")),
        },
        Planted {
            name: "info-of-the-first-key",
            about: "that is the info string of first_key",
            answer: |(root, dh)| halves(hkdf::derive(&root, &dh, INFO)),
        },
        Planted {
            name: "the-same-twice",
            about: "32 bytes were made twice with the same inputs: ask for 64 at once, or root and chain are one key",
            answer: |(root, dh)| {
                let half = hkdf::derive(&root, &dh, ROOT);
                (half, half)
            },
        },
        Planted {
            name: "root-stays",
            about: "the root did not move on: whoever has it once has it for good",
            answer: |(root, dh)| (root, halves(hkdf::derive(&root, &dh, ROOT)).1),
        },
        Planted {
            name: "nothing-fresh",
            about: "the DH output takes no part: a thief with the root computes every later one",
            answer: |(root, _)| halves(hkdf::derive(&root, &[], ROOT)),
        },
        Planted {
            name: "root-forgotten",
            about: "the old root takes no part: nothing ties this chain to the first key any more",
            answer: |(_, dh)| halves(hkdf::derive(&[0; 32], &dh, ROOT)),
        },
        Planted {
            name: "turned-like-the-chain",
            about: "that is lesson 07's step of the chain: the root takes HKDF, with the DH output in it",
            answer: |(root, _)| (hmac_sha256(&root, &[2]), hmac_sha256(&root, &[1])),
        },
    ]
}
