//! Lesson 03, who_still_has_it: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::ground::ledger::Onlooker;

use super::super::{Line, WhoHas, as_set};
use super::contains;

/// The onlookers of the lines that `counts`, given the message and the moment.
fn those(question: &WhoHas, counts: &dyn Fn(&Line, &[u8], u64) -> bool) -> Vec<Onlooker> {
    let (ledger, message, moment) = question;
    as_set(
        ledger
            .iter()
            .filter(|line| counts(line, message, *moment))
            .map(|line| line.0)
            .collect(),
    )
}

fn held(line: &Line, moment: u64) -> bool {
    line.2 <= moment && line.3.is_none_or(|until| moment < until)
}

pub fn who_still_has_it() -> Vec<Planted<WhoHas, Vec<Onlooker>>> {
    vec![
        Planted {
            name: "alone-only",
            about: "only lines that are the message and nothing else were counted: it may stand inside \
                something longer",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    held(line, moment) && line.1 == message
                })
            },
        },
        Planted {
            name: "at-the-front-only",
            about: "only lines that begin with the message were counted",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    held(line, moment) && line.1.starts_with(message)
                })
            },
        },
        Planted {
            name: "at-the-end-only",
            about: "only lines that end with the message were counted",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    held(line, moment) && line.1.ends_with(message)
                })
            },
        },
        Planted {
            name: "until-included",
            about: "a line was counted at its `until`: it is gone AT that moment, as a message is at its \
                deadline",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    let in_time = line.2 <= moment && line.3.is_none_or(|until| moment <= until);
                    in_time && contains(&line.1, message)
                })
            },
        },
        Planted {
            name: "from-excluded",
            about: "a line was not counted at its `from`: that is the first moment at which it holds",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    let in_time = line.2 < moment && line.3.is_none_or(|until| moment < until);
                    in_time && contains(&line.1, message)
                })
            },
        },
        Planted {
            name: "ever-had-it",
            about: "those are all who had it up to then: some had lost it again",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    line.2 <= moment && contains(&line.1, message)
                })
            },
        },
        Planted {
            name: "not-yet",
            about: "lines that begin later were counted",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    line.3.is_none_or(|until| moment < until) && contains(&line.1, message)
                })
            },
        },
        Planted {
            name: "any-time",
            about: "the moment was not looked at",
            answer: |question| those(&question, &|line, message, _| contains(&line.1, message)),
        },
        Planted {
            name: "for-ever-only",
            about: "only lines without an end were counted; one that ends later still holds",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    line.2 <= moment && line.3.is_none() && contains(&line.1, message)
                })
            },
        },
        Planted {
            name: "no-end-is-no-time",
            about: "lines without an end were passed over: `None` means that they still have it",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    line.2 <= moment
                        && line.3.is_some_and(|until| moment < until)
                        && contains(&line.1, message)
                })
            },
        },
        Planted {
            name: "whatever-they-hold",
            about: "the message was not looked for: they hold something, not this",
            answer: |question| those(&question, &|line, _, moment| held(line, moment)),
        },
        Planted {
            name: "nobody",
            about: "it always says nobody",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "everybody",
            about: "it always says everybody",
            answer: |_| Onlooker::ALL.to_vec(),
        },
        Planted {
            name: "first-only",
            about: "the search ended at the first holder",
            answer: |question| {
                let (ledger, message, moment) = question;
                let first = ledger
                    .iter()
                    .find(|line| held(line, moment) && contains(&line.1, &message));
                first.map(|line| line.0).into_iter().collect()
            },
        },
        Planted {
            name: "last-line-decides",
            about: "only the last line of each onlooker was looked at: an earlier one may still hold",
            answer: |question| {
                let (ledger, message, moment) = &question;
                let holds = |onlooker: &Onlooker| {
                    let last = ledger
                        .iter()
                        .rev()
                        .find(|line| line.0 == *onlooker && line.2 <= *moment);
                    last.is_some_and(|line| held(line, *moment) && contains(&line.1, message))
                };
                Onlooker::ALL.into_iter().filter(holds).collect()
            },
        },
        Planted {
            name: "one-loss-is-all",
            about: "an onlooker who lost one copy was struck off, though another copy is still held",
            answer: |question| {
                let lost = those(&question, &|line, message, moment| {
                    line.3.is_some_and(|until| until <= moment) && contains(&line.1, message)
                });
                let mut holders = those(&question, &|line, message, moment| {
                    held(line, moment) && contains(&line.1, message)
                });
                holders.retain(|onlooker| !lost.contains(onlooker));
                holders
            },
        },
        Planted {
            name: "text-only",
            about: "lines that are not valid text were passed over: records of a disk rarely are",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    held(line, moment) && std::str::from_utf8(&line.1).is_ok() && contains(&line.1, message)
                })
            },
        },
        Planted {
            name: "bytes-made-text",
            about: "bytes were turned into text first: `from_utf8_lossy` makes different bytes look the same",
            answer: |question| {
                let as_text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
                those(&question, &|line, message, moment| {
                    held(line, moment) && as_text(&line.1).contains(&as_text(message))
                })
            },
        },
        Planted {
            name: "a-part-is-enough",
            about: "a piece of the message is not the message",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    let part = !line.1.is_empty() && contains(message, &line.1);
                    held(line, moment) && (part || contains(&line.1, message))
                })
            },
        },
        Planted {
            name: "pieces-put-together",
            about: "an onlooker's lines were joined before the search: the message stands in none of them",
            answer: |question| {
                let (ledger, message, moment) = &question;
                let holds = |onlooker: &Onlooker| {
                    let theirs = ledger
                        .iter()
                        .filter(|line| line.0 == *onlooker && held(line, *moment));
                    contains(
                        &theirs.flat_map(|line| line.1.clone()).collect::<Vec<u8>>(),
                        message,
                    )
                };
                Onlooker::ALL.into_iter().filter(holds).collect()
            },
        },
        Planted {
            name: "loses-the-thread",
            about: "after a letter that does not fit, the search went on behind it: the message may have \
                begun again before",
            answer: |question| {
                let found = |bytes: &[u8], message: &[u8]| {
                    let mut matched = 0;
                    bytes.iter().any(|byte| {
                        matched = if *byte == message[matched] { matched + 1 } else { 0 };
                        let whole = matched == message.len();
                        matched %= message.len();
                        whole
                    })
                };
                those(&question, &|line, message, moment| {
                    held(line, moment) && found(&line.1, message)
                })
            },
        },
        Planted {
            name: "last-stretch-missed",
            about: "the last stretch of a line was left out: the message can also begin where only that much is left",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    let end = line.1.len().saturating_sub(1);
                    held(line, moment) && contains(&line.1[..end], message)
                })
            },
        },
        Planted {
            name: "all-its-letters",
            about: "the letters were looked for one by one, in any order: the message has to stand there as it is",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    held(line, moment) && message.iter().all(|letter| line.1.contains(letter))
                })
            },
        },
        Planted {
            name: "any-order",
            about: "the same letters in another order are not the message",
            answer: |question| {
                let letters = |bytes: &[u8]| {
                    let mut letters = [0; 256];
                    for &byte in bytes {
                        letters[usize::from(byte)] += 1;
                    }
                    letters
                };
                those(&question, &|line, message, moment| {
                    let mut parts = line.1.windows(message.len());
                    held(line, moment) && parts.any(|part| letters(part) == letters(message))
                })
            },
        },
        Planted {
            name: "with-gaps",
            about: "the letters were found one after the other, with others between them: that is not the message, \
                unchanged",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    let mut bytes = line.1.iter();
                    held(line, moment) && message.iter().all(|letter| bytes.any(|byte| byte == letter))
                })
            },
        },
        Planted {
            name: "one-letter-is-none",
            about: "a message of one byte was not looked for: it is a message",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    held(line, moment) && message.len() > 1 && contains(&line.1, message)
                })
            },
        },
        Planted {
            name: "largest-for-no-end",
            about: "the largest number was put in for \"no end\": at that moment itself, it seems to be over",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    let in_time = line.2 <= moment && moment < line.3.unwrap_or(u64::MAX);
                    in_time && contains(&line.1, message)
                })
            },
        },
        Planted {
            name: "a-number-for-no-end",
            about: "a number was put in for \"no end\": from that moment on, who still has it seems to have lost it",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    let in_time = line.2 <= moment && moment < line.3.unwrap_or(1_000_000);
                    in_time && contains(&line.1, message)
                })
            },
        },
        Planted {
            name: "side-by-side",
            about: "only stretches side by side were compared (`chunks`?): the message can begin at any byte",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    let mut parts = line.1.chunks(message.len());
                    held(line, moment) && parts.any(|part| part == message)
                })
            },
        },
        Planted {
            name: "signed-numbers",
            about: "the moments were put into an `i64`: the largest become negative there",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    let (from, moment) = (line.2 as i64, moment as i64);
                    let in_time = from <= moment && line.3.is_none_or(|until| moment < until as i64);
                    in_time && contains(&line.1, message)
                })
            },
        },
        Planted {
            name: "narrow-numbers",
            about: "only 32 bits of the moments were compared",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    let (from, moment) = (line.2 as u32, moment as u32);
                    let in_time = from <= moment && line.3.is_none_or(|until| moment < until as u32);
                    in_time && contains(&line.1, message)
                })
            },
        },
        Planted {
            name: "capitals-alike",
            about: "capital and small letters were taken for the same: those are other bytes",
            answer: |question| {
                those(&question, &|line, message, moment| {
                    held(line, moment)
                        && contains(&line.1.to_ascii_lowercase(), &message.to_ascii_lowercase())
                })
            },
        },
    ]
}
