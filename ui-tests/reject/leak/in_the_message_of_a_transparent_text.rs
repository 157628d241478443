use errorbook::ApiError;

// The field is the cause, though nothing marks it.
#[derive(Debug, thiserror::Error, ApiError)]
enum StoryError {
    #[error(transparent)]
    #[api(status = 500, message = "Storage says {0}.")]
    Storage(std::io::Error),
}

fn main() {}
