//! One end of a call, played by hand: what somebody in the middle is to each of the two phones.
//!
//! A phone ([`session`](super::session)) sends what its state says. Whoever plays by hand sends what he likes: a Commit with an
//! invented hvi, a DHPart that was searched for. Towards each phone he needs an end of his own, with a hash chain and a
//! key pair; the phone in front of him is a real one, and what it thinks of it all is its state.
//!
//! ```text
//! in front of an initiator          in front of a responder
//!   Hello, HelloACK                   Hello, HelloACK, Commit
//!   DHPart1, Confirm1, Conf2ACK       DHPart2, Confirm2
//! ```
//!
//! Nothing gets lost on the way between the two: the kit's own, for lessons and for their checks.

use super::algorithms::Algorithms;
use super::commit::Commit;
use super::confirm::Confirm;
use super::dh_part::DhPart;
use super::hash_chain::{HashChain, MAC_BYTES};
use super::hello::{Hello, VERSION};
use super::key_schedule::{CONTEXT_BYTES, Role, SessionKeys, ZID_BYTES, context, s0, sas_hash, total_hash};
use super::session::Session;
use super::taps::search::Candidates;
use super::varied_part::VariedPart;
use super::wire::{Kind, bare};
use crate::crypto::x25519::{public_key, x25519};
use crate::ground::clock::Millis;
use crate::ground::secret::{Secret, wipe};

/// Somebody in front of a phone, and the phone.
#[derive(Debug)]
pub struct ByHand {
    /// `None` only while a message is being handed over.
    phone: Option<Session>,
    role: Role,
    zid: [u8; ZID_BYTES],
    its_zid: [u8; ZID_BYTES],
    h0: [u8; 32],
    now: Millis,
    /// The responder's Hello, whoever that is.
    hello: Vec<u8>,
    /// Everything that was said, whoever said it.
    said: Vec<(Kind, Vec<u8>)>,
}

impl ByHand {
    /// Begins the call at `now`, in `role`: both Hellos, both HelloACKs. The phone must not have begun, and must be one that
    /// commits exactly if he is the responder.
    pub fn before(phone: Session, role: Role, zid: [u8; ZID_BYTES], h0: [u8; 32], now: Millis) -> Self {
        let (phone, reaction) = phone.start(now);
        let its = reaction.sends.into_iter().next().unwrap_or_default();
        let mut end = ByHand {
            phone: Some(phone),
            role,
            zid,
            its_zid: Hello::parse(&its).map_or([0; ZID_BYTES], |hello| hello.zid),
            h0,
            now,
            hello: Vec::new(),
            said: Vec::new(),
        };
        let chain = end.chain();
        let mine = Hello {
            version: VERSION,
            client: *b"messaging-lab   ",
            h3: *chain.h3(),
            zid,
            flags: 0,
            algorithms: Algorithms::default(),
            mac: [0; MAC_BYTES],
        }
        .message(&chain);
        end.hello = if role == Role::Responder {
            mine.clone()
        } else {
            its
        };
        end.say(mine);
        end.say(bare(Kind::HelloAck));
        end
    }

    fn chain(&self) -> HashChain {
        HashChain::new(Secret::new(self.h0))
    }

    /// Hands a message to the phone, and keeps what the phone sends.
    pub fn say(&mut self, message: Vec<u8>) {
        let Some(phone) = self.phone.take() else { return };
        let (phone, reaction) = phone.receive(&message, self.now);
        self.phone = Some(phone);
        for one in [message].into_iter().chain(reaction.sends) {
            if let Ok(kind) = Kind::of(&one) {
                self.said.push((kind, one));
            }
        }
    }

    /// The initiator's Commit, with this hvi, which may be one that nothing was hashed for.
    pub fn commit(&mut self, hvi: [u8; 32]) {
        let (chain, all) = (self.chain(), Algorithms::default());
        if let Ok(chosen) = all.choose(&all) {
            let commit = Commit {
                h2: *chain.h2(),
                zid: self.zid,
                chosen,
                hvi,
                mac: [0; MAC_BYTES],
            };
            self.say(commit.message(&chain));
        }
    }

    /// His DHPart with this public value, in as many variants as he likes.
    pub fn variants(&self, public: &[u8; 32]) -> VariedPart {
        VariedPart::new(self.role, public, &self.h0)
    }

    /// The responder's Hello: his own, if he is the responder.
    pub fn hello(&self) -> &[u8] {
        &self.hello
    }

    /// The last message of this kind that was said, whoever said it. Hellos are kept apart: [`hello`](Self::hello).
    pub fn said(&self, kind: Kind) -> Option<&[u8]> {
        let last = self.said.iter().rfind(|said| said.0 == kind);
        last.map(|(_, message)| &message[..])
    }

    /// The DHPart of the phone, once it has sent one.
    pub fn its_part(&self) -> Option<&[u8]> {
        self.said(match self.role {
            Role::Initiator => Kind::DhPart1,
            Role::Responder => Kind::DhPart2,
        })
    }

    /// The phone.
    pub fn phone(&self) -> &Session {
        self.phone.as_ref().expect("a message comes back at once")
    }

    /// The Diffie-Hellman of `private` and the phone's public value. `None` while that is missing, or if it gives a secret
    /// that everybody knows.
    pub fn agree(&self, private: &[u8; 32]) -> Option<Secret<32>> {
        let part = self.its_part()?;
        let public = DhPart::parse(part, Kind::of(part).ok()?).ok()?.public;
        let mut dh = x25519(private, &public).ok()?;
        let secret = Secret::new(dh);
        wipe(&mut dh);
        Some(secret)
    }

    /// s0 and the context, if he sent this DHPart.
    fn s0_with(&self, part: &[u8], dh: &Secret<32>) -> Option<(Secret<32>, [u8; CONTEXT_BYTES])> {
        let commit = self.said(Kind::Commit)?;
        let its_part = self.its_part()?;
        let (zid_i, zid_r, dhpart1, dhpart2) = match self.role {
            Role::Initiator => (&self.zid, &self.its_zid, its_part, part),
            Role::Responder => (&self.its_zid, &self.zid, part, its_part),
        };
        let total = total_hash(&self.hello, commit, dhpart1, dhpart2);
        let s0 = s0(dh.expose(), zid_i, zid_r, &total, [None; 3]);
        Some((s0, context(zid_i, zid_r, &total)))
    }

    /// `sashash` as the phone will have it, if he sends this DHPart and `dh` is what [`agree`](Self::agree) gave for the
    /// private half of what is in it. `None` while another message is missing. For who looks for certain words.
    pub fn sas_hash_with(&self, part: &[u8], dh: &Secret<32>) -> Option<[u8; 32]> {
        let (s0, context) = self.s0_with(part, dh)?;
        Some(sas_hash(&s0, &context))
    }

    /// His DHPart2 with the last of its IDs left open, for a fast search in front of a responder: the same as asking
    /// [`sas_hash_with`](Self::sas_hash_with) for each [variant](Self::variants), with everything hashed once that can be. `None`
    /// while a message is missing, and in front of an initiator.
    pub fn candidates(&self, private: &[u8; 32]) -> Option<Candidates> {
        let (Role::Initiator, dh) = (self.role, self.agree(private)?) else {
            return None;
        };
        let before = [&self.hello[..], self.said(Kind::Commit)?, self.its_part()?];
        let part = self.variants(&public_key(private)).with_ids(&[0; 32]);
        let zids = [self.zid, self.its_zid];
        Candidates::new(&before, &part, &[], &self.h0, dh.expose(), zids)
    }

    /// All keys of the call, if he sends this DHPart, whose private half is `private`. `None` as above.
    pub fn keys_with(&self, part: &[u8], private: &[u8; 32]) -> Option<SessionKeys> {
        let (s0, context) = self.s0_with(part, &self.agree(private)?)?;
        Some(SessionKeys::derive(&s0, &context))
    }

    /// Sends his DHPart and shows that he holds the keys. They come back if the phone then believes that the call is
    /// secured; if not, its state says why.
    pub fn finish(&mut self, part: Vec<u8>, private: &[u8; 32]) -> Option<SessionKeys> {
        self.say(part.clone());
        let keys = self.keys_with(&part, private)?;
        let confirm = Confirm {
            h0: self.h0,
            verified: false,
        };
        match self.role {
            Role::Initiator => self.say(confirm.seal(Kind::Confirm2, &keys.initiator.zrtp_key)),
            Role::Responder => {
                self.say(confirm.seal(Kind::Confirm1, &keys.responder.zrtp_key));
                self.say(bare(Kind::Conf2Ack));
            }
        }
        self.phone().confirmed().map(|_| keys)
    }
}
