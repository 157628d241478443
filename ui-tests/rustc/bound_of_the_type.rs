use errorbook::ApiError;

#[derive(Debug, ApiError)]
#[api(status = 409, message = "…", bound = "Self: std::error::Error")]
struct Taken<T>(T);

// Nobody made it an `Error`.
fn is_answered(taken: Taken<u8>) {
    taken.respond();
}

fn main() {}
