use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, status = 410, status = 411)]
    Gone,
}

fn main() {}
