//! The catalogue's lists of withheld names.

use super::LessonSource;
use crate::course::catalogue;

#[test]
fn the_catalogue_lists_what_alone_or_put_together_is_the_answer() {
    let kit = "use messaging_lab::course::statement::Statement;\n\
               use messaging_lab::store::{ClockRule, JournalStore, Moment, Timekeeper, elapsed_between, expires_at, \
               is_readable_at, shortest_wait};\n";
    for (id, body) in [
        ("timer/boundary", "shortest_wait(now, deadline) != Some(0)"),
        (
            "timer/deadline",
            "Timekeeper::resume(ClockRule::HoldOn, moment).tell(reading)",
        ),
        (
            "timer/countdown",
            "is_readable_at(now, expires_at(Timer::AfterRead(ttl), 0, read_at))",
        ),
        (
            "clocks/next_wake",
            "deadlines.iter().filter_map(|&at| shortest_wait(now, Some(at))).min()",
        ),
        (
            "clocks/after_restart",
            "expires_at(Timer::AfterSend(left), saved_at, None)",
        ),
        ("clocks/senders_copy", "JournalStore::load(clock, journal)"),
        (
            "clocks/hold_on",
            "looks.windows(2).map(|pair| elapsed_between(pair[0], pair[1])).collect()",
        ),
        (
            "timer/predict",
            "Statement { says, bytes, who, from, to }.witness(&ledger)",
        ),
        (
            "erasure/sentence",
            "statements().map(|s: Statement| s.witness(&ledger))",
        ),
    ] {
        let (_, exercise) = catalogue::find(id).unwrap();
        let lesson = |body: &str| format!("{kit}pub fn {}() {{ {body} }}\n", exercise.function());
        let uses =
            |source: &str| LessonSource::read(source).uses_withheld(exercise.function(), exercise.withheld);
        assert!(uses(&lesson(body)).is_some(), "{id}: {body}");
        // The twin: names of the kit that are no answer, and words that only look like one.
        let plain = "let (expires_at, scene) = (Moment::default(), ClockRule::HoldOn); (expires_at, scene)";
        assert_eq!(uses(&lesson(plain)), None, "{id}");
    }
    for id in ["timer/conversation", "clocks/turn_back"] {
        let (_, exercise) = catalogue::find(id).unwrap();
        assert!(exercise.withheld.is_empty(), "{id} plays the store");
    }
}
