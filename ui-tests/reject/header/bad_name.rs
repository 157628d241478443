use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 500, header("X Quota", "5"))]
    Space {
        #[api(header = "X-Left:")]
        left: u64,
    },
    #[api(status = 500, header("", "5"))]
    Empty,
    #[api(status = 500, header("X-Größe", "5"))]
    Letter,
}

fn main() {}
