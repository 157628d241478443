use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    Gone {
        #[api(status = 404, code = "gone", section = "Stories", rename_all = "any", skip(axum))]
        id: u64,
    },
    #[api(status = 401, message = "Sign in.")]
    Auth(#[api(shared_codes("a"), rename_all_details = "camelCase")] u64),
}

fn main() {}
