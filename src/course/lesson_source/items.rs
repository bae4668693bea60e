//! What a lesson file declares: its functions, types, modules and the rest, each with the tokens that are its own.

use super::text::Text;

/// What an [`Item`] is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `fn`, outside `impl` and `trait`.
    Function,
    /// Whatever stands in an `impl` or a `trait`: nobody can name it without the type or a value of it.
    Member,
    /// `struct`, `enum` or `union`.
    Type,
    /// `type ... = ...;`
    Alias,
    /// `trait`.
    Trait,
    /// `impl ... { ... }`. It has no name.
    Impl,
    /// `mod`.
    Module,
    /// `const` or `static`.
    Value,
    /// `macro_rules!`.
    Macro,
    /// A macro called where items stand: `thread_local! { ... }`. Its name is the macro's.
    MacroCall,
}

/// One declaration.
pub struct Item<'a> {
    /// What it is.
    pub kind: Kind,
    /// What it is called.
    pub name: &'a str,
    /// The number of its first token: an attribute, `pub` or its keyword.
    pub first: usize,
    /// The number of its keyword: `fn`, `struct`, ...
    pub keyword: usize,
    /// The number of the token that is its name.
    pub named: usize,
    /// The number of its last token.
    pub end: usize,
    /// The bracket in which it stands; `None` at the top of the file.
    pub scope: Option<usize>,
    /// Its opening bracket, if it has one: what it declares stands in there.
    pub body: Option<usize>,
}

/// Everything that the file declares, wherever it stands. What has no end (a half-written function) is left out.
pub fn items<'a>(text: &Text<'a>) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    let (mut modules, mut types) = (Vec::new(), Vec::new());
    for at in 0..text.len() {
        let Some(item) = item(text, at) else { continue };
        match item.kind {
            Kind::Module => modules.extend(item.body),
            Kind::Impl | Kind::Trait => types.extend(item.body),
            // Inside a function a macro's call is part of the function.
            Kind::MacroCall if item.scope.is_some_and(|scope| !modules.contains(&scope)) => continue,
            _ => {}
        }
        let member = item.scope.is_some_and(|scope| types.contains(&scope));
        let kind = if member { Kind::Member } else { item.kind };
        items.push(Item { kind, ..item });
    }
    items
}

/// The item whose keyword stands at `at`.
fn item<'a>(text: &Text<'a>, at: usize) -> Option<Item<'a>> {
    let kind = match text.at(at) {
        "fn" => Kind::Function,
        "struct" | "enum" | "union" => Kind::Type,
        "type" => Kind::Alias,
        "trait" => Kind::Trait,
        // Elsewhere it is a type: `-> impl Iterator`.
        "impl" if matches!(text.before(at), "" | ";" | "{" | "}" | "]" | "unsafe") => Kind::Impl,
        "mod" => Kind::Module,
        // Elsewhere it is a parameter or a pointer: `<const N: usize>`, `*const u8`.
        "const" | "static" if !matches!(text.before(at), "<" | "," | "*") => Kind::Value,
        "macro_rules" if text.at(at + 1) == "!" => Kind::Macro,
        "!" if at > 0 && text.is_name(at - 1) && text.before(at) != "macro_rules" => Kind::MacroCall,
        _ => return None,
    };
    let named = match kind {
        Kind::MacroCall => at - 1,
        Kind::Macro => at + 2,
        Kind::Value if text.at(at + 1) == "mut" => at + 2,
        _ => at + 1,
    };
    if kind != Kind::Impl && !text.is_name(named) {
        return None;
    }
    let (body, end) = match kind {
        Kind::Macro | Kind::MacroCall => {
            let open = named.max(at) + 1;
            match text.partner(open)? {
                end if end > open => (Some(open), end),
                _ => return None,
            }
        }
        Kind::Alias | Kind::Value => (None, text.find(at, &[";"])?),
        _ => match text.find(at, &["{", ";"])? {
            end if text.at(end) == ";" => (None, end),
            open => (Some(open), text.partner(open)?),
        },
    };
    let keyword = if kind == Kind::MacroCall { named } else { at };
    Some(Item {
        kind,
        name: if kind == Kind::Impl { "" } else { text.name(named) },
        first: first(text, keyword),
        keyword,
        named,
        end,
        scope: text.inside(at),
        body,
    })
}

/// The first token of the item whose keyword stands at `at`: back over `pub` and the like, and over attributes.
fn first(text: &Text<'_>, mut at: usize) -> usize {
    loop {
        let before = text.before(at);
        let modifier = matches!(before, "pub" | "unsafe" | "async" | "const" | "extern" | "::");
        // `extern "C"`, `std::thread_local!`.
        let part = at >= 2 && (text.at(at - 2) == "extern" || text.at(at) == "::");
        let bracket = at.checked_sub(1).and_then(|close| text.partner(close));
        at = match bracket {
            Some(open) if before == "]" && text.before(open) == "#" => open - 1,
            Some(open) if before == ")" && text.before(open) == "pub" => open - 1,
            None if modifier || part => at - 1,
            _ => return at,
        };
    }
}
