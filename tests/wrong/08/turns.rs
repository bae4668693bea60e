//! Lesson 08, locked_out: planted wrong answers.

use messaging_lab::course::student::Planted;

use super::super::{Sent, Theft};

/// The first message that `is` it, given whose phone was copied and when.
fn first((messages, whose, theft): &Theft, is: impl Fn(&Sent, &str, u64) -> bool) -> Option<usize> {
    messages.iter().position(|message| is(message, whose, *theft))
}

fn right(question: &Theft) -> Option<usize> {
    first(question, |(sender, _, made), whose, theft| {
        sender == whose && *made > theft
    })
}

pub fn locked_out() -> Vec<Planted<Theft, Option<usize>>> {
    vec![
        Planted {
            name: "never",
            about: "it says that he is never locked out: with the next new pair of the phone he copied, he is",
            answer: |_| None,
        },
        Planted {
            name: "the-first-of-all",
            about: "it always names the first message of the list",
            answer: |(messages, ..)| (!messages.is_empty()).then_some(0),
        },
        Planted {
            name: "at-once",
            about: "the first message after the theft: what he copied opens that, and more",
            answer: |question| first(&question, |(_, at, _), _, theft| *at > theft),
        },
        Planted {
            name: "any-new-pair",
            about: "any pair made after the theft was taken to lock him out. A new pair of the OTHER side meets a pair that he has",
            answer: |question| first(&question, |(_, _, made), _, theft| *made > theft),
        },
        Planted {
            name: "the-others-new-pair",
            about: "the other side's new pair was waited for: he copied the private half that it meets, so he reads that one",
            answer: |question| {
                first(&question, |(sender, _, made), whose, theft| {
                    sender != whose && *made > theft
                })
            },
        },
        Planted {
            name: "the-owners-next",
            about: "the owner's first message after the theft: its pair may be older than the theft, and then it was copied",
            answer: |question| {
                first(&question, |(sender, at, _), whose, theft| {
                    sender == whose && *at > theft
                })
            },
        },
        Planted {
            name: "made-at-the-theft",
            about: "a pair made at the step of the theft was counted as new: it was in the phone when he copied it",
            answer: |question| {
                first(&question, |(sender, _, made), whose, theft| {
                    sender == whose && *made >= theft
                })
            },
        },
        Planted {
            name: "another-pair-than-before",
            about: "the owner's first pair that was not seen in a message before the theft: it may have been made \
                before, and then it was copied",
            answer: |question| {
                let (messages, whose, theft) = &question;
                let seen: Vec<u64> = messages
                    .iter()
                    .filter(|(sender, at, _)| sender == whose && at <= theft)
                    .map(|message| message.2)
                    .collect();
                first(&question, |(sender, at, made), whose, theft| {
                    sender == whose && *at > theft && *made > 0 && !seen.contains(made)
                })
            },
        },
        Planted {
            name: "both-pairs-new",
            about: "it waits until the pairs of BOTH sides are younger than the theft: one that he did not copy is enough",
            answer: |question| {
                let (messages, whose, theft) = &question;
                let new = |message: &Sent| message.2 > *theft;
                (0..messages.len()).find(|&index| {
                    let heard = messages[..index]
                        .iter()
                        .any(|other| other.0 != *whose && new(other));
                    messages[index].0 == *whose && new(&messages[index]) && heard
                })
            },
        },
        Planted {
            name: "one-too-many",
            about: "the message behind the first one that he lost: he lost that one already",
            answer: |question| {
                right(&question)
                    .map(|index| index + 1)
                    .filter(|index| *index < question.0.len())
            },
        },
        Planted {
            name: "counted-from-one",
            about: "the index is counted from 0",
            answer: |question| right(&question).map(|index| index + 1),
        },
        Planted {
            name: "the-step-not-the-index",
            about: "that is the step at which it was sent; the answer is its index in the list",
            answer: |question| {
                let index = right(&question)?;
                Some(question.0[index].1 as usize)
            },
        },
        Planted {
            name: "the-answer-to-it",
            about: "it waits for the other side's answer to the new pair: the message under the new pair was lost before",
            answer: |question| {
                let index = right(&question)?;
                let whose = &question.1;
                (index..question.0.len()).find(|&later| question.0[later].0 != *whose)
            },
        },
        Planted {
            name: "the-last-one",
            about: "the last message under a new pair, not the first",
            answer: |question| {
                let (messages, whose, theft) = &question;
                messages
                    .iter()
                    .rposition(|(sender, _, made)| sender == whose && made > theft)
            },
        },
        Planted {
            name: "always-alice",
            about: "Alice's pairs were looked at, whoever's phone was copied",
            answer: |question| {
                first(&question, |(sender, _, made), _, theft| {
                    sender == "Alice" && *made > theft
                })
            },
        },
        Planted {
            name: "step-cut-short",
            about: "the steps were cast to a smaller type, and cut off there: they are u64, and so they should stay",
            answer: |question| {
                first(&question, |(sender, _, made), whose, theft| {
                    sender == whose && *made as u16 > theft as u16
                })
            },
        },
        Planted {
            name: "steps-with-a-sign",
            about: "the steps were cast to a type with a sign, and the largest ones are below 0 there: they are u64",
            answer: |question| {
                first(&question, |(sender, _, made), whose, theft| {
                    sender == whose && *made as i64 > theft as i64
                })
            },
        },
        Planted {
            name: "one-added-to-the-theft",
            about: "1 was added to the step of the theft, and the sum can be too large for its type: compare with >",
            answer: |question| {
                first(&question, |(sender, _, made), whose, theft| {
                    let next = theft + 1;
                    sender == whose && *made >= next
                })
            },
        },
        Planted {
            name: "one-step-too-late",
            about: "a pair made one step after the theft was taken for a copied one: it is in no copy",
            answer: |question| {
                first(&question, |(sender, _, made), whose, theft| {
                    sender == whose && made.saturating_sub(theft) > 1
                })
            },
        },
        Planted {
            name: "counted-among-the-owners",
            about: "the index was counted among the owner's messages: it is the index in the whole list",
            answer: |question| {
                let index = right(&question)?;
                let before = &question.0[..index];
                Some(before.iter().filter(|message| message.0 == question.1).count())
            },
        },
        Planted {
            name: "counted-from-the-theft",
            about: "the index was counted from the theft on: it is the index in the whole list",
            answer: |question| {
                let before = question
                    .0
                    .iter()
                    .filter(|message| message.1 <= question.2)
                    .count();
                right(&question).map(|index| index - before)
            },
        },
    ]
}
