use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "There is no {id:x}.")]
    NotFound { id: String },
    #[api(status = 404, message = "There is no {0:e} and no {1:o}, {1:p}.")]
    Several(Option<f64>, Vec<u8>),
}

fn main() {}
