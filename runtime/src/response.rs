//! Status, headers and body put together. Here the envelope is chosen: the one set by hand, else the
//! type's, else the service's from the ambient context, else `NESTED`.

use std::borrow::Cow;

use bytes::Bytes;
use http::Response;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};

use crate::api_error::{ApiError, Declared};
use crate::context::{self, Ambient};
use crate::envelope::prepare::{Piece, Situation};
use crate::envelope::write::BodyWriter;
use crate::envelope::{Envelope, NESTED, template};
use crate::fields::{HeadersWriter, MessageWriter};
use crate::json::Scratch;
use crate::log;
use crate::retry::{Retry, whole_seconds};
use crate::spec::{MessageKind, MoreSpec, reason_phrase};

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

/// The body alone.
pub(crate) fn body(error: &dyn ApiError, overrides: &Overrides<'_>) -> Bytes {
    let ambient = context::ambient();
    let envelope = envelope_of(error, overrides, ambient);
    render(error, error.__errorbook_declared(), envelope, overrides, ambient)
}

// Inlined, so that the bytes are made where they are to stand: handing them on costs as much as copying them.
#[inline(always)]
#[allow(clippy::inline_always, reason = "measured: without it each response takes some nanoseconds more")]
fn render(
    error: &dyn ApiError,
    Declared { spec, bodies }: Declared,
    envelope: &'static Envelope,
    overrides: &Overrides<'_>,
    ambient: Ambient,
) -> Bytes {
    let request_has_values = (ambient.has_values || overrides.has_values()) && envelope.uses_request();
    let mut situation = Situation { request_has_values, message_failed: false };
    let prepared = bodies.get(envelope);
    let pieces = prepared.pieces(spec, situation);
    if let [Piece::Text(text)] = pieces {
        return Bytes::from_static(text.as_bytes());
    }
    let mut scratch = Scratch::take();
    let mut body = BodyWriter { out: scratch.buffer(), error, spec, overrides, message_failed: false };
    body.write(pieces);
    if body.message_failed {
        situation.message_failed = true;
        body.out.truncate(0);
        body.write(prepared.pieces(spec, situation));
    }
    Bytes::copy_from_slice(scratch.buffer().as_slice())
}

/// The whole response.
pub(crate) fn respond(error: &dyn ApiError, overrides: &Overrides<'_>) -> Response<Bytes> {
    let declared = error.__errorbook_declared();
    let spec = declared.spec;
    let more = spec.more();
    let ambient = context::ambient();
    let envelope = envelope_of(error, overrides, ambient);
    let mut response = Response::new(render(error, declared, envelope, overrides, ambient));
    *response.status_mut() = spec.response_status();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, envelope.content_type());
    push_declared_headers(headers, more);
    if more.has_header_fields {
        error.__errorbook_headers(&mut HeadersWriter(headers));
    }
    let wait = if more.has_wait { error.__errorbook_wait() } else { None };
    if let Some(wait) = Retry::new(spec.retry(), wait).retry_after() {
        headers.insert(RETRY_AFTER, number_value(whole_seconds(wait)));
    }
    log::answered(error, spec, response.status(), overrides.request_id.as_deref());
    if ambient.is_present {
        // For middleware around the service: this answer needs no envelope any more.
        response.extensions_mut().insert(spec);
    }
    response
}

fn push_declared_headers(headers: &mut HeaderMap, more: &'static MoreSpec) {
    for (name, value) in more.headers {
        // The macro let through only what HTTP allows.
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value))
        {
            headers.append(name, value);
        }
    }
}

/// A number as a header value. Below 1,000 its text is a constant, so that it costs no allocation.
fn number_value(number: u64) -> HeaderValue {
    number_text(number).map_or_else(|| HeaderValue::from(number), HeaderValue::from_static)
}

/// The digits of a number below 1,000.
pub(crate) fn number_text(number: u64) -> Option<&'static str> {
    /// `000001002…999`: three digits each.
    const DIGITS: [u8; 3000] = {
        const DECIMAL: &[u8; 10] = b"0123456789";
        let mut digits = [b'0'; 3000];
        let mut number = 0;
        while number < 1000 {
            digits[number * 3] = DECIMAL[number / 100];
            digits[number * 3 + 1] = DECIMAL[number / 10 % 10];
            digits[number * 3 + 2] = DECIMAL[number % 10];
            number += 1;
        }
        digits
    };
    static TEXT: &str = match str::from_utf8(&DIGITS) {
        Ok(text) => text,
        Err(_) => "",
    };
    let number = usize::try_from(number).ok().filter(|number| *number < 1000)?;
    let leading_zeros = usize::from(number < 100) + usize::from(number < 10);
    TEXT.get(number * 3 + leading_zeros..number * 3 + 3)
}

/// The message as plain text.
pub(crate) fn message(error: &dyn ApiError) -> Cow<'_, str> {
    let spec = error.__errorbook_declared().spec;
    match spec.kind {
        MessageKind::Constant => return Cow::Borrowed(spec.message),
        MessageKind::ReasonPhrase => return Cow::Borrowed(reason_phrase(spec.response_status())),
        MessageKind::Template | MessageKind::Display => {}
    }
    let mut scratch = Scratch::take();
    let texts = match spec.kind {
        MessageKind::Template => template::texts(spec.message),
        _ => Vec::new(),
    };
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let (before, rest) = texts.split_first().unwrap_or((&"", &[]));
    scratch.buffer().push_str(before);
    let mut message = MessageWriter::plain(scratch.buffer(), rest);
    error.__errorbook_message(&mut message);
    let failed = message.has_failed();
    match std::str::from_utf8(scratch.buffer().as_slice()) {
        Ok(message) if !failed => Cow::Owned(message.to_owned()),
        _ => Cow::Borrowed(reason_phrase(spec.response_status())),
    }
}
