//! What the function of a field takes and gives.

use std::time::Duration;

use errorbook::ApiError;

#[derive(ApiError)]
#[api(decode)]
enum StoryError {
    #[api(status = 408, message = "Too slow.")]
    Slow {
        #[api(detail, with = Duration::as_secs, decode = ToString::to_string)]
        after: Duration,
    },

    #[api(status = 409, message = "Taken.")]
    Taken {
        #[api(detail, with = Duration::as_secs, decode = of_brief)]
        since: Duration,
    },
}

struct Brief;

fn of_brief(_: Brief) -> Duration {
    Duration::ZERO
}

fn main() {}
