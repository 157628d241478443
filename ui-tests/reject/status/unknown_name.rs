use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = PAYMENT_REQUIERD, message = "Pay.")]
    Near,
    #[api(status = NotFound, message = "None.")]
    OtherCase,
    #[api(status = nome, message = "Nobody asked.")]
    NearNone,
    #[api(status = OUT_OF_CREDITS)]
    Far,
}

fn main() {}
