//! Which codes a parameter brings nobody knows where the enum stands.

use errorbook::ApiError;

#[derive(ApiError)]
#[api(codes = StoryCode)]
enum StoryError<'a, T> {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(transparent)]
    Held(T),
    #[api(transparent)]
    Deep(Box<Billing<Vec<T>>>),
    #[api(transparent)]
    Fine(Gone<'a>),
}

#[derive(ApiError)]
#[api(status = 402, code = "billing", message = "Pay.")]
struct Billing<T>(T);

#[derive(ApiError)]
#[api(codes = GoneCode, status = 410, code = "gone", message = "Gone.")]
struct Gone<'a>(&'a str);

// What names the enum hears of nothing else.
fn is_gone(code: &StoryCode) -> bool {
    match code {
        StoryCode::NotFound => false,
        StoryCode::Fine(GoneCode::Gone) => true,
        StoryCode::Unknown(unknown) => unknown.as_str() == "gone",
        _ => code.spec().is_some(),
    }
}

fn main() {}
