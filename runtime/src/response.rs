//! Status, headers and body put together. Here the envelope is chosen: the one set by hand, else the
//! type's, else the service's from the ambient context, else `NESTED`.

use std::borrow::Cow;

use bytes::Bytes;
use http::Response;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};

use crate::api_error::{ApiError, Declared};
use crate::context::{self, Ambient};
use crate::envelope::prepare::{PreparedBody, Program, Situation};
use crate::envelope::write::BodyWriter;
use crate::envelope::{Envelope, NESTED, template};
use crate::fields::{HeadersWriter, MessageWriter};
use crate::json::{self, Buffer, Constant};
use crate::log::{self, Because};
use crate::retry::whole_seconds;
use crate::spec::{ErrorSpec, MessageKind, reason_phrase};

/// The envelope of an error for which nobody chose one.
static DEFAULT_ENVELOPE: Envelope = NESTED;

/// What was set by hand on a [`Body`](crate::Body).
#[derive(Default)]
pub(crate) struct Overrides<'a> {
    pub(crate) envelope: Option<&'static Envelope>,
    pub(crate) request_id: Option<Cow<'a, str>>,
    pub(crate) values: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl Overrides<'_> {
    /// Nothing was set.
    pub(crate) const NONE: Self = Self { envelope: None, request_id: None, values: Vec::new() };

    fn has_values(&self) -> bool {
        self.request_id.is_some() || !self.values.is_empty()
    }
}

/// The envelope set by hand, else the type's, else the service's, else the default.
fn envelope_of(error: &dyn ApiError, overrides: &Overrides<'_>, ambient: Ambient) -> &'static Envelope {
    overrides
        .envelope
        .or_else(|| error.__errorbook_envelope())
        .or(ambient.envelope)
        .unwrap_or(&DEFAULT_ENVELOPE)
}

/// All that decides what one error's response says.
struct Rendering<'a> {
    error: &'a dyn ApiError,
    overrides: &'a Overrides<'a>,
    spec: &'static ErrorSpec,
    envelope: &'static Envelope,
    prepared: &'static PreparedBody,
    situation: Situation,
    /// Whether a request is being served.
    in_request: bool,
}

impl<'a> Rendering<'a> {
    #[inline]
    fn new(error: &'a dyn ApiError, overrides: &'a Overrides<'a>) -> Self {
        let Declared { spec, bodies } = error.__errorbook_declared();
        let ambient = context::ambient();
        let envelope = envelope_of(error, overrides, ambient);
        let prepared = bodies.get(spec, envelope);
        let request_has_values = (ambient.has_values || overrides.has_values()) && envelope.uses_request();
        let situation = Situation { request_has_values, message_failed: false };
        Self { error, overrides, spec, envelope, prepared, situation, in_request: ambient.is_present }
    }

    #[inline]
    fn program(&self) -> &'static Program {
        self.prepared.program(self.spec, self.situation)
    }

    // Inlined, so that the bytes are made where they are to stand.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "measured: handing the bytes on costs as much as copying them")]
    fn body(&self, program: &Program) -> Bytes {
        if let Some(text) = program.constant {
            return Bytes::from_static(text.as_bytes());
        }
        if let Some(around) = &program.around_request_id
            && let Some(body) = self.around_request_id(around)
        {
            return body;
        }
        json::with_scratch(|out| {
            self.write(out, program);
            Bytes::copy_from_slice(out.as_slice())
        })
    }

    /// The body in which only the request id varies: its length is known, so it is put together where it stays.
    #[inline]
    fn around_request_id(&self, [before, behind]: &[String; 2]) -> Option<Bytes> {
        let join = |id: &str| {
            let mut body = Vec::with_capacity(before.len() + id.len() + behind.len());
            body.extend_from_slice(before.as_bytes());
            body.extend_from_slice(id.as_bytes());
            body.extend_from_slice(behind.as_bytes());
            Bytes::from(body)
        };
        match &self.overrides.request_id {
            Some(id) => json::is_plain(id.as_bytes()).then(|| join(id)),
            None => context::with_json_request_id(join),
        }
    }

    #[inline]
    fn start_head(&self, response: &mut Response<Bytes>) {
        *response.status_mut() = self.prepared.status;
        response.headers_mut().insert(CONTENT_TYPE, self.envelope.content_type());
    }

    fn write(&self, out: &mut Buffer, program: &Program) {
        let Self { error, overrides, spec, prepared, situation, .. } = *self;
        let mut body = BodyWriter { out, error, spec, overrides, message_failed: false };
        body.write(program);
        if body.message_failed {
            body.out.truncate(0);
            body.write(prepared.program(spec, Situation { message_failed: true, ..situation }));
        }
    }
}

/// The body alone.
pub(crate) fn body(error: &dyn ApiError, overrides: &Overrides<'_>) -> Bytes {
    let rendering = Rendering::new(error, overrides);
    rendering.body(rendering.program())
}

/// The whole response. `because` is what operators read in place of what the error itself says.
pub(crate) fn respond(
    error: &dyn ApiError,
    overrides: &Overrides<'_>,
    because: Option<Because<'_>>,
) -> Response<Bytes> {
    let rendering = Rendering::new(error, overrides);
    let program = rendering.program();
    let mut response;
    if let Some(text) = program.constant {
        response = Response::new(Bytes::from_static(text.as_bytes()));
        rendering.start_head(&mut response);
    } else {
        // A processor waits where it reads at once what was just written in other portions. So other things are done
        // before the text's `Bytes` are moved to where they stay.
        response = Response::new(Bytes::new());
        let body = rendering.body(program);
        rendering.start_head(&mut response);
        *response.body_mut() = body;
    }
    if rendering.prepared.has_headers {
        push_headers(error, rendering.spec, response.headers_mut());
    }
    log::answered(error, because, rendering.spec, response.status(), overrides.request_id.as_deref());
    if rendering.in_request {
        // For middleware around the service: this answer needs no envelope any more.
        response.extensions_mut().insert(rendering.spec);
    }
    response
}

/// The headers besides `Content-Type`.
fn push_headers(error: &dyn ApiError, spec: &'static ErrorSpec, headers: &mut HeaderMap) {
    let more = spec.more;
    for (name, value) in more.headers {
        // The macro let through only what HTTP allows.
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value))
        {
            headers.append(name, value);
        }
    }
    if more.has_header_fields {
        error.__errorbook_headers(&mut HeadersWriter(headers));
    }
    let wait = if more.has_wait { error.__errorbook_wait() } else { None };
    if let Some(wait) = wait.or_else(|| spec.retry().retry_after()) {
        headers.insert(RETRY_AFTER, number_value(whole_seconds(wait)));
    }
}

/// A number as a header value. Most waits are constant text, which costs no allocation.
fn number_value(number: u64) -> HeaderValue {
    json::small_number(number).map_or_else(|| HeaderValue::from(number), HeaderValue::from_static)
}

/// The message as plain text.
pub(crate) fn message(error: &dyn ApiError) -> Cow<'_, str> {
    let spec = error.__errorbook_declared().spec;
    match spec.more.kind {
        MessageKind::Constant => return Cow::Borrowed(spec.message),
        MessageKind::ReasonPhrase => return Cow::Borrowed(reason_phrase(spec.response_status())),
        MessageKind::Template | MessageKind::Display => {}
    }
    let mut texts = match spec.more.kind {
        MessageKind::Template => template::texts(spec.message),
        _ => Vec::new(),
    }
    .into_iter();
    let before = texts.next().unwrap_or_default();
    let behind: Vec<Constant> = texts.map(Constant::new).collect();
    let written = json::with_scratch(|buffer| {
        buffer.push_str(&before);
        let mut message = MessageWriter::plain(buffer, &behind);
        error.__errorbook_message(&mut message);
        if message.has_failed() {
            return None;
        }
        std::str::from_utf8(buffer.as_slice()).ok().map(str::to_owned)
    });
    written.map_or_else(|| Cow::Borrowed(reason_phrase(spec.response_status())), Cow::Owned)
}
