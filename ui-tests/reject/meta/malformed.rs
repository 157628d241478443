use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 500, meta(owner = "billing", owner = "stories"))]
    Twice,
    #[api(status = 500, meta(owner))]
    NoValue,
    #[api(status = 500, meta(owner = 5))]
    Number,
    #[api(status = 500, meta = "billing")]
    NoList,
    #[api(status = 500, meta("owner" = "billing"))]
    Quoted,
    #[api(status = 500, meta())]
    Empty,
}

fn main() {}
