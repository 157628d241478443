use errorbook::ApiError;

#[derive(Debug, thiserror::Error, ApiError)]
enum StoryError {
    #[error(fmt = describe)]
    #[api(status = 400)]
    BadRequest { source: std::io::Error },
}

fn describe(source: &std::io::Error, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    write!(out, "bad request: {source}")
}

fn main() {}
