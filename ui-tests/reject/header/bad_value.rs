use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 500, header("X-Quota", "a\r\nSet-Cookie: b"))]
    LineBreak,
    #[api(status = 500, header("X-Quota", "größer"))]
    Letter,
    #[api(status = 500, header("X-Quota", " 5"))]
    SpaceBefore,
    #[api(status = 500, header("X-Quota", "5 "))]
    SpaceBehind,
}

fn main() {}
