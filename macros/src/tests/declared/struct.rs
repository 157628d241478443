/// The bank said no.
#[derive(ApiError)]
#[api(status = 402, message = "The card was declined: {reason}.", header("X-Kind", "card"))]
struct CardDeclined {
    #[api(detail)]
    reason: String,
}
