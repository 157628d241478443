/// What can go wrong with a story.
#[derive(ApiError)]
#[api(codes = StoryCode, crate = ::my::errorbook, shared_codes("internal_error"))]
pub(crate) enum StoryError<'a, T: Clone> {
    /// No story has this id.
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(status = 403, code = "plan.no_api", message = "Your plan has no API.")]
    Plan(T),
    #[api(status = 500, code = "internal_error")]
    Storage,
    #[api(status = 500, code = "internal_error")]
    Render,
    #[api(status = 500, code = "unknown")]
    Other,
    #[api(transparent)]
    Billing(Box<BillingError<'a>>),
    #[api(transparent)]
    Again(Box<Self>),
}
