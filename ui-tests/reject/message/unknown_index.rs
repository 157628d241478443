use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "There is no {1}.")]
    One(u64),
    #[api(status = 404, message = "There is no {2}.")]
    Two(u64, u64),
    #[api(status = 404, message = "There is no {0}.")]
    Named { id: u64 },
    #[api(status = 404, message = "There is no {}.")]
    Next(u64),
}

fn main() {}
