use errorbook::ApiError;

// All of them are told in one go, and what uses the type adds none of its own.
#[derive(Debug, thiserror::Error, ApiError)]
#[api(envelop = errorbook::envelope::FLAT, backoff = "1 2")]
enum StoryError {
    #[error("out of credits")]
    #[api(status = 302, cod = "too_poor", retry = "after 30x", message = "You need {ned}.")]
    TooPoor {
        #[api(detial)]
        need: u64,
    },
    #[error("no story")]
    #[api(code = "NotFound", log = "loud")]
    NotFound,
    #[error("bad request: {source}")]
    #[api(status = 400, header("Content-Type", "text/plain"))]
    BadRequest { source: std::io::Error },
    #[error(transparent)]
    #[api(transparent, title = "Auth")]
    Auth(#[from] AuthError),
    #[error("gone")]
    #[api(status = 410, code = "gone")]
    Gone,
    #[error("gone again")]
    #[api(status = 410, code = "gone")]
    GoneAgain,
}

#[derive(Debug, thiserror::Error, ApiError)]
enum AuthError {
    #[error("no key")]
    #[api(status = 401)]
    InvalidKey,
}

fn main() {
    let error = StoryError::NotFound;
    let boxed: Box<dyn ApiError> = Box::new(StoryError::Gone);
    println!("{} {} {:?}", error.status(), boxed.message(), StoryError::catalog().title());
}
