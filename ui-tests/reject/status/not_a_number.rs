use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = "404")]
    Text,
    #[api(status = 404.5)]
    Fraction,
    #[api(status = -404)]
    Negative,
    #[api(status = 404u8)]
    Suffixed,
    #[api(status = StatusCode::NOT_FOUND)]
    Path,
    #[api(status)]
    Nothing,
    #[api(status =)]
    Cut,
    #[api(status(404))]
    List,
    #[api(status = 400 + 4)]
    Sum,
}

fn main() {}
