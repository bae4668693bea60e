//! All that the names of a lesson file can stand for: what it declares, imports and names for itself.

use super::imports::{Import, imports};
use super::items::{Item, Kind, items};
use super::text::Text;
use super::variables::{Variable, variables};

/// A file's text with everything that has a name in it.
pub struct Names<'a> {
    pub text: Text<'a>,
    pub items: Vec<Item<'a>>,
    pub imports: Vec<Import<'a>>,
    variables: Vec<Variable<'a>>,
    /// What calls of macros may declare, by the call's number among the items.
    pub made: Vec<(usize, &'a str)>,
    /// For each token, whether it is part of a `use` or of an attribute, or gives something its name: no mention.
    pub declares: Vec<bool>,
}

impl<'a> Names<'a> {
    /// Collects what `text` declares.
    pub fn of(text: Text<'a>) -> Self {
        let items = items(&text);
        let variables = variables(&text);
        let (imports, mut declares) = imports(&text);
        for item in &items {
            match item.kind {
                Kind::Impl | Kind::MacroCall => {}
                _ => declares[item.named] = true,
            }
            // `enum Place { Here, There(u8) }` declares two names that are of use behind `Place::` only.
            let (true, Some(body)) = (text.at(item.keyword) == "enum", item.body) else {
                continue;
            };
            let variant =
                |&at: &usize| text.inside(at) == Some(body) && matches!(text.before(at), "{" | "," | "]");
            for at in (body..item.end).filter(variant) {
                declares[at] = true;
            }
        }
        for variable in &variables {
            declares[variable.at] = true;
        }
        for at in 0..text.len() {
            // `#[...]` and `#![...]`.
            let open = at + 1 + usize::from(text.at(at + 1) == "!");
            match text.partner(open) {
                Some(close) if text.at(at) == "#" && text.at(open) == "[" => declares[at..=close].fill(true),
                _ => {}
            }
        }
        Names {
            made: made_by_macros(&text, &items),
            text,
            items,
            imports,
            variables,
            declares,
        }
    }

    /// From where on the variable `name` that is visible at `at` is visible; of several the innermost.
    pub fn variable(&self, name: &str, at: usize) -> Option<usize> {
        let mut innermost = None;
        for variable in &self.variables {
            if variable.name == name && variable.seen.contains(&at) {
                innermost = innermost.max(Some(variable.seen.start));
            }
        }
        innermost
    }

    /// The opening brace of the module around the bracket `scope`; `None` at the top of the file.
    pub fn module_around(&self, mut scope: Option<usize>) -> Option<usize> {
        while let Some(open) = scope {
            let module = |item: &Item<'_>| item.kind == Kind::Module && item.body == Some(open);
            if self.items.iter().any(module) {
                break;
            }
            scope = self.text.inside(open);
        }
        scope
    }

    /// Where the type begins that an `impl` is for: behind its `for`, or else behind `impl`.
    pub fn self_type(&self, item: &Item<'_>) -> usize {
        let is_for = |&at: &usize| self.text.at(at) == "for" && self.text.at(at + 1) != "<";
        let mut head = item.keyword..item.body.unwrap_or(item.keyword);
        head.find(is_for).unwrap_or(item.keyword)
    }
}

/// The names that calls of macros may declare, each with the call's number among the items: what stands in the call as
/// `static name`; if the macro is the file's own, any word in the call, and whatever the macro says itself.
fn made_by_macros<'a>(text: &Text<'a>, items: &[Item<'a>]) -> Vec<(usize, &'a str)> {
    let mut made = Vec::new();
    for (number, call) in items.iter().enumerate() {
        let Some(open) = call.body.filter(|_| call.kind == Kind::MacroCall) else {
            continue;
        };
        let own = |item: &&Item<'_>| item.kind == Kind::Macro && item.name == call.name;
        let own = items.iter().find(own);
        let said = own.map_or(0..0, |own| own.named..own.end);
        for at in (open..call.end).chain(said.clone()) {
            let declared = matches!(text.before(at), "fn" | "static" | "const" | "mut");
            let argument = own.is_some() && !said.contains(&at);
            if text.is_name(at) && (declared || argument) {
                made.push((number, text.name(at)));
            }
        }
    }
    made
}
