//! What every middleware of a service does, whatever its framework: takes the parts of requests and responses as `http`
//! has them; gives each request its id and context, and each foreign error its place in the envelope. To call the
//! service, and to hold its bodies, is the framework's (`tower/`).

mod catalog;
mod declared;
mod failure;
mod foreign;
mod grpc;
mod headers;
mod media_type;
mod replaced;
mod request_id;
mod settings;
mod status_error;

use std::error::Error;

use http::{HeaderMap, Method, Version};

use crate::retry::{Attempt, idempotency_key};

pub(crate) use declared::{hold_to_its_word, mark};
pub(crate) use failure::{Failure, to_failure};
pub(crate) use foreign::{by_grpc, in_envelope, is_due_by_grpc, is_foreign_error, keeps_text, record_untold};
pub(crate) use replaced::Replaced;
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
    /// How gRPC is told, where it asks and the application wants it to be.
    grpc: Option<grpc::Grpc>,
    /// What rules decide by, where SDKs are told what these say.
    attempt: Option<Attempt<'static>>,
}

impl Asked {
    #[inline]
    pub(crate) fn new(settings: &Settings, method: &Method, version: Version, headers: &HeaderMap) -> Self {
        let grpc = if settings.grpc { grpc::Grpc::asked_by(method, version, headers) } else { None };
        let attempt = if settings.sends_retry_hints { Some(attempt_alike(method, headers)) } else { None };
        Self { by_head: method == Method::HEAD, grpc, attempt }
    }

    pub(crate) fn by_grpc(self) -> bool {
        self.grpc.is_some()
    }
}

/// A request with this method is one like any other of its kind: rules ask no more of it. How often it was sent before, its
/// client alone knows, which counts that itself.
fn attempt_alike(method: &Method, headers: &HeaderMap) -> Attempt<'static> {
    static SAFE: Method = Method::GET;
    static IDEMPOTENT: Method = Method::PUT;
    static NEITHER: Method = Method::POST;
    let alike = match (method.is_safe(), method.is_idempotent()) {
        (true, _) => &SAFE,
        (false, true) => &IDEMPOTENT,
        (false, false) => &NEITHER,
    };
    Attempt::first(alike).with_idempotency_key(idempotency_key::is_there(headers))
}
