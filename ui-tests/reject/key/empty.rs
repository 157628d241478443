use errorbook::ApiError;

#[derive(ApiError)]
#[api(section = "", docs = "", catalog_title = " ")]
enum StoryError {
    #[api(status = 404, message = "", title = "", description = "\n", remedy = "")]
    NotFound,
    #[api(status = none, message = " ", section = "")]
    Expired,
}

fn main() {}
