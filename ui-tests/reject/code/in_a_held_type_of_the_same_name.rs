//! A held type that is called as its holder is still another type, and so is one that is told from a
//! parameter only by looking closely.

use errorbook::ApiError;

mod auth {
    #[derive(errorbook::ApiError)]
    pub enum Error {
        #[api(status = 404, message = "No key.")]
        NotFound,
    }
}

#[derive(ApiError)]
enum Error {
    #[api(status = 410, message = "Gone.")]
    NotFound,
    #[api(transparent)]
    Auth(auth::Error),
}

#[derive(ApiError)]
enum Sized<'s, const N: usize> {
    #[api(status = 400, message = "Odd.")]
    NotFound([&'s u8; N]),
    #[api(transparent)]
    Held(&'static auth::Error),
}

fn main() {}
