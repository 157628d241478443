use errorbook::ApiError;

#[derive(Debug, thiserror::Error, ApiError)]
enum StoryError {
    #[error("bad request: {}", .source.kind())]
    #[api(status = 400)]
    Called { source: std::io::Error },
    #[error("bad request: {}", .0)]
    #[api(status = 400)]
    Index(#[from] std::io::Error),
    #[error("bad request: {why}", why = format!("{source}").to_lowercase())]
    #[api(status = 400)]
    Formatted { source: std::io::Error },
    #[error("bad request: {}", (.cause).kind())]
    #[api(status = 400)]
    Grouped {
        #[source]
        cause: std::io::Error,
    },
}

fn main() {}
