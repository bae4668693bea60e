//! Hello: who is there, and what this phone can do (RFC 6189, section 5.2).
//!
//! ```text
//! offset  size  what
//!      0    12  head, "Hello   "
//!     12     4  version, "1.10"
//!     16    16  client identifier, what the app calls itself
//!     32    32  H3
//!     64    12  ZID: names this phone, the same in all its calls
//!     76     1  0 S M P 0000: signatures, a PBX, passive; this model knows none of them
//!     77     1  0000, then hc: how many hashes follow, 0 to 7
//!     78     1  cc, ac: how many ciphers and frame tags, 4 bits each
//!     79     1  kc, sc: how many key agreements and ways to show the SAS, 4 bits each
//!     80   4*n  their names in the same order, four letters each, the preferred first
//!      -     8  MAC under H2
//! ```

use super::algorithms::{Algorithms, MAX_OF_A_KIND};
use super::error::Dropped;
use super::hash_chain::{HashChain, put_mac};
use super::wire::{Kind, Reader, message};

/// The protocol's version that this model speaks.
pub const VERSION: [u8; 4] = *b"1.10";

/// What a phone says of itself, without the MAC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hello {
    /// Four characters. Only the first three are compared (section 4.1.1).
    pub version: [u8; 4],
    /// What the app calls itself.
    pub client: [u8; 16],
    /// The end of the sender's hash chain.
    pub h3: [u8; 32],
    /// Names the phone.
    pub zid: [u8; 12],
    /// The three flags in their places: 0x40 signatures, 0x20 a PBX, 0x10 passive.
    pub flags: u8,
    /// What the phone can do.
    pub algorithms: Algorithms,
    /// The MAC under H2, to be checked once H2 is shown.
    pub mac: [u8; 8],
}

impl Hello {
    /// The message, with its MAC made from `chain`.
    pub fn message(&self, chain: &HashChain) -> Vec<u8> {
        put_mac(chain.h2(), self.to_bytes())
    }

    /// The message as it stands, MAC included.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::with_capacity(216);
        body.extend_from_slice(&self.version);
        body.extend_from_slice(&self.client);
        body.extend_from_slice(&self.h3);
        body.extend_from_slice(&self.zid);
        let [hc, cc, ac, kc, sc] = self.algorithms.counts();
        body.extend_from_slice(&[self.flags, hc, cc << 4 | ac, kc << 4 | sc]);
        for name in self.algorithms.in_order() {
            body.extend_from_slice(name);
        }
        body.extend_from_slice(&self.mac);
        message(Kind::Hello, &body)
    }

    /// Takes a Hello apart.
    ///
    /// # Errors
    /// [`Dropped::Malformed`].
    pub fn parse(bytes: &[u8]) -> Result<Self, Dropped> {
        let mut reader = Reader::begin(bytes, Kind::Hello)?;
        let (version, client) = (reader.array()?, reader.array()?);
        let (h3, zid) = (reader.array()?, reader.array()?);
        let [flags, hc, cc_ac, kc_sc] = reader.array()?;
        if flags & 0x8f != 0 || hc & 0xf0 != 0 {
            return Err(Dropped::Malformed);
        }
        let mut lists = [const { Vec::new() }; 5];
        for (list, count) in lists
            .iter_mut()
            .zip([hc, cc_ac >> 4, cc_ac & 0x0f, kc_sc >> 4, kc_sc & 0x0f])
        {
            if usize::from(count) > MAX_OF_A_KIND {
                return Err(Dropped::Malformed);
            }
            for _ in 0..count {
                list.push(reader.array()?);
            }
        }
        let [hashes, ciphers, tags, agreements, sas] = lists;
        let algorithms = Algorithms {
            hashes,
            ciphers,
            tags,
            agreements,
            sas,
        };
        let mac = reader.array()?;
        reader.end()?;
        Ok(Hello {
            version,
            client,
            h3,
            zid,
            flags,
            algorithms,
            mac,
        })
    }
}
