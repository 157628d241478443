use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 400, code = "invalid_request", message = "…")]
    NoTitle,
    #[api(status = 400, code = "invalid_request", message = "…")]
    NoBody,
    #[api(status = 404, message = "…")]
    NotFound,
    #[api(status = 404, code = "not_found", message = "…")]
    Deleted,
    #[api(status = 400, code = "invalid_request", message = "…")]
    TooLong,
    #[api(status = 500, code = "internal")]
    Storage,
    #[api(status = 500, code = "internal")]
    Queue,
    #[api(status = 500, code = "internal")]
    Cache,
    #[api(status = 500, code = "internal")]
    Clock,
}

// The list that is there goes on.
#[derive(ApiError)]
#[api(shared_codes("internal"))]
enum AuthError {
    #[api(status = 500, code = "internal")]
    Storage,
    #[api(status = 500, code = "internal")]
    Queue,
    #[api(status = 401, code = "no_key", message = "…")]
    NoHeader,
    #[api(status = 401, code = "no_key", message = "…")]
    EmptyHeader,
}

fn main() {}
