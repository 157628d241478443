use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    TooPoor {
        need: u64,
    },
    #[api(code = "gone")]
    Gone,
}

#[derive(ApiError)]
struct Locked;

fn main() {}
