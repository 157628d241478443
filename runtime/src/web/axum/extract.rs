//! axum's extractors for JSON, query and path, with our rejection: what they accept is decided by axum's own.

use ::axum::extract::RawPathParams;
use ::axum::extract::path::ErrorKind;
use ::axum::extract::rejection::{JsonRejection, PathRejection};
use axum_core::body::Body;
use axum_core::extract::{
    FromRequest, FromRequestParts, OptionalFromRequest, OptionalFromRequestParts, Request,
};
use axum_core::response::{IntoResponse, Response};
use bytes::Bytes;
use http::Uri;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use http::request::Parts;
use serde::Serialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use super::respond_in_place_of_a_value;
use crate::axum::{Rejection, place};

/// A request body in JSON, or a response body: [`axum::Json`](::axum::Json) with a [`Rejection`] that answers in the
/// service's envelope.
///
/// As a response, a value whose `Serialize` fails is answered with `internal_error`, and the cause does not leak. Behind
/// `ErrorLayer` that is a 500 whatever status and headers a handler has put over it for the value.
///
/// ```
/// use axum::{Router, routing::post};
/// use errorbook::axum::Json;
///
/// #[derive(serde::Deserialize)]
/// struct Brief {
///     title: String,
/// }
///
/// async fn create(Json(brief): Json<Brief>) -> Json<usize> {
///     Json(brief.title.len())
/// }
/// let service: Router = Router::new().route("/stories", post(create));
/// ```
///
/// `Option<Json<T>>` is `None` where the request has no `Content-Type`.
#[derive(Debug, Clone, Copy, Default)]
#[must_use]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> Json<T> {
    /// Reads a body that is already at hand.
    ///
    /// # Errors
    ///
    /// [`InvalidJson`](Rejection::InvalidJson) or [`InvalidRequest`](Rejection::InvalidRequest).
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Rejection> {
        // As axum does, but for the path of each value, which is asked for where there is an error.
        match serde_json::from_slice(bytes) {
            Ok(value) => Ok(Self(value)),
            Err(error) => Err(Rejection::from_json::<T>(&error, bytes)),
        }
    }

    /// Reads the body of a request whose content type is right.
    async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Self, Rejection> {
        Self::from_bytes(&Bytes::from_request(request, state).await?)
    }
}

/// Whether axum takes this for JSON, by the content type: it is asked with a request that has nothing else.
pub(super) async fn check_content_type<S: Send + Sync>(
    headers: &HeaderMap,
    state: &S,
) -> Result<(), Rejection> {
    let mut asked = Request::new(Body::empty());
    if let Some(content_type) = headers.get(CONTENT_TYPE) {
        asked.headers_mut().insert(CONTENT_TYPE, content_type.clone());
    }
    let answer = <::axum::Json<IgnoredAny> as FromRequest<S>>::from_request(asked, state).await;
    match answer {
        Err(JsonRejection::MissingJsonContentType(_)) => Err(Rejection::UnsupportedMediaType),
        _ => Ok(()),
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Rejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
        check_content_type(request.headers(), state).await?;
        Self::read(request, state).await
    }
}

impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequest<S> for Json<T> {
    type Rejection = Rejection;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Rejection> {
        if !request.headers().contains_key(CONTENT_TYPE) {
            return Ok(None);
        }
        check_content_type(request.headers(), state).await?;
        Self::read(request, state).await.map(Some)
    }
}

impl<T> From<T> for Json<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => {
                ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
            }
            Err(error) => respond_in_place_of_a_value(&Rejection::Internal(error.into())),
        }
    }
}

/// The query of the URI: [`axum::extract::Query`](::axum::extract::Query) with a [`Rejection`] that answers in the
/// service's envelope.
///
/// ```
/// use errorbook::ApiError;
/// use errorbook::axum::Query;
///
/// #[derive(Debug, serde::Deserialize)]
/// struct Page {
///     page: u32,
/// }
///
/// let rejection = Query::<Page>::try_from_uri(&"/stories?page=two".parse()?).unwrap_err();
/// assert_eq!(
///     rejection.body().to_bytes(),
///     concat!(
///         r#"{"error":{"code":"invalid_query","message":"The query parameters do not have the expected form.","#,
///         r#""details":[{"pointer":"/page","code":"invalid_value","#,
///         r#""message":"invalid value, expected a whole number from 0 to 4294967295"}]}}"#,
///     ),
/// );
/// # Ok::<(), http::uri::InvalidUri>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> Query<T> {
    /// Reads the query of a URI that is at hand.
    ///
    /// # Errors
    ///
    /// [`InvalidQuery`](Rejection::InvalidQuery).
    pub fn try_from_uri(uri: &Uri) -> Result<Self, Rejection> {
        use ::axum::extract::Query as Theirs;

        let rejection = match Theirs::try_from_uri(uri) {
            Ok(Theirs(value)) => return Ok(Self(value)),
            Err(rejection) => rejection,
        };
        let field = place::in_query::<T>(&query_pairs(uri));
        Err(field.map_or_else(|| rejection.into(), |field| Rejection::InvalidQuery { fields: field.into() }))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Rejection> {
        Self::try_from_uri(&parts.uri)
    }
}

/// The parameters of the query, decoded.
pub(super) fn query_pairs(uri: &Uri) -> Vec<(String, String)> {
    ::axum::extract::Query::try_from_uri(uri).map_or_else(|_| Vec::new(), |pairs| pairs.0)
}

/// Parameters in the path: [`axum::extract::Path`](::axum::extract::Path) with a [`Rejection`] that answers in the
/// service's envelope and names the parameter.
///
/// ```
/// use axum::{Router, routing::get};
/// use errorbook::axum::Path;
///
/// async fn show(Path((story, chapter)): Path<(String, u32)>) -> String {
///     format!("{story}: {chapter}")
/// }
/// let service: Router = Router::new().route("/stories/{story}/chapters/{chapter}", get(show));
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Rejection> {
        type Theirs<T> = ::axum::extract::Path<T>;
        match <Theirs<T> as FromRequestParts<S>>::from_request_parts(parts, state).await {
            Ok(::axum::extract::Path(value)) => Ok(Self(value)),
            Err(rejection) => Err(reject_path::<T>(rejection, parts).await),
        }
    }
}

impl<T: DeserializeOwned + Send + 'static, S: Send + Sync> OptionalFromRequestParts<S> for Path<T> {
    type Rejection = Rejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Rejection> {
        type Theirs<T> = ::axum::extract::Path<T>;
        match <Theirs<T> as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await {
            Ok(found) => Ok(found.map(|::axum::extract::Path(value)| Self(value))),
            Err(rejection) => Err(reject_path::<T>(rejection, parts).await),
        }
    }
}

/// The parameters of the route, decoded, in its order; none where they cannot be read.
pub(super) async fn path_pairs(parts: &mut Parts) -> Vec<(String, String)> {
    match RawPathParams::from_request_parts(parts, &()).await {
        Ok(params) => params.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        Err(_) => Vec::new(),
    }
}

async fn reject_path<T: DeserializeOwned>(rejection: PathRejection, parts: &mut Parts) -> Rejection {
    let pairs = path_pairs(parts).await;
    Rejection::from_path(rejection, |kind| match kind {
        ErrorKind::InvalidUtf8InPathParam { .. } => None,
        _ => place::in_path::<T>(&pairs),
    })
}

macro_rules! holds {
    ($($extractor:ident)*) => {$(
        impl<T> std::ops::Deref for $extractor<T> {
            type Target = T;

            fn deref(&self) -> &T {
                &self.0
            }
        }

        impl<T> std::ops::DerefMut for $extractor<T> {
            fn deref_mut(&mut self) -> &mut T {
                &mut self.0
            }
        }
    )*};
}
#[cfg(any(feature = "garde", feature = "validator"))]
pub(super) use holds;

holds!(Json Query Path);
