//! What a function makes of a field (`with = path`). Takes a closure that calls it; gives what a field hands over, in
//! which the function is called when a body or a header is written, and not by every look at the error.

#![allow(missing_docs, reason = "only expansions name what is here")]

use std::fmt::{self, Display};

use serde::Serialize;

use super::field::Json;
use crate::json::{self, Buffer};

/// What a function makes of a field, made where it is written.
#[derive(Debug)]
pub struct Made<T, F> {
    make: F,
    // So that what needs the `Serialize` is `made` alone, and rustc tells once that it is missing.
    push: fn(&mut Buffer, &T) -> bool,
}

impl<T, F: Fn() -> T> Json for Made<T, F> {
    fn push_json(&self, out: &mut Buffer) -> bool {
        (self.push)(out, &(self.make)())
    }
}

/// A field that `details` holds as what the `Serialize` of this function's value gives.
pub const fn made<T: Serialize, F: Fn() -> T>(make: F) -> Made<T, F> {
    Made { make, push: json::push_serialized::<T> }
}

/// What a function makes of a field that is a header, made where it is written: it fails where there is no value, and
/// no header is sent.
#[derive(Debug)]
pub struct MadeHeader<F>(F);

impl<F: Fn(&mut fmt::Formatter<'_>) -> fmt::Result> Display for MadeHeader<F> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        (self.0)(out)
    }
}

/// A header that this function writes.
pub const fn made_header<F: Fn(&mut fmt::Formatter<'_>) -> fmt::Result>(write: F) -> MadeHeader<F> {
    MadeHeader(write)
}

/// Writes the value.
///
/// # Errors
///
/// Where there is none, or its `Display` fails.
pub fn write_header(value: Option<&dyn Display>, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    value.map_or(Err(fmt::Error), |value| value.fmt(out))
}
