//! `#[non_exhaustive]` on the type, its variants and a struct.

use errorbook::ApiError;

#[derive(ApiError)]
#[non_exhaustive]
pub enum StoryError {
    #[api(status = 404, message = "There is no {id}.")]
    #[non_exhaustive]
    NotFound { id: u64 },
    #[api(status = 410, message = "It is gone.")]
    #[non_exhaustive]
    Gone,
}

#[derive(ApiError)]
#[api(status = 500)]
#[non_exhaustive]
pub struct Broken {}

fn main() {
    assert_eq!(StoryError::NotFound { id: 5 }.message(), "There is no 5.");
    assert_eq!((StoryError::Gone.code(), Broken {}.code()), ("gone", "broken"));
}
