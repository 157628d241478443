/// What can go wrong with a story.
#[derive(ApiError)]
#[api(
    envelope = errorbook::envelope::PROBLEM,
    rename_all = "SCREAMING_SNAKE_CASE",
    backoff = "500ms 1s 2m",
    shared_codes("INTERNAL"),
    section = "Stories",
    docs = "https://example.com/errors#{code}",
    catalog_title = "Stories",
    skip(axum),
    crate = ::errorbook
)]
pub enum StoryError {
    /// The month's credits
    /// are "used up".
    #[api(status = 402, code = "CREDITS.USED_UP", retry = "after 30s..60s, 3 times, if idempotent")]
    #[api(message = "Need {need}, \"have\" {have}: {have:>width$}.", title = "Say \"no\"", remedy = "Top up.")]
    #[api(header("X-Kind", "credits"), meta(kind = "a", owner = "\"b\""), log = "off", omit(code))]
    #[api(section = "Billing", docs = "https://example.com/billing")]
    OutOfCredits {
        /// What it costs.
        #[api(detail, example = 10, header = "X-Need")]
        need: u64,
        #[api(detail = "rest")]
        have: Credits,
        width: usize,
    },
    #[api(status = TOO_MANY_REQUESTS, message = "Slow down.")]
    RateLimited {
        #[api(retry_after, example = "5s")]
        wait: Option<Duration>,
        #[api(header = "X-A", header = "X-B")]
        r#type: Option<String>,
    },
    #[api(status = 422, message = "{0}, {1}, {1:?} {{and}} {2}.", retry = "none")]
    Invalid(&'static str, String, i8, #[api(details)] Vec<Problem>),
    #[error("no story {id}")]
    #[api(status = 404)]
    NotFound { id: u64 },
    #[api(status = none, message = "It \"crashed\".", description = "Written here.")]
    Crashed,
    #[api(status = 503, retry = "backoff 1s 2s, once")]
    Busy(),
    #[api(status = 500, code = "INTERNAL")]
    #[deprecated = "not since May"]
    Broken {},
    #[api(status = 507, code = "INTERNAL", message = display, retry = "backoff, always")]
    Full,
}
