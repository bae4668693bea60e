//! The messages of a conversation: lessons 05 to 08.

use std::error::Error;
use std::fmt::Write;

use messaging_lab::envelope::bundle::{PreKeyBundle, Upload};
use messaging_lab::envelope::kem::{EphemeralKey, KeyPair};
use messaging_lab::envelope::one_shot::{self, Names};
use messaging_lab::ground::hex::bytes_to_hex;
use messaging_lab::ground::ledger::Onlooker;
use messaging_lab::ground::randomness::Seeded;
use messaging_lab::ground::scene::{Scene, Sent};

use super::{from_the_run, message, messages, section, sending};
use crate::show::anatomy::Anatomy;
use crate::show::anatomy::envelope::{self, Carries};
use crate::show::page::Section;
use crate::show::page::html::escape;

/// Where chance begins in the run that makes the kit's one-shot envelopes.
pub const ONE_SHOT_SEED: u64 = 5;

/// What a phone hands to the relay, and nothing that comes out of it again.
fn handed_in(scene: &Scene) -> impl Iterator<Item = &Sent> {
    scene.sent.iter().filter(|sent| sent.to == Onlooker::Relay)
}

/// Lesson 05: envelopes in their parcels, and the kit's one-shot envelope.
pub fn relay(scene: &Scene) -> Vec<Section> {
    let parcels = messages(
        handed_in(scene),
        |bytes| envelope::parcel(bytes, Carries::Envelope),
        1,
    );
    let words = "<p>The relay reads every field that is in the clear: without the address it could not deliver.</p>\n";
    let mut sections = vec![section(
        "bytes-parcel",
        "An envelope in its parcel, byte by byte",
        format!("{}{words}{parcels}", from_the_run(scene)),
    )];
    let text = scene.watched.first().map_or(&[][..], |(_, text)| text);
    if let Ok(envelopes) = one_shot_envelopes(text) {
        let drawn: String = envelopes
            .iter()
            .enumerate()
            .map(|(number, (title, anatomy))| message(title, "", anatomy, 0, number > 0))
            .collect();
        sections.push(section(
            "bytes-one-shot",
            "The kit's one-shot envelope, byte by byte",
            format!(
                "<p>The text of the run ({} bytes) sealed once more, by a small run of <code>envelope::one_shot</code> \
                 (seed {ONE_SHOT_SEED}): with a version, a mode, and padding, so that its length says little.</p>\n{drawn}",
                text.len()
            ),
        ));
    }
    sections
}

/// A text in a one-shot envelope of either mode, each with a title.
pub fn one_shot_envelopes(text: &[u8]) -> Result<Vec<(String, Anatomy)>, Box<dyn Error>> {
    let mut randomness = Seeded::new(ONE_SHOT_SEED);
    let alice = KeyPair::generate(&mut randomness)?;
    let bob = KeyPair::generate(&mut randomness)?;
    let names = Names {
        from: "alice",
        to: "bob",
    };
    let base = one_shot::seal(
        names,
        EphemeralKey::generate(&mut randomness)?,
        &bob.public(),
        text,
    )?;
    let auth = one_shot::seal_auth(
        &alice,
        names,
        EphemeralKey::generate(&mut randomness)?,
        &bob.public(),
        text,
    )?;
    let apart = |bytes: &[u8]| envelope::one_shot(bytes, names.to).ok_or("no envelope");
    Ok(vec![
        ("one-shot envelope, anybody's".to_string(), apart(&base)?),
        ("one-shot envelope, the sender's own".to_string(), apart(&auth)?),
    ])
}

/// The first sending that is called so.
fn called<'a>(scene: &'a Scene, what: &str) -> Option<&'a Sent> {
    scene.sent.iter().find(|sent| sent.what == what)
}

/// Lesson 06: what Bob's phone uploads, what Alice's phone gets, and what the directory changed.
pub fn keys(scene: &Scene) -> Vec<Section> {
    let (Some(uploaded), Some(got)) = (
        called(scene, "upload of bob/1"),
        called(scene, "keys of bob/1 for alice/1"),
    ) else {
        return Vec::new();
    };
    let (Some(upload), Some(bundle)) = (envelope::upload(&uploaded.bytes), envelope::bundle(&got.bytes))
    else {
        return Vec::new();
    };
    let body = format!(
        "{}{}{}{}",
        from_the_run(scene),
        message(&sending(got), "", &bundle, 0, false),
        what_changed(&upload, &bundle),
        message(&sending(uploaded), "", &upload, 0, true)
    );
    vec![section(
        "bytes-bundle",
        "A key bundle, and what the directory changed in it",
        body,
    )]
}

/// The fields of a bundle beside those of the upload that it should be cut from.
fn what_changed(upload: &Anatomy, bundle: &Anatomy) -> String {
    let mut html = String::from(
        "<h3>What Bob's phone uploaded, and what Alice's phone got</h3>\n\
         <div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Table: upload and bundle compared\">\n\
         <table class=\"bytes-changed\">\n<caption>Field by field: the upload and the bundle</caption>\n\
         <thead><tr><th scope=\"col\">field</th><th scope=\"col\">in Bob's upload</th>\
         <th scope=\"col\">in what Alice's phone got</th><th scope=\"col\">bytes that differ</th></tr></thead>\n<tbody>\n",
    );
    for field in &bundle.fields {
        // The directory hands out the first one-time pre-key that it still has: this is the first request.
        let name = field.name.replace("one-time pre-key: ", "one-time pre-key 1: ");
        let Some(original) = upload.fields.iter().find(|other| other.name == name) else {
            continue;
        };
        if original.name == "kind" {
            continue;
        }
        let (before, after) = (upload.bytes_of(original), bundle.bytes_of(field));
        let differ = before.iter().zip(after).filter(|(a, b)| a != b).count();
        let words = match differ {
            0 => "none: the same".to_string(),
            _ => format!("{differ} of {}: changed", after.len()),
        };
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{words}</td></tr>",
            escape(&field.name),
            escape(&original.value),
            escape(&field.value)
        );
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
    for (whose, fits) in [
        ("Bob's upload", signature_fits_upload(&upload.bytes)),
        ("what Alice's phone got", signature_fits(&bundle.bytes)),
    ] {
        let words = match fits {
            true => "fits the identity key that stands there with it",
            false => "does not fit the identity key that stands there with it",
        };
        let _ = writeln!(html, "<p>The signature in {whose} {words}.</p>");
    }
    html
}

/// Whether a bundle's signature holds under its own identity key.
pub fn signature_fits(bundle: &[u8]) -> bool {
    PreKeyBundle::from_bytes(bundle).is_ok_and(|bundle| bundle.verify().is_ok())
}

/// The same of an upload.
pub fn signature_fits_upload(upload: &[u8]) -> bool {
    Upload::from_bytes(upload).is_ok_and(|upload| {
        let bundle = PreKeyBundle {
            identity: upload.identity,
            signed: upload.signed,
            one_time: None,
        };
        bundle.verify().is_ok()
    })
}

/// Lesson 07: the messages of a chain, and Bob's answer.
pub fn ratchet(scene: &Scene) -> Vec<Section> {
    let to_wire = scene.sent.iter().filter(|sent| sent.to == Onlooker::Wire);
    let drawn = messages(to_wire, envelope::ratchet, 1);
    let words = "<p>The header is in the clear, because the recipient needs it to find the key; the tag covers it.</p>\n";
    vec![section(
        "bytes-ratchet",
        "A ratchet message, byte by byte",
        format!("{}{words}{drawn}", from_the_run(scene)),
    )]
}

/// Lesson 08: the first message of a session, and the messages after it.
pub fn healing(scene: &Scene) -> Vec<Section> {
    // One of each of Alice's and Bob's phones; the rest has the same fields.
    let parcels = handed_in(scene).filter(|sent| sent.what == "a parcel").take(3);
    let drawn = messages(parcels, |bytes| envelope::parcel(bytes, Carries::Session), 1);
    let pairs = ratchet_keys(scene);
    vec![section(
        "bytes-first-message",
        "The first message of a session, byte by byte",
        format!("{}{drawn}{pairs}", from_the_run(scene)),
    )]
}

/// Which ratchet key stands in each parcel: where a new one begins, the conversation heals.
fn ratchet_keys(scene: &Scene) -> String {
    let mut html = String::from(
        "<h3>The ratchet key in each parcel that was handed in</h3>\n\
         <div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Table: ratchet keys by parcel\">\n\
         <table class=\"bytes-pairs\">\n<caption>dh, pn and n of every parcel</caption>\n<thead><tr><th scope=\"col\">when</th>\
         <th scope=\"col\">from</th><th scope=\"col\">dh</th><th scope=\"col\">its first time?</th><th scope=\"col\">pn</th>\
         <th scope=\"col\">n</th></tr></thead>\n<tbody>\n",
    );
    let mut seen: Vec<Vec<u8>> = Vec::new();
    for sent in handed_in(scene) {
        let Some(parcel) = envelope::parcel(&sent.bytes, Carries::Session) else {
            continue;
        };
        let field = |end: &str| parcel.fields.iter().find(|field| field.name.ends_with(end));
        let (Some(dh), Some(pn), Some(n)) = (field(": dh"), field(": pn"), field(": n")) else {
            continue;
        };
        let key = parcel.bytes_of(dh).to_vec();
        let new = !seen.contains(&key);
        let _ = writeln!(
            html,
            "<tr><td>second {}</td><td>{}</td><td><code>{}..</code></td><td>{}</td><td>{}</td><td>{}</td></tr>",
            messaging_lab::ground::scene::seconds(sent.at),
            escape(&sent.from.to_string()),
            bytes_to_hex(&key[..8]),
            if new { "new" } else { "as before" },
            pn.value,
            n.value
        );
        seen.push(key);
    }
    html.push_str("</tbody>\n</table>\n</div>\n");
    html
}
