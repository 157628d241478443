use errorbook::ApiError;

#[derive(ApiError)]
#[api(header("X-Run", "{run}"))]
enum RunError {
    #[api(status = 404, message = "No.", header("X-Id", "{idd}"))]
    NotFound { id: u64, run: u64 },
    #[api(status = 410, message = "Gone.", header("X-Id", "{}"))]
    Gone { id: u64 },
    #[api(status = 409, message = "Busy.", header("X-Id", "a {id: b"))]
    Busy { id: u64 },
    #[api(status = 423, message = "Locked.", header("X-Run", "none"))]
    Locked,
}

fn main() {}
