use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(transparent)]
    Io(std::io::Error),
}

fn main() {}
