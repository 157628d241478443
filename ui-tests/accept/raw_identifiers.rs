//! Raw identifiers are names like others: the `r#` shows nowhere.
#![allow(non_camel_case_types, non_upper_case_globals)]

use errorbook::ApiError;

#[derive(Debug, thiserror::Error, ApiError)]
enum r#enum {
    #[error("bad type {type}")]
    #[api(status = 422)]
    r#type {
        #[api(detail, example = "story")]
        r#type: &'static str,
        #[api(header = "X-In")]
        r#in: u64,
    },
    #[error("bad match {}", .r#match)]
    #[api(status = 422, message = "No match for {match} ({r#for:>3}).")]
    r#match { r#match: &'static str, r#for: u64 },
}

#[derive(ApiError)]
#[api(status = 500, message = "It broke.")]
struct r#struct;

mod r#mod {
    pub const r#const: errorbook::Envelope = errorbook::envelope!({ "code": code });
}

#[derive(ApiError)]
#[api(status = 500, envelope = r#mod::r#const, meta(r#type = "a"))]
struct Enveloped;

fn main() {
    let error = r#enum::r#type { r#type: "x", r#in: 1 };
    assert_eq!((error.code(), error.message().as_ref()), ("type", "bad type x"));
    let error = r#enum::r#match { r#match: "x", r#for: 1 };
    assert_eq!((error.code(), error.message().as_ref()), ("match", "No match for x (  1)."));
    assert_eq!(r#struct.code(), "struct");
    assert!(Enveloped.spec().meta("type").is_some_and(|value| value == "a"));
}
