use errorbook::ApiError;

struct StoryError;

fn main() {
    let _: Box<dyn ApiError> = Box::new(StoryError);
}
