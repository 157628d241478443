use errorbook::ApiError;

#[derive(ApiError)]
#[api(docs = "docs.example.com/errors#{code}")]
enum StoryError {
    #[api(status = 404, message = "No such story.", docs = "see the wiki")]
    NotFound,
    #[api(status = 410, message = "The story is gone.", docs = "https://docs.example.com/{name}")]
    Gone,
    #[api(status = 500, docs = "errors.html")]
    Storage,
}

fn main() {}
