use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 402, message = "Too little.")]
    TooPoor {
        #[api(detail, example = TEN)]
        need: u64,
        #[api(detail, example = [1, TWO])]
        have: u64,
        #[api(example)]
        org: u64,
        #[api(example = -"3")]
        user: u64,
    },
}

fn main() {}
