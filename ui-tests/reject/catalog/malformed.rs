use errorbook::{ApiError, Catalog, catalog};

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "No such story.")]
    NotFound,
}

const EMPTY: &Catalog = catalog!();
const TWICE: &Catalog = catalog!(StoryError: NotFound, StoryError::NotFound);
const NUMBER: &Catalog = catalog!(5);
const NOTHING: &Catalog = catalog!(StoryError: , NotFound);

fn main() {
    let _ = (EMPTY, TWICE, NUMBER, NOTHING);
}
