use errorbook::ApiError;
use std::time::Duration;

#[derive(ApiError)]
#[api(status = 429, message = "Wait.")]
struct Limited {
    #[api(detail, with = |wait: &Duration| wait.as_millis())]
    closure: Duration,
    #[api(detail, with = "Duration::as_millis")]
    quoted: Duration,
    #[api(detail, with = Duration::as_millis())]
    called: Duration,
    #[api(detail, with)]
    nothing: Duration,
    #[api(detail, with(Duration::as_millis))]
    listed: Duration,
}

fn main() {}
