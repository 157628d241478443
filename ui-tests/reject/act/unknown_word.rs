use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "No such story.", act = "callr")]
    NotFound,
    #[api(status = 409, message = "Already there.", act = "the user")]
    Exists,
    #[api(status = 503, act = operator)]
    Down,
}

fn main() {}
