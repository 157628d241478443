//! The expansion draws no lint, not even of those that are off by default.
#![deny(
    warnings,
    unused,
    future_incompatible,
    nonstandard_style,
    rust_2018_idioms,
    absolute_paths_not_starting_with_crate,
    ambiguous_negative_literals,
    closure_returning_async_block,
    deprecated_in_future,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    ffi_unwind_calls,
    if_let_rescope,
    impl_trait_overcaptures,
    impl_trait_redundant_captures,
    keyword_idents_2018,
    keyword_idents_2024,
    let_underscore_drop,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_abi,
    missing_debug_implementations,
    missing_docs,
    missing_unsafe_on_extern,
    non_ascii_idents,
    redundant_imports,
    redundant_lifetimes,
    rust_2021_incompatible_closure_captures,
    rust_2021_incompatible_or_patterns,
    rust_2021_prefixes_incompatible_syntax,
    rust_2021_prelude_collisions,
    rust_2024_guarded_string_incompatible_syntax,
    rust_2024_incompatible_pat,
    rust_2024_prelude_collisions,
    single_use_lifetimes,
    tail_expr_drop_order,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unsafe_attr_outside_unsafe,
    unsafe_code,
    unsafe_op_in_unsafe_fn,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results
)]
// Nothing here makes a deprecated error.
#![allow(dead_code)]

use std::time::Duration;

use errorbook::{ApiError, Envelope, envelope};

const ENVELOPE: Envelope = envelope!({
    "error": { "code": code?, "message": message, "request_id": request_id?, "run": context.run_id? }?,
    ..details
});

/// Errors of stories.
#[derive(Debug, thiserror::Error, ApiError)]
#[api(envelope = ENVELOPE, backoff = "1s 2s", rename_all_details = "camelCase")]
#[non_exhaustive]
enum StoryError<'a, T> {
    /// Too poor.
    #[error("out of credits")]
    #[api(status = 402, message = "Need {need}, have {have:?}, {text} {other}.", header("X-A", "b"))]
    TooPoor {
        /// What it costs.
        #[api(detail, header = "X-Need")]
        need: u64,
        /// What there is.
        #[api(detail)]
        have: Option<i8>,
        /// Borrowed.
        #[api(detail)]
        text: &'a str,
        /// Generic.
        #[api(detail)]
        other: T,
        /// Made.
        #[api(detail, null, header = "X-Made-Of", with = Duration::as_secs)]
        made_of: Duration,
    },
    /// Too fast.
    #[error("slow down")]
    #[api(status = 429)]
    RateLimited(#[api(retry_after)] Option<Duration>),
    /// Old.
    #[error("old")]
    #[api(status = 500)]
    #[deprecated = "say something else"]
    Old,
    /// Empty.
    #[error("empty")]
    #[api(status = 500)]
    Empty {},
    /// Held.
    #[error(transparent)]
    #[api(transparent)]
    Held(#[from] Held),
    /// Held beside others.
    #[error("at {at}: {held}")]
    #[api(message = "At {at:>width$}: {held}")]
    Beside {
        /// Shown.
        at: &'a str,
        /// How wide.
        width: usize,
        /// Held.
        #[api(transparent)]
        held: Held,
    },
}

/// Held.
#[derive(Debug, thiserror::Error, ApiError)]
#[error("invalid: {0:?}")]
#[api(status = 422, message = "Look again.", omit(code), envelope = ENVELOPE)]
struct Held(#[api(details)] Vec<String>);

/// Never happens.
#[derive(Debug, ApiError)]
enum Never {}

fn main() {
    let errors: [StoryError<'_, u8>; 5] = [
        StoryError::TooPoor { need: 10, have: None, text: "a", other: 3, made_of: Duration::ZERO },
        StoryError::RateLimited(None),
        StoryError::Empty {},
        StoryError::Held(Held(Vec::new())),
        StoryError::Beside { at: "a", width: 3, held: Held(Vec::new()) },
    ];
    for error in &errors {
        assert!(error.status().as_u16() >= 400);
    }
    assert_eq!(Never::catalog().entries().count(), 0);
}
