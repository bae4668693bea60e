//! What stands around every page: head, way from page to page, foot.
//!
//! A page stands alone: style and script are in it, and its own policy forbids the browser to load anything from
//! anywhere but the folder that it lies in.

use messaging_lab::crypto::sha256::sha256;

use super::html::escape;

/// The style of every page: the common one, the sections' own, and what is different on paper.
const STYLE: &str = concat!(
    include_str!("style.css"),
    include_str!("sequence.css"),
    include_str!("bytes.css"),
    include_str!("ratchet.css"),
    include_str!("words.css"),
    include_str!("sound.css"),
    include_str!("print.css")
);

/// The script of every page.
const SCRIPT: &str = include_str!("script.js");

/// What stands on every page.
const NOTICE: &str =
    "To learn with, never to protect anyone: toy models, exact to their specifications and not hardened.";

/// The command that writes the pages.
pub const COMMAND: &str = "cargo run -- show --html";

/// A whole page. `links` lead to other pages: (what it is, file name, its name).
pub fn page(title: &str, links: &[(&str, String, String)], body: &str) -> String {
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'unsafe-inline'; img-src data:; media-src 'self' file:; \
         base-uri 'none'; form-action 'none'",
        base64(&sha256(SCRIPT.as_bytes()))
    );
    let title = escape(title);
    let top = ways(links, "Pages");
    let bottom = ways(links, "Pages, again");
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <title>{title}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header>{top}</header>\n\
         <main id=\"main\" tabindex=\"-1\">\n{body}</main>\n\
         <footer>{bottom}<p>{NOTICE} Written by <code>{COMMAND}</code>; nothing is loaded from a network.</p></footer>\n\
         <script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
}

/// The way to other pages.
fn ways(links: &[(&str, String, String)], label: &str) -> String {
    let items: String = links
        .iter()
        .map(|(what, file, name)| {
            format!(
                "<li>{}<a href=\"{}\">{}</a></li>",
                escape(what),
                escape(file),
                escape(name)
            )
        })
        .collect();
    match items.is_empty() {
        true => String::new(),
        false => format!("<nav aria-label=\"{label}\"><ul>{items}</ul></nav>"),
    }
}

/// RFC 4648, section 4: three bytes as four characters of six bits each, the last ones filled up with `=`.
pub fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, place| {
            bits << 8 | u32::from(group.get(place).copied().unwrap_or(0))
        });
        for place in 0..4 {
            let six = (bits >> (18 - 6 * place)) & 63;
            text.push(match place <= group.len() {
                true => ALPHABET[six as usize] as char,
                false => '=',
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    /// RFC 4648, section 10.
    #[test]
    fn base64_fills_up_to_groups_of_four() {
        let examples = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
        for (length, wanted) in examples.iter().enumerate() {
            assert_eq!(base64(&b"foobar"[..length]), *wanted);
        }
        assert_eq!(base64(&[0xff, 0xef, 0xbe]), "/+++");
    }
}
