//! A lesson's page: its run drawn, the same as a list, who held what, and the sections that belong to it.

use std::fmt::Write;

use messaging_lab::ground::scene::{Chapter, Scene, seconds};

use super::html::escape;
use super::rows::{Course, LessonRow};
use super::site::INDEX;
use super::{Section, bytes, frame, held, ratchet, sequence, sound, told, words};

/// The page of the lesson in `row`, between its neighbours.
pub fn page(
    course: &Course,
    row: &LessonRow,
    scene: &Scene,
    before: Option<&LessonRow>,
    after: Option<&LessonRow>,
) -> String {
    let mut links = vec![("", INDEX.to_string(), "all lessons".to_string())];
    for (what, other) in [("before: ", before), ("next: ", after)] {
        if let Some(other) = other {
            links.push((what, other.page(), named(other)));
        }
    }
    let mut body = format!(
        "<h1>{:02} {}: {}</h1>\n<p class=\"lead\">{}</p>\n",
        row.number,
        escape(row.name),
        escape(row.title),
        escape(&sentence(scene.title))
    );
    let mut sections = vec![
        section("run", "The run", the_run(course, row, scene)),
        section("drawing", "Who holds what, second by second", drawing(scene)),
        section("list", "The same as a list", told::told(scene)),
    ];
    sections.extend(bytes::sections(row.name));
    sections.extend(ratchet::sections(row.name));
    sections.extend(words::sections(row.name));
    sections.extend(sound::sections(row.name));
    let _ = writeln!(body, "{}", contents(&sections));
    for part in &sections {
        let _ = writeln!(
            body,
            "<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h2 id=\"{0}-title\">{1}</h2>\n{2}</section>",
            part.id,
            escape(&part.title),
            part.body
        );
    }
    frame::page(&format!("{} - messaging-lab", named(row)), &links, &body)
}

/// How a lesson is called where one links to it.
fn named(row: &LessonRow) -> String {
    format!("{:02} {}", row.number, row.name)
}

fn section(id: &str, title: &str, body: String) -> Section {
    Section {
        id: id.to_string(),
        title: title.to_string(),
        body,
    }
}

/// Links to the parts of the page.
fn contents(sections: &[Section]) -> String {
    let items: String = sections
        .iter()
        .map(|part| format!("<li><a href=\"#{}\">{}</a></li>", part.id, escape(&part.title)))
        .collect();
    format!("<nav aria-label=\"On this page\"><ul>{items}</ul></nav>")
}

/// The first letter as a capital, and a full stop.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    format!(
        "{}{}.",
        first.map_or(String::new(), String::from),
        letters.as_str()
    )
}

/// Which run the page shows, and what it is drawn from.
fn the_run(course: &Course, row: &LessonRow, scene: &Scene) -> String {
    let of_lesson = |lessons: &[LessonRow]| lessons.iter().any(|lesson| lesson.name == row.name);
    let mut html = String::from("<dl>\n");
    if let Some(unit) = course.units.iter().find(|unit| of_lesson(&unit.lessons)) {
        let _ = writeln!(
            html,
            "<dt>The article's words</dt><dd>{}: \"{}\"</dd>",
            escape(unit.app),
            escape(unit.phrase)
        );
    }
    let _ = writeln!(
        html,
        "<dt>Seeds</dt><dd id=\"seeds\">{}</dd>\n\
         <dt>It lasts</dt><dd>from second 0 to second {}; \"from second 5, until second 8\" means: at 5 it is held, at 8 it is not.</dd>\n\
         <dt>The same in the terminal</dt><dd><code>cargo run -- show {}</code></dd>\n\
         <dt>The lesson</dt><dd><code>{}</code></dd>\n</dl>",
        seeds(scene.seeds),
        seconds(scene.end),
        escape(row.name),
        escape(&row.file)
    );
    html.push_str(
        "<p>A run of the kit's models, which are toys: played when the page was written, the same every time.</p>\n",
    );
    html
}

/// What a run's keys, nonces and choices are drawn from, in words.
pub fn seeds(seeds: &[u64]) -> String {
    let all: Vec<String> = seeds.iter().map(u64::to_string).collect();
    match &all[..] {
        [] => "none, nothing in this run is drawn by chance".to_string(),
        [one] => format!("seed {one}"),
        [first @ .., last] => format!("seeds {} and {last}", first.join(", ")),
    }
}

/// The drawing, what moves it, and who holds what beside it.
fn drawing(scene: &Scene) -> String {
    let moments = told::moments(scene);
    let mut html = String::new();
    if scene.chapters.len() > 1 {
        html.push_str("<nav aria-label=\"Chapters of the run\"><ol class=\"chapters\">");
        for chapter in &scene.chapters {
            let _ = write!(html, "<li>{}</li>", to_chapter(chapter, &moments));
        }
        html.push_str("</ol></nav>\n");
    }
    let last = moments.len().saturating_sub(1);
    let _ = writeln!(
        html,
        "<div id=\"controls\" role=\"group\" aria-label=\"Moment of the run\" hidden>\n\
         <label for=\"moment\">Moment</label>\n\
         <input type=\"range\" id=\"moment\" min=\"0\" max=\"{last}\" step=\"1\" value=\"{last}\">\n\
         <button type=\"button\" id=\"earlier\">Earlier</button>\n\
         <button type=\"button\" id=\"later\">Later</button>\n\
         <label class=\"whole\"><input type=\"checkbox\" id=\"whole\"> the whole run at once</label>\n\
         <output id=\"now\" for=\"moment\" aria-live=\"polite\"></output>\n</div>"
    );
    let _ = writeln!(
        html,
        "<div class=\"beside\">\n<div id=\"sequence\" class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Sequence diagram\">\n\
         {}</div>\n<div id=\"panel\" class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Who holds what\">\n{}</div>\n</div>",
        sequence::drawing(scene),
        held::held(scene)
    );
    html
}

/// A link to where a chapter begins: the first moment that belongs to it.
fn to_chapter(chapter: &Chapter, moments: &[u64]) -> String {
    let first = moments
        .iter()
        .find(|moment| **moment >= chapter.from)
        .or(moments.last());
    format!(
        "<a href=\"#{}\">{}</a>: {}, from second {}",
        told::anchor(first.copied().unwrap_or(0)),
        escape(chapter.name),
        escape(chapter.title),
        seconds(chapter.from)
    )
}
