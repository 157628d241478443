use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    Gone {
        #[api(status = 404, code = "gone", section = "Stories", rename_all = "any", skip(axum))]
        id: u64,
    },
    Auth(#[api(transparent)] std::io::Error),
}

fn main() {}
