use errorbook::ApiError;

// A misspelt `detail` says nothing about the status, which is missing too.
#[derive(ApiError)]
enum StoryError {
    #[api(coed = "too_poor")]
    TooPoor,
    #[api(transparant)]
    Auth(std::io::Error),
}

fn main() {}
