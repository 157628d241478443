//! The default envelope always shows a code.

use errorbook::ApiError;

#[derive(ApiError)]
enum MediaError {
    #[api(status = 403, message = "No access.", omit(code))]
    Forbidden,
}

fn main() {}
