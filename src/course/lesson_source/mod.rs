//! Reads a lesson file's text, not its meaning: where a function stands, what it uses, which of the kit's names it uses.
//!
//! Three things need it. The front door names file and line of an exercise. A result belongs to the code as it was when
//! it was checked, so the code of one exercise gets a fingerprint. And a build exercise asks for something that the
//! models publish; the names that would be the answer are withheld from it.
//!
//! The unit of all three is an exercise's function and what it uses of the file: other functions, constants, types with
//! their implementations, macros, and what these use in turn. What other exercises need counts for those only.
//!
//! In reading order:
//!
//! 1. `tokens`: words, numbers, literals and signs. `text`: how brackets pair.
//! 2. `items`: what the file declares. `imports`: what it brings in. `variables`: what its functions name for themselves.
//! 3. `names`: all that a name can stand for. `search`: what one stands for. `mentions`: where the file speaks of what.
//! 4. `reach`: what an exercise's function uses, directly or not.
//! 5. `withheld`: whether the kit's answer is among it.
//!
//! # What it sees, and which way it errs
//!
//! It follows names as the compiler does, only roughly. It knows no types and expands no macros, so it does not know whose
//! method `value.name()` is, what a macro makes of its arguments, or which names a `use kit::*` really brings.
//!
//! - For an **honest student** it must never raise a false alarm. Where the text leaves open whose a name is, it is
//!   taken for the student's own: a variable, a field, anything declared in the file, a method that the file has too.
//!   (One case is left: in a function's body a `use` of all that a module of the kit has may hide the file's own
//!   function, so there the kit's is meant.)
//! - For **somebody who wants to cheat** it is a kind reminder and no more. Names put together by a macro, or a constant
//!   copied out of a run, pass unseen. What keeps the kit out for good is to compile without it.
//! - A **fingerprint** errs the other way: it may change with code that does not matter (a method of a type that is
//!   used, but not this one), so that a pass is rather taken for out of date. Unseen by it is what is used without being
//!   named, such as a trait of another crate that an import brings.

mod imports;
mod items;
mod mentions;
mod names;
mod reach;
mod search;
mod text;
mod tokens;
mod variables;
mod withheld;

#[cfg(test)]
mod tests;

use std::ops::Range;

use items::{Item, Kind};
use mentions::{Mention, at_the_top, mentions};
use names::Names;
use reach::Reach;
use text::Text;

pub use tokens::{Token, tokens};

/// A lesson file, taken apart.
pub struct LessonSource<'a> {
    source: &'a str,
    names: Names<'a>,
    mentions: Vec<Mention<'a>>,
}

impl<'a> LessonSource<'a> {
    /// Takes `source` apart. Nothing here fails: what is not Rust yet is read as far as it goes.
    pub fn read(source: &'a str) -> Self {
        let names = Names::of(Text::read(source));
        let mentions = mentions(&names);
        LessonSource {
            source,
            names,
            mentions,
        }
    }

    /// The line, counted from 1, on which `fn name` stands, or whatever else gives the file something of that name: an
    /// import, a macro's call.
    pub fn line_of(&self, name: &'a str) -> Option<usize> {
        if let Some(function) = self.function(name) {
            return Some(self.line(function.keyword));
        }
        let meaning = at_the_top(&self.names, name);
        let import = meaning
            .imports
            .first()
            .map(|&import| self.names.imports[import].at);
        let item = meaning.items.first().map(|&item| self.names.items[item].keyword);
        import.or(item).map(|at| self.line(at))
    }

    /// The bytes of the file that are function `name`, its attributes and doc comment included.
    pub fn span_of(&self, name: &str) -> Option<Range<usize>> {
        let function = self.function(name)?;
        let tokens = &self.names.text.tokens;
        let start = tokens[function.first].start;
        Some(self.with_comments_above(start)..tokens[function.end].end())
    }

    /// Moves `start` up over the comment lines that stand directly above it.
    fn with_comments_above(&self, start: usize) -> usize {
        let line_start = |at: usize| self.source[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let mut start = line_start(start);
        while start > 0 {
            let above = line_start(start - 1);
            if !self.source[above..start].trim_start().starts_with("//") {
                break;
            }
            start = above;
        }
        start
    }

    /// An exercise is a function at the top of the file.
    fn function(&self, name: &str) -> Option<&Item<'a>> {
        let mut items = self.names.items.iter();
        items.find(|item| item.kind == Kind::Function && item.scope.is_none() && item.name == name)
    }

    /// The line of the token `at`, counted from 1.
    fn line(&self, at: usize) -> usize {
        let start = self.names.text.tokens[at].start;
        1 + self.source[..start].matches('\n').count()
    }

    /// A number for the code that the exercise's function uses: the same as long as that code is the same, whatever
    /// happens to comments, layout, unused imports and other exercises. Where the file has nothing of that name (a
    /// macro may have made it), a number for the whole file. `None` for a file without any code.
    ///
    /// FNV-1a over the tokens, 64 bits: it notices edits, it does not resist somebody who looks for collisions.
    pub fn fingerprint(&self, name: &'a str) -> Option<u64> {
        let tokens = &self.names.text.tokens;
        let reach = Reach::of(name, &self.names, &self.mentions);
        let mut counts = vec![!reach.found(&self.names); tokens.len()];
        for (item, reached) in self.names.items.iter().zip(&reach.items) {
            if *reached {
                counts[item.first..=item.end].fill(true);
            }
        }
        let mut print = START;
        for (token, counts) in tokens.iter().zip(counts) {
            if counts {
                mix(&mut print, token.text);
            }
        }
        for (import, reached) in self.names.imports.iter().zip(&reach.imports) {
            if *reached {
                let mut of_import = START;
                for part in &import.path {
                    mix(&mut of_import, part);
                }
                mix(&mut of_import, import.name);
                // Added up: in which order imports stand is layout.
                print = print.wrapping_add(of_import);
            }
        }
        (!tokens.is_empty()).then_some(print)
    }
}

/// Where FNV-1a begins.
const START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a over one text more.
fn mix(hash: &mut u64, text: &str) {
    // A byte that no token contains keeps "ab c" and "a bc" apart.
    for byte in text.bytes().chain([0]) {
        // A line's end may be written in two ways.
        if byte != b'\r' {
            *hash = (*hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}
