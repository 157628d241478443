#[derive(ApiError)]
#[api(envelope = STORY, shared_codes("internal_error", "gone"))]
enum StoryError {
    #[api(transparent)]
    Auth(AuthError),
    #[api(status = 410, message = "Gone.")]
    Gone {
        #[api(detail)]
        since: u64,
    },
    #[api(status = 500, omit(code))]
    Internal,
    #[api(transparent)]
    Billing { source: Box<billing::BillingError> },
    #[api(transparent)]
    Again(Box<Self>),
}
