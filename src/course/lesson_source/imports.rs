//! What the `use` declarations of a lesson file bring in, name by name.

use super::text::Text;

/// The name of an import that brings in whatever stands there: `use a::*;`.
pub const GLOB: &str = "*";

/// One name that a `use` brings in; `use a::{b, c as d};` brings in two.
pub struct Import<'a> {
    /// What it stands for: `a`, `c`.
    pub path: Vec<&'a str>,
    /// What it is called here: `d`. Or [`GLOB`], and then the path ends before the star.
    pub name: &'a str,
    /// The number of the token that says so.
    pub at: usize,
    /// The bracket in which the declaration stands; `None` at the top of the file.
    pub scope: Option<usize>,
}

/// All imports, and for each token whether it is part of one.
pub fn imports<'a>(text: &Text<'a>) -> (Vec<Import<'a>>, Vec<bool>) {
    let mut imports = Vec::new();
    let mut part = vec![false; text.len()];
    let mut at = 0;
    while at < text.len() {
        let tree = match text.at(at) {
            // `impl Iterator + use<'a>` declares nothing.
            "use" if text.at(at + 1) != "<" => Some(at + 1),
            // `extern crate messaging_lab as lab;`
            "extern" if text.at(at + 1) == "crate" => Some(at + 2),
            _ => None,
        };
        let end = tree.map_or(at, |first| {
            branch(text, first, &[], text.inside(at), &mut imports)
        });
        part[at..end].fill(true);
        at = end.max(at + 1);
    }
    (imports, part)
}

/// Reads the branch of a `use` that begins at `at`, below the path `above`: `b`, `c as d`, `e::{f, g}` or `h::*`.
/// The number of the token behind it.
fn branch<'a>(
    text: &Text<'a>,
    mut at: usize,
    above: &[&'a str],
    scope: Option<usize>,
    imports: &mut Vec<Import<'a>>,
) -> usize {
    let mut path = above.to_vec();
    loop {
        match text.at(at) {
            "::" => at += 1,
            "{" => {
                let end = text.partner(at).unwrap_or(at);
                at += 1;
                while at < end {
                    // At least the comma, or whatever stands there, is passed.
                    at = branch(text, at, &path, scope, imports) + 1;
                }
                return (end + 1).min(text.len());
            }
            "*" => {
                imports.push(Import {
                    path,
                    name: GLOB,
                    at,
                    scope,
                });
                return at + 1;
            }
            _ if text.is_name(at) => {
                path.push(text.name(at));
                at += 1;
                if text.at(at) == "::" {
                    continue;
                }
                // `a::{self}` is `a`.
                if path.len() > 1 && path.last() == Some(&"self") {
                    path.pop();
                }
                let renamed = text.at(at) == "as" && at + 1 < text.len();
                let (at, behind) = if renamed { (at + 1, at + 2) } else { (at - 1, at) };
                let name = if renamed {
                    text.name(at)
                } else {
                    path[path.len() - 1]
                };
                imports.push(Import {
                    path,
                    name,
                    at,
                    scope,
                });
                return behind;
            }
            _ => return at.min(text.len()),
        }
    }
}
