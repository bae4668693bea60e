//! One message, drawn byte by byte: every field a group of cells with its name, and the same as a table.

use std::fmt::Write;

use crate::show::anatomy::{Anatomy, Field, Sight};
use crate::show::page::html::escape;

/// Cells and table. `title` names both for who cannot see them; `first` is where the bytes begin in their file.
pub fn drawn(title: &str, anatomy: &Anatomy, first: usize) -> String {
    format!("{}{}", cells(title, anatomy, first), table(title, anatomy, first))
}

/// Which bytes a field takes: `byte 0`, `bytes 2 to 6`.
pub fn place(field: &Field, first: usize) -> String {
    match field.to - field.from {
        1 => format!("byte {}", first + field.from),
        _ => format!("bytes {} to {}", first + field.from, first + field.to - 1),
    }
}

/// Who can read a field, in words.
pub fn sight(field: &Field) -> String {
    match &field.sight {
        Sight::Clear => "in the clear".to_string(),
        Sight::Sealed(who) => format!("sealed: only {who}"),
    }
}

/// A byte as a character, a dot where it is none that can be read.
pub fn character(byte: u8) -> char {
    match byte {
        b' '..=b'~' => byte as char,
        _ => '.',
    }
}

fn cells(title: &str, anatomy: &Anatomy, first: usize) -> String {
    let count = anatomy.fields.len();
    let mut html = format!(
        "<div class=\"bytes-grid\" role=\"group\" aria-label=\"{}, byte by byte\">\n",
        escape(title)
    );
    for (number, field) in (1..).zip(&anatomy.fields) {
        let class = match field.sight {
            Sight::Clear => "bytes-field",
            Sight::Sealed(_) => "bytes-field bytes-sealed",
        };
        let says = format!(
            "{}, {}: {} ({})",
            field.name,
            place(field, first),
            field.value,
            sight(field)
        );
        let _ = write!(
            html,
            "<span class=\"{class}\" role=\"group\" tabindex=\"0\" aria-label=\"field {number} of {count}: {}\">",
            escape(&says)
        );
        for (at, byte) in anatomy.bytes_of(field).iter().enumerate() {
            let mark = match at {
                0 => format!("<sup>{number}</sup>"),
                _ => String::new(),
            };
            let _ = write!(
                html,
                "<span class=\"bytes-cell\">{mark}<b>{byte:02x}</b><i>{}</i></span>",
                escape(&character(*byte).to_string())
            );
        }
        let _ = writeln!(
            html,
            "<span class=\"bytes-caption\" aria-hidden=\"true\">{number}. {}</span></span>",
            escape(&says)
        );
    }
    html.push_str("</div>\n");
    html
}

fn table(title: &str, anatomy: &Anatomy, first: usize) -> String {
    let title = escape(title);
    let mut html = format!(
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Table: the fields of {title}\">\n\
         <table class=\"bytes-fields\">\n<caption>{title}: its {} fields, {} bytes</caption>\n\
         <thead><tr><th scope=\"col\">no</th><th scope=\"col\">field</th><th scope=\"col\">where</th>\
         <th scope=\"col\">value</th><th scope=\"col\">meaning</th><th scope=\"col\">who can read it</th></tr></thead>\n<tbody>\n",
        anatomy.fields.len(),
        anatomy.bytes.len()
    );
    for (number, field) in (1..).zip(&anatomy.fields) {
        let _ = writeln!(
            html,
            "<tr><td>{number}</td><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            escape(&field.name),
            place(field, first),
            escape(&field.value),
            escape(&field.meaning),
            escape(&sight(field))
        );
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
    html
}
