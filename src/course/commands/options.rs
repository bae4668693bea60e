//! Words and flags of the commands that take flags.

use super::UsageError;
use super::text::nearest;

/// What stood behind a command.
#[derive(Debug, Default)]
pub struct Options {
    /// The words that are no flags.
    pub words: Vec<String>,
    flags: Vec<(&'static str, String)>,
}

impl Options {
    /// Takes `words` apart. `known` are the flags; one whose name ends in `=` here takes a value, as `--flag value` or
    /// `--flag=value`.
    ///
    /// # Errors
    /// [`UsageError`] for a flag that is not known, lacks its value or has one too many.
    pub fn read(words: &[&str], known: &[&'static str]) -> Result<Options, UsageError> {
        let mut options = Options::default();
        let mut words = words.iter();
        while let Some(&word) = words.next() {
            if !word.starts_with('-') || word == "-" {
                options.words.push(word.to_string());
                continue;
            }
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value.to_string())),
                None => (word, None),
            };
            let Some(flag) = known.iter().find(|flag| flag.trim_end_matches('=') == name) else {
                let names = known
                    .iter()
                    .map(|flag| flag.trim_end_matches('='))
                    .chain(["--help"]);
                return Err(UsageError(format!(
                    "there is no flag {}; the nearest is {}",
                    name.escape_default(),
                    nearest(name, names).unwrap_or("--help")
                )));
            };
            let value = match (flag.ends_with('='), value) {
                (true, Some(value)) => value,
                (true, None) => match words.next() {
                    Some(value) => (*value).to_string(),
                    None => return Err(UsageError(format!("{name} wants a value behind it"))),
                },
                (false, None) => String::new(),
                (false, Some(_)) => return Err(UsageError(format!("{name} takes no value"))),
            };
            options.flags.push((flag.trim_end_matches('='), value));
        }
        Ok(options)
    }

    /// The last value of a flag.
    pub fn value(&self, flag: &str) -> Option<&str> {
        self.values(flag).last()
    }

    /// All values of a flag, in order.
    pub fn values(&self, flag: &str) -> impl Iterator<Item = &str> {
        self.flags
            .iter()
            .filter(move |(name, _)| *name == flag)
            .map(|(_, value)| value.as_str())
    }

    /// Whether a flag was given.
    pub fn has(&self, flag: &str) -> bool {
        self.value(flag).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::Options;

    #[test]
    fn values_stand_behind_a_flag_or_an_equals_sign() {
        let options = Options::read(
            &["a", "--to", "x y", "--points=timer/deadline=5", "b", "--anyway"],
            &["--to=", "--points=", "--anyway"],
        );
        let options = options.expect("all known");
        assert_eq!(options.words, ["a", "b"]);
        assert_eq!(
            (options.value("--to"), options.value("--points")),
            (Some("x y"), Some("timer/deadline=5"))
        );
        assert!(options.has("--anyway"));
    }

    #[test]
    fn a_flag_that_is_not_known_names_the_nearest() {
        for (words, told) in [
            (&["--job", "2"][..], "--jobs"),
            (&["--jobs"], "wants a value"),
            (&["--anyway=yes"], "takes no value"),
        ] {
            let error = Options::read(words, &["--to=", "--jobs=", "--anyway"])
                .expect_err("refused")
                .0;
            assert!(error.contains(told), "{error}");
        }
    }
}
