use errorbook::ApiError;

#[derive(ApiError)]
#[api(shared_codes("internal_error", "not_fuond", "conflict"))]
enum StoryError {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(status = 500)]
    InternalError,
}

fn main() {}
