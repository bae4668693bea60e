//! Model 1.
