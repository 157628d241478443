use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404 message = "Gone.")]
    BehindANumber,
    #[api(status = 404, message = "Gone." code = "gone")]
    BehindAText,
}

#[derive(ApiError)]
#[api(status = 500; log = "warn")]
struct Broken;

fn main() {}
