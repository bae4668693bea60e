//! Cuts the table from exercise to function (tests/answers) down to some exercises: the others' functions need not be in
//! the file that is marked or handed out. The judge reads this file, too.

use messaging_lab::course::lesson_source::tokens;

/// The text of a table without the arms of exercises that are not `wanted`. An arm is `"lesson/function" => ...`, up to
/// the next one or to `_ =>`.
pub fn keep_arms(table: &str, wanted: &dyn Fn(&str) -> bool) -> String {
    let tokens = tokens(table);
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let id = |at: usize| {
        text(at)
            .strip_prefix('"')?
            .strip_suffix('"')
            .filter(|id| id.contains('/'))
    };
    let starts_an_arm = |at: usize| text(at + 1) == "=>" && (id(at).is_some() || text(at) == "_");
    let mut kept = String::with_capacity(table.len());
    let mut from = 0;
    let mut at = 0;
    while at < tokens.len() {
        match id(at).filter(|id| starts_an_arm(at) && !wanted(id)) {
            None => at += 1,
            Some(_) => {
                kept.push_str(&table[from..tokens[at].start]);
                at += 1;
                // Inside of brackets other arms than the table's may stand.
                let mut depth = 0;
                while at < tokens.len() && (depth > 0 || !starts_an_arm(at)) {
                    match text(at) {
                        "(" | "[" | "{" => depth += 1,
                        ")" | "]" | "}" => depth -= 1,
                        _ => {}
                    }
                    at += 1;
                }
                from = tokens.get(at).map_or(table.len(), |token| token.start);
            }
        }
    }
    kept.push_str(&table[from..]);
    kept
}

#[cfg(test)]
mod tests {
    #[test]
    fn an_arm_goes_with_all_that_belongs_to_it() {
        let table = "match id {\n    \"a/one\" => reply(q, |(): ()| { match x { _ => 1 } }),\n    \"a/two\" => two(),\n    _ => None,\n}\n";
        let only = |name: &'static str| super::keep_arms(table, &move |id| id == name);
        assert_eq!(
            only("a/two"),
            "match id {\n    \"a/two\" => two(),\n    _ => None,\n}\n"
        );
        assert_eq!(super::keep_arms(table, &|_| true), table);
        assert!(only("a/one").contains("=> reply(q") && !only("a/one").contains("two()"));
    }
}
