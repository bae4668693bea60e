//! A strict reader of HTML, for the tests: every tag closed in its order, every attribute in double quotes and there
//! once, every character reference one that this kit writes.

use std::collections::BTreeMap;

/// An element, with what is in it.
#[derive(Clone, Debug, Default)]
pub struct Element {
    /// Its name.
    pub name: String,
    /// Its attributes.
    pub attributes: BTreeMap<String, String>,
    /// What is in it, in order.
    pub inside: Vec<Node>,
}

/// A part of an element.
#[derive(Clone, Debug)]
pub enum Node {
    /// Another element.
    Element(Element),
    /// Text, with its character references read.
    Text(String),
}

/// Elements that have no end.
const VOID: [&str; 6] = ["meta", "link", "br", "hr", "input", "col"];

/// Elements in which nothing is markup.
const RAW: [&str; 2] = ["style", "script"];

impl Element {
    /// An attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// Whether it has the class.
    pub fn has_class(&self, class: &str) -> bool {
        self.get("class")
            .is_some_and(|classes| classes.split(' ').any(|other| other == class))
    }

    /// All elements below it, in order.
    pub fn all(&self) -> Vec<&Element> {
        let mut found = Vec::new();
        for node in &self.inside {
            if let Node::Element(element) = node {
                found.push(element);
                found.extend(element.all());
            }
        }
        found
    }

    /// The one with this anchor.
    pub fn by_id(&self, id: &str) -> &Element {
        let found = self
            .all()
            .into_iter()
            .find(|element| element.get("id") == Some(id));
        found.unwrap_or_else(|| panic!("nothing has the id {id}"))
    }

    /// Those below it with this name.
    pub fn named(&self, name: &str) -> Vec<&Element> {
        self.all()
            .into_iter()
            .filter(|element| element.name == name)
            .collect()
    }

    /// Its text, with that of all below it.
    pub fn text(&self) -> String {
        self.inside
            .iter()
            .map(|node| match node {
                Node::Element(element) => element.text(),
                Node::Text(text) => text.clone(),
            })
            .collect()
    }
}

/// A page as its elements.
///
/// # Panics
/// At the first thing that is not strictly as it should be.
pub fn parse(html: &str) -> Element {
    let mut rest = html.strip_prefix("<!doctype html>").expect("a doctype");
    let mut open = vec![Element::default()];
    while let Some(at) = rest.find('<') {
        text(&rest[..at], &mut open);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").expect("a comment ends").1;
        } else if let Some(end) = rest.strip_prefix("</") {
            let (name, after) = end.split_once('>').expect("a tag ends");
            let closed = open.pop().expect("something is open");
            assert_eq!(closed.name, name, "closed in the wrong order");
            put(Node::Element(closed), &mut open);
            rest = after;
        } else {
            rest = start(&rest[1..], &mut open);
        }
    }
    text(rest, &mut open);
    assert_eq!(open.len(), 1, "<{}> is never closed", open[open.len() - 1].name);
    open.swap_remove(0)
}

fn put(node: Node, open: &mut [Element]) {
    open.last_mut().expect("something is open").inside.push(node);
}

fn text(words: &str, open: &mut [Element]) {
    if !words.is_empty() {
        put(Node::Text(unescape(words)), open);
    }
}

/// A tag that begins an element, from behind its `<`; returns what comes after it.
fn start<'a>(tag: &'a str, open: &mut Vec<Element>) -> &'a str {
    let wide = tag
        .find(|letter: char| !letter.is_ascii_alphanumeric())
        .expect("a tag goes on");
    let (name, mut rest) = tag.split_at(wide);
    assert!(!name.is_empty(), "a < that is no tag: {:.40}", rest);
    let mut element = Element {
        name: name.to_string(),
        ..Element::default()
    };
    loop {
        let trimmed = rest.trim_start();
        if let Some(after) = trimmed.strip_prefix("/>") {
            put(Node::Element(element), open);
            return after;
        }
        if let Some(after) = trimmed.strip_prefix('>') {
            if VOID.contains(&name) {
                put(Node::Element(element), open);
                return after;
            }
            if RAW.contains(&name) {
                let (raw, after) = after.split_once(&format!("</{name}>")).expect("it ends");
                element.inside.push(Node::Text(raw.to_string()));
                put(Node::Element(element), open);
                return after;
            }
            open.push(element);
            return after;
        }
        assert!(
            trimmed.len() < rest.len(),
            "no space before an attribute: {trimmed:.40}"
        );
        let wide = trimmed
            .find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '-'))
            .expect("a tag goes on");
        let (attribute, after) = trimmed.split_at(wide);
        assert!(!attribute.is_empty(), "no attribute: {trimmed:.40}");
        let (value, after) = match after.strip_prefix("=\"") {
            Some(value) => value.split_once('"').expect("a value ends"),
            None => ("", after),
        };
        let twice = element.attributes.insert(attribute.to_string(), unescape(value));
        assert!(twice.is_none(), "{attribute} stands twice on <{name}>");
        rest = after;
    }
}

/// Text with its character references read.
fn unescape(text: &str) -> String {
    const KNOWN: [(&str, &str); 6] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ];
    let mut read = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        read.push_str(&rest[..at]);
        rest = &rest[at..];
        let (reference, letter) = KNOWN
            .iter()
            .find(|(reference, _)| rest.starts_with(reference))
            .unwrap_or_else(|| panic!("an unknown character reference: {rest:.20}"));
        read.push_str(letter);
        rest = &rest[reference.len()..];
    }
    read + rest
}

#[test]
fn the_reader_takes_what_is_right_and_refuses_what_is_not() {
    let page = parse("<!doctype html><p id=\"a\">x &lt; <b class=\"c d\">y</b><br></p>");
    assert_eq!(page.by_id("a").text(), "x < y");
    assert!(page.named("b")[0].has_class("d"));
    for wrong in [
        "<p>",
        "<p></b></p>",
        "</p>",
        "<p><b></p></b>",
        "<p a=b></p>",
        "<p a=\"1\" a=\"2\"></p>",
        "&x;",
        "1 < 2",
    ] {
        let read = std::panic::catch_unwind(|| parse(&format!("<!doctype html>{wrong}")));
        assert!(read.is_err(), "{wrong} was taken");
    }
}
