//! Lesson 03, carve: planted wrong answers.

use messaging_lab::course::student::Planted;

use super::super::as_set;

/// A record as a carver sees it.
struct Found<'a> {
    kind: u8,
    number: &'a [u8],
    bytes: &'a [u8],
}

fn body(record: &Found<'_>) -> Vec<u8> {
    let end = record.bytes.len().saturating_sub(4);
    record.bytes.get(63..end).unwrap_or_default().to_vec()
}

/// The records of an image, one behind the other.
fn records(image: &[u8], length: fn(&[u8; 4]) -> usize) -> Vec<Found<'_>> {
    let mut rest = image.get(8..).unwrap_or_default();
    let mut found = Vec::new();
    while let Some(head) = rest.first_chunk() {
        let length = length(head);
        if length < 53 || length > rest.len() {
            break;
        }
        let (bytes, behind) = rest.split_at(length);
        found.push(Found {
            kind: bytes[8],
            number: &bytes[9..17],
            bytes,
        });
        rest = behind;
    }
    found
}

fn big_endian(head: &[u8; 4]) -> usize {
    u32::from_be_bytes(*head) as usize
}

/// The bodies of the messages that `deleted` says are deleted, given all records and the message's place among them.
fn carved(image: &[u8], deleted: &dyn Fn(&[Found<'_>], usize) -> bool) -> Vec<Vec<u8>> {
    taken(&records(image, big_endian), deleted, body)
}

/// What `bytes` takes from the records of such messages.
fn taken(
    records: &[Found<'_>],
    deleted: &dyn Fn(&[Found<'_>], usize) -> bool,
    bytes: fn(&Found<'_>) -> Vec<u8>,
) -> Vec<Vec<u8>> {
    let mut taken = Vec::new();
    for (at, record) in records.iter().enumerate() {
        if record.kind == 1 && deleted(records, at) {
            taken.push(bytes(record));
        }
    }
    taken
}

fn marked(records: &[Found<'_>], at: usize) -> bool {
    records
        .iter()
        .any(|record| record.kind == 3 && record.number == records[at].number)
}

pub fn carve() -> Vec<Planted<Vec<u8>, Vec<Vec<u8>>>> {
    vec![
        Planted {
            name: "all-bodies",
            about: "living messages were listed too: a body counts if its message's mark (kind 3) stands \
                in the journal",
            answer: |image| carved(&image, &|_, _| true),
        },
        Planted {
            name: "the-living",
            about: "those are the messages without a mark",
            answer: |image| carved(&image, &|records, at| !marked(records, at)),
        },
        Planted {
            name: "finds-nothing",
            about: "no body at all. Where a record begins: the first at byte 8, each further one by its length (big-endian, \
                the whole record), whatever kind it is. In it: the kind at byte 8, the number from byte 9. And a \
                mark stands behind its message: when that is read, its mark has not been",
            answer: |_| Vec::new(),
        },
        Planted {
            name: "order-of-marks",
            about: "the bodies stand in the order in which they were deleted, not in which they stand in \
                the file",
            answer: |image| {
                let records = records(&image, big_endian);
                let marks = records.iter().filter(|record| record.kind == 3);
                let message = |mark: &Found<'_>| {
                    records
                        .iter()
                        .find(|record| record.kind == 1 && record.number == mark.number)
                        .map(body)
                };
                marks.filter_map(message).collect()
            },
        },
        Planted {
            name: "half-the-number",
            about: "only the second half of the message numbers was compared: that says where the app kept the message, and \
                such places are used again",
            answer: |image| {
                carved(&image, &|records, at| {
                    let slot = &records[at].number[4..];
                    records
                        .iter()
                        .any(|record| record.kind == 3 && &record.number[4..] == slot)
                })
            },
        },
        Planted {
            name: "number-one-byte-late",
            about: "the number was read from a later byte on, or not all of it: it is the eight bytes from byte 9 on",
            answer: |image| {
                let number = |record: &Found<'_>| record.bytes[10..18].to_vec();
                carved(&image, &|records, at| {
                    let mut marks = records.iter().filter(|record| record.kind == 3);
                    marks.any(|mark| number(mark) == number(&records[at]))
                })
            },
        },
        Planted {
            name: "half-the-number-in-front",
            about: "not all of the message numbers was compared: they have eight bytes, and each of them counts",
            answer: |image| {
                carved(&image, &|records, at| {
                    let mut marks = records.iter().filter(|record| record.kind == 3);
                    marks.any(|mark| mark.number[..4] == records[at].number[..4])
                })
            },
        },
        Planted {
            name: "all-but-a-byte-of-the-number",
            about: "not all of the message numbers was compared: they have eight bytes, and each of them counts",
            answer: |image| {
                carved(&image, &|records, at| {
                    let mut marks = records.iter().filter(|record| record.kind == 3);
                    marks.any(|mark| mark.number[..7] == records[at].number[..7])
                })
            },
        },
        Planted {
            name: "by-number",
            about: "the bodies stand in the order of their numbers: the file's own order is asked for",
            answer: |image| {
                let records = records(&image, big_endian);
                let mut found = taken(&records, &marked, |record| {
                    [record.number, &body(record)].concat()
                });
                found.sort();
                found.iter().map(|found| found[8..].to_vec()).collect()
            },
        },
        Planted {
            name: "neighbours-once",
            about: "two messages with the same text, one behind the other, became one (`dedup`?): each counts",
            answer: |image| {
                let mut bodies = carved(&image, &marked);
                bodies.dedup();
                bodies
            },
        },
        Planted {
            name: "zeros-cut-off",
            about: "zeros at the end of a body were cut off: a body is all bytes up to the check, whatever they are",
            answer: |image| {
                let mut bodies = carved(&image, &marked);
                for body in &mut bodies {
                    while body.last() == Some(&0) {
                        body.pop();
                    }
                }
                bodies
            },
        },
        Planted {
            name: "any-later-record",
            about: "a later record with the same number may also say that the timer was started: only \
                kind 3 is the mark",
            answer: |image| {
                carved(&image, &|records, at| {
                    records[at + 1..]
                        .iter()
                        .any(|record| record.number == records[at].number)
                })
            },
        },
        Planted {
            name: "mark-of-the-message-before",
            about: "a mark belongs to the message with its number, wherever that stands: not to the last one before it",
            answer: |image| {
                carved(&image, &|records, at| {
                    let later = records[at + 1..]
                        .iter()
                        .find(|record| matches!(record.kind, 1 | 3));
                    later.is_some_and(|record| record.kind == 3)
                })
            },
        },
        Planted {
            name: "check-included",
            about: "the four bytes of the check at the end were taken for part of the body",
            answer: |image| {
                let records = records(&image, big_endian);
                taken(&records, &marked, |record| record.bytes[63..].to_vec())
            },
        },
        Planted {
            name: "fields-included",
            about: "chat, flags and timer (14 bytes from 49 on) were taken for part of the body",
            answer: |image| {
                let records = records(&image, big_endian);
                taken(&records, &marked, |record| {
                    record.bytes[49..record.bytes.len() - 4].to_vec()
                })
            },
        },
        Planted {
            name: "first-letter-missing",
            about: "the body begins at byte 63, counted from 0",
            answer: |image| {
                let mut bodies = carved(&image, &marked);
                bodies.iter_mut().for_each(|body| {
                    body.remove(0);
                });
                bodies
            },
        },
        Planted {
            name: "last-letter-missing",
            about: "the check at the end takes four bytes; five were cut off",
            answer: |image| {
                let mut bodies = carved(&image, &marked);
                bodies.iter_mut().for_each(|body| {
                    body.pop();
                });
                bodies
            },
        },
        Planted {
            name: "everything-behind",
            about: "everything up to the file's end was taken for the body: it ends with its own record",
            answer: |image| {
                let all = records(&image, big_endian);
                let mut bodies = Vec::new();
                let mut at = 8;
                for (number, record) in all.iter().enumerate() {
                    if record.kind == 1 && marked(&all, number) {
                        bodies.push(image[at + 63..].to_vec());
                    }
                    at += record.bytes.len();
                }
                bodies
            },
        },
        Planted {
            name: "last-record-missed",
            about: "a record that ends with the file's last byte is whole: the last mark was missed",
            answer: |image| {
                let all = records(&image, big_endian);
                let read: usize = 8 + all.iter().map(|record| record.bytes.len()).sum::<usize>();
                let last = usize::from(read == image.len());
                taken(&all[..all.len() - last], &marked, body)
            },
        },
        Planted {
            name: "in-a-set",
            about: "the bodies were kept in a sorted set: it forgets their order, and one of two that are alike",
            answer: |image| as_set(carved(&image, &marked)),
        },
        Planted {
            name: "short-lengths-only",
            about: "only the last byte of the length was read: a record of 256 bytes or more ends the walk",
            answer: |image| {
                let records = records(&image, |head| usize::from(head[3]));
                taken(&records, &marked, body)
            },
        },
        Planted {
            name: "two-byte-lengths",
            about: "only the last two bytes of the length were read: the longest bodies need three",
            answer: |image| {
                let records = records(&image, |head| usize::from(head[2]) << 8 | usize::from(head[3]));
                taken(&records, &marked, body)
            },
        },
        Planted {
            name: "torn-mark-counts",
            about: "a record that was cut short was read all the same: what did not arrive whole did not \
                happen",
            answer: |image| {
                let all = records(&image, big_endian);
                let read: usize = 8 + all.iter().map(|record| record.bytes.len()).sum::<usize>();
                let torn = image.get(read..).unwrap_or_default();
                let torn_mark = torn.get(9..17).filter(|_| torn[8] == 3);
                let deleted =
                    |all: &[Found<'_>], at: usize| marked(all, at) || torn_mark == Some(all[at].number);
                taken(&all, &deleted, body)
            },
        },
        Planted {
            name: "each-text-once",
            about: "two messages with the same text are two messages",
            answer: |image| {
                let mut once: Vec<Vec<u8>> = Vec::new();
                for body in carved(&image, &marked) {
                    if !once.contains(&body) {
                        once.push(body);
                    }
                }
                once
            },
        },
        Planted {
            name: "same-text-same-message",
            about: "the mark was looked up by the text: another message with that text still lives",
            answer: |image| {
                carved(&image, &|records, at| {
                    (0..records.len()).any(|other| {
                        records[other].kind == 1
                            && marked(records, other)
                            && body(&records[other]) == body(&records[at])
                    })
                })
            },
        },
        Planted {
            name: "text-only",
            about: "a body that is no text was left out: pictures are deleted too",
            answer: |image| {
                let mut bodies = carved(&image, &marked);
                bodies.retain(|body| std::str::from_utf8(body).is_ok());
                bodies
            },
        },
        Planted {
            name: "one-byte-of-the-number",
            about: "one byte of the message numbers was compared, or a few: they have eight, and each of them counts",
            answer: |image| {
                carved(&image, &|records, at| {
                    let serial = records[at].number[3];
                    records
                        .iter()
                        .any(|record| record.kind == 3 && record.number[3] == serial)
                })
            },
        },
        Planted {
            name: "sorted-by-small-ends",
            about: "the bodies were sorted by their numbers, read from the wrong end: the file's own order is asked for",
            answer: |image| {
                let records = records(&image, big_endian);
                let mut found = taken(&records, &marked, |record| {
                    let reversed: Vec<u8> = record.number.iter().rev().copied().collect();
                    [reversed, body(record)].concat()
                });
                found.sort();
                found.iter().map(|found| found[8..].to_vec()).collect()
            },
        },
        Planted {
            name: "ends-at-other-kinds",
            about: "the walk ended at a record that is neither message nor mark nor start: step over it, its length is there",
            answer: |image| {
                let records = records(&image, big_endian);
                let other = |record: &Found<'_>| !matches!(record.kind, 1 | 2 | 3 | 5);
                let end = records.iter().position(other).unwrap_or(records.len());
                taken(&records[..end], &marked, body)
            },
        },
        Planted {
            name: "empty-bodies-left-out",
            about: "a message without a letter was left out: its record holds a body of 0 bytes",
            answer: |image| {
                let mut bodies = carved(&image, &marked);
                bodies.retain(|body| !body.is_empty());
                bodies
            },
        },
        Planted {
            name: "only-empty-is-short",
            about: "a file with fewer than eight bytes was read as if they were there; only an empty one was spared",
            answer: |image| {
                if image.is_empty() {
                    return Vec::new();
                }
                assert!(image.len() >= 8, "range start index 8 out of range");
                carved(&image, &marked)
            },
        },
        Planted {
            name: "first-only",
            about: "the search ended too soon, as at the first one or at a record of another kind",
            answer: |image| {
                let mut bodies = carved(&image, &marked);
                bodies.truncate(1);
                bodies
            },
        },
        Planted {
            name: "marks-anywhere",
            about: "bytes inside a body were taken for records: walk from record to record, the length \
                says where the next one is",
            answer: |image| {
                let at_any_byte = |at: usize| {
                    let length = big_endian(image[at..].first_chunk()?);
                    let flipped = image.get(at + 4..at + 8)?;
                    let fits = flipped.iter().zip(&image[at..]).all(|(a, b)| *a == !*b);
                    let bytes = image.get(at..at.checked_add(length)?)?;
                    (fits && length >= 53).then(|| Found {
                        kind: bytes[8],
                        number: &bytes[9..17],
                        bytes,
                    })
                };
                let found: Vec<Found<'_>> = (0..image.len()).filter_map(at_any_byte).collect();
                taken(&found, &marked, body)
            },
        },
    ]
}
