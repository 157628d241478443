//! Takes an extractor of ours; gives one that also validates what it read, with validator or garde, and rejects what
//! either says as field errors. What the crates report is made into these in `field_errors/`.

use axum_core::extract::{FromRequest, FromRequestParts, Request};
use bytes::Bytes;
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::axum::extract::{check_content_type, holds, path_pairs, query_pairs};
use crate::axum::{Json, Path, Query, Rejection, place};
use crate::field_errors::names::Findings;

/// An extractor whose value is validated too: `Valid<Json<T>>`, `Valid<Query<T>>`, `Valid<Path<T>>`, for a `T` that
/// derives `Validate` of validator or garde.
///
/// What the validation found is [`InvalidRequest`](Rejection::InvalidRequest), a 422 with field errors, like a body of the
/// wrong form.
///
/// ```
/// # #[cfg(feature = "validator")] {
/// use axum::{Router, routing::post};
/// use errorbook::axum::{Json, Valid};
///
/// #[derive(serde::Deserialize, validator::Validate)]
/// struct Brief {
///     #[validate(length(min = 1, max = 80))]
///     title: String,
/// }
///
/// async fn create(Valid(Json(brief)): Valid<Json<Brief>>) -> String {
///     brief.title
/// }
/// let service: Router = Router::new().route("/stories", post(create));
/// # }
/// ```
///
/// Which of the crates it is, is told by the one that `T` derives. axum can ask for that only of a handler's last
/// argument, where a body stands anyway. For parameters in front of others, and for a `T` with both derives, take
/// `errorbook::axum::validator::Valid` or `errorbook::axum::garde::Valid`, which are written alike.
///
/// A pointer is that of the request: fields have the names that serde gives them, where these are the names in Rust or
/// the same in another case, and of other steps those are left away that the request does not have.
#[derive(Debug, Clone, Copy, Default)]
#[must_use]
pub struct Valid<E>(pub E);

holds!(Valid);

/// A crate that validates.
trait Validator<T> {
    /// What is wrong, if anything is.
    fn findings(value: &T) -> Option<Findings>;
}

async fn body<C: Validator<T>, T: DeserializeOwned, S: Send + Sync>(
    request: Request,
    state: &S,
) -> Result<Json<T>, Rejection> {
    check_content_type(request.headers(), state).await?;
    let body = Bytes::from_request(request, state).await?;
    let json = Json::<T>::from_bytes(&body)?;
    check::<C, T>(&json, || place::Sent::Body(&body))?;
    Ok(json)
}

fn query<C: Validator<T>, T: DeserializeOwned>(parts: &Parts) -> Result<Query<T>, Rejection> {
    let query = Query::<T>::try_from_uri(&parts.uri)?;
    check::<C, T>(&query, || place::Sent::Parameters(query_pairs(&parts.uri)))?;
    Ok(query)
}

async fn path<C: Validator<T>, T: DeserializeOwned + Send, S: Send + Sync>(
    parts: &mut Parts,
    state: &S,
) -> Result<Path<T>, Rejection> {
    let path = Path::<T>::from_request_parts(parts, state).await?;
    if let Some(findings) = C::findings(&path) {
        let sent = place::Sent::Parameters(path_pairs(parts).await);
        return Err(reject::<T>(findings, &sent));
    }
    Ok(path)
}

fn check<'s, C: Validator<T>, T: DeserializeOwned>(
    value: &T,
    sent: impl FnOnce() -> place::Sent<'s>,
) -> Result<(), Rejection> {
    C::findings(value).map_or(Ok(()), |findings| Err(reject::<T>(findings, &sent())))
}

fn reject<T: DeserializeOwned>(findings: Findings, sent: &place::Sent<'_>) -> Rejection {
    findings.into_fields(|findings| place::of_findings::<T>(findings, sent)).into()
}

/// The extractors of one crate, and the side of [`Valid`] that is for its types.
macro_rules! validator {
    ($feature:literal $module:ident $By:ident $($bounds:tt)*) => {
        /// Says for axum which crate validates.
        #[doc(hidden)]
        #[derive(Debug)]
        #[cfg(feature = $feature)]
        pub struct $By;

        #[cfg(feature = $feature)]
        impl<T: DeserializeOwned + $($bounds)*, S: Send + Sync> FromRequest<S, $By> for Valid<Json<T>> {
            type Rejection = Rejection;

            async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
                body::<$By, T, S>(request, state).await.map(Self)
            }
        }

        #[cfg(feature = $feature)]
        impl<T: DeserializeOwned + $($bounds)*, S: Send + Sync> FromRequest<S, $By> for Valid<Query<T>> {
            type Rejection = Rejection;

            async fn from_request(request: Request, _state: &S) -> Result<Self, Rejection> {
                query::<$By, T>(&request.into_parts().0).map(Self)
            }
        }

        #[cfg(feature = $feature)]
        impl<T: DeserializeOwned + Send + $($bounds)*, S: Send + Sync> FromRequest<S, $By> for Valid<Path<T>> {
            type Rejection = Rejection;

            async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
                path::<$By, T, S>(&mut request.into_parts().0, state).await.map(Self)
            }
        }

        #[doc = concat!("[`Valid`](", stringify!($module), "::Valid) for what derives `Validate` of ", $feature, ".")]
        #[cfg(feature = $feature)]
        pub mod $module {
            use super::*;

            #[doc = concat!("An extractor whose value ", $feature, " validates, at any place among a handler's arguments.")]
            ///
            /// What it rejects is described at [`errorbook::axum::Valid`](crate::axum::Valid).
            #[derive(Debug, Clone, Copy, Default)]
            #[must_use]
            pub struct Valid<E>(pub E);

            holds!(Valid);

            impl<T: DeserializeOwned + $($bounds)*, S: Send + Sync> FromRequest<S> for Valid<Json<T>> {
                type Rejection = Rejection;

                async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
                    body::<$By, T, S>(request, state).await.map(Self)
                }
            }

            impl<T: DeserializeOwned + $($bounds)*, S: Send + Sync> FromRequestParts<S> for Valid<Query<T>> {
                type Rejection = Rejection;

                async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Rejection> {
                    query::<$By, T>(parts).map(Self)
                }
            }

            impl<T: DeserializeOwned + Send + $($bounds)*, S: Send + Sync> FromRequestParts<S> for Valid<Path<T>> {
                type Rejection = Rejection;

                async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
                    path::<$By, T, S>(parts, state).await.map(Self)
                }
            }
        }
    };
}

validator!("validator" validator ByValidator ::validator::Validate);
validator!("garde" garde ByGarde ::garde::Validate<Context: Default>);

#[cfg(feature = "validator")]
impl<T: ::validator::Validate> Validator<T> for ByValidator {
    fn findings(value: &T) -> Option<Findings> {
        value.validate().err().map(|report| crate::field_errors::validator::findings(&report))
    }
}

#[cfg(feature = "garde")]
impl<T: ::garde::Validate<Context: Default>> Validator<T> for ByGarde {
    fn findings(value: &T) -> Option<Findings> {
        value.validate().err().map(crate::field_errors::garde::findings)
    }
}
