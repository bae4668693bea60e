//! What is said to whoever asks, or asks for something that there is not.

/// Words that are no command. The text says which word, and what the nearest one is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageError(pub String);

/// What the front door says about itself.
pub const USAGE: &str = "\
cargo run                       the three statements, the map, your next step
cargo run -- list               one exercise a line: ID, kind, minutes, state
cargo run -- hint ID [1|2|3]    a hint: a question, a pointer, nearly the answer
cargo run -- show LESSON [CHAPTER]    the lesson's story: who held which bytes when
cargo run -- show --html [--to FOLDER]    all stories as pages for a browser
cargo run -- show compare --card 17A    a card for two people (then: --answers)
cargo run -- call --to FOLDER [--tap WHO] [--seed N]    a whole call, as sound
cargo run -- check [LESSON]     check all lessons, or one (an ID: that exercise on top)
cargo run -- watch [LESSON]     check again at each save, first failure on top
cargo run -- reset ID|LESSON    put it back as it was shipped; yours is kept
cargo run -- verify             prove the course itself (instructors)
cargo run -- assign ID|LESSON... --to FOLDER    a kit of these (instructors); more: [--title T]
                                [--points ID=N] [--due DATE] [--seeds N] [--anyway]
cargo run -- grade FILE FOLDER... [--to FOLDER] [--jobs N]    grade what was handed in
cargo run -- package gradescope|classroom|container --manifest FILE --to FOLDER

Cards of lesson compare: 1A to 99A and 1B to 99B; --answers gives the key to all,
--card 17 --answers to one pair. WHO sits in a call's path: nobody, silent,
replayer, dropper, reorderer, active, imitator, no-commitment or skips-hvi; three
WAV files hold what each end and the tap heard. The same N plays the same call.
";
