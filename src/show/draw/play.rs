//! A drawing on its way to the reader: run through, or one step at each Enter.

use std::io::{self, BufRead, Write};

use super::{Drawing, Style};

impl Style {
    /// The style for standard output: `terminal` says whether it is one, `variable` looks up the environment.
    ///
    /// Colour and box characters are for terminals alone, colour not with NO_COLOR, box characters only where the locale
    /// says UTF-8 (the first of LC_ALL, LC_CTYPE and LANG that is set). A `dumb` terminal gets neither.
    pub fn of(terminal: bool, variable: impl Fn(&str) -> Option<String>) -> Style {
        let set = |name: &str| variable(name).filter(|value| !value.is_empty());
        let able = terminal && set("NO_COLOR").is_none() && set("TERM").is_some_and(|term| term != "dumb");
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
        let utf8 = locale.is_some_and(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.ends_with("utf-8") || locale.ends_with("utf8")
        });
        Style {
            boxes: able && utf8,
            colour: able,
            bytes: true,
        }
    }
}

/// Writes a drawing step by step and waits for a line from `input` after each but the last: `q` ends it, the end of the
/// input runs it through. With `erase` the question is wiped out again, so that the drawing stands without gaps.
///
/// # Errors
/// What writing or reading says.
pub fn step_through(
    drawing: &Drawing,
    input: &mut impl BufRead,
    out: &mut impl Write,
    erase: bool,
) -> io::Result<()> {
    out.write_all(drawing.head.as_bytes())?;
    let mut asks = true;
    let all = drawing.steps.len();
    for (number, step) in drawing.steps.iter().enumerate() {
        out.write_all(step.as_bytes())?;
        if !asks || number + 1 == all {
            continue;
        }
        // Short enough for 30 columns: what breaks into a second line cannot be wiped.
        write!(out, "{}/{all} Enter: next, q: quit ", number + 1)?;
        out.flush()?;
        let mut answer = String::new();
        if input.read_line(&mut answer)? == 0 {
            out.write_all(if erase { b"\r\x1b[2K" } else { b"\n" })?;
            asks = false;
        }
        if erase && asks {
            // Up to the line of the question, which Enter ended, and wipe it.
            out.write_all(b"\x1b[1A\x1b[2K\r")?;
        }
        if answer.trim().eq_ignore_ascii_case("q") {
            return out.flush();
        }
    }
    out.write_all(drawing.tail.as_bytes())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing() -> Drawing {
        Drawing {
            head: "head\n".to_string(),
            steps: ["one\n", "two\n", "three\n"].map(String::from).to_vec(),
            tail: "tail\n".to_string(),
        }
    }

    fn shown(input: &str, erase: bool) -> String {
        let mut out = Vec::new();
        step_through(&drawing(), &mut input.as_bytes(), &mut out, erase).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn enter_goes_on_q_ends_and_the_end_of_the_input_runs_through() {
        let all = shown("\n\n", false);
        assert_eq!(all.matches("Enter: next").count(), 2);
        assert!(all.starts_with("head\none\n1/3 Enter: next, q: quit ") && all.ends_with("three\ntail\n"));
        let quit = shown("\nq\n", false);
        assert!(quit.contains("two") && !quit.contains("three") && !quit.contains("tail"));
        let through = shown("", false);
        assert!(through.ends_with("two\nthree\ntail\n"), "{through}");
        assert_eq!(through.matches("Enter: next").count(), 1);
        assert!(!all.contains('\x1b') && shown("\n\n", true).contains("\x1b[2K"));
        // The end of the input wipes its question too: it stands on the line that it was asked on.
        assert!(shown("", true).contains("q: quit \r\x1b[2Ktwo\n"));
    }

    #[test]
    fn colour_and_boxes_are_for_terminals_that_have_them() {
        let style = |terminal, set: &[(&str, &str)]| {
            let style = Style::of(terminal, |name| {
                let found = set.iter().find(|(other, _)| *other == name);
                found.map(|(_, value)| (*value).to_string())
            });
            (style.colour, style.boxes)
        };
        let usual = [("TERM", "xterm"), ("LANG", "de_DE.UTF-8")];
        assert_eq!(style(true, &usual), (true, true));
        assert_eq!(style(false, &usual), (false, false));
        assert_eq!(
            style(true, &[&usual[..], &[("NO_COLOR", "1")]].concat()),
            (false, false)
        );
        assert_eq!(
            style(true, &[&usual[..], &[("NO_COLOR", "")]].concat()),
            (true, true)
        );
        assert_eq!(
            style(true, &[&usual[..], &[("LC_ALL", "C")]].concat()),
            (true, false)
        );
        assert_eq!(
            style(true, &[("TERM", "dumb"), ("LANG", "C.UTF-8")]),
            (false, false)
        );
        assert_eq!(style(true, &[]), (false, false));
    }
}
