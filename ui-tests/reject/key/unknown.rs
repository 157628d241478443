use errorbook::ApiError;

#[derive(ApiError)]
#[api(envelop = errorbook::envelope::FLAT)]
enum StoryError {
    #[api(statsu = 404)]
    Near,
    #[api(status = 500, colour = "red")]
    Far,
    #[api(status = 500, hint = "Wait.")]
    OnAField {
        #[api(detial)]
        need: u64,
        #[api(secret)]
        have: u64,
    },
}

#[derive(ApiError)]
#[api(status = 500, renameall = "any")]
struct Broken;

fn main() {}
