use errorbook::ApiError;

#[derive(ApiError)]
#[api(status = 500, meta(owner = "billing"), meta(owner = "stories"))]
struct Broken;

fn main() {}
