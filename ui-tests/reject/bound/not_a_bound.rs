use errorbook::ApiError;

#[derive(ApiError)]
#[api(status = 409, bound = "T Display")]
struct NoColon<T>(T);

#[derive(ApiError)]
#[api(status = 409, bound = T)]
struct NoText<T>(T);

#[derive(ApiError)]
#[api(status = 409, bound)]
struct Nothing<T>(T);

#[derive(ApiError)]
#[api(status = 409, bound = "")]
struct Empty<T>(T);

fn main() {}
