//! The stores against the reference model, over random scripts: readings, receipts, clocks turned forward and back,
//! restarts, full disks, and the power failing at any byte of any write. More than 100 000 operations in all.
//!
//! Every run draws the same scripts. `LAB_SEED=7 cargo test --test store_properties` draws others; a failure names the
//! script, and that seed alone repeats it.

#[path = "store_model/mod.rs"]
mod model;

use messaging_lab::ground::clock::{Clock, ControlledClock, Millis, Reading};
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::store::*;
use model::script::{Op, draw_op};
use model::subject::{Kind, Store, as_no, each, load};
use model::{Known, Model, No, later};

const START: Millis = 1_700_000_000_000;
const SCRIPTS: u64 = 70;
const STEPS: usize = 600;

#[test]
fn memory_store_agrees_with_the_model() {
    for seed in seeds() {
        Run::new(seed, Kind::Memory).play();
    }
}

#[test]
fn naive_journal_agrees_with_the_model() {
    let crashes: usize = seeds().map(|seed| Run::new(seed, Kind::Naive).play()).sum();
    assert!(
        crashes > 300,
        "only {crashes} crashes: the scripts no longer test what they are for"
    );
}

#[test]
fn shredding_journal_agrees_with_the_model() {
    let crashes: usize = seeds().map(|seed| Run::new(seed, Kind::Shredding).play()).sum();
    assert!(
        crashes > 300,
        "only {crashes} crashes: the scripts no longer test what they are for"
    );
}

fn seeds() -> std::ops::Range<u64> {
    let first = std::env::var("LAB_SEED").ok().and_then(|seed| seed.parse().ok());
    let first: u64 = first.unwrap_or(1);
    first..first + SCRIPTS
}

struct Run {
    seed: u64,
    kind: Kind,
    draw: Seeded,
    clock: ControlledClock,
    disk: PretendDisk,
    store: Store,
    model: Model,
    /// The moments that may be the last on the disk: one, unless a crash leaves it open which.
    saved: Vec<(Millis, Reading)>,
    /// Whether the disk is small, so that writes may be refused.
    cramped: bool,
    crashes: usize,
}

impl Run {
    fn new(seed: u64, kind: Kind) -> Self {
        let clock = ControlledClock::new(START);
        let disk = PretendDisk::new();
        let store = match kind {
            Kind::Memory => Store::Memory(MessageStore::new(clock.clone())),
            _ => load(kind, &clock, &disk, seed).expect("a new store"),
        };
        let model = Model::new(clock.now());
        let saved = vec![(model.now, model.last)];
        Run {
            seed,
            kind,
            draw: Seeded::new(seed),
            clock,
            disk,
            store,
            model,
            saved,
            cramped: false,
            crashes: 0,
        }
    }

    /// Plays the script and says how often the power failed.
    fn play(mut self) -> usize {
        for step in 0..STEPS {
            let what = format!("{:?}, script {}, step {step}", self.kind, self.seed);
            self.move_clock();
            if self.kind != Kind::Memory {
                self.trouble_the_disk();
            }
            let op = draw_op(&mut self.draw, &self.model);
            self.do_op(op, &what);
            if self.disk.has_failed() || (self.kind != Kind::Memory && self.draw.below(40) == 0) {
                self.restart(&what, None);
            }
            self.compare(&what);
        }
        self.crashes
    }

    /// Mostly time passes, often to exactly when something is due or just before; now and then somebody turns the clock.
    fn move_clock(&mut self) {
        match self.draw.below(10) {
            0..=2 => self.clock.advance(self.draw.below(3)),
            3..=4 => self.clock.advance(self.draw.below(20_000)),
            5 => self.clock.advance(self.model.next_wake().unwrap_or(0)),
            6 => self
                .clock
                .advance(self.model.next_wake().unwrap_or(0).saturating_sub(1)),
            7 => {
                let around = self.clock.now().wall.saturating_sub(50_000) + self.draw.below(100_000);
                let wall = [around, around, 0, START][self.draw.below(4) as usize];
                self.clock.set_wall(wall);
            }
            8 if self.kind == Kind::Memory => self.clock.restart(self.draw.below(5_000)),
            _ => {}
        }
    }

    fn trouble_the_disk(&mut self) {
        match self.draw.below(60) {
            0..=1 => self.disk.fail_after(self.draw.below(600)),
            2 => {
                let used: usize = self.disk.files().iter().map(Vec::len).sum();
                self.disk.set_capacity(Some(used + self.draw.below(300) as usize));
                self.cramped = true;
            }
            3..=10 if self.cramped => self.make_room(),
            _ => {}
        }
    }

    fn make_room(&mut self) {
        self.disk.set_capacity(None);
        self.cramped = false;
    }

    /// Does one thing to the store and to the model, and compares what both say. If the power fails meanwhile, the model
    /// that did it and the one that did not are both possible: the restart that follows finds out which.
    fn do_op(&mut self, op: Op, what: &str) {
        let what = &format!("{what}, {op:?}");
        self.model.tick(self.clock.now());
        let moment = (self.model.now, self.model.last);
        if self.kind != Kind::Memory {
            // Every call to a store on files erases what is due before anything else.
            if self.cramped {
                self.model.doubt_what_is_due();
                self.saved.push(moment);
            }
        }
        // Whether some of it may have been erased before, so that nobody can say how much is new.
        let in_doubt = self.cramped || self.model.has_doubts();
        let mut done = self.model.clone();
        let settled = if self.kind == Kind::Memory || self.cramped {
            0
        } else {
            done.purge()
        };
        let mut writes = settled > 0 && self.kind == Kind::Naive;

        let (said, wanted) = match &op {
            Op::Insert(new) => {
                let mut known = done.admitted(new);
                let said = each!(&mut self.store, store => store.insert(new.clone()));
                if let Ok(id) = said {
                    assert!(
                        done.known.iter().all(|old| old.id != id),
                        "{what}: {id:?} was given before"
                    );
                    known.id = id;
                    done.known.push(known);
                }
                writes |= said.is_ok();
                (said.map(|_| String::new()), Ok(String::new()))
            }
            Op::ChatTimer(chat, timer) => {
                done.chats.push((*chat, *timer));
                writes = true;
                let said = each!(&mut self.store, store => store.set_chat_timer(*chat, *timer));
                (said.map(|()| String::new()), Ok(String::new()))
            }
            Op::Read(at) | Op::Open(at) => {
                let opening = matches!(op, Op::Open(_));
                let id = done.known[*at].id;
                let wanted = done.show(*at, opening);
                writes |= done.known[*at].deadline != self.model.known[*at].deadline;
                let said = each!(&mut self.store, store => {
                    let shown = if opening { store.open(id) } else { store.read(id) };
                    shown.map(<[u8]>::to_vec)
                });
                (
                    said.map(|body| format!("{body:?}")),
                    wanted.map(|body| format!("{body:?}")),
                )
            }
            Op::Receipt(at, date) => {
                let id = done.known[*at].id;
                let wanted = done.receipt(*at, *date);
                writes |= done.known[*at].deadline != self.model.known[*at].deadline;
                let said = each!(&mut self.store, store => store.receipt(id, *date));
                (said.map(|()| String::new()), wanted.map(|()| String::new()))
            }
            Op::Ask(at) => {
                let id = done.known[*at].id;
                let wanted = done
                    .deadline(*at)
                    .map(|deadline| (deadline, done.known[*at].chat));
                let said = each!(&mut self.store, store => {
                    let deadline = store.deadline(id);
                    deadline.and_then(|deadline| Ok((deadline, store.chat(id)?)))
                });
                (
                    said.map(|answer| format!("{answer:?}")),
                    wanted.map(|answer| format!("{answer:?}")),
                )
            }
            Op::Purge => {
                let wanted = done.purge() + settled;
                let said = match &mut self.store {
                    Store::Memory(store) => Ok(store.purge()),
                    Store::Naive(store) => store.purge(),
                    Store::Shredding(store) => store.purge(),
                };
                let wanted = if in_doubt {
                    said.clone().unwrap_or(0)
                } else {
                    wanted
                };
                (said.map(|purged| purged.to_string()), Ok(wanted.to_string()))
            }
            Op::NextWake => {
                let wanted = self.model.next_wake();
                let said = each!(&mut self.store, store => store.next_wake());
                done = self.model.clone(); // the one question that erases nothing
                writes = false;
                let in_doubt = in_doubt && wanted == Some(0);
                (
                    Ok(format!("{said:?}")),
                    Ok(format!("{:?}", if in_doubt { said } else { wanted })),
                )
            }
        };

        let refused = said == Err(StoreError::Journal(JournalError::DiskFull));
        if self.disk.has_failed() {
            // The call may have come to any point: what is due may be erased, the change may be written.
            self.model.doubt_what_is_due();
            self.saved.push(moment);
            self.restart(what, Some((op, done)));
        } else if refused && self.cramped {
            self.make_room();
        } else {
            assert_eq!(said.map_err(as_no), wanted, "{what}");
            self.model = done;
            if writes && !in_doubt {
                self.saved = vec![moment];
            } else if writes {
                self.saved.push(moment);
            }
        }
    }

    /// Power off and on, perhaps through a restart of the phone with its clock turned; then loads the store again.
    fn restart(&mut self, what: &str, interrupted: Option<(Op, Model)>) {
        let what = &format!("{what}, restart");
        self.make_room();
        loop {
            let failed = self.disk.has_failed();
            self.crashes += usize::from(failed);
            self.disk.power_on(match self.draw.below(4) {
                0 => Unsynced::Kept,
                1 => Unsynced::Lost,
                _ => Unsynced::Drawn(self.draw.next_u64()),
            });
            if self.draw.below(2) == 0 {
                self.clock.restart(self.draw.below(20_000));
                if self.draw.below(3) == 0 {
                    let wall = self.clock.now().wall.saturating_sub(self.draw.below(60_000));
                    self.clock.set_wall(wall);
                }
            }
            if self.draw.below(6) == 0 && failed {
                self.disk.fail_after(self.draw.below(200));
            }
            let reading = self.clock.now();
            let possible: Vec<(Millis, Reading)> = self
                .saved
                .iter()
                .map(|&(now, last)| (later(now, last, reading), reading))
                .collect();
            match load(self.kind, &self.clock, &self.disk, self.draw.next_u64()) {
                Ok(store) => {
                    self.disk.fail_after(u64::MAX);
                    self.store = store;
                    let now = each!(&mut self.store, store => store.now());
                    let found = possible.iter().find(|(possible, _)| *possible == now);
                    let found = found.unwrap_or_else(|| panic!("{what}: time {now} is none of {possible:?}"));
                    (self.model.now, self.model.last) = *found;
                    self.saved = vec![*found];
                    break;
                }
                // The power failed again, while loading. What loading had written by then may be there.
                Err(_) if self.disk.has_failed() => self.saved.extend(possible),
                Err(error) => panic!("{what}: {error}"),
            }
        }
        // Loading erased what is due.
        self.model.purge();
        self.find_out(what, interrupted);
    }

    /// After a crash: takes over from the store what was left open, and nothing else.
    fn find_out(&mut self, what: &str, interrupted: Option<(Op, Model)>) {
        let living = each!(&mut self.store, store => store.ids());
        let (op, done) = match interrupted {
            Some((op, done)) => (Some(op), Some(done)),
            None => (None, None),
        };
        for at in 0..self.model.known.len() {
            let id = self.model.known[at].id;
            let started = match (&op, &done) {
                (Some(Op::Read(it) | Op::Open(it) | Op::Receipt(it, _)), Some(done)) if *it == at => {
                    Some(done.known[at].clone())
                }
                _ => None,
            };
            let said = each!(&mut self.store, store => store.deadline(id)).map_err(as_no);
            if let Some(started) = started.filter(|it| it.deadline != self.model.known[at].deadline) {
                // The timer may have been started before the power failed, and may have run out since.
                if said == Ok(started.deadline) || (said == Err(No::Gone) && self.model.is_due(&started)) {
                    self.model.known[at] = started;
                    self.model.purge();
                }
            }
            if self.model.known[at].perhaps_erased && said == Err(No::Gone) {
                self.model.known[at].erased = true;
            }
            self.model.known[at].perhaps_erased = false;
            assert_eq!(said, self.model.deadline(at), "{what}: {id:?}");
        }
        let unknown: Vec<MessageId> = living
            .into_iter()
            .filter(|id| self.model.known.iter().all(|known| known.id != *id))
            .collect();
        match (&unknown[..], op) {
            ([], Some(Op::ChatTimer(chat, timer))) => {
                // Whether it was written cannot be asked, so it is set again.
                each!(&mut self.store, store => store.set_chat_timer(chat, timer)).expect("the disk works");
                self.model.chats.push((chat, timer));
                self.saved = vec![(self.model.now, self.model.last)];
            }
            ([], _) => {}
            ([id], Some(Op::Insert(new))) => {
                // It was written whole, only the answer was lost. Its rules were worked out when it was put in.
                let mut before = self.model.clone();
                before.now = done.expect("interrupted").now;
                let known = Known {
                    id: *id,
                    ..before.admitted(&new)
                };
                self.model.known.push(known);
            }
            (strangers, op) => panic!("{what}: {strangers:?} came from nowhere, {op:?}"),
        }
    }

    /// The whole of both.
    fn compare(&mut self, what: &str) {
        let mut living = match &mut self.store {
            Store::Memory(store) => store.ids(),
            Store::Naive(store) => store.ids(),
            Store::Shredding(store) => store.ids(),
        };
        self.model.tick(self.clock.now());
        let moment = (self.model.now, self.model.last);
        if self.disk.has_failed() {
            self.model.doubt_what_is_due();
            self.saved.push(moment);
            return self.restart(what, None);
        }
        if self.kind != Kind::Memory && self.cramped {
            self.model.doubt_what_is_due();
            self.saved.push(moment);
        } else if self.kind != Kind::Memory {
            let in_doubt = self.model.has_doubts();
            if self.model.purge() > 0 && self.kind == Kind::Naive {
                if !in_doubt {
                    self.saved.clear();
                }
                self.saved.push(moment);
            }
        }
        living.sort();
        assert_eq!(living, self.model.living(), "{what}");
        if !self.cramped {
            let held = each!(&mut self.store, store => store.len());
            assert_eq!(held, self.model.held(), "{what}");
        }
        if self.kind == Kind::Shredding && !self.cramped {
            // One key for each message that lives, and none besides.
            let keys = self.disk.part(Part::Keys);
            let used = keys
                .chunks(KEY_SLOT)
                .skip(1)
                .filter(|slot| slot.iter().any(|&byte| byte != 0));
            assert_eq!(used.count(), living.len(), "{what}: keys");
        }
    }
}
