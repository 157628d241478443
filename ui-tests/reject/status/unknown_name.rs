use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = PAYMENT_REQUIERD)]
    Near,
    #[api(status = NotFound)]
    OtherCase,
    #[api(status = nome)]
    NearNone,
    #[api(status = OUT_OF_CREDITS)]
    Far,
}

fn main() {}
