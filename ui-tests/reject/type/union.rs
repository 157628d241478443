use errorbook::ApiError;

#[derive(ApiError)]
#[api(status = 404)]
union StoryError {
    id: u64,
}

fn main() {
    // The mistake is the type's alone.
    let _ = StoryError { id: 5 }.to_response();
}
