//! Hints: three tiers an exercise, from a question to nearly the answer. No tier holds a line of the solution; a test
//! compares them.
//!
//! The format of `lessons/hints/NN_name.txt`: the exercise's ID on a line of its own, then three paragraphs that begin
//! with `1.`, `2.` and `3.`; lines that go on are indented.

/// How many tiers there are.
pub const TIERS: usize = 3;

/// The tiers of `exercise` in a hint file's text: one text each, its lines joined by spaces.
pub fn tiers(file: &str, exercise: &str) -> Vec<String> {
    let mut lines = file
        .lines()
        .map(str::trim_end)
        .skip_while(|line| *line != exercise)
        .skip(1);
    let mut tiers: Vec<String> = Vec::new();
    for line in lines.by_ref() {
        let words = line.trim_start();
        let number = format!("{}. ", tiers.len() + 1);
        if words.is_empty() {
            continue;
        } else if let Some(text) = line.strip_prefix(&number) {
            tiers.push(text.to_string());
        } else if line.starts_with(' ') && !tiers.is_empty() {
            if let Some(tier) = tiers.last_mut() {
                tier.push(' ');
                tier.push_str(words);
            }
        } else {
            break;
        }
    }
    tiers
}

#[cfg(test)]
mod tests {
    use super::tiers;

    #[test]
    fn three_tiers_are_read_and_the_next_exercise_ends_them() {
        let file = "a/one\n1. Why?\n   Because.\n2. Look there.\n3. Do it.\n\na/two\n1. Other.\n";
        assert_eq!(tiers(file, "a/one"), ["Why? Because.", "Look there.", "Do it."]);
        assert_eq!(tiers(file, "a/two"), ["Other."]);
        assert!(tiers(file, "a/three").is_empty());
    }
}
