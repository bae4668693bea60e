//! The messages of a call, and its frames.

use super::{field, is, is_hex, is_number, names, tiles};
use crate::show::anatomy::{Anatomy, Sight, call};
use messaging_lab::call::algorithms::{Algorithms, Chosen};
use messaging_lab::call::commit::Commit;
use messaging_lab::call::confirm::Confirm;
use messaging_lab::call::dh_part::DhPart;
use messaging_lab::call::frame::{FrameKeys, Header};
use messaging_lab::call::hash_chain::HashChain;
use messaging_lab::call::hello::Hello;
use messaging_lab::call::wire::{Kind, bare, error};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::secret::Secret;

fn draw<const N: usize>(random: &mut Seeded) -> [u8; N] {
    random.bytes(N).try_into().expect("so many were asked for")
}

/// Names of four letters.
fn listed(random: &mut Seeded) -> Vec<[u8; 4]> {
    let count = random.below(8);
    (0..count)
        .map(|_| [0; 4].map(|_: u8| b'A' + random.below(26) as u8))
        .collect()
}

/// Taken apart, and what every message has in front.
fn apart(bytes: &[u8], kind: Kind) -> Anatomy {
    let anatomy = call::message(bytes).expect("a message");
    tiles(&anatomy, bytes);
    assert_eq!(anatomy.format, kind.name());
    is_hex(&anatomy, "preamble", &[0x50, 0x5a]);
    let words = bytes.len() / 4;
    let length = format!("{words} words, {} bytes", bytes.len());
    is(&anatomy, "length", &(words as u16).to_be_bytes(), &length);
    let block = std::str::from_utf8(kind.block()).expect("ASCII");
    is(&anatomy, "message type", kind.block(), &format!("\"{block}\""));
    for end in 0..bytes.len() {
        assert!(call::message(&bytes[..end]).is_none(), "cut at {end}");
    }
    anatomy
}

#[test]
fn hellos_with_any_lists_tile() {
    for seed in 0..40 {
        let mut random = Seeded::new(seed);
        let algorithms = Algorithms {
            hashes: listed(&mut random),
            ciphers: listed(&mut random),
            tags: listed(&mut random),
            agreements: listed(&mut random),
            sas: listed(&mut random),
        };
        let made = Hello {
            version: *b"1.10",
            client: draw(&mut random),
            h3: draw(&mut random),
            zid: draw(&mut random),
            flags: 0,
            algorithms,
            mac: [0; 8],
        };
        let bytes = made.message(&HashChain::new(Secret::new(draw(&mut random))));
        let anatomy = apart(&bytes, Kind::Hello);
        let hello = Hello::parse(&bytes).unwrap();
        is_hex(&anatomy, "H3", &hello.h3);
        is_hex(&anatomy, "MAC", &hello.mac);
        assert_eq!(anatomy.bytes_of(field(&anatomy, "ZID")), hello.zid);
        assert_eq!(
            anatomy.bytes_of(field(&anatomy, "client identifier")),
            hello.client
        );
        is(&anatomy, "version", &hello.version, "\"1.10\"");
        let lists = &hello.algorithms;
        let named = [
            ("hash", &lists.hashes),
            ("cipher", &lists.ciphers),
            ("frame tag", &lists.tags),
            ("key agreement", &lists.agreements),
            ("SAS", &lists.sas),
        ];
        for (what, list) in named {
            let of_it = |name: &&str| name.starts_with(&format!("{what} "));
            assert_eq!(
                names(&anatomy).iter().filter(|name| of_it(name)).count(),
                list.len()
            );
            for (place, name) in (1..).zip(list) {
                let shown = format!("\"{}\"", String::from_utf8_lossy(name));
                is(&anatomy, &format!("{what} {place}"), name, &shown);
            }
        }
        is_number(&anatomy, "hc", lists.hashes.len() as u64);
        let both = format!("{} and {}", lists.ciphers.len(), lists.tags.len());
        assert_eq!(field(&anatomy, "cc and ac").value, both);
        let both = format!("{} and {}", lists.agreements.len(), lists.sas.len());
        assert_eq!(field(&anatomy, "kc and sc").value, both);
    }
}

#[test]
fn commits_and_dh_parts_tile() {
    for seed in 0..40 {
        let mut random = Seeded::new(seed);
        let chain = HashChain::new(Secret::new(draw(&mut random)));
        let bytes = Commit {
            h2: *chain.h2(),
            zid: draw(&mut random),
            chosen: Chosen([*b"S256", *b"CC20", *b"PY13", *b"X255", *b"B32 "]),
            hvi: draw(&mut random),
            mac: [0; 8],
        }
        .message(&chain);
        let anatomy = apart(&bytes, Kind::Commit);
        let commit = Commit::parse(&bytes).unwrap();
        is_hex(&anatomy, "H2", &commit.h2);
        assert_eq!(
            anatomy.bytes_of(field(&anatomy, "ZID of the initiator")),
            commit.zid
        );
        is_hex(&anatomy, "hvi", &commit.hvi);
        is_hex(&anatomy, "MAC", &commit.mac);
        for (what, name) in ["hash", "cipher", "frame tag", "key agreement", "SAS"]
            .iter()
            .zip(commit.chosen.0)
        {
            is(
                &anatomy,
                what,
                &name,
                &format!("\"{}\"", String::from_utf8_lossy(&name)),
            );
        }

        for kind in [Kind::DhPart1, Kind::DhPart2] {
            let made = DhPart {
                h1: *chain.h1(),
                ids: [0; 4].map(|_| draw(&mut random)),
                public: draw(&mut random),
                mac: [0; 8],
            };
            let bytes = made.message(kind, &chain);
            let anatomy = apart(&bytes, kind);
            let part = DhPart::parse(&bytes, kind).unwrap();
            is_hex(&anatomy, "H1", &part.h1);
            let ids = ["rs1", "rs2", "an outside secret", "a PBX secret"];
            for (name, id) in ids.iter().zip(part.ids) {
                is_hex(&anatomy, &format!("ID of {name}"), &id);
            }
            is_hex(&anatomy, "public value", &part.public);
            is_hex(&anatomy, "MAC", &part.mac);
        }
    }
}

/// The seal is a stream cipher's: byte for byte, what is sealed stands where it stood.
#[test]
fn a_confirm_has_its_sealed_fields_where_they_are_before_they_are_sealed() {
    for seed in 0..40 {
        let mut random = Seeded::new(seed);
        let key = Secret::new(draw(&mut random));
        let (h0, other): ([u8; 32], [u8; 32]) = (draw(&mut random), draw(&mut random));
        for kind in [Kind::Confirm1, Kind::Confirm2] {
            let says = |h0, verified| Confirm { h0, verified }.seal(kind, &key);
            let bytes = says(h0, false);
            let anatomy = apart(&bytes, kind);
            assert!(Confirm::open(&bytes, kind, &key).is_ok_and(|inside| inside.h0 == h0));
            // What is changed alone before it is sealed changes its own field, and the tag.
            let differs = |changed: &[u8]| {
                let fields = anatomy.fields.iter();
                let other =
                    fields.filter(|field| bytes[field.from..field.to] != changed[field.from..field.to]);
                other.map(|field| field.name.clone()).collect::<Vec<_>>()
            };
            assert_eq!(differs(&says(other, false)), ["H0, sealed", "tag"]);
            assert_eq!(differs(&says(h0, true)), ["flags, sealed", "tag"]);
            let sealed: usize = anatomy
                .fields
                .iter()
                .filter(|field| matches!(field.sight, Sight::Sealed(_)))
                .map(|field| field.to - field.from)
                .sum();
            assert_eq!(sealed, 40);
        }
    }
}

#[test]
fn bare_messages_and_errors_tile() {
    for kind in [Kind::HelloAck, Kind::Conf2Ack, Kind::ErrorAck] {
        assert_eq!(apart(&bare(kind), kind).fields.len(), 3);
    }
    for code in [0x10, 0x62, 0x7fff_ffff] {
        let anatomy = apart(&error(code), Kind::Error);
        let shown = field(&anatomy, "code");
        assert_eq!(anatomy.bytes_of(shown), code.to_be_bytes());
        assert!(shown.value.starts_with(&format!("0x{code:02x}")));
    }
}

#[test]
fn frames_tile_and_say_what_the_parser_says() {
    for seed in 0..60 {
        let mut random = Seeded::new(seed);
        let keys = FrameKeys::new(draw(&mut random), draw(&mut random));
        let seq = random.next_u64() as u16;
        let header = Header {
            payload_type: match seed % 3 {
                0 => 96,
                1 => 97,
                _ => random.below(128) as u8,
            },
            seq,
            timestamp: random.next_u64() as u32,
            ssrc: random.next_u64() as u32,
        };
        let long = random.below(200) as usize;
        let payload = random.bytes(long);
        let bytes = keys.seal(&header, u64::from(seq), &payload).unwrap();
        let anatomy = call::frame(&bytes).unwrap();
        tiles(&anatomy, &bytes);
        let parsed = Header::of(&bytes).unwrap();
        let codec = match parsed.payload_type {
            96 => "96: the variable codec".to_string(),
            97 => "97: the variable codec in cells".to_string(),
            other => other.to_string(),
        };
        is(&anatomy, "payload type", &[parsed.payload_type], &codec);
        is_number(&anatomy, "SEQ", u64::from(parsed.seq));
        is_number(&anatomy, "timestamp", u64::from(parsed.timestamp));
        is(
            &anatomy,
            "SSRC",
            &parsed.ssrc.to_be_bytes(),
            &format!("0x{:08x}", parsed.ssrc),
        );
        is(&anatomy, "version", &[0x80], "2, no flags");
        is_hex(&anatomy, "tag", &bytes[12 + payload.len()..]);
        assert_eq!(names(&anatomy).contains(&"payload, sealed"), !payload.is_empty());
        assert!(call::frame(&bytes[..12 + 15]).is_none());
    }
}
