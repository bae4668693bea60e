//! Lesson 11: what each exercise must show. One file for each subject.

#[path = "11/logs.rs"]
mod logs;
#[path = "11/odds.rs"]
mod odds;
#[path = "11/run.rs"]
mod run;
#[path = "11/secrets.rs"]
mod secrets;

#[path = "../wrong/11.rs"]
pub mod wrong;

pub use logs::{Logs, who_is_tapped};
pub use odds::{Shares, odds, rounded};
pub use run::{Explanation, sentence};
pub use secrets::{Both, Continued, Kept, continuity};
