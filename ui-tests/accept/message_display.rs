//! `message = display` on purpose, and 4xx whose `Display` shows no cause.

use errorbook::ApiError;

#[derive(Debug, thiserror::Error, ApiError)]
enum StoryError {
    #[error("no such story: {0}")]
    #[api(status = 404, message = display)]
    Accepted(#[from] std::io::Error),
    #[error(transparent)]
    #[api(status = 400, message = display)]
    Transparent(std::fmt::Error),
    #[error("bad request: {source}")]
    #[api(status = 400, message = "Bad request.")]
    Replaced { source: std::num::ParseIntError },
    #[error("bad request {source_name}: {{source}}")]
    #[api(status = 400)]
    OnlyAlike { source_name: String, source: std::str::Utf8Error },
    #[error("bad request {0}, {n}", n = *.0 + 1)]
    #[api(status = 400)]
    AnotherIndex(u64, #[source] std::str::Utf8Error),
    #[error("bad request")]
    #[api(status = 400)]
    Silent(#[source] std::str::Utf8Error),
    #[error("database: {0}")]
    #[api(status = 500)]
    Hidden(std::io::Error),
    #[error("disk full: {free}")]
    #[api(status = 507, message = display)]
    OnPurpose { free: u64 },
    #[error("crashed: {0}")]
    #[api(status = none, message = display)]
    Crashed(u64),
}

struct ByHand;

impl std::fmt::Display for ByHand {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("by hand")
    }
}

#[derive(ApiError)]
#[api(transparent)]
struct Holder(Held);

#[derive(ApiError)]
#[api(status = 404)]
struct Held(ByHand);

impl std::fmt::Display for Held {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(out)
    }
}

fn main() {
    assert_eq!(Holder(Held(ByHand)).message(), "by hand");
    assert_eq!(StoryError::OnPurpose { free: 5 }.message(), "disk full: 5");
    assert_eq!(StoryError::Hidden(std::io::Error::other("secret")).message(), "Internal Server Error");
}
