//! Reads published test vectors: plain text, one case after another.
//!
//! ```text
//! # a comment names the source
//! case = what the source calls it
//! key = 00ff10
//! message =
//!     a long value goes on in indented lines
//! ```
//!
//! A vector that is not checked is worse than none, so everything that would quietly leave one out fails
//! instead: a file without cases, a field that no check asked for, a field that stands there twice, a line
//! that says nothing.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use messaging_lab::ground::hex::hex_to_bytes;

/// One case: its name, and its fields by theirs.
pub struct Case {
    /// "file: case", for messages.
    pub name: String,
    fields: BTreeMap<String, String>,
    asked: RefCell<BTreeSet<String>>,
}

impl Case {
    /// The field as it stands there, if it does.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.asked.borrow_mut().insert(field.to_string());
        self.fields.get(field).map(String::as_str)
    }

    fn required(&self, field: &str) -> &str {
        self.text(field)
            .unwrap_or_else(|| panic!("{}: has no field {field:?}", self.name))
    }

    /// A field in hex, of any length.
    pub fn bytes(&self, field: &str) -> Vec<u8> {
        hex_to_bytes(self.required(field)).unwrap_or_else(|error| panic!("{}: {field}: {error}", self.name))
    }

    /// A field in hex, `N` bytes.
    pub fn array<const N: usize>(&self, field: &str) -> [u8; N] {
        let bytes = self.bytes(field);
        let length = bytes.len();
        bytes
            .try_into()
            .unwrap_or_else(|_| panic!("{}: {field} has {length} bytes, not {N}", self.name))
    }

    /// A number in decimal.
    pub fn number(&self, field: &str) -> u64 {
        let text = self.required(field);
        text.parse()
            .unwrap_or_else(|error| panic!("{}: {field} = {text:?}: {error}", self.name))
    }
}

/// Runs `check` on every case of tests/vectors/`file`.
pub fn for_each_case(file: &str, check: impl FnMut(&Case)) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/vectors")
        .join(file);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    check_all(file, &text, check);
}

/// Runs `check` on every case of `text`.
pub fn check_all(file: &str, text: &str, mut check: impl FnMut(&Case)) {
    let cases = parse(file, text);
    assert!(!cases.is_empty(), "{file}: no cases in it");
    for case in cases {
        check(&case);
        let asked = case.asked.borrow();
        let left: Vec<_> = case
            .fields
            .keys()
            .filter(|field| !asked.contains(*field))
            .collect();
        assert!(left.is_empty(), "{}: nothing checked {left:?}", case.name);
    }
}

fn parse(file: &str, text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut last_field = String::new();
    for (number, line) in text.lines().enumerate() {
        let place = format!("{file}, line {}", number + 1);
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        // An indented line goes on where the last field ended.
        if line.starts_with(' ') {
            let value = cases.last_mut().and_then(|case| case.fields.get_mut(&last_field));
            value
                .unwrap_or_else(|| panic!("{place}: goes on with nothing"))
                .push_str(line.trim());
            continue;
        }
        let (field, value) = line
            .split_once('=')
            .unwrap_or_else(|| panic!("{place}: neither a field nor a comment"));
        let (field, value) = (field.trim(), value.trim());
        if field == "case" {
            cases.push(Case {
                name: format!("{file}: {value}"),
                fields: BTreeMap::new(),
                asked: RefCell::default(),
            });
            last_field.clear();
            continue;
        }
        let case = cases
            .last_mut()
            .unwrap_or_else(|| panic!("{place}: a field before the first case"));
        let before = case.fields.insert(field.to_string(), value.to_string());
        assert!(before.is_none(), "{place}: {field:?} stands there twice");
        last_field = field.to_string();
    }
    cases
}
