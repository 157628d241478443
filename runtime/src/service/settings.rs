//! What the application asked of the middleware. Takes what the builders of every framework's middleware are given;
//! gives the context of a request, and the error that answers in place of a status.

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, HeaderName, StatusCode, response};

use super::request_id;
use crate::api_error::ApiError;
use crate::context::Context;
use crate::envelope::Envelope;

type SharedError = Arc<dyn ApiError + Send + Sync>;
type MakeError = Arc<dyn Fn(&response::Parts) -> Box<dyn ApiError> + Send + Sync>;

/// What answers in place of a status.
#[derive(Clone)]
pub(super) enum Mapping {
    Fixed(SharedError),
    Made(MakeError),
}

#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) envelope: Option<&'static Envelope>,
    pub(crate) request_id_header: HeaderName,
    /// Whether a request's header gets the id that was made for it.
    pub(crate) sets_request_header: bool,
    mappings: Vec<(StatusCode, Mapping)>,
    /// Up to how many bytes a 4xx's plain text is kept as the message; 0: never.
    pub(crate) kept_text: usize,
    /// Whether gRPC is answered as gRPC has it.
    pub(crate) grpc: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            envelope: None,
            request_id_header: HeaderName::from_static("x-request-id"),
            sets_request_header: false,
            mappings: Vec::new(),
            kept_text: 0,
            grpc: false,
        }
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let statuses: Vec<_> = self.mappings.iter().map(|(status, _)| status).collect();
        formatter
            .debug_struct("Settings")
            .field("envelope", &self.envelope)
            .field("request_id_header", &self.request_id_header)
            .field("sets_request_header", &self.sets_request_header)
            .field("mapped", &statuses)
            .field("kept_text", &self.kept_text)
            .field("grpc", &self.grpc)
            .finish()
    }
}

impl Settings {
    pub(crate) fn map(&mut self, status: StatusCode, error: impl ApiError + Send + Sync + 'static) {
        self.mappings.push((status, Mapping::Fixed(Arc::new(error))));
    }

    pub(crate) fn map_with<E: ApiError + 'static>(
        &mut self,
        status: StatusCode,
        make: impl Fn(&response::Parts) -> E + Send + Sync + 'static,
    ) {
        let make = move |parts: &response::Parts| -> Box<dyn ApiError> { Box::new(make(parts)) };
        self.mappings.push((status, Mapping::Made(Arc::new(make))));
    }

    /// Of several for one status the last counts.
    pub(super) fn mapping(&self, status: StatusCode) -> Option<&Mapping> {
        self.mappings.iter().rev().find(|(mapped, _)| *mapped == status).map(|(_, mapping)| mapping)
    }

    /// The context of the request with these headers, its id in it.
    pub(crate) fn context(&self, headers: &mut HeaderMap) -> Context {
        let context = Context::inherited();
        let (name, sets_header) = (&self.request_id_header, self.sets_request_header);
        let id = request_id::take_over_or_make(headers, name, sets_header, context.request_id_value());
        #[cfg(feature = "tracing")]
        if let Some(id) = id.as_ref().and_then(|id| id.to_str().ok()) {
            // A subscriber is not ours.
            let _ = crate::guard::guarded(|| {
                tracing::Span::current().record("request_id", id);
            });
        }
        let context = context.with_request_id_value(id);
        match self.envelope {
            Some(envelope) => context.with_envelope(envelope),
            None => context,
        }
    }
}
