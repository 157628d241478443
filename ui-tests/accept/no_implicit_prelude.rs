//! Nothing need be in scope.
#![no_implicit_prelude]

mod user {

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
    use ::errorbook::ApiError as _;

    ::std::assert_eq!(user::Missing(5u8).code(), "missing");
    ::std::assert_eq!(user::StoryError::Broken.code(), "broken");
}
