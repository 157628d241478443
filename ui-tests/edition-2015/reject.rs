#[macro_use]
extern crate errorbook;

const BODY: errorbook::Envelope = envelope!({ "code": cdoe });

#[derive(ApiError)]
enum StoryError {
    #[api(statsu = 404)]
    NotFound,
    #[api(status = 410)]
    Gone { #[api(detial)] since: u64 },
}

// Nobody's business but the user's.
mod core {}

fn main() {}
