use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(transparent)]
    Auth(AuthError),
    #[api(transparent)]
    Billing(Box<BillingError>),
}

#[derive(ApiError)]
enum AuthError {
    #[api(status = 404, message = "No such key.")]
    NotFound,
}

#[derive(ApiError)]
enum BillingError {
    #[api(status = 410, message = "No such bill.")]
    NotFound,
}

fn main() {}
