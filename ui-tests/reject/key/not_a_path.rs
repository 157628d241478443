use errorbook::ApiError;

#[derive(ApiError)]
#[api(envelope = "NESTED", crate = "errorbook")]
enum StoryError {
    #[api(status = 500)]
    Broken,
}

#[derive(ApiError)]
#[api(envelope = envelope!({ "code": code }))]
enum OtherError {}

#[derive(ApiError)]
#[api(envelope)]
enum ThirdError {}

fn main() {}
