use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 500, code = "NotFound")]
    NotFound,
    #[api(status = 500, code = "invalid-key")]
    InvalidKey,
}

#[derive(ApiError)]
#[api(rename_all = "SCREAMING_SNAKE_CASE")]
enum Shouting {
    #[api(status = 500, code = "not_found")]
    NotFound,
}

#[derive(ApiError)]
#[api(status = 500, code = "notFound", rename_all = "kebab-case")]
struct NotFound;

fn main() {}
