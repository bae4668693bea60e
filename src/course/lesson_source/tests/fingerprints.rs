//! A fingerprint follows the code that an exercise uses, and no other.

use super::{LESSON, SEALING, TIMER, print, with};

#[test]
fn a_fingerprint_follows_the_code_and_only_the_code_that_is_reached() {
    let same = [
        ("// a comment", ""),
        ("//! Text with", "//! Other text with"),
        ("n + 1 }", "n  +  1\r\n}"),
    ];
    for (from, to) in same {
        assert_eq!(
            print(LESSON, "first"),
            print(&with(LESSON, from, to), "first"),
            "{from}"
        );
    }
    let helper = with(LESSON, "n + 1", "n + 2");
    assert_ne!(print(LESSON, "first"), print(&helper, "first"));
    assert_eq!(print(LESSON, "second"), print(&helper, "second"));
    let outside = with(LESSON, "use messaging_lab::ground", "use other::ground");
    assert_ne!(print(LESSON, "second"), print(&outside, "second"));
}

#[test]
fn another_exercises_function_is_not_reached_by_a_variable_of_its_name() {
    // In `boundary`, `deadline` is a parameter and then a number in it; in `countdown`, `read` is a moment.
    let other = with(TIMER, "Timer::Off => None", "Timer::Off => Some(0)");
    for name in ["boundary", "countdown", "conversation"] {
        assert_eq!(print(TIMER, name), print(&other, name), "{name}");
    }
    assert_ne!(print(TIMER, "deadline"), print(&other, "deadline"));
    let read = format!("{TIMER}\nfn read(phone: &mut MessageStore<ControlledClock>) {{}}");
    assert_eq!(print(TIMER, "countdown"), print(&read, "countdown"));
    // A call reaches it; `deadline(...)` alone would call the parameter.
    let calls = with(
        TIMER,
        "None => true",
        "None => self::deadline(Timer::Off, now, None).is_none()",
    );
    let other = with(&calls, "Timer::Off => None", "Timer::Off => Some(0)");
    assert_eq!(print(&calls, "countdown"), print(&other, "countdown"));
    assert_ne!(print(&calls, "boundary"), print(&other, "boundary"));
}

#[test]
fn a_name_is_ones_own_only_where_it_is_visible() {
    let uses = |body: &str| {
        let lesson = |helper: &str| {
            format!("pub fn f(n: u64) -> u64 {{ {body} }}\nfn g(n: u64) -> u64 {{ {helper} }}")
        };
        print(&lesson("n"), "f") != print(&lesson("n + 1"), "f")
    };
    for own in [
        "let g = n; g + 1",
        "let (g, _): (u64, u8) = (n, 0); g",
        "let Some(g) = Some(n) else { return 0 }; g",
        "if let Some(g) = Some(n) { g } else { 0 }",
        "if n > 0 && let Some(g) = Some(n) { g } else { 0 }",
        "if let Some(g) = match n { 0 => None, n => Some(n) } { g } else { 0 }",
        "while let Some(g) = Some(n) { return g; } 0",
        "for g in 0..n { return g; } 0",
        "for (place, g) in [n].iter().enumerate() { return *g; } 0",
        "match Some(n) { Some(g) if g > 1 => g, Some(0 | 1) => 1, _ => 0 }",
        "match Some(n) { Some(g) => if g > 1 { g } else { 0 } None => 0 }",
        "match Some(n) { None => if n > 1 { 1 } else { 0 } Some(g) => g }",
        "match Some(n) { None => { 0 } Some(g) => g }",
        "match if n > 1 { None } else { Some(n) } { Some(g) => g, None => 0 }",
        "for Pair { g, h: _ } in pairs() { return g; } 0",
        "let f = |g: u64| -> Result<u64, ()> { Ok(g) }; f(n).unwrap_or(0)",
        "Some(n).map(|g| HashMap::<u64, u64>::from([(g, g)]).len() as u64).unwrap_or(0)",
        "format!(\"{g}\", g = n).len() as u64",
        "match [n] { [g] => { let x = 1; g + x } }",
        "match (Pair { g: n, h: 1 }) { Pair { g, .. } => g }",
        "Some(n).map(|g| g + 1).unwrap_or(0)",
        "Some(n).map(|g: u64| -> u64 { g + 1 }).unwrap_or(0)",
        "[n].iter().fold(0, |sum, &g| sum + g)",
        "let g = |a: u64| a + 1; g(n)",
        "fn g(a: u64) -> u64 { a } g(n)",
        "fn h(g: u64) -> u64 { g } h(n)",
        "u64::from(matches!(Some(n), Some(g) if g > 1))",
        "const g: u64 = 1; g + n",
        "let kept = Kept { g: n }; kept.g",
        "n.g()",
        "other::g(n)",
        "std::g(n)",
        "todo!(\"g({n})\")",
    ] {
        assert!(!uses(own), "{own}");
    }
    for reached in [
        "g(n)",
        "self::g(n)",
        "crate::lesson::g(n)",
        "r#g(n)",
        "let g = g(n); g",
        "{ let g = n; } g(n)",
        "let g = n; { use self::g; g(n) }",
        "if let Some(g) = Some(g(n)) { g } else { 0 }",
        "if let Some(g) = Some(n) { g } else { g(n) }",
        "Some(n).map(|g| g + 1).map(g).unwrap_or(0)",
        "match n { 0 => { let g = 1; g } _ => g(n) }",
        "[n].map(g)[0]",
        "(0..g(n)).sum()",
        "Kept { n: g(n) }.n",
        "vec![g(n)][0]",
        "use self::g as h; h(n)",
    ] {
        assert!(uses(reached), "{reached}");
    }
}

#[test]
fn constants_types_macros_and_what_they_come_with_are_reached_when_they_are_used() {
    let used = |beside: &str, body: &str| {
        let lesson = |beside: &str| format!("{beside}\npub fn f(n: u64) -> u64 {{ {body} }}");
        print(&lesson(beside), "f") != print(&lesson(&with(beside, "17", "18")), "f")
    };
    for (beside, body) in [
        ("const LIMIT: u64 = { 17 };", "n + LIMIT"),
        ("static LIMIT: [u64; 1] = [17];", "n + LIMIT[0]"),
        (
            "const WIDTH: usize = 17;",
            "format!(\"{n:0WIDTH$x}\").len() as u64",
        ),
        ("macro_rules! add { ($n:expr) => { $n + 17 } }", "add!(n)"),
        (
            "macro_rules! add { ($n:expr) => { $n + 17 } }\nmod m { pub fn g(n: u64) -> u64 { add!(n) } }",
            "m::g(n)",
        ),
        (
            "thread_local! { static START: Cell<u64> = Cell::new(17) }",
            "START.with(|start| start.get() + n)",
        ),
        (
            "struct Time(u64);\nimpl Time { fn later(self) -> u64 { self.0 + 17 } }",
            "Time(n).later()",
        ),
        (
            "struct Time(u64);\nimpl Add<u64> for Time { fn add(self, n: u64) -> u64 { n + 17 } }",
            "Time(n) + 1",
        ),
        (
            "struct Time(u64);\nimpl From<Time> for u64 { fn from(time: Time) -> u64 { 17 } }",
            "Time(n).into()",
        ),
        (
            "enum Time { At(u64) }\nimpl Time { fn later(self) -> u64 { 17 } }",
            "use Time::*; At(n).later()",
        ),
        (
            "trait Later { fn later(self) -> u64; }\nimpl Later for u64 { fn later(self) -> u64 { self + 17 } }",
            "n.later()",
        ),
        (
            "trait Later { fn later(self) -> u64; }\nimpl Later for u64 { fn later(self) -> u64 { self + 17 } }",
            "u64::later(n)",
        ),
        (
            "mod rules { pub fn later(n: u64) -> u64 { n + 17 } }",
            "rules::later(n)",
        ),
        (
            "mod rules { pub fn later(n: u64) -> u64 { n + 17 } }\nuse rules::later as after;",
            "after(n)",
        ),
        (
            "mod rules { pub fn later(n: u64) -> u64 { n + 17 } }\nuse rules::*;",
            "later(n)",
        ),
        (
            "mod a { pub mod b { pub fn later(n: u64) -> u64 { super::super::add(n) } } }\nfn add(n: u64) -> u64 { n + 17 }",
            "a::b::later(n)",
        ),
        (
            "mod a { pub mod x {} pub mod y { pub fn later(n: u64) -> u64 { n + 17 } } }\nuse a::x::*; use a::y::*;",
            "later(n)",
        ),
    ] {
        assert!(used(beside, body), "{beside} {body}");
        assert!(!used(beside, "n"), "{beside}");
    }
}

#[test]
fn an_import_counts_for_whoever_uses_it() {
    let list = "ChatId, Countdown";
    let more = with(TIMER, list, "ChatId, Content, Countdown");
    let regrouped =
        with(TIMER, ", Countdown", "").replacen("use", "use messaging_lab::store::Countdown;\nuse", 1);
    for name in ["deadline", "boundary", "countdown", "conversation"] {
        assert_eq!(print(TIMER, name), print(&more, name), "{name}");
        assert_eq!(print(TIMER, name), print(&regrouped, name), "{name}");
    }
    let other = with(TIMER, list, "ChatId, Held as Countdown");
    assert_ne!(print(TIMER, "countdown"), print(&other, "countdown"));
    assert_eq!(print(TIMER, "deadline"), print(&other, "deadline"));
    // A glob may bring anything.
    let glob = with(TIMER, list, "ChatId, *");
    assert_ne!(print(TIMER, "countdown"), print(&glob, "countdown"));
}

#[test]
fn an_exercise_that_is_no_function_of_its_own_has_a_fingerprint_all_the_same() {
    let again = "use std::mem;\npub fn after_restart(n: u64) -> u64 { n + 1 }\nfn other() {}\n\
                 pub use self::after_restart as senders_copy;\n";
    assert!(print(again, "senders_copy").is_some());
    assert_ne!(
        print(again, "senders_copy"),
        print(&with(again, "n + 1", "n + 2"), "senders_copy")
    );
    assert_eq!(
        print(again, "senders_copy"),
        print(&with(again, "other() {", "other() { ;"), "senders_copy")
    );
    let made =
        "macro_rules! same { ($($name:ident)*) => {$( pub fn $name() -> u64 { 1 } )*} }\nsame! { one two }\n";
    assert!(print(made, "two").is_some());
    assert_ne!(print(made, "two"), print(&with(made, "{ 1 }", "{ 2 }"), "two"));
    // Where nothing is found at all, the whole file counts.
    assert_ne!(
        print(again, "absent"),
        print(&with(again, "other", "another"), "absent")
    );
    assert_ne!(
        print("use a::*; fn f() {}", "absent"),
        print("use a::*; fn g() {}", "absent")
    );
    assert_eq!(print("", "absent"), None);
    assert_eq!(print("// nothing yet\n", "absent"), None);
}

#[test]
fn a_call_of_a_macro_leaves_the_functions_behind_it_their_fingerprints() {
    let calls = with(
        TIMER,
        "pub fn boundary",
        "thread_local! { static CALLS: Cell<u32> = Cell::new(0) }\npub fn boundary",
    );
    for name in ["deadline", "boundary", "countdown", "conversation"] {
        assert_eq!(print(TIMER, name), print(&calls, name), "{name}");
    }
}

#[test]
fn the_kits_function_is_not_taken_for_the_files_own_of_the_same_name() {
    let rewritten = with(SEALING, "let text = seal(sealed); text", "Vec::new()");
    // `guess` calls the kit's `open`; that the student's own changes is nothing to it.
    assert_eq!(print(SEALING, "guess"), print(&rewritten, "guess"));
    assert_ne!(print(SEALING, "open"), print(&rewritten, "open"));
    // Unless `aead` is a module of the file's own.
    let own = with(
        SEALING,
        "fn helper",
        "mod aead { pub fn open(key: &[u8]) -> u32 { 1 } }\nfn helper",
    );
    assert_ne!(
        print(&own, "guess"),
        print(&with(&own, "{ 1 }", "{ 2 }"), "guess")
    );
    let moved = "use self::inner as aead;\nmod inner { pub fn open(key: &[u8]) -> u32 { 1 } }\n";
    let own = with(SEALING, "{aead, chacha20}", "chacha20") + moved;
    assert_ne!(
        print(&own, "guess"),
        print(&with(&own, "{ 1 }", "{ 2 }"), "guess")
    );
}

#[test]
fn line_ends_are_layout_also_in_a_text_of_several_lines() {
    let lesson = "pub fn f() -> &'static str {\n    \"two\nlines\"\n}\n";
    assert_eq!(print(lesson, "f"), print(&lesson.replace('\n', "\r\n"), "f"));
}
