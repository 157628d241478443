use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(transparent)]
    Nothing,
    #[api(transparent)]
    Two(AuthError, u64),
    #[api(transparent)]
    Three { auth: AuthError, id: u64, at: u64 },
}

#[derive(ApiError)]
enum AuthError {}

fn main() {}
