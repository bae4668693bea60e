//! Lesson 04, spot_the_flaw: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::crypto::sealer::{Flaw, Line};

use super::super::{Nonce, Transcripts};

/// What of a line is looked at.
type Parts<'a> = (&'a Nonce, &'a [u8], &'a [u8], &'a [u8]);

/// What a sealer sent: nonce, header, text, sealed bytes.
fn sealed_lines(lines: &[Line]) -> Vec<Parts<'_>> {
    lines
        .iter()
        .filter_map(|line| match line {
            Line::Sealed {
                nonce,
                header,
                text,
                sealed,
            } => Some((nonce, &header[..], &text[..], &sealed[..])),
            Line::Opened { .. } => None,
        })
        .collect()
}

/// What a sealer showed: nonce, header, sealed bytes, text.
fn shown_lines(lines: &[Line]) -> Vec<Parts<'_>> {
    lines
        .iter()
        .filter_map(|line| match line {
            Line::Opened {
                nonce,
                header,
                sealed,
                text: Some(text),
            } => Some((nonce, &header[..], &sealed[..], &text[..])),
            _ => None,
        })
        .collect()
}

fn has_twins<T: Ord>(mut list: Vec<T>) -> bool {
    list.sort();
    list.windows(2).any(|pair| pair[0] == pair[1])
}

fn reuses(lines: &[Line]) -> bool {
    has_twins(sealed_lines(lines).iter().map(|(nonce, ..)| *nonce).collect())
}

fn cuts(lines: &[Line]) -> bool {
    sealed_lines(lines)
        .iter()
        .any(|(_, _, text, sealed)| sealed.len() < text.len() + 16)
}

/// Shows a text for bytes that were never sent under that nonce.
fn believes_all(lines: &[Line]) -> bool {
    let sent = sealed_lines(lines);
    shown_lines(lines)
        .iter()
        .any(|(nonce, _, sealed, _)| !sent.iter().any(|(n, _, _, s)| n == nonce && s == sealed))
}

/// Shows a text under a header that it was not sent with.
fn ignores_headers(lines: &[Line]) -> bool {
    let sent = sealed_lines(lines);
    shown_lines(lines).iter().any(|(nonce, header, sealed, _)| {
        !sent
            .iter()
            .any(|(n, h, _, s)| n == nonce && h == header && s == sealed)
    })
}

/// Whether a transcript shows some flaw.
type Test = fn(&[Line]) -> bool;

/// The first of these flaws whose test says so, for each sealer.
fn judged(transcripts: &Transcripts, tests: &[(Flaw, Test)]) -> Vec<Option<Flaw>> {
    let flaw = |lines: &Vec<Line>| tests.iter().find(|(_, test)| test(lines)).map(|(flaw, _)| *flaw);
    transcripts.iter().map(flaw).collect()
}

/// The right judgement, but for the test of one flaw.
fn but_for(transcripts: &Transcripts, changed: Flaw, test: Test) -> Vec<Option<Flaw>> {
    let right: [(Flaw, Test); 4] = [
        (Flaw::TagCut, cuts),
        (Flaw::NonceReused, reuses),
        (Flaw::TagUnchecked, believes_all),
        (Flaw::HeaderUncovered, ignores_headers),
    ];
    let tests = right.map(|(flaw, right)| (flaw, if flaw == changed { test } else { right }));
    judged(transcripts, &tests)
}

pub fn spot_the_flaw() -> Vec<Planted<Transcripts, Vec<Option<Flaw>>>> {
    use Flaw::{HeaderUncovered, NonceReused, TagCut, TagUnchecked};
    vec![
        Planted {
            name: "all-sound",
            about: "every sealer is called sound",
            answer: |transcripts| vec![None; transcripts.len()],
        },
        Planted {
            name: "all-the-same",
            about: "every sealer gets the same flaw",
            answer: |transcripts| vec![Some(NonceReused); transcripts.len()],
        },
        Planted {
            name: "part-of-the-nonce",
            about: "only a part of the nonces was compared: two are the same if all 12 bytes are",
            answer: |transcripts| {
                but_for(&transcripts, NonceReused, |lines| {
                    has_twins(sealed_lines(lines).iter().map(|line| &line.0[4..]).collect())
                })
            },
        },
        Planted {
            name: "bytes-of-the-nonce",
            about: "nonces of the same bytes in another order, or of the same sum, were taken for the same",
            answer: |transcripts| {
                but_for(&transcripts, NonceReused, |lines| {
                    let sorted = |nonce: &Nonce| {
                        let mut bytes = nonce.to_vec();
                        bytes.sort_unstable();
                        bytes
                    };
                    has_twins(sealed_lines(lines).iter().map(|line| sorted(line.0)).collect())
                })
            },
        },
        Planted {
            name: "first-line-decides",
            about: "the first line that shows a flaw decided: a later one may show that no tag is checked at all",
            answer: |transcripts| {
                but_for(&transcripts, TagUnchecked, |lines| {
                    let sent = sealed_lines(lines);
                    let other = |(nonce, _, sealed, _): &Parts| {
                        !sent.iter().any(|(n, _, _, s)| n == nonce && s == sealed)
                    };
                    let shown = shown_lines(lines);
                    let first = shown.iter().find(|line| {
                        other(line) || !sent.iter().any(|sent| sent.3 == line.2 && sent.1 == line.1)
                    });
                    first.is_some_and(other)
                })
            },
        },
        Planted {
            name: "part-of-the-header",
            about: "only a part of the header was compared",
            answer: |transcripts| {
                but_for(&transcripts, HeaderUncovered, |lines| {
                    let sent = sealed_lines(lines);
                    shown_lines(lines).iter().any(|(nonce, header, sealed, _)| {
                        let own = sent.iter().find(|(n, _, _, s)| n == nonce && s == sealed);
                        own.is_some_and(|own| own.1.first() != header.first())
                    })
                })
            },
        },
        Planted {
            name: "cut-is-the-same",
            about: "bytes were taken for the same although some were cut off: `zip` ends with the shorter of the two",
            answer: |transcripts| {
                but_for(&transcripts, TagUnchecked, |lines| {
                    let sent = sealed_lines(lines);
                    shown_lines(lines).iter().any(|(nonce, _, sealed, _)| {
                        !sent
                            .iter()
                            .any(|(n, _, _, s)| n == nonce && s.starts_with(sealed))
                    })
                })
            },
        },
        Planted {
            name: "part-of-an-opened-nonce",
            about: "the nonce was not compared, or not all of it: under another one the same bytes must not open",
            answer: |transcripts| {
                but_for(&transcripts, TagUnchecked, |lines| {
                    let sent = sealed_lines(lines);
                    shown_lines(lines).iter().any(|(nonce, _, sealed, _)| {
                        !sent
                            .iter()
                            .any(|(n, _, _, s)| n[4..] == nonce[4..] && s == sealed)
                    })
                })
            },
        },
        Planted {
            name: "first-nonce-only",
            about: "only the first nonce was looked for again: any of them may come back",
            answer: |transcripts| {
                but_for(&transcripts, NonceReused, |lines| {
                    let sent = sealed_lines(lines);
                    sent.iter().skip(1).any(|line| line.0 == sent[0].0)
                })
            },
        },
        Planted {
            name: "reuse-of-zero",
            about: "only the nonce of zeros was looked for: a sealer may begin elsewhere, or draw its nonces",
            answer: |transcripts| {
                but_for(&transcripts, NonceReused, |lines| {
                    sealed_lines(lines)
                        .iter()
                        .filter(|line| *line.0 == [0; 12])
                        .count()
                        > 1
                })
            },
        },
        Planted {
            name: "has-to-count-up",
            about: "nonces that do not count up were taken for reused: any order will do, if none comes twice",
            answer: |transcripts| {
                but_for(&transcripts, NonceReused, |lines| {
                    let order = |nonce: &Nonce| nonce.iter().rev().copied().collect::<Vec<u8>>();
                    sealed_lines(lines)
                        .windows(2)
                        .any(|pair| order(pair[1].0) <= order(pair[0].0))
                })
            },
        },
        Planted {
            name: "four-bytes-of-tag",
            about: "a tag was called cut only where few bytes of it are left: less than 16 is cut",
            answer: |transcripts| {
                but_for(&transcripts, TagCut, |lines| {
                    sealed_lines(lines)
                        .iter()
                        .any(|(_, _, text, sealed)| sealed.len() < text.len() + 8)
                })
            },
        },
        Planted {
            name: "nonce-and-bytes-apart",
            about: "nonce and sealed bytes were both looked up, but not together: they have to be those of one message",
            answer: |transcripts| {
                but_for(&transcripts, TagUnchecked, |lines| {
                    let sent = sealed_lines(lines);
                    shown_lines(lines).iter().any(|(nonce, _, sealed, _)| {
                        !sent.iter().any(|line| line.0 == *nonce)
                            || !sent.iter().any(|line| line.3 == *sealed)
                    })
                })
            },
        },
        Planted {
            name: "same-length",
            about: "only the length of the sealed bytes was compared",
            answer: |transcripts| {
                but_for(&transcripts, TagUnchecked, |lines| {
                    let sent = sealed_lines(lines);
                    shown_lines(lines).iter().any(|(nonce, _, sealed, _)| {
                        !sent
                            .iter()
                            .any(|(n, _, _, s)| n == nonce && s.len() == sealed.len())
                    })
                })
            },
        },
        Planted {
            name: "opened-twice",
            about: "the same message was opened twice, and that was taken for a flaw: its tag fits each time",
            answer: |transcripts| {
                but_for(&transcripts, TagUnchecked, |lines| {
                    believes_all(lines) || has_twins(shown_lines(lines))
                })
            },
        },
        Planted {
            name: "first-sealer-only",
            about: "only the first sealer was looked at",
            answer: |transcripts| {
                let mut all = vec![None; transcripts.len()];
                let first: Transcripts = transcripts.into_iter().take(1).collect();
                let found = judged(
                    &first,
                    &[
                        (TagCut, cuts),
                        (NonceReused, reuses),
                        (TagUnchecked, believes_all),
                        (HeaderUncovered, ignores_headers),
                    ],
                );
                all[..found.len()].copy_from_slice(&found);
                all
            },
        },
        Planted {
            name: "empty-header-is-none",
            about: "a header was taken for changed only if it was not empty before",
            answer: |transcripts| {
                but_for(&transcripts, HeaderUncovered, |lines| {
                    let sent = sealed_lines(lines);
                    shown_lines(lines).iter().any(|(nonce, header, sealed, _)| {
                        sent.iter()
                            .any(|(n, h, _, s)| n == nonce && s == sealed && h != header && !h.is_empty())
                    })
                })
            },
        },
        Planted {
            name: "header-length",
            about: "only the length of the header was compared, or its end",
            answer: |transcripts| {
                but_for(&transcripts, HeaderUncovered, |lines| {
                    let sent = sealed_lines(lines);
                    shown_lines(lines).iter().any(|(nonce, header, sealed, _)| {
                        sent.iter()
                            .any(|(n, h, _, s)| n == nonce && s == sealed && h.len() != header.len())
                    })
                })
            },
        },
        Planted {
            name: "opening-is-no-reuse",
            about: "nonces of Opened lines were counted: opening a message again under its nonce is no second use",
            answer: |transcripts| {
                but_for(&transcripts, NonceReused, |lines| {
                    has_twins(
                        lines
                            .iter()
                            .map(|(Line::Sealed { nonce, .. } | Line::Opened { nonce, .. })| nonce)
                            .collect(),
                    )
                })
            },
        },
        Planted {
            name: "nonces-of-strangers",
            about: "nonces of different sealers were compared; each has a key of its own, and may count from 0",
            answer: |transcripts| {
                let mut seen: Vec<&Nonce> = Vec::new();
                let each = transcripts.iter().map(|lines| {
                    let own: Vec<&Nonce> = sealed_lines(lines).iter().map(|(nonce, ..)| *nonce).collect();
                    let reused = own.iter().any(|nonce| seen.contains(nonce)) || reuses(lines);
                    seen.extend(own);
                    reused
                });
                let reused: Vec<bool> = each.collect();
                let others = judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (TagUnchecked, believes_all),
                        (HeaderUncovered, ignores_headers),
                    ],
                );
                reused
                    .iter()
                    .zip(others)
                    .map(|(reused, other)| if *reused { Some(NonceReused) } else { other })
                    .collect()
            },
        },
        Planted {
            name: "neighbours-only",
            about: "only neighbouring nonces were compared; after a restart the same one comes back later",
            answer: |transcripts| {
                but_for(&transcripts, NonceReused, |lines| {
                    sealed_lines(lines).windows(2).any(|pair| pair[0].0 == pair[1].0)
                })
            },
        },
        Planted {
            name: "nonce-and-header",
            about: "a nonce was taken for used only under the same header; the keystream knows no header",
            answer: |transcripts| {
                but_for(&transcripts, NonceReused, |lines| {
                    has_twins(sealed_lines(lines).iter().map(|(n, h, ..)| (*n, *h)).collect())
                })
            },
        },
        Planted {
            name: "the-same-bytes-only",
            about: "a nonce was taken for reused only if the sealed bytes are the same; with two texts they never are",
            answer: |transcripts| {
                but_for(&transcripts, NonceReused, |lines| {
                    has_twins(sealed_lines(lines).iter().map(|(n, _, _, s)| (*n, *s)).collect())
                })
            },
        },
        Planted {
            name: "nonce-not-compared",
            about: "the nonce was not compared, or not all of it: under another one the same bytes must not open",
            answer: |transcripts| {
                but_for(&transcripts, TagUnchecked, |lines| {
                    let sent = sealed_lines(lines);
                    shown_lines(lines)
                        .iter()
                        .any(|(_, _, sealed, _)| !sent.iter().any(|(.., s)| s == sealed))
                })
            },
        },
        Planted {
            name: "shorter-than-a-tag",
            about: "the length was compared with 16 alone: the tag comes on top of the text",
            answer: |transcripts| {
                but_for(&transcripts, TagCut, |lines| {
                    sealed_lines(lines)
                        .iter()
                        .all(|(_, _, _, sealed)| sealed.len() < 16)
                })
            },
        },
        Planted {
            name: "header-is-all-it-sees",
            about: "who looks at no tag notices no header either: look first whether changed bytes pass",
            answer: |transcripts| {
                judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (NonceReused, reuses),
                        (HeaderUncovered, |lines| {
                            let sent = sealed_lines(lines);
                            shown_lines(lines).iter().any(|(nonce, header, sealed, _)| {
                                sent.iter()
                                    .any(|(n, h, _, s)| n == nonce && s == sealed && h != header)
                            })
                        }),
                        (TagUnchecked, believes_all),
                    ],
                )
            },
        },
        Planted {
            name: "header-is-a-tag",
            about: "a header that may be swapped was taken for a tag that nobody checks: the bytes themselves are guarded",
            answer: |transcripts| {
                judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (NonceReused, reuses),
                        (TagUnchecked, ignores_headers),
                    ],
                )
            },
        },
        Planted {
            name: "a-header-seen-before",
            about: "a header passed because some message had it; it has to be this message's own",
            answer: |transcripts| {
                but_for(&transcripts, HeaderUncovered, |lines| {
                    let sent = sealed_lines(lines);
                    shown_lines(lines)
                        .iter()
                        .any(|(_, header, ..)| !sent.iter().any(|(_, h, ..)| h == header))
                })
            },
        },
        Planted {
            name: "the-text-came-out-right",
            about: "a changed tag over an unchanged text was let pass: that the text is right does not show that the tag was checked",
            answer: |transcripts| {
                but_for(&transcripts, TagUnchecked, |lines| {
                    let sent = sealed_lines(lines);
                    shown_lines(lines)
                        .iter()
                        .any(|(.., text)| !sent.iter().any(|(_, _, t, _)| t == text))
                })
            },
        },
        Planted {
            name: "refusing-is-a-flaw",
            about: "a refusal was taken for the flaw; a sealer that refuses what was changed does its work",
            answer: |transcripts| {
                but_for(&transcripts, TagUnchecked, |lines| {
                    lines
                        .iter()
                        .any(|line| matches!(line, Line::Opened { text: None, .. }))
                })
            },
        },
        Planted {
            name: "flawed-ones-only",
            about: "sound sealers were left out of the list: there is one answer for each",
            answer: |transcripts| {
                let all = judged(
                    &transcripts,
                    &[
                        (TagCut, cuts),
                        (NonceReused, reuses),
                        (TagUnchecked, believes_all),
                        (HeaderUncovered, ignores_headers),
                    ],
                );
                all.into_iter().filter(Option::is_some).collect()
            },
        },
        Planted {
            name: "nothing",
            about: "the list is always empty",
            answer: |_| Vec::new(),
        },
    ]
}
