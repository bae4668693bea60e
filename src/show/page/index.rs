//! The index: the three statements, the map with the student's own progress, the next step.

use std::fmt::Write;

use messaging_lab::ground::scene::Scene;

use super::frame::{self, COMMAND};
use super::html::escape;
use super::lesson::{seeds, sentence};
use super::rows::{Course, LessonRow, NextStep};

/// The index; `scenes` are the lessons' runs, in the lessons' order.
pub fn index(course: &Course, scenes: &[Option<Scene>]) -> String {
    let mut body = format!(
        "<h1>messaging-lab: what is a messaging app's promise worth?</h1>\n\
         <p class=\"lead\">Build it, break it, fix it. To learn with, never to protect anyone.</p>\n\
         <p>A news article of November 2015 said one sentence about each of three apps. Each lesson's page shows one run of \
         its models: who held which bytes, and when.</p>\n\
         <section id=\"next\" aria-labelledby=\"next-title\">\n<h2 id=\"next-title\">Your next step</h2>\n{}</section>\n",
        next_step(course.next.as_ref())
    );
    let mut scenes = scenes.iter();
    for (number, unit) in (1..).zip(&course.units) {
        let _ = writeln!(
            body,
            "<section id=\"unit-{number}\" aria-labelledby=\"unit-{number}-title\">\n\
             <h2 id=\"unit-{number}-title\">{number}. {}: \"{}\"</h2>",
            escape(unit.app),
            escape(unit.phrase)
        );
        if unit.lessons.is_empty() {
            body.push_str("<p>No lessons in this kit.</p>\n");
        }
        for row in &unit.lessons {
            body.push_str(&lesson(row, scenes.next().and_then(Option::as_ref)));
        }
        body.push_str("</section>\n");
    }
    let _ = writeln!(
        body,
        "<p>The progress is your own, as it was when these pages were written. To write them again: \
         <code>{COMMAND}</code></p>"
    );
    frame::page("messaging-lab: all lessons", &[], &body)
}

/// What to do next, with its commands.
fn next_step(next: Option<&NextStep>) -> String {
    let Some(next) = next else {
        return "<p>Everything here is passed. What will you tell a friend about these three sentences?</p>\n".to_string();
    };
    format!(
        "<p><b>{}</b> ({}, about {} min), {}</p>\n<dl>\n<dt>edit</dt><dd><code>{}</code></dd>\n\
         <dt>check</dt><dd><code>{}</code></dd>\n<dt>help</dt><dd><code>{}</code></dd>\n</dl>\n",
        escape(next.id),
        escape(next.kind),
        next.minutes,
        escape(next.state),
        escape(&next.place),
        escape(&next.check),
        escape(&next.help)
    )
}

/// A lesson: where its page is, what its run is drawn from, and how its exercises stand.
fn lesson(row: &LessonRow, scene: Option<&Scene>) -> String {
    let id = format!("lesson-{:02}", row.number);
    let name = format!("{:02} {}: {}", row.number, row.name, row.title);
    let mut html = format!("<article id=\"{id}\" aria-labelledby=\"{id}-title\">\n<h3 id=\"{id}-title\">");
    match scene {
        Some(_) => {
            let _ = write!(html, "<a href=\"{}\">{}</a>", row.page(), escape(&name));
        }
        None => html.push_str(&escape(&name)),
    }
    html.push_str("</h3>\n");
    if let Some(scene) = scene {
        let _ = writeln!(
            html,
            "<p>{} <a href=\"{}#seeds\">The run's seeds</a>: {}.</p>",
            escape(&sentence(scene.title)),
            row.page(),
            seeds(scene.seeds)
        );
    }
    let (passed, all) = (row.passed(), row.exercises.len());
    let _ = writeln!(
        html,
        "<p><progress value=\"{passed}\" max=\"{0}\" aria-label=\"passed in lesson {1}\"></progress> {passed} of {all} passed; \
         exercises about {2} min</p>\n<details><summary>Exercises of lesson {1}</summary>\n<table>\n\
         <caption>How the exercises of lesson {1} stand</caption>\n<thead><tr><th scope=\"col\">exercise</th>\
         <th scope=\"col\">kind</th><th scope=\"col\">minutes</th><th scope=\"col\">state</th></tr></thead>\n<tbody>",
        all.max(1),
        escape(row.name),
        row.minutes
    );
    for exercise in &row.exercises {
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>",
            escape(exercise.id),
            escape(exercise.kind),
            exercise.minutes,
            escape(exercise.state)
        );
    }
    html.push_str("</tbody>\n</table>\n</details>\n</article>\n");
    html
}
