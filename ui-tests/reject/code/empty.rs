use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 500, code = "")]
    Broken,
}

fn main() {}
