use errorbook::ApiError;

#[derive(ApiError)]
#[api(rename_all_details = "camelcase")]
enum StoryError {}

#[derive(ApiError)]
#[api(rename_all_details = "any")]
enum AuthError {}

fn main() {}
