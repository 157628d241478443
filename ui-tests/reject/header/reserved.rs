use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 500, header("Content-Type", "text/plain"))]
    ContentType,
    #[api(status = 500, header("content-length", "0"))]
    ContentLength,
    #[api(status = 500, header("Transfer-Encoding", "chunked"))]
    TransferEncoding,
    #[api(status = 500, header("CONNECTION", "close"))]
    Connection,
    #[api(status = 500, header("Retry-After", "30"))]
    RetryAfter,
    #[api(status = 500)]
    OnAField {
        #[api(header = "Retry-After")]
        seconds: u64,
    },
}

fn main() {}
