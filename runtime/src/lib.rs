#![doc = include_str!("../docs/crate.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod api_error;
mod body;
#[cfg(feature = "book")]
pub mod book;
mod bounded;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "client")]
pub mod client;
mod codes;
mod const_checks;
pub mod context;
#[cfg(any(feature = "cli", feature = "coverage"))]
mod coverage;
pub mod envelope;
mod field_errors;
mod guard;
mod json;
mod observe;
mod one_line;
mod percent;
mod render;
mod report;
pub mod retry;
#[cfg(feature = "tower")]
mod service;
pub mod spec;
mod status;
#[cfg(any(feature = "client-reqwest", feature = "client-tower", feature = "tower"))]
mod uuid_v7;
mod web;

// Pages of the manual and nothing else.
#[cfg(doc)]
#[doc = include_str!("../docs/comparison.md")]
pub mod comparison {}
#[cfg(doc)]
#[doc = include_str!("../docs/expansion.md")]
pub mod expansion {}
#[cfg(any(doc, doctest))]
#[doc = include_str!("../docs/observability.md")]
#[doc(alias("tracing", "metrics", "log", "errorbook_errors_total"))]
pub mod observability {}
#[cfg(all(doc, feature = "client"))]
#[doc = include_str!("../docs/retrying.md")]
pub mod retrying {}
// Its code needs these features.
#[cfg(all(any(doc, doctest), feature = "axum", feature = "tower"))]
#[doc = include_str!("../docs/recipes.md")]
pub mod recipes {}

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;

pub use api_error::{ApiError, Catalogued};
pub use body::Body;
pub use codes::{Coded, UnknownCode};

pub use envelope::Envelope;
#[doc = include_str!("../docs/derive.md")]
#[doc(alias(
    "status",
    "code",
    "message",
    "retry",
    "title",
    "description",
    "remedy",
    "act",
    "example_request",
    "section",
    "docs",
    "header",
    "meta",
    "omit",
    "log",
    "transparent",
    "detail",
    "details",
    "null",
    "with",
    "retry_after",
    "public",
    "example",
    "envelope",
    "rename_all",
    "rename_all_details",
    "backoff",
    "shared_codes",
    "catalog_title",
    "decode",
    "codes",
    "skip",
    "bound",
    "crate",
    "api",
    "deprecated"
))]
pub use errorbook_macros::ApiError;
#[doc = include_str!("../docs/catalog.md")]
pub use errorbook_macros::catalog;
#[doc = include_str!("../docs/envelope.md")]
pub use errorbook_macros::envelope;
#[cfg(feature = "garde")]
#[doc(inline)]
pub use field_errors::garde;
#[cfg(feature = "validator")]
#[doc(inline)]
pub use field_errors::validator;
pub use field_errors::{FieldError, FieldErrors};
pub use render::Answered;
pub use report::Report;
pub use retry::Retry;
pub use spec::{Catalog, ErrorSpec};

// Without the extractors only expansions name what is in there.
#[cfg(feature = "axum")]
#[cfg_attr(not(feature = "axum-extract"), doc(hidden))]
#[doc(inline)]
pub use web::axum;
#[cfg(feature = "tower")]
#[doc(inline)]
pub use web::tower;
#[cfg(feature = "utoipa")]
#[doc(inline)]
pub use web::utoipa;

/// Stands in for an integration whose feature is off.
#[doc(hidden)]
#[macro_export]
macro_rules! __errorbook_nothing {
    ($($tokens:tt)*) => {};
}

/// Code that is checked, and never run.
#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __errorbook_never_run {
    ($($tokens:tt)*) => {
        let _ = || { $($tokens)* };
    };
}

/// What tells the JSON Schema of the details whose type may have one, by the names of error and field.
#[cfg(any(feature = "schemars", feature = "utoipa"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __errorbook_schemas {
    ($($error:literal $field:literal { $($ty:tt)* })*) => {
        &[$(($error, $field, (|| {
            #[allow(unused_imports, reason = "which of them is used is for the type to say")]
            use $crate::__private::{SchemaByNothing as _, SchemaByUtoipa as _};
            (&$crate::__private::SchemaProbe::<$($ty)*>::NEW).__errorbook_schema()
        }) as $crate::__private::SchemaOf)),*]
    };
}
/// As above, where nobody asks types for theirs.
#[cfg(not(any(feature = "schemars", feature = "utoipa")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __errorbook_schemas {
    ($($tokens:tt)*) => {
        &[]
    };
}

/// File and lines of a type's errors, for documents that tell where an error is declared.
#[cfg(feature = "book")]
#[doc(hidden)]
#[macro_export]
macro_rules! __errorbook_places {
    ($file:literal $($line:literal)*) => { ($file, &[$($line),*]) };
}
/// As above, where no document is made.
#[cfg(not(feature = "book"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __errorbook_places {
    ($file:literal $($line:literal)*) => {
        ("", &[])
    };
}
