#[derive(ApiError)]
#[api(decode, shared_codes("unavailable"))]
enum StoryError<'a, T> {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(status = 402, message = "Out of credits.")]
    OutOfCredits {
        #[api(detail)]
        need: u64,
        #[api(detail = "by")]
        r#type: T,
        trace: Option<String>,
        #[api(retry_after)]
        wait: Duration,
    },
    #[api(status = 422, message = "Not right.")]
    Invalid(#[api(details)] Vec<T>, PhantomData<&'a str>),
    #[api(status = 408, message = "Too slow.")]
    Slow(#[api(detail = "after", with = Duration::as_secs, decode = Duration::from_secs)] Duration),
    #[api(status = 500)]
    Storage(#[from] std::io::Error),
    #[api(status = 500, decode = false)]
    Render { page: u32 },
    #[api(status = 503, code = "unavailable", message = "Busy.")]
    Busy {
        #[api(detail)]
        by: Weekday,
    },
    #[api(status = 503, code = "unavailable", message = "Closed.", decode = false)]
    Closed,
    #[api(transparent)]
    Billing(BillingError),
    #[api(message = "At {step:?}: {error}")]
    Step {
        step: Option<u32>,
        #[api(transparent)]
        error: Box<StepError>,
    },
    #[api(transparent, decode = false)]
    Sealed(SealedError),
    #[api(transparent)]
    Again(Box<Self>),
}
