use errorbook::ApiError;

#[derive(Debug, thiserror::Error, ApiError)]
pub enum LoginError {
    #[error("refused: {}", format_args!(r#"{cause:?}"#))]
    #[api(status = 401)]
    Refused {
        #[source]
        cause: std::io::Error,
    },
}

fn main() {}
