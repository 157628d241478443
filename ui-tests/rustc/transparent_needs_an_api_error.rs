use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(transparent)]
    Io(std::io::Error),
    #[api(transparent)]
    Boxed(Box<std::fmt::Error>),
}

fn main() {}
