//! tower's side of a client: a layer that reads error responses, and the policy of `tower::retry` that sends requests again
//! as their errors' rules say.
//!
//! A policy of tower's is asked at the response's head, so it cannot read the code, which stands in the body. Hence the layer:
//! inside of the retries, it reads the body of each error response, puts the [`Failure`] into the response's
//! extensions and the body back. **Without the layer the policy knows status and headers alone**: the rule is that of the
//! status, even where the code's says `none`.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use bytes::Bytes;
//! use errorbook::ApiError;
//! use errorbook::client::Policy;
//! use errorbook::client::tower::{ReadFailuresLayer, RetryPolicy, failure_of, with_idempotency_key};
//! use http::Request;
//! use tower::{ServiceBuilder, ServiceExt};
//!
//! // In the crate that the service shares with its clients.
//! #[derive(Debug, PartialEq, ApiError)]
//! #[api(decode)]
//! enum StoryError {
//!     #[api(status = 402, message = "Need {need}, have {have}.")]
//!     InsufficientCredits { #[api(detail)] need: u64, #[api(detail)] have: u64 },
//! }
//! # // What stands for hyper's client, or any other.
//! # let client = tower::service_fn(|_: Request<String>| async {
//! #     let response = StoryError::InsufficientCredits { need: 10, have: 3 }.to_response();
//! #     Ok::<_, std::io::Error>(response.map(axum::body::Body::from))
//! # });
//!
//! let client = ServiceBuilder::new()
//!     .map_request(with_idempotency_key)
//!     .retry(RetryPolicy::<StoryError>::new(Policy::new()))
//!     .layer(ReadFailuresLayer::<StoryError>::new())
//!     .service(client);
//!
//! let response = client.oneshot(Request::post("/v1/stories").body(String::from("{}"))?).await?;
//! let failure = failure_of::<StoryError, _>(&response).unwrap();
//! assert_eq!(failure.error(), Some(&StoryError::InsufficientCredits { need: 10, have: 3 }));
//! # Ok(())
//! # }
//! ```

mod future;
mod layer;
mod policy;

use std::sync::Arc;

use http::{Request, Response};

use super::idempotency;
use crate::client::Failure;

pub use super::put_back::PutBack;
pub use future::ResponseFuture;
pub use layer::{ReadFailures, ReadFailuresLayer};
pub use policy::{ByCause, RetryPolicy, ToTransport};

/// What an error response says, where [`ReadFailuresLayer`] has read it.
#[must_use]
pub fn failure_of<E: Send + Sync + 'static, B>(response: &Response<B>) -> Option<&Failure<E>> {
    response.extensions().get::<Arc<Failure<E>>>().map(|failure| &**failure)
}

/// Gives a request whose method is not idempotent, like POST, an `Idempotency-Key` if it has none: a new UUID. For
/// `map_request`, outside of the retries, so that all attempts have the same one. It makes the request idempotent, so it is
/// repeated where the rule says `if idempotent`.
///
/// **Only for a service that honours the header.** One that does not would do its work twice.
#[must_use]
pub fn with_idempotency_key<B>(mut request: Request<B>) -> Request<B> {
    if !request.method().is_idempotent() && !idempotency::has_key(request.headers()) {
        request.headers_mut().extend(idempotency::new_key());
    }
    request
}
