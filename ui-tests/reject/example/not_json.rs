use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 402, message = "Too little.")]
    TooPoor {
        #[api(example = 1.)]
        need: f64,
        #[api(example = -1_000)]
        have: i64,
        #[api(example = 5u8)]
        rest: u8,
        #[api(example = 1e999)]
        most: f64,
        #[api(example = 'p')]
        plan: char,
        #[api(example = b"acme")]
        org: Vec<u8>,
        #[api(example = "acme"raw)]
        user: String,
    },
}

fn main() {}
