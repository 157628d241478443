use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(transparent)]
    Boxed(Box<dyn ApiError>),
    #[api(transparent)]
    Named { inner: std::sync::Arc<dyn ApiError + Send + Sync> },
}

fn main() {}
