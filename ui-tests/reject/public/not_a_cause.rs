use errorbook::ApiError;

#[derive(ApiError)]
#[api(status = 402, message = "Need {need}.")]
struct OutOfCredits {
    #[api(public)]
    need: u64,
}

fn main() {}
