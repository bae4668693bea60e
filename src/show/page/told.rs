//! A run as a list: what the drawing says, in words and in the same order. Each second of the run has an anchor.

use std::fmt::Write;

use messaging_lab::ground::clock::Millis;
use messaging_lab::ground::ledger::{Change, Holding, Onlooker};
use messaging_lab::ground::scene::{Scene, seconds};

use super::html::escape;
use super::{held, value};
use crate::show::draw::COUNTED;
use crate::show::steps::{Step, steps};

/// The milliseconds at which something happens, and the end: where a reader can stop and look.
pub fn moments(scene: &Scene) -> Vec<Millis> {
    let mut moments: Vec<Millis> = steps(scene).iter().map(Step::at).collect();
    moments.push(scene.end);
    moments.sort_unstable();
    moments.dedup();
    moments
}

/// The anchor of a moment: `second=20`.
pub fn anchor(moment: Millis) -> String {
    format!("second={}", seconds(moment))
}

/// The whole run as a list of moments, each with its steps.
pub fn told(scene: &Scene) -> String {
    let (all, watched) = (steps(scene), value::watched(scene));
    let mut html = String::from("<ol id=\"told\">\n");
    for moment in moments(scene) {
        let now: Vec<&Step> = all.iter().filter(|step| step.at() == moment).collect();
        let _ = writeln!(
            html,
            "<li id=\"{}\" data-at=\"{moment}\" data-second=\"{1}\"><h3>second {1}</h3>",
            anchor(moment),
            seconds(moment)
        );
        for step in now.iter().filter_map(|step| match step {
            Step::Story(_, words) => Some(words),
            _ => None,
        }) {
            let _ = writeln!(html, "<p data-step=\"story\">{}</p>", escape(step));
        }
        let happens: String = now
            .iter()
            .filter_map(|step| happens(scene, &watched, step))
            .collect();
        if !happens.is_empty() {
            let _ = writeln!(html, "<ol>\n{happens}</ol>");
        }
        if moment == scene.end {
            html.push_str(&at_the_end(scene));
        }
        html.push_str("</li>\n");
    }
    html.push_str("</ol>\n");
    html
}

/// A step that is not the story's, as an item of the list.
fn happens(scene: &Scene, watched: &[value::Watched], step: &Step) -> Option<String> {
    Some(match step {
        Step::Story(..) => return None,
        Step::Passes(sent) => format!(
            "<li data-step=\"passes\" data-who=\"{0}\" data-to=\"{1}\"><b>{0}</b> sends to <b>{1}</b>: \
             <span class=\"what\">{2}</span>: {3}</li>\n",
            escape(&sent.from.to_string()),
            escape(&sent.to.to_string()),
            escape(&sent.what),
            value::line(&sent.bytes, watched)
        ),
        Step::Changes(_, change, holding) => {
            let (step, verb) = match change {
                Change::Gains => ("gains", "now holds"),
                Change::Loses => ("loses", "no longer holds"),
            };
            let shown = match change {
                Change::Gains => format!(": {}", value::line(&holding.bytes, watched)),
                Change::Loses => {
                    let since = format!(" (held since second {})", seconds(holding.from));
                    // One text of several: which one.
                    match value::is_text(&holding.bytes) {
                        true => format!("{since}: {}", value::line(&holding.bytes, watched)),
                        false => since,
                    }
                }
            };
            format!(
                "<li data-step=\"{step}\" data-who=\"{0}\"><b>{0}</b> {verb} <a class=\"what\" href=\"#{1}\">{2}</a>{shown}</li>\n",
                escape(&holding.onlooker.to_string()),
                held::anchor(scene, holding),
                escape(&holding.what)
            )
        }
    })
}

/// Who holds each of the watched bytes at the end, and who could ever read them.
fn at_the_end(scene: &Scene) -> String {
    let names = |who: Vec<Onlooker>| match who.is_empty() {
        true => "nobody".to_string(),
        false => escape(&who.iter().map(Onlooker::to_string).collect::<Vec<_>>().join(", ")),
    };
    let mut html = String::from("<p>The end.</p>\n<ul class=\"end\">\n");
    for (name, bytes) in &scene.watched {
        let _ = writeln!(
            html,
            "<li>At the end (second {}) {} is held by: <b>{}</b></li>",
            seconds(scene.end),
            escape(name),
            names(scene.ledger.holders_of(bytes, scene.end))
        );
    }
    html.push_str("</ul>\n<p>Who could read what, at any time of the run:</p>\n<ul class=\"ever\">\n");
    for (name, bytes) in &scene.watched {
        let who = Onlooker::ALONG_THE_WAY.into_iter().filter(|who| {
            let mut held = scene.ledger.ever_held_by(*who);
            held.any(|holding| holding.contains(bytes))
        });
        let _ = writeln!(html, "<li>{}: <b>{}</b></li>", escape(name), names(who.collect()));
    }
    let _ = writeln!(html, "</ul>\n<p>{}</p>", escape(COUNTED));
    html
}

/// Which of a scene's holdings this one is.
pub fn place(scene: &Scene, holding: &Holding) -> usize {
    let same = |other: &Holding| std::ptr::eq(other, holding);
    scene.ledger.holdings().iter().position(same).unwrap_or_default()
}
