//! Two ratchets in conversation, for the tests of the ratchet and for the fuzzer.

use messaging_lab::envelope::error::EnvelopeError;
use messaging_lab::envelope::keys::KeyPair;
use messaging_lab::envelope::ratchet::Ratchet;
use messaging_lab::envelope::stolen::StolenState;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::secret::Secret;

/// What every message of these conversations is bound to.
pub const AD: &[u8] = b"Alice and Bob";

/// One side, with its own randomness.
pub struct Side {
    pub ratchet: Ratchet,
    pub random: Seeded,
}

impl Side {
    pub fn seal(&mut self, text: &[u8]) -> Vec<u8> {
        self.ratchet.seal(text, AD).expect("sealed")
    }

    pub fn open(&mut self, message: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
        self.ratchet.open(message, AD, &mut self.random)
    }

    /// The whole state: what must be the same before and after a refusal.
    pub fn state(&self) -> StolenState {
        self.ratchet.stolen()
    }

    /// What a thief takes away, with randomness of his own.
    pub fn stolen(&self, seed: u64) -> Side {
        Side {
            ratchet: Ratchet::from_stolen(&self.state()).expect("a sound state"),
            random: Seeded::new(seed),
        }
    }

    /// Refused, and not a bit of the state is another one.
    pub fn assert_refused(&mut self, message: &[u8], why: &str) {
        let before = self.state();
        assert_eq!(self.open(message), Err(EnvelopeError::Refused), "{why}");
        assert!(self.state() == before, "{why}: refused, and the state changed");
    }
}

/// Alice, who writes first, and Bob.
pub fn alice_and_bob(seed: u64) -> (Side, Side) {
    let mut random = Seeded::new(seed);
    let secret = Secret::random(&mut random).expect("seeded");
    let bob = KeyPair::generate(&mut random).expect("seeded");
    let ratchet = Ratchet::init_alice(&secret, bob.public(), &mut random).expect("a sound key");
    let alice = Side {
        ratchet,
        random: Seeded::new(random.next_u64()),
    };
    let bob = Side {
        ratchet: Ratchet::init_bob(secret, bob),
        random: Seeded::new(random.next_u64()),
    };
    (alice, bob)
}
