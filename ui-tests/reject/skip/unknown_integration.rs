use errorbook::ApiError;

#[derive(ApiError)]
#[api(skip(axun))]
enum Near {}

#[derive(ApiError)]
#[api(skip(rocket))]
enum Far {}

#[derive(ApiError)]
#[api(skip("axum"))]
enum Text {}

#[derive(ApiError)]
#[api(skip)]
enum Nothing {}

fn main() {}
