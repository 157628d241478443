use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "There is no {id:>width$}.")]
    NotFound { id: u64, width: String },
}

fn main() {}
