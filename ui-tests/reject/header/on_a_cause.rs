use errorbook::ApiError;

#[derive(Debug, thiserror::Error, ApiError)]
enum StoryError {
    #[error("cannot render")]
    #[api(status = 422, message = "Cannot render.")]
    Render {
        #[api(header = "X-Why")]
        source: std::fmt::Error,
    },
    #[error("cannot read")]
    #[api(status = 500)]
    Read(
        #[from]
        #[api(header = "X-Why")]
        std::io::Error,
    ),
}

fn main() {}
