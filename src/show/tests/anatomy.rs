//! The anatomies held to the models: over many seeded messages the fields tile the bytes, and each field is what the
//! model's own parser takes out.

mod call;
mod disk;
mod envelope;

use crate::show::anatomy::{Anatomy, Field};
use messaging_lab::ground::hex::bytes_to_hex;

/// That the fields begin with the first byte, follow one another and end with the last byte, and that the anatomy is
/// one of these bytes.
fn tiles(anatomy: &Anatomy, bytes: &[u8]) {
    assert_eq!(anatomy.bytes, bytes);
    let mut at = 0;
    for field in &anatomy.fields {
        assert_eq!(
            field.from, at,
            "{}: a gap or an overlap before {field:?}",
            anatomy.format
        );
        assert!(field.to > field.from, "{}: {field:?} is empty", anatomy.format);
        assert!(!field.name.is_empty() && !field.value.is_empty() && !field.meaning.is_empty());
        at = field.to;
    }
    assert_eq!(at, bytes.len(), "{}: bytes without a field", anatomy.format);
    let again: Vec<u8> = anatomy
        .fields
        .iter()
        .flat_map(|field| anatomy.bytes_of(field).to_vec())
        .collect();
    assert_eq!(again, bytes);
}

/// The one field with this name.
fn field<'a>(anatomy: &'a Anatomy, name: &str) -> &'a Field {
    let all: Vec<&Field> = anatomy.fields.iter().filter(|field| field.name == name).collect();
    assert_eq!(all.len(), 1, "{}: {name} in {:?}", anatomy.format, names(anatomy));
    all[0]
}

fn names(anatomy: &Anatomy) -> Vec<&str> {
    anatomy.fields.iter().map(|field| field.name.as_str()).collect()
}

/// That a field has these bytes and this value.
fn is(anatomy: &Anatomy, name: &str, bytes: &[u8], value: &str) {
    let field = field(anatomy, name);
    assert_eq!(anatomy.bytes_of(field), bytes, "{}: {name}", anatomy.format);
    assert_eq!(field.value, value, "{}: {name}", anatomy.format);
}

/// That a field is this number.
fn is_number(anatomy: &Anatomy, name: &str, number: u64) {
    let field = field(anatomy, name);
    let big_endian = number.to_be_bytes();
    assert_eq!(
        anatomy.bytes_of(field),
        &big_endian[8 - (field.to - field.from)..],
        "{name}"
    );
    assert_eq!(field.value, number.to_string(), "{name}");
}

/// That a field has these bytes, and shows the first eight of them in hex.
fn is_hex(anatomy: &Anatomy, name: &str, bytes: &[u8]) {
    let value = match bytes.len() > 8 {
        true => format!("{}..", bytes_to_hex(&bytes[..8])),
        false => bytes_to_hex(bytes),
    };
    is(anatomy, name, bytes, &value);
}
