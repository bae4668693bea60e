//! Lesson 09: planted wrong answers. Each is caught, and named as what it is.

#[path = "09/coin.rs"]
mod coin;
#[path = "09/commit.rs"]
mod commit;
#[path = "09/keys.rs"]
mod keys;
#[path = "09/late.rs"]
mod late;
#[path = "09/order.rs"]
mod order;
#[path = "09/run.rs"]
mod run;
#[path = "09/states.rs"]
mod states;

pub use coin::{coin, sealed_coin};
pub use commit::{check_commit, commit};
pub use keys::keys;
pub use late::late_tap;
pub use order::wrong_order;
pub use run::predict;
pub use states::next_state;
