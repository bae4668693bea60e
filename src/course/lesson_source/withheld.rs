//! Does an exercise use what it asks to build? And is the lesson the one file that it should be?

use super::LessonSource;
use super::items::Kind;
use super::reach::{Reach, within};
use super::search::Meaning;

/// Macros that put another file's content where they stand.
const INCLUDING: [&str; 3] = ["include", "include_str", "include_bytes"];

impl<'a> LessonSource<'a> {
    /// The first of the `withheld` names that the exercise's function uses, and its line.
    ///
    /// A name counts where the kit's can be meant: behind a path into the kit, or alone where a `use` brings it in,
    /// under whatever name. A variable, a field, or anything that the file declares itself may have such a name, and is
    /// the student's own work. An import that nobody uses is none. A method counts unless the file has one of that name,
    /// so a list should not name a method that std has as well.
    pub fn uses_withheld(&self, name: &'a str, withheld: &[&'static str]) -> Option<(&'static str, usize)> {
        let reach = Reach::of(name, &self.names, &self.mentions);
        if let Some(found) = self.withheld_in(&reach.start, withheld) {
            let import = &self.names.imports[*reach.start.imports.first()?];
            return Some((found, self.line(import.at)));
        }
        let mut first = None;
        for (item, reached) in self.names.items.iter().zip(&reach.items) {
            for mention in within(&self.mentions, item).iter().filter(|_| *reached) {
                if let Some(found) = self.withheld_in(&mention.meaning, withheld) {
                    // `impl ... for MessageStore` is of use to somebody only who has one.
                    let in_head = item.kind == Kind::Impl && item.body.is_some_and(|body| mention.at < body);
                    if !in_head && first.is_none_or(|(at, _)| mention.at < at) {
                        first = Some((mention.at, found));
                    }
                    break;
                }
            }
        }
        first.map(|(at, found)| (found, self.line(at)))
    }

    /// The withheld name that `meaning` stands for.
    fn withheld_in(&self, meaning: &Meaning<'_>, withheld: &[&'static str]) -> Option<&'static str> {
        let listed = |name: &str| withheld.iter().copied().find(|listed| *listed == name);
        let is_type = |name: &str| name.starts_with(char::is_uppercase);
        // `Timekeeper::resume` uses the type; `seal::TAG_BYTES` uses no `seal`, it passes through a module.
        for name in meaning.kit.iter().filter(|name| is_type(name)) {
            if let Some(found) = listed(name) {
                return Some(found);
            }
        }
        let function = match meaning.kit[..] {
            [.., owner, function] if is_type(owner) => function,
            [.., function] => return listed(function),
            [] => meaning.method?,
        };
        // A method of that name in the file itself is taken for the one that is meant.
        let mut items = self.names.items.iter();
        let own = items.any(|item| item.kind == Kind::Member && item.name == function);
        if own { None } else { listed(function) }
    }

    /// The first place where the lesson asks for another file (`mod rules;`, `include!(...)`), as it stands there, and
    /// its line.
    ///
    /// What comes from elsewhere is in no fingerprint, and is not handed in with the lesson.
    pub fn other_file(&self) -> Option<(String, usize)> {
        let text = &self.names.text;
        for at in 0..text.len() {
            if text.at(at) == "mod" && text.is_name(at + 1) && text.at(at + 2) == ";" {
                return Some((format!("mod {};", text.at(at + 1)), self.line(at)));
            }
            if text.at(at + 1) == "!" && INCLUDING.contains(&text.name(at)) {
                return Some((format!("{}!", text.at(at)), self.line(at)));
            }
        }
        for import in &self.names.imports {
            if import.path.last().is_some_and(|last| INCLUDING.contains(last)) {
                return Some((format!("{}!", import.name), self.line(import.at)));
            }
        }
        None
    }
}
