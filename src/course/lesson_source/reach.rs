//! What one exercise is made of: its function and everything of the file that the function uses, directly or not.

use super::imports::GLOB;
use super::items::{Item, Kind};
use super::mentions::{Mention, at_the_top};
use super::names::Names;
use super::search::Meaning;

/// The part of a file that belongs to one exercise.
pub struct Reach<'a> {
    /// What the exercise's own name stands for.
    pub start: Meaning<'a>,
    /// For each item, whether it is used.
    pub items: Vec<bool>,
    /// For each import, whether it is used.
    pub imports: Vec<bool>,
}

impl<'a> Reach<'a> {
    /// What `name` reaches. Nothing at all if the file has nothing of that name.
    pub fn of(name: &'a str, names: &Names<'a>, mentions: &[Mention<'a>]) -> Self {
        let start = at_the_top(names, name);
        let mut reach = Reach {
            items: vec![false; names.items.len()],
            imports: vec![false; names.imports.len()],
            start,
        };
        for &import in &reach.start.imports {
            reach.imports[import] = true;
        }
        let mut methods = Vec::new();
        let mut open = reach.start.items.clone();
        loop {
            while let Some(number) = open.pop() {
                if reach.items[number] {
                    continue;
                }
                reach.items[number] = true;
                for mention in within(mentions, &names.items[number]) {
                    open.extend(&mention.meaning.items);
                    methods.extend(mention.meaning.method);
                    for &import in &mention.meaning.imports {
                        reach.imports[import] = true;
                    }
                }
            }
            // What comes without being named: implementations, and the traits whose methods are called.
            for number in 0..names.items.len() {
                if !reach.items[number] && reach.comes_along(number, names, mentions, &methods) {
                    open.push(number);
                }
            }
            if open.is_empty() {
                return reach;
            }
        }
    }

    /// Whether the file has something of the exercise's name. What a `use ...::*` may bring is not enough.
    pub fn found(&self, names: &Names<'a>) -> bool {
        let mut imports = self.start.imports.iter();
        !self.start.items.is_empty() || imports.any(|&import| names.imports[import].name != GLOB)
    }

    /// Whether item `number` is used as soon as what is reached so far is.
    fn comes_along(
        &self,
        number: usize,
        names: &Names<'a>,
        mentions: &[Mention<'a>],
        methods: &[&str],
    ) -> bool {
        let item = &names.items[number];
        match (item.kind, item.body) {
            // One in a function is not visible elsewhere.
            (Kind::Trait, Some(body)) if names.module_around(item.scope) == item.scope => {
                let mut members = names.items.iter().filter(|member| member.scope == Some(body));
                members.any(|member| methods.contains(&member.name))
            }
            (Kind::Impl, Some(body)) => {
                let for_type = names.self_type(item);
                let (mut of_own_type, mut type_used, mut used) = (false, false, false);
                for mention in within(mentions, item) {
                    for &other in &mention.meaning.items {
                        let kind = names.items[other].kind;
                        if mention.at < body && matches!(kind, Kind::Type | Kind::Trait) {
                            used |= self.items[other];
                            if kind == Kind::Type && mention.at > for_type {
                                of_own_type = true;
                                type_used |= self.items[other];
                            }
                        }
                    }
                }
                // `impl Trait for Type`: nobody calls it without the type. Of somebody else's type: without the trait.
                if of_own_type { type_used } else { used }
            }
            _ => false,
        }
    }
}

/// The mentions that stand in `item`.
pub fn within<'m, 'a>(mentions: &'m [Mention<'a>], item: &Item<'_>) -> &'m [Mention<'a>] {
    // They are in the order of the file.
    let before = |token: usize| mentions.partition_point(|mention| mention.at < token);
    &mentions[before(item.first)..before(item.end + 1)]
}
