use errorbook::ApiError;

struct Secret;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "There is no {id}.")]
    Named { id: Secret },
    #[api(status = 404, message = "There is no {0}.")]
    Tuple(Option<u64>),
}

fn main() {}
