use errorbook::ApiError;

#[derive(ApiError)]
#[api(backoff = "")]
enum Empty {}

#[derive(ApiError)]
#[api(backoff = "1s, 2s")]
enum Commas {}

#[derive(ApiError)]
#[api(backoff = "1s two 4s")]
enum NoWait {}

#[derive(ApiError)]
#[api(backoff = "1s 0s")]
enum Zero {}

fn main() {}
