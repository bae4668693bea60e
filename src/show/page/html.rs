//! Text as HTML: what has a meaning in markup is written as a character reference.

/// `text` as it stands between tags, or in an attribute between double quotes.
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_of_a_text_is_taken_for_markup() {
        assert_eq!(
            escape("<b class=\"x\">Alice's & Bob's</b>"),
            "&lt;b class=&quot;x&quot;&gt;Alice&#39;s &amp; Bob&#39;s&lt;/b&gt;"
        );
    }
}
