//! Every key of every place in one declaration.

use std::time::Duration;

use errorbook::{ApiError, Envelope, envelope};

const ENVELOPE: Envelope = envelope!("application/problem+json", {
    "error": { "code": code?, "type": meta.kind?, "request_id": request_id? },
    "message": message,
    ..details,
});

/// The introduction.
#[derive(ApiError)]
#[api(
    envelope = ENVELOPE,
    rename_all = "any",
    rename_all_details = "kebab-case",
    backoff = "500ms 1s 2m",
    shared_codes("internal_error", "gone"),
    header("X-Api", "v1"),
    meta(kind = "story", number = 5, fatal = false, param = null),
    log = "info",
    retry = "backoff",
    section = "Stories",
    docs = "https://example.com/errors/{code}",
    catalog_title = "Story errors",
    decode,
    codes = StoryCode,
    skip(axum),
    crate = ::errorbook,
)]
enum StoryError {
    /// The description.
    #[api(status = 402, code = "Too.Poor", retry = "after 30s..60s, 3 times, if idempotent")]
    #[api(message = "Need {need}, have {have}.", title = "Too poor", remedy = "Top up.", log = "off")]
    #[api(
        header("X-Kind", "billing"),
        header("X-Kind", "credits"),
        meta(kind = "a", owner = "b"),
        meta(more = "c")
    )]
    #[api(section = "Billing", docs = "https://example.com/billing", omit(code))]
    TooPoor {
        /// What it costs.
        #[api(detail, example = 10, header = "X-Need")]
        need: u64,
        #[api(detail = "rest", example = -3)]
        have: i64,
        #[api(header = "X-A", header = "X-B")]
        both: String,
        #[api(detail, null, with = Duration::as_millis, decode = Duration::from_millis)]
        paid_for: Duration,
    },
    #[api(status = TOO_MANY_REQUESTS, message = display, retry = "after, once, always")]
    RateLimited {
        #[api(retry_after, detail, example = "5s")]
        wait: Option<Duration>,
    },
    #[api(
        status = 422,
        message = "{{Look}} again: {0:>5}, {1:1$}.",
        retry = "none",
        description = "Written here.",
        decode = false
    )]
    Invalid(#[api(details)] Errors, usize),
    #[api(status = http::StatusCode::BAD_GATEWAY, message = "{0}", header("X-Why", "{0:?} {code} {{}}"))]
    Upstream(#[api(public)] Box<dyn std::error::Error>),
    #[api(status = none, message = "It crashed.", log = "trace", decode = false)]
    Crashed,
    #[api(status = 503, retry = "backoff 1s 2s, if safe, 5 times")]
    Busy(),
    #[api(status = 500, retry = "backoff, always", code = "internal_error")]
    #[deprecated]
    Broken {},
    #[api(transparent)]
    Held(Held),
    #[api(message = "At {at}: {held}", decode = false)]
    HeldBeside {
        at: u64,
        #[api(transparent)]
        held: Box<Held>,
    },
}

#[derive(ApiError)]
#[api(status = 410, message = "Gone.", rename_all = "SCREAMING-KEBAB-CASE", codes = HeldCode)]
struct Held;

#[derive(serde::Serialize)]
struct Errors(Vec<String>);

impl std::fmt::Display for Errors {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.pad("all")
    }
}

impl std::fmt::Display for StoryError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("shown")
    }
}

fn main() {
    assert_eq!(StoryError::catalog().entries().count(), 8);
    let invalid = StoryError::Invalid(Errors(Vec::new()), 2);
    assert_eq!(invalid.message(), "{Look} again:   all,  2.");
    let poor = StoryError::TooPoor { need: 10, have: 3, both: "x".to_owned(), paid_for: Duration::ZERO };
    assert_eq!(poor.to_response().headers().get_all("x-kind").iter().count(), 2);
    assert_eq!(Held.code(), "HELD");
    assert_eq!(StoryCode::from("HELD"), StoryCode::Held(HeldCode::Held));
    let beside = StoryError::HeldBeside { at: 7, held: Box::new(Held) };
    assert_eq!(beside.message(), "At 7: Gone.");
}
