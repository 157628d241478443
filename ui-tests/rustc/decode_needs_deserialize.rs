//! What the details are read into has a `Deserialize`, or says how else it is read.

use errorbook::ApiError;
use serde::Serialize;

#[derive(Serialize)]
struct Brief {
    id: u64,
}

#[derive(ApiError)]
#[api(decode)]
enum StoryError {
    #[api(status = 409, message = "Taken.")]
    Taken {
        #[api(detail)]
        by: Brief,
        #[api(detail)]
        since: u64,
    },

    #[api(status = 422, message = "Not right.")]
    Invalid(#[api(details)] Vec<Brief>),
}

fn main() {}
