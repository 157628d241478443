//! What is said of reading where nothing is read.

use std::time::Duration;

use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "There is no story.", decode = false)]
    NotFound,

    #[api(status = 408, message = "Too slow.")]
    Slow {
        #[api(detail, with = Duration::as_secs, decode = Duration::from_secs)]
        after: Duration,
    },
}

#[derive(ApiError)]
#[api(decode, status = 408, code = "slow", message = "Too slow.")]
struct Slow {
    #[api(retry_after, decode = Duration::from_secs)]
    after: Duration,
}

fn main() {}
