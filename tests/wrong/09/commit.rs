//! Lesson 09, commit and check_commit: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::sha256::sha256;

use super::super::{Committing, Revealed};

fn right(part: &[u8], hello: &[u8]) -> [u8; 32] {
    sha256(&[part, hello].concat())
}

pub fn commit() -> Vec<Planted<Committing, [u8; 32]>> {
    vec![
        Planted {
            name: "hello-first",
            about: "the Hello stands first: DHPart2, then Hello",
            answer: |(part, hello)| right(&hello, &part),
        },
        Planted {
            name: "without-the-hello",
            about: "the Hello is not in it: then what the responder offered can be changed on the way unnoticed here",
            answer: |(part, _)| sha256(&part),
        },
        Planted {
            name: "without-the-dhpart2",
            about: "the DHPart2 is not in it, so nothing is promised",
            answer: |(_, hello)| sha256(&hello),
        },
        Planted {
            name: "only-the-public-value",
            about: "only the public value of DHPart2 is in it: the rest can be chosen later, and it changes the words, too",
            answer: |(part, hello)| {
                let public = part.get(76..108).unwrap_or(&part);
                right(public, &hello)
            },
        },
        Planted {
            name: "hash-of-hashes",
            about: "the two are hashed each for itself first: join the messages, then hash once",
            answer: |(part, hello)| sha256(&[sha256(&part), sha256(&hello)].concat()),
        },
        Planted {
            name: "hash-of-the-dhpart2",
            about: "the DHPart2 was hashed for itself first: join the messages, then hash once",
            answer: |(part, hello)| right(&sha256(&part), &hello),
        },
        Planted {
            name: "hash-of-the-hello",
            about: "the Hello was hashed for itself first: join the messages, then hash once",
            answer: |(part, hello)| right(&part, &sha256(&hello)),
        },
        Planted {
            name: "with-a-gap",
            about: "something stands between the two: nothing does",
            answer: |(part, hello)| sha256(&[&part[..], &[0], &hello].concat()),
        },
        Planted {
            name: "without-the-head",
            about: "whole messages go in, with their first twelve bytes",
            answer: |(part, hello)| right(part.get(12..).unwrap_or(&[]), hello.get(12..).unwrap_or(&[])),
        },
        Planted {
            name: "without-the-mac",
            about: "whole messages go in, with the MAC in their last eight bytes",
            answer: |(part, hello)| right(&part[..part.len() - 8], &hello[..hello.len() - 8]),
        },
        Planted {
            name: "without-zeros-at-the-end",
            about: "zeros at the end belong to a message as well: it ends where the slice ends",
            answer: |(part, hello)| {
                let mut all = [part, hello].concat();
                while all.last() == Some(&0) {
                    all.pop();
                }
                sha256(&all)
            },
        },
        Planted {
            name: "hashed-twice",
            about: "it was hashed once more than asked",
            answer: |(part, hello)| sha256(&right(&part, &hello)),
        },
        Planted {
            name: "constant",
            about: "always the same: it promises nothing",
            answer: |_| [0; 32],
        },
    ]
}

/// Compares the bytes from `FROM` on up to `TO`, and no others.
fn fits_in<const FROM: usize, const TO: usize>((hvi, part, hello): Revealed) -> bool {
    right(&part, &hello)[FROM..TO] == hvi[FROM..TO]
}

pub fn check_commit() -> Vec<Planted<Revealed, bool>> {
    vec![
        Planted {
            name: "takes-everything",
            about: "always true: that is how a ZRTP library did it until 2016, and a tap could make the words fit",
            answer: |_| true,
        },
        Planted {
            name: "refuses-everything",
            about: "false even where all is as promised: hash DHPart2 and then the Hello, both whole, once, and compare",
            answer: |_| false,
        },
        Planted {
            name: "the-first-byte",
            about: "only the first bytes are compared, not all 32: with fewer bits to meet, he has less to search",
            answer: fits_in::<0, 1>,
        },
        Planted {
            name: "the-first-four",
            about: "only the first bytes are compared, not all 32: with fewer bits to meet, he has less to search",
            answer: fits_in::<0, 4>,
        },
        Planted {
            name: "the-first-bytes",
            about: "only the first bytes are compared, not all 32: with fewer bits to meet, he has less to search",
            answer: fits_in::<0, 8>,
        },
        Planted {
            name: "the-first-half",
            about: "only the first bytes are compared, not all 32: with fewer bits to meet, he has less to search",
            answer: fits_in::<0, 16>,
        },
        Planted {
            name: "the-first-three-quarters",
            about: "only the first bytes are compared, not all 32: with fewer bits to meet, he has less to search",
            answer: fits_in::<0, 24>,
        },
        Planted {
            name: "all-but-the-last",
            about: "only the first bytes are compared, not all 32: with fewer bits to meet, he has less to search",
            answer: fits_in::<0, 31>,
        },
        Planted {
            name: "the-last-byte",
            about: "only the last bytes are compared, not all 32: with fewer bits to meet, he has less to search",
            answer: fits_in::<31, 32>,
        },
        Planted {
            name: "the-last-four",
            about: "only the last bytes are compared, not all 32: with fewer bits to meet, he has less to search",
            answer: fits_in::<28, 32>,
        },
        Planted {
            name: "the-last-bytes",
            about: "only the last bytes are compared, not all 32: with fewer bits to meet, he has less to search",
            answer: fits_in::<24, 32>,
        },
        Planted {
            name: "the-last-half",
            about: "only the last bytes are compared, not all 32: with fewer bits to meet, he has less to search",
            answer: fits_in::<16, 32>,
        },
        Planted {
            name: "all-but-the-first",
            about: "only the last bytes are compared, not all 32: with fewer bits to meet, he has less to search",
            answer: fits_in::<1, 32>,
        },
        Planted {
            name: "most-bytes-alike",
            about: "a hash that fits in most bytes is another hash: all 32 must fit",
            answer: |(hvi, part, hello)| {
                let own = right(&part, &hello);
                own.iter().zip(&hvi).filter(|(a, b)| a == b).count() >= 16
            },
        },
        Planted {
            name: "one-byte-alike",
            about: "one byte that fits is enough for it: all 32 must",
            answer: |(hvi, part, hello)| right(&part, &hello).iter().zip(&hvi).any(|(a, b)| a == b),
        },
        Planted {
            name: "the-same-bytes-in-any-order",
            about: "the same bytes in another order count as the same: compare place by place",
            answer: |(mut hvi, part, hello)| {
                let mut own = right(&part, &hello);
                own.sort();
                hvi.sort();
                own == hvi
            },
        },
        Planted {
            name: "xor-of-all",
            about: "the bytes are folded before they are compared: two changes cancel out; fold the differences with |",
            answer: |(hvi, part, hello)| {
                let fold = |bytes: &[u8; 32]| bytes.iter().fold(0, |all, byte| all ^ byte);
                fold(&right(&part, &hello)) == fold(&hvi)
            },
        },
        Planted {
            name: "differences-added",
            about: "the differences are added up, and in a byte 128 and 128 make 0: fold them with |",
            answer: |(hvi, part, hello)| {
                let own = right(&part, &hello);
                let pairs = own.iter().zip(&hvi);
                pairs.fold(0_u8, |sum, (a, b)| sum.wrapping_add(a ^ b)) == 0
            },
        },
        Planted {
            name: "the-wrong-way-round",
            about: "true where it should be false: the call goes on when the two are equal",
            answer: |(hvi, part, hello)| right(&part, &hello) != hvi,
        },
        Planted {
            name: "hello-first",
            about: "the Hello is hashed first: DHPart2, then Hello",
            answer: |(hvi, part, hello)| right(&hello, &part) == hvi,
        },
        Planted {
            name: "either-order",
            about: "it takes the hash in the wrong order as well: there is one rule, and one hash",
            answer: |(hvi, part, hello)| right(&part, &hello) == hvi || right(&hello, &part) == hvi,
        },
        Planted {
            name: "without-the-hello",
            about: "the Hello is not in the hash: no honest promise fits it",
            answer: |(hvi, part, _)| sha256(&part) == hvi,
        },
        Planted {
            name: "without-the-dhpart2",
            about: "the DHPart2 is not in the hash: no honest promise fits it",
            answer: |(hvi, _, hello)| sha256(&hello) == hvi,
        },
        Planted {
            name: "hello-or-not",
            about: "it takes a hash without the Hello as well: then the Hello can be changed on the way",
            answer: |(hvi, part, hello)| right(&part, &hello) == hvi || sha256(&part) == hvi,
        },
        Planted {
            name: "any-hash",
            about: "it only looks whether there is a hvi at all",
            answer: |(hvi, ..)| hvi != [0; 32],
        },
    ]
}
