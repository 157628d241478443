//! An error made into what is sent: status, headers, body. Here the envelope is chosen: the one set by hand, else the
//! type's, else the service's from the ambient context, else `NESTED`.

mod body;
mod each;
pub(crate) mod field;
mod headers;
pub(crate) mod look;
pub(crate) mod made;
mod mark;
pub(crate) mod message;
pub(crate) mod sse;

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use http::header::CONTENT_TYPE;

use crate::api_error::ApiError;
use crate::context;
use crate::envelope::{Envelope, NESTED};
use crate::observe::{self, Because, Record};
use crate::retry::Attempt;
use crate::spec::ErrorSpec;
use field::Field;
use look::{Declared, Looker, Words, look};

#[cfg(feature = "tower")]
pub(crate) use headers::push_retry_hints;
#[cfg(any(feature = "client", feature = "tower"))]
pub(crate) use headers::{RETRY_AFTER_MS, X_SHOULD_RETRY};
pub use mark::Answered;
#[cfg(feature = "tower")]
pub(crate) use mark::MessageForGrpc;
use mark::Recorded;
pub(crate) use mark::{Told, ToldId};
pub(crate) use message::message;

/// The envelope of an error for which nobody chose one.
static DEFAULT_ENVELOPE: Envelope = NESTED;

/// What was set by hand on a [`Body`](crate::Body).
#[derive(Default)]
pub(crate) struct Overrides<'a> {
    pub(crate) envelope: Option<&'static Envelope>,
    pub(crate) request_id: Option<Cow<'a, str>>,
    pub(crate) values: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// Whether it is part of something else, so that the request that is being served is not the one that failed.
    pub(crate) is_part: bool,
    /// A wait of which the error knows nothing. The longer of the two is told.
    pub(crate) wait: Option<Duration>,
    /// Whose hints for SDKs are sent: those of a client whose attempt failed.
    pub(crate) retry_hints: Option<Attempt<'a>>,
}

impl Overrides<'_> {
    /// Nothing was set.
    pub(crate) const NONE: Self = Self {
        envelope: None,
        request_id: None,
        values: Vec::new(),
        is_part: false,
        wait: None,
        retry_hints: None,
    };

    /// The same for a body that becomes part of something else.
    pub(crate) fn of_a_part(&self) -> Overrides<'_> {
        let values = self.values.iter();
        Overrides {
            envelope: self.envelope,
            request_id: self.request_id.as_deref().map(Cow::Borrowed),
            values: values.map(|(name, value)| (Cow::Borrowed(&**name), Cow::Borrowed(&**value))).collect(),
            is_part: true,
            wait: self.wait,
            retry_hints: self.retry_hints,
        }
    }

    /// The value of this name. Of several the last counts.
    fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().rev().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }
}

/// The envelope of what is rendered for a type that declares this one.
fn envelope(by_type: Option<&'static Envelope>, overrides: &Overrides<'_>) -> &'static Envelope {
    overrides.envelope.or(by_type).or_else(context::ambient_envelope).unwrap_or(&DEFAULT_ENVELOPE)
}

/// Whether the ambient request id is that of this error.
#[inline]
fn takes_ambient_id(spec: &ErrorSpec, overrides: &Overrides<'_>) -> bool {
    !overrides.is_part && spec.answers()
}

/// The body alone.
pub(crate) fn body(error: &dyn ApiError, overrides: &Overrides<'_>) -> Bytes {
    struct BodyLooker<'l> {
        envelope: &'static Envelope,
        overrides: &'l Overrides<'l>,
        body: Bytes,
    }

    impl Looker for BodyLooker<'_> {
        fn see(&mut self, declared: Declared, words: Option<&Words<'_>>, fields: &[&dyn Field]) {
            let prepared = declared.bodies.get(declared.spec, self.envelope);
            self.body = body::render(prepared, words, fields, self.overrides);
        }
    }

    let envelope = envelope(error.__errorbook_envelope(), overrides);
    let mut looker = BodyLooker { envelope, overrides, body: Bytes::new() };
    look(error, &mut looker);
    looker.body
}

/// The whole response. Operators learn nothing of it.
#[inline]
pub(crate) fn response(error: &dyn ApiError, overrides: &Overrides<'_>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    render_into(error, overrides, &mut response, Recorded::Nobody);
    response
}

/// The whole response, of which operators learn. `because` is what they read in place of what the error itself says.
#[inline]
pub(crate) fn respond(
    error: &dyn ApiError,
    overrides: &Overrides<'_>,
    because: Option<Because<'_>>,
) -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    if let Some(spec) = render_into(error, overrides, &mut response, Recorded::Of(context::request_number()))
    {
        let status = Some(response.status());
        observe::record(Some(error), spec, Record { status, overrides, because });
        #[cfg(all(feature = "tower", feature = "tracing"))]
        if !context::is_ambient() {
            observe::was_answered_outside(spec.code());
        }
    }
    response
}

/// Gives the row of the error, which the expansion always names. `recorded`: of which request the caller
/// tells operators.
#[inline(never)]
fn render_into(
    error: &dyn ApiError,
    overrides: &Overrides<'_>,
    response: &mut Response<Bytes>,
    recorded: Recorded,
) -> Option<&'static ErrorSpec> {
    struct ResponseLooker<'l> {
        envelope: &'static Envelope,
        overrides: &'l Overrides<'l>,
        response: &'l mut Response<Bytes>,
        spec: Option<&'static ErrorSpec>,
        wait: Option<Duration>,
        has_words: bool,
    }

    impl Looker for ResponseLooker<'_> {
        #[inline]
        fn see(&mut self, declared: Declared, words: Option<&Words<'_>>, fields: &[&dyn Field]) {
            let prepared = declared.bodies.get(declared.spec, self.envelope);
            (self.spec, self.has_words) = (Some(declared.spec), words.is_some());
            // A processor waits where it reads at once what was just written in other portions: so the body is made first,
            // and moved to its place last.
            let body = body::render(prepared, words, fields, self.overrides);
            *self.response.status_mut() = prepared.status;
            self.response.headers_mut().insert(CONTENT_TYPE, self.envelope.content_type());
            if prepared.may_wait || !prepared.headers.is_empty() || self.overrides.wait.is_some() {
                let headers = self.response.headers_mut();
                self.wait = headers::push(prepared, fields, self.overrides.wait, headers);
            }
            if let Some(attempt) = &self.overrides.retry_hints {
                let rule = declared.spec.retry();
                headers::push_retry_hints(rule, self.wait, attempt, self.response.headers_mut());
            }
            *self.response.body_mut() = body;
        }
    }

    let envelope = envelope(error.__errorbook_envelope(), overrides);
    let mut looker =
        ResponseLooker { envelope, overrides, response, spec: None, wait: None, has_words: false };
    look(error, &mut looker);
    let (spec, wait, has_words) = (looker.spec?, looker.wait, looker.has_words);
    if cfg!(feature = "tower") {
        let told = Told {
            envelope,
            status: response.status(),
            wait,
            id: if envelope.uses_request() { told_id(spec, overrides) } else { None },
            length: response.body().len(),
            in_place_of_a_value: false,
            has_words,
            by_grpc: false,
        };
        let mark = Answered::new(spec, told, recorded);
        response.extensions_mut().insert(mark);
        #[cfg(feature = "tower")]
        if context::is_by_grpc() && mark.constant_message().is_none() {
            response.extensions_mut().insert(MessageForGrpc(message(error)));
        }
    }
    Some(spec)
}

/// The request's id, of which a body shows whatever it shows of an id.
fn told_id(spec: &ErrorSpec, overrides: &Overrides<'_>) -> Option<ToldId> {
    match &overrides.request_id {
        Some(id) => ToldId::new(id),
        None if takes_ambient_id(spec, overrides) => context::with_request_id(ToldId::new).flatten(),
        None => None,
    }
}
