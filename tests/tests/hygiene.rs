//! The expansion under hostile names: no prelude, modules and types that are called like those of `core` and of
//! this library, and traits whose methods are called like the library's own.

use std::fmt;

use errorbook::ApiError as _;

use crate::support::{body, header};

/// Nothing of the prelude is in scope, and nothing is imported.
mod bare {
    #![no_implicit_prelude]

    #[derive(::errorbook::ApiError)]
    #[api(envelope = ENVELOPE, decode, codes = Code)]
    pub(super) enum Error<'a, T> {
        #[api(status = 404, message = "No {id} in {list:?}.", header("X-Constant", "1"))]
        NotFound {
            #[api(detail)]
            id: u64,
            #[api(detail)]
            list: ::std::vec::Vec<T>,
            #[api(header = "X-Name")]
            name: ::core::option::Option<&'a str>,
            #[api(retry_after)]
            wait: ::core::option::Option<::core::time::Duration>,
        },
        #[api(status = 500, retry = "after 30s..60s, if safe")]
        Broken,
        #[api(transparent)]
        Inner(::std::boxed::Box<Inner>),
        #[api(message = "{at}, {width:>width$}: {inner:?}", decode = false)]
        Beside {
            at: &'a str,
            width: usize,
            #[api(transparent)]
            inner: Inner,
        },
        #[api(status = 400, message = "…")]
        Made {
            #[api(detail, null, header = "X-Made", with = made, decode = unmade)]
            made: T,
        },
    }

    fn made<T>(_: &T) -> ::core::option::Option<u8> {
        ::core::option::Option::None
    }

    fn unmade<T>(_: ::core::option::Option<u8>) -> T {
        ::core::panic!("nothing is read here")
    }

    pub(super) const ENVELOPE: ::errorbook::Envelope = ::errorbook::envelope!({
        "error": { "code": code, "message": message, "request_id": request_id?, "details": details? }
    });

    #[derive(::errorbook::ApiError)]
    #[api(status = 409, message = display, decode, codes = InnerCode)]
    pub(super) struct Inner;

    impl ::core::fmt::Display for Inner {
        fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            formatter.write_str("inner")
        }
    }
}

#[test]
fn a_type_without_the_prelude_compiles() {
    let error = bare::Error::NotFound { id: 7, list: vec![1], name: Some("x"), wait: None };
    let response = error.to_response();
    assert_eq!(header(&response, "x-name"), Some("x"));
    assert_eq!(
        body(&error),
        r#"{"error":{"code":"not_found","message":"No 7 in [1].","details":{"id":7,"list":[1]}}}"#
    );
    assert_eq!(bare::Error::<u8>::Broken.code(), "broken");
    let inner: bare::Error<'_, u8> = bare::Error::Inner(Box::new(bare::Inner));
    assert_eq!(inner.message(), "inner");
    let beside: bare::Error<'_, u8> = bare::Error::Beside { at: "x", width: 2, inner: bare::Inner };
    assert_eq!(beside.message(), "x,  2: \"inner\"");
    assert_eq!(bare::Code::from("inner"), bare::Code::Inner(bare::InnerCode::Inner));
    assert_eq!(bare::Code::Broken.to_string(), "broken");
    let made = bare::Error::Made { made: 1 };
    assert_eq!(body(&made), r#"{"error":{"code":"made","message":"…","details":{"made":null}}}"#);
}

/// Everything that the expansion may need is called otherwise here.
#[allow(dead_code, non_camel_case_types, reason = "the names are the point")]
mod shadowed {
    mod alloc {}
    mod bytes {}
    mod core {}
    mod errorbook {}
    mod http {}
    mod serde {}
    mod std {}
    mod __private {}

    struct Option;
    struct Result;
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct Box;
    struct Vec;
    struct String;
    struct str;
    struct bool;
    struct u16;
    struct u64;
    struct usize;
    struct Duration;
    struct Display;
    struct Serialize;
    struct Envelope;
    struct ErrorSpec;
    struct Catalog;
    struct RetryRule;
    trait ApiError {}
    trait Default {}
    trait From {}
    trait Into {}

    macro_rules! shadow {
        ($($name:ident)*) => {$(
            macro_rules! $name {
                () => {};
            }
            $name!();
        )*};
    }
    shadow! { assert compile_error concat format_args stringify }

    const ENVELOPE: ::errorbook::Envelope =
        ::errorbook::envelope!("application/problem+json", { "code": code?, "message": message, ..details });

    #[derive(::errorbook::ApiError)]
    #[api(envelope = ENVELOPE, backoff = "1s 2s")]
    pub(super) enum Error<T> {
        #[api(status = 404, message = "No {id:>3} of {name}.", header("X-Constant", "1"), meta(a = "b"))]
        NotFound {
            #[api(detail, example = 1)]
            id: ::core::primitive::u64,
            #[api(detail)]
            name: T,
            #[api(header = "X-Name")]
            header: ::core::option::Option<&'static ::core::primitive::str>,
            #[api(retry_after)]
            wait: ::core::time::Duration,
        },
        #[api(status = 500)]
        Broken,
        #[api(status = 503, retry = "backoff 1s, 3 times, always", omit(code))]
        Busy,
        #[api(transparent)]
        Inner(Inner),
        #[api(message = "{0}{1}")]
        Beside(T, #[api(transparent)] Inner),
        #[api(status = 400, message = "…")]
        Made(#[api(detail = "made", header = "X-Made", with = json)] T),
    }

    fn json<T>(_: &T) -> ::core::primitive::u8 {
        7
    }

    #[derive(::errorbook::ApiError)]
    #[api(status = 410, message = "…")]
    pub(super) struct Inner;

    impl<T> Error<T> {
        pub(super) fn not_found(name: T) -> Self {
            Self::NotFound {
                id: 7,
                name,
                header: ::core::option::Option::None,
                wait: ::core::time::Duration::ZERO,
            }
        }
    }
}

#[test]
fn a_type_among_shadowing_names_compiles() {
    let error = shadowed::Error::not_found("x");
    assert_eq!(error.message(), "No   7 of x.");
    assert_eq!(body(&error), r#"{"code":"not_found","message":"No   7 of x.","id":7,"name":"x"}"#);
    assert_eq!(shadowed::Error::<u8>::Broken.code(), "broken");
    assert_eq!(body(&shadowed::Error::<u8>::Busy), r#"{"message":"Service Unavailable"}"#);
    assert_eq!(shadowed::Error::<u8>::Inner(shadowed::Inner).code(), "inner");
    assert_eq!(shadowed::Error::Beside(1, shadowed::Inner).message(), "1…");
    assert_eq!(header(&shadowed::Error::Made(1).to_response(), "x-made"), Some("7"));
}

/// Traits whose methods everything has, called like those that the expansion calls.
mod meddling {
    #![allow(dead_code, reason = "they are there to be called by mistake")]

    macro_rules! meddling {
        ($($method:ident)*) => {
            pub(super) trait Meddling: Sized {
                $(fn $method(self) -> Self {
                    unreachable!("the user's `{}` was called", stringify!($method))
                })*
            }
        };
    }
    meddling! {
        detail display displayed field header in_words json logged made many member members one show shown shown_displayed two value wait
        whole
    }

    impl<T> Meddling for T {}

    #[derive(errorbook::ApiError)]
    pub(super) enum Error {
        #[api(status = 404, message = "No {id} of {name}.")]
        NotFound {
            #[api(detail, header = "X-Id")]
            id: u64,
            #[api(detail, header = "X-Name")]
            name: &'static str,
            #[api(detail, header = "X-Perhaps")]
            perhaps: Option<bool>,
            #[api(retry_after)]
            wait: std::time::Duration,
        },
        #[api(status = 410, message = display)]
        Gone,
        #[api(message = "{0}: {1}")]
        Beside(u64, #[api(transparent)] Box<Error>),
        #[api(status = 400, message = "…")]
        Made(#[api(detail = "made", header = "X-Made", with = ToString::to_string)] u64),
    }

    impl std::fmt::Display for Error {
        fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            formatter.write_str("gone")
        }
    }
}

#[test]
fn traits_with_methods_of_the_same_names_are_not_called() {
    use meddling::Error;
    let error = Error::NotFound { id: 7, name: "x", perhaps: Some(true), wait: std::time::Duration::ZERO };
    assert_eq!(
        body(&error),
        r#"{"error":{"code":"not_found","message":"No 7 of x.","details":{"id":7,"name":"x","perhaps":true}}}"#
    );
    let response = error.to_response();
    assert_eq!(header(&response, "x-id"), Some("7"));
    assert_eq!(header(&response, "x-perhaps"), Some("true"));
    assert_eq!(Error::Gone.message(), "gone");
    assert_eq!(Error::Beside(1, Box::new(Error::Gone)).message(), "1: gone");
    assert_eq!(header(&Error::Made(1).to_response(), "x-made"), Some("1"));
}

/// Inherent methods and constants called like those of the trait.
#[test]
fn a_type_may_have_methods_of_its_own_with_the_traits_names() {
    #[derive(errorbook::ApiError)]
    #[api(status = 404, message = "{code}")]
    struct Error {
        code: u8,
    }

    impl Error {
        const CATALOG: u8 = 1;

        fn code(&self) -> u8 {
            self.code
        }

        fn status(&self) -> u8 {
            self.code
        }
    }

    impl fmt::Display for Error {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("unused")
        }
    }
    let error = Error { code: 7 };
    assert_eq!((error.code(), error.status(), Error::CATALOG), (7, 7, 1));
    assert_eq!(errorbook::ApiError::code(&error), "error");
    assert_eq!(errorbook::ApiError::status(&error).as_u16(), 404);
    assert_eq!(body(&error), r#"{"error":{"code":"error","message":"7"}}"#);
}

/// Locals of the expansion begin with `__`; so may the user's own names.
#[test]
fn fields_may_be_called_like_locals_of_the_expansion() {
    #[derive(errorbook::ApiError)]
    #[api(status = 404, message = "{__out} {out} {__value:?} {value:?}")]
    struct Error {
        __out: u8,
        out: u8,
        __value: u8,
        value: u8,
    }
    assert_eq!(Error { __out: 1, out: 2, __value: 3, value: 4 }.message(), "1 2 3 4");
}
