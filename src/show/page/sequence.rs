//! The sequence diagram: a lane for each onlooker, time from top to bottom, an arrow for what is sent, a bar for as long
//! as something is held. Drawn as SVG; the list below it on the page is the same in words.

use std::fmt::Write;

use messaging_lab::ground::ledger::{Change, Holding, Onlooker};
use messaging_lab::ground::scene::{Scene, seconds};

use super::html::escape;
use super::told;
use labels::in_a_line;
use plan::{GUTTER, HEAD, LINE, Lane, Mark, Plan, Row, SLOT, STORY_LINE, plan};

mod labels;
mod plan;

/// The drawing, as SVG.
pub fn drawing(scene: &Scene) -> String {
    let plan = plan(scene);
    let (width, height) = (plan.width, plan.height);
    let mut svg = format!(
        "<svg role=\"img\" aria-label=\"{}\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         data-head=\"{HEAD}\">\n",
        escape(&described(scene, &plan))
    );
    svg.push_str("<g id=\"drawn\">\n");
    backs(&mut svg, &plan);
    bars(&mut svg, scene, &plan);
    for block in &plan.blocks {
        let story_high = block.story.len().max(1) * STORY_LINE + 4;
        let _ = writeln!(
            svg,
            "<g class=\"moment\" data-at=\"{}\" data-top=\"{}\" data-bottom=\"{}\">\n\
             <rect class=\"strip\" x=\"0\" y=\"{}\" width=\"{width}\" height=\"{story_high}\"/>\n\
             <text class=\"second\" x=\"6\" y=\"{}\">{} s</text>",
            block.at,
            block.top,
            block.bottom,
            block.top,
            block.top + 15,
            seconds(block.at)
        );
        for (line, y) in block.story.iter().zip((block.top + 15..).step_by(STORY_LINE)) {
            let _ = writeln!(
                svg,
                "<text class=\"story\" x=\"{GUTTER}\" y=\"{y}\">{}</text>",
                escape(line)
            );
        }
        for row in &block.rows {
            for (mark, lines) in &row.marks {
                match mark {
                    Mark::Arrow(..) => arrow(&mut svg, &plan, row, mark, lines),
                    Mark::Change(..) => change(&mut svg, scene, &plan, row, mark, lines),
                }
            }
        }
        svg.push_str("</g>\n");
    }
    svg.push_str("</g>\n");
    // What comes after the chosen moment lies behind it; the script moves it.
    let _ = writeln!(
        svg,
        "<rect class=\"curtain\" x=\"0\" y=\"{height}\" width=\"{width}\" height=\"{height}\"/>"
    );
    heads(&mut svg, &plan);
    svg.push_str("</svg>\n");
    strips(&mut svg, &plan);
    svg
}

/// The same drawing cut into a strip for each moment: what is printed, so that no page ends within one.
fn strips(svg: &mut String, plan: &Plan) {
    svg.push_str("<div class=\"strips\" aria-hidden=\"true\">\n");
    for (number, block) in plan.blocks.iter().enumerate() {
        let (top, heads) = match number {
            0 => (0, "<use href=\"#lane-names\"/>"),
            _ => (block.top, ""),
        };
        let _ = writeln!(
            svg,
            "<svg viewBox=\"0 {top} {} {}\" aria-hidden=\"true\"><use href=\"#drawn\"/>{heads}</svg>",
            plan.width,
            block.bottom - top
        );
    }
    svg.push_str("</div>\n");
}

/// What the drawing is, for who does not see it.
fn described(scene: &Scene, plan: &Plan) -> String {
    let names: Vec<String> = plan.lanes.iter().map(|lane| lane.onlooker.to_string()).collect();
    format!(
        "Sequence diagram of {} moments, from second 0 to second {}. Lanes from left to right: {}. The list below it says \
         the same in words.",
        plan.blocks.len(),
        seconds(scene.end),
        names.join(", ")
    )
}

/// The class that colours an onlooker's lane: the same for the same onlooker on every page.
pub fn colour(onlooker: Onlooker) -> String {
    let place = Onlooker::ALONG_THE_WAY
        .iter()
        .position(|other| *other == onlooker);
    format!("lane-{}", place.unwrap_or(0))
}

/// A line down from each lane's name.
fn backs(svg: &mut String, plan: &Plan) {
    for lane in &plan.lanes {
        let x = lane.left + 5;
        let _ = writeln!(
            svg,
            "<line class=\"lane\" x1=\"{x}\" y1=\"{HEAD}\" x2=\"{x}\" y2=\"{}\"/>",
            plan.height
        );
    }
}

/// The bars: one for all that a lane keeps, one for each thing that is lost again.
fn bars(svg: &mut String, scene: &Scene, plan: &Plan) {
    for lane in &plan.lanes {
        if let Some(top) = lane.keeps_from {
            let _ = writeln!(
                svg,
                "<rect class=\"bar kept {}\" x=\"{}\" y=\"{top}\" width=\"{}\" height=\"{}\"/>",
                colour(lane.onlooker),
                lane.bar(0),
                SLOT - 3,
                plan.height - top
            );
        }
    }
    let rows: Vec<&Row> = plan.blocks.iter().flat_map(|block| &block.rows).collect();
    for (number, row) in rows.iter().enumerate() {
        for (mark, _) in &row.marks {
            let Mark::Change(Change::Loses, holding, lane, bar, began) = *mark else {
                continue;
            };
            let top = rows[began.min(number)].top;
            let lane = &plan.lanes[lane];
            let _ = writeln!(
                svg,
                "<rect class=\"bar {}\" data-held=\"{}\" x=\"{}\" y=\"{top}\" width=\"{}\" height=\"{}\">{}</rect>",
                colour(lane.onlooker),
                told::place(scene, holding),
                lane.bar(bar),
                SLOT - 3,
                row.top + 10 - top,
                hover(plan, holding)
            );
        }
    }
}

/// What is shown of a holding when the mouse rests on it.
fn hover(plan: &Plan, holding: &Holding) -> String {
    let until = match holding.until {
        Some(until) => format!("until second {}", seconds(until)),
        None => "to the end".to_string(),
    };
    format!(
        "<title>{}</title>",
        escape(&format!(
            "{} holds {} (from second {} {until})",
            holding.onlooker,
            in_a_line(&holding.what, &holding.bytes, &plan.watched),
            seconds(holding.from)
        ))
    )
}

/// A gain or a loss: a mark on its bar, and what it is.
fn change(svg: &mut String, scene: &Scene, plan: &Plan, row: &Row, mark: &Mark, lines: &[String]) {
    let Mark::Change(change, holding, lane, bar, _) = *mark else {
        return;
    };
    let lane = &plan.lanes[lane];
    let (x, y) = (lane.bar(bar) + (SLOT - 3) / 2, row.top + 10);
    let class = match change {
        Change::Gains => {
            let _ = writeln!(svg, "<circle class=\"gain\" cx=\"{x}\" cy=\"{y}\" r=\"3.5\"/>");
            "label"
        }
        Change::Loses => {
            let _ = writeln!(
                svg,
                "<path class=\"loss\" d=\"M{0} {1}l10 10m0 -10l-10 10\"/>",
                x - 5,
                y - 5
            );
            "label loss-label"
        }
    };
    let _ = write!(
        svg,
        "<g class=\"{class}\" data-mark=\"{}\" data-held=\"{}\">{}",
        match change {
            Change::Gains => "gains",
            Change::Loses => "loses",
        },
        told::place(scene, holding),
        hover(plan, holding)
    );
    text(svg, lane.label(), row.top + 13, lines);
    svg.push_str("</g>\n");
}

/// Lines of small text; what is plaintext stands out, from the line that says so on.
fn text(svg: &mut String, x: usize, y: usize, lines: &[String]) {
    let mut class = "";
    for (line, y) in lines.iter().zip((y..).step_by(LINE)) {
        if line.starts_with("plaintext") {
            class = " class=\"plain\"";
        }
        let _ = write!(svg, "<text{class} x=\"{x}\" y=\"{y}\">{}</text>", escape(line));
    }
}

/// An arrow from lane to lane, its words above it.
fn arrow(svg: &mut String, plan: &Plan, row: &Row, mark: &Mark, lines: &[String]) {
    let Mark::Arrow(sent, from, to) = *mark else {
        return;
    };
    let axis = |lane: &Lane| lane.left + 5;
    let (x1, x2) = (axis(&plan.lanes[from]), axis(&plan.lanes[to]));
    let y = row.top + lines.len() * LINE + 8;
    let told = format!(
        "{} sends to {}: {} (second {})",
        sent.from,
        sent.to,
        in_a_line(&sent.what, &sent.bytes, &plan.watched),
        seconds(sent.at)
    );
    let _ = write!(
        svg,
        "<g class=\"label arrow\" data-mark=\"passes\"><title>{}</title>",
        escape(&told)
    );
    // To itself: a hook, so that something is to be seen.
    let head = match x2 < x1 {
        true => format!("M{0} {1}l9 -5v10z", x2, y),
        false => format!("M{0} {1}l-9 -5v10z", x2, y),
    };
    match x1 == x2 {
        true => {
            let _ = write!(svg, "<path class=\"hook\" d=\"M{x1} {0}h24v8h-24\"/>", y - 8);
        }
        false => {
            let _ = write!(svg, "<line x1=\"{x1}\" y1=\"{y}\" x2=\"{x2}\" y2=\"{y}\"/>");
        }
    }
    let _ = write!(
        svg,
        "<circle cx=\"{x1}\" cy=\"{y}\" r=\"3\"/><path class=\"head\" d=\"{head}\"/>"
    );
    let left = x1.min(x2) + 10;
    for (line, y) in lines.iter().zip((row.top + 1..).step_by(LINE)) {
        let wide = line.chars().count() * 6 + 4;
        let _ = write!(
            svg,
            "<rect class=\"behind\" x=\"{}\" y=\"{y}\" width=\"{wide}\" height=\"{LINE}\"/>",
            left - 2
        );
    }
    text(svg, left, row.top + 12, lines);
    svg.push_str("</g>\n");
}

/// The lanes' names, last, so that the script can keep them in sight.
fn heads(svg: &mut String, plan: &Plan) {
    let _ = writeln!(
        svg,
        "<g id=\"lane-names\" class=\"heads\"><rect x=\"0\" y=\"0\" width=\"{}\" height=\"{HEAD}\"/>\n<text x=\"6\" y=\"22\">time</text>",
        plan.width
    );
    for lane in &plan.lanes {
        let name = lane.onlooker.to_string();
        let _ = writeln!(
            svg,
            "<rect class=\"name {}\" x=\"{}\" y=\"5\" width=\"{}\" height=\"24\" rx=\"4\"/><text x=\"{}\" y=\"22\">{}</text>",
            colour(lane.onlooker),
            lane.left,
            lane.right() - lane.left - 8,
            lane.left + 8,
            escape(&name)
        );
    }
    svg.push_str("</g>\n");
}
