//! What is not sent cannot be rebuilt; a cause is never sent, which needs no word.

use std::time::Duration;

use errorbook::ApiError;

#[derive(ApiError)]
#[api(decode)]
enum StoryError {
    #[api(status = 404, message = "There is no story `{id}`.")]
    NotFound { id: String },

    #[api(status = 402, message = "Out of credits.")]
    OutOfCredits {
        org: String,
        plan: Option<String>,
        #[api(detail)]
        need: u64,
    },

    #[api(status = 500)]
    Storage(std::num::ParseIntError),

    #[api(status = 500)]
    Render { page: u32, source: std::num::ParseIntError },

    #[api(status = 500, decode = false)]
    Cache { key: String },

    #[api(status = 408, message = "Too slow.")]
    Slow {
        #[api(detail, with = Duration::as_millis)]
        after: Duration,
    },

    #[api(status = 405, message = "Not with this method.")]
    Method {
        #[api(header = "Allow")]
        allow: String,
        #[api(header = "X-Perhaps")]
        perhaps: Option<String>,
    },

    #[api(status = 409, message = "Taken.")]
    Taken(#[api(detail = "by")] &'static str, #[api(detail = "since")] Option<&'static str>),

    #[api(message = "At {step}: {error}")]
    Step {
        step: u32,
        #[api(transparent)]
        error: Gone,
    },
}

#[derive(ApiError)]
#[api(status = 410, code = "gone", message = "Gone.", decode)]
struct Gone(u32);

fn main() {}
