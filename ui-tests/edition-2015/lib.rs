//! Nothing: the cases are in `accept.rs` and `reject.rs`.
