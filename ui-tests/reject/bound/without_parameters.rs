use errorbook::ApiError;

#[derive(ApiError)]
#[api(status = 409, message = "…", bound = "Self: std::error::Error")]
struct Concrete;

#[derive(ApiError)]
#[api(bound = "'a: 'static")]
enum Borrowed<'a> {
    #[api(status = 409, message = "…")]
    One(&'a str),
}

fn main() {}
