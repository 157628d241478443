use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "There is no {id.")]
    Unclosed { id: u64 },
    #[api(status = 404, message = "There is no id}.")]
    Unopened { id: u64 },
    #[api(status = 404, message = "There is no {id + 1}.")]
    Expression { id: u64 },
    #[api(status = 404, message = "There is no {id:d}.")]
    Format { id: u64 },
    #[api(status = 404, message = "There is no {id:.*}.")]
    Star { id: u64 },
}

fn main() {}
