//! Whatever is made of `self` may show the cause in it.

use errorbook::ApiError;

#[derive(Debug, thiserror::Error, ApiError)]
enum StoryError {
    #[error("bad: {self:?}")]
    #[api(status = 400)]
    Text(#[from] std::io::Error),

    #[error("bad: {}", show(self))]
    #[api(status = 404)]
    Argument(#[source] std::fmt::Error),
}

fn show(error: &StoryError) -> String {
    format!("{error:?}")
}

fn main() {}
