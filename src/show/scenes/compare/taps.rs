//! Who sits in the path of lesson 11's calls, and writes down what passes.

use super::*;

/// What the two do with the words.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Comparing {
    /// They do not care.
    No,
    /// They read them out, and hang up if they hear that they differ.
    Yes,
}

/// A man in the middle who is lent to a call and taken back with what he remembers of it.
pub(super) struct Lent {
    pub(super) man: Rc<RefCell<ManInTheMiddle>>,
    pub(super) understood: Vec<(Side, Vec<u8>)>,
}

impl Tap for Lent {
    fn passes(&mut self, from: Side, bytes: &[u8], now: Millis) -> Vec<Passing> {
        let mut man = self.man.borrow_mut();
        let passing = man.passes(from, bytes, now);
        self.understood
            .extend_from_slice(&man.understood()[self.understood.len()..]);
        passing
    }

    fn wake(&mut self, now: Millis) -> Vec<Passing> {
        self.man.borrow_mut().wake(now)
    }

    fn next_wake(&self) -> Option<Millis> {
        self.man.borrow().next_wake()
    }

    fn understood(&self) -> &[(Side, Vec<u8>)] {
        &self.understood
    }

    fn imitates(&self) -> bool {
        self.man.borrow().imitates()
    }
}

/// Whoever is in the path, and what came to him and left him since somebody last looked.
pub(super) struct Watched {
    pub(super) tap: Box<dyn Tap>,
    pub(super) passed: Rc<RefCell<Vec<Sent>>>,
}

impl Watched {
    pub(super) fn writes_down(&self, at: Millis, from: Onlooker, to: Onlooker, bytes: &[u8]) {
        let what = Kind::of(bytes).map_or("a frame, sealed", Kind::name).to_string();
        let bytes = bytes.to_vec();
        self.passed
            .borrow_mut()
            .push(Sent::new(at, from, to, &what, &bytes));
    }
}

impl Tap for Watched {
    fn passes(&mut self, from: Side, bytes: &[u8], now: Millis) -> Vec<Passing> {
        let passing = self.tap.passes(from, bytes, now);
        // Who changes nothing is not seen: it is as if he were not there.
        if passing == [Passing::now(from.other(), bytes.to_vec())] {
            self.writes_down(now, owner(from), owner(from.other()), bytes);
            return passing;
        }
        self.writes_down(now, owner(from), Onlooker::Tap, bytes);
        for one in &passing {
            self.writes_down(now, Onlooker::Tap, owner(one.to), &one.bytes);
        }
        passing
    }

    fn wake(&mut self, now: Millis) -> Vec<Passing> {
        let passing = self.tap.wake(now);
        for one in &passing {
            self.writes_down(now, Onlooker::Tap, owner(one.to), &one.bytes);
        }
        passing
    }

    fn next_wake(&self) -> Option<Millis> {
        self.tap.next_wake()
    }

    fn understood(&self) -> &[(Side, Vec<u8>)] {
        self.tap.understood()
    }

    fn imitates(&self) -> bool {
        self.tap.imitates()
    }

    fn trials(&self) -> u64 {
        self.tap.trials()
    }

    fn records(&self) -> bool {
        self.tap.records()
    }
}
