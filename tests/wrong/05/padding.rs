//! Lesson 05, `pad` and `unpad`: planted wrong answers.

use messaging_lab::course::student::Planted;
use messaging_lab::envelope::padding;

/// `text || 0x80 || zeros`, to this length.
fn filled(mut text: Vec<u8>, length: usize) -> Vec<u8> {
    text.push(0x80);
    text.resize(length.max(text.len()), 0);
    text
}

pub fn pad() -> Vec<Planted<Vec<u8>, Option<Vec<u8>>>> {
    vec![
        Planted {
            name: "as-handed-out",
            about: "padded to the next multiple of 16 bytes: that leaves the relay many sizes to tell apart",
            answer: |text| {
                let length = (text.len() + 1).next_multiple_of(16);
                Some(filled(text, length))
            },
        },
        Planted {
            name: "multiples-of-64",
            about: "padded to the next multiple of 64 bytes: the buckets are 64, 128, 256, ... and not 192",
            answer: |text| {
                let length = (text.len() + 1).next_multiple_of(64);
                (length <= 65_536).then(|| filled(text, length))
            },
        },
        Planted {
            name: "a-bucket-missing",
            about: "one of the buckets is missing: `BUCKETS` has all of them, each twice the one before",
            answer: |text| {
                let mut buckets = padding::BUCKETS.into_iter().filter(|&bucket| bucket != 4_096);
                let bucket = buckets.find(|&bucket| bucket > text.len())?;
                Some(filled(text, bucket))
            },
        },
        Planted {
            name: "no-room-for-the-mark",
            about: "a text exactly as long as a bucket got no 0x80: Bob's phone takes its last byte for the mark, or \
                    cuts zeros off it",
            answer: |text| {
                let bucket = padding::BUCKETS
                    .into_iter()
                    .find(|&bucket| bucket >= text.len())?;
                let mut padded = filled(text, bucket);
                padded.truncate(bucket);
                Some(padded)
            },
        },
        Planted {
            name: "mark-beyond-the-bucket",
            about: "the 0x80 of a text as long as a bucket stands behind the bucket: 65 bytes are a size of their own",
            answer: |text| {
                let bucket = padding::BUCKETS
                    .into_iter()
                    .find(|&bucket| bucket >= text.len())?;
                Some(filled(text, bucket))
            },
        },
        Planted {
            name: "zeros-only",
            about: "there is no 0x80: a text that ends in a zero byte loses it",
            answer: |mut text| {
                let bucket = padding::bucket_of(text.len()).ok()?;
                text.resize(bucket, 0);
                Some(text)
            },
        },
        Planted {
            name: "mark-at-the-end",
            about: "the 0x80 stands at the very end: it belongs directly behind the text",
            answer: |mut text| {
                let bucket = padding::bucket_of(text.len()).ok()?;
                text.resize(bucket - 1, 0);
                text.push(0x80);
                Some(text)
            },
        },
        Planted {
            name: "all-0x80",
            about: "the rest is full of 0x80: only the first is one, then zeros",
            answer: |mut text| {
                let bucket = padding::bucket_of(text.len()).ok()?;
                text.resize(bucket, 0x80);
                Some(text)
            },
        },
        Planted {
            name: "mark-is-80",
            about: "the mark is 80 in base ten; 0x80 is 128",
            answer: |text| {
                let bucket = padding::bucket_of(text.len()).ok()?;
                let at = text.len();
                let mut padded = filled(text, bucket);
                padded[at] = 80;
                Some(padded)
            },
        },
        Planted {
            name: "a-size-larger",
            about: "one bucket larger than needed: the text fits into half of it",
            answer: |text| {
                let bucket = padding::bucket_of(text.len()).ok()?;
                Some(filled(text, 2 * bucket))
            },
        },
        Planted {
            name: "always-the-largest",
            about: "everything fills the largest bucket: it hides every length, and 'ok' takes 65,536 bytes",
            answer: |text| (text.len() < 65_536).then(|| filled(text, 65_536)),
        },
        Planted {
            name: "always-64",
            about: "everything was made 64 bytes long, and what did not fit was cut off",
            answer: |mut text| {
                text.truncate(63);
                Some(filled(text, 64))
            },
        },
        Planted {
            name: "only-64",
            about: "what does not fit into 64 bytes was refused: there are larger buckets",
            answer: |text| (text.len() < 64).then(|| filled(text, 64)),
        },
        Planted {
            name: "too-long-as-it-is",
            about: "a text that fits into no bucket went out as it is, with its length for everybody to see",
            answer: |text| match padding::bucket_of(text.len()) {
                Ok(bucket) => Some(filled(text, bucket)),
                Err(_) => Some(text),
            },
        },
        Planted {
            name: "cut-to-the-largest",
            about: "a text that fits into no bucket was cut to the largest: say `None` instead of losing text",
            answer: |text| {
                let mut padded = filled(text.clone(), padding::bucket_of(text.len()).unwrap_or(65_536));
                padded.truncate(65_536);
                Some(padded)
            },
        },
        Planted {
            name: "buckets-below-64",
            about: "short texts went into buckets below 64 bytes: 64 is the smallest",
            answer: |text| {
                let bucket = (text.len() + 1).next_power_of_two();
                (bucket <= 65_536).then(|| filled(text, bucket))
            },
        },
        Planted {
            name: "no-mark-behind-a-mark",
            about: "a text that ends in 0x80 got no mark of its own: a text may end in any byte",
            answer: |mut text| {
                let bucket = padding::bucket_of(text.len()).ok()?;
                if text.last() == Some(&0x80) {
                    text.pop();
                }
                Some(filled(text, bucket))
            },
        },
        Planted {
            name: "beyond-the-largest",
            about: "the buckets were doubled beyond the largest, 65,536: Bob's phone refuses what is longer",
            answer: |text| {
                let mut bucket = 64;
                while bucket <= text.len() {
                    bucket *= 2;
                }
                Some(filled(text, bucket))
            },
        },
        Planted {
            name: "not-padded",
            about: "the text is as long as it was",
            answer: Some,
        },
        Planted {
            name: "mark-alone",
            about: "the 0x80 is there, the zeros are not",
            answer: |text| Some(filled(text, 0)),
        },
        Planted {
            name: "never",
            about: "it refuses everything",
            answer: |_| None,
        },
    ]
}

/// Where the 0x80 stands that only zeros follow.
fn mark(padded: &[u8]) -> Option<usize> {
    let end = padded.iter().rposition(|&byte| byte != 0)?;
    (padded[end] == 0x80).then_some(end)
}

pub fn unpad() -> Vec<Planted<Vec<u8>, Option<Vec<u8>>>> {
    vec![
        Planted {
            name: "as-handed-out",
            about: "cut off at the last 0x80, whatever stands behind it and however long it all is",
            answer: |padded| {
                let end = padded.iter().rposition(|&byte| byte == 0x80)?;
                Some(padded[..end].to_vec())
            },
        },
        Planted {
            name: "first-0x80",
            about: "cut off at the first 0x80: a text can contain that byte, too",
            answer: |padded| {
                let end = padded.iter().position(|&byte| byte == 0x80)?;
                padding::unpad(&padded).ok()?;
                Some(padded[..end].to_vec())
            },
        },
        Planted {
            name: "any-length",
            about: "mark and zeros are checked, the length is not: it must be that of the smallest bucket",
            answer: |padded| mark(&padded).map(|end| padded[..end].to_vec()),
        },
        Planted {
            name: "any-bucket",
            about: "every bucket was accepted: only the smallest into which the text fits is right, so that each \
                    text has one form",
            answer: |padded| {
                let end = mark(&padded).filter(|_| padding::BUCKETS.contains(&padded.len()))?;
                Some(padded[..end].to_vec())
            },
        },
        Planted {
            name: "multiples-of-64",
            about: "every multiple of 64 was taken for a bucket: they are 64, 128, 256, ... and not 192",
            answer: |padded| {
                let end = mark(&padded).filter(|_| padded.len() <= 65_536)?;
                ((end + 1).next_multiple_of(64) == padded.len()).then(|| padded[..end].to_vec())
            },
        },
        Planted {
            name: "multiples-of-16",
            about: "the text was padded again to a multiple of 16, as the `pad` that was handed out does: it is a bucket's length \
                    that must come out",
            answer: |padded| {
                let end = mark(&padded)?;
                ((end + 1).next_multiple_of(16) == padded.len()).then(|| padded[..end].to_vec())
            },
        },
        Planted {
            name: "first-0x80-and-no-further",
            about: "the first 0x80 was taken for the mark, and texts that contain one were refused: look from the end",
            answer: |padded| {
                let text = padding::unpad(&padded).ok()?;
                (!text.contains(&0x80)).then(|| text.to_vec())
            },
        },
        Planted {
            name: "only-utf-8",
            about: "what is no UTF-8 was refused: a text may contain any bytes",
            answer: |padded| {
                let text = padding::unpad(&padded).ok()?;
                std::str::from_utf8(text).is_ok().then(|| text.to_vec())
            },
        },
        Planted {
            name: "buckets-below-64",
            about: "buckets below 64 bytes were expected for short texts: 64 is the smallest",
            answer: |padded| {
                let end = mark(&padded).filter(|_| padded.len() <= 65_536)?;
                ((end + 1).next_power_of_two() == padded.len()).then(|| padded[..end].to_vec())
            },
        },
        Planted {
            name: "beyond-the-largest",
            about: "a bucket beyond the largest, 65,536, was accepted",
            answer: |padded| {
                let end = mark(&padded)?;
                ((end + 1).next_power_of_two().max(64) == padded.len()).then(|| padded[..end].to_vec())
            },
        },
        Planted {
            name: "zeros-are-an-empty-text",
            about: "zeros without a mark were taken for an empty text: the mark is always there",
            answer: |padded| match padding::unpad(&padded) {
                Ok(text) => Some(text.to_vec()),
                Err(_) => padded.iter().all(|&byte| byte == 0).then(Vec::new),
            },
        },
        Planted {
            name: "any-mark",
            about: "the zeros were taken off and then one byte, whatever it was: it must be an 0x80",
            answer: |padded| {
                let end = padded.iter().rposition(|&byte| byte != 0)?;
                (padding::bucket_of(end) == Ok(padded.len())).then(|| padded[..end].to_vec())
            },
        },
        Planted {
            name: "bucket-too-large-by-one",
            about: "a text of 63 bytes was accepted in 128: off by one, it fits into 64 beside its 0x80",
            answer: |padded| {
                let end = mark(&padded)?;
                let fits = padded.len() == 64 || end + 1 >= padded.len() / 2;
                (padding::BUCKETS.contains(&padded.len()) && fits).then(|| padded[..end].to_vec())
            },
        },
        Planted {
            name: "bucket-too-small-by-one",
            about: "a text of 64 bytes was refused in 128: off by one, 64 have no room for its 0x80",
            answer: |padded| {
                let text = padding::unpad(&padded).ok()?;
                (padded.len() == 64 || text.len() > padded.len() / 2).then(|| text.to_vec())
            },
        },
        Planted {
            name: "exact-fit-accepted",
            about: "a bucket full of text without a mark was accepted: the mark is always there",
            answer: |padded| match padding::unpad(&padded) {
                Ok(text) => Some(text.to_vec()),
                Err(_) if padded.last().is_some_and(|&last| last != 0) => Some(padded),
                Err(_) => None,
            },
        },
        Planted {
            name: "mark-kept",
            about: "the 0x80 is still there: it is no part of the text",
            answer: |padded| {
                let end = padding::unpad(&padded).ok()?.len();
                Some(padded[..=end].to_vec())
            },
        },
        Planted {
            name: "all-marks-off",
            about: "more than one 0x80 was taken off: a text can end in that byte",
            answer: |padded| {
                let mut text = padding::unpad(&padded).ok()?.to_vec();
                while text.last() == Some(&0x80) {
                    text.pop();
                }
                Some(text)
            },
        },
        Planted {
            name: "text-zeros-off",
            about: "zeros in front of the 0x80 were taken off, too: they belong to the text",
            answer: |padded| {
                let mut text = padding::unpad(&padded).ok()?.to_vec();
                while text.last() == Some(&0) {
                    text.pop();
                }
                Some(text)
            },
        },
        Planted {
            name: "not-behind-the-mark",
            about: "the length is checked, what stands behind the 0x80 is not: there must be zeros",
            answer: |padded| {
                let end = padded.iter().rposition(|&byte| byte == 0x80)?;
                (padding::bucket_of(end) == Ok(padded.len())).then(|| padded[..end].to_vec())
            },
        },
        Planted {
            name: "empty-refused",
            about: "the padding of an empty text was refused: that is a text, too",
            answer: |padded| {
                let text = padding::unpad(&padded).ok()?;
                (!text.is_empty()).then(|| text.to_vec())
            },
        },
        Planted {
            name: "bad-is-empty",
            about: "bad padding became an empty text: Bob would see that something came, and not that it was bad",
            answer: |padded| Some(padding::unpad(&padded).unwrap_or_default().to_vec()),
        },
        Planted {
            name: "as-it-is",
            about: "nothing was taken off",
            answer: Some,
        },
        Planted {
            name: "never",
            about: "it refuses everything",
            answer: |_| None,
        },
    ]
}
