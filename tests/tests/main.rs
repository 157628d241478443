//! The behaviour tests: one binary, a file for each capability. A test is named after the sentence that it holds
//! the library to.

mod support;

mod allocations;
mod apis;
#[cfg(feature = "axum")]
mod axum;
#[cfg(feature = "axum-extract")]
mod axum_extract;
mod body;
mod catalog;
mod code;
mod context;
mod details;
mod dynamic;
mod envelope_choice;
mod envelopes;
mod field_errors;
mod generics;
mod headers;
mod hygiene;
mod large;
mod lints;
mod log_level;
mod message;
mod no_leak;
mod properties;
mod retry;
mod retry_after;
mod robustness;
mod status;
mod title_docs;
mod transparent;
