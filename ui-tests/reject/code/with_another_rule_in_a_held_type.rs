use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 503, retry = "after 9s")]
    Unavailable,
    #[api(transparent)]
    Billing(BillingError),
}

#[derive(ApiError)]
enum BillingError {
    #[api(status = 503, retry = "none")]
    Unavailable {
        #[api(detail)]
        until: u64,
    },
}

fn main() {}
