//! Functions are found where they stand, and half-written files are read as far as they go.

use super::{LESSON, LessonSource, SEALING, TIMER, with};

#[test]
fn functions_are_found_where_they_stand() {
    let lesson = LessonSource::read(LESSON);
    assert_eq!(lesson.line_of("first"), Some(6));
    assert_eq!(lesson.line_of("second"), Some(12));
    assert_eq!(lesson.line_of("absent"), None);
    let span = lesson.span_of("second").unwrap();
    assert!(
        LESSON[span.clone()].starts_with("// Second."),
        "{}",
        &LESSON[span.clone()]
    );
    assert!(
        LESSON[span.clone()].ends_with("to_string()\n}"),
        "{}",
        &LESSON[span]
    );
}

#[test]
fn an_exercises_function_is_the_one_at_the_top_of_the_file() {
    let tests = "mod tests {\n    #[test]\n    fn boundary() { super::boundary(1, None); }\n}\n";
    let lesson = format!(
        "{tests}{}",
        with(TIMER, "pub fn boundary", "#[inline]\npub fn boundary")
    );
    let read = LessonSource::read(&lesson);
    assert_eq!(read.line_of("boundary"), Some(18));
    let span = read.span_of("boundary").unwrap();
    assert!(lesson[span].starts_with("#[inline]\npub fn boundary"));
}

#[test]
fn an_exercise_that_is_no_function_of_its_own_has_a_line_all_the_same() {
    let again = "pub fn after_restart() {}\npub use self::after_restart as senders_copy;\n";
    let read = LessonSource::read(again);
    assert_eq!(
        (read.line_of("senders_copy"), read.span_of("senders_copy")),
        (Some(2), None)
    );
    let made = "macro_rules! same { ($($name:ident)*) => {$( pub fn $name() {} )*} }\n\nsame! { one two }\n";
    let read = LessonSource::read(made);
    assert_eq!((read.line_of("two"), read.span_of("two")), (Some(3), None));
    assert_eq!(read.line_of("three"), None);
}

#[test]
fn a_call_of_a_macro_hides_no_function_behind_it() {
    let lesson = with(
        TIMER,
        "pub fn boundary",
        "thread_local! { static CALLS: Cell<u32> = Cell::new(0) }\npub fn boundary",
    );
    let read = LessonSource::read(&lesson);
    for name in ["deadline", "boundary", "countdown", "conversation"] {
        assert!(
            read.line_of(name).is_some() && read.span_of(name).is_some(),
            "{name}"
        );
    }
}

#[test]
fn a_missing_brace_costs_one_function_only() {
    let broken = with(TIMER, "        None => true,\n    }\n", "        None => true,\n");
    let read = LessonSource::read(&broken);
    assert_eq!(read.span_of("boundary"), None);
    for name in ["deadline", "countdown", "conversation"] {
        assert!(read.span_of(name).is_some(), "{name}");
    }
}

#[test]
fn half_written_files_are_read_without_a_panic() {
    for source in [LESSON, SEALING, TIMER] {
        for end in (0..source.len()).filter(|&end| source.is_char_boundary(end)) {
            let lesson = LessonSource::read(&source[..end]);
            let _ = (
                lesson.uses_withheld("first", &["helper"]),
                lesson.uses_withheld("seal", &["seal"]),
                lesson.uses_withheld("boundary", &["expires_at"]),
                lesson.fingerprint("first"),
                lesson.span_of("second"),
                lesson.line_of("helper"),
                lesson.other_file(),
            );
        }
    }
    for odd in [
        "fn",
        "r#",
        "'",
        "'\\",
        "\"",
        "b'",
        "/*",
        "r\"",
        "fn f {{{",
        "}}}",
        "#!",
        "#![",
        "use",
        "use a as",
        "use a::",
        "use {",
        "use {,",
        "use a::{b",
        "use *",
        "extern crate",
        "mod",
        "mod f",
        "impl",
        "impl for {}",
        "|",
        "f(|",
        "||",
        "let",
        "let x",
        "if let",
        "match",
        "match {",
        "match x { a",
        "match x { => }",
        "for",
        "for x in",
        "matches!",
        "matches!(",
        "fn f<",
        "fn f<T",
        "fn f(",
        "fn f(|",
        "macro_rules!",
        "m!",
        "m!(",
        "::",
        "f::",
        "const",
        "static mut",
        "( { ) }",
        "[ } ]",
        "\u{e9}'x",
    ] {
        let lesson = LessonSource::read(odd);
        let _ = (
            lesson.fingerprint("f"),
            lesson.uses_withheld("f", &["f"]),
            lesson.other_file(),
        );
    }
}

#[test]
fn imports_that_lead_in_a_circle_come_to_an_end() {
    let circles = [
        "use a as b; use b as a; pub fn f() { a(); b::c(); }",
        "use a::a; pub fn f() { a(); }",
        "mod x { pub use super::y::*; } mod y { pub use super::x::*; } use x::*; use y::*; pub fn f() { g(); h::i(); }",
        "use p::*; use q::*; use r::*; use s::*; pub fn f() { p::q::r::s(); q!(); }",
    ];
    for circle in circles {
        let lesson = LessonSource::read(circle);
        let _ = (lesson.fingerprint("f"), lesson.line_of("g"));
    }
}
