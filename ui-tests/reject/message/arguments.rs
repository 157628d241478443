use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "There is no story {}.", .0)]
    NotFound(u64),
    #[api(status = 404, message = "There is no {kind} {:>5} in {{{}}}.", .id, self.place, kind = .what)]
    Named { id: u64, place: String, what: String },
    #[api(status = 404, message = "There is no story {}.", id)]
    ByWord { id: u64 },
    #[api(status = 404, message = "There is no story {}.", id.to_string())]
    Computed { id: u64 },
    #[api(status = 404, message = "There is no story {}.", .1, code = "no_story")]
    NoSuchField(u64),
}

fn main() {}
