//! Dates as people write them, in UTC: `2026-10-01` (its last second) or `2026-10-01T18:00Z`.

const DAY: u64 = 86_400;

/// Seconds since 1970.
///
/// # Errors
/// How a date is written.
pub fn read(text: &str) -> Result<u64, String> {
    let wrong = || {
        format!(
            "a date is written 2026-10-01 or 2026-10-01T18:00Z (UTC), not \"{}\"",
            text.escape_default()
        )
    };
    let (date, time) = match text.split_once(['T', ' ']) {
        Some((date, time)) => (date, Some(time.trim_end_matches('Z'))),
        None => (text, None),
    };
    let numbers = |text: &str, sign: char| -> Option<Vec<u64>> {
        let digits =
            |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
        text.split(sign)
            .map(|part| if digits(part) { part.parse().ok() } else { None })
            .collect()
    };
    let date = numbers(date, '-').ok_or_else(wrong)?;
    let &[year, month, day] = &date[..] else {
        return Err(wrong());
    };
    let time = match time {
        None => 23 * 3_600 + 59 * 60 + 59,
        Some(time) => match numbers(time, ':').ok_or_else(wrong)?[..] {
            [hour, minute] if hour < 24 && minute < 60 => hour * 3_600 + minute * 60,
            [hour, minute, second] if hour < 24 && minute < 60 && second < 60 => {
                hour * 3_600 + minute * 60 + second
            }
            _ => return Err(wrong()),
        },
    };
    if !(1970..=9999).contains(&year)
        || !(1..=12).contains(&month)
        || !(1..=days_in(year, month)).contains(&day)
    {
        return Err(wrong());
    }
    let years: u64 = (1970..year)
        .map(|year| (1..=12).map(|month| days_in(year, month)).sum::<u64>())
        .sum();
    let months: u64 = (1..month).map(|month| days_in(year, month)).sum();
    Ok((years + months + day - 1) * DAY + time)
}

/// `2026-10-01T18:00:00Z`.
pub fn write(seconds: u64) -> String {
    let (mut days, time) = (seconds / DAY, seconds % DAY);
    let mut year = 1970;
    loop {
        let length = (1..=12).map(|month| days_in(year, month)).sum();
        if days < length {
            break;
        }
        days -= length;
        year += 1;
    }
    let mut month = 1;
    while days >= days_in(year, month) {
        days -= days_in(year, month);
        month += 1;
    }
    let (hour, minute, second) = (time / 3_600, time / 60 % 60, time % 60);
    format!(
        "{year:04}-{month:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z",
        days + 1
    )
}

fn days_in(year: u64, month: u64) -> u64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + u64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// How much later, in the largest unit that fits.
pub fn span(seconds: u64) -> String {
    match seconds {
        0..=119 => format!("{seconds} s"),
        120..=7_199 => format!("{} min", seconds / 60),
        7_200..=172_799 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / DAY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_and_written() {
        assert_eq!(read("1970-01-01T00:00Z"), Ok(0));
        assert_eq!(read("2000-02-29T12:30:05Z"), Ok(951_827_405));
        assert_eq!(read("2026-10-01"), Ok(1_790_899_199));
        for text in [
            "2015-11-18T00:00:00Z",
            "2024-12-31T23:59:59Z",
            "2100-03-01T00:00:00Z",
        ] {
            assert_eq!(write(read(text).expect("a date")), text);
        }
        for wrong in [
            "",
            "2026",
            "2026-13-01",
            "2026-02-29",
            "2026-10-01T24:00",
            "1-1-1",
            "2026-10-01T",
            "x-y-z",
        ] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
