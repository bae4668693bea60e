//! The kit's answer under another name, or written in another way.

use super::{TIMER, cheat, honest, uses};

#[test]
fn an_exercise_that_is_the_kits_function_under_another_name_is_no_work_of_ones_own() {
    let function = TIMER.find("pub fn deadline").unwrap()..TIMER.find("pub fn boundary").unwrap();
    let without = TIMER.replace(&TIMER[function], "");
    for (own, by) in [
        (
            "pub use messaging_lab::store::expires_at as deadline;",
            Some("expires_at"),
        ),
        (
            "pub const deadline: fn(Timer, Millis, Option<Millis>) -> Option<Millis> = messaging_lab::store::expires_at;",
            Some("expires_at"),
        ),
        (
            "macro_rules! both { ($($f:ident)*) => {$( pub fn $f(t: Timer) -> Option<Millis> { messaging_lab::store::expires_at(t) } )*} }\nboth!(deadline);",
            Some("expires_at"),
        ),
        (
            "macro_rules! it { () => { pub fn deadline(t: Timer) -> Option<Millis> { messaging_lab::store::expires_at(t) } } }\nit!();",
            Some("expires_at"),
        ),
        // And the honest twins.
        ("pub use self::boundary as deadline;", None),
        (
            "mod rules { pub fn deadline() -> Option<u64> { None } }\npub use rules::deadline;",
            None,
        ),
        (
            "mod rules { pub fn deadline() -> Option<u64> { None } }\npub use rules::*;",
            None,
        ),
        (
            "macro_rules! both { ($($f:ident)*) => {$( pub fn $f(t: Timer) -> Option<Millis> { None } )*} }\nboth!(deadline);",
            None,
        ),
    ] {
        assert_eq!(uses(&format!("{without}{own}\n"), "deadline"), by, "{own}");
    }
}

#[test]
fn other_ways_to_write_a_name_hide_nothing() {
    cheat(
        "messaging_lab::store::r#expires_at(timer, sent_at, read_at)",
        "",
        "expires_at",
    );
    cheat(
        "r#expires_at(timer, sent_at, read_at)",
        "use messaging_lab::store::expires_at;",
        "expires_at",
    );
    cheat(
        "messaging_lab :: store\n:: expires_at(timer, sent_at, read_at)",
        "",
        "expires_at",
    );
    // An alias of an alias.
    let chain = "mod m { pub use messaging_lab::store::expires_at as a; }\nuse m::a as b;";
    cheat("b(timer, sent_at, read_at)", chain, "expires_at");
    cheat(
        "c(timer, sent_at, read_at)",
        &format!("{chain}\nuse b as c;"),
        "expires_at",
    );
    honest(
        "b(timer)",
        "mod m { pub use super::own as a; }\nuse m::a as b;\nfn own(timer: Timer) -> Option<Millis> { None }",
    );
    // A method makes no name outside of `impl` one's own.
    let decoy = "struct D;\nimpl D { fn expires_at() {} }";
    cheat(
        "expires_at(timer, sent_at, read_at)",
        &format!("use messaging_lab::store::*;\n{decoy}"),
        "expires_at",
    );
    cheat(
        "{ fn expires_at() {} } expires_at(timer, sent_at, read_at)",
        "use messaging_lab::store::*;",
        "expires_at",
    );
    // `use<...>` in a type begins no import.
    let captured = "fn all<'a>(times: &'a [u64]) -> impl Iterator<Item = u64> + use<'a> { let x = messaging_lab::store::expires_at; times.iter().copied() }";
    cheat("all(&[]).next()", captured, "expires_at");
    honest(
        "all(&[]).next()",
        "fn all<'a>(expires_at: &'a [u64]) -> impl Iterator<Item = u64> + use<'a> { expires_at.iter().copied() }",
    );
}

#[test]
fn an_import_that_nobody_uses_is_none() {
    for import in [
        "use messaging_lab::store::expires_at;",
        "use messaging_lab::store::{MessageStore as S, Timekeeper};",
        "use messaging_lab::store::{self, timer::*};",
    ] {
        honest("Some(sent_at)", import);
        honest(&format!("{import} Some(sent_at)"), "");
    }
}
