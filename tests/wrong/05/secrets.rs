//! Lesson 05, `small_secret` and `shared_key`: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::hkdf;
use messaging_lab::crypto::sha256::sha256;
use messaging_lab::crypto::x25519::x25519;

use super::super::secrets::weak_keys;
use super::super::{Agreement, KeyQuestion, power, private_number};

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
            name: "gives-up-late",
            about: "the search gives up after 10 million steps: with 24 bits there are 17 million",
            answer: |(p, g, alice, bob)| match of_alice((p, g, alice, bob)) {
                a if a > 10_000_000 => 0,
                a => power(p, bob, a),
            },
        },
        Planted {
            name: "the-first-is-left-out",
            about: "the search begins at 2, and a private number can be 1",
            answer: |(p, g, alice, bob)| match of_alice((p, g, alice, bob)) {
                1 => 0,
                a => power(p, bob, a),
            },
        },
        Planted {
            name: "the-power-as-a-whole",
            about: "a power was computed as a whole, and does not fit: take the remainder after each multiplication",
            answer: |(p, g, alice, bob)| {
                let a = of_alice((p, g, alice, bob)) as u32;
                match (g.checked_pow(a), bob.checked_pow(a)) {
                    (Some(_), Some(whole)) => whole % p,
                    _ => panic!("attempt to multiply with overflow"),
                }
            },
        },
        Planted {
            name: "multiplied-in-32-bits",
            about: "two numbers were multiplied in 32 bits, and the product does not fit: take `u64` throughout",
            answer: |(p, g, alice, bob)| {
                if p > 1 << 17 {
                    panic!("attempt to multiply with overflow");
                }
                power(p, bob, of_alice((p, g, alice, bob)))
            },
        },
        Planted {
            name: "another-g",
            about: "the powers of another number than g were searched: g is an argument, and not always the same",
            answer: |(p, _, alice, bob)| {
                let smallest = (2..p).find(|&g| {
                    let mut factors = (2..p - 1).filter(|d| (p - 1) % d == 0);
                    p > 100_000 || factors.all(|d| power(p, g, d) != 1)
                });
                power(p, bob, of_alice((p, smallest.unwrap_or(2), alice, bob)))
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
            name: "a-list-of-weak-keys",
            about: "a list of public keys was refused, and others give zero as well: `x25519` says it of each",
            answer: |(mine, theirs, salt, info)| {
                if weak_keys()[..5].contains(&theirs) {
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
            name: "highest-bit-refused",
            about: "a public key with its highest bit set was refused: X25519 does not look at that bit",
            answer: |(mine, theirs, salt, info)| {
                if theirs[31] & 0x80 != 0 {
                    return None;
                }
                let share = x25519(&mine, &theirs).ok()?;
                Some(hkdf::derive(&salt, &share, &info))
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
