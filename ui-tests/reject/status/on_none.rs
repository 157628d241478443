use errorbook::ApiError;

// As after `#[derive(ApiError)]` on what was there already.
#[derive(Debug, thiserror::Error, ApiError)]
enum StoryError {
    #[error("no story")]
    NotFound,
    #[error("gone")]
    Gone,
    #[error("taken")]
    Taken,
    #[error("too long")]
    TooLong,
    #[error("too short")]
    TooShort,
}

fn main() {}
