//! Lesson 11: planted wrong answers. Each is caught, and named as what it is.

#[path = "11/logs.rs"]
mod logs;
#[path = "11/odds.rs"]
mod odds;
#[path = "11/run.rs"]
mod run;
#[path = "11/secrets.rs"]
mod secrets;

pub use logs::who_is_tapped;
pub use odds::odds;
pub use run::sentence;
pub use secrets::continuity;
