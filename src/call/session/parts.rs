//! What the states are made of: what is ours, what is theirs, and what can become of a message.

use super::ended::{End, Ended};
use crate::call::algorithms::{Algorithms, Chosen};
use crate::call::commit::Commit;
use crate::call::continuity::{Cached, must_alert, rs_id, s1_from_ids};
use crate::call::dh_part::DhPart;
use crate::call::error::{Dropped, ErrorCode};
use crate::call::flaw::Flaw;
use crate::call::hash_chain::{HashChain, image, mac_holds};
use crate::call::hello::{Hello, VERSION};
use crate::call::key_schedule::{Role, SessionKeys, context, retained_secret, s0, total_hash};
use crate::call::memory::Memory;
use crate::call::wire::{Kind, error};
use crate::crypto::x25519::{public_key, x25519};
use crate::ground::clock::Millis;
use crate::ground::randomness::{Randomness, RandomnessError};
use crate::ground::secret::{Secret, equal, wipe};

/// What a phone is set to before a call.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Names this phone in all its calls. Drawn once, when the app is set up.
    pub zid: [u8; 12],
    /// What the app calls itself.
    pub client: [u8; 16],
    /// [`VERSION`]; another one shows what happens when two versions meet.
    pub version: [u8; 4],
    /// What the phone can do.
    pub algorithms: Algorithms,
    /// Whether the phone sends a Commit as soon as it may. Otherwise it waits for one.
    pub commits: bool,
    /// What the phone does wrong. A sound phone has none.
    pub flaw: Option<Flaw>,
}

impl Settings {
    /// A sound phone that commits as soon as it may.
    pub fn new(zid: [u8; 12]) -> Self {
        Settings {
            zid,
            client: *b"messaging-lab   ",
            version: VERSION,
            algorithms: Algorithms::default(),
            commits: true,
            flaw: None,
        }
    }
}

/// What is ours from the first moment of a call. All randomness of the call is in it: no later step draws any.
#[derive(Debug)]
pub(in crate::call) struct Ourselves {
    pub(in crate::call) settings: Settings,
    pub(in crate::call) chain: HashChain,
    /// The Hello as it is sent.
    pub(in crate::call) hello: Vec<u8>,
    pub(in crate::call) public: [u8; 32],
    /// Stand where no secret is kept, so that nobody sees that there is none.
    pub(in crate::call) random_ids: [[u8; 8]; 4],
    pub(in crate::call) memory: Memory,
}

impl Ourselves {
    /// Draws H0, a private key and random IDs; the private key beside the rest, because it goes first.
    pub(super) fn draw(
        settings: Settings,
        memory: Memory,
        randomness: &mut (impl Randomness + ?Sized),
    ) -> Result<(Box<Self>, Secret<32>), RandomnessError> {
        let chain = HashChain::new(Secret::random(randomness)?);
        let private = Secret::random(randomness)?;
        let mut random_ids = [[0; 8]; 4];
        randomness.fill(random_ids.as_flattened_mut())?;
        let hello = Hello {
            version: settings.version,
            client: settings.client,
            h3: *chain.h3(),
            zid: settings.zid,
            flags: 0,
            algorithms: settings.algorithms.clone(),
            mac: [0; 8],
        };
        let ourselves = Ourselves {
            hello: hello.message(&chain),
            public: public_key(private.expose()),
            settings,
            chain,
            random_ids,
            memory,
        };
        Ok((Box::new(ourselves), private))
    }

    pub(super) fn has(&self, flaw: Flaw) -> bool {
        self.settings.flaw == Some(flaw)
    }

    /// Our DHPart: DHPart2 for the initiator, DHPart1 for the responder.
    pub(in crate::call) fn dh_part(&self, role: Role, them: &Hello) -> Vec<u8> {
        let mut ids = self.random_ids;
        if let Some(remembered) = self.memory.of(&them.zid) {
            let Cached { rs1, rs2 } = &remembered.cached;
            for (id, secret) in ids.iter_mut().zip([rs1, rs2]) {
                if let Some(secret) = secret {
                    *id = rs_id(secret, role);
                }
            }
        }
        let part = DhPart {
            h1: *self.chain.h1(),
            ids,
            public: self.public,
            mac: [0; 8],
        };
        let kind = match role {
            Role::Initiator => Kind::DhPart2,
            Role::Responder => Kind::DhPart1,
        };
        part.message(kind, &self.chain)
    }

    /// The call ends with an error of ours, which the other phone is told.
    pub(super) fn fails(self: Box<Self>, code: ErrorCode) -> Ended {
        Ended::new(End::Ours(code), Some(error(code as u32)), self.memory)
    }

    /// The call ends with an error of theirs.
    pub(super) fn told(self: Box<Self>, code: u32) -> Ended {
        Ended::new(End::Theirs(code), None, self.memory)
    }
}

/// What is theirs: their Hello as it came, and taken apart.
#[derive(Debug)]
pub(in crate::call) struct Them {
    pub(in crate::call) bytes: Vec<u8>,
    pub(in crate::call) hello: Hello,
}

impl Them {
    /// A Hello, held against what is ours (RFC 6189, section 4.1).
    pub(super) fn meet(bytes: &[u8], ours: &Settings) -> Result<Self, Why> {
        let hello = Hello::parse(bytes)?;
        // Section 4.1.1: only the first three characters count, and it is the newer phone that comes down.
        match hello.version[..3].cmp(&ours.version[..3]) {
            std::cmp::Ordering::Less => return Err(Why::End(ErrorCode::Version)),
            std::cmp::Ordering::Greater => return Err(Why::Drop(Dropped::NewerVersion)),
            std::cmp::Ordering::Equal => {}
        }
        if hello.zid == ours.zid {
            return Err(Why::End(ErrorCode::EqualZids));
        }
        ours.algorithms.choose(&hello.algorithms)?;
        Ok(Them {
            bytes: bytes.to_vec(),
            hello,
        })
    }

    /// That `h2` leads to the Hello's H3 and opens its MAC.
    pub(super) fn shows_h2(&self, h2: &[u8; 32]) -> Result<(), Why> {
        came_before(h2, &self.hello.h3, &self.bytes)
    }

    /// A Commit of theirs, checked.
    pub(super) fn commits(&self, bytes: &[u8], ours: &Settings) -> Result<Commit, Why> {
        let commit = Commit::parse(bytes)?;
        self.shows_h2(&commit.h2)?;
        if commit.zid != self.hello.zid {
            return Err(Why::Drop(Dropped::NotFromThem));
        }
        ours.algorithms.allow(&commit.chosen)?;
        Ok(commit)
    }
}

/// That `shown` hashes to `image_before`, which stood in `message`, and is the key of that message's MAC.
pub(super) fn came_before(shown: &[u8; 32], image_before: &[u8; 32], message: &[u8]) -> Result<(), Why> {
    if equal(&image(shown), image_before) && mac_holds(shown, message) {
        Ok(())
    } else {
        Err(Why::Drop(Dropped::NotFromThem))
    }
}

/// The four messages that the keys depend on.
pub(super) struct Exchange<'a> {
    pub(super) responder_hello: &'a [u8],
    pub(super) commit: &'a [u8],
    pub(super) dh_part1: &'a [u8],
    pub(super) dh_part2: &'a [u8],
}

/// What both phones hold once both public values are known.
#[derive(Debug)]
pub(in crate::call) struct Agreement {
    pub(in crate::call) role: Role,
    pub(in crate::call) keys: SessionKeys,
    pub(in crate::call) chosen: Chosen,
    /// To be kept for the next call.
    pub(in crate::call) fresh: Secret<32>,
    /// A secret of an earlier call was expected to match, and did not.
    pub(in crate::call) alert: bool,
}

impl Agreement {
    /// The private key and every value on the way are wiped before this returns.
    pub(super) fn compute(
        role: Role,
        ours: &Ourselves,
        private: Secret<32>,
        them: &Hello,
        theirs: &DhPart,
        chosen: Chosen,
        exchange: &Exchange,
    ) -> Result<Self, ErrorCode> {
        let mut dh_result =
            x25519(private.expose(), &theirs.public).map_err(|_| ErrorCode::BadPublicValue)?;
        drop(private);
        let (zid_i, zid_r) = match role {
            Role::Initiator => (&ours.settings.zid, &them.zid),
            Role::Responder => (&them.zid, &ours.settings.zid),
        };
        let total = total_hash(
            exchange.responder_hello,
            exchange.commit,
            exchange.dh_part1,
            exchange.dh_part2,
        );
        let nothing = Cached::default();
        let cached = ours
            .memory
            .of(&them.zid)
            .map_or(&nothing, |remembered| &remembered.cached);
        let s1 = s1_from_ids(cached, role, &[theirs.ids[0], theirs.ids[1]]);
        let alert = must_alert(cached, s1);
        let s0 = s0(
            &dh_result,
            zid_i,
            zid_r,
            &total,
            [s1.map(Secret::expose), None, None],
        );
        wipe(&mut dh_result);
        let context = context(zid_i, zid_r, &total);
        Ok(Agreement {
            role,
            keys: SessionKeys::derive(&s0, &context),
            chosen,
            fresh: retained_secret(&s0, &context),
            alert,
        })
    }

    /// Whether the V flag goes into our Confirm.
    pub(super) fn verified(&self, ours: &Ourselves, them: &Hello) -> bool {
        !self.alert
            && ours
                .memory
                .of(&them.zid)
                .is_some_and(|remembered| remembered.verified)
    }
}

/// Why a message is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    Drop(Dropped),
    End(ErrorCode),
}

impl From<Dropped> for Why {
    fn from(dropped: Dropped) -> Self {
        Why::Drop(dropped)
    }
}

impl From<ErrorCode> for Why {
    fn from(code: ErrorCode) -> Self {
        Why::End(code)
    }
}

/// What became of a message, or of a moment, in the state `Here`.
#[derive(Debug)]
pub enum Step<Here, Next> {
    /// The next state, and what it sends.
    Moved(Next, Vec<u8>),
    /// The same state, which says something, most often again.
    Stayed(Here, Vec<u8>),
    /// The same state: nothing has changed.
    Dropped(Here, Dropped),
    /// The call is over.
    Ended(Ended),
}

/// A point in time from which on a wait is over.
pub(super) fn after(now: Millis, wait: Millis) -> Millis {
    now.saturating_add(wait)
}
