use errorbook::ApiError;

#[derive(Debug, thiserror::Error, ApiError)]
enum StoryError {
    #[error("bad request: {cause}")]
    #[api(status = 400)]
    Attribute {
        #[source]
        cause: std::io::Error,
    },
    #[error("bad request: {cause}")]
    #[api(status = 400)]
    From {
        #[from]
        cause: std::fmt::Error,
    },
    #[error("bad request: {source}")]
    #[api(status = 400)]
    Named { source: std::io::Error },
    #[error("bad request: {source:?}")]
    #[api(status = BAD_REQUEST)]
    Debugged { source: std::io::Error },
}

fn main() {}
