use errorbook::ApiError;

#[derive(ApiError)]
#[api(rename_all = "PascalCse")]
enum Near {
    #[api(status = 500, code = "NotFound")]
    NotFound,
}

#[derive(ApiError)]
#[api(rename_all = "title")]
enum Far {
    #[api(status = 500)]
    NotFound,
}

fn main() {}
