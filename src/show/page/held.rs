//! Who held what, from when, until when: the ledger as a table. The script shows of it what is held at one moment.

use std::fmt::Write;

use messaging_lab::ground::ledger::Holding;
use messaging_lab::ground::scene::{Scene, seconds};

use super::html::escape;
use super::{told, value};
use crate::show::steps::lanes;

/// The anchor of a holding's row.
pub fn anchor(scene: &Scene, holding: &Holding) -> String {
    format!("held-{}", told::place(scene, holding))
}

/// The table: a group of rows for each onlooker, a row for each holding.
pub fn held(scene: &Scene) -> String {
    let mut html = String::from(
        "<table id=\"held\">\n<caption><span id=\"held-when\">The whole run</span>: who holds what, from second to second</caption>\n\
         <thead><tr><th scope=\"col\">what</th><th scope=\"col\">from</th><th scope=\"col\">until</th></tr></thead>\n",
    );
    let watched = value::watched(scene);
    for onlooker in lanes(scene) {
        let name = escape(&onlooker.to_string());
        let _ = writeln!(
            html,
            "<tbody data-who=\"{name}\">\n<tr><th scope=\"rowgroup\" colspan=\"3\">{name}</th></tr>"
        );
        let mut nothing = true;
        for holding in scene.ledger.ever_held_by(onlooker) {
            nothing = false;
            let until = holding
                .until
                .map_or(String::new(), |until| format!(" data-until=\"{until}\""));
            let _ = writeln!(
                html,
                "<tr id=\"{}\" data-from=\"{}\"{until}><th scope=\"row\"><span class=\"what\">{}</span>\
                 <div class=\"value\">{}{}</div></th><td>{}</td><td>{}</td></tr>",
                anchor(scene, holding),
                holding.from,
                escape(&holding.what),
                value::line(&holding.bytes, &watched),
                value::dump(&holding.bytes),
                seconds(holding.from),
                holding.until.map_or("-".to_string(), seconds)
            );
        }
        let absent = if nothing { "" } else { " hidden" };
        let _ = writeln!(
            html,
            "<tr class=\"nothing\"{absent}><td colspan=\"3\">nothing</td></tr>\n</tbody>"
        );
    }
    html.push_str("</table>\n");
    html
}
