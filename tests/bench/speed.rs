//! How fast, how much memory. `cargo bench`, or `cargo bench -- store/purge` for the cases whose name begins so.
//!
//! One line a case: name, unit, median, smallest, largest, with tabs between. A case is measured several times from a
//! fresh start; the median is the number to quote, and the distance between smallest and largest says how quiet the
//! machine was. Bodies in memory are empty, so that the store is measured and not the copying of texts.

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use messaging_lab::ground::clock::{ControlledClock, Millis};
use messaging_lab::ground::randomness::{OsRandomness, Seeded};
use messaging_lab::store::*;

mod call;
mod call_media;
mod call_words;
mod crypto;
mod envelope_hpke;
mod envelope_ratchet;

fn main() {
    // Cargo adds --bench; without it (as under `cargo test --all-targets`) every case runs once, small, to see that it can.
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let bench = Bench {
        wanted: arguments
            .iter()
            .find(|word| !word.starts_with('-'))
            .cloned()
            .unwrap_or_default(),
        quick: !arguments.iter().any(|word| word == "--bench"),
    };
    store(&bench);
    journals(&bench);
    each(&bench, "crypto", crypto::cases());
    each(&bench, "envelope", envelope_hpke::cases());
    each(&bench, "envelope", envelope_ratchet::cases());
    each(&bench, "call", call::cases());
    each(&bench, "call", call_media::cases());
    each(&bench, "call", call_words::cases());
}

/// Times each of `cases` under `room/name`, in nanoseconds, repeated until a sample takes long enough to be read.
fn each(bench: &Bench, room: &str, cases: Vec<envelope_hpke::Case>) {
    for (name, mut work) in cases {
        let mut count = 1;
        bench.case(&format!("{room}/{name}"), "ns", 15, || {
            loop {
                let each = nanoseconds_each(count, || (0..count).for_each(|_| work()));
                // 20 ms a sample; when every case runs once only, once is enough.
                if bench.quick || each * count as f64 > 2e7 {
                    return each;
                }
                count *= 2;
            }
        });
    }
}

/// What to run, and how thoroughly.
struct Bench {
    wanted: String,
    quick: bool,
}

impl Bench {
    /// Measures a case `times` over and prints its line. `measure` returns one value in `unit`.
    fn case(&self, name: &str, unit: &str, times: usize, mut measure: impl FnMut() -> f64) {
        if !name.starts_with(&self.wanted) {
            return;
        }
        let times = if self.quick { 1 } else { times };
        let mut values: Vec<f64> = (0..times).map(|_| measure()).collect();
        values.sort_by(f64::total_cmp);
        let (median, min, max) = (values[times / 2], values[0], values[times - 1]);
        println!("{name}\t{unit}\t{median:.1}\t{min:.1}\t{max:.1}");
    }
}

/// Nanoseconds for each of `count` repetitions inside `work`.
fn nanoseconds_each(count: usize, work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    start.elapsed().as_nanos() as f64 / count as f64
}

/// How many times a second `work` can be done, from `count` repetitions inside it.
fn per_second(count: usize, work: impl FnOnce()) -> f64 {
    1e9 / nanoseconds_each(count, work)
}

const CHAT: ChatId = ChatId(1);

/// Four messages expire in each millisecond, on average, at every size: only the number stored differs.
fn draw_length(draw: &mut Seeded, count: usize) -> Millis {
    1 + draw.below(count as u64 / 4)
}

/// A store of `count` messages whose timers run, and their IDs.
fn filled(clock: &ControlledClock, count: usize) -> (MessageStore<ControlledClock>, Vec<MessageId>) {
    let mut store = MessageStore::new(clock.clone());
    let mut draw = Seeded::new(count as u64);
    let insert = |_| {
        let timer = Timer::AfterSend(draw_length(&mut draw, count));
        let message = NewMessage::received(CHAT, Vec::new()).timer(timer);
        store.insert(message).expect("the timer makes sense")
    };
    let ids = (0..count).map(insert).collect();
    (store, ids)
}

fn store(bench: &Bench) {
    let sizes: &[usize] = if bench.quick {
        &[10_000]
    } else {
        &[10_000, 100_000, 1_000_000]
    };
    for &count in sizes {
        let times = if count > 100_000 { 7 } else { 21 };
        bench.case(&format!("store/insert/{count}"), "ns/message", times, || {
            let clock = ControlledClock::new(0);
            let mut kept = None;
            // Kept beyond the measurement, which would otherwise pay for tearing the store down as well.
            nanoseconds_each(count, || kept = Some(filled(&clock, count)))
        });
        bench.case(&format!("store/read/{count}"), "ns/message", times, || {
            let (mut store, mut ids) = filled(&ControlledClock::new(0), count);
            shuffle(&mut ids);
            nanoseconds_each(count, || {
                for &id in &ids {
                    black_box(store.read(id).is_ok());
                }
            })
        });
        bench.case(
            &format!("store/purge-all/{count}"),
            "ns/expired message",
            times,
            || {
                let clock = ControlledClock::new(0);
                let (mut store, _) = filled(&clock, count);
                nanoseconds_each(count, || {
                    // A hundred wake-ups, each with a hundredth of the messages due.
                    while !store.is_empty() {
                        clock.advance(count as u64 / 400 + 1);
                        black_box(store.purge());
                    }
                })
            },
        );
        bench.case(
            &format!("store/purge-1000/{count}"),
            "ns/expired message",
            times,
            || {
                let clock = ControlledClock::new(0);
                let (mut store, _) = filled(&clock, count);
                clock.advance(250);
                let mut purged = 0;
                let total = nanoseconds_each(1, || purged = store.purge());
                total / purged as f64
            },
        );
        bench.case(
            &format!("store/purge-one-by-one/{count}"),
            "ns/expired message",
            times,
            || {
                let clock = ControlledClock::new(0);
                let (mut store, _) = filled(&clock, count);
                nanoseconds_each(count, || {
                    while let Some(wait) = store.next_wake() {
                        clock.advance(wait);
                        black_box(store.purge());
                    }
                })
            },
        );
        bench.case(&format!("store/purge-nothing/{count}"), "ns/call", times, || {
            let (mut store, _) = filled(&ControlledClock::new(0), count);
            let calls = 1_000_000;
            nanoseconds_each(calls, || {
                for _ in 0..calls {
                    black_box(black_box(&mut store).purge());
                }
            })
        });
        // What is reserved, which is up to twice what is used just after the vectors grew.
        bench.case(&format!("store/memory/{count}"), "bytes/message", 1, || {
            let (store, _) = filled(&ControlledClock::new(0), count);
            store.memory_bytes() as f64 / count as f64
        });
    }
}

fn shuffle(ids: &mut [MessageId]) {
    let mut draw = Seeded::new(1);
    for at in (1..ids.len()).rev() {
        ids.swap(at, draw.below(at as u64 + 1) as usize);
    }
}

fn journals(bench: &Bench) {
    for (name, sync) in [("synced", true), ("unsynced", false)] {
        let writes = if bench.quick || sync { 100 } else { 10_000 };
        let disk = |journal: &str| {
            let disk = FileDisk::at(path(&format!("{journal}-{name}")));
            if sync { disk } else { disk.without_sync() }
        };
        let shredding = |clock: &ControlledClock| {
            let randomness = OsRandomness::open().expect("randomness");
            let journal = ShreddingJournal::new(disk("shredding"), randomness);
            JournalStore::load(clock.clone(), journal)
                .expect("a new journal")
                .0
        };

        bench.case(&format!("journal/naive/insert/{name}"), "messages/s", 7, || {
            let journal = NaiveJournal::new(disk("naive"));
            let mut store = JournalStore::load(ControlledClock::new(0), journal)
                .expect("a new journal")
                .0;
            per_second(writes, || insert(&mut store, writes))
        });
        bench.case(
            &format!("journal/shredding/insert/{name}"),
            "messages/s",
            7,
            || {
                let mut store = shredding(&ControlledClock::new(0));
                per_second(writes, || insert(&mut store, writes))
            },
        );
        bench.case(
            &format!("journal/shredding/expire-together/{name}"),
            "messages/s",
            7,
            || {
                let clock = ControlledClock::new(0);
                let mut store = shredding(&clock);
                insert(&mut store, writes);
                clock.advance(1_000);
                per_second(writes, || {
                    black_box(store.purge().expect("a disk that works"));
                })
            },
        );
    }
}

/// Messages of 100 bytes, one write each.
fn insert<J: Journal>(store: &mut JournalStore<ControlledClock, J>, count: usize) {
    for _ in 0..count {
        let message = NewMessage::received(CHAT, [b'x'; 100]).timer(Timer::AfterSend(1_000));
        black_box(store.insert(message).expect("a disk with room"));
    }
}

/// A path in the build folder where no journal is yet.
fn path(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("the build folder can be written");
    folder.join("messages.journal")
}
