//! The Double Ratchet: a new key for every message, and a new start with every turn of the conversation (Signal, "The
//! Double Ratchet Algorithm", revision 1, 2016).
//!
//! The idea, before any detail, in two ratchets:
//!
//! ```text
//! the chain turns with every message:     (chain key, message key) = KDF_CK(chain key)
//!                                         one way only: yesterday's message keys cannot be had from today's chain key
//! the root turns with every reply:        (root key, chain key) = KDF_RK(root key, X25519(our new key, their new key))
//!                                         with something fresh in it: a thief of yesterday's state loses track tomorrow
//! ```
//!
//! What makes it harder: messages come late, in another order or never, and anybody can send forged ones. So the keys of
//! messages that were skipped are kept (not too many), and nothing at all changes before the tag of a message verifies.
//!
//! Both functions are in [`chains`](super::chains). The specification lets the application choose the cipher: here
//! ChaCha20-Poly1305. It also allows putting off the new key pair until something is sent (section 6.5); here it is made
//! where the specification's listing makes it, when a message comes in.
//!
//! The names in comments are the specification's: DHs and DHr are our and their ratchet key, RK the root key, CKs and CKr the
//! chain keys for sending and receiving, Ns and Nr how many messages were sent and received in them, PN the length of the
//! sending chain before.

use super::chains::{MAX_SKIP, Reached, message_key_and_nonce, skip, step, turn, walk};
use super::error::EnvelopeError;
use super::header::{HEADER_BYTES, Header};
use super::keys::{KeyPair, PublicKey};
use super::skipped::SkippedKeys;
use super::stolen::StolenState;
use crate::crypto::aead::{self, TAG_BYTES};
use crate::ground::randomness::Randomness;
use crate::ground::secret::{Secret, wipe};

/// The longest text: 64 KiB. It bounds what a stranger can make a phone or the relay take in at once.
pub const MAX_PLAINTEXT: usize = 64 * 1024;

/// One side of a conversation. No `Clone`: of two copies one would go on with keys that the other has used.
///
/// ```
/// use messaging_lab::envelope::{error::EnvelopeError, keys::KeyPair, ratchet::Ratchet};
/// use messaging_lab::ground::{randomness::Seeded, secret::Secret};
///
/// let mut random = Seeded::new(1);
/// let secret = || Secret::new([7; 32]); // from X3DH
/// let bobs = KeyPair::generate(&mut random)?;
/// let mut alice = Ratchet::init_alice(&secret(), bobs.public(), &mut random)?;
/// let mut bob = Ratchet::init_bob(secret(), bobs);
///
/// let first = alice.seal(b"meet at ten", b"AD")?;
/// let second = alice.seal(b"bring candles", b"AD")?;
/// // In any order, and each of them once.
/// assert_eq!(bob.open(&second, b"AD", &mut random)?, b"bring candles");
/// assert_eq!(bob.open(&first, b"AD", &mut random)?, b"meet at ten");
/// assert_eq!(bob.open(&first, b"AD", &mut random), Err(EnvelopeError::Refused));
/// # Ok::<(), EnvelopeError>(())
/// ```
#[derive(Debug)]
pub struct Ratchet {
    root: Secret<32>,              // RK
    ours: KeyPair,                 // DHs, the public half kept beside the private one
    theirs: Option<PublicKey>,     // DHr
    sending: Option<Secret<32>>,   // CKs
    receiving: Option<Secret<32>>, // CKr
    next_sent: u32,                // Ns
    next_received: u32,            // Nr
    previous_sent: u32,            // PN
    skipped: SkippedKeys,          // MKSKIPPED
}

impl Ratchet {
    /// `RatchetInitAlice(SK, bob's key)`: whoever writes first. She can send at once.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] if Bob's key is of small order; [`EnvelopeError::NoRandomness`].
    ///
    /// Double Ratchet, section 3.3.
    pub fn init_alice(
        secret: &Secret<32>,
        bob: PublicKey,
        randomness: &mut impl Randomness,
    ) -> Result<Self, EnvelopeError> {
        // state.DHs = GENERATE_DH(); state.DHr = bob_dh_public_key
        let ours = KeyPair::generate(randomness)?;
        // state.RK, state.CKs = KDF_RK(SK, DH(state.DHs, state.DHr)); state.CKr = None
        let (root, sending) = turn(secret, &ours, &bob)?;
        Ok(Ratchet {
            root,
            ours,
            theirs: Some(bob),
            sending: Some(sending),
            receiving: None,
            next_sent: 0,
            next_received: 0,
            previous_sent: 0,
            skipped: SkippedKeys::default(),
        })
    }

    /// `RatchetInitBob(SK, his key pair)`: whoever is written to. He can send after the first message came in.
    ///
    /// Double Ratchet, section 3.3.
    pub fn init_bob(secret: Secret<32>, ours: KeyPair) -> Self {
        // state.DHs = bob_dh_key_pair; state.DHr = None; state.RK = SK; state.CKs = None; state.CKr = None
        Ratchet {
            root: secret,
            ours,
            theirs: None,
            sending: None,
            receiving: None,
            next_sent: 0,
            next_received: 0,
            previous_sent: 0,
            skipped: SkippedKeys::default(),
        }
    }

    /// `message = header || ENCRYPT(mk, plaintext, AD || header)`, the bytes described at [`Header::to_bytes`].
    ///
    /// # Errors
    /// [`EnvelopeError::TooLong`]; [`EnvelopeError::NothingReceivedYet`]; [`EnvelopeError::ChainExhausted`].
    ///
    /// Double Ratchet, section 3.4, `RatchetEncrypt`.
    pub fn seal(&mut self, plaintext: &[u8], ad: &[u8]) -> Result<Vec<u8>, EnvelopeError> {
        if plaintext.len() > MAX_PLAINTEXT {
            return Err(EnvelopeError::TooLong);
        }
        let chain = self.sending.as_ref().ok_or(EnvelopeError::NothingReceivedYet)?;
        let next_sent = self
            .next_sent
            .checked_add(1)
            .ok_or(EnvelopeError::ChainExhausted)?;
        // state.CKs, mk = KDF_CK(state.CKs)
        let (next_chain, message_key) = step(chain);
        // header = HEADER(state.DHs, state.PN, state.Ns)
        let header = Header {
            dh: self.ours.public(),
            pn: self.previous_sent,
            n: self.next_sent,
        };
        // return header, ENCRYPT(mk, plaintext, CONCAT(AD, header))
        let message = encrypt(&message_key, plaintext, ad, &header)?;
        // state.Ns += 1
        self.sending = Some(next_chain);
        self.next_sent = next_sent;
        Ok(message)
    }

    /// The plaintext of a message of the other side, the inverse of [`Ratchet::seal`]. Messages may come in any order, each
    /// opens once.
    ///
    /// **On any error nothing has changed.** All that a message would change is worked out beside the state, and takes
    /// effect when its tag has verified.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] for what the other side did not make for this session and `ad`, what was opened before,
    /// and what skips more than [`MAX_SKIP`] messages; [`EnvelopeError::NoRandomness`].
    ///
    /// Double Ratchet, section 3.5, `RatchetDecrypt`.
    pub fn open(
        &mut self,
        message: &[u8],
        ad: &[u8],
        randomness: &mut impl Randomness,
    ) -> Result<Vec<u8>, EnvelopeError> {
        let (header, sealed) = Header::of(message)?;
        // plaintext = TrySkippedMessageKeys(state, header, ciphertext, AD)
        if let Some(place) = self.skipped.find(&header.dh, header.n) {
            let plaintext = decrypt(self.skipped.key(place), sealed, ad, &header)?;
            self.skipped.remove(place);
            return Ok(plaintext);
        }
        // if header.dh != state.DHr: SkipMessageKeys(state, header.pn); DHRatchet(state, header)
        if self.theirs != Some(header.dh) {
            return self.open_in_new_chain(&header, sealed, ad, randomness);
        }
        // SkipMessageKeys(state, header.n); state.CKr, mk = KDF_CK(state.CKr)
        let chain = self.receiving.as_ref().ok_or(EnvelopeError::Refused)?;
        let reached = walk(chain, self.next_received, header.n)?;
        let plaintext = decrypt(&reached.message_key, sealed, ad, &header)?;
        // The tag has verified.
        self.arrive(header.dh, self.next_received, reached);
        Ok(plaintext)
    }

    /// A message under a ratchet key that was not seen before: the turn of the root, `DHRatchet`.
    fn open_in_new_chain(
        &mut self,
        header: &Header,
        sealed: &[u8],
        ad: &[u8],
        randomness: &mut impl Randomness,
    ) -> Result<Vec<u8>, EnvelopeError> {
        // SkipMessageKeys(state, header.pn), SkipMessageKeys(state, header.n): if state.Nr + MAX_SKIP < until: raise Error().
        // Both bounds first, because they cost nothing; the keys themselves come later.
        let unread = match &self.receiving {
            Some(_) => header.pn.saturating_sub(self.next_received),
            None => 0,
        };
        if unread > MAX_SKIP || header.n > MAX_SKIP {
            return Err(EnvelopeError::Refused);
        }
        // state.RK, state.CKr = KDF_RK(state.RK, DH(state.DHs, state.DHr))
        let (root, receiving) = turn(&self.root, &self.ours, &header.dh)?;
        // SkipMessageKeys(state, header.n); state.CKr, mk = KDF_CK(state.CKr)
        let reached = walk(&receiving, 0, header.n)?;
        let plaintext = decrypt(&reached.message_key, sealed, ad, header)?;
        // The tag has verified. state.DHs = GENERATE_DH()
        let ours = KeyPair::generate(randomness)?;
        // state.RK, state.CKs = KDF_RK(state.RK, DH(state.DHs, state.DHr))
        let (root, sending) = turn(&root, &ours, &header.dh)?;

        // Nothing fails from here on. What is unread of the chain that ends here:
        if let (Some(dh), Some(chain)) = (self.theirs, &self.receiving) {
            let (message_keys, _) = skip(chain, unread);
            self.keep(dh, self.next_received, message_keys);
        }
        // state.PN = state.Ns; state.Ns = 0; state.Nr = 0; state.DHr = header.dh
        self.previous_sent = self.next_sent;
        self.next_sent = 0;
        self.theirs = Some(header.dh);
        self.root = root;
        self.ours = ours;
        self.sending = Some(sending);
        self.arrive(header.dh, 0, reached);
        Ok(plaintext)
    }

    /// The receiving chain stands behind the message that was opened; what it passed over is kept.
    fn arrive(&mut self, dh: PublicKey, from: u32, reached: Reached) {
        self.keep(dh, from, reached.passed);
        self.receiving = Some(reached.next_chain);
        self.next_received = reached.next_received;
    }

    fn keep(&mut self, dh: PublicKey, from: u32, message_keys: Vec<Secret<32>>) {
        // In this order: the numbers are asked for as long as there are keys. The last is `u32::MAX - 1` at most.
        for (key, n) in message_keys.into_iter().zip(from..) {
            self.skipped.keep(dh, n, key);
        }
    }

    /// How many messages the other side has sent that have not come, as far as the ones that came tell.
    pub fn missing(&self) -> usize {
        self.skipped.len()
    }

    /// All of the state as a thief with the phone finds it.
    pub fn stolen(&self) -> StolenState {
        StolenState {
            root: *self.root.expose(),
            our_private: *self.ours.private().expose(),
            our_public: self.ours.public().0,
            their_public: self.theirs.map(|theirs| *theirs.as_bytes()),
            sending_chain: self.sending.as_ref().map(|chain| *chain.expose()),
            receiving_chain: self.receiving.as_ref().map(|chain| *chain.expose()),
            next_sent: self.next_sent,
            next_received: self.next_received,
            previous_sent: self.previous_sent,
            skipped: self
                .skipped
                .iter()
                .map(|(dh, n, key)| (*dh.as_bytes(), n, *key.expose()))
                .collect(),
        }
    }

    /// A ratchet that goes on from a stolen state. An owner who went on too would use the same keys again: for the thief.
    ///
    /// # Errors
    /// [`EnvelopeError::Refused`] if what should be a public key is none.
    pub fn from_stolen(state: &StolenState) -> Result<Self, EnvelopeError> {
        let mut skipped = SkippedKeys::default();
        for (dh, n, key) in &state.skipped {
            skipped.keep(PublicKey::from_bytes(*dh)?, *n, Secret::new(*key));
        }
        Ok(Ratchet {
            root: Secret::new(state.root),
            ours: KeyPair::from_private(Secret::new(state.our_private)),
            theirs: state.their_public.map(PublicKey::from_bytes).transpose()?,
            sending: state.sending_chain.map(Secret::new),
            receiving: state.receiving_chain.map(Secret::new),
            next_sent: state.next_sent,
            next_received: state.next_received,
            previous_sent: state.previous_sent,
            skipped,
        })
    }
}

/// `header || seal(key, nonce, AD || header, plaintext)`.
fn encrypt(
    message_key: &Secret<32>,
    plaintext: &[u8],
    ad: &[u8],
    header: &Header,
) -> Result<Vec<u8>, EnvelopeError> {
    let (mut key, nonce) = message_key_and_nonce(message_key.expose());
    let mut message = Vec::with_capacity(HEADER_BYTES + plaintext.len() + TAG_BYTES);
    message.extend_from_slice(&header.to_bytes());
    message.extend_from_slice(plaintext);
    let tag = aead::seal_in_place(&key, &nonce, &concat(ad, header), &mut message[HEADER_BYTES..]);
    wipe(&mut key);
    message.extend_from_slice(&tag.map_err(|_| EnvelopeError::TooLong)?);
    Ok(message)
}

/// The inverse of [`encrypt`].
fn decrypt(
    message_key: &Secret<32>,
    sealed: &[u8],
    ad: &[u8],
    header: &Header,
) -> Result<Vec<u8>, EnvelopeError> {
    let (mut key, nonce) = message_key_and_nonce(message_key.expose());
    let plaintext = aead::open(&key, &nonce, &concat(ad, header), sealed);
    wipe(&mut key);
    plaintext.map_err(|_| EnvelopeError::Refused)
}

/// `CONCAT(AD, header) = AD || header`. Every header has the same length, so the two cannot run into each other.
fn concat(ad: &[u8], header: &Header) -> Vec<u8> {
    [ad, &header.to_bytes()].concat()
}
