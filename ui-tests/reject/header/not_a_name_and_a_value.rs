use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 500, header("X-Quota"))]
    NoValue,
    #[api(status = 500, header("X-Quota", "5", "6"))]
    TwoValues,
    #[api(status = 500, header("X-Quota" = "5"))]
    Assigned,
    #[api(status = 500, header("X-Quota", 5))]
    Number,
    #[api(status = 500, header = "X-Quota")]
    AsOnAField,
    #[api(status = 500, header())]
    Empty,
    #[api(status = 500)]
    OnAField {
        #[api(header("X-Quota", "5"))]
        left: u64,
        #[api(header)]
        right: u64,
    },
}

fn main() {}
