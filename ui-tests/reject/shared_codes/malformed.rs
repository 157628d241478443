use errorbook::ApiError;

#[derive(ApiError)]
#[api(shared_codes("not found"))]
enum BadCode {
    #[api(status = 500, code = "not_found")]
    Story,
    #[api(status = 500, code = "not_found")]
    Video,
}

#[derive(ApiError)]
#[api(shared_codes())]
enum Empty {}

#[derive(ApiError)]
#[api(shared_codes = "not_found")]
enum NoList {}

#[derive(ApiError)]
#[api(shared_codes(not_found))]
enum NoText {}

fn main() {}
