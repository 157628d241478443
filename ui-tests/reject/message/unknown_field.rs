use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 402, message = "Your balance is {balance}.")]
    TooPoor { org: u64, need: u64, have: u64 },
    #[api(status = 402, message = "You need {ned}, and {ned} is a lot.")]
    Near { need: u64, have: u64 },
    #[api(status = 404, message = "There is no {id}.")]
    NoFields,
    #[api(status = 404, message = "There is no {id:>width$}.")]
    AsWidth { id: u64 },
    #[api(status = 404, message = "There is no {id}.")]
    Tuple(u64),
}

fn main() {}
