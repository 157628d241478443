//! The `axum` feature: what derives `ApiError` is an `IntoResponse`, so that a handler returns
//! `Result<Json<T>, StoryError>`.
#![cfg_attr(feature = "axum-extract", doc = include_str!("../../../docs/axum-extract.md"))]
// Its code needs both features.
#![cfg_attr(all(feature = "axum-extract", feature = "validator"), doc = include_str!("../../../docs/validation.md"))]

#[cfg(feature = "axum-extract")]
mod extract;
#[cfg(feature = "axum-extract")]
mod place;
#[cfg(feature = "axum-extract")]
mod rejection;
#[cfg(all(feature = "axum-extract", any(feature = "garde", feature = "validator")))]
mod valid;
#[cfg(feature = "axum-extract")]
mod wording;

use axum_core::body::Body;
use axum_core::response::Response;

#[doc(hidden)]
pub use axum_core::response::{IntoResponse, Response as AxumResponse};

#[cfg(feature = "axum-extract")]
pub use extract::{Json, Path, Query};
#[cfg(feature = "axum-extract")]
pub use rejection::Rejection;
#[cfg(all(feature = "axum-extract", any(feature = "garde", feature = "validator")))]
pub use valid::Valid;
#[cfg(all(feature = "axum-extract", feature = "garde"))]
pub use valid::garde;
#[cfg(all(feature = "axum-extract", feature = "validator"))]
pub use valid::validator;

use crate::api_error::ApiError;

/// The error's response with axum's body type.
#[doc(hidden)]
pub fn respond(error: &dyn ApiError) -> Response {
    error.respond().map(Body::from)
}

/// The response of an error that stands in for a value, of which axum may still lay other parts over it.
#[cfg(feature = "axum-extract")]
fn respond_in_place_of_a_value(error: &dyn ApiError) -> Response {
    let mut response = respond(error);
    if let Some(mark) = response.extensions_mut().get_mut::<crate::Answered>() {
        *mark = mark.in_place_of_a_value();
    }
    response
}

/// For a handler that completes the body by hand.
impl IntoResponse for crate::Body<'_> {
    fn into_response(self) -> Response {
        self.respond().map(Body::from)
    }
}

/// Implements `IntoResponse` for a type that derives `ApiError`.
#[doc(hidden)]
#[macro_export]
macro_rules! __errorbook_axum {
    ({ $($generics:tt)* } { $($ty:tt)* } { $($bounds:tt)* }) => {
        #[automatically_derived]
        impl $($generics)* $crate::axum::IntoResponse for $($ty)* $($bounds)* {
            fn into_response(self) -> $crate::axum::AxumResponse {
                $crate::axum::respond($crate::ApiError::__errorbook_erased(&self))
            }
        }

        #[automatically_derived]
        impl $($generics)* $crate::axum::IntoResponse for $crate::__private::Box<$($ty)*> $($bounds)* {
            fn into_response(self) -> $crate::axum::AxumResponse {
                $crate::axum::respond($crate::ApiError::__errorbook_erased(&self))
            }
        }
    };
}
