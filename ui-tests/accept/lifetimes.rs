//! Borrowed fields, and types that are held though they borrow.

use std::borrow::Cow;

use errorbook::ApiError;

#[derive(ApiError)]
enum StoryError<'a, 'b: 'a> {
    #[api(status = 404, message = "There is no {id}.")]
    NotFound {
        #[api(detail)]
        id: &'a str,
        #[api(detail)]
        near: Option<&'b [Cow<'a, str>]>,
        #[api(header = "X-Kind")]
        kind: &'static str,
    },
    #[api(transparent)]
    Key(KeyError<'a>),
    #[api(transparent)]
    Borrowed(&'b KeyError<'a>),
}

#[derive(ApiError)]
#[api(status = 401, message = "Invalid key {0}.")]
struct KeyError<'a>(&'a str);

#[derive(ApiError)]
enum Elided {
    #[api(transparent)]
    Key(KeyError<'static>),
}

fn main() {
    let id = String::from("s1");
    let error = StoryError::NotFound { id: &id, near: None, kind: "story" };
    assert_eq!(error.message(), "There is no s1.");
    let key = KeyError("k1");
    assert_eq!(StoryError::Borrowed(&key).message(), "Invalid key k1.");
    assert_eq!(StoryError::Key(KeyError("k2")).code(), "key_error");
    assert_eq!(Elided::catalog().entries().count(), 1);
}
