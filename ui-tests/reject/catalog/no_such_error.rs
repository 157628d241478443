use errorbook::{ApiError, Catalog, catalog};

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(status = 409, message = "Already there.")]
    Exists,
    #[api(transparent)]
    Billing(BillingError),
}

#[derive(ApiError)]
#[api(status = 402, message = "Out of credits.")]
struct BillingError;

const READING: &Catalog = catalog!(StoryError: NotFond, Exists);
const HELD: &Catalog = catalog!(StoryError::Billing);

fn main() {
    let _ = (READING, HELD);
}
