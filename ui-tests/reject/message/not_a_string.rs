use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = Display)]
    Word,
    #[api(status = 404, message = 404)]
    Number,
    #[api(status = 404, message = concat!("Gone", "."))]
    Call,
    #[api(status = 404, message("Gone."))]
    List,
    #[api(status = 404, message)]
    Nothing,
}

fn main() {}
