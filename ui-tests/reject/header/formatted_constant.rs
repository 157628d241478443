use errorbook::ApiError;

#[derive(ApiError)]
#[api(header("X-Code", "{code:>8}"))]
enum StoryError {
    #[api(status = 404, message = "No such story.", header("X-Status", "{status:03}"))]
    NotFound,
    #[api(status = 410, message = "The story `{code:>12}` is gone.", header("X-Id", "{id:>status$}"))]
    Gone { id: String },
}

fn main() {}
