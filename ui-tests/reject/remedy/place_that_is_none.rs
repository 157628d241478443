use errorbook::ApiError;

#[derive(ApiError)]
enum RunError {
    #[api(status = 404, message = "No.", remedy = "Wait {seconds} seconds.")]
    NotFound { seconds: u64 },
    #[api(status = 400, message = "No.", remedy = "Send {\"id\": 1}.")]
    Invalid,
    #[api(status = 409, message = "No.", title = "Run {0}", meta(link = "/runs/{id}"))]
    Busy(u64),
    #[api(status = none, message = "No.", description = "A {status} where it is answered.")]
    Failed,
}

fn main() {}
