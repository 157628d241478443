use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404)]
    NotFound,
}

#[derive(ApiError)]
#[api(status = 500, message = display)]
struct Broken;

fn main() {}
