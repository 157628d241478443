//! The house's behaviour tests. This library holds what several of them share: the error
//! contracts of five real APIs. The tests themselves stand in `tests/`, a file for each capability, and go
//! through the public interface alone.

pub mod apis;
#[cfg(feature = "book")]
pub mod contracts;

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
mod readme {}
