use errorbook::ApiError;

#[derive(ApiError)]
#[api(status = 404)]
enum StoryError {
    NotFound,
    Gone,
}

fn main() {}
