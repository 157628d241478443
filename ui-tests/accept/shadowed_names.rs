//! The expansion means its own names, whatever the user's module calls so.

mod user {
    #![allow(dead_code, non_camel_case_types, unused_macros)]

    pub mod core {}
    pub mod std {}
    pub mod alloc {}
    pub mod errorbook {}
    pub mod serde {}
    pub mod http {}
    pub enum Option {}
    pub enum Result {}
    pub struct Some;
    pub struct None;
    pub struct Ok;
    pub struct Err;
    pub struct String;
    pub struct Vec;
    pub struct Box;
    pub struct Duration;
    pub struct str;
    pub struct usize;
    pub struct bool;
    pub trait Display {}
    pub trait Debug {}
    pub trait Serialize {}
    pub trait Sized {}
    pub trait Send {}
    pub trait ApiError {}
    pub trait From {}
    pub trait Into {}
    pub trait Default {}
    pub trait Clone {}
    pub trait Iterator {}
    pub struct Envelope;
    pub struct Catalog;
    pub struct ErrorSpec;
    pub struct Self_;
    pub const __SPECS: () = ();
    pub fn __declared() {}
    macro_rules! panic {
        () => {};
    }
    macro_rules! assert {
        () => {};
    }
    macro_rules! format_args {
        () => {};
    }
    macro_rules! write {
        () => {};
    }
    macro_rules! concat {
        () => {};
    }
    macro_rules! compile_error {
        () => {};
    }

    #[derive(::errorbook::ApiError)]
    #[api(envelope = ::errorbook::envelope::FLAT, backoff = "1s 2s", shared_codes("gone"))]
    pub enum StoryError {
        #[api(
            status = 402,
            message = "Need {need}, have {have:?}.",
            title = "Too poor",
            retry = "after 1s..2s"
        )]
        #[api(description = "…", remedy = "…", section = "…", docs = "https://example.com", meta(a = "b"))]
        #[api(header("X-A", "b"), log = "warn")]
        TooPoor {
            #[api(detail, example = 10)]
            need: u64,
            #[api(detail)]
            have: ::core::option::Option<u64>,
            #[api(header = "X-Left")]
            left: ::core::option::Option<u64>,
            #[api(header = "X-Name")]
            name: ::std::string::String,
        },
        #[api(status = 429, message = "Slow down, {0:?}.")]
        RateLimited(#[api(retry_after)] ::core::time::Duration),
        #[api(status = 422, message = "Look again.")]
        Invalid(#[api(details)] ::std::vec::Vec<::std::string::String>),
        #[api(status = 500)]
        Broken,
        #[api(transparent)]
        Held(Held),
    }

    #[derive(::errorbook::ApiError)]
    pub enum Held {
        #[api(status = 410, message = "Gone.")]
        Gone,
        #[api(status = 410, message = "Gone {0} {1} {2} {3}.")]
        GoneAgain(u8, i64, ::std::string::String, &'static ::core::primitive::str),
    }

    #[derive(::errorbook::ApiError)]
    #[api(status = 404, message = "There is no {0}.")]
    pub struct Missing<T>(pub T);

    #[derive(::errorbook::ApiError)]
    pub enum Never {}

    pub const ENVELOPE: ::errorbook::Envelope = ::errorbook::envelope!({
        "error": { "code": code?, "message": message, "list": [status, request_id?] },
        ..details,
    });
}

fn main() {
    use errorbook::ApiError;

    let error = user::StoryError::TooPoor { need: 10, have: Some(3), left: None, name: "a".to_owned() };
    assert_eq!(error.message(), "Need 10, have Some(3).");
    assert_eq!(user::StoryError::catalog().entries().count(), 6);
    assert_eq!(user::Missing(5).code(), "missing");
}
