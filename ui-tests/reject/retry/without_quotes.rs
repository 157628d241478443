//! The values of most keys are strings; the word that was written is in the help.

use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "None.", retry = none)]
    NotFound,
    #[api(status = 409, message = "Taken.", retry(backoff), log = off)]
    Taken,
}

fn main() {}
