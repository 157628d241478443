use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 402, message = "Too little.")]
    TooPoor {
        #[api(detail)]
        need: u64,
        #[api(detail = "need")]
        have: u64,
    },
    #[api(status = 500)]
    Tuple(#[api(detail = "id")] u64, #[api(detail = "id")] u64),
}

fn main() {}
