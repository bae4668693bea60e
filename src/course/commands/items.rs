//! A Rust file as its top-level items, so that some can be left out. Only for files of the kit's own.

use messaging_lab::course::lesson_source::tokens;

/// One item of a file.
pub struct Item<'a> {
    /// What stands above it: comments, blank lines.
    pub above: &'a str,
    /// The item, its attributes included.
    pub text: &'a str,
    /// `fn`, `use`, `mod`, `type`, ...; the first of these words.
    pub kind: &'a str,
    /// The word behind that.
    pub name: &'a str,
}

const KINDS: [&str; 11] = [
    "fn",
    "use",
    "mod",
    "type",
    "const",
    "static",
    "struct",
    "enum",
    "impl",
    "trait",
    "macro_rules",
];

/// The items of `source`, and what stands behind the last one.
pub fn items(source: &str) -> (Vec<Item<'_>>, &str) {
    let tokens = tokens(source);
    let mut items = Vec::new();
    let (mut behind, mut first) = (0, 0);
    while first < tokens.len() {
        let mut depth = 0;
        let mut at = first;
        let mut kind: Option<usize> = None;
        while at < tokens.len() {
            match tokens[at].text {
                "(" | "[" | "{" => depth += 1,
                ")" | "]" | "}" => depth -= 1,
                // `const fn` is a function.
                "const" if tokens.get(at + 1).is_some_and(|next| next.text == "fn") => {}
                word if depth == 0 && kind.is_none() && KINDS.contains(&word) => kind = Some(at),
                _ => {}
            }
            // A `use` has braces and goes on behind them.
            let goes_on =
                kind.is_some_and(|at| ["use", "const", "static", "type"].contains(&tokens[at].text));
            let ended = match tokens[at].text {
                ";" => depth == 0,
                "}" => depth == 0 && !goes_on,
                _ => false,
            };
            at += 1;
            if ended {
                break;
            }
        }
        let (start, end) = (tokens[first].start, tokens[at - 1].end());
        items.push(Item {
            above: &source[behind..start],
            text: &source[start..end],
            kind: kind.map_or("", |at| tokens[at].text),
            name: kind
                .and_then(|at| tokens.get(at + 1))
                .map_or("", |token| token.text),
        });
        behind = end;
        first = at;
    }
    (items, &source[behind..])
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_file_comes_apart_into_its_items_and_back() {
        let source = "//! Head.\n\nuse a::{b, c};\n#[path = \"x.rs\"]\nmod x;\n\n/// Doc.\npub const N: [u8; 2] = [1, 2];\n\
                      pub fn f() -> Vec<u8> {\n    if true { vec![] } else { vec![1] }\n}\nconst fn g() {}\nstruct S;\n// end\n";
        let (items, rest) = super::items(source);
        let found: Vec<(&str, &str)> = items.iter().map(|item| (item.kind, item.name)).collect();
        assert_eq!(
            found,
            [
                ("use", "a"),
                ("mod", "x"),
                ("const", "N"),
                ("fn", "f"),
                ("fn", "g"),
                ("struct", "S")
            ]
        );
        let back: String = items
            .iter()
            .flat_map(|item| [item.above, item.text])
            .chain([rest])
            .collect();
        assert_eq!(back, source);
        assert_eq!(items[1].text, "#[path = \"x.rs\"]\nmod x;");
    }
}
