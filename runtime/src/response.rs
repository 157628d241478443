//! Status, headers and body put together. Here the envelope is chosen: the one set by hand, else the
//! type's, else the service's from the ambient context, else `NESTED`.

use std::borrow::Cow;

use bytes::Bytes;
use http::Response;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};

use crate::api_error::{ApiError, Declared};
use crate::context;
use crate::envelope::write::{BodyWriter, write_message};
use crate::envelope::{Envelope, NESTED};
use crate::fields::HeadersWriter;
use crate::json;
use crate::retry::{Retry, whole_seconds};
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
    fn has_values(&self) -> bool {
        self.request_id.is_some() || !self.values.is_empty()
    }
}

/// The body, and the envelope that it is in.
pub(crate) fn render(error: &dyn ApiError, overrides: &Overrides<'_>) -> (&'static Envelope, Bytes) {
    render_declared(error, error.__errorbook_declared(), overrides)
}

fn render_declared(
    error: &dyn ApiError,
    Declared { spec, bodies }: Declared,
    overrides: &Overrides<'_>,
) -> (&'static Envelope, Bytes) {
    let ambient = context::ambient();
    let envelope = overrides
        .envelope
        .or_else(|| error.__errorbook_envelope())
        .or(ambient.envelope)
        .unwrap_or(&DEFAULT_ENVELOPE);
    let request_has_values = ambient.has_values || overrides.has_values();
    let prepared = bodies.get(envelope, spec);
    let body = match prepared.fixed {
        Some(fixed) if !(request_has_values && envelope.uses_request()) => {
            Bytes::from_static(fixed.as_bytes())
        }
        _ => json::with_scratch(|out| {
            BodyWriter { out, error, spec, overrides, request_has_values }.write(&prepared.pieces);
            Bytes::copy_from_slice(out.as_slice())
        }),
    };
    (envelope, body)
}

/// The whole response.
pub(crate) fn respond(error: &dyn ApiError, overrides: &Overrides<'_>) -> Response<Bytes> {
    let declared = error.__errorbook_declared();
    let spec = declared.spec;
    let more = spec.more();
    let (envelope, body) = render_declared(error, declared, overrides);
    let mut response = Response::new(body);
    *response.status_mut() = spec.response_status();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, envelope.content_type());
    push_declared_headers(headers, spec);
    if more.has_header_fields {
        error.__errorbook_headers(&mut HeadersWriter(headers));
    }
    let wait = if more.has_wait { error.__errorbook_wait() } else { None };
    if let Some(wait) = Retry::new(spec.retry(), wait).retry_after() {
        headers.insert(RETRY_AFTER, number_value(whole_seconds(wait)));
    }
    response
}

fn push_declared_headers(headers: &mut HeaderMap, spec: &'static ErrorSpec) {
    for (name, value) in spec.headers() {
        // The macro let through only what HTTP allows.
        if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value))
        {
            headers.append(name, value);
        }
    }
}

/// A number as a header value. Below 1,000 its text is a constant, so that it costs no allocation.
fn number_value(number: u64) -> HeaderValue {
    /// `000001002…999`: the numbers below 1,000, three digits each.
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
    let constant = usize::try_from(number).ok().filter(|number| *number < 1000).and_then(|number| {
        let leading_zeros = usize::from(number < 100) + usize::from(number < 10);
        TEXT.get(number * 3 + leading_zeros..number * 3 + 3)
    });
    match constant {
        Some(text) => HeaderValue::from_static(text),
        None => HeaderValue::from(number),
    }
}

/// The message as plain text.
pub(crate) fn message(error: &dyn ApiError) -> Cow<'_, str> {
    let spec = error.__errorbook_declared().spec;
    match spec.kind {
        MessageKind::Constant => return Cow::Borrowed(spec.message),
        MessageKind::ReasonPhrase => return Cow::Borrowed(reason_phrase(spec.response_status())),
        MessageKind::Template | MessageKind::Display => {}
    }
    json::with_scratch(|out| {
        write_message(out, error, spec, false);
        match std::str::from_utf8(out.as_slice()) {
            Ok(message) => Cow::Owned(message.to_owned()),
            Err(_) => Cow::Borrowed(reason_phrase(spec.response_status())),
        }
    })
}
