use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 500, code = "not_found")]
    Lost,
    #[api(status = 500)]
    NotFound,
    #[api(status = 500, code = "not_found")]
    Missing,
}

fn main() {}
