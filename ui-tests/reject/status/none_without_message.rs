use errorbook::ApiError;

#[derive(ApiError)]
enum TaskError {
    #[api(status = none)]
    Crashed,
}

fn main() {}
