use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "There is no {id:x}.")]
    NotFound { id: String },
}

fn main() {}
