//! Lesson 05, `small_secret` and `shared_key`: what two people make in front of everybody.

use std::collections::HashMap;
use std::time::Duration;

use messaging_lab::course::exam::{Exam, Fault, same};
use messaging_lab::course::feedback::Verdict;
use messaging_lab::course::student::Student;
use messaging_lab::crypto::hkdf;
use messaging_lab::crypto::x25519::{public_key, x25519};
use messaging_lab::ground::hex::{bytes_to_hex, hex_to_bytes};
use messaging_lab::ground::randomness::Seeded;

use super::{key, wrong};

/// p, g, Alice's public number, Bob's public number.
pub type Agreement = (u64, u64, u64, u64);

/// `base^exponent mod p` for p below 2^32.
pub fn power(p: u64, base: u64, exponent: u64) -> u64 {
    let (mut result, mut square, mut left) = (1, base % p, exponent);
    while left > 0 {
        if left % 2 == 1 {
            result = result * square % p;
        }
        square = square * square % p;
        left /= 2;
    }
    result
}

/// The smallest prime that divides `n`, for n from 2 up.
fn smallest_factor(n: u64) -> u64 {
    (2..).take_while(|d| d * d <= n).find(|d| n % d == 0).unwrap_or(n)
}

/// The first g from `from` on, and round again, whose powers are all the numbers from 1 to p - 1.
fn generator(p: u64, from: u64) -> u64 {
    let mut left = p - 1;
    let mut factors = Vec::new();
    while left > 1 {
        let factor = smallest_factor(left);
        factors.push(factor);
        left /= factor;
    }
    (from..p)
        .chain(2..from)
        .find(|&g| factors.iter().all(|factor| power(p, g, (p - 1) / factor) != 1))
        .unwrap_or(1)
}

/// What both sides send, from their private numbers.
fn agreement(p: u64, alice: u64, bob: u64) -> Agreement {
    let g = generator(p, 2);
    (p, g, power(p, g, alice), power(p, g, bob))
}

/// An agreement with a random prime of this many bits.
fn draw_agreement(random: &mut Seeded, bits: u32) -> Agreement {
    let half = 1 << (bits - 1);
    let mut p = half + random.below(half);
    while smallest_factor(p) != p {
        p = half + random.below(half);
    }
    let g = generator(p, 2 + random.below(p - 2));
    let public = |private| power(p, g, private);
    (
        p,
        g,
        public(1 + random.below(p - 2)),
        public(1 + random.below(p - 2)),
    )
}

/// Alice's private number, found by walking through the powers of g in giant steps. For the check's own use: it is
/// quick where a walk step by step is not.
pub fn private_number(p: u64, g: u64, public: u64) -> Option<u64> {
    let width = p.isqrt() + 1;
    let mut steps = HashMap::new();
    let mut at = 1;
    for number in 0..width {
        steps.entry(at).or_insert(number);
        at = at * g % p;
    }
    // g^-width, because g^(p - 1) is 1.
    let back = power(p, g, (p - 1) - width % (p - 1));
    let mut looked_for = public;
    for giant in 0..width {
        if let Some(small) = steps.get(&looked_for) {
            return Some(giant * width + small);
        }
        looked_for = looked_for * back % p;
    }
    None
}

/// p, g and what travelled -> the secret that both sides have.
pub fn small_secret(student: impl Student<Agreement, u64>) -> Verdict {
    // The largest prime below 2^24.
    const LARGE: u64 = 16_777_213;
    Exam::new("relay/small_secret", wrong::small_secret())
        .limit(Duration::from_secs(10))
        .case("the worked example", agreement(23, 9, 13))
        .case("Alice's private number is 1", agreement(23, 1, 13))
        .case("Bob's private number is 1", agreement(23, 9, 1))
        .case("both private numbers are 1", agreement(23, 1, 1))
        .case(
            "both private numbers are the last there is",
            agreement(23, 21, 21),
        )
        .case("the secret is 1", agreement(23, 2, 11))
        .case("the smallest prime here", agreement(5, 3, 2))
        .case("10 bits", agreement(1_009, 777, 514))
        .case("16 bits", agreement(65_521, 60_000, 33_333))
        .case("24 bits", agreement(LARGE, 8_000_000, 12_345_678))
        .case("24 bits, nearly to the end of the row", agreement(LARGE, LARGE - 2, LARGE - 3))
        .seeded(12, |random| {
            let bits = 4 + random.below(8) as u32;
            draw_agreement(random, bits)
        })
        .seeded(3, |random| draw_agreement(random, 16))
        .seeded(2, |random| draw_agreement(random, 20))
        .judge(
            student,
            |(p, g, alice, bob)| {
                format!("p = {p}, g = {g}; Alice sent {alice}, Bob sent {bob}: which secret do they share?")
            },
            |&(p, g, alice, bob), got| {
                let a = private_number(p, g, alice).unwrap_or_default();
                let wanted = power(p, bob, a);
                let why = format!(
                    "Alice's private number is {a}, because {g}^{a} mod {p} = {alice}; her phone computes {bob}^{a} \
                     mod {p}, and Bob's arrives at the same"
                );
                same(got, &wanted, &why)
            },
        )
}

/// The first bytes of a long byte string, in hex.
fn short(bytes: &[u8]) -> String {
    match bytes {
        [] => "nothing".to_string(),
        [_, _, _, _, _, ..] => format!("{}..", bytes_to_hex(&bytes[..4])),
        _ => bytes_to_hex(bytes),
    }
}

/// My private key, their public key, salt, info.
pub type KeyQuestion = ([u8; 32], [u8; 32], Vec<u8>, Vec<u8>);

/// Public keys for which every private key gives zero (RFC 7748, section 6.1, and section 7 on small order): 0, 1, p - 1
/// and the two of order 8; then p and p + 1, which stand for 0 and 1 as well; then all of them with the highest bit set,
/// which X25519 does not look at (section 5).
pub fn weak_keys() -> [[u8; 32]; 14] {
    let from_hex = |text: &str| {
        let bytes = hex_to_bytes(text).unwrap_or_default();
        std::array::from_fn(|at| bytes.get(at).copied().unwrap_or(0))
    };
    let low: [[u8; 32]; 7] = [
        [0; 32],
        from_hex("0100000000000000000000000000000000000000000000000000000000000000"),
        from_hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        from_hex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800"),
        from_hex("5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157"),
        from_hex("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
        from_hex("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    ];
    std::array::from_fn(|at| {
        let mut weak = low[at % low.len()];
        weak[31] |= if at < low.len() { 0 } else { 0x80 };
        weak
    })
}

/// Two people's keys and two public values -> the key that both compute.
pub fn shared_key(student: impl Student<KeyQuestion, Option<[u8; 32]>>) -> Verdict {
    let (alice, bob) = ([1; 32], [2; 32]);
    let question = |mine: [u8; 32], theirs: [u8; 32], salt: &str, info: &str| {
        (mine, theirs, salt.as_bytes().to_vec(), info.as_bytes().to_vec())
    };
    let mut exam = Exam::new("relay/shared_key", wrong::shared_key())
        .case(
            "Alice's side",
            question(alice, public_key(&bob), "June", "alice to bob"),
        )
        .case(
            "Bob's side",
            question(bob, public_key(&alice), "June", "alice to bob"),
        )
        .case(
            "another info",
            question(alice, public_key(&bob), "June", "bob to alice"),
        )
        .case(
            "another salt",
            question(alice, public_key(&bob), "July", "alice to bob"),
        )
        .case("no salt", question(alice, public_key(&bob), "", "alice to bob"))
        .case("no info", question(alice, public_key(&bob), "June", ""))
        .case("neither", question(alice, public_key(&bob), "", ""))
        .case(
            "a salt longer than a block",
            question(alice, public_key(&bob), &"salt".repeat(25), "x"),
        )
        .case(
            "an info longer than a few blocks",
            question(alice, public_key(&bob), "June", &"info".repeat(60)),
        )
        .case(
            "a private key of 32 zero bytes",
            question([0; 32], public_key(&bob), "June", "alice to bob"),
        )
        .case(
            "a good public key with the highest bit set, which X25519 does not look at",
            {
                let mut theirs = public_key(&bob);
                theirs[31] |= 0x80;
                question(alice, theirs, "June", "alice to bob")
            },
        )
        .case("with oneself", question(alice, public_key(&alice), "s", "i"));
    for (weak, name) in weak_keys().into_iter().zip([
        "32 zero bytes as a public key",
        "the public key 1",
        "the public key p - 1",
        "a public key of order 8",
        "the other public key of order 8",
        "the public key p, which stands for 0",
        "the public key p + 1, which stands for 1",
        "0 with the highest bit set",
    ]) {
        exam = exam.case(name, question(alice, weak, "June", "alice to bob"));
    }
    exam.seeded(30, |random| {
        let theirs = match random.below(6) {
            0 => weak_keys()[random.below(14) as usize],
            _ => public_key(&key(random)),
        };
        let (salt, info) = (random.below(40) as usize, random.below(40) as usize);
        (key(random), theirs, random.bytes(salt), random.bytes(info))
    })
    .judge(
        student,
        |(mine, theirs, salt, info)| {
            format!(
                "my private key {}, their public key {}, salt {}, info {}: which key do we share?",
                short(mine),
                short(theirs),
                short(salt),
                short(info)
            )
        },
        |(mine, theirs, salt, info), got| {
            let wanted = x25519(mine, theirs)
                .ok()
                .map(|share| hkdf::derive::<32>(salt, &share, info));
            let why = match (wanted, got) {
                (None, _) => {
                    "every private key gives zero with this public key: whoever sent it would know the key \
                     without having one"
                }
                (Some(_), None) => "both public keys are good ones: the two can never talk",
                (Some(_), Some(_)) => {
                    "the other side computes it from its own private key, the same salt and the same info; one \
                     difference, and nothing that you seal opens there"
                }
            };
            same(got, &wanted, why).map_err(|fault| match wanted {
                Some(key) => Fault::new(format!("Some(the key that begins {})", short(&key)), fault.why),
                None => Fault::new("None", fault.why),
            })
        },
    )
}
