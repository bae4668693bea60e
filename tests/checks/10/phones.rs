//! Lesson 10: two phones with somebody between them, and what each of the three has sent.

use messaging_lab::call::by_hand::ByHand;
use messaging_lab::call::flaw::Flaw;
use messaging_lab::call::key_schedule::{Role, context, s0, sas_hash, total_hash};
use messaging_lab::call::memory::Memory;
use messaging_lab::call::session::confirmed::Confirmed;
use messaging_lab::call::session::{Session, Settings, State};
use messaging_lab::call::varied_part::VariedPart;
use messaging_lab::call::wire::Kind;
use messaging_lab::call::words::sas_value;
use messaging_lab::crypto::x25519::{public_key, x25519};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::secret::Secret;

use super::{Key, key};

/// A handshake that waits for the student's DHPart: the responder's Hello, the Commit, and the phone's own DHPart.
pub type Pending = (Vec<u8>, Vec<u8>, Vec<u8>);

/// Where the hash chain of the one in the middle begins: the lesson's constant of that name.
pub const MY_H0: Key = [0x4d; 32];

/// `N` bytes of a message.
pub fn piece<const N: usize>(message: &[u8], at: usize) -> [u8; N] {
    message[at..at + N].try_into().expect("messages are longer")
}

/// Where a DHPart's public value stands.
pub const PUBLIC_AT: usize = 76;

/// What both phones show after these messages.
pub fn shown(dh: &Key, hello: &[u8], commit: &[u8], dhpart1: &[u8], dhpart2: &[u8]) -> u32 {
    let (zid_r, zid_i) = (piece(hello, 64), piece(commit, 44));
    let total = total_hash(hello, commit, dhpart1, dhpart2);
    let s0 = s0(dh, &zid_i, &zid_r, &total, [None; 3]);
    sas_value(&sas_hash(&s0, &context(&zid_i, &zid_r, &total)))
}

/// The DHPart of the one in the middle, in `role`.
fn mine(role: Role, private: &Key) -> [u8; 116] {
    VariedPart::new(role, &public_key(private), &MY_H0).with_ids(&[0; 32])
}

/// What Alice's phone shows if it is answered with this key.
pub fn alice_shows((hello, commit, dhpart2): &Pending, private: &Key) -> u32 {
    let dh = x25519(private, &piece(dhpart2, PUBLIC_AT)).expect("her key is sound");
    shown(&dh, hello, commit, &mine(Role::Responder, private), dhpart2)
}

/// What Bob's phone shows if it is answered with this key.
pub fn bob_shows((hello, commit, dhpart1): &Pending, private: &Key) -> u32 {
    let dh = x25519(private, &piece(dhpart1, PUBLIC_AT)).expect("his key is sound");
    shown(&dh, hello, commit, dhpart1, &mine(Role::Initiator, private))
}

/// Whether the first `bits` bits are the same: what the two people compare.
pub fn same_start(one: u32, other: u32, bits: u32) -> bool {
    (one ^ other) >> (32 - bits) == 0
}

/// A phone in front of which somebody plays by hand. It is the model's own, built anew each time it is asked something.
#[derive(Clone, Copy)]
pub struct Phone {
    role: Role,
    flaw: Option<Flaw>,
    seed: u64,
    /// What the Commit says that it gets, if it gets one.
    hvi: Key,
}

impl Phone {
    /// A phone in `role` with this flaw, in its first call.
    pub fn new(random: &mut Seeded, role: Role, flaw: Option<Flaw>) -> Phone {
        Phone {
            role,
            flaw,
            seed: random.next_u64(),
            hvi: key(random),
        }
    }

    /// The call up to where his DHPart is missing.
    fn waits(&self) -> ByHand {
        let mut random = Seeded::new(self.seed);
        let mut settings = Settings::new(*b"a phone's ID");
        settings.commits = self.role == Role::Initiator;
        settings.flaw = self.flaw;
        let phone = Session::new(settings, Memory::new(), &mut random).expect("a seed gives enough");
        let mut end = ByHand::before(phone, self.role.other(), *b"in between..", MY_H0, 0);
        if self.role == Role::Responder {
            end.commit(self.hvi);
        }
        end
    }

    /// What it has seen and sent by then. A phone that keeps its commitment has not sent a DHPart2 yet.
    pub fn pending(&self) -> Pending {
        let end = self.waits();
        let part = end.its_part().unwrap_or_default().to_vec();
        let commit = end.said(Kind::Commit).expect("there is one by now").to_vec();
        (end.hello().to_vec(), commit, part)
    }

    /// Plays the call on, with this DHPart and the private half of what is in it: what the phone shows once it believes that
    /// the call is secured, or the state in which it is instead.
    pub fn answered(&self, part: &[u8], private: &Key) -> Result<u32, State> {
        let mut end = self.waits();
        end.finish(part.to_vec(), private);
        let phone = end.phone();
        phone.confirmed().map(Confirmed::sas_value).ok_or(phone.state())
    }

    /// What it shows if it is answered with the public half of this key.
    pub fn answered_with(&self, private: &Key) -> u32 {
        let part = VariedPart::new(self.role.other(), &public_key(private), &MY_H0).with_ids(&[0; 32]);
        self.answered(&part, private).expect("a sound answer")
    }

    /// What it would show if it were answered with this public value, whoever has the private half. To put a name to a
    /// mistake: only the phone's own secret tells, and that is drawn as the phone draws it.
    pub fn would_show(&self, public: &Key) -> Option<u32> {
        let mut random = Seeded::new(self.seed);
        let [_h0, private] = [(); 2].map(|()| Secret::<32>::random(&mut random));
        let dh = x25519(private.ok()?.expose(), public).ok()?;
        let (hello, commit, ours) = self.pending();
        let theirs = VariedPart::new(self.role.other(), public, &MY_H0).with_ids(&[0; 32]);
        Some(match self.role {
            Role::Initiator => shown(&dh, &hello, &commit, &theirs, &ours),
            Role::Responder => shown(&dh, &hello, &commit, &ours, &theirs),
        })
    }
}
