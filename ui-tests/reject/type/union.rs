use errorbook::ApiError;

#[derive(ApiError)]
#[api(status = 404)]
union StoryError {
    id: u64,
}

fn main() {}
