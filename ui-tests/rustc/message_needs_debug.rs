use errorbook::ApiError;

struct Secret;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "There is no {id:?}.")]
    NotFound { id: Secret },
    #[api(status = 404, message = "There is no {0:>8}.")]
    Padded(Secret),
}

fn main() {}
