use errorbook::ApiError;
use std::time::Duration;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 429, message = "Wait {wait:?}.")]
    Limited {
        #[api(retry_after, with = Duration::as_millis)]
        wait: Duration,
    },
    #[api(status = 400, message = "No {0}.")]
    Invalid(#[api(with = ToString::to_string)] u64),
}

fn main() {}
