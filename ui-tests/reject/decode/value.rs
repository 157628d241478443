//! How it is written in each place.

use errorbook::ApiError;

#[derive(ApiError)]
#[api(decode = true)]
enum StoryError {
    #[api(status = 404, message = "There is no story.", decode)]
    NotFound,

    #[api(status = 410, message = "Gone.", decode = true)]
    Gone,

    #[api(status = 409, message = "Taken.")]
    Taken {
        #[api(detail, decode)]
        by: u64,
    },
}

#[derive(ApiError)]
#[api(decode = false, status = 410, code = "gone", message = "Gone.")]
struct Gone;

fn main() {}
