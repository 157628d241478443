use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "There is no {0}.")]
    NotFound(#[api(detail)] u64),
}

fn main() {}
