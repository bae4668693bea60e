//! Bytes as a reader can take them in: text beside hex, and what the scene is about named in words.

use std::fmt::Write;

use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::scene::Scene;

use super::html::escape;

/// A run of printable characters is taken for text if it is so long that not one in a hundred values of `whole` random
/// bytes has one like it: 95 of 256 bytes are printable, so a run of n begins at a given place by chance with (95/256)^n.
fn shortest_text(whole: usize) -> usize {
    let mut by_chance = whole as f64;
    let mut length = 0;
    while by_chance > 0.01 {
        by_chance *= 95.0 / 256.0;
        length += 1;
    }
    length
}

/// How many characters of one text a line shows.
const SHOWN_TEXT: usize = 60;

/// How many bytes without text a line shows.
const SHOWN_BYTES: usize = 8;

/// How many parts of a value a line shows.
const SHOWN_PIECES: usize = 6;

/// How many bytes a dump shows.
pub const SHOWN_DUMP: usize = 256;

/// Bytes with a name, which the scene is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watched<'a> {
    /// Their name.
    pub name: &'a str,
    /// The bytes.
    pub bytes: &'a [u8],
    /// Whether they are a message as people read it: text that was on one of the two phones. What a relay or a tap wrote
    /// down for itself can be read as well, and is nobody's message.
    pub plaintext: bool,
}

/// What `scene` is about.
pub fn watched(scene: &Scene) -> Vec<Watched<'_>> {
    let on_a_phone = |bytes: &[u8]| {
        let holders = scene.ledger.ever_holders_of(bytes);
        holders.contains(&Onlooker::AlicePhone) || holders.contains(&Onlooker::BobPhone)
    };
    scene
        .watched
        .iter()
        .map(|(name, bytes)| Watched {
            name,
            bytes,
            plaintext: is_text(bytes) && on_a_phone(bytes),
        })
        .collect()
}

/// A part of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Bytes that the scene is about.
    Watched(Watched<'a>),
    /// What can be read as it stands.
    Text(&'a [u8]),
    /// What cannot.
    Raw(&'a [u8]),
}

/// `bytes` cut into parts: nothing is left out, nothing stands there twice.
pub fn pieces<'a>(bytes: &'a [u8], watched: &[Watched<'a>]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut rest = bytes;
    while let Some((from, found)) = first_watched(rest, watched) {
        plain_pieces(&rest[..from], bytes.len(), &mut pieces);
        pieces.push(Piece::Watched(found));
        rest = &rest[from + found.bytes.len()..];
    }
    plain_pieces(rest, bytes.len(), &mut pieces);
    pieces
}

/// Where the first of the watched bytes begin, and which they are; of two that begin there the longer ones.
fn first_watched<'a>(bytes: &[u8], watched: &[Watched<'a>]) -> Option<(usize, Watched<'a>)> {
    watched
        .iter()
        .filter(|wanted| !wanted.bytes.is_empty())
        .filter_map(|wanted| {
            let from = bytes
                .windows(wanted.bytes.len())
                .position(|part| part == wanted.bytes)?;
            Some((from, *wanted))
        })
        .min_by_key(|(from, found)| (*from, std::cmp::Reverse(found.bytes.len())))
}

/// The runs of text in `bytes`, and what stands between them. `whole` is the length of the value that they are cut from.
fn plain_pieces<'a>(bytes: &'a [u8], whole: usize, pieces: &mut Vec<Piece<'a>>) {
    let mut raw_from = 0;
    let mut at = 0;
    for run in bytes.chunk_by(|a, b| printable(*a) == printable(*b)) {
        let from = at;
        at += run.len();
        if printable(run[0]) && (run.len() >= shortest_text(whole) || run.len() == whole) {
            if raw_from < from {
                pieces.push(Piece::Raw(&bytes[raw_from..from]));
            }
            pieces.push(Piece::Text(run));
            raw_from = at;
        }
    }
    if raw_from < bytes.len() {
        pieces.push(Piece::Raw(&bytes[raw_from..]));
    }
}

fn printable(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Whether all of it can be read as it stands.
pub fn is_text(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(|byte| printable(*byte))
}

/// The first characters of a text in quotes, and how many there are more.
pub fn quoted(bytes: &[u8], most: usize) -> String {
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(most)]);
    match bytes.len().saturating_sub(most) {
        0 => format!("\"{shown}\""),
        more => format!("\"{shown}\" and {more} more"),
    }
}

/// The first bytes in hex.
pub fn hex(bytes: &[u8], most: usize) -> String {
    let shown = bytes_to_hex(&bytes[..bytes.len().min(most)]);
    match bytes.len() > most {
        true => format!("{shown}.."),
        false => shown,
    }
}

/// A value in one line, as HTML: its parts in order, then how many bytes it has.
pub fn line(bytes: &[u8], watched: &[Watched]) -> String {
    let all = pieces(bytes, watched);
    let mut html = String::new();
    for piece in all.iter().take(SHOWN_PIECES) {
        let part = match piece {
            Piece::Watched(found) if found.plaintext => format!(
                "<span class=\"plain\">plaintext ({}): {}</span>",
                escape(found.name),
                escape(&quoted(found.bytes, SHOWN_TEXT))
            ),
            Piece::Watched(found) if is_text(found.bytes) => format!(
                "readable ({}): {}",
                escape(found.name),
                escape(&quoted(found.bytes, SHOWN_TEXT))
            ),
            Piece::Watched(found) => format!(
                "<code>{}</code> <span class=\"watched\">({})</span>",
                hex(found.bytes, SHOWN_BYTES),
                escape(found.name)
            ),
            Piece::Text(text) => format!("readable: {}", escape(&quoted(text, SHOWN_TEXT))),
            Piece::Raw(bytes) => format!("<code>{}</code>", hex(bytes, SHOWN_BYTES)),
        };
        let _ = write!(html, "{part}; ");
    }
    if all.len() > SHOWN_PIECES {
        let _ = write!(html, "{} more parts; ", all.len() - SHOWN_PIECES);
    }
    html.push_str(&counted(bytes.len()));
    html
}

/// How many bytes, in words.
pub fn counted(bytes: usize) -> String {
    match bytes {
        1 => "1 byte".to_string(),
        many => format!("{many} bytes"),
    }
}

/// All bytes up to a limit, eight a line with the readable ones beside them, folded away; nothing for no bytes.
pub fn dump(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        return String::new();
    }
    let shown = &bytes[..bytes.len().min(SHOWN_DUMP)];
    let mut lines = String::new();
    for (number, eight) in shown.chunks(8).enumerate() {
        let hex: Vec<String> = eight.iter().map(|byte| format!("{byte:02x}")).collect();
        let text: String = eight
            .iter()
            .map(|&byte| if printable(byte) { byte as char } else { '.' })
            .collect();
        let _ = writeln!(
            lines,
            "{:04x}  {:<23}  {}",
            number * 8,
            hex.join(" "),
            escape(&text)
        );
    }
    let title = match bytes.len() > shown.len() {
        true => format!("the first {} of {} in hex", shown.len(), counted(bytes.len())),
        false => format!("{} in hex", counted(bytes.len())),
    };
    format!("<details><summary>{title}</summary><pre>{lines}</pre></details>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about<'a>(name: &'a str, bytes: &'a [u8]) -> Watched<'a> {
        Watched {
            name,
            bytes,
            plaintext: true,
        }
    }

    #[test]
    fn a_value_is_cut_into_what_it_is_about_what_can_be_read_and_the_rest() {
        let watched = [about("the text", b"meet at ten"), about("its end", b"ten")];
        assert_eq!(
            pieces(b"\0\0Gmeet at tenX\x01alice/1 to bob/1", &watched),
            [
                Piece::Raw(b"\0\0G"),
                Piece::Watched(watched[0]),
                Piece::Raw(b"X\x01"),
                Piece::Text(b"alice/1 to bob/1"),
            ]
        );
        // What stands there by chance, and may: five letters among a hundred bytes.
        let noise = [&[0xff; 50][..], b"q}<on", &[0xff; 45]].concat();
        assert_eq!(pieces(&noise, &[]), [Piece::Raw(&noise)]);
        assert_eq!((shortest_text(100), shortest_text(20_000)), (10, 15));
        assert_eq!(pieces(b"ok", &[]), [Piece::Text(b"ok")]);
        assert!(pieces(b"", &watched).is_empty());
    }

    #[test]
    fn a_line_says_plaintext_in_words_and_a_dump_has_every_byte_up_to_its_limit() {
        let mut watched = [about("the text", b"<figs>")];
        assert_eq!(
            line(b"\x01\x02<figs>", &watched),
            "<code>0102</code>; <span class=\"plain\">plaintext (the text): &quot;&lt;figs&gt;&quot;</span>; 8 bytes"
        );
        watched[0].plaintext = false;
        assert_eq!(
            line(b"<figs>", &watched),
            "readable (the text): &quot;&lt;figs&gt;&quot;; 6 bytes"
        );
        assert!(dump(b"figs\0").contains("<pre>0000  66 69 67 73 00           figs.\n</pre>"));
        let long = dump(&[7; SHOWN_DUMP + 1]);
        assert!(long.contains("the first 256 of 257 bytes") && long.matches(" 07").count() == SHOWN_DUMP);
        assert_eq!(dump(b""), "");
    }
}
