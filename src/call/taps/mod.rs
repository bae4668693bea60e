//! Who may sit on the path of a call.
//!
//! 1. [`plain`]: those who have no keys. One only records; the others lose, repeat, reorder or change what comes by.
//! 2. [`middle`]: the man in the middle, who agrees on keys with each of the two, and the one who can imitate voices.
//! 3. [`search`]: those who look for equal words, against phones that are not sound.

pub mod plain;

pub mod middle;

pub mod search;
