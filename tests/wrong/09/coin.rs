//! Lesson 09, coin and sealed_coin: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::sha256::sha256;

use super::super::Sealing;

pub fn coin() -> Vec<Planted<u8, u8>> {
    vec![
        Planted {
            name: "the-same-move",
            about: "the same move is a draw, and you could have won",
            answer: |theirs| theirs,
        },
        Planted {
            name: "the-one-that-loses",
            about: "the wrong way round: paper wraps rock, scissors cut paper, rock blunts scissors",
            answer: |theirs| (theirs + 2) % 3,
        },
        Planted {
            name: "always-rock",
            about: "the same move whatever the letter says: read it first",
            answer: |_| 0,
        },
        Planted {
            name: "always-paper",
            about: "the same move whatever the letter says: it beats rock and nothing else",
            answer: |_| 1,
        },
        Planted {
            name: "always-scissors",
            about: "the same move whatever the letter says: they beat paper and nothing else",
            answer: |_| 2,
        },
        Planted {
            name: "one-more",
            about: "after scissors comes rock again, not a fourth move: take the remainder by 3",
            answer: |theirs| theirs + 1,
        },
        Planted {
            name: "the-largest-number",
            about: "there are three moves, 0 to 2",
            answer: |_| u8::MAX,
        },
    ]
}

pub fn sealed_coin() -> Vec<Planted<Sealing, [u8; 32]>> {
    vec![
        Planted {
            name: "as-handed-out",
            about: "the hash of the move alone: three hashes, and the other one knows it",
            answer: |(_, mine)| sha256(&[mine]),
        },
        Planted {
            name: "the-move-first",
            about: "both are in it, but the move stands first: the nonce first, then the move",
            answer: |(nonce, mine)| sha256(&[&[mine][..], &nonce].concat()),
        },
        Planted {
            name: "only-the-nonce",
            about: "nothing of the move is in it: you could open it as any move, and the other one knows that",
            answer: |(nonce, _)| sha256(&nonce),
        },
        Planted {
            name: "mixed-not-joined",
            about: "the move is mixed into a byte of the nonce: then another nonce opens it as another move",
            answer: |(mut nonce, mine)| {
                nonce[31] ^= mine;
                sha256(&nonce)
            },
        },
        Planted {
            name: "mixed-into-the-first-byte",
            about: "the move is mixed into a byte of the nonce: then another nonce opens it as another move",
            answer: |(mut nonce, mine)| {
                nonce[0] ^= mine;
                sha256(&nonce)
            },
        },
        Planted {
            name: "in-the-last-byte",
            about: "the move stands in the place of a byte of the nonce: it goes behind all 32",
            answer: |(mut nonce, mine)| {
                nonce[31] = mine;
                sha256(&nonce)
            },
        },
        Planted {
            name: "in-the-first-byte",
            about: "the move stands in the place of a byte of the nonce: it goes behind all 32",
            answer: |(mut nonce, mine)| {
                nonce[0] = mine;
                sha256(&nonce)
            },
        },
        Planted {
            name: "no-hash",
            about: "the nonce with the move in it, not hashed: whoever sees it reads the move, or can deny it",
            answer: |(mut nonce, mine)| {
                nonce[31] = mine;
                nonce
            },
        },
        Planted {
            name: "counted-from-one",
            about: "the move went in as 1, 2 or 3: it is the byte 0, 1 or 2",
            answer: |(nonce, mine)| sha256(&[&nonce[..], &[mine + 1]].concat()),
        },
        Planted {
            name: "a-letter-for-the-move",
            about: "the move is the byte 0, 1 or 2, not the letter '0', '1' or '2'",
            answer: |(nonce, mine)| sha256(&[&nonce[..], &[b'0' + mine]].concat()),
        },
        Planted {
            name: "hash-of-hashes",
            about: "the two are hashed each for itself first: join the bytes, then hash once",
            answer: |(nonce, mine)| sha256(&[sha256(&nonce), sha256(&[mine])].concat()),
        },
        Planted {
            name: "hash-of-nonce-and-move",
            about: "the nonce's hash is in it instead of the nonce: join the bytes, then hash once",
            answer: |(nonce, mine)| sha256(&[&sha256(&nonce)[..], &[mine]].concat()),
        },
        Planted {
            name: "hashed-twice",
            about: "it was hashed once more than asked",
            answer: |(nonce, mine)| sha256(&sha256(&[&nonce[..], &[mine]].concat())),
        },
        Planted {
            name: "nonce-and-hash-of-move",
            about: "the move's hash is in it instead of the move: join the bytes, then hash once",
            answer: |(nonce, mine)| sha256(&[nonce, sha256(&[mine])].concat()),
        },
        Planted {
            name: "hash-xor-nonce",
            about: "xor can be undone by choosing another nonce: hash nonce and move together",
            answer: |(nonce, mine)| {
                let mut hash = sha256(&[mine]);
                hash.iter_mut()
                    .zip(nonce)
                    .for_each(|(byte, nonce)| *byte ^= nonce);
                hash
            },
        },
        Planted {
            name: "four-bytes",
            about: "the move went in as a longer number: one byte is asked for",
            answer: |(nonce, mine)| sha256(&[&nonce[..], &u32::from(mine).to_be_bytes()].concat()),
        },
        Planted {
            name: "four-bytes-the-low-one-first",
            about: "the move went in as a longer number: one byte is asked for",
            answer: |(nonce, mine)| sha256(&[&nonce[..], &u32::from(mine).to_le_bytes()].concat()),
        },
        Planted {
            name: "eight-bytes",
            about: "the move went in as a longer number: one byte is asked for",
            answer: |(nonce, mine)| sha256(&[&nonce[..], &u64::from(mine).to_be_bytes()].concat()),
        },
        Planted {
            name: "eight-bytes-the-low-one-first",
            about: "the move went in as a longer number: one byte is asked for",
            answer: |(nonce, mine)| sha256(&[&nonce[..], &u64::from(mine).to_le_bytes()].concat()),
        },
        Planted {
            name: "the-move-itself",
            about: "this is the move, 32 times: whoever gets it reads it",
            answer: |(_, mine)| [mine; 32],
        },
        Planted {
            name: "constant",
            about: "always the same: it commits to nothing",
            answer: |_| [0; 32],
        },
    ]
}
