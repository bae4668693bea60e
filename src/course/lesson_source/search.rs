//! What a name stands for: the student's own, the kit's, or neither.
//!
//! It is looked for where Rust looks: from the innermost braces outwards, up to the module around it; in each of them
//! first among what is declared or imported by name, then among what a `use ...::*` may bring. The search goes on through
//! imports (`use a as b; use b as c;`) until it ends at something of the file's own or leaves the file.

use super::imports::GLOB;
use super::items::Kind;
use super::names::Names;

/// The crate of the kit.
const KIT: &str = "messaging_lab";

/// The other crates that a lesson can name.
const OTHER_CRATES: [&str; 3] = ["std", "core", "alloc"];

/// How far one name is followed before it is given up.
const MOST_STEPS: u32 = 500;

/// What a name may stand for, as far as the text tells.
#[derive(Default)]
pub struct Meaning<'a> {
    /// Something of the file's own.
    pub items: Vec<usize>,
    /// The imports by which the name came.
    pub imports: Vec<usize>,
    /// A path into the kit; empty if it does not lead there.
    pub kit: Vec<&'a str>,
    /// A function of a type or of a value, `Type::method(...)` or `a.method(...)`. Whose it is, only the compiler knows.
    pub method: Option<&'a str>,
}

/// Rust keeps these names apart: `seal::x`, `seal!(...)` and `seal(...)` need not speak of the same thing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// Before `::`.
    Path,
    /// Before `!`.
    Macro,
    /// Anywhere else: a function, value or type.
    Other,
}

impl Space {
    fn has(self, kind: Kind) -> bool {
        use Kind::{Alias, Function, Macro, Module, Trait, Type, Value};
        match self {
            Space::Path => matches!(kind, Module | Type | Alias | Trait),
            Space::Macro => kind == Macro,
            Space::Other => matches!(kind, Function | Value | Type | Alias | Trait),
        }
    }
}

/// What the path `path` stands for at token `at`. `space` is that of its last name.
pub fn meaning<'a>(names: &Names<'a>, path: &[&'a str], at: usize, space: Space) -> Meaning<'a> {
    let mut search = Search {
        names,
        looked_in: Vec::new(),
        steps: 0,
        found: Meaning::default(),
    };
    search.follow(path, at, space);
    search.found
}

struct Search<'n, 'a> {
    names: &'n Names<'a>,
    /// The way here: what was looked for in which braces. Imports can lead in a circle.
    looked_in: Vec<(Option<usize>, &'a str, Space)>,
    steps: u32,
    /// All that it may be.
    found: Meaning<'a>,
}

impl<'a> Search<'_, 'a> {
    /// Follows `path`, which stands at token `at`.
    fn follow(&mut self, path: &[&'a str], at: usize, space: Space) {
        let Some((&root, rest)) = path.split_first() else {
            return;
        };
        let names = self.names;
        let mut scope = names.text.inside(at);
        let module = names.module_around(scope);
        match root {
            // Above the lesson there is the test that checks it.
            "crate" if rest.first() == Some(&"lesson") => return self.within(None, &rest[1..], space),
            "self" | "super" if !rest.is_empty() => return self.within(module, path, space),
            "crate" | "self" | "super" | "Self" => return,
            _ => {}
        }
        let alone = |kind: Space| rest.is_empty() && space == kind;
        let variable = names.variable(root, at).filter(|_| alone(Space::Other));
        loop {
            if variable.is_some_and(|start| scope.is_none_or(|open| start > open)) {
                return;
            }
            if self.look_in(scope, path, space) {
                return;
            }
            // Only a macro can be named in the modules below its own.
            if scope.is_none() || (scope == module && !alone(Space::Macro)) {
                break;
            }
            scope = scope.and_then(|open| names.text.inside(open));
        }
        if root == KIT {
            self.found.kit = path.to_vec();
        } else if !rest.is_empty() && !OTHER_CRATES.contains(&root) && self.found.items.is_empty() {
            // A type that nobody declared is somebody's parameter or std's; a module can only be the kit's.
            self.found.method = path.last().copied();
            if self.found.kit.is_empty() && root.starts_with(char::is_lowercase) {
                self.found.kit = path.to_vec();
            }
        }
    }

    /// Follows `path` from the module whose braces open at `module`; what is around the module is not visible there.
    fn within(&mut self, mut module: Option<usize>, mut path: &[&'a str], space: Space) {
        while let [root @ ("self" | "super"), rest @ ..] = path {
            if *root == "super" {
                let Some(open) = module else { return };
                module = self.names.module_around(self.names.text.inside(open));
            }
            path = rest;
        }
        self.look_in(module, path, space);
    }

    /// Looks for `path` among what the braces that open at `scope` declare and import. Whether it is certain to be that.
    fn look_in(&mut self, scope: Option<usize>, path: &[&'a str], space: Space) -> bool {
        let Some((&root, rest)) = path.split_first() else {
            return false;
        };
        let of_root = if rest.is_empty() { space } else { Space::Path };
        let here = (scope, root, of_root);
        self.steps += 1;
        if self.looked_in.contains(&here) || self.steps > MOST_STEPS {
            return false;
        }
        self.looked_in.push(here);
        // First what is declared: `use kit::seal;` may bring a module while `fn seal` is the file's own.
        let certain = self.declared(scope, path, of_root, space)
            || self.imported(scope, path, space)
            || (of_root == Space::Other && self.made_by_a_macro(scope, root));
        if !certain && root != KIT && !OTHER_CRATES.contains(&root) {
            self.by_glob(scope, path, space);
        }
        self.looked_in.pop();
        certain
    }

    fn declared(&mut self, scope: Option<usize>, path: &[&'a str], of_root: Space, space: Space) -> bool {
        let names = self.names;
        let mut certain = false;
        for (number, item) in names.items.iter().enumerate() {
            if item.scope != scope || item.name != path[0] || !of_root.has(item.kind) {
                continue;
            }
            certain = true;
            if item.kind == Kind::Module && path.len() > 1 {
                self.within(item.body, &path[1..], space);
            } else {
                // Of a type: what stands behind it belongs to the type.
                self.found.items.push(number);
            }
        }
        certain
    }

    fn imported(&mut self, scope: Option<usize>, path: &[&'a str], space: Space) -> bool {
        let names = self.names;
        let mut certain = false;
        for (number, import) in names.imports.iter().enumerate() {
            if import.scope == scope && import.name == path[0] {
                certain = true;
                self.found.imports.push(number);
                self.follow(&[&import.path[..], &path[1..]].concat(), import.at, space);
            }
        }
        certain
    }

    fn made_by_a_macro(&mut self, scope: Option<usize>, name: &str) -> bool {
        let names = self.names;
        let mut found = false;
        for &(call, made) in &names.made {
            if made == name && names.items[call].scope == scope {
                self.found.items.push(call);
                found = true;
            }
        }
        found
    }

    /// Adds what `path` means if one of the `use ...::*` of `scope` brings it.
    fn by_glob(&mut self, scope: Option<usize>, path: &[&'a str], space: Space) {
        let names = self.names;
        let kit_before = std::mem::take(&mut self.found.kit);
        let own_before = self.found.items.len();
        let mut kit = Vec::new();
        for (number, import) in names.imports.iter().enumerate() {
            if import.scope != scope || import.name != GLOB {
                continue;
            }
            self.found.imports.push(number);
            self.follow(&[&import.path[..], path].concat(), import.at, space);
            let found = std::mem::take(&mut self.found.kit);
            // Of an enum it brings the variants, and those are never withheld.
            let of_a_type = import
                .path
                .last()
                .is_some_and(|last| last.starts_with(char::is_uppercase));
            if kit.is_empty() && !of_a_type {
                kit = found;
            }
        }
        // What the kit's star brings is not known; what the file's own brings is.
        let own = self.found.items.len() > own_before;
        self.found.kit = if own || !kit_before.is_empty() {
            kit_before
        } else {
            kit
        };
    }
}
