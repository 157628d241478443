//! The expansion draws no lint in the user's crate: each that ever fired, or well could, is denied here, clippy's
//! pedantic ones included (they are looked at when clippy runs over the tests).

#![deny(
    warnings,
    unused,
    nonstandard_style,
    keyword_idents,
    let_underscore,
    absolute_paths_not_starting_with_crate,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unreachable_pub,
    unsafe_code,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::cargo,
    clippy::absolute_paths,
    clippy::allow_attributes,
    clippy::allow_attributes_without_reason,
    clippy::arithmetic_side_effects,
    clippy::as_conversions,
    clippy::exhaustive_enums,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::infinite_loop,
    clippy::missing_inline_in_public_items,
    clippy::missing_trait_methods,
    clippy::panic,
    clippy::pattern_type_mismatch,
    clippy::pub_use,
    clippy::ref_patterns,
    clippy::same_name_method,
    clippy::single_call_fn,
    clippy::shadow_reuse,
    clippy::shadow_same,
    clippy::shadow_unrelated,
    clippy::std_instead_of_core,
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm
)]

use core::marker::PhantomData;
use core::time::Duration;

use errorbook::{ApiError, Envelope, envelope};

const ENVELOPE: Envelope = envelope!({
    "code": code, "message": message, "meta": { "run": context.run?, "list": [status, null] }?, ..details
});

/// A type with everything that can be declared.
#[derive(ApiError)]
#[api(envelope = ENVELOPE, section = "All", docs = "https://x.example/{code}", backoff = "1s 2s")]
enum Error<'a, T>
where
    T: Clone,
{
    /// With fields of each kind.
    #[api(
        status = 404,
        message = "No {id} in {list:?} for {name}.",
        header("X-Constant", "1"),
        meta(owner = "me")
    )]
    NotFound {
        /// The id.
        #[api(detail, example = 1)]
        id: u64,
        #[api(detail = "the-list")]
        list: &'a [u8],
        #[api(header = "X-Name")]
        name: &'a str,
        #[api(header = "X-Perhaps")]
        perhaps: Option<u8>,
        #[api(retry_after)]
        wait: Option<Duration>,
    },
    /// With one field.
    #[api(status = 409, message = "{0:>4}")]
    Conflict(T),
    /// Without fields.
    #[api(status = 500, retry = "after 30s..60s, once, if safe", log = "warn")]
    Broken,
    /// Where another answers.
    #[api(transparent)]
    Inner(Inner),
}

/// A type of which a client has all that it can have.
#[derive(ApiError)]
#[api(codes = ClientCode, decode, shared_codes("shared"))]
enum Client {
    /// Without fields.
    #[api(status = 404, message = "…")]
    Plain,
    /// With members.
    #[api(status = 402, message = "…")]
    Members {
        /// A number.
        #[api(detail)]
        need: u64,
        /// What a function makes and another reads.
        #[api(detail, with = Duration::as_secs, decode = Duration::from_secs)]
        after: Duration,
        /// The wait.
        #[api(retry_after)]
        wait: Duration,
        /// Never sent, but for a header.
        #[api(header = "X-Trace")]
        trace: Option<String>,
    },
    /// All of the details.
    #[api(status = 422, message = "…")]
    Whole(#[api(details)] Box<[u8]>, PhantomData<u8>),
    /// One of two.
    #[api(status = 500, code = "shared")]
    First,
    /// The other.
    #[deprecated]
    #[api(status = 500, code = "shared")]
    Second,
    /// Known by its spec.
    #[api(status = 500, message = "{0}", decode = false)]
    Known(u8),
    /// Held.
    #[api(transparent)]
    Held(ClientOfOthers),
}

/// A type that has none of its own.
#[derive(ApiError)]
#[api(codes = ClientOfOthersCode, decode)]
enum ClientOfOthers {
    /// Held.
    #[api(transparent)]
    Held(Gone),
}

/// One error.
#[derive(ApiError)]
#[api(codes = GoneCode, decode, status = 410, code = "gone", message = "…")]
struct Gone;

/// A struct that is one error.
#[derive(ApiError)]
#[api(status = 422, message = "…")]
struct Inner(#[api(details)] Box<[u8]>);

/// One whose message is its `Display`.
#[derive(Debug, thiserror::Error, ApiError)]
#[error("shown")]
#[api(status = 410)]
struct Shown;

#[test]
fn nothing_is_drawn_by_a_type_with_everything() {
    let error: Error<'_, u8> = Error::NotFound { id: 1, list: &[2], name: "x", perhaps: None, wait: None };
    assert_eq!(error.message(), "No 1 in [2] for x.");
    assert_eq!(Error::Conflict(7_u8).message(), "   7");
    assert_eq!(Error::<u8>::Broken.code(), "broken");
    assert_eq!(Error::<u8>::Inner(Inner(Box::new([1]))).code(), "inner");
    assert_eq!(Shown.message(), "shown");
    let clients = [
        Client::Plain,
        Client::Members { need: 1, after: Duration::ZERO, wait: Duration::ZERO, trace: None },
        Client::Whole(Box::new([]), PhantomData),
        Client::First,
        Client::Known(1),
        Client::Held(ClientOfOthers::Held(Gone)),
    ];
    for client in clients {
        assert_eq!(ClientCode::from(client.code()).as_str(), client.code());
    }
}

/// Whose variants and whose own name are deprecated.
mod old {
    /// Deprecated as a whole.
    #[deprecated = "use another"]
    #[derive(errorbook::ApiError)]
    #[api(status = 404, message = "{id}")]
    pub(super) struct Old {
        pub(super) id: u8,
    }

    /// Deprecated in part.
    #[derive(errorbook::ApiError)]
    pub(super) enum Mixed {
        /// Is deprecated.
        #[deprecated]
        #[api(status = 404, message = "{id}")]
        Old {
            #[api(detail)]
            id: u8,
        },
        /// Has a field that is.
        #[api(status = 410, message = "{id}")]
        Field {
            #[deprecated]
            #[api(detail)]
            id: u8,
        },
    }
}

#[test]
fn the_impl_of_a_deprecated_type_draws_no_warning_and_its_use_does() {
    #[expect(deprecated, reason = "the user is warned, the impl is not")]
    let codes =
        [old::Old { id: 1 }.code(), old::Mixed::Old { id: 1 }.code(), old::Mixed::Field { id: 1 }.code()];
    assert_eq!(codes, ["old", "old", "field"]);
}

#[test]
fn a_field_that_only_the_expansion_reads_is_not_dead_code() {
    #[derive(ApiError)]
    #[api(status = 404, message = "{shown}")]
    struct Read {
        shown: u8,
        #[api(detail)]
        detail: u8,
        #[api(header = "X-Header")]
        header: u8,
        #[api(retry_after)]
        wait: Duration,
    }
    let read = Read { shown: 1, detail: 2, header: 3, wait: Duration::ZERO };
    assert_eq!(read.message(), "1");
}
