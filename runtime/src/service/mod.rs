//! What every middleware of a service does, whatever its framework: takes the parts of requests and responses as `http`
//! has them; gives each request its id and context, and each foreign error its place in the envelope. To call the
//! service, and to hold its bodies, is the framework's (`tower/`).

mod failure;
mod foreign;
mod grpc;
mod request_id;
mod settings;
mod status_error;

use std::error::Error;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method};

pub(crate) use failure::{Panicked, to_failure, to_panic};
pub(crate) use foreign::{by_grpc, in_envelope, is_due_by_grpc, is_foreign_error, keeps_text, record_untold};
pub(crate) use request_id::tell;
pub(crate) use settings::Settings;

/// Why a service gave no response.
pub(crate) type BoxError = Box<dyn Error + Send + Sync>;

/// In a response's extensions: the layer leaves this response as it is, but for the request id in its header.
///
/// ```
/// use axum::Extension;
/// use axum::http::StatusCode;
/// use errorbook::tower::LeaveAsIs;
///
/// async fn health() -> (StatusCode, Extension<LeaveAsIs>, &'static str) {
///     (StatusCode::SERVICE_UNAVAILABLE, Extension(LeaveAsIs), "draining")
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeaveAsIs;

/// What of the request decides how an error is answered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    pub(crate) by_head: bool,
    pub(crate) by_grpc: bool,
}

impl Asked {
    #[inline]
    pub(crate) fn new(method: &Method, headers: &HeaderMap) -> Self {
        Self {
            by_head: method == Method::HEAD,
            // A gRPC request is a POST.
            by_grpc: method == Method::POST && headers.get(CONTENT_TYPE).is_some_and(grpc::is_grpc),
        }
    }
}
