use errorbook::ApiError;

macro_rules! error {
    ($text:literal, $status:expr) => {
        #[derive(Debug, thiserror::Error, ApiError)]
        enum StoryError {
            #[error($text)]
            #[api(status = $status)]
            BadRequest { source: std::io::Error },
        }
    };
}

error!("bad request: {source}", 400);

fn main() {}
