use errorbook::ApiError;

const WIDE: bool = true;

#[derive(ApiError)]
#[api(status = 422, message = "Look again.")]
struct StoryError {
    #[api(detail)]
    ids: [u8; if WIDE { 8 } else { 4 }],
}

fn main() {
    // The mistake is the type's alone.
    let _ = StoryError { ids: [0; 8] }.to_response();
}
