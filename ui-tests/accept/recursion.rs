//! A type that holds itself, behind a box, by its name or as `Self`.

use std::sync::Arc;

use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "There is no story.")]
    NotFound,
    #[api(transparent)]
    Again(Box<StoryError>),
    #[api(transparent)]
    Shared(Arc<Self>),
}

fn main() {
    let error = StoryError::Again(Box::new(StoryError::Shared(Arc::new(StoryError::NotFound))));
    assert_eq!(error.code(), "not_found");
    assert_eq!(StoryError::catalog().entries().count(), 1);
}
