use errorbook::ApiError;

struct Secret;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 402, message = "Too little.")]
    Member {
        #[api(detail)]
        need: Secret,
    },
    #[api(status = 402, message = "Too little.")]
    Whole(#[api(details)] Vec<Secret>),
}

fn main() {}
