use errorbook::ApiError;

// What is missing because of a mistake that is reported is not a second one.

#[derive(ApiError)]
#[api(shared_codez("internal_error"))]
enum Shared {
    #[api(status = 500, code = "internal_error")]
    Storage,
    #[api(status = 500, code = "internal_error")]
    Render,
}

#[derive(ApiError)]
enum Details {
    #[api(status = 500)]
    Tuple(#[api(detail = id)] u8),
    #[api(status = 500)]
    Empty(#[api(detail = " ")] u8),
}

#[derive(ApiError)]
#[api(message = "It is gone.")]
enum Gone {
    #[api(status = none)]
    Expired,
}

#[derive(ApiError)]
enum Wait {
    #[api(status = 429, message = "Slow down.", retry = "after")]
    Slow(#[api(retry)] std::time::Duration),
}

#[derive(ApiError)]
enum Omits {
    #[api(status = 403, message = "No.", omit(code), envelope = errorbook::envelope::FLAT)]
    Hidden,
}

#[derive(ApiError)]
enum Codes {
    #[api(status = 404, message = "There is none.", code = "-")]
    Dash,
}

#[derive(ApiError)]
enum Suffix {
    #[api(status = 404, message = "There is none."raw)]
    Message,
}

#[derive(ApiError)]
enum Headers {
    #[api(status = 429, message = "Slow down.")]
    Slow(#[api(header = "X-Left", header = "x-left")] u8),
}

fn main() {}
