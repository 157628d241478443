use errorbook::ApiError;

// Each place is told of the errors that lack it, and of those alone.
#[derive(ApiError)]
#[api(header("X-Story", "{id} {run}"))]
enum StoryError {
    #[api(status = 404, message = "No such story.")]
    NotFound { id: String },
    #[api(status = 409, message = "The run stopped.")]
    Stopped { run: String },
    #[api(status = 410, message = "Gone.")]
    Gone { id: String, run: String },
}

fn main() {}
