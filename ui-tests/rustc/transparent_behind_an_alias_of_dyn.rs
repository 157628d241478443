use errorbook::ApiError;

type Anything = Box<dyn ApiError>;

#[derive(ApiError)]
enum StoryError {
    #[api(transparent)]
    Anything(Anything),
}

fn main() {}
