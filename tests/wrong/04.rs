//! Lesson 04: planted wrong answers. Each is caught, and named as what it is.

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::sealer::{Flaw, Line, Step};
use messaging_lab::crypto::{aead, chacha20, poly1305};
use messaging_lab::ground::ledger::{Onlooker, Witness};

use Onlooker::{BobPhone, Relay};
use Witness::{Holds, Nobody};

use super::{Four, Key, Nonce, Prediction, Search, Target, Transcripts, TwoTexts};

// ---------------------------------------------------------------------------------------------------------------------

/// Every statement settled, but for one.
fn but(number: usize, witness: Witness) -> Prediction {
    let mut witnesses = [
        Holds(BobPhone, 3),
        Nobody,
        Nobody,
        Holds(Relay, 15),
        Holds(Relay, 18),
        Nobody,
    ];
    witnesses[number - 1] = witness;
    ([Some(true); 6], witnesses.map(Some))
}

pub fn predict() -> Vec<Planted<(), Prediction>> {
    vec![
        Planted {
            name: "hidden-is-locked",
            about: "a text that nobody can read was taken for one that nobody can change: without a tag it opens changed",
            answer: |()| but(1, Nobody),
        },
        Planted {
            name: "who-changes-sees",
            about: "the relay changes the text without seeing it; the statement asks whose phone shows it",
            answer: |()| but(1, Holds(Relay, 3)),
        },
        Planted {
            name: "too-late",
            about: "it is true then too, but the statement speaks of the time before Alice seals anything",
            answer: |()| but(1, Holds(BobPhone, 20)),
        },
        Planted {
            name: "the-tag-lets-it-pass",
            about: "a changed byte was taken to pass under a tag as it does without one",
            answer: |()| but(2, Holds(BobPhone, 8)),
        },
        Planted {
            name: "the-header-is-decoration",
            about: "the header is not hidden, but the tag covers it: with another one, or with half a tag, nothing opens",
            answer: |()| but(3, Holds(BobPhone, 9)),
        },
        Planted {
            name: "after-all-is-before",
            about: "that is when the untouched packet came; the statement speaks of the time before it",
            answer: |()| but(3, Holds(BobPhone, 11)),
        },
        Planted {
            name: "two-ciphertexts-say-nothing",
            about: "one ciphertext says nothing; two under one nonce give the xor of their texts to everybody who has both",
            answer: |()| but(4, Nobody),
        },
        Planted {
            name: "sealed-stays-sealed",
            about: "the second text under a nonce is safe only as long as nobody knows the first",
            answer: |()| but(5, Nobody),
        },
        Planted {
            name: "the-xor-is-the-text",
            about: "the xor of two texts is neither of them yet: one of the two has to be known",
            answer: |()| but(5, Holds(Relay, 15)),
        },
        Planted {
            name: "the-key-leaks",
            about: "a nonce used twice gives keystream and texts away, not the key they were made with",
            answer: |()| but(6, Holds(Relay, 18)),
        },
        Planted {
            name: "nobody-ever",
            about: "the same answer everywhere: read the run once for each statement",
            answer: |()| ([Some(false); 6], [Some(Nobody); 6]),
        },
        Planted {
            name: "the-relay-everywhere",
            about: "the same answer everywhere: each statement speaks of its own onlooker and time",
            answer: |()| ([Some(true); 6], [Some(Holds(Relay, 3)); 6]),
        },
        Planted {
            name: "guessed-only",
            about: "guesses are there, and nothing is settled yet",
            answer: |()| ([Some(false); 6], [None; 6]),
        },
        Planted {
            name: "settled-without-a-guess",
            about: "a guess made after looking is no guess; but one has to stand there",
            answer: |()| {
                let (mut guesses, witnesses) = but(1, Holds(BobPhone, 3));
                guesses[5] = None;
                (guesses, witnesses)
            },
        },
    ]
}

// ---------------------------------------------------------------------------------------------------------------------

fn with_tail(known: &Key, guess: u32) -> Key {
    let mut key = *known;
    for (byte, guessed) in key[28..].iter_mut().zip(guess.to_be_bytes()) {
        *byte |= guessed;
    }
    key
}

/// The first of these guesses that opens it. Gives up where there are a great many: naming a student's mistake must not
/// take minutes.
fn first_that_opens(
    (known, bits, nonce, header, sealed): &Search,
    guesses: std::ops::Range<u32>,
) -> Option<Key> {
    if *bits > 12 {
        return None;
    }
    guesses
        .map(|guess| with_tail(known, guess))
        .find(|key| aead::open(key, nonce, header, sealed).is_ok())
}

pub fn guess_the_key() -> Vec<Planted<Search, Option<Key>>> {
    vec![
        Planted {
            name: "known-as-it-is",
            about: "that is the known part with zeros behind it: nothing was tried",
            answer: |search| Some(search.0),
        },
        Planted {
            name: "never",
            about: "it finds no key, whatever comes",
            answer: |_| None,
        },
        Planted {
            name: "all-but-the-last",
            about: "the last candidate, all ones, was never tried: `0..n` ends before n",
            answer: |search| first_that_opens(&search, 0..(1 << search.1) - 1),
        },
        Planted {
            name: "all-but-the-first",
            about: "the first candidate, all zeros, was never tried",
            answer: |search| first_that_opens(&search, 1..1 << search.1),
        },
        Planted {
            name: "as-many-as-bits",
            about: "as many keys were tried as there are bits; n bits have 2^n values",
            answer: |search| first_that_opens(&search, 0..search.1),
        },
        Planted {
            name: "one-byte-only",
            about: "only 256 keys were tried: one byte of the unknown part was counted, or a u8 went round",
            answer: |search| first_that_opens(&search, 0..(1 << search.1).min(256)),
        },
        Planted {
            name: "the-last-one-tried",
            about: "no candidate opened it, and one was returned all the same",
            answer: |search| {
                let last = with_tail(&search.0, (1 << search.1) - 1);
                Some(first_that_opens(&search, 0..1 << search.1).unwrap_or(last))
            },
        },
        Planted {
            name: "reads-like-text",
            about: "the first key was taken under which the bytes look like text, tag or no tag",
            answer: |(known, bits, nonce, _, sealed)| {
                if bits > 12 {
                    return None;
                }
                let legible = |key: &Key| {
                    let mut text = sealed[..sealed.len() - 16].to_vec();
                    chacha20::xor(key, 1, &nonce, &mut text).is_ok()
                        && text.iter().all(|byte| matches!(byte, b' '..=b'~'))
                };
                (0..1 << bits).map(|guess| with_tail(&known, guess)).find(legible)
            },
        },
        Planted {
            name: "header-left-out",
            about: "the header was not handed over to `open`, and the tag covers it",
            answer: |mut search| {
                search.3.clear();
                first_that_opens(&search, 0..1 << search.1)
            },
        },
        Planted {
            name: "the-guess-alone",
            about: "the unknown bits came back without the known part of the key",
            answer: |search| {
                let key = first_that_opens(&search, 0..1 << search.1)?;
                let mut alone = [0; 32];
                for at in 28..32 {
                    alone[at] = key[at] & !search.0[at];
                }
                Some(alone)
            },
        },
    ]
}

// ---------------------------------------------------------------------------------------------------------------------

fn xor(a: &[u8], b: &[u8]) -> Vec<u8> {
    a.iter().zip(b).map(|(a, b)| a ^ b).collect()
}

pub fn two_time_pad() -> Vec<Planted<TwoTexts, Vec<u8>>> {
    vec![
        Planted {
            name: "xor-of-both",
            about: "that is the xor of the two texts; the known one is still in it",
            answer: |(first, second, _)| xor(&first, &second),
        },
        Planted {
            name: "the-keystream",
            about: "that is the keystream, a good first step: what does it do to the other ciphertext?",
            answer: |(first, _, known)| xor(&first, &known),
        },
        Planted {
            name: "known-on-the-wrong-one",
            about: "the known text belongs to the first ciphertext; here it was put on the second",
            answer: |(_, second, known)| xor(&second, &known),
        },
        Planted {
            name: "the-known-text",
            about: "that is the text that was known already",
            answer: |(_, _, known)| known,
        },
        Planted {
            name: "the-ciphertext",
            about: "that is the second ciphertext as it came",
            answer: |(_, second, _)| second,
        },
        Planted {
            name: "keystream-repeated",
            about: "where the known text ends the keystream was begun anew; it goes on with other bytes",
            answer: |(first, second, known)| {
                let keystream = xor(&first, &known);
                if keystream.is_empty() {
                    return Vec::new();
                }
                second
                    .iter()
                    .zip(keystream.iter().cycle())
                    .map(|(a, b)| a ^ b)
                    .collect()
            },
        },
        Planted {
            name: "the-rest-as-it-is",
            about: "behind the known text's end stands ciphertext, which says nothing",
            answer: |(first, second, known)| {
                let mut text = xor(&second, &xor(&first, &known));
                text.extend(&second[text.len()..]);
                text
            },
        },
        Planted {
            name: "filled-up",
            about: "behind the known text's end stand made-up bytes; nothing can be known there",
            answer: |(first, second, known)| {
                let mut text = xor(&second, &xor(&first, &known));
                text.resize(second.len(), 0);
                text
            },
        },
        Planted {
            name: "one-length-only",
            about: "texts of different length were given up; the shorter length can be computed",
            answer: |(first, second, known)| match first.len() == second.len() {
                true => xor(&second, &xor(&first, &known)),
                false => Vec::new(),
            },
        },
        Planted {
            name: "nothing",
            about: "the answer is always empty",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "subtracted",
            about: "bytes were added and subtracted; the keystream was put on with xor and comes off with xor",
            answer: |(first, second, known)| {
                let keystream = first.iter().zip(&known).map(|(a, b)| a.wrapping_sub(*b));
                second
                    .iter()
                    .zip(keystream)
                    .map(|(a, b)| a.wrapping_sub(b))
                    .collect()
            },
        },
        Planted {
            name: "last-byte-lost",
            about: "the last byte is missing",
            answer: |(first, second, known)| {
                let mut text = xor(&second, &xor(&first, &known));
                text.pop();
                text
            },
        },
    ]
}

pub fn flip() -> Vec<Planted<Target, Vec<u8>>> {
    /// Changes the byte at `at`, if there is one.
    fn with(mut ciphertext: Vec<u8>, at: usize, change: impl FnOnce(u8) -> u8) -> Vec<u8> {
        if let Some(byte) = ciphertext.get_mut(at) {
            *byte = change(*byte);
        }
        ciphertext
    }
    vec![
        Planted {
            name: "unchanged",
            about: "the ciphertext came back as it was",
            answer: |(ciphertext, _)| ciphertext,
        },
        Planted {
            name: "nine-written",
            about: "a 9 was written into the ciphertext; there it stands for 9 xor keystream, which is anything",
            answer: |(ciphertext, at)| with(ciphertext, at, |_| b'9'),
        },
        Planted {
            name: "ninety-written",
            about: "90 was written over two bytes of ciphertext; the keystream makes something else of it",
            answer: |(ciphertext, at)| with(with(ciphertext, at, |_| b'9'), at + 1, |_| b'0'),
        },
        Planted {
            name: "xor-nine",
            about: "xor with '9' leaves the old '1' in it: what has to change is the difference of the two",
            answer: |(ciphertext, at)| with(ciphertext, at, |byte| byte ^ b'9'),
        },
        Planted {
            name: "xor-the-numbers",
            about: "the digits are characters, but 10 xor 90 was taken: of the numbers, not of '1' and '9'",
            answer: |(ciphertext, at)| with(ciphertext, at, |byte| byte ^ 10 ^ 90),
        },
        Planted {
            name: "eight-added",
            about: "8 was added: right only where that bit of the ciphertext is 0, else a carry goes astray",
            answer: |(ciphertext, at)| with(ciphertext, at, |byte| byte.wrapping_add(8)),
        },
        Planted {
            name: "bit-set",
            about: "the bit was set (`|`), not turned over (`^`): half of the time it was set already",
            answer: |(ciphertext, at)| with(ciphertext, at, |byte| byte | 8),
        },
        Planted {
            name: "bit-cleared",
            about: "the bit was cleared (`&`), not turned over (`^`): half of the time it was clear already",
            answer: |(ciphertext, at)| with(ciphertext, at, |byte| byte & !8),
        },
        Planted {
            name: "the-zero",
            about: "the 0 was changed, one byte behind the 1",
            answer: |(ciphertext, at)| with(ciphertext, at + 1, |byte| byte ^ 8),
        },
        Planted {
            name: "counts-from-one",
            about: "the byte before the 1 was changed: places count from 0",
            answer: |(ciphertext, at)| with(ciphertext, at.wrapping_sub(1), |byte| byte ^ 8),
        },
        Planted {
            name: "both-digits",
            about: "both digits were changed; 10 and 90 have the same 0",
            answer: |(ciphertext, at)| with(with(ciphertext, at, |byte| byte ^ 8), at + 1, |byte| byte ^ 8),
        },
        Planted {
            name: "always-ten",
            about: "always the eleventh byte was changed, wherever the 10 stands",
            answer: |(ciphertext, _)| with(ciphertext, 10, |byte| byte ^ 8),
        },
        Planted {
            name: "every-byte",
            about: "every byte was changed, and with it the whole text",
            answer: |(ciphertext, _)| ciphertext.iter().map(|byte| byte ^ 8).collect(),
        },
        Planted {
            name: "the-byte-alone",
            about: "only the changed byte came back; Bob's phone needs the whole ciphertext",
            answer: |(ciphertext, at)| vec![ciphertext[at] ^ 8],
        },
        Planted {
            name: "nothing",
            about: "the answer is always empty",
            answer: |_| Vec::new(),
        },
    ]
}

// ---------------------------------------------------------------------------------------------------------------------

fn mac_data(header: &[u8], ciphertext: &[u8]) -> Vec<u8> {
    let mut data = header.to_vec();
    data.resize(data.len().next_multiple_of(16), 0);
    data.extend(ciphertext);
    data.resize(data.len().next_multiple_of(16), 0);
    data.extend((header.len() as u64).to_le_bytes());
    data.extend((ciphertext.len() as u64).to_le_bytes());
    data
}

fn one_time_key(key: &Key, nonce: &Nonce) -> Key {
    let block = chacha20::block(key, 0, nonce);
    std::array::from_fn(|at| block[at])
}

fn crypt(key: &Key, counter: u32, nonce: &Nonce, data: &[u8]) -> Vec<u8> {
    let mut data = data.to_vec();
    chacha20::xor(key, counter, nonce, &mut data).expect("a short text");
    data
}

fn tag(key: &Key, nonce: &Nonce, data: &[u8]) -> [u8; 16] {
    poly1305::poly1305(&one_time_key(key, nonce), data)
}

pub fn seal() -> Vec<Planted<Four, Vec<u8>>> {
    vec![
        Planted {
            name: "from-block-0",
            about: "the text was hidden by block 0, which the one-time key is made of: start at counter 1",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 0, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "header-left-out",
            about: "the tag does not cover the header: the relay could swap it",
            answer: |(key, nonce, _, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(b"", &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "tag-of-the-text",
            about: "the tag was made of the text; it has to cover what travels, the ciphertext",
            answer: |(key, nonce, header, text)| {
                let tag = tag(&key, &nonce, &mac_data(&header, &text));
                [crypt(&key, 1, &nonce, &text), tag.to_vec()].concat()
            },
        },
        Planted {
            name: "header-alone",
            about: "the tag covers the header and not the ciphertext: the text can be changed as without a tag",
            answer: |(key, nonce, header, text)| {
                let tag = tag(&key, &nonce, &mac_data(&header, b""));
                [crypt(&key, 1, &nonce, &text), tag.to_vec()].concat()
            },
        },
        Planted {
            name: "tag-first",
            about: "the tag stands in front; it comes behind the ciphertext",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                [tag(&key, &nonce, &mac_data(&header, &hidden)).to_vec(), hidden].concat()
            },
        },
        Planted {
            name: "glued-together",
            about: "header and ciphertext were put together without paddings and lengths: use `mac_data`",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &[&header[..], &hidden].concat());
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "swapped-arguments",
            about: "`mac_data` got ciphertext and header in the wrong order",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(&hidden, &header));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "the-key-itself",
            about: "the tag was made with the key itself; Poly1305 needs a key for one message only",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = poly1305::poly1305(&key, &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "second-half",
            about: "the one-time key was taken from the second half of block 0; it is the first 32 bytes",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let block = chacha20::block(&key, 0, &nonce);
                let half = std::array::from_fn(|at| block[32 + at]);
                let tag = poly1305::poly1305(&half, &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "key-from-block-1",
            about: "the one-time key was taken from block 1, which hides the text: who knows the text knows that key",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let block = chacha20::block(&key, 1, &nonce);
                let first = std::array::from_fn(|at| block[at]);
                let tag = poly1305::poly1305(&first, &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "no-tag",
            about: "that is the ciphertext alone: anybody can change it unnoticed",
            answer: |(key, nonce, _, text)| crypt(&key, 1, &nonce, &text),
        },
        Planted {
            name: "half-a-tag",
            about: "only half of the tag was appended",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                [&hidden, &tag[..8]].concat()
            },
        },
        Planted {
            name: "not-hidden",
            about: "the text is readable: it got a tag, and was not hidden",
            answer: |(key, nonce, header, text)| {
                let tag = tag(&key, &nonce, &mac_data(&header, &text));
                [text, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "tag-hidden-too",
            about: "the tag was put through the keystream as well; it is appended as it is",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                crypt(&key, 1, &nonce, &[text, tag.to_vec()].concat())
            },
        },
        Planted {
            name: "nonce-in-front",
            about: "the nonce was put in front; it travels beside the sealed bytes, not in them",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                [nonce.to_vec(), hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "header-in-front",
            about: "the header was put in front; it travels beside the sealed bytes, not in them",
            answer: |(key, nonce, header, text)| {
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                [header, hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "one-nonce-for-all",
            about: "the nonce was left out (all zeros): every message has the same keystream",
            answer: |(key, _, header, text)| {
                let hidden = crypt(&key, 1, &[0; 12], &text);
                let tag = tag(&key, &[0; 12], &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "one-block-only",
            about: "the text was hidden by one block of keystream, over and over: after 64 bytes comes the next block",
            answer: |(key, nonce, header, text)| {
                let block = chacha20::block(&key, 1, &nonce);
                let hidden: Vec<u8> = text
                    .iter()
                    .zip(block.iter().cycle())
                    .map(|(a, b)| a ^ b)
                    .collect();
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "empty-is-nothing",
            about: "an empty text came back as nothing at all; it has a tag too, or anybody could send one",
            answer: |(key, nonce, header, text)| {
                if text.is_empty() {
                    return Vec::new();
                }
                let hidden = crypt(&key, 1, &nonce, &text);
                let tag = tag(&key, &nonce, &mac_data(&header, &hidden));
                [hidden, tag.to_vec()].concat()
            },
        },
        Planted {
            name: "nothing",
            about: "the answer is always empty",
            answer: |_| Vec::new(),
        },
    ]
}

/// Opens what has 16 bytes of tag, if `fits` says so of the right tag and the received one.
fn open_if((key, nonce, header, sealed): &Four, fits: impl Fn(&[u8; 16], &[u8]) -> bool) -> Option<Vec<u8>> {
    let (hidden, received) = sealed.split_at(sealed.len().checked_sub(16)?);
    let expected = tag(key, nonce, &mac_data(header, hidden));
    fits(&expected, received).then(|| crypt(key, 1, nonce, hidden))
}

pub fn open() -> Vec<Planted<Four, Option<Vec<u8>>>> {
    vec![
        Planted {
            name: "tag-unchecked",
            about: "the tag was cut off and not looked at: every change passes",
            answer: |question| open_if(&question, |_, _| true),
        },
        Planted {
            name: "header-left-out",
            about: "the tag was computed without the header",
            answer: |(key, nonce, _, sealed)| open_if(&(key, nonce, vec![], sealed), |a, b| a == b),
        },
        Planted {
            name: "refuses-all",
            about: "everything is refused, genuine messages too",
            answer: |_| None,
        },
        Planted {
            name: "first-half-compared",
            about: "only the first half of the tag was compared",
            answer: |question| open_if(&question, |a, b| a[..8] == b[..8]),
        },
        Planted {
            name: "last-half-compared",
            about: "only the second half of the tag was compared",
            answer: |question| open_if(&question, |a, b| a[8..] == b[8..]),
        },
        Planted {
            name: "one-byte-compared",
            about: "only one byte of the tag was compared: one forgery in 256 passes",
            answer: |question| open_if(&question, |a, b| a[0] == b[0]),
        },
        Planted {
            name: "last-byte-forgotten",
            about: "the last byte of the tag was not compared",
            answer: |question| open_if(&question, |a, b| a[..15] == b[..15]),
        },
        Planted {
            name: "differences-cancel",
            about: "the differences were joined with `^`, and two equal ones cancel out: join them with `|`",
            answer: |question| {
                open_if(&question, |a, b| {
                    a.iter().zip(b).fold(0, |seen, (x, y)| seen ^ x ^ y) == 0
                })
            },
        },
        Planted {
            name: "bytes-in-any-order",
            about: "the bytes of the tag were compared without regard to their order",
            answer: |question| {
                open_if(&question, |a, b| {
                    let (mut a, mut b) = (a.to_vec(), b.to_vec());
                    a.sort_unstable();
                    b.sort_unstable();
                    a == b
                })
            },
        },
        Planted {
            name: "as-much-as-there-is",
            about: "where the tag was cut, only what is left of it was compared: no tag at all passes",
            answer: |(key, nonce, header, sealed)| {
                // Somebody who tries every place at which the ciphertext might end.
                let longest = sealed.len();
                (longest.saturating_sub(16)..=longest).find_map(|length| {
                    let (hidden, received) = sealed.split_at(length);
                    let expected = tag(&key, &nonce, &mac_data(&header, hidden));
                    expected
                        .starts_with(received)
                        .then(|| crypt(&key, 1, &nonce, hidden))
                })
            },
        },
        Planted {
            name: "short-is-empty",
            about: "less than a tag was taken for an empty text; nobody sealed that",
            answer: |question| match question.3.len() {
                0..16 => Some(Vec::new()),
                _ => open_if(&question, |a, b| a == b),
            },
        },
        Planted {
            name: "empty-refused",
            about: "16 bytes are a whole message: an empty text and its tag",
            answer: |question| match question.3.len() {
                0..=16 => None,
                _ => open_if(&question, |a, b| a == b),
            },
        },
        Planted {
            name: "still-hidden",
            about: "the tag was checked, and the ciphertext came back as it was",
            answer: |question| {
                open_if(&question, |a, b| a == b)?;
                Some(question.3[..question.3.len() - 16].to_vec())
            },
        },
        Planted {
            name: "tag-left-on",
            about: "the tag still stands behind the text, put through the keystream",
            answer: |question| {
                open_if(&question, |a, b| a == b)?;
                Some(crypt(&question.0, 1, &question.1, &question.3))
            },
        },
        Planted {
            name: "tag-of-the-text",
            about: "the tag was computed over the opened text; it covers the ciphertext",
            answer: |(key, nonce, header, sealed)| {
                let (hidden, received) = sealed.split_at(sealed.len().checked_sub(16)?);
                let text = crypt(&key, 1, &nonce, hidden);
                (tag(&key, &nonce, &mac_data(&header, &text)) == received).then_some(text)
            },
        },
        Planted {
            name: "from-block-0",
            about: "the tag was checked, and the text opened with block 0: start at counter 1",
            answer: |question| {
                open_if(&question, |a, b| a == b)?;
                let hidden = &question.3[..question.3.len() - 16];
                Some(crypt(&question.0, 0, &question.1, hidden))
            },
        },
        Planted {
            name: "tag-first",
            about: "the tag was looked for in front; it stands behind the ciphertext",
            answer: |(key, nonce, header, mut sealed)| {
                let front = sealed.len().min(16);
                sealed.rotate_left(front);
                open_if(&(key, nonce, header, sealed), |a, b| a == b)
            },
        },
        Planted {
            name: "refused-is-empty",
            about: "what does not open came back as an empty text: an empty message from Alice, and not a refusal",
            answer: |question| Some(open_if(&question, |a, b| a == b).unwrap_or_default()),
        },
    ]
}

// ---------------------------------------------------------------------------------------------------------------------

pub fn next_nonce() -> Vec<Planted<(u64, u64), Vec<Step>>> {
    use Step::{Save, Send};
    vec![
        // The bug that is handed out.
        Planted {
            name: "sends-then-saves",
            about: "a crash between Send and Save, and the next start sends the same number again",
            answer: |(saved, sends)| {
                (saved..saved + sends)
                    .flat_map(|number| [Send(number), Save(number + 1)])
                    .collect()
            },
        },
        Planted {
            name: "saves-at-the-end",
            about: "everything is saved once all is sent; a crash before that forgets all of it",
            answer: |(saved, sends)| {
                (saved..saved + sends)
                    .map(Send)
                    .chain([Save(saved + sends)])
                    .collect()
            },
        },
        Planted {
            name: "never-saves",
            about: "nothing is ever saved: every start begins at the same number",
            answer: |(saved, sends)| (saved..saved + sends).map(Send).collect(),
        },
        Planted {
            name: "from-zero",
            about: "what was saved is not looked at: every start begins at 0",
            answer: |(_, sends)| {
                (0..sends)
                    .flat_map(|number| [Save(number + 1), Send(number)])
                    .collect()
            },
        },
        Planted {
            name: "saves-the-one-it-sends",
            about: "the number that is about to be sent is saved, and the next start begins with that very one",
            answer: |(saved, sends)| {
                (saved..saved + sends)
                    .flat_map(|number| [Save(number), Send(number)])
                    .collect()
            },
        },
        Planted {
            name: "reserves-one",
            about: "one number is reserved, and all messages are sent on it and beyond it",
            answer: |(saved, sends)| {
                [Save(saved + 1)]
                    .into_iter()
                    .chain((saved..saved + sends).map(Send))
                    .collect()
            },
        },
        Planted {
            name: "one-batch-for-all",
            about: "a batch of 100 was reserved, and more than 100 sent on it: reserve again where it runs out",
            answer: |(saved, sends)| {
                [Save(saved + 100)]
                    .into_iter()
                    .chain((saved..saved + sends).map(Send))
                    .collect()
            },
        },
        Planted {
            name: "every-second-one",
            about: "only every second number is saved before it is sent",
            answer: |(saved, sends)| {
                (saved..saved + sends)
                    .flat_map(|number| match (number - saved) % 2 {
                        0 => vec![Save(number + 1), Send(number)],
                        _ => vec![Send(number), Save(number + 1)],
                    })
                    .collect()
            },
        },
        Planted {
            name: "last-used-saved-late",
            about: "the last used number is saved, but only after it was used",
            answer: |(saved, sends)| {
                (saved + 1..=saved + sends)
                    .flat_map(|number| [Send(number), Save(number)])
                    .collect()
            },
        },
        Planted {
            name: "jumps-at-the-start",
            about: "each start jumps ahead, but by the same jump as the last one that did not get to save",
            answer: |(saved, sends)| {
                (saved + 100..saved + 100 + sends)
                    .flat_map(|number| [Send(number), Save(number + 1)])
                    .collect()
            },
        },
        Planted {
            name: "one-number-for-all",
            about: "a number is saved and sent, and sent again for the next message",
            answer: |(saved, sends)| {
                [Save(saved + 1)]
                    .into_iter()
                    .chain((0..sends).map(|_| Send(saved)))
                    .collect()
            },
        },
        Planted {
            name: "nothing-sent",
            about: "nothing is sent at all: safe, and of no use to Alice",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "only-saves",
            about: "numbers are saved and none is sent",
            answer: |(saved, sends)| vec![Save(saved + sends)],
        },
        Planted {
            name: "one-too-few",
            about: "one message is left unsent: look at where the range ends",
            answer: |(saved, sends)| {
                (saved + 1..saved + sends)
                    .flat_map(|number| [Save(number + 1), Send(number)])
                    .collect()
            },
        },
        Planted {
            name: "one-too-many",
            about: "one message too many is sent: look at where the range ends",
            answer: |(saved, sends)| {
                (saved..=saved + sends)
                    .flat_map(|number| [Save(number + 1), Send(number)])
                    .collect()
            },
        },
        Planted {
            name: "all-reserved",
            about: "all numbers there are were reserved at once; the next start has none left",
            answer: |(saved, sends)| {
                let numbers = (0..sends).map(|number| saved.saturating_add(number));
                [Save(u64::MAX)].into_iter().chain(numbers.map(Send)).collect()
            },
        },
        Planted {
            name: "doubles",
            about: "each start doubles what was saved: after 64 starts there is nothing left to double",
            answer: |(saved, sends)| {
                let first = saved.saturating_mul(2).saturating_add(1);
                (first..first.saturating_add(sends))
                    .flat_map(|number| [Save(number + 1), Send(number)])
                    .collect()
            },
        },
        Planted {
            name: "counts-in-memory",
            about: "the count is kept in a static: a crash forgets it, and only what was saved is left",
            answer: |(saved, sends)| {
                use std::sync::atomic::{AtomicU64, Ordering};
                static NEXT: AtomicU64 = AtomicU64::new(0);
                let first = NEXT.fetch_add(sends, Ordering::Relaxed) + saved;
                (first..first + sends).map(Send).collect()
            },
        },
        Planted {
            name: "counts-down",
            about: "it counts down, so the next start meets the numbers of this one",
            answer: |(saved, sends)| {
                (0..sends)
                    .rev()
                    .flat_map(|number| [Save(saved + number), Send(saved + number)])
                    .collect()
            },
        },
    ]
}

// ---------------------------------------------------------------------------------------------------------------------

/// What of a line is looked at.
type Parts<'a> = (&'a Nonce, &'a [u8], &'a [u8], &'a [u8]);

/// What a sealer sent: nonce, header, text, sealed bytes.
fn sealed_lines(lines: &[Line]) -> Vec<Parts<'_>> {
    lines
        .iter()
        .filter_map(|line| match line {
            Line::Sealed {
                nonce,
                header,
                text,
                sealed,
            } => Some((nonce, &header[..], &text[..], &sealed[..])),
            Line::Opened { .. } => None,
        })
        .collect()
}

/// What a sealer showed: nonce, header, sealed bytes, text.
fn shown_lines(lines: &[Line]) -> Vec<Parts<'_>> {
    lines
        .iter()
        .filter_map(|line| match line {
            Line::Opened {
                nonce,
                header,
                sealed,
                text: Some(text),
            } => Some((nonce, &header[..], &sealed[..], &text[..])),
            _ => None,
        })
        .collect()
}

fn has_twins<T: Ord>(mut list: Vec<T>) -> bool {
    list.sort();
    list.windows(2).any(|pair| pair[0] == pair[1])
}

fn reuses(lines: &[Line]) -> bool {
    has_twins(sealed_lines(lines).iter().map(|(nonce, ..)| *nonce).collect())
}

fn cuts(lines: &[Line]) -> bool {
    sealed_lines(lines)
        .iter()
        .any(|(_, _, text, sealed)| sealed.len() < text.len() + 16)
}

/// Shows a text for bytes that were never sent under that nonce.
fn believes_all(lines: &[Line]) -> bool {
    let sent = sealed_lines(lines);
    shown_lines(lines)
        .iter()
        .any(|(nonce, _, sealed, _)| !sent.iter().any(|(n, _, _, s)| n == nonce && s == sealed))
}

/// Shows a text under a header that it was not sent with.
fn ignores_headers(lines: &[Line]) -> bool {
    let sent = sealed_lines(lines);
    shown_lines(lines).iter().any(|(nonce, header, sealed, _)| {
        !sent
            .iter()
            .any(|(n, h, _, s)| n == nonce && h == header && s == sealed)
    })
}

/// Whether a transcript shows some flaw.
type Test = fn(&[Line]) -> bool;

/// The first of these flaws whose test says so, for each sealer.
fn judged(transcripts: &Transcripts, tests: &[(Flaw, Test)]) -> Vec<Option<Flaw>> {
    let flaw = |lines: &Vec<Line>| tests.iter().find(|(_, test)| test(lines)).map(|(flaw, _)| *flaw);
    transcripts.iter().map(flaw).collect()
}

pub fn spot_the_flaw() -> Vec<Planted<Transcripts, Vec<Option<Flaw>>>> {
    use Flaw::{HeaderUncovered, NonceReused, TagCut, TagUnchecked};
    vec![
        Planted {
            name: "all-sound",
            about: "every sealer is called sound",
            answer: |transcripts| vec![None; transcripts.len()],
        },
        Planted {
            name: "all-the-same",
            about: "every sealer gets the same flaw",
            answer: |transcripts| vec![Some(NonceReused); transcripts.len()],
        },
        Planted {
            name: "opening-is-no-reuse",
            about: "nonces of Opened lines were counted: opening a message again under its nonce is no second use",
            answer: |transcripts| {
                judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (NonceReused, |lines| {
                            has_twins(
                                lines
                                    .iter()
                                    .map(|(Line::Sealed { nonce, .. } | Line::Opened { nonce, .. })| nonce)
                                    .collect(),
                            )
                        }),
                        (TagUnchecked, believes_all),
                        (HeaderUncovered, ignores_headers),
                    ],
                )
            },
        },
        Planted {
            name: "nonces-of-strangers",
            about: "nonces of different sealers were compared; each has a key of its own, and may count from 0",
            answer: |transcripts| {
                let mut seen: Vec<&Nonce> = Vec::new();
                let each = transcripts.iter().map(|lines| {
                    let own: Vec<&Nonce> = sealed_lines(lines).iter().map(|(nonce, ..)| *nonce).collect();
                    let reused = own.iter().any(|nonce| seen.contains(nonce)) || reuses(lines);
                    seen.extend(own);
                    reused
                });
                let reused: Vec<bool> = each.collect();
                let others = judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (TagUnchecked, believes_all),
                        (HeaderUncovered, ignores_headers),
                    ],
                );
                reused
                    .iter()
                    .zip(others)
                    .map(|(reused, other)| if *reused { Some(NonceReused) } else { other })
                    .collect()
            },
        },
        Planted {
            name: "neighbours-only",
            about: "only neighbouring nonces were compared; after a restart the same one comes back later",
            answer: |transcripts| {
                judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (NonceReused, |lines| {
                            sealed_lines(lines).windows(2).any(|pair| pair[0].0 == pair[1].0)
                        }),
                        (TagUnchecked, believes_all),
                        (HeaderUncovered, ignores_headers),
                    ],
                )
            },
        },
        Planted {
            name: "nonce-and-header",
            about: "a nonce was taken for used only under the same header; the keystream knows no header",
            answer: |transcripts| {
                judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (NonceReused, |lines| {
                            has_twins(sealed_lines(lines).iter().map(|(n, h, ..)| (*n, *h)).collect())
                        }),
                        (TagUnchecked, believes_all),
                        (HeaderUncovered, ignores_headers),
                    ],
                )
            },
        },
        Planted {
            name: "the-same-bytes-only",
            about: "a nonce was taken for reused only if the sealed bytes are the same; with two texts they never are",
            answer: |transcripts| {
                judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (NonceReused, |lines| {
                            has_twins(sealed_lines(lines).iter().map(|(n, _, _, s)| (*n, *s)).collect())
                        }),
                        (TagUnchecked, believes_all),
                        (HeaderUncovered, ignores_headers),
                    ],
                )
            },
        },
        Planted {
            name: "nonce-not-compared",
            about: "only the sealed bytes were compared; under another nonce they are another message, and must not open",
            answer: |transcripts| {
                judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (NonceReused, reuses),
                        (TagUnchecked, |lines| {
                            let sent = sealed_lines(lines);
                            shown_lines(lines)
                                .iter()
                                .any(|(_, _, sealed, _)| !sent.iter().any(|(.., s)| s == sealed))
                        }),
                        (HeaderUncovered, ignores_headers),
                    ],
                )
            },
        },
        Planted {
            name: "shorter-than-a-tag",
            about: "the length was compared with 16 alone: the tag comes on top of the text",
            answer: |transcripts| {
                judged(
                    &transcripts,
                    &[
                        (TagCut, |lines| {
                            sealed_lines(lines)
                                .iter()
                                .all(|(_, _, _, sealed)| sealed.len() < 16)
                        }),
                        (NonceReused, reuses),
                        (TagUnchecked, believes_all),
                        (HeaderUncovered, ignores_headers),
                    ],
                )
            },
        },
        Planted {
            name: "header-is-all-it-sees",
            about: "who looks at no tag notices no header either: look first whether changed bytes pass",
            answer: |transcripts| {
                judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (NonceReused, reuses),
                        (HeaderUncovered, |lines| {
                            let sent = sealed_lines(lines);
                            shown_lines(lines).iter().any(|(nonce, header, sealed, _)| {
                                sent.iter()
                                    .any(|(n, h, _, s)| n == nonce && s == sealed && h != header)
                            })
                        }),
                        (TagUnchecked, believes_all),
                    ],
                )
            },
        },
        Planted {
            name: "header-is-a-tag",
            about: "a header that may be swapped was taken for a tag that nobody checks: the bytes themselves are guarded",
            answer: |transcripts| {
                judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (NonceReused, reuses),
                        (TagUnchecked, ignores_headers),
                    ],
                )
            },
        },
        Planted {
            name: "a-header-seen-before",
            about: "a header passed because some message had it; it has to be this message's own",
            answer: |transcripts| {
                judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (NonceReused, reuses),
                        (TagUnchecked, believes_all),
                        (HeaderUncovered, |lines| {
                            let sent = sealed_lines(lines);
                            shown_lines(lines)
                                .iter()
                                .any(|(_, header, ..)| !sent.iter().any(|(_, h, ..)| h == header))
                        }),
                    ],
                )
            },
        },
        Planted {
            name: "the-text-came-out-right",
            about: "a changed tag over an unchanged text was let pass: that the text is right does not show that the tag was checked",
            answer: |transcripts| {
                judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (NonceReused, reuses),
                        (TagUnchecked, |lines| {
                            let sent = sealed_lines(lines);
                            shown_lines(lines)
                                .iter()
                                .any(|(.., text)| !sent.iter().any(|(_, _, t, _)| t == text))
                        }),
                        (HeaderUncovered, ignores_headers),
                    ],
                )
            },
        },
        Planted {
            name: "refusing-is-a-flaw",
            about: "a refusal was taken for the flaw; a sealer that refuses what was changed does its work",
            answer: |transcripts| {
                judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (NonceReused, reuses),
                        (TagUnchecked, |lines| {
                            lines
                                .iter()
                                .any(|line| matches!(line, Line::Opened { text: None, .. }))
                        }),
                        (HeaderUncovered, ignores_headers),
                    ],
                )
            },
        },
        Planted {
            name: "flawed-ones-only",
            about: "sound sealers were left out of the list: there is one answer for each",
            answer: |transcripts| {
                let all = judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (NonceReused, reuses),
                        (TagUnchecked, believes_all),
                        (HeaderUncovered, ignores_headers),
                    ],
                );
                all.into_iter().filter(Option::is_some).collect()
            },
        },
        Planted {
            name: "nothing",
            about: "the list is always empty",
            answer: |_| Vec::new(),
        },
    ]
}
