#![allow(non_camel_case_types)]

use errorbook::ApiError;

struct u64;

struct str;

struct String;

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "There is no {id}.")]
    Shown { id: u64 },
    #[api(status = 404, message = "There is no such story.")]
    Detail(#[api(detail = "id")] u64),
    #[api(status = 404, message = "There is no {0}.")]
    Borrowed(&'static str),
    #[api(status = 404, message = "There is no {0}.")]
    Owned(String),
}

fn main() {}
