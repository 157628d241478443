use std::error::Error;
use std::io;

use errorbook::ApiError;

#[derive(Debug, thiserror::Error, ApiError)]
enum StoryError {
    #[error("db {0}")]
    #[api(status = 500, message = "db says {0}")]
    Leak(#[from] io::Error),
    #[error("render {source}")]
    #[api(status = 422, message = "Cannot render {id}: {source:?}.")]
    Render { id: u32, source: std::fmt::Error },
    #[error("upstream")]
    #[api(status = 502, message = "{why}", header("X-Why", "{why}"))]
    Upstream { why: Box<dyn Error + Send + Sync> },
}

fn main() {}
