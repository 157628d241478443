use errorbook::ApiError;

// What other crates call it.
#[derive(Debug, thiserror::Error, ApiError)]
#[api(rename_all_fields = "camelCase")]
#[error("no")]
enum StoryError {
    #[api(http_status = 404, error_code = "no_story", msg = "No story.", level = "warn", type = "https://docs.example")]
    NotFound,
    #[api(status = 503, retryable = true, help = "Wait.")]
    Busy,
    #[api(status = 400, rename = "too_long", display)]
    TooLong(#[api(rename = "length")] u64),
    #[api(status = 500, message = "Broken.")]
    Storage(#[api(from)] std::io::Error),
    // A key of another place, misspelt.
    #[api(status = 500, detial)]
    Misplaced,
}

fn main() {}
