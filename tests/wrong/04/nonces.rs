//! Lesson 04, next_nonce: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::sealer::Step;

/// As it should be, if `saved` is.
fn saves_first(saved: u64, sends: u64) -> Vec<Step> {
    (saved..saved + sends)
        .flat_map(|number| [Step::Save(number + 1), Step::Send(number)])
        .collect()
}

pub fn next_nonce() -> Vec<Planted<(u64, u64), Vec<Step>>> {
    use Step::{Save, Send};
    vec![
        // The bug that is handed out.
        Planted {
            name: "sends-then-saves",
            about: "a crash between Send and Save, and the next start sends the same number again",
            answer: |(saved, sends)| {
                (saved..saved + sends)
                    .flat_map(|number| [Send(number), Save(number + 1)])
                    .collect()
            },
        },
        Planted {
            name: "saves-at-the-end",
            about: "everything is saved once all is sent; a crash before that forgets all of it",
            answer: |(saved, sends)| {
                (saved..saved + sends)
                    .map(Send)
                    .chain([Save(saved + sends)])
                    .collect()
            },
        },
        Planted {
            name: "never-saves",
            about: "nothing is ever saved: every start begins at the same number",
            answer: |(saved, sends)| (saved..saved + sends).map(Send).collect(),
        },
        Planted {
            name: "from-zero",
            about: "what was saved is not looked at: every start begins at 0",
            answer: |(_, sends)| {
                (0..sends)
                    .flat_map(|number| [Save(number + 1), Send(number)])
                    .collect()
            },
        },
        Planted {
            name: "saves-the-one-it-sends",
            about: "the number that is about to be sent is saved, and the next start begins with that very one",
            answer: |(saved, sends)| {
                (saved..saved + sends)
                    .flat_map(|number| [Save(number), Send(number)])
                    .collect()
            },
        },
        Planted {
            name: "reserves-one",
            about: "one number is reserved, and all messages are sent on it and beyond it",
            answer: |(saved, sends)| {
                [Save(saved + 1)]
                    .into_iter()
                    .chain((saved..saved + sends).map(Send))
                    .collect()
            },
        },
        Planted {
            name: "one-batch-for-all",
            about: "a batch of 100 was reserved, and more than 100 sent on it: reserve again where it runs out",
            answer: |(saved, sends)| {
                [Save(saved + 100)]
                    .into_iter()
                    .chain((saved..saved + sends).map(Send))
                    .collect()
            },
        },
        Planted {
            name: "every-second-one",
            about: "only every second number is saved before it is sent",
            answer: |(saved, sends)| {
                (saved..saved + sends)
                    .flat_map(|number| match (number - saved) % 2 {
                        0 => vec![Save(number + 1), Send(number)],
                        _ => vec![Send(number), Save(number + 1)],
                    })
                    .collect()
            },
        },
        Planted {
            name: "last-used-saved-late",
            about: "the last used number is saved, but only after it was used",
            answer: |(saved, sends)| {
                (saved + 1..=saved + sends)
                    .flat_map(|number| [Send(number), Save(number)])
                    .collect()
            },
        },
        Planted {
            name: "jumps-at-the-start",
            about: "each start jumps ahead, but by the same jump as the last one that did not get to save",
            answer: |(saved, sends)| {
                (saved + 100..saved + 100 + sends)
                    .flat_map(|number| [Send(number), Save(number + 1)])
                    .collect()
            },
        },
        Planted {
            name: "one-number-for-all",
            about: "a number is saved and sent, and sent again for the next message",
            answer: |(saved, sends)| {
                [Save(saved + 1)]
                    .into_iter()
                    .chain((0..sends).map(|_| Send(saved)))
                    .collect()
            },
        },
        Planted {
            name: "number-in-32-bits",
            about: "the number was kept in a u32: above 2^32 the numbers begin anew, and those were all sent",
            answer: |(saved, sends)| saves_first(u64::from(saved as u32), sends),
        },
        Planted {
            name: "number-in-16-bits",
            about: "the number was kept in a u16: above 65,535 the numbers begin anew, and those were all sent",
            answer: |(saved, sends)| saves_first(u64::from(saved as u16), sends),
        },
        Planted {
            name: "number-in-8-bits",
            about: "the number was kept in a u8: above 255 the numbers begin anew, and those were all sent",
            answer: |(saved, sends)| saves_first(u64::from(saved as u8), sends),
        },
        Planted {
            name: "number-in-63-bits",
            about: "the number was kept in 63 bits, as an i64 has them: 2^63 needs one more",
            answer: |(saved, sends)| saves_first(saved & (u64::MAX >> 1), sends),
        },
        Planted {
            name: "number-as-i64",
            about: "the number was taken for an i64, which ends at 2^63 - 1: stay with u64",
            answer: |(saved, sends)| {
                let first = i64::try_from(saved).unwrap();
                let behind = first + i64::try_from(sends).unwrap();
                saves_first(saved, behind.abs_diff(first))
            },
        },
        Planted {
            name: "batch-saved-late",
            about: "ten are reserved at a time, but the next ten only after the first of them was sent",
            answer: |(saved, sends)| {
                let mut steps = vec![Save(saved + 10)];
                for number in saved..saved + sends {
                    steps.push(Send(number));
                    if number > saved && (number - saved) % 10 == 0 {
                        steps.push(Save(number + 10));
                    }
                }
                steps
            },
        },
        Planted {
            name: "batches-at-round-numbers",
            about: "numbers are reserved at multiples of 100 only: the disk may say any number, and then none is reserved",
            answer: |(saved, sends)| {
                (saved..saved + sends)
                    .flat_map(|number| match number % 100 {
                        0 => vec![Save(number + 100), Send(number)],
                        _ => vec![Send(number)],
                    })
                    .collect()
            },
        },
        Planted {
            name: "first-one-only",
            about: "the first number is saved before it is sent, the others after",
            answer: |(saved, sends)| {
                (saved..saved + sends)
                    .flat_map(|number| match number == saved {
                        true => vec![Save(number + 1), Send(number)],
                        false => vec![Send(number), Save(number + 1)],
                    })
                    .collect()
            },
        },
        Planted {
            name: "saves-less-than-it-sent",
            about: "at the end a smaller number is saved than the highest one sent: the next start meets those in between",
            answer: |(saved, sends)| {
                let mut steps = vec![Save(saved + sends)];
                steps.extend((saved..saved + sends).map(Send));
                steps.push(Save(saved));
                steps
            },
        },
        Planted {
            name: "nothing-sent",
            about: "nothing is sent at all: safe, and of no use to Alice",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "only-saves",
            about: "numbers are saved and none is sent",
            answer: |(saved, sends)| vec![Save(saved + sends)],
        },
        Planted {
            name: "one-too-few",
            about: "one message is left unsent: look at where the range ends",
            answer: |(saved, sends)| {
                (saved + 1..saved + sends)
                    .flat_map(|number| [Save(number + 1), Send(number)])
                    .collect()
            },
        },
        Planted {
            name: "one-too-many",
            about: "one message too many is sent: look at where the range ends",
            answer: |(saved, sends)| {
                (saved..=saved + sends)
                    .flat_map(|number| [Save(number + 1), Send(number)])
                    .collect()
            },
        },
        Planted {
            name: "all-reserved",
            about: "all numbers there are were reserved at once; the next start has none left",
            answer: |(saved, sends)| {
                let numbers = (0..sends).map(|number| saved.saturating_add(number));
                [Save(u64::MAX)].into_iter().chain(numbers.map(Send)).collect()
            },
        },
        Planted {
            name: "doubles",
            about: "each start doubles what was saved: after 64 starts there is nothing left to double",
            answer: |(saved, sends)| {
                let first = saved.saturating_mul(2).saturating_add(1);
                (first..first.saturating_add(sends))
                    .flat_map(|number| [Save(number + 1), Send(number)])
                    .collect()
            },
        },
        Planted {
            name: "counts-in-memory",
            about: "the count is kept in a static: a crash forgets it, and only what was saved is left",
            answer: |(saved, sends)| {
                use std::sync::atomic::{AtomicU64, Ordering};
                static NEXT: AtomicU64 = AtomicU64::new(0);
                let first = NEXT.fetch_add(sends, Ordering::Relaxed) + saved;
                (first..first + sends).map(Send).collect()
            },
        },
        Planted {
            name: "counts-down",
            about: "it counts down, so the next start meets the numbers of this one",
            answer: |(saved, sends)| {
                (0..sends)
                    .rev()
                    .flat_map(|number| [Save(saved + number), Send(saved + number)])
                    .collect()
            },
        },
    ]
}
