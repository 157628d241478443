use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    Two(#[api(transparent)] AuthError, #[api(transparent)] AuthError),
    #[api(transparent)]
    Both(#[api(transparent)] AuthError, u64),
    Flag(#[api(transparent = true)] AuthError),
    Boxed(u64, #[api(transparent)] Box<dyn ApiError>),
}

#[derive(ApiError)]
enum AuthError {}

fn main() {}
