//! Lesson 05, `envelope`: planted wrong answers.

use std::sync::atomic::{AtomicU64, Ordering};

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::sha256::sha256;
use messaging_lab::crypto::x25519::x25519;
use messaging_lab::envelope::hpke::seal_base;
use messaging_lab::envelope::kem::{EphemeralKey, PublicKey};
use messaging_lab::envelope::padding;

use super::super::{Order, Posted};

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
            name: "names-joined-recipient-first",
            about: "the names were joined without saying where one ends: 'abob' to 'ann' is 'bob' to 'anna'",
            answer: |(from, to, theirs, text, seed)| post(&seed, theirs, (to + &from).into_bytes(), &text),
        },
        Planted {
            name: "length-between",
            about: "a length or a separator stands behind the first name, and a name can contain it: write the length in front",
            answer: |(from, to, theirs, text, seed)| {
                let bound = [from.as_bytes(), &[from.len() as u8], to.as_bytes()].concat();
                post(&seed, theirs, bound, &text)
            },
        },
        Planted {
            name: "without-the-number",
            about: "what stands behind a slash was left out: alice/1 and alice/2 are two addresses",
            answer: |(from, to, theirs, text, seed)| {
                let user = |name: String| name.split('/').next().unwrap_or_default().to_string();
                post(&seed, theirs, bind(&user(from), &user(to)), &text)
            },
        },
        Planted {
            name: "letters-sorted",
            about: "the letters of each name were put in order: alice and celia have the same ones",
            answer: |(from, to, theirs, text, seed)| {
                let sorted = |name: String| {
                    let mut letters: Vec<char> = name.chars().collect();
                    letters.sort_unstable();
                    letters.into_iter().collect::<String>()
                };
                post(&seed, theirs, bind(&sorted(from), &sorted(to)), &text)
            },
        },
        Planted {
            name: "nothing-bound-to-oneself",
            about: "nothing was bound where sender and recipient are the same: Alice to Alice is like Bob to Bob",
            answer: |(from, to, theirs, text, seed)| {
                let bound = if from == to { vec![] } else { bind(&from, &to) };
                post(&seed, theirs, bound, &text)
            },
        },
        Planted {
            name: "long-names-half-sealed",
            about: "of long names only a part went into the seal, and all of it was given back as `bound`",
            answer: |(from, to, theirs, text, seed)| {
                let bound = bind(&from, &to);
                let part = bound[..bound.len().min(40)].to_vec();
                let (_, envelope) = post(&seed, theirs, part, &text)?;
                Some((bound, envelope))
            },
        },
        Planted {
            name: "seed-in-digits",
            about: "the bytes of the seed were written in digits without a fixed width: 1 and 23 look like 12 and 3",
            answer: |(from, to, theirs, text, seed)| {
                let digits: String = seed.iter().map(u8::to_string).collect();
                post(digits.as_bytes(), theirs, bind(&from, &to), &text)
            },
        },
        Planted {
            name: "seed-in-digits-of-16",
            about: "the bytes of the seed were written in base sixteen without a fixed width (`{:x}` for `{:02x}`)",
            answer: |(from, to, theirs, text, seed)| {
                let digits: String = seed.iter().map(|byte| format!("{byte:x}")).collect();
                post(digits.as_bytes(), theirs, bind(&from, &to), &text)
            },
        },
        Planted {
            name: "one-byte-of-the-seed-in-bound",
            about: "a part of the seed is in `bound`, and Bob's phone does not have the seed",
            answer: |(from, to, theirs, text, seed)| {
                let mut bound = bind(&from, &to);
                bound.push(seed[5]);
                post(&seed, theirs, bound, &text)
            },
        },
        Planted {
            name: "empty-text-refused",
            about: "an empty text was refused: that is a text, too",
            answer: |(from, to, theirs, text, seed)| {
                if text.is_empty() {
                    return None;
                }
                post(&seed, theirs, bind(&from, &to), &text)
            },
        },
        Planted {
            name: "text-made-utf-8",
            about: "the text was taken for UTF-8, and what is none became another sign: a text is bytes",
            answer: |(from, to, theirs, text, seed)| {
                let text = String::from_utf8_lossy(&text).into_owned();
                post(&seed, theirs, bind(&from, &to), text.as_bytes())
            },
        },
        Planted {
            name: "separator",
            about: "the names were joined by a separator, and a name can contain it, too: write the length in front",
            answer: |(from, to, theirs, text, seed)| {
                post(&seed, theirs, format!("{from} -> {to}").into_bytes(), &text)
            },
        },
        Planted {
            name: "separator-doubled",
            about: "where a name contains the separator it was doubled: at the end of one name and at the beginning of \
                    the other the two cannot be told apart",
            answer: |(from, to, theirs, text, seed)| {
                let marked = |name: String| name.replace('/', "//");
                let bound = format!("{}/{}", marked(from), marked(to));
                post(&seed, theirs, bound.into_bytes(), &text)
            },
        },
        Planted {
            name: "separator-marked",
            about: "where a name contains the separator a mark was put before it, and the mark itself was left as it \
                    is: write the length in front",
            answer: |(from, to, theirs, text, seed)| {
                let marked = |name: String| name.replace('/', "\\/");
                let bound = format!("{}/{}", marked(from), marked(to));
                post(&seed, theirs, bound.into_bytes(), &text)
            },
        },
        Planted {
            name: "separator-doubled-in-the-second",
            about: "the separator was doubled or marked in the recipient's name alone: one in the sender's name looks \
                    like the one between",
            answer: |(from, to, theirs, text, seed)| {
                let bound = format!("{from}:{}", to.replace(':', "::"));
                post(&seed, theirs, bound.into_bytes(), &text)
            },
        },
        Planted {
            name: "separator-marked-in-the-first",
            about: "the separator was marked in the sender's name alone, and the mark was not: write the length in front",
            answer: |(from, to, theirs, text, seed)| {
                let bound = format!("{},{to}", from.replace(',', "\\,"));
                post(&seed, theirs, bound.into_bytes(), &text)
            },
        },
        Planted {
            name: "separator-written-otherwise",
            about: "where a name contains the separator something else was written, and a name can contain that, too",
            answer: |(from, to, theirs, text, seed)| {
                let other = |name: String| name.replace('/', "%2F");
                let bound = format!("{}/{}", other(from), other(to));
                post(&seed, theirs, bound.into_bytes(), &text)
            },
        },
        Planted {
            name: "separator-refused",
            about: "names with the separator in them were refused: a name may contain any character",
            answer: |(from, to, theirs, text, seed)| {
                if from.contains('\n') || to.contains('\n') {
                    return None;
                }
                post(&seed, theirs, format!("{from}\n{to}").into_bytes(), &text)
            },
        },
        Planted {
            name: "long-names-refused",
            about: "long names were refused: a name has 1 to 32 bytes, and all of them can be written to",
            answer: |(from, to, theirs, text, seed)| {
                if from.len() > 20 || to.len() > 20 {
                    return None;
                }
                post(&seed, theirs, bind(&from, &to), &text)
            },
        },
        Planted {
            name: "oneself-refused",
            about: "an envelope to oneself was refused: she has two phones, and writes from one to the other",
            answer: |(from, to, theirs, text, seed)| {
                if from == to {
                    return None;
                }
                post(&seed, theirs, bind(&from, &to), &text)
            },
        },
        Planted {
            name: "filled-with-a-sign",
            about: "the names were filled up to one length with a sign that a name can end in as well",
            answer: |(from, to, theirs, text, seed)| {
                post(&seed, theirs, format!("{from:_<32}{to:_<32}").into_bytes(), &text)
            },
        },
        Planted {
            name: "a-short-digest",
            about: "what was bound is a digest of one byte: with 256 values many names share one",
            answer: |(from, to, theirs, text, seed)| {
                let digest = sha256(&bind(&from, &to));
                post(&seed, theirs, digest[..1].to_vec(), &text)
            },
        },
        Planted {
            name: "one-name-in-each-place",
            about: "one name went in as info and the other as associated data, and `bound` is neither of them",
            answer: |(from, to, theirs, text, seed)| {
                let fresh = EphemeralKey::derive(&seed);
                let (enc, sealed) =
                    seal_base(fresh, &PublicKey(theirs), from.as_bytes(), to.as_bytes(), &text).ok()?;
                Some((bind(&from, &to), [&enc[..], &sealed].concat()))
            },
        },
        Planted {
            name: "small-letters-of-the-sender",
            about: "the sender's name was written in small letters: Alice and alice are two addresses",
            answer: |(from, to, theirs, text, seed)| {
                post(&seed, theirs, bind(&from.to_lowercase(), &to), &text)
            },
        },
        Planted {
            name: "letters-cut-to-bytes",
            about: "each letter was cut to one byte: `as_bytes` gives all the bytes of a name",
            answer: |(from, to, theirs, text, seed)| {
                let mut bound = Vec::new();
                for name in [&from, &to] {
                    bound.push(name.len() as u8);
                    bound.extend(name.chars().map(|c| c as u8));
                }
                post(&seed, theirs, bound, &text)
            },
        },
        Planted {
            name: "only-zeros-refused",
            about: "only the public key of 32 zero bytes was refused: there are others of the kind, and `seal_base` \
                    says it of each",
            answer: |(from, to, theirs, text, seed)| {
                if theirs == [0; 32] {
                    return None;
                }
                Some(post(&seed, theirs, bind(&from, &to), &text).expect("the key is a good one"))
            },
        },
        Planted {
            name: "counted",
            about: "a count went into the fresh key in the place of the seed: it begins again with the app",
            answer: |(from, to, theirs, text, _)| {
                static COUNT: AtomicU64 = AtomicU64::new(0);
                let count = COUNT.fetch_add(1, Ordering::Relaxed);
                post(&count.to_be_bytes(), theirs, bind(&from, &to), &text)
            },
        },
        Planted {
            name: "seed-added-up",
            about: "the bytes of the seed were added up: thousands of sums in the place of 2^256 seeds",
            answer: |(from, to, theirs, text, seed)| {
                let sum: u32 = seed.iter().map(|&byte| u32::from(byte)).sum();
                post(&sum.to_be_bytes(), theirs, bind(&from, &to), &text)
            },
        },
        Planted {
            name: "seed-folded",
            about: "the two halves of the seed were folded into one: seeds that differ in both alike give one key",
            answer: |(from, to, theirs, text, seed)| {
                let folded: Vec<u8> = (0..16).map(|at| seed[at] ^ seed[at + 16]).collect();
                post(&folded, theirs, bind(&from, &to), &text)
            },
        },
        Planted {
            name: "seed-as-text",
            about: "the seed was taken for text: whatever is no text in it became the same sign",
            answer: |(from, to, theirs, text, seed)| {
                let seed = String::from_utf8_lossy(&seed).into_owned();
                post(seed.as_bytes(), theirs, bind(&from, &to), &text)
            },
        },
        Planted {
            name: "lengths-in-digits",
            about: "the lengths are not whole, or in digits that can run into others: where does a name end?",
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
