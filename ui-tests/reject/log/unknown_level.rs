use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 500, log = "warning")]
    Near,
    #[api(status = 500, log = "loud")]
    Far,
}

fn main() {}
