//! A variant without an `#[error(…)]` of its own has that of the enum.

use errorbook::ApiError;

#[derive(Debug, thiserror::Error, ApiError)]
#[error("bad: {0}")]
enum Inherited {
    #[api(status = 400)]
    Io(#[from] std::io::Error),
}

#[derive(Debug, thiserror::Error, ApiError)]
#[error(transparent)]
enum Transparent {
    #[api(status = 400)]
    Io(#[from] std::io::Error),
}

fn main() {}
