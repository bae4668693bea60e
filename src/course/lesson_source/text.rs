//! A lesson's tokens, and how its brackets pair.

use super::tokens::{Token, tokens};

/// The tokens of a file by number, with the brackets that enclose them. A number beyond the end is an empty token.
pub struct Text<'a> {
    pub tokens: Vec<Token<'a>>,
    partner: Vec<Option<usize>>,
    inside: Vec<Option<usize>>,
}

impl<'a> Text<'a> {
    /// Reads `source` and pairs its brackets.
    pub fn read(source: &'a str) -> Self {
        let tokens = tokens(source);
        let partner = pairs(&tokens);
        // A bracket without a partner encloses nothing: a brace that is missing in one function hides no other one.
        let mut open = Vec::new();
        let mut inside = Vec::with_capacity(tokens.len());
        for (at, partner) in partner.iter().enumerate() {
            if partner.is_some_and(|partner| partner < at) {
                open.pop();
            }
            inside.push(open.last().copied());
            if partner.is_some_and(|partner| partner > at) {
                open.push(at);
            }
        }
        Text {
            tokens,
            partner,
            inside,
        }
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The token at `at` as it stands in the file.
    pub fn at(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    /// The token before `at`.
    pub fn before(&self, at: usize) -> &'a str {
        at.checked_sub(1).map_or("", |before| self.at(before))
    }

    /// The name at `at`.
    pub fn name(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", Token::name)
    }

    /// Whether the token at `at` can name something.
    pub fn is_name(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(Token::is_name)
    }

    /// The other bracket of the pair.
    pub fn partner(&self, at: usize) -> Option<usize> {
        self.partner.get(at).copied().flatten()
    }

    /// The opening bracket of the innermost pair around `at`; `None` at the top of the file.
    pub fn inside(&self, at: usize) -> Option<usize> {
        self.inside.get(at).copied().flatten()
    }

    /// Where the innermost pair around `at` closes, or the end of the file.
    pub fn end_around(&self, at: usize) -> usize {
        self.inside(at)
            .and_then(|open| self.partner(open))
            .unwrap_or(self.len())
    }

    /// The first of the `wanted` signs from `from` on, outside brackets that open on the way and before the pair around
    /// `from` closes.
    pub fn find(&self, from: usize, wanted: &[&str]) -> Option<usize> {
        let mut at = from;
        while at < self.len() {
            if wanted.contains(&self.at(at)) {
                return Some(at);
            }
            match self.partner(at) {
                Some(close) if close > at => at = close,
                Some(_) => return None,
                // `::<u8, u16>` holds a comma that separates nothing else.
                None if self.before(at) == "::" && self.at(at) == "<" => at = self.angle(at),
                None => {}
            }
            at += 1;
        }
        None
    }

    /// The `>` that closes the `<` at `open`, if one does; else `open`. Only where no `<` can mean "less than".
    pub fn angle(&self, open: usize) -> usize {
        let mut depth = 0_u32;
        for at in open..self.len() {
            match self.at(at) {
                "<" => depth += 1,
                ">" if depth == 1 => return at,
                ">" => depth -= 1,
                _ => {}
            }
        }
        open
    }

    /// The closing brace of the first `{ ... }` from `from` on, found as [`find`](Self::find) finds it.
    pub fn block_end(&self, from: usize) -> Option<usize> {
        let mut end = self.partner(self.find(from, &["{"])?)?;
        // `if let Some(x) = match y { ... } { ... }`: the last one is the body.
        while self.at(end + 1) == "{" {
            end = self.partner(end + 1)?;
        }
        Some(end)
    }
}

/// For each bracket the other one of its pair. A bracket too many or too few costs itself only: `}` may close over open
/// `(` and `[`, which then have no partner, but `)` and `]` never close over an open `{`.
fn pairs(tokens: &[Token<'_>]) -> Vec<Option<usize>> {
    let mut partner = vec![None; tokens.len()];
    let mut open: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let opening = match token.text {
            "(" | "[" | "{" => {
                open.push(at);
                continue;
            }
            ")" => "(",
            "]" => "[",
            "}" => "{",
            _ => continue,
        };
        let nearest = open
            .iter()
            .rposition(|&open| tokens[open].text == opening || tokens[open].text == "{");
        if let Some(nearest) = nearest {
            if tokens[open[nearest]].text == opening {
                partner[at] = Some(open[nearest]);
                partner[open[nearest]] = Some(at);
                open.truncate(nearest);
            }
        }
    }
    partner
}
