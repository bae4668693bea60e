//! The stage of lesson 10's scene: who says, shows and hands over what, and how it is written down.

use super::*;

pub(super) struct Stage {
    pub(super) now: Millis,
    pub(super) random: Seeded,
    pub(super) story: Vec<(Millis, String)>,
    pub(super) sent: Vec<Sent>,
    /// Which messages between him and either phone, Alice's and Bob's, stand in `sent`.
    pub(super) told: [Vec<Kind>; 2],
    pub(super) ledger: Ledger,
    /// The words that are on a screen now.
    pub(super) on_screens: Vec<HoldingId>,
}

impl Stage {
    pub(super) fn second(&mut self, second: u64, words: impl Into<String>) {
        self.now = second * 1000;
        self.tell(words);
    }

    pub(super) fn tell(&mut self, words: impl Into<String>) {
        self.story.push((self.now, words.into()));
    }

    pub(super) fn gains(&mut self, onlooker: Onlooker, what: &str, bytes: &[u8]) {
        self.ledger.gains(self.now, onlooker, what, bytes);
    }

    pub(super) fn passes(&mut self, from: Onlooker, to: Onlooker, what: &str, bytes: &[u8]) {
        self.sent.push(Sent::new(self.now, from, to, what, bytes));
    }

    /// What went to and fro between him and a phone in `role` since the last time. Both Hellos and HelloACKs, as in every
    /// call, are left out.
    pub(super) fn between(&mut self, role: Role, end: &ByHand) {
        let (owner, side) = match role {
            Role::Initiator => (Onlooker::AlicePhone, 0),
            Role::Responder => (Onlooker::BobPhone, 1),
        };
        for (kind, sender) in IN_ORDER {
            let Some(bytes) = end.said(kind) else { continue };
            if self.told[side].contains(&kind) {
                continue;
            }
            self.told[side].push(kind);
            let (from, to) = match sender.is_none_or(|sender| sender == role) {
                true => (owner, Onlooker::Tap),
                false => (Onlooker::Tap, owner),
            };
            self.passes(from, to, kind.name(), bytes);
        }
    }

    pub(super) fn draw<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.random.below(256) as u8)
    }

    /// A phone in its first call.
    pub(super) fn phone(&mut self, role: Role, flaw: Option<Flaw>) -> Session {
        let mut settings = Settings::new(self.draw());
        settings.commits = role == Role::Initiator;
        settings.flaw = flaw;
        Session::new(settings, Memory::new(), &mut self.random).expect("a seed gives enough")
    }

    /// Somebody in the middle, in front of a phone in `role`.
    pub(super) fn in_front_of(&mut self, role: Role, flaw: Option<Flaw>) -> ByHand {
        let phone = self.phone(role, flaw);
        let (zid, h0, now) = (self.draw(), self.draw(), self.now);
        self.told[usize::from(role == Role::Responder)].clear();
        ByHand::before(phone, role.other(), zid, h0, now)
    }

    /// A screen shows its two words.
    pub(super) fn screen(&mut self, onlooker: Onlooker, phone: &Session) {
        let bytes = words(phone).into_bytes();
        let id = self
            .ledger
            .gains(self.now, onlooker, "two words on the screen", &bytes);
        self.on_screens.push(id);
    }

    /// The call is over, and the words are gone from the screens.
    pub(super) fn over(&mut self) {
        for id in std::mem::take(&mut self.on_screens) {
            self.ledger.loses(self.now, id);
        }
    }

    /// Both screens show their words. Returns whether they are the same.
    pub(super) fn screens(&mut self, alice: &Session, bob: &Session) -> bool {
        self.screen(Onlooker::AlicePhone, alice);
        self.screen(Onlooker::BobPhone, bob);
        words(alice) == words(bob)
    }

    /// Alice says `text`. If somebody is in the middle, with keys for either side, he opens what her phone seals, and seals
    /// it again for Bob's.
    pub(super) fn says(&mut self, text: &str, phones: [&Session; 2], middle: Option<[&DirectionKeys; 2]>) {
        let confirmed = phones.map(|phone| phone.confirmed().expect("they talk"));
        self.gains(Onlooker::AlicePhone, "what Alice says", text.as_bytes());
        let mut passing = seal(confirmed[0].sending(), text.as_bytes());
        let next = if middle.is_some() {
            Onlooker::Tap
        } else {
            Onlooker::BobPhone
        };
        self.passes(Onlooker::AlicePhone, next, "what Alice says, sealed", &passing);
        self.gains(Onlooker::Tap, "what her phone sends", &passing);
        if let Some([from_alice, to_bob]) = middle {
            let opened = open(from_alice, &passing);
            self.gains(Onlooker::Tap, "what she said, opened", &opened);
            passing = seal(to_bob, &opened);
            self.passes(
                Onlooker::Tap,
                Onlooker::BobPhone,
                "what she said, sealed again",
                &passing,
            );
        }
        let heard = open(confirmed[1].receiving(), &passing);
        self.gains(Onlooker::BobPhone, "what Bob hears", &heard);
    }
}
