//! reqwest's side of a client: a middleware of `reqwest-middleware` 0.5 that sends requests again as their errors' rules
//! say, and typed errors from the builders of requests.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use errorbook::ApiError;
//! use errorbook::client::Policy;
//! use errorbook::client::reqwest::{RequestExt, RetryMiddleware};
//! use reqwest_middleware::ClientBuilder;
//!
//! // In the crate that the service shares with its clients.
//! #[derive(Debug, ApiError)]
//! #[api(decode)]
//! enum StoryError {
//!     #[api(status = 402, message = "Need {need}, have {have}.")]
//!     InsufficientCredits { #[api(detail)] need: u64, #[api(detail)] have: u64 },
//! }
//! # use axum::{Router, routing::post};
//! # let response = || async { StoryError::InsufficientCredits { need: 10, have: 3 }.to_response().map(axum::body::Body::from) };
//! # let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! # let url = format!("http://{}/v1/stories", listener.local_addr()?);
//! # let app: Router = Router::new().route("/v1/stories", post(response));
//! # tokio::spawn(async move { axum::serve(listener, app).await });
//!
//! let client = ClientBuilder::new(reqwest::Client::new())
//!     .with(RetryMiddleware::<StoryError>::new(Policy::new()))
//!     .build();
//!
//! let error = client.post(url).body("{}").send_typed::<StoryError>().await.unwrap_err();
//! assert!(matches!(error.error(), Some(StoryError::InsufficientCredits { need: 10, have: 3 })));
//! # Ok(())
//! # }
//! ```
//!
//! For native targets: in a browser there is neither tokio's clock nor a way to tell what was sent.

mod call_error;
mod middleware;
mod origin;
mod request;
mod sealed;

pub use call_error::CallError;
pub use middleware::RetryMiddleware;
pub use request::RequestExt;

use http::Response;
use reqwest::{Body, ResponseBuilderExt};

use super::put_back::ReadStart;
use super::{Attempts, idempotency, is_error};
use crate::api_error::Catalogued;
use crate::client::{Failure, Reader};

/// What an error response says, and that response as it was: its body from the beginning, its URL, remote address and
/// extensions.
async fn read_error<E: Catalogued>(
    response: reqwest::Response,
    reader: &Reader<E>,
) -> (Failure<E>, reqwest::Response) {
    let url = response.url().clone();
    let (parts, body) = Response::<Body>::from(response).into_parts();
    let (start, body) = ReadStart::of(&parts.headers, body, reader.max_bytes()).await;
    let failure = reader.read_parts(parts.status, &parts.headers, start);

    let mut response = Response::from_parts(parts, Body::wrap(body));
    // What holds the URL is reqwest's own and has no name here.
    if let Ok(holder) = Response::builder().url(url).body(()) {
        response.extensions_mut().extend(holder.into_parts().0.extensions);
    }
    (failure, response.into())
}
