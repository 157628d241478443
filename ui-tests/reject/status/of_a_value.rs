use errorbook::ApiError;
use http::StatusCode;

// A code tells its status.
#[derive(ApiError)]
enum StoryError {
    #[api(status = status_code, message = "…")]
    Field { status_code: u16 },
    #[api(status = self.0, message = "…")]
    OfSelf(u16),
    #[api(status = .0, message = "…")]
    Index(u16),
    #[api(status = Self::status, message = "…")]
    Method,
    #[api(status = "status", message = "…")]
    Quoted { status: StatusCode },
    #[api(status = -1, message = "…")]
    Negative,
}

fn main() {}
