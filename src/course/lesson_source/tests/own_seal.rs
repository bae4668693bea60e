//! Lesson 04: the exercises `seal` and `open` are called as the kit's functions are.

use super::{LESSON, LessonSource, SEALING, with};

#[test]
fn withheld_names_are_seen_through_aliases_paths_and_helpers_and_own_ones_are_let_be() {
    let withheld = &["bytes_to_hex", "helper"];
    let uses = |source: &str, name: &str| {
        LessonSource::read(source)
            .uses_withheld(name, withheld)
            .map(|found| found.0)
    };
    assert_eq!(uses(LESSON, "second"), Some("bytes_to_hex"));
    // The file's own `helper` is the student's own work.
    assert_eq!(uses(LESSON, "first"), None);
    assert_eq!(
        uses(&with(LESSON, "helper(n) ", "other::helper(n) "), "first"),
        Some("helper")
    );
    let through_helper = with(LESSON, "n + 1 }", "let f = hex::bytes_to_hex; n }");
    assert_eq!(uses(&through_helper, "first"), Some("bytes_to_hex"));
    assert_eq!(
        uses(&with(LESSON, "// a comment", "// bytes_to_hex"), "first"),
        None
    );
    assert_eq!(
        uses(&with(LESSON, "helper(n) ", "\"bytes_to_hex\";"), "first"),
        None
    );
}

#[test]
fn ones_own_seal_is_no_withheld_one_and_the_kits_is_whatever_way_it_comes_in() {
    let uses = |from: &str, to: &str, name: &str| {
        LessonSource::read(&with(SEALING, from, to))
            .uses_withheld(name, &["seal", "open"])
            .map(|found| found.0)
    };
    assert_eq!(uses("", "", "seal"), None);
    // One exercise may build on the other.
    assert_eq!(uses("", "", "open"), None);
    let call = "helper(text) }";
    for kits in [
        "aead::seal(text) }",
        "messaging_lab::crypto::aead::seal(text) }",
        "use messaging_lab::crypto::aead::seal; seal(text) }",
        "use messaging_lab::crypto::aead::{TAG_BYTES, seal}; seal(text) }",
        "use messaging_lab::crypto::aead::seal as hide; hide(text) }",
        "use messaging_lab::crypto::aead::seal as helper; helper(text) }",
        "use messaging_lab::crypto::aead::*; seal(text) }",
        "use messaging_lab::crypto::aead as kit; kit::seal(text) }",
        "let hide = aead::seal; hide(text) }",
    ] {
        assert_eq!(uses(call, kits, "seal"), Some("seal"), "{kits}");
    }
    let at_the_top = with(SEALING, "{aead,", "{aead, aead::seal as hide,");
    let hidden = with(&at_the_top, call, "hide(text) }");
    let found = LessonSource::read(&hidden).uses_withheld("seal", &["seal"]);
    assert_eq!(found, Some(("seal", 4)));
    // An import that nobody uses is none, and neither is a module of that name or a glob of one's own.
    for own in [
        "use messaging_lab::crypto::aead::open as unused; helper(text) }",
        "use messaging_lab::crypto::aead::TAG_BYTES; TAG_BYTES; helper(text) }",
        "use messaging_lab::crypto::sealer::Flaw::*; helper(&seal(text)) }",
        "self::helper(text) }",
        "std::fs::File::open(\"x\"); helper(text) }",
        "use std::fs::File; File::open(\"x\"); helper(text) }",
    ] {
        assert_eq!(uses(call, own, "seal"), None, "{own}");
    }
    let tests = format!("{SEALING}\nmod tests {{ use super::*; fn try_it() {{ seal(b\"x\"); }} }}");
    assert_eq!(LessonSource::read(&tests).uses_withheld("seal", &["seal"]), None);
}

#[test]
fn a_module_of_the_kit_may_be_called_what_ones_own_function_is() {
    let both = with(
        SEALING,
        "pub fn guess",
        "use messaging_lab::crypto::seal;\npub fn guess",
    );
    let uses = |source: &str| {
        LessonSource::read(source)
            .uses_withheld("open", &["seal"])
            .map(|found| found.0)
    };
    assert_eq!(uses(&both), None);
    let kits = with(&both, "let text = seal(sealed)", "let text = seal::seal(sealed)");
    assert_eq!(uses(&kits), Some("seal"));
}
