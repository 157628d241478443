//! What the application asked of the middleware. Takes what the builders of every framework's middleware are given;
//! gives the context of a request, and the error that answers in place of a status.

use std::fmt;
use std::sync::{Arc, OnceLock};

use http::{Extensions, HeaderMap, HeaderName, StatusCode, response};

use super::{catalog, request_id};
use crate::api_error::{ApiError, Catalogued};
use crate::context::Context;
use crate::envelope::Envelope;
use crate::guard::guarded;
use crate::spec::Catalog;

type SharedError = Arc<dyn ApiError + Send + Sync>;
type MakeError = Arc<dyn Fn(&response::Parts) -> Box<dyn ApiError> + Send + Sync>;

/// What answers in place of a status.
#[derive(Clone)]
pub(super) enum Mapping {
    Fixed(SharedError),
    Made { make: MakeError, catalog: &'static Catalog },
}

impl Mapping {
    fn made<E: Catalogued + 'static>(make: impl Fn(&response::Parts) -> E + Send + Sync + 'static) -> Self {
        let make = move |parts: &response::Parts| -> Box<dyn ApiError> { Box::new(make(parts)) };
        Self::Made { make: Arc::new(make), catalog: E::CATALOG }
    }
}

/// Moves an extension of one type, where there is one.
type MoveExtension = fn(&mut Extensions, &mut Extensions);

#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) envelope: Option<&'static Envelope>,
    pub(crate) request_id_header: HeaderName,
    /// Whether a request's header gets the id that was made for it.
    pub(crate) sets_request_header: bool,
    mappings: Vec<(StatusCode, Mapping)>,
    /// What answers in place of any other status.
    others: Option<Mapping>,
    kept_extensions: Vec<MoveExtension>,
    /// Whether errors bear the hints for SDKs.
    pub(crate) sends_retry_hints: bool,
    /// Made when it is asked for.
    catalog: OnceLock<&'static Catalog>,
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
            others: None,
            kept_extensions: Vec::new(),
            sends_retry_hints: false,
            catalog: OnceLock::new(),
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
            .field("maps_others", &self.others.is_some())
            .field("retry_hints", &self.sends_retry_hints)
            .field("kept_text", &self.kept_text)
            .field("grpc", &self.grpc)
            .finish_non_exhaustive()
    }
}

impl Settings {
    /// What these settings answer by themselves.
    pub(crate) fn catalog(&self) -> &'static Catalog {
        self.catalog.get_or_init(|| Box::leak(Box::new(catalog::of(self))))
    }

    /// Before a change.
    pub(crate) fn forget_catalog(&mut self) {
        self.catalog = OnceLock::new();
    }

    pub(crate) fn map(&mut self, status: StatusCode, error: impl ApiError + Send + Sync + 'static) {
        self.mappings.push((status, Mapping::Fixed(Arc::new(error))));
    }

    pub(crate) fn map_with<E: Catalogued + 'static>(
        &mut self,
        status: StatusCode,
        make: impl Fn(&response::Parts) -> E + Send + Sync + 'static,
    ) {
        self.mappings.push((status, Mapping::made(make)));
    }

    pub(crate) fn map_others<E: Catalogued + 'static>(
        &mut self,
        make: impl Fn(&response::Parts) -> E + Send + Sync + 'static,
    ) {
        self.others = Some(Mapping::made(make));
    }

    /// Of several for one status the last counts.
    pub(super) fn mapping(&self, status: StatusCode) -> Option<&Mapping> {
        let by_itself = self.mappings.iter().rev().find(|(mapped, _)| *mapped == status);
        by_itself.map(|(_, mapping)| mapping).or(self.others.as_ref())
    }

    /// All that answers in place of a status, in the order in which it was asked for, but what counts no more.
    pub(super) fn mappings(&self) -> impl Iterator<Item = &Mapping> {
        let is_last = |(place, status): (usize, &StatusCode)| {
            !self.mappings.iter().skip(place + 1).any(|(later, _)| later == status)
        };
        let by_status = self.mappings.iter().enumerate();
        let by_status = by_status.filter(move |(place, (status, _))| is_last((*place, status)));
        by_status.map(|(_, (_, mapping))| mapping).chain(self.others.as_ref())
    }

    pub(crate) fn keep_extension<T: Clone + Send + Sync + 'static>(&mut self) {
        self.kept_extensions.push(|from, to| {
            if let Some(extension) = from.remove::<T>() {
                to.insert(extension);
            }
        });
    }

    /// Those of a response's extensions that stay with another answer.
    pub(super) fn kept_extensions(&self, mut from: Extensions) -> Extensions {
        let mut kept = Extensions::new();
        for move_one in &self.kept_extensions {
            move_one(&mut from, &mut kept);
        }
        let _ = guarded(|| drop(from));
        kept
    }

    /// The context of the request with these headers, its id in it.
    pub(crate) fn context(&self, headers: &mut HeaderMap) -> Context {
        let context = Context::inherited();
        let (name, sets_header) = (&self.request_id_header, self.sets_request_header);
        let id = request_id::take_over_or_make(headers, name, sets_header, context.request_id_value());
        #[cfg(feature = "tracing")]
        if let Some(id) = id.as_ref().and_then(|id| id.to_str().ok()) {
            // A subscriber is not ours.
            let _ = guarded(|| {
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
