use errorbook::ApiError;

struct Secret;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 402, message = "Too little.")]
    Plain {
        #[api(header = "X-Left")]
        left: Secret,
    },
    #[api(status = 402, message = "Too little.")]
    Optional {
        #[api(header = "X-Left")]
        left: Option<Secret>,
    },
}

fn main() {}
