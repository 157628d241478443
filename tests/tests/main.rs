//! The behaviour tests: one binary, a file for each capability. A test is named after the sentence that it holds
//! the library to.

mod support;

mod allocations;
mod apis;
#[cfg(feature = "axum")]
mod axum;
#[cfg(all(feature = "axum-extract", feature = "validator"))]
mod axum_attack;
#[cfg(feature = "axum-extract")]
mod axum_extract;
#[cfg(feature = "axum-extract")]
mod axum_places;
#[cfg(all(feature = "axum-extract", feature = "garde", feature = "validator"))]
mod axum_valid;
mod body;
mod catalog;
mod code;
mod codes;
mod context;
mod declared;
mod details;
mod details_forms;
mod dynamic;
mod envelope_choice;
mod envelope_lists;
mod envelopes;
mod features;
mod field_errors;
mod generics;
mod headers;
mod hygiene;
mod large;
mod lints;
mod log_level;
#[cfg(feature = "tracing")]
mod logging;
mod message;
#[cfg(feature = "metrics")]
mod metrics;
mod no_leak;
#[cfg(feature = "tracing")]
mod observing;
mod omitted_code;
#[cfg(all(feature = "axum-extract", feature = "metrics", feature = "tower", feature = "tracing"))]
mod one_answer;
mod ports;
mod properties;
mod readable;
mod report;
mod retry;
mod retry_after;
mod retry_told;
mod retry_words;
mod robustness;
#[cfg(all(feature = "axum", feature = "tower"))]
mod service;
mod status;
mod title_docs;
mod transparent;
mod transparent_words;
mod type_wide;
