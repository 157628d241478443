//! An enum of codes holds those of the types that are held.

use errorbook::ApiError;

#[derive(ApiError)]
#[api(codes = StoryCode)]
enum StoryError {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(transparent)]
    Billing(BillingError),
}

#[derive(ApiError)]
#[api(status = 402, code = "billing", message = "Pay.")]
struct BillingError;

fn main() {}
