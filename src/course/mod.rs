//! Course.
