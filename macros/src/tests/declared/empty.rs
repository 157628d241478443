#[derive(ApiError)]
enum Never {}
