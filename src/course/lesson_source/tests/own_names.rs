//! A student may give the kit's names to things of their own, and each exercise answers for itself only. Each twin that
//! uses the kit is told.

use super::{TIMER, cheat, deadline, honest, uses};

#[test]
fn a_solved_lesson_uses_the_store_where_it_should_and_nowhere_else() {
    for name in ["deadline", "boundary", "countdown"] {
        assert_eq!(uses(TIMER, name), None, "{name}");
    }
    assert_eq!(uses(TIMER, "conversation"), Some("MessageStore"));
}

#[test]
fn a_variable_a_parameter_or_a_field_is_ones_own() {
    honest("let expires_at = sent_at.saturating_add(1); Some(expires_at)", "");
    honest(
        "let (expires_at, sender_time_left): (u64, u64) = (1, 2); Some(expires_at + sender_time_left)",
        "",
    );
    honest(
        "let is_readable_at = |now: Millis| now < 7; is_readable_at(3).then_some(sent_at)",
        "",
    );
    honest(
        "let mut shortest_wait = None; for elapsed_between in [1] { shortest_wait = Some(elapsed_between); } shortest_wait",
        "",
    );
    honest("read_at.map(|expires_at| expires_at + 1)", "");
    honest(
        "match read_at { Some(expires_at) if expires_at > 1 => Some(expires_at), _ => None }",
        "",
    );
    honest(
        "if let Some(expires_at) = read_at { Some(expires_at) } else { None }",
        "",
    );
    honest(
        "later(sent_at, 3)",
        "fn later(expires_at: Millis, time_left_after_restart: Millis) -> Option<Millis> { Some(expires_at + time_left_after_restart) }",
    );
    let kept = "struct Kept { expires_at: Option<Millis> }\nimpl Kept { fn get(&self) -> Option<Millis> { self.expires_at } }";
    honest(
        "let kept = Kept { expires_at: read_at }; kept.expires_at.or(kept.get())",
        kept,
    );
    honest(
        "let expires_at = read_at; let Kept { expires_at: end } = Kept { expires_at }; end",
        kept,
    );
    // The twin: the same name, and the kit's function behind it.
    let import = "use messaging_lab::store::expires_at;";
    cheat(
        "let expires_at = expires_at(timer, sent_at, read_at); expires_at",
        import,
        "expires_at",
    );
    cheat(
        "{ let expires_at = 1; } expires_at(timer, sent_at, read_at)",
        import,
        "expires_at",
    );
    cheat(
        "read_at.and_then(|expires_at| Some(expires_at)); expires_at(timer, sent_at, read_at)",
        import,
        "expires_at",
    );
    cheat(
        "Kept { expires_at: expires_at(timer, sent_at, read_at) }.expires_at",
        &format!("{kept}\n{import}"),
        "expires_at",
    );
    cheat(
        "(0..expires_at(timer, sent_at, read_at)?).max()",
        import,
        "expires_at",
    );
    cheat(
        "Some((timer, sent_at, read_at)).and_then(expires_at)",
        "use messaging_lab::store::*;",
        "expires_at",
    );
}

#[test]
fn what_another_exercise_needs_counts_for_that_one_only() {
    let phone = "struct Phone { store: MessageStore<ControlledClock>, ids: Vec<u64> }\n\
                 impl Phone { fn new() -> Self { Phone { store: MessageStore::new(ControlledClock::new(0)), ids: vec![] } } \
                 fn read(&mut self, now: Millis) -> bool { self.store.is_empty() } }\n\
                 impl Default for Phone { fn default() -> Self { Self::new() } }";
    let sound = "Some(sent_at)";
    for beside in [
        phone,
        "type Phone = MessageStore<ControlledClock>;",
        "struct Timekeeper { last: Millis }\nimpl Timekeeper { fn tell(&mut self) -> Millis { self.last } }",
        "fn read(phone: &mut MessageStore<ControlledClock>, id: u64) -> bool { phone.is_empty() }",
        "mod tests { use super::*; #[test] fn deadline() { MessageStore::new(ControlledClock::new(0)); } #[test] fn now() { expires_at(); } }",
        "trait Play { fn play(&mut self, script: &[u8]); }\nimpl Play for MessageStore<ControlledClock> { fn play(&mut self, script: &[u8]) { MessageStore::purge(self); } }",
        "trait Tries { fn max(&mut self); }\nimpl<C: Clock> Tries for MessageStore<C> { fn max(&mut self) { self.purge(); } }",
        "macro_rules! phone { () => { MessageStore::new(ControlledClock::new(0)) } }",
        "thread_local! { static PHONE: RefCell<Option<MessageStore<ControlledClock>>> = RefCell::new(None) }",
        "static COUNT: fn() -> usize = || MessageStore::new(ControlledClock::new(0)).len();",
        "enum Place { MessageStore, Paper }",
    ] {
        let source = deadline("let read = read_at; Some(sent_at.max(read?))", beside);
        for name in ["deadline", "boundary", "countdown"] {
            assert_eq!(uses(&source, name), None, "{name} {beside}");
        }
    }
    honest(sound, "enum Place { MessageStore, Paper }");
    honest(
        "let here = Place::MessageStore; Some(sent_at)",
        "enum Place { MessageStore, Paper }",
    );
    // The twins: what is used counts.
    cheat("Phone::new().ids.pop()", phone, "MessageStore");
    cheat("Phone::default().ids.pop()", phone, "MessageStore");
    cheat(
        "let p: Phone = make(); p.deadline()",
        "type Phone = MessageStore<ControlledClock>;",
        "MessageStore",
    );
    cheat(
        "helper(timer)",
        "fn helper(timer: Timer) -> Option<Millis> { MessageStore::new(ControlledClock::new(0)).next_wake() }",
        "MessageStore",
    );
    cheat(
        "phone!().next_wake()",
        "macro_rules! phone { () => { MessageStore::new(ControlledClock::new(0)) } }",
        "MessageStore",
    );
    cheat(
        "PHONE.with(|phone| None)",
        "thread_local! { static PHONE: RefCell<Option<MessageStore<ControlledClock>>> = RefCell::new(None) }",
        "MessageStore",
    );
    cheat(
        "RULE(timer, sent_at, read_at)",
        "const RULE: fn(Timer, Millis, Option<Millis>) -> Option<Millis> = messaging_lab::store::expires_at;",
        "expires_at",
    );
    cheat(
        "timer.ends(sent_at, read_at)",
        "trait Ends { fn ends(self, sent_at: Millis, read_at: Option<Millis>) -> Option<Millis>; }\n\
        impl Ends for Timer { fn ends(self, s: Millis, r: Option<Millis>) -> Option<Millis> { messaging_lab::store::expires_at(self, s, r) } }",
        "expires_at",
    );
    cheat(
        "timer.ends(sent_at, read_at)",
        "trait Ends: Sized { fn ends(self) -> Option<Millis> { messaging_lab::store::expires_at(self.into(), 0, None) } }\nimpl Ends for Timer {}",
        "expires_at",
    );
}

#[test]
fn the_files_own_function_behind_the_files_own_path_is_ones_own() {
    let rules = "mod rules { use super::Timer; pub fn expires_at(timer: Timer) -> Option<u64> { Some(1) } }";
    honest("rules::expires_at(timer)", rules);
    honest("self::rules::expires_at(timer)", rules);
    honest("expires_at(timer)", &format!("{rules}\nuse rules::*;"));
    honest("crate::lesson::rules::expires_at(timer)", rules);
    honest("expires_at(timer)", &format!("{rules}\nuse rules::expires_at;"));
    honest(
        "expires_at(timer)",
        &format!("{rules}\nuse self::rules::{{self as r, expires_at}};"),
    );
    honest(
        "use rules::*; let x = expires_at; x(timer)",
        "mod rules { pub fn expires_at(timer: Timer) -> Option<u64> { Some(1) } }\nfn expires_at() {}",
    );
    let expiry = "struct Expiry;\nimpl Expiry { fn expires_at(timer: Timer) -> Option<Millis> { None } fn now(&self) -> Option<Millis> { Self::expires_at(Timer::Off) } }";
    honest("Expiry::expires_at(timer).or(Expiry.now())", expiry);
    honest(
        "Expiry.expires_at(timer)",
        "struct Expiry;\nimpl Expiry { fn expires_at(&self, timer: Timer) -> Option<Millis> { None } }",
    );
    let rule = "trait Rule { fn expires_at(&self) -> Option<Millis>; }\nimpl Rule for Timer { fn expires_at(&self) -> Option<Millis> { None } }";
    for call in [
        "timer.expires_at()",
        "Rule::expires_at(&timer)",
        "Timer::expires_at(&timer)",
        "<Timer as Rule>::expires_at(&timer)",
    ] {
        honest(call, rule);
    }
    honest(
        "fn ends<T: Rule>(t: T) -> Option<Millis> { T::expires_at(&t) } ends(timer)",
        rule,
    );
    honest(
        "expires_at(timer)",
        "fn expires_at(timer: Timer) -> Option<Millis> { None }",
    );
    honest(
        "fn expires_at(timer: Timer) -> Option<Millis> { None } expires_at(timer)",
        "",
    );
    honest(
        "Timekeeper { last: 1 }.tell()",
        "struct Timekeeper { last: Millis }\nimpl Timekeeper { fn tell(&self) -> Option<Millis> { None } }",
    );
    // The twins: a path that leads to the kit, however it begins.
    for path in [
        "messaging_lab::store::expires_at",
        "::messaging_lab::store::timer::expires_at",
        "store::expires_at",
        "s::expires_at",
        "t::expires_at",
        "lab::store::expires_at",
        "rules::expires_at",
        "self::rules::expires_at",
        "rules::inner::expires_at",
    ] {
        let beside = "use messaging_lab::store::{self, self as s, timer as t};\nextern crate messaging_lab as lab;\n\
                      mod rules { pub use messaging_lab::store::*; pub mod inner { pub use super::*; } }";
        cheat(&format!("{path}(timer, sent_at, read_at)"), beside, "expires_at");
    }
    cheat(
        "timer::expires_at(timer, sent_at, read_at)",
        "use messaging_lab::store::*;",
        "expires_at",
    );
    cheat(
        "Timekeeper::resume(rule, saved).tell(reading)",
        "use messaging_lab::store::Timekeeper;",
        "Timekeeper",
    );
    cheat(
        "<Timekeeper>::resume(rule, saved).tell(reading)",
        "use messaging_lab::store::Timekeeper;",
        "Timekeeper",
    );
    cheat(
        "let k: Keeper = make(); None",
        "use messaging_lab::store::Timekeeper as Keeper;",
        "Timekeeper",
    );
}
