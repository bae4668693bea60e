//! Lesson 05: planted wrong answers. Each is caught, and named as what it is.

use std::collections::{BTreeMap, BTreeSet};

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::aead;
use messaging_lab::crypto::hkdf;
use messaging_lab::crypto::sha256::sha256;
use messaging_lab::crypto::x25519::x25519;
use messaging_lab::envelope::hpke::seal_base;
use messaging_lab::envelope::kem::{EphemeralKey, PublicKey};
use messaging_lab::envelope::padding;
use messaging_lab::ground::ledger::{Onlooker, Witness};

use super::{
    Agreement, Chat, KeyQuestion, Line, Order, Picture, Posted, Prediction, STATEMENTS, Server, SizeQuestion,
    power, private_number,
};

/// Witnesses that settle all six statements, with another one in place `number`.
fn settled_but(number: usize, witness: Option<Witness>) -> Prediction {
    let mut witnesses = [
        Some(Witness::Nobody),
        Some(Witness::Holds(Onlooker::Relay, 5)),
        Some(Witness::Holds(Onlooker::Relay, 40)),
        Some(Witness::Nobody),
        Some(Witness::Nobody),
        Some(Witness::Holds(Onlooker::Thief, 41)),
    ];
    witnesses[number] = witness;
    ([Some(true); STATEMENTS], witnesses)
}

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "guesses-only",
            about: "the guess is made; its witness stands in the run that `show` prints",
            answer: |()| ([Some(true); STATEMENTS], [None; STATEMENTS]),
        },
        Planted {
            name: "all-nobody",
            about: "end-to-end was taken for 'the company knows nothing': look what its log says",
            answer: |()| ([Some(false); STATEMENTS], [Some(Witness::Nobody); STATEMENTS]),
        },
        Planted {
            name: "always-the-relay",
            about: "the relay was named everywhere, because everything passes it: passing is not reading",
            answer: |()| {
                let at = [10, 4, 30, 30, 0, 30].map(|second| Some(Witness::Holds(Onlooker::Relay, second)));
                ([Some(true); STATEMENTS], at)
            },
        },
        Planted {
            name: "the-relay-reads",
            about: "the relay was thought to read what it delivers; what it has in hand is sealed",
            answer: |()| settled_but(0, Some(Witness::Holds(Onlooker::Relay, 10))),
        },
        Planted {
            name: "the-wire-reads",
            about: "whoever listens on the wire was thought to read; what travels there is sealed",
            answer: |()| settled_but(0, Some(Witness::Holds(Onlooker::Wire, 6))),
        },
        Planted {
            name: "knows-at-the-first-message",
            about: "the relay was thought to learn of it with the first message: her phone had to ask it for a key \
                    first",
            answer: |()| settled_but(1, Some(Witness::Nobody)),
        },
        Planted {
            name: "delivered-is-forgotten",
            about: "deleting the message was taken for forgetting it: the log's line stays",
            answer: |()| settled_but(2, Some(Witness::Nobody)),
        },
        Planted {
            name: "sealed-hides-length",
            about: "a sealed text was thought to have no length: compare the two lines of the log",
            answer: |()| settled_but(3, Some(Witness::Holds(Onlooker::Relay, 30))),
        },
        Planted {
            name: "the-relay-made-the-keys",
            about: "the relay was thought to have Bob's private key; what it was given is the public one",
            answer: |()| settled_but(4, Some(Witness::Holds(Onlooker::Relay, 0))),
        },
        Planted {
            name: "a-key-travels",
            about: "a private key was thought to travel with the upload; what travels is the public one",
            answer: |()| settled_but(4, Some(Witness::Holds(Onlooker::Wire, 0))),
        },
        Planted {
            name: "erased-is-over",
            about: "erased texts were taken for lost: look what a key does for whoever kept the envelopes",
            answer: |()| settled_but(5, Some(Witness::Nobody)),
        },
        Planted {
            name: "the-phone-still-has-it",
            about: "the phone was thought to keep the text; this one erased it, and kept something else",
            answer: |()| settled_but(5, Some(Witness::Holds(Onlooker::BobPhone, 30))),
        },
    ]
}

/// Alice's private number, or 0.
fn of_alice((p, g, alice, _): Agreement) -> u64 {
    private_number(p, g, alice).unwrap_or(0)
}

pub fn small_secret() -> Vec<Planted<Agreement, u64>> {
    vec![
        Planted {
            name: "product",
            about: "the two public numbers were multiplied: that is g^(a+b), which everybody can compute, and not \
                    g^(a*b)",
            answer: |(p, _, alice, bob)| alice * bob % p,
        },
        Planted {
            name: "alices-private-number",
            about: "that is Alice's private number; one step is left: Bob's public number to that power",
            answer: of_alice,
        },
        Planted {
            name: "bobs-private-number",
            about: "that is Bob's private number; one step is left: Alice's public number to that power",
            answer: |(p, g, alice, bob)| of_alice((p, g, bob, alice)),
        },
        Planted {
            name: "both-private-numbers",
            about: "that is a*b: g to that power is the secret",
            answer: |(p, g, alice, bob)| of_alice((p, g, alice, bob)) * of_alice((p, g, bob, alice)),
        },
        Planted {
            name: "public-to-the-public",
            about: "one public number was raised to the other: the exponent must be a private number",
            answer: |(p, _, alice, bob)| power(p, alice, bob),
        },
        Planted {
            name: "g-to-the-product-of-publics",
            about: "g was raised to the product of the public numbers: the exponent must be the private ones'",
            answer: |(p, g, alice, bob)| power(p, g, alice * bob),
        },
        Planted {
            name: "one-step-too-far",
            about: "the exponent is one too large: g itself is g to the power of 1",
            answer: |(p, g, alice, bob)| power(p, bob, of_alice((p, g, alice, bob)) + 1),
        },
        Planted {
            name: "one-step-too-few",
            about: "the exponent is one too small: g itself is g to the power of 1",
            answer: |(p, g, alice, bob)| power(p, bob, of_alice((p, g, alice, bob)).saturating_sub(1)),
        },
        Planted {
            name: "the-last-is-left-out",
            about: "the search ends before the last private number, p - 2",
            answer: |(p, g, alice, bob)| match of_alice((p, g, alice, bob)) {
                a if a + 2 == p => 0,
                a => power(p, bob, a),
            },
        },
        Planted {
            name: "multiplies-for-powers",
            about: "n times g was searched instead of g to the power of n",
            answer: |(p, g, alice, bob)| {
                // The inverse of g, so that a = alice / g.
                let a = alice * power(p, g, p - 2) % p;
                a * bob % p
            },
        },
        Planted {
            name: "not-reduced",
            about: "the last step was multiplied without `% p`: the secret is a number below p",
            answer: |(p, g, alice, bob)| {
                let a = of_alice((p, g, alice, bob));
                bob * power(p, bob, a.saturating_sub(1))
            },
        },
        Planted {
            name: "gives-up",
            about: "the search gives up after 65,536 steps: with every bit more it has twice as far to go",
            answer: |(p, g, alice, bob)| match of_alice((p, g, alice, bob)) {
                a if a > 65_536 => 0,
                a => power(p, bob, a),
            },
        },
        Planted {
            name: "too-narrow",
            about: "a product of two numbers was cut to 32 bits: take `u64` throughout",
            answer: |(p, g, alice, bob)| {
                let mut a = of_alice((p, g, alice, bob));
                let cut = |one: u64, other: u64| one * other % (1 << 32) % p;
                let (mut result, mut square) = (1, bob);
                while a > 0 {
                    if a % 2 == 1 {
                        result = cut(result, square);
                    }
                    square = cut(square, square);
                    a /= 2;
                }
                result
            },
        },
        Planted {
            name: "always-17",
            about: "that is the worked example's answer, whatever is asked",
            answer: |_| 17,
        },
        Planted {
            name: "what-alice-sent",
            about: "that is what Alice sent: everybody has seen it",
            answer: |(_, _, alice, _)| alice,
        },
        Planted {
            name: "what-bob-sent",
            about: "that is what Bob sent: everybody has seen it",
            answer: |(_, _, _, bob)| bob,
        },
        Planted {
            name: "always-1",
            about: "it always says 1",
            answer: |_| 1,
        },
        Planted {
            name: "always-0",
            about: "it always says 0, which no power of g is",
            answer: |_| 0,
        },
    ]
}

pub fn shared_key() -> Vec<Planted<KeyQuestion, Option<[u8; 32]>>> {
    vec![
        Planted {
            name: "share-as-key",
            about: "the result of X25519 was taken for the key: it is the coordinate of a point, its bits are not \
                    even, and every purpose would get the same",
            answer: |(mine, theirs, _, _)| x25519(&mine, &theirs).ok(),
        },
        Planted {
            name: "zero-taken",
            about: "the refusal was turned into zeros and went on: a key that everybody can compute",
            answer: |(mine, theirs, salt, info)| {
                let share = x25519(&mine, &theirs).unwrap_or([0; 32]);
                Some(hkdf::derive(&salt, &share, &info))
            },
        },
        Planted {
            name: "only-zeros-refused",
            about: "only the public key of 32 zero bytes was refused; there are others that give zero, and \
                    `x25519` knows them all",
            answer: |(mine, theirs, salt, info)| {
                if theirs == [0; 32] {
                    return None;
                }
                let share = x25519(&mine, &theirs).unwrap_or([0; 32]);
                Some(hkdf::derive(&salt, &share, &info))
            },
        },
        Planted {
            name: "keys-swapped",
            about: "private and public key changed places in the call of `x25519`: the private one comes first",
            answer: |(mine, theirs, salt, info)| {
                let share = x25519(&theirs, &mine).ok()?;
                Some(hkdf::derive(&salt, &share, &info))
            },
        },
        Planted {
            name: "salt-and-info-swapped",
            about: "salt and info changed places: the salt goes into the first step, the info into the second",
            answer: |(mine, theirs, salt, info)| {
                let share = x25519(&mine, &theirs).ok()?;
                Some(hkdf::derive(&info, &share, &salt))
            },
        },
        Planted {
            name: "salt-and-share-swapped",
            about: "salt and share changed places: the order is salt, secret, info",
            answer: |(mine, theirs, salt, info)| {
                let share = x25519(&mine, &theirs).ok()?;
                Some(hkdf::derive(&share, &salt, &info))
            },
        },
        Planted {
            name: "no-salt",
            about: "the salt went nowhere: two conversations that differ only in it get one key",
            answer: |(mine, theirs, _, info)| {
                let share = x25519(&mine, &theirs).ok()?;
                Some(hkdf::derive(&[], &share, &info))
            },
        },
        Planted {
            name: "no-info",
            about: "the info went nowhere: two purposes get one key",
            answer: |(mine, theirs, salt, _)| {
                let share = x25519(&mine, &theirs).ok()?;
                Some(hkdf::derive(&salt, &share, &[]))
            },
        },
        Planted {
            name: "extract-only",
            about: "that is what comes out of the first step, extract; the second, expand, puts the info in",
            answer: |(mine, theirs, salt, _)| {
                let share = x25519(&mine, &theirs).ok()?;
                Some(hkdf::extract(&salt, &share))
            },
        },
        Planted {
            name: "expand-only",
            about: "the first step, extract, was left out, and with it the salt",
            answer: |(mine, theirs, _, info)| {
                let share = x25519(&mine, &theirs).ok()?;
                let mut key = [0; 32];
                hkdf::expand(&share, &info, &mut key).ok()?;
                Some(key)
            },
        },
        Planted {
            name: "all-in-one-digest",
            about: "everything was put through one digest: HKDF keeps the three apart, so that 'ab' and 'c' is not \
                    'a' and 'bc'",
            answer: |(mine, theirs, salt, info)| {
                let share = x25519(&mine, &theirs).ok()?;
                Some(sha256(&[&salt[..], &share, &info].concat()))
            },
        },
        Planted {
            name: "my-private-key",
            about: "the private key itself went into HKDF: the other side does not have it and gets another key",
            answer: |(mine, theirs, salt, info)| {
                x25519(&mine, &theirs).ok()?;
                Some(hkdf::derive(&salt, &mine, &info))
            },
        },
        Planted {
            name: "their-public-key",
            about: "the public key went into HKDF as the secret: everybody has it",
            answer: |(mine, theirs, salt, info)| {
                x25519(&mine, &theirs).ok()?;
                Some(hkdf::derive(&salt, &theirs, &info))
            },
        },
        Planted {
            name: "empty-refused",
            about: "an empty salt or info was refused: both are allowed",
            answer: |(mine, theirs, salt, info)| {
                if salt.is_empty() || info.is_empty() {
                    return None;
                }
                let share = x25519(&mine, &theirs).ok()?;
                Some(hkdf::derive(&salt, &share, &info))
            },
        },
        Planted {
            name: "never",
            about: "it refuses everything",
            answer: |_| None,
        },
        Planted {
            name: "always-zeros",
            about: "it always gives the same key",
            answer: |_| Some([0; 32]),
        },
    ]
}

/// Names as they should be bound: each behind its length.
fn bind(from: &str, to: &str) -> Vec<u8> {
    let mut bound = Vec::new();
    for name in [from, to] {
        bound.push(name.len() as u8);
        bound.extend_from_slice(name.as_bytes());
    }
    bound
}

/// The envelope, with the fresh key made from `fresh`, and `bound` in the seal and in the answer.
fn post(fresh: &[u8], theirs: [u8; 32], bound: Vec<u8>, text: &[u8]) -> Posted {
    let (enc, sealed) = seal_base(EphemeralKey::derive(fresh), &PublicKey(theirs), &bound, &[], text).ok()?;
    Some((bound, [&enc[..], &sealed].concat()))
}

pub fn envelope() -> Vec<Planted<Order, Posted>> {
    vec![
        Planted {
            name: "nothing-bound",
            about: "neither name is bound: the seal says nothing about who wrote to whom",
            answer: |(_, _, theirs, text, seed)| post(&seed, theirs, vec![], &text),
        },
        Planted {
            name: "sender-alone",
            about: "only the sender's name is bound; the label has two",
            answer: |(from, _, theirs, text, seed)| post(&seed, theirs, from.into_bytes(), &text),
        },
        Planted {
            name: "recipient-alone",
            about: "only the recipient's name is bound: the relay can put anybody's name in front",
            answer: |(_, to, theirs, text, seed)| post(&seed, theirs, to.into_bytes(), &text),
        },
        Planted {
            name: "names-joined",
            about: "the names were joined without saying where one ends: 'ann' to 'abob' is 'anna' to 'bob'",
            answer: |(from, to, theirs, text, seed)| post(&seed, theirs, (from + &to).into_bytes(), &text),
        },
        Planted {
            name: "separator",
            about: "the names were joined by a separator, and a name can contain it, too: write the length in front",
            answer: |(from, to, theirs, text, seed)| {
                post(&seed, theirs, format!("{from} -> {to}").into_bytes(), &text)
            },
        },
        Planted {
            name: "lengths-in-digits",
            about: "the lengths are written in digits, and a name can begin with a digit: where does the length end?",
            answer: |(from, to, theirs, text, seed)| {
                let bound = format!("{}{from}{}{to}", from.len(), to.len());
                post(&seed, theirs, bound.into_bytes(), &text)
            },
        },
        Planted {
            name: "no-direction",
            about: "the names were sorted: a text from Alice to Bob is bound like one from Bob to Alice",
            answer: |(from, to, theirs, text, seed)| {
                let (first, second) = if from < to { (from, to) } else { (to, from) };
                post(&seed, theirs, bind(&first, &second), &text)
            },
        },
        Planted {
            name: "cut-names",
            about: "only the beginning of each name is bound: a name is 1 to 32 bytes long, and all of them count",
            answer: |(from, to, theirs, text, seed)| {
                let short = |name: String| name.chars().take(16).collect::<String>();
                post(&seed, theirs, bind(&short(from), &short(to)), &text)
            },
        },
        Planted {
            name: "ends-of-names",
            about: "only the end of each name is bound: a name is 1 to 32 bytes long, and all of them count",
            answer: |(from, to, theirs, text, seed)| {
                let end = |name: String| {
                    let mut last: Vec<char> = name.chars().rev().take(16).collect();
                    last.reverse();
                    last.into_iter().collect::<String>()
                };
                post(&seed, theirs, bind(&end(from), &end(to)), &text)
            },
        },
        Planted {
            name: "small-letters",
            about: "the names were written in small letters: Bob and bob are two addresses",
            answer: |(from, to, theirs, text, seed)| {
                post(
                    &seed,
                    theirs,
                    bind(&from.to_lowercase(), &to.to_lowercase()),
                    &text,
                )
            },
        },
        Planted {
            name: "filled-with-zeros",
            about: "the names were filled up to one length, or trimmed: names that differ by a zero byte or a space \
                    became the same",
            answer: |(from, to, theirs, text, seed)| {
                let mut bound = from.into_bytes();
                bound.resize(32, 0);
                bound.extend(to.into_bytes());
                bound.resize(64, 0);
                post(&seed, theirs, bound, &text)
            },
        },
        Planted {
            name: "returned-not-sealed",
            about: "`bound` was made and given back, but `seal_base` never saw it",
            answer: |(from, to, theirs, text, seed)| {
                let (_, envelope) = post(&seed, theirs, vec![], &text)?;
                Some((bind(&from, &to), envelope))
            },
        },
        Planted {
            name: "sealed-not-returned",
            about: "one thing was sealed and another given back as `bound`: Bob's phone needs the same bytes",
            answer: |(from, to, theirs, text, seed)| {
                let (_, envelope) = post(&seed, theirs, bind(&from, &to), &text)?;
                Some((vec![], envelope))
            },
        },
        Planted {
            name: "text-in-bound",
            about: "the text is part of `bound`, and Bob's phone would need it before it opens",
            answer: |(from, to, theirs, text, seed)| {
                let bound = [bind(&from, &to), text.clone()].concat();
                post(&seed, theirs, bound, &text)
            },
        },
        Planted {
            name: "seed-in-bound",
            about: "the seed is part of `bound`, and Bob's phone does not have it; nobody but Alice's must",
            answer: |(from, to, theirs, text, seed)| {
                let bound = [bind(&from, &to), seed.to_vec()].concat();
                post(&seed, theirs, bound, &text)
            },
        },
        Planted {
            name: "same-key-every-time",
            about: "the fresh key does not come from the seed: it is the same every time",
            answer: |(from, to, theirs, text, _)| post(b"alice", theirs, bind(&from, &to), &text),
        },
        Planted {
            name: "a-key-for-each-pair",
            about: "the fresh key was made from the names: the same two people get the same one every time, and \
                    everybody can make it",
            answer: |(from, to, theirs, text, _)| post(&bind(&from, &to), theirs, bind(&from, &to), &text),
        },
        Planted {
            name: "a-key-for-each-text",
            about: "the fresh key was made from the text: who guesses the text can check the guess",
            answer: |(from, to, theirs, text, _)| post(&text, theirs, bind(&from, &to), &text),
        },
        Planted {
            name: "part-of-the-seed",
            about: "only a part of the seed was used: two seeds that differ elsewhere give one key",
            answer: |(from, to, theirs, text, seed)| post(&seed[..16], theirs, bind(&from, &to), &text),
        },
        Planted {
            name: "without-the-fresh-key",
            about: "the envelope holds what was sealed and nothing else",
            answer: |(from, to, theirs, text, seed)| {
                let (bound, envelope) = post(&seed, theirs, bind(&from, &to), &text)?;
                Some((bound, envelope[32..].to_vec()))
            },
        },
        Planted {
            name: "fresh-key-behind",
            about: "the fresh public key stands behind what was sealed; it belongs in front",
            answer: |(from, to, theirs, text, seed)| {
                let (bound, mut envelope) = post(&seed, theirs, bind(&from, &to), &text)?;
                envelope.rotate_left(32);
                Some((bound, envelope))
            },
        },
        Planted {
            name: "sealed-for-the-sender",
            about: "it was sealed for the fresh public key: `their_public` is the one that Bob can open with",
            answer: |(from, to, theirs, text, seed)| {
                let fresh = EphemeralKey::derive(&seed).public();
                x25519(&seed, &theirs).ok()?;
                post(&seed, fresh.0, bind(&from, &to), &text)
            },
        },
        Planted {
            name: "not-sealed",
            about: "the text went into the envelope as it is",
            answer: |(from, to, theirs, text, seed)| {
                x25519(&seed, &theirs).ok()?;
                let fresh = EphemeralKey::derive(&seed).public();
                Some((bind(&from, &to), [&fresh.0[..], &text].concat()))
            },
        },
        Planted {
            name: "weak-key-in-the-clear",
            about: "when sealing was refused the text was sent without: of all moments this is the one at which \
                    somebody has tampered with the key",
            answer: |(from, to, theirs, text, seed)| {
                let bound = bind(&from, &to);
                Some(post(&seed, theirs, bound.clone(), &text).unwrap_or((bound, text)))
            },
        },
        Planted {
            name: "weak-key-empty",
            about: "when sealing was refused an empty envelope was given back as if nothing had happened",
            answer: |(from, to, theirs, text, seed)| {
                let bound = bind(&from, &to);
                Some(post(&seed, theirs, bound.clone(), &text).unwrap_or((bound, vec![])))
            },
        },
        Planted {
            name: "padded-too",
            about: "what was sealed is not the text alone: Bob's phone shows all of it",
            answer: |(from, to, theirs, text, seed)| {
                let padded = padding::pad(&text).ok()?;
                post(&seed, theirs, bind(&from, &to), &padded)
            },
        },
        Planted {
            name: "never",
            about: "it refuses everything",
            answer: |_| None,
        },
    ]
}

/// For each size the texts that `fits` says.
fn by_size((sizes, dictionary): SizeQuestion, fits: fn(usize, &str) -> bool) -> Vec<Vec<String>> {
    let list = |size: &usize| {
        let fit = dictionary.iter().filter(|text| fits(*size, text));
        fit.cloned().collect()
    };
    sizes.iter().map(list).collect()
}

pub fn guess_by_size() -> Vec<Planted<SizeQuestion, Vec<Vec<String>>>> {
    vec![
        Planted {
            name: "no-overhead",
            about: "the size was compared with the text's own: fresh key and tag are in it, too",
            answer: |asked| by_size(asked, |size, text| text.len() == size),
        },
        Planted {
            name: "tag-forgotten",
            about: "the 16 bytes of the tag were forgotten",
            answer: |asked| by_size(asked, |size, text| text.len() + 32 == size),
        },
        Planted {
            name: "fresh-key-forgotten",
            about: "the 32 bytes of the fresh public key were forgotten",
            answer: |asked| by_size(asked, |size, text| text.len() + 16 == size),
        },
        Planted {
            name: "with-a-nonce",
            about: "12 bytes were counted for a nonce: in this envelope none travels, it follows from the fresh key",
            answer: |asked| by_size(asked, |size, text| text.len() + 60 == size),
        },
        Planted {
            name: "letters",
            about: "letters were counted; what travels is bytes, and some letters are two of them",
            answer: |asked| by_size(asked, |size, text| text.chars().count() + 48 == size),
        },
        Planted {
            name: "at-most",
            about: "every text that would fit into it was listed: this envelope has no room to spare",
            answer: |asked| by_size(asked, |size, text| text.len() + 48 <= size),
        },
        Planted {
            name: "too-small-is-empty",
            about: "a size below 48 became a text of length 0 (`saturating_sub`): it is no envelope at all",
            answer: |asked| by_size(asked, |size, text| text.len() == size.saturating_sub(48)),
        },
        Planted {
            name: "first-only",
            about: "the search stopped at the first text that fits: there can be several",
            answer: |asked| {
                let mut lists = by_size(asked, |size, text| text.len() + 48 == size);
                lists.iter_mut().for_each(|list| list.truncate(1));
                lists
            },
        },
        Planted {
            name: "unique-only",
            about: "where several texts fit none was listed: narrowing it down is what the relay wants",
            answer: |asked| {
                let mut lists = by_size(asked, |size, text| text.len() + 48 == size);
                lists
                    .iter_mut()
                    .filter(|list| list.len() > 1)
                    .for_each(Vec::clear);
                lists
            },
        },
        Planted {
            name: "nearly",
            about: "texts of nearly that length were listed: the length is exact",
            answer: |asked| by_size(asked, |size, text| (text.len() + 48).abs_diff(size) <= 1),
        },
        Planted {
            name: "no-gaps",
            about: "an envelope without a candidate got no list, so the lists belong to the wrong envelopes",
            answer: |asked| {
                let mut lists = by_size(asked, |size, text| text.len() + 48 == size);
                lists.retain(|list| !list.is_empty());
                lists
            },
        },
        Planted {
            name: "each-size-once",
            about: "two envelopes of one size got one list: each envelope gets its own",
            answer: |(sizes, dictionary)| {
                let once: BTreeSet<usize> = sizes.into_iter().collect();
                by_size((once.into_iter().collect(), dictionary), |size, text| {
                    text.len() + 48 == size
                })
            },
        },
        Planted {
            name: "whole-dictionary",
            about: "the whole dictionary was listed: nothing was guessed",
            answer: |asked| by_size(asked, |_, _| true),
        },
        Planted {
            name: "never",
            about: "no candidates for anything",
            answer: |asked| by_size(asked, |_, _| false),
        },
        Planted {
            name: "no-lists",
            about: "there is no list at all: each envelope gets one, if an empty one",
            answer: |_| vec![],
        },
    ]
}

/// `text || 0x80 || zeros`, to this length.
fn filled(mut text: Vec<u8>, length: usize) -> Vec<u8> {
    text.push(0x80);
    text.resize(length.max(text.len()), 0);
    text
}

pub fn pad() -> Vec<Planted<Vec<u8>, Option<Vec<u8>>>> {
    vec![
        Planted {
            name: "as-handed-out",
            about: "padded to the next multiple of 16 bytes: that leaves the relay many sizes to tell apart",
            answer: |text| {
                let length = (text.len() + 1).next_multiple_of(16);
                Some(filled(text, length))
            },
        },
        Planted {
            name: "multiples-of-64",
            about: "padded to the next multiple of 64 bytes: the buckets are 64, 128, 256, ... and not 192",
            answer: |text| {
                let length = (text.len() + 1).next_multiple_of(64);
                (length <= 65_536).then(|| filled(text, length))
            },
        },
        Planted {
            name: "no-room-for-the-mark",
            about: "a text exactly as long as a bucket got no 0x80: Bob's phone takes its last byte for the mark, or \
                    cuts zeros off it",
            answer: |text| {
                let bucket = padding::BUCKETS
                    .into_iter()
                    .find(|&bucket| bucket >= text.len())?;
                let mut padded = filled(text, bucket);
                padded.truncate(bucket);
                Some(padded)
            },
        },
        Planted {
            name: "mark-beyond-the-bucket",
            about: "the 0x80 of a text as long as a bucket stands behind the bucket: 65 bytes are a size of their own",
            answer: |text| {
                let bucket = padding::BUCKETS
                    .into_iter()
                    .find(|&bucket| bucket >= text.len())?;
                Some(filled(text, bucket))
            },
        },
        Planted {
            name: "zeros-only",
            about: "there is no 0x80: a text that ends in a zero byte loses it",
            answer: |mut text| {
                let bucket = padding::bucket_of(text.len()).ok()?;
                text.resize(bucket, 0);
                Some(text)
            },
        },
        Planted {
            name: "mark-at-the-end",
            about: "the 0x80 stands at the very end: it belongs directly behind the text",
            answer: |mut text| {
                let bucket = padding::bucket_of(text.len()).ok()?;
                text.resize(bucket - 1, 0);
                text.push(0x80);
                Some(text)
            },
        },
        Planted {
            name: "all-0x80",
            about: "the rest is full of 0x80: only the first is one, then zeros",
            answer: |mut text| {
                let bucket = padding::bucket_of(text.len()).ok()?;
                text.resize(bucket, 0x80);
                Some(text)
            },
        },
        Planted {
            name: "mark-is-80",
            about: "the mark is 80 in base ten; 0x80 is 128",
            answer: |text| {
                let bucket = padding::bucket_of(text.len()).ok()?;
                let at = text.len();
                let mut padded = filled(text, bucket);
                padded[at] = 80;
                Some(padded)
            },
        },
        Planted {
            name: "a-size-larger",
            about: "one bucket larger than needed: the text fits into half of it",
            answer: |text| {
                let bucket = padding::bucket_of(text.len()).ok()?;
                Some(filled(text, 2 * bucket))
            },
        },
        Planted {
            name: "always-the-largest",
            about: "everything fills the largest bucket: it hides every length, and 'ok' takes 65,536 bytes",
            answer: |text| (text.len() < 65_536).then(|| filled(text, 65_536)),
        },
        Planted {
            name: "always-64",
            about: "everything was made 64 bytes long, and what did not fit was cut off",
            answer: |mut text| {
                text.truncate(63);
                Some(filled(text, 64))
            },
        },
        Planted {
            name: "only-64",
            about: "what does not fit into 64 bytes was refused: there are larger buckets",
            answer: |text| (text.len() < 64).then(|| filled(text, 64)),
        },
        Planted {
            name: "too-long-as-it-is",
            about: "a text that fits into no bucket went out as it is, with its length for everybody to see",
            answer: |text| match padding::bucket_of(text.len()) {
                Ok(bucket) => Some(filled(text, bucket)),
                Err(_) => Some(text),
            },
        },
        Planted {
            name: "beyond-the-largest",
            about: "the buckets were doubled beyond the largest, 65,536: Bob's phone refuses what is longer",
            answer: |text| {
                let mut bucket = 64;
                while bucket <= text.len() {
                    bucket *= 2;
                }
                Some(filled(text, bucket))
            },
        },
        Planted {
            name: "not-padded",
            about: "the text is as long as it was",
            answer: Some,
        },
        Planted {
            name: "mark-alone",
            about: "the 0x80 is there, the zeros are not",
            answer: |text| Some(filled(text, 0)),
        },
        Planted {
            name: "never",
            about: "it refuses everything",
            answer: |_| None,
        },
    ]
}

/// Where the 0x80 stands that only zeros follow.
fn mark(padded: &[u8]) -> Option<usize> {
    let end = padded.iter().rposition(|&byte| byte != 0)?;
    (padded[end] == 0x80).then_some(end)
}

pub fn unpad() -> Vec<Planted<Vec<u8>, Option<Vec<u8>>>> {
    vec![
        Planted {
            name: "as-handed-out",
            about: "cut off at the last 0x80, whatever stands behind it and however long it all is",
            answer: |padded| {
                let end = padded.iter().rposition(|&byte| byte == 0x80)?;
                Some(padded[..end].to_vec())
            },
        },
        Planted {
            name: "first-0x80",
            about: "cut off at the first 0x80: a text can contain that byte, too",
            answer: |padded| {
                let end = padded.iter().position(|&byte| byte == 0x80)?;
                padding::unpad(&padded).ok()?;
                Some(padded[..end].to_vec())
            },
        },
        Planted {
            name: "any-length",
            about: "mark and zeros are checked, the length is not: it must be that of the smallest bucket",
            answer: |padded| mark(&padded).map(|end| padded[..end].to_vec()),
        },
        Planted {
            name: "any-bucket",
            about: "every bucket was accepted: only the smallest into which the text fits is right, so that each \
                    text has one form",
            answer: |padded| {
                let end = mark(&padded).filter(|_| padding::BUCKETS.contains(&padded.len()))?;
                Some(padded[..end].to_vec())
            },
        },
        Planted {
            name: "any-mark",
            about: "the zeros were taken off and then one byte, whatever it was: it must be an 0x80",
            answer: |padded| {
                let end = padded.iter().rposition(|&byte| byte != 0)?;
                (padding::bucket_of(end) == Ok(padded.len())).then(|| padded[..end].to_vec())
            },
        },
        Planted {
            name: "bucket-too-large-by-one",
            about: "a text of 63 bytes was accepted in 128: off by one, it fits into 64 beside its 0x80",
            answer: |padded| {
                let end = mark(&padded)?;
                let fits = padded.len() == 64 || end + 1 >= padded.len() / 2;
                (padding::BUCKETS.contains(&padded.len()) && fits).then(|| padded[..end].to_vec())
            },
        },
        Planted {
            name: "bucket-too-small-by-one",
            about: "a text of 64 bytes was refused in 128: off by one, 64 have no room for its 0x80",
            answer: |padded| {
                let text = padding::unpad(&padded).ok()?;
                (padded.len() == 64 || text.len() > padded.len() / 2).then(|| text.to_vec())
            },
        },
        Planted {
            name: "exact-fit-accepted",
            about: "a bucket full of text without a mark was accepted: the mark is always there",
            answer: |padded| match padding::unpad(&padded) {
                Ok(text) => Some(text.to_vec()),
                Err(_) if padded.last().is_some_and(|&last| last != 0) => Some(padded),
                Err(_) => None,
            },
        },
        Planted {
            name: "mark-kept",
            about: "the 0x80 is still there: it is no part of the text",
            answer: |padded| {
                let end = padding::unpad(&padded).ok()?.len();
                Some(padded[..=end].to_vec())
            },
        },
        Planted {
            name: "all-marks-off",
            about: "more than one 0x80 was taken off: a text can end in that byte",
            answer: |padded| {
                let mut text = padding::unpad(&padded).ok()?.to_vec();
                while text.last() == Some(&0x80) {
                    text.pop();
                }
                Some(text)
            },
        },
        Planted {
            name: "text-zeros-off",
            about: "zeros in front of the 0x80 were taken off, too: they belong to the text",
            answer: |padded| {
                let mut text = padding::unpad(&padded).ok()?.to_vec();
                while text.last() == Some(&0) {
                    text.pop();
                }
                Some(text)
            },
        },
        Planted {
            name: "not-behind-the-mark",
            about: "the length is checked, what stands behind the 0x80 is not: there must be zeros",
            answer: |padded| {
                let end = padded.iter().rposition(|&byte| byte == 0x80)?;
                (padding::bucket_of(end) == Ok(padded.len())).then(|| padded[..end].to_vec())
            },
        },
        Planted {
            name: "empty-refused",
            about: "the padding of an empty text was refused: that is a text, too",
            answer: |padded| {
                let text = padding::unpad(&padded).ok()?;
                (!text.is_empty()).then(|| text.to_vec())
            },
        },
        Planted {
            name: "bad-is-empty",
            about: "bad padding became an empty text: Bob would see that something came, and not that it was bad",
            answer: |padded| Some(padding::unpad(&padded).unwrap_or_default().to_vec()),
        },
        Planted {
            name: "as-it-is",
            about: "nothing was taken off",
            answer: Some,
        },
        Planted {
            name: "never",
            about: "it refuses everything",
            answer: |_| None,
        },
    ]
}

/// Each pair of two different people with a line between them.
fn pairs(log: &[Line]) -> Vec<(String, String)> {
    let lines = log.iter().filter(|(_, from, to, _)| from != to);
    lines
        .map(|(_, from, to, _)| (from.min(to).clone(), from.max(to).clone()))
        .collect()
}

/// The first of the hours with the largest sum of what each line counts for in which hour.
fn busiest(log: &[Line], hour_and_weight: fn(&Line) -> (u64, u64)) -> Option<u64> {
    let mut sums: BTreeMap<u64, u64> = BTreeMap::new();
    for line in log {
        let (hour, weight) = hour_and_weight(line);
        *sums.entry(hour).or_default() += weight;
    }
    let most = sums.values().max()?;
    sums.iter().find(|(_, sum)| *sum == most).map(|(hour, _)| *hour)
}

/// The hour of the day of a line.
fn hour(line: &Line) -> u64 {
    line.0 / 3_600_000 % 24
}

fn right_hour(log: &[Line]) -> Option<u64> {
    busiest(log, |line| (hour(line), 1))
}

pub fn who_talks_to_whom() -> Vec<Planted<Vec<Line>, Picture>> {
    vec![
        Planted {
            name: "oneself",
            about: "a line from somebody to the same person was taken for a pair",
            answer: |log| {
                let lines = log.iter().map(|(_, from, to, _)| (from.clone(), to.clone()));
                (lines.collect(), right_hour(&log))
            },
        },
        Planted {
            name: "answered-only",
            about: "only pairs that wrote both ways were counted: a message that nobody answers was written, too",
            answer: |log| {
                let both = pairs(&log).into_iter().filter(|(one, other)| {
                    let wrote =
                        |a: &String, b: &String| log.iter().any(|(_, from, to, _)| from == a && to == b);
                    wrote(one, other) && wrote(other, one)
                });
                (both.collect(), right_hour(&log))
            },
        },
        Planted {
            name: "everybody-with-everybody",
            about: "all people in the log were paired: most of them never wrote to one another",
            answer: |log| {
                let people: BTreeSet<&String> = log.iter().flat_map(|(_, from, to, _)| [from, to]).collect();
                let mut all = Vec::new();
                for one in &people {
                    all.extend(
                        people
                            .iter()
                            .filter(|other| one < other)
                            .map(|other| ((*one).clone(), (*other).clone())),
                    );
                }
                (all, right_hour(&log))
            },
        },
        Planted {
            name: "first-pair-only",
            about: "only the first pair was listed",
            answer: |log| (pairs(&log).into_iter().take(1).collect(), right_hour(&log)),
        },
        Planted {
            name: "no-pairs",
            about: "the pairs are missing",
            answer: |log| (vec![], right_hour(&log)),
        },
        Planted {
            name: "no-hour",
            about: "the hour is missing: `None` is for an empty log",
            answer: |log| (pairs(&log), None),
        },
        Planted {
            name: "hour-of-an-empty-log",
            about: "an hour was named although nobody wrote",
            answer: |log| (pairs(&log), right_hour(&log).or(Some(0))),
        },
        Planted {
            name: "most-bytes",
            about: "the bytes were added up, not the messages",
            answer: |log| (pairs(&log), busiest(&log, |line| (hour(line), line.3))),
        },
        Planted {
            name: "minutes",
            about: "divided by 60,000: those are minutes",
            answer: |log| (pairs(&log), busiest(&log, |line| (line.0 / 60_000 % 24, 1))),
        },
        Planted {
            name: "not-milliseconds",
            about: "the times were taken for seconds; they are milliseconds",
            answer: |log| (pairs(&log), busiest(&log, |line| (line.0 / 3_600 % 24, 1))),
        },
        Planted {
            name: "hours-since-the-first-midnight",
            about: "hours were counted on from the first midnight: after 23 comes 0 again, and all days count together",
            answer: |log| (pairs(&log), busiest(&log, |line| (line.0 / 3_600_000, 1))),
        },
        Planted {
            name: "one-day-only",
            about: "the fullest hour of a single day was taken: all days count together",
            answer: |log| {
                let fullest = busiest(&log, |line| (line.0 / 3_600_000, 1));
                (pairs(&log), fullest.map(|hour| hour % 24))
            },
        },
        Planted {
            name: "from-one-to-24",
            about: "the hours were numbered from 1: the one after midnight is 0",
            answer: |log| (pairs(&log), right_hour(&log).map(|hour| hour + 1)),
        },
        Planted {
            name: "rounded",
            about: "the times were rounded to the nearest full hour: 7:59 belongs to hour 7",
            answer: |log| {
                let rounded = busiest(&log, |line| ((line.0 + 1_800_000) / 3_600_000 % 24, 1));
                (pairs(&log), rounded)
            },
        },
        Planted {
            name: "first-hour",
            about: "that is the hour of the first line",
            answer: |log| (pairs(&log), log.first().map(hour)),
        },
        Planted {
            name: "last-hour",
            about: "that is the hour of the last line",
            answer: |log| (pairs(&log), log.last().map(hour)),
        },
        Planted {
            name: "pairs-counted",
            about: "pairs were counted, not messages: four lines of one pair are four messages",
            answer: |log| {
                let mut seen = BTreeSet::new();
                let mut once = log.clone();
                once.retain(|line| {
                    let (from, to) = (&line.1, &line.2);
                    seen.insert((hour(line), from.min(to).clone(), from.max(to).clone()))
                });
                (pairs(&log), right_hour(&once))
            },
        },
        Planted {
            name: "oneself-not-counted",
            about: "lines to oneself were left out of the hour: no pair, but somebody was awake",
            answer: |log| {
                let mut others = log.clone();
                others.retain(|(_, from, to, _)| from != to);
                (pairs(&log), right_hour(&others))
            },
        },
        Planted {
            name: "most-messages",
            about: "that is how many messages the busiest hour has, not which hour it is",
            answer: |log| {
                let count = right_hour(&log).map(|busy| log.iter().filter(|line| hour(line) == busy).count());
                (pairs(&log), count.map(|count| count as u64))
            },
        },
        Planted {
            name: "nothing",
            about: "it never says anything",
            answer: |_| (vec![], None),
        },
    ]
}

fn inside(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

/// What the keys open of a chat's packets.
fn plaintexts(keys: &[[u8; 32]], (_, _, _, packets): &Chat) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (nonce, header, sealed) in packets {
        for key in keys {
            found.extend(aead::open(key, nonce, header, sealed));
        }
    }
    found
}

fn headers((_, _, _, packets): &Chat) -> Vec<Vec<u8>> {
    packets.iter().map(|(_, header, _)| header.clone()).collect()
}

/// The names of the chats of which `leaks` finds no text.
fn chats_without((keys, chats): &Server, leaks: fn(&[[u8; 32]], &Chat) -> bool) -> Vec<String> {
    let sound = chats.iter().filter(|chat| !leaks(keys, chat));
    sound.map(|(name, ..)| name.clone()).collect()
}

/// Everything that the server could read of a chat.
fn readable(keys: &[[u8; 32]], chat: &Chat) -> Vec<Vec<u8>> {
    [chat.2.clone(), headers(chat), plaintexts(keys, chat)].concat()
}

/// Whether one of the texts stands in one of these byte strings.
fn any_text(chat: &Chat, bytes: &[Vec<u8>]) -> bool {
    chat.1
        .iter()
        .any(|text| bytes.iter().any(|bytes| inside(bytes, text)))
}

pub fn which_chat() -> Vec<Planted<Server, Vec<String>>> {
    vec![
        Planted {
            name: "all",
            about: "every chat was listed: in all of them something is sealed, the question is for whom",
            answer: |server| chats_without(&server, |_, _| false),
        },
        Planted {
            name: "none",
            about: "no chat was listed: in some of them the server has nothing but sealed bytes and public keys",
            answer: |_| vec![],
        },
        Planted {
            name: "keys-not-tried",
            about: "records and headers were searched, no key was tried: sealed on the server's disk, with the key \
                    beside it, is not end-to-end",
            answer: |server| {
                chats_without(&server, |_, chat| {
                    any_text(chat, &[chat.2.clone(), headers(chat)].concat())
                })
            },
        },
        Planted {
            name: "records-not-searched",
            about: "keys were tried, the records were not searched",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    any_text(chat, &[headers(chat), plaintexts(keys, chat)].concat())
                })
            },
        },
        Planted {
            name: "packets-only",
            about: "only what the keys open was looked at: records and headers are there to be read without",
            answer: |server| chats_without(&server, |keys, chat| any_text(chat, &plaintexts(keys, chat))),
        },
        Planted {
            name: "headers-not-searched",
            about: "the headers were not searched: they are covered by the tag, but everybody can read them",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    any_text(chat, &[chat.2.clone(), plaintexts(keys, chat)].concat())
                })
            },
        },
        Planted {
            name: "records-only",
            about: "only the records were searched",
            answer: |server| chats_without(&server, |_, chat| any_text(chat, &chat.2)),
        },
        Planted {
            name: "without-the-header",
            about: "packets were opened without their header: the tag covers it, so nothing ever opens",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    let mut found = [chat.2.clone(), headers(chat)].concat();
                    for (nonce, _, sealed) in &chat.3 {
                        found.extend(keys.iter().flat_map(|key| aead::open(key, nonce, &[], sealed)));
                    }
                    any_text(chat, &found)
                })
            },
        },
        Planted {
            name: "whole-only",
            about: "the text was compared with whole records and packets: it stands inside them, beside other things",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    chat.1.iter().any(|text| readable(keys, chat).contains(text))
                })
            },
        },
        Planted {
            name: "at-the-end-only",
            about: "only the ends of records and packets were looked at: a text can stand anywhere inside",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    let found = readable(keys, chat);
                    let mut texts = chat.1.iter();
                    texts.any(|text| found.iter().any(|bytes| bytes.ends_with(text)))
                })
            },
        },
        Planted {
            name: "by-the-header",
            about: "the headers were believed: what stands there is what somebody wrote there. Try the keys",
            answer: |server| {
                chats_without(&server, |_, chat| {
                    any_text(chat, &chat.2)
                        || headers(chat)
                            .iter()
                            .any(|header| header.starts_with(b"from alice"))
                })
            },
        },
        Planted {
            name: "anything-opens",
            about: "a chat was given up because some packet opens: 'typing' is no text of anybody's",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    !plaintexts(keys, chat).is_empty() || any_text(chat, &readable(keys, chat))
                })
            },
        },
        Planted {
            name: "first-text",
            about: "only the first text of each chat was looked for: one that is readable is one too many",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    let found = readable(keys, chat);
                    let first = chat.1.first();
                    first.is_some_and(|text| found.iter().any(|bytes| inside(bytes, text)))
                })
            },
        },
        Planted {
            name: "all-texts",
            about: "a chat counted as end-to-end as long as one text was safe: all of them must be",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    let found = readable(keys, chat);
                    let mut texts = chat.1.iter();
                    texts.all(|text| found.iter().any(|bytes| inside(bytes, text)))
                })
            },
        },
        Planted {
            name: "first-key",
            about: "only the first key was tried: the server has them all",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    any_text(chat, &readable(&keys[..keys.len().min(1)], chat))
                })
            },
        },
        Planted {
            name: "first-packet",
            about: "only the first packet of each chat was opened",
            answer: |server| {
                chats_without(&server, |keys, chat| {
                    let (name, texts, records, packets) = chat;
                    let first = packets.iter().take(1).cloned().collect();
                    let cut: Chat = (name.clone(), texts.clone(), records.clone(), first);
                    let found = [records.clone(), headers(chat), plaintexts(keys, &cut)].concat();
                    any_text(chat, &found)
                })
            },
        },
        Planted {
            name: "opposite",
            about: "those are the chats that are not end-to-end",
            answer: |server| chats_without(&server, |keys, chat| !any_text(chat, &readable(keys, chat))),
        },
        Planted {
            name: "by-the-name",
            about: "the chat's name was believed: look at what the server held",
            answer: |(_, chats)| {
                let locked = chats.into_iter().filter(|(name, ..)| name.contains("lock"));
                locked.map(|(name, ..)| name).collect()
            },
        },
    ]
}
