//! The tests of this package are in `ui.rs`.
