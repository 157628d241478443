//! Generic types, lifetimes, `where` clauses, `cfg`, `#[non_exhaustive]`, empty enums: what must compile, and the
//! bounds that are added, which are those that the uses imply and no others.

use std::fmt::{Debug, Display};
use std::marker::PhantomData;
use std::time::Duration;

use errorbook::ApiError;

use crate::support::{body, details, header, json};

/// Implements nothing.
struct Nothing;

#[test]
fn a_parameter_that_is_shown_needs_display() {
    #[derive(ApiError)]
    enum Error<T> {
        #[api(status = 404, message = "No {0}.")]
        Shown(T),
    }
    assert_eq!(Error::Shown("story").message(), "No story.");
    assert_eq!(Error::Shown(7).message(), "No 7.");
}

#[test]
fn a_parameter_that_is_shown_otherwise_needs_that_trait() {
    #[derive(ApiError)]
    #[api(status = 404, message = "{0:?} {1:x} {2:>4}")]
    struct Error<D, X, P>(D, X, P);
    assert_eq!(Error(Some(1), 255, 'p').message(), "Some(1) ff    p");
}

#[test]
fn a_parameter_that_is_a_detail_needs_serialize() {
    #[derive(ApiError)]
    #[api(status = 404, message = "…")]
    struct Error<T, U> {
        #[api(detail)]
        detail: T,
        #[api(detail)]
        perhaps: Option<U>,
    }
    let error = Error { detail: vec![1], perhaps: Some("x") };
    assert_eq!(details(&error), serde_json::json!({ "detail": [1], "perhaps": "x" }));
}

#[test]
fn a_parameter_that_is_a_header_needs_display() {
    #[derive(ApiError)]
    #[api(status = 404, message = "…")]
    struct Error<T, U>(#[api(header = "X-One")] T, #[api(header = "X-Two")] Option<U>);
    let response = Error(1, Some("two")).to_response();
    assert_eq!(header(&response, "x-one"), Some("1"));
    assert_eq!(header(&response, "x-two"), Some("two"));
    assert_eq!(header(&Error(1, None::<u8>).to_response(), "x-two"), None);
}

#[test]
fn a_parameter_that_is_not_used_needs_nothing() {
    #[derive(ApiError)]
    enum Error<T, U> {
        #[api(status = 404, message = "No {0}.")]
        Shown(T),
        #[api(status = 500)]
        Held(U),
        #[api(status = 409, message = "…")]
        Marked(PhantomData<U>),
    }
    assert_eq!(Error::<u8, Nothing>::Shown(7).message(), "No 7.");
    assert_eq!(Error::<u8, Nothing>::Held(Nothing).code(), "held");
    assert_eq!(Error::<u8, Nothing>::Marked(PhantomData).code(), "marked");
}

#[test]
fn a_parameter_that_is_the_wait_needs_to_be_one() {
    #[derive(ApiError)]
    #[api(status = 429, message = "…")]
    struct Error<W>(#[api(retry_after)] W);
    let second = Duration::from_secs(1);
    assert_eq!(header(&Error(second).to_response(), "retry-after"), Some("1"));
    assert_eq!(header(&Error(Some(second)).to_response(), "retry-after"), Some("1"));
}

#[test]
fn a_parameter_that_answers_needs_to_be_an_api_error() {
    #[derive(ApiError)]
    #[api(status = 404, message = "…")]
    struct NotFound;

    #[derive(ApiError)]
    enum Outer<E> {
        #[api(transparent)]
        Inner(E),
        #[api(transparent)]
        Boxed(Box<E>),
    }
    assert_eq!(Outer::Inner(NotFound).code(), "not_found");
    assert_eq!(Outer::Boxed(Box::new(NotFound)).code(), "not_found");
    assert_eq!(Outer::<NotFound>::catalog().entries().count(), 1);
}

#[test]
fn display_of_the_type_itself_brings_its_own_bounds() {
    #[derive(Debug, thiserror::Error, ApiError)]
    enum Error<T: Debug + Display> {
        #[error("no {0}")]
        #[api(status = 404)]
        Shown(T),
    }
    assert_eq!(Error::Shown("story").message(), "no story");
}

#[test]
fn lifetimes_constants_and_where_clauses_are_kept() {
    #[derive(ApiError)]
    #[api(status = 404, message = "{name} in {list:?}")]
    struct Error<'a, 'b: 'a, T, const N: usize>
    where
        T: Debug + Copy,
        [T; N]: Debug,
    {
        name: &'a str,
        list: &'b [T; N],
    }
    assert_eq!(Error { name: "x", list: &[1, 2] }.message(), "x in [1, 2]");
}

#[test]
fn a_parameter_may_have_a_default_and_be_unsized_behind_a_pointer() {
    #[derive(ApiError)]
    #[api(status = 404, message = "{0}")]
    struct Error<T: ?Sized + 'static = str>(&'static T);
    let error: Error = Error("text");
    assert_eq!(error.message(), "text");
}

#[test]
fn associated_types_may_be_shown() {
    #[derive(ApiError)]
    #[api(status = 404, message = "{0}")]
    struct Error<I: Iterator>(I::Item);
    assert_eq!(Error::<std::vec::IntoIter<u8>>(7).message(), "7");
}

#[test]
fn names_of_parameters_may_be_those_of_locals() {
    #[expect(non_camel_case_types, clippy::struct_field_names, reason = "the names are the point")]
    mod names {
        #[derive(errorbook::ApiError)]
        #[api(status = 404, message = "{error} {out} {self_} {formatter}")]
        pub(super) struct Error<error, out> {
            pub(super) error: error,
            pub(super) out: out,
            pub(super) self_: u8,
            pub(super) formatter: u8,
        }
    }
    use names::Error;
    assert_eq!(Error { error: 1, out: 2, self_: 3, formatter: 4 }.message(), "1 2 3 4");
}

#[test]
fn cfg_takes_variants_and_fields_away() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 404, message = "{here}")]
        Here {
            here: u8,
            #[cfg(any())]
            #[api(detail)]
            nowhere: Missing,
        },
        #[cfg(any())]
        #[api(status = 999)]
        Nowhere(Missing),
        #[cfg(test)]
        #[api(status = 410, message = "…")]
        Everywhere,
    }
    assert_eq!(Error::Here { here: 1 }.message(), "1");
    assert_eq!(Error::Everywhere.code(), "everywhere");
    assert_eq!(Error::catalog().entries().count(), 2);
}

#[test]
fn cfg_attr_may_hold_a_declaration() {
    #[derive(ApiError)]
    #[cfg_attr(all(), api(status = 404, message = "…"))]
    #[cfg_attr(any(), api(status = 999))]
    struct Error;
    assert_eq!(Error.status().as_u16(), 404);
}

#[test]
fn an_enum_without_variants_compiles() {
    #[derive(ApiError)]
    enum Never {}
    let none: Option<Never> = None;
    assert!(none.map(|never| never.code()).is_none());
}

#[test]
fn non_exhaustive_types_and_variants_compile() {
    #[derive(ApiError)]
    #[non_exhaustive]
    enum Error {
        #[non_exhaustive]
        #[api(status = 404, message = "No {id}.")]
        NotFound { id: u8 },
    }
    assert_eq!(Error::NotFound { id: 1 }.message(), "No 1.");
}

#[test]
fn raw_identifiers_compile_everywhere() {
    #[derive(ApiError)]
    #[expect(non_camel_case_types, reason = "the names are the point")]
    enum r#type<T> {
        #[api(status = 400, message = "{fn} {match}")]
        r#struct {
            #[api(detail)]
            r#fn: T,
            #[api(header = "X-Match")]
            r#match: u8,
        },
    }
    let error = r#type::r#struct { r#fn: 1, r#match: 2 };
    assert_eq!(error.code(), "struct");
    assert_eq!(body(&error), r#"{"error":{"code":"struct","message":"1 2","details":{"fn":1}}}"#);
}

#[test]
fn discriminants_compile() {
    #[derive(ApiError)]
    #[repr(u8)]
    enum Error {
        #[api(status = 404, message = "…")]
        One = 1,
        #[api(status = 410, message = "…")]
        Seven = 7,
    }
    assert_eq!([Error::One, Error::Seven].map(|error| error.code()), ["one", "seven"]);
}

#[test]
fn a_variant_may_be_a_unit_a_tuple_or_a_struct_with_or_without_fields() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 400, message = "…")]
        Unit,
        #[api(status = 401, message = "…")]
        EmptyTuple(),
        #[api(status = 402, message = "…")]
        EmptyStruct {},
        #[api(status = 403, message = "{0}")]
        Tuple(u8),
        #[api(status = 404, message = "{a}")]
        Struct { a: u8 },
    }
    let errors =
        [Error::Unit, Error::EmptyTuple(), Error::EmptyStruct {}, Error::Tuple(1), Error::Struct { a: 2 }];
    let messages: Vec<_> = errors.iter().map(|error| json(error)["error"]["message"].take()).collect();
    assert_eq!(messages, ["…", "…", "…", "1", "2"]);
}

#[test]
fn a_type_may_be_made_by_a_macro() {
    macro_rules! errors {
        ($($(#[$attribute:meta])* $name:ident = $status:literal, $message:literal, $field:ident: $ty:ty;)*) => {
            #[derive(ApiError)]
            enum Error {
                $($(#[$attribute])* #[api(status = $status, message = $message)] $name { #[api(detail)] $field: $ty },)*
            }
        };
    }
    errors! {
        /// Nothing is there.
        NotFound = 404, "No {id}.", id: u8;
        Gone = 410, "It is gone.", since: Option<&'static str>;
    }
    assert_eq!(
        body(&Error::NotFound { id: 1 }),
        r#"{"error":{"code":"not_found","message":"No 1.","details":{"id":1}}}"#
    );
    assert_eq!(Error::NotFound { id: 1 }.spec().description(), Some("Nothing is there."));
    assert_eq!(Error::Gone { since: None }.code(), "gone");
}
