//! Lesson 06, ghost_directory and ghost: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::envelope::kem::{KeyPair, PublicKey};
use messaging_lab::envelope::one_shot::{Names, open_auth, seal, seal_auth};

use super::super::{Asked, Entry, Envelopes, Key, Passed, fresh, ghost_of};

/// The directory with each key changed by `key(seed, asker, name, truth)`.
fn each((seed, asker, directory): Asked, key: impl Fn(&Key, &str, &str, Key) -> Key) -> Vec<Entry> {
    let lines = directory.into_iter().map(|(name, truth)| {
        let key = key(&seed, &asker, &name, truth);
        (name, key)
    });
    lines.collect()
}

fn ghosts(seed: &Key, name: &str) -> Key {
    ghost_of(seed, name).public().0
}

/// Ghosts everywhere but where `is_asker(name, asker)`.
fn sparing(asked: Asked, is_asker: fn(&str, &str) -> bool) -> Vec<Entry> {
    each(asked, |seed, asker, name, truth| match is_asker(name, asker) {
        true => truth,
        false => ghosts(seed, name),
    })
}

pub fn ghost_directory() -> Vec<Planted<Asked, Vec<Entry>>> {
    vec![
        Planted {
            name: "honest",
            about: "the true directory was handed out: the relay reads nothing",
            answer: |(_, _, directory)| directory,
        },
        Planted {
            name: "swaps-the-askers-own",
            about: "the asker's own line was swapped as well, and its phone knows better",
            answer: |asked| each(asked, |seed, _, name, _| ghosts(seed, name)),
        },
        Planted {
            name: "only-the-askers-own",
            about: "the wrong line was spared: it is the asker's own that stays true, and only that one",
            answer: |asked| {
                each(asked, |seed, asker, name, truth| match name == asker {
                    true => ghosts(seed, name),
                    false => truth,
                })
            },
        },
        Planted {
            name: "first-only",
            about: "the search ended at the first line that was swapped: every other name needs its ghost, too",
            answer: |(seed, asker, mut directory)| {
                if let Some((name, key)) = directory.iter_mut().find(|(name, _)| *name != asker) {
                    *key = ghosts(&seed, name);
                }
                directory
            },
        },
        Planted {
            name: "one-ghost-for-all",
            about: "one ghost stands behind every name; each name has its own, ghost_of(seed, name)",
            answer: |asked| {
                let first = asked.2.first().map(|(name, _)| name.clone()).unwrap_or_default();
                each(asked, |seed, asker, name, truth| match name == asker {
                    true => truth,
                    false => ghosts(seed, &first),
                })
            },
        },
        Planted {
            name: "the-askers-ghost",
            about: "ghost_of was given the asker's name: it is the ghost of the name on the line that is needed",
            answer: |asked| {
                each(asked, |seed, asker, name, truth| match name == asker {
                    true => truth,
                    false => ghosts(seed, asker),
                })
            },
        },
        Planted {
            name: "private-in-public",
            about: "the ghosts' PRIVATE keys were handed out: public() gives the other half",
            answer: |asked| {
                each(asked, |seed, asker, name, truth| match name == asker {
                    true => truth,
                    false => *ghost_of(seed, name).private().expose(),
                })
            },
        },
        Planted {
            name: "true-keys-rotated",
            about: "true keys under other names: the relay has none of their private halves",
            answer: |(_, _, mut directory)| {
                let keys: Vec<Key> = directory.iter().map(|entry| entry.1).collect();
                let count = keys.len();
                for (at, entry) in directory.iter_mut().enumerate() {
                    entry.1 = keys[(at + 1) % count];
                }
                directory
            },
        },
        Planted {
            name: "seed-as-key",
            about: "the seed is no public key: make the ghost's pair from it with ghost_of",
            answer: |asked| {
                each(asked, |seed, asker, name, truth| match name == asker {
                    true => truth,
                    false => *seed,
                })
            },
        },
        Planted {
            name: "asker-left-out",
            about: "the asker's own line is missing: it stays, with the true key",
            answer: |asked| {
                let asker = asked.1.clone();
                let mut lines = each(asked, |seed, _, name, _| ghosts(seed, name));
                lines.retain(|(name, _)| *name != asker);
                lines
            },
        },
        Planted {
            name: "ghosts-beside",
            about: "the ghosts stand beside the true lines; each takes the PLACE of a true key here",
            answer: |asked| {
                let mut lines = asked.2.clone();
                let asker = asked.1.clone();
                let mut ghosts = each(asked, |seed, _, name, _| ghosts(seed, name));
                ghosts.retain(|(name, _)| *name != asker);
                lines.extend(ghosts);
                lines
            },
        },
        Planted {
            name: "sorted",
            about: "the lines were put in another order; they stay where they are",
            answer: |asked| {
                let mut lines = each(asked, |seed, asker, name, truth| match name == asker {
                    true => truth,
                    false => ghosts(seed, name),
                });
                lines.sort();
                lines
            },
        },
        Planted {
            name: "name-begins-alike",
            about: "names were taken for the asker's that only begin like it: compare the whole of them",
            answer: |asked| {
                sparing(asked, |name, asker| {
                    asker.starts_with(name) || name.starts_with(asker)
                })
            },
        },
        Planted {
            name: "name-ends-alike",
            about: "names were taken for the asker's that only end like it: compare the whole of them",
            answer: |asked| sparing(asked, |name, asker| name.ends_with(asker)),
        },
        Planted {
            name: "name-trimmed",
            about: "a name with a space behind it is another name",
            answer: |asked| sparing(asked, |name, asker| name.trim() == asker.trim()),
        },
        Planted {
            name: "small-and-capital-letters",
            about: "\"Bob\" and \"bob\" are two names",
            answer: |asked| sparing(asked, |name, asker| name.to_lowercase() == asker.to_lowercase()),
        },
        Planted {
            name: "asker-added",
            about: "a line was added for an asker who has none: the same names, no more and no fewer",
            answer: |asked| {
                let (seed, asker) = (asked.0, asked.1.clone());
                let mut lines = sparing(asked, |name, asker| name == asker);
                if lines.iter().all(|(name, _)| *name != asker) {
                    let added = ghosts(&seed, &asker);
                    lines.push((asker, added));
                }
                lines
            },
        },
        Planted {
            name: "by-the-key",
            about: "every line with the asker's key was spared: only the line with the asker's NAME stays true",
            answer: |asked| {
                let own = asked
                    .2
                    .iter()
                    .find(|(name, _)| *name == asked.1)
                    .map(|(_, key)| *key);
                each(asked, |seed, _, name, truth| match Some(truth) == own {
                    true => truth,
                    false => ghosts(seed, name),
                })
            },
        },
        Planted {
            name: "empty",
            about: "an empty directory was handed out: nobody can write to anybody, and everybody notices",
            answer: |_| Vec::new(),
        },
    ]
}

/// One envelope as the relay sees it, and what a step may need.
struct Step<'a> {
    seed: &'a Key,
    number: usize,
    from: &'a str,
    to: &'a str,
    came: &'a [u8],
    from_key: PublicKey,
    to_key: PublicKey,
}

impl Step<'_> {
    fn names(&self) -> Names<'_> {
        Names {
            from: self.from,
            to: self.to,
        }
    }

    /// What the relay reads.
    fn read(&self) -> Option<Vec<u8>> {
        let ghost = ghost_of(self.seed, self.to);
        open_auth(&self.from_key, self.names(), &ghost, self.came).ok()
    }

    /// Sealed by `by` for `to`.
    fn sealed(&self, by: &KeyPair, names: Names, to: &PublicKey, number: usize, text: &[u8]) -> Vec<u8> {
        seal_auth(by, names, fresh(self.seed, number), to, text).expect("a text that fits")
    }

    /// As it should be.
    fn again(&self, text: &[u8]) -> Vec<u8> {
        let ghost = ghost_of(self.seed, self.from);
        self.sealed(&ghost, self.names(), &self.to_key, self.number, text)
    }
}

/// Each envelope through `step`.
fn passed(envelopes: Envelopes, step: impl Fn(&Step) -> Passed) -> Vec<Passed> {
    looked_up(envelopes, |other, name| other == name, &step)
}

/// Each envelope through `step`, with the keys of the first lines whose name `is` the one that is looked for.
fn looked_up(
    (seed, directory, envelopes): Envelopes,
    is: fn(&str, &str) -> bool,
    step: &dyn Fn(&Step) -> Passed,
) -> Vec<Passed> {
    let key_of = |name: &str| {
        let entry = directory.iter().find(|(other, _)| is(other, name));
        PublicKey(entry.expect("everybody is in it").1)
    };
    let envelopes = envelopes.iter().enumerate();
    envelopes
        .map(|(number, (from, to, came))| {
            step(&Step {
                seed: &seed,
                number,
                from,
                to,
                came,
                from_key: key_of(from),
                to_key: key_of(to),
            })
        })
        .collect()
}

/// The text where there is one, with what `forward` makes of it; anything else as it came.
fn read_and(envelopes: Envelopes, forward: impl Fn(&Step, &[u8]) -> Vec<u8>) -> Vec<Passed> {
    passed(envelopes, |step| match step.read() {
        Some(text) => {
            let forwarded = forward(step, &text);
            (Some(text), forwarded)
        }
        None => (None, step.came.to_vec()),
    })
}

pub fn ghost() -> Vec<Planted<Envelopes, Vec<Passed>>> {
    vec![
        Planted {
            name: "reads-and-passes-on-as-it-came",
            about: "what came was sealed for the ghost of the recipient: the recipient cannot open it, and asks why",
            answer: |envelopes| read_and(envelopes, |step, _| step.came.to_vec()),
        },
        Planted {
            name: "reads-nothing",
            about: "everything was passed on as it came, for nothing opened: it takes the sender's TRUE public key, \
                the names as they came and the recipient's GHOST's pair",
            answer: |envelopes| passed(envelopes, |step| (None, step.came.to_vec())),
        },
        Planted {
            name: "reads-and-drops",
            about: "nothing was passed on: messages that never arrive are noticed",
            answer: |envelopes| read_and(envelopes, |_, _| Vec::new()),
        },
        Planted {
            name: "bare-text",
            about: "the text was passed on without an envelope: no phone takes that for a message",
            answer: |envelopes| read_and(envelopes, |_, text| text.to_vec()),
        },
        Planted {
            name: "sealed-for-the-ghost",
            about: "it was sealed again for the recipient's ghost; the recipient has the true private key",
            answer: |envelopes| {
                read_and(envelopes, |step, text| {
                    let ghost = ghost_of(step.seed, step.from);
                    let to = ghost_of(step.seed, step.to).public();
                    step.sealed(&ghost, step.names(), &to, step.number, text)
                })
            },
        },
        Planted {
            name: "sealed-for-the-sender",
            about: "it was sealed again for the sender's own key; the recipient has another one",
            answer: |envelopes| {
                read_and(envelopes, |step, text| {
                    let ghost = ghost_of(step.seed, step.from);
                    step.sealed(&ghost, step.names(), &step.from_key, step.number, text)
                })
            },
        },
        Planted {
            name: "no-sender",
            about: "it was sealed with seal, which proves no sender; the phones open with open_auth",
            answer: |envelopes| {
                read_and(envelopes, |step, text| {
                    seal(step.names(), fresh(step.seed, step.number), &step.to_key, text).expect("fits")
                })
            },
        },
        Planted {
            name: "by-the-recipients-ghost",
            about: "it was sealed by the ghost of the recipient; for the recipient's phone the sender is the \
                SENDER's ghost",
            answer: |envelopes| {
                read_and(envelopes, |step, text| {
                    let ghost = ghost_of(step.seed, step.to);
                    step.sealed(&ghost, step.names(), &step.to_key, step.number, text)
                })
            },
        },
        Planted {
            name: "names-swapped",
            about: "the names were swapped on the way: to the phones it is still from the sender to the recipient",
            answer: |envelopes| {
                read_and(envelopes, |step, text| {
                    let ghost = ghost_of(step.seed, step.from);
                    let names = Names {
                        from: step.to,
                        to: step.from,
                    };
                    step.sealed(&ghost, names, &step.to_key, step.number, text)
                })
            },
        },
        Planted {
            name: "one-fresh-key",
            about: "the same fresh key was used again: fresh(seed, number) wants another number each time",
            answer: |envelopes| {
                read_and(envelopes, |step, text| {
                    let ghost = ghost_of(step.seed, step.from);
                    step.sealed(&ghost, step.names(), &step.to_key, 0, text)
                })
            },
        },
        Planted {
            name: "counted-anew",
            about: "the fresh keys' numbers begin again at 0 for other people: count all envelopes in one row",
            answer: |envelopes| {
                let people: Vec<(String, String)> = envelopes
                    .2
                    .iter()
                    .map(|(from, to, _)| (from.clone(), to.clone()))
                    .collect();
                read_and(envelopes, |step, text| {
                    let ghost = ghost_of(step.seed, step.from);
                    let earlier = people[..step.number].iter();
                    let number = earlier
                        .filter(|people| (&people.0[..], &people.1[..]) == (step.from, step.to))
                        .count();
                    step.sealed(&ghost, step.names(), &step.to_key, number, text)
                })
            },
        },
        Planted {
            name: "a-few-fresh-keys",
            about: "a few fresh keys were used in turn: each envelope needs one of its own, however many come",
            answer: |envelopes| {
                read_and(envelopes, |step, text| {
                    let ghost = ghost_of(step.seed, step.from);
                    step.sealed(&ghost, step.names(), &step.to_key, step.number % 4, text)
                })
            },
        },
        Planted {
            name: "drops-what-it-cannot-read",
            about: "what the relay could not open it dropped: those two were the careful ones, and will ask",
            answer: |envelopes| {
                passed(envelopes, |step| match step.read() {
                    Some(text) => {
                        let again = step.again(&text);
                        (Some(text), again)
                    }
                    None => (None, Vec::new()),
                })
            },
        },
        Planted {
            name: "seals-what-it-cannot-read",
            about: "where it could not read, it sealed an empty text: pass on as it came what does not open",
            answer: |envelopes| {
                passed(envelopes, |step| match step.read() {
                    Some(text) => {
                        let again = step.again(&text);
                        (Some(text), again)
                    }
                    None => (None, step.again(b"")),
                })
            },
        },
        Planted {
            name: "an-empty-text-for-none",
            about: "what the relay could not read came out as an empty text: there is a None for that",
            answer: |envelopes| {
                passed(envelopes, |step| match step.read() {
                    Some(text) => {
                        let again = step.again(&text);
                        (Some(text), again)
                    }
                    None => (Some(Vec::new()), step.came.to_vec()),
                })
            },
        },
        Planted {
            name: "skips-what-it-cannot-read",
            about: "what the relay could not open has no entry: each envelope has one, or a message is lost",
            answer: |envelopes| {
                let mut all = read_and(envelopes, |step, text| step.again(text));
                all.retain(|(text, _)| text.is_some());
                all
            },
        },
        Planted {
            name: "gives-up-at-the-first",
            about: "the work ended at the first envelope that did not open: the ones behind it were not read",
            answer: |envelopes| {
                let came: Vec<Vec<u8>> = envelopes.2.iter().map(|envelope| envelope.2.clone()).collect();
                let mut all = read_and(envelopes, |step, text| step.again(text));
                if let Some(first) = all.iter().position(|(text, _)| text.is_none()) {
                    for (entry, came) in all.iter_mut().zip(came).skip(first) {
                        *entry = (None, came);
                    }
                }
                all
            },
        },
        Planted {
            name: "as-text",
            about: "bytes were taken for text on the way: not every message is letters",
            answer: |envelopes| {
                passed(envelopes, |step| match step.read() {
                    Some(text) => {
                        let text = String::from_utf8_lossy(&text).into_owned().into_bytes();
                        let again = step.again(&text);
                        (Some(text), again)
                    }
                    None => (None, step.came.to_vec()),
                })
            },
        },
        Planted {
            name: "trimmed",
            about: "spaces or line ends around the text are gone: the recipient gets every byte that was written",
            answer: |envelopes| {
                passed(envelopes, |step| match step.read() {
                    Some(text) => {
                        let text = text.trim_ascii().to_vec();
                        let again = step.again(&text);
                        (Some(text), again)
                    }
                    None => (None, step.came.to_vec()),
                })
            },
        },
        Planted {
            name: "keys-of-names-that-begin-alike",
            about: "the key of another name was taken that only begins like it: compare the whole of them",
            answer: |envelopes| {
                looked_up(
                    envelopes,
                    |other, name| other.starts_with(name),
                    &|step| match step.read() {
                        Some(text) => {
                            let again = step.again(&text);
                            (Some(text), again)
                        }
                        None => (None, step.came.to_vec()),
                    },
                )
            },
        },
        Planted {
            name: "nothing",
            about: "no envelope came out at all",
            answer: |_| Vec::new(),
        },
    ]
}
