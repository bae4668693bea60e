//! JSON, as far as it is written here.

/// A value.
pub enum Json {
    Text(String),
    Number(u64),
    Truth(bool),
    List(Vec<Json>),
    /// In this order.
    Object(Vec<(&'static str, Json)>),
}

impl Json {
    /// A text.
    pub fn text(text: impl Into<String>) -> Json {
        Json::Text(text.into())
    }

    /// On several lines, two spaces a level.
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        self.put(&mut out, 0);
        out.push('\n');
        out
    }

    fn put(&self, out: &mut String, depth: usize) {
        let line = |out: &mut String, depth: usize| {
            out.push('\n');
            out.push_str(&"  ".repeat(depth));
        };
        match self {
            Json::Text(text) => quote(out, text),
            Json::Number(number) => out.push_str(&number.to_string()),
            Json::Truth(truth) => out.push_str(&truth.to_string()),
            Json::List(items) if items.is_empty() => out.push_str("[]"),
            Json::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    line(out, depth + 1);
                    item.put(out, depth + 1);
                }
                line(out, depth);
                out.push(']');
            }
            Json::Object(fields) => {
                out.push('{');
                for (at, (name, value)) in fields.iter().enumerate() {
                    out.push_str(if at > 0 { "," } else { "" });
                    line(out, depth + 1);
                    quote(out, name);
                    out.push_str(": ");
                    value.put(out, depth + 1);
                }
                line(out, depth);
                out.push('}');
            }
        }
    }
}

/// RFC 8259, section 7: the quotation mark, the backslash and control characters are escaped.
fn quote(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
}
