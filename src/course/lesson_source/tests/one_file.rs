//! A lesson is one file.

use super::{LESSON, LessonSource, SEALING, TIMER};

#[test]
fn what_another_file_holds_is_refused_wherever_it_is_asked_for() {
    for (other, told) in [
        ("mod rules;", "mod rules;"),
        ("#[path = \"../rules.rs\"]\npub(crate) mod rules;", "mod rules;"),
        (
            "pub fn f() {\n    #[path = \"rules.rs\"] mod rules;\n}",
            "mod rules;",
        ),
        ("mod a { pub mod b; }", "mod b;"),
        ("include!(\"../rules.rs\");", "include!"),
        ("pub fn f() -> u64 {\n    include!(\"body.rs\")\n}", "include!"),
        ("const NOTE: &str = include_str!(\"note.txt\");", "include_str!"),
        (
            "fn f() -> &'static [u8] { core::include_bytes![\"note.txt\"] }",
            "include_bytes!",
        ),
        ("use std::include as i;\ni!(\"rules.rs\");", "i!"),
        ("r#include!(\"rules.rs\");", "r#include!"),
    ] {
        let source = format!("{SEALING}{other}\n");
        let found = LessonSource::read(&source).other_file();
        let (what, line) = found.unwrap_or_else(|| panic!("{other}"));
        assert_eq!(what, told, "{other}");
        let text = source.lines().nth(line - 1).unwrap();
        assert!(
            text.contains(told.trim_end_matches(['!', ';'])),
            "{other}: {text}"
        );
    }
}

#[test]
fn a_lesson_in_one_file_is_not_refused() {
    for source in [LESSON, SEALING, TIMER] {
        assert_eq!(LessonSource::read(source).other_file(), None);
    }
    for fine in [
        "mod rules { pub fn f() {} }",
        "// include!(\"rules.rs\"); mod rules;",
        "fn f() { let include = 1; let y = !include; println!(\"include!(x) mod rules;\"); }",
        "fn include(n: u64) -> bool { n > 1 }\nfn g() -> bool { include(2) != include(3) }",
    ] {
        assert_eq!(LessonSource::read(fine).other_file(), None, "{fine}");
    }
}
