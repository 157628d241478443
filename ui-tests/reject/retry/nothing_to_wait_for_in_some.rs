use std::time::Duration;

use errorbook::ApiError;

#[derive(ApiError)]
#[api(retry = "after, once")]
enum RunError {
    #[api(status = 429, message = "Slow down.")]
    Limited {
        #[api(retry_after)]
        wait: Duration,
    },
    #[api(status = 503, message = "Busy.")]
    Busy,
    #[api(status = 500, message = "Oh.", retry = "none")]
    Internal,
}

fn main() {}
