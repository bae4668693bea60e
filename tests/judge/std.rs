//! What a lesson finds under the name `std` when it is marked: the parts of std that reach nothing outside of the
//! process. No fs, process, net, env, thread, path, os, no standard input, no panic hooks.
//!
//! rustc is told `--extern std=...` with this crate, so it stands for std in every way in which a lesson can name it: the
//! prelude, the macros, `use std::...`, `extern crate std`. What a lesson then names of the rest is a compile error. This
//! holds as long as no unsafe code runs (forbidden beside it) and nothing in here hands out what it leaves out: no value
//! of these modules is a file, a path or a command, and no function takes one.
//!
//! What a lesson prints goes to the real standard output, where the judge takes it for what it is (course::child).

pub use std::{
    any, array, ascii, borrow, boxed, cell, char, clone, cmp, collections, convert, default, error, f32, f64,
    fmt, future, hash, hint, i8, i16, i32, i64, i128, isize, iter, marker, mem, num, ops, option, pin,
    primitive, ptr, rc, result, slice, str, string, sync, task, time, u8, u16, u32, u64, u128, usize, vec,
};

pub use std::{
    assert, assert_eq, assert_ne, cfg, column, compile_error, concat, dbg, debug_assert, debug_assert_eq,
    debug_assert_ne, eprint, eprintln, file, format, format_args, line, matches, module_path, print, println,
    stringify, thread_local, todo, unimplemented, unreachable, write, writeln,
};

// core's: std's brings the module of the same name with it, and panic hooks are in there.
pub use core::panic;

/// Reading and writing in memory, and printing. Standard input is not here: the judge's questions come over it.
pub mod io {
    pub use std::io::{
        BufRead, BufReader, BufWriter, Bytes, Chain, Cursor, Empty, Error, ErrorKind, LineWriter, Lines,
        Read, Repeat, Result, Seek, SeekFrom, Sink, Split, Stderr, Stdout, Take, Write, copy, empty, prelude,
        read_to_string, repeat, sink, stderr, stdout,
    };
}

/// What is in scope without being named.
pub mod prelude {
    pub use std::prelude::{rust_2024, v1};
}
