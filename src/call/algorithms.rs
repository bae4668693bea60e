//! What a phone can do, in names of four letters, and how two phones find what both can.
//!
//! ```text
//! purpose        RFC 6189 demands   this model
//! hash           S256               S256   SHA-256
//! cipher         AES1               CC20   ChaCha20            the kit's own
//! frame tag      HS32, HS80         PY13   Poly1305            the kit's own
//! key agreement  DH3k               X255   X25519, as implementations name it
//! SAS            B32                B256   two words, or B32   four characters
//! ```
//!
//! What the RFC demands counts as offered even where it is not listed (section 5.1.5 and its neighbours). There is no AES and
//! no 3072-bit Diffie-Hellman here, so this model goes by what is listed and does not interoperate.

use super::error::ErrorCode;

/// The name of an algorithm.
pub type Name = [u8; 4];

/// Most names of one kind in a Hello (RFC 6189, section 5.2).
pub const MAX_OF_A_KIND: usize = 7;

/// SHA-256.
pub const S256: Name = *b"S256";
/// ChaCha20, the kit's own name for it.
pub const CC20: Name = *b"CC20";
/// Poly1305, the kit's own name for it.
pub const PY13: Name = *b"PY13";
/// X25519.
pub const X255: Name = *b"X255";
/// Two words.
pub const B256: Name = *b"B256";
/// Four characters.
pub const B32: Name = *b"B32 ";

/// What a phone offers, the preferred first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Algorithms {
    /// Hashes.
    pub hashes: Vec<Name>,
    /// Ciphers.
    pub ciphers: Vec<Name>,
    /// Tags of frames.
    pub tags: Vec<Name>,
    /// Key agreements.
    pub agreements: Vec<Name>,
    /// Ways to show the short authentication string.
    pub sas: Vec<Name>,
}

impl Default for Algorithms {
    /// All that this model can do.
    fn default() -> Self {
        Algorithms {
            hashes: vec![S256],
            ciphers: vec![CC20],
            tags: vec![PY13],
            agreements: vec![X255],
            sas: vec![B256, B32],
        }
    }
}

impl Algorithms {
    /// Each kind beside what to say when a Commit asks for one that was not offered. Who lists more than
    /// [`MAX_OF_A_KIND`] offers the first of them: a Hello has no room for more.
    fn kinds<'a>(&'a self) -> [(&'a [Name], ErrorCode); 5] {
        let first = |names: &'a Vec<Name>| &names[..names.len().min(MAX_OF_A_KIND)];
        [
            (first(&self.hashes), ErrorCode::Hash),
            (first(&self.ciphers), ErrorCode::Cipher),
            (first(&self.tags), ErrorCode::AuthTag),
            (first(&self.agreements), ErrorCode::KeyAgreement),
            (first(&self.sas), ErrorCode::SasType),
        ]
    }

    /// How many of each kind: hc, cc, ac, kc, sc.
    pub fn counts(&self) -> [u8; 5] {
        self.kinds().map(|(names, _)| names.len() as u8)
    }

    /// All names in the order of a Hello.
    pub fn in_order(&self) -> impl Iterator<Item = &Name> {
        self.kinds().into_iter().flat_map(|(names, _)| names)
    }

    /// Of each kind the first of ours that is also theirs.
    ///
    /// # Errors
    /// [`ErrorCode::HelloMismatch`] if there is none.
    pub fn choose(&self, theirs: &Algorithms) -> Result<Chosen, ErrorCode> {
        let mut names = [[0; 4]; 5];
        for ((name, (ours, _)), (theirs, _)) in names.iter_mut().zip(self.kinds()).zip(theirs.kinds()) {
            let common = ours.iter().find(|name| theirs.contains(name));
            *name = *common.ok_or(ErrorCode::HelloMismatch)?;
        }
        Ok(Chosen(names))
    }

    /// That everything in a Commit was offered.
    ///
    /// # Errors
    /// The code for the first that was not: 0x51 to 0x55.
    pub fn allow(&self, chosen: &Chosen) -> Result<(), ErrorCode> {
        for ((offered, code), name) in self.kinds().into_iter().zip(&chosen.0) {
            if !offered.contains(name) {
                return Err(code);
            }
        }
        Ok(())
    }
}

/// One algorithm of each kind: hash, cipher, frame tag, key agreement, SAS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen(pub [Name; 5]);

impl Chosen {
    /// The way in which the short authentication string is shown: [`B256`] or [`B32`].
    pub fn sas(&self) -> Name {
        self.0[4]
    }
}
