//! What a lesson finds under the name `messaging_lab` when it is marked. The judge writes the list of rooms below this
//! text: every room of the library but two. `course` starts processes and keeps files; `show` holds the runs that a
//! student is to look at himself. And the store is handed out without its disk: in a program that can name no file,
//! `FileDisk` would be the one door to all of them.
//!
//! What the other rooms read of the system are a few fixed files (the boot's clock, the source of randomness).
//! tests/marking.rs holds them to that.

pub mod store {
    pub use messaging_lab::store::*;

    /// What a journal needs of a disk. The pretend disk is one.
    pub mod disk {
        pub use messaging_lab::store::disk::{Disk, Part};
    }

    // Declared here, so that the glob above does not bring the real one.
    struct FileDisk;
    const _: Option<FileDisk> = None;
}
