//! The headers of a response besides `Content-Type`: those that were declared, the wait, and the hints for SDKs.

use std::time::Duration;

use http::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};

use super::field::{Field, Value};
use super::look;
use crate::bounded::{Shown, shown};
use crate::envelope::prepare::{HeaderFrom, PreparedBody};
use crate::json::small_number;
use crate::retry::{Attempt, RetryRule, whole_milliseconds, whole_seconds};

/// What SDKs of several large APIs obey, the first before `Retry-After`.
pub(crate) const RETRY_AFTER_MS: HeaderName = HeaderName::from_static("retry-after-ms");
pub(crate) const X_SHOULD_RETRY: HeaderName = HeaderName::from_static("x-should-retry");

/// The bound of all headers of a response that hold values of the error, each with its name and 32 bytes more, as
/// HTTP/2 counts them (RFC 9113 section 6.5.2). A client takes 8 to 16 KiB of headers, commonly, and what comes to
/// more ends a stream or the whole connection, with all its other requests.
const MOST: usize = 8 * 1024;
const OVERHEAD: usize = 32;

/// Gives the wait that is told. `besides` is one of which the error knows nothing.
pub(super) fn push(
    prepared: &PreparedBody,
    fields: &[&dyn Field],
    besides: Option<Duration>,
    headers: &mut HeaderMap,
) -> Option<Duration> {
    let mut left = MOST;
    for (name, from) in &prepared.headers {
        let value = match from {
            HeaderFrom::Constant(value) => Some(value.clone()),
            HeaderFrom::Value(value) => fields.get(*value).and_then(|field| {
                let most = left.checked_sub(name.as_str().len() + OVERHEAD)?;
                let value = header_value(*field, most)?;
                left = most - value.len();
                Some(value)
            }),
        };
        if let Some(value) = value {
            headers.append(name, value);
        }
    }
    let own = prepared.wait.and_then(|place| fields.get(place)).and_then(|field| look::wait(*field));
    let wait = longer(own.or_else(|| prepared.spec.retry().retry_after()), besides);
    if let Some(wait) = wait {
        headers.insert(RETRY_AFTER, of_number(whole_seconds(wait)));
    }
    wait
}

/// The longer of two waits: who waits that long is too early for neither.
pub(super) fn longer(own: Option<Duration>, besides: Option<Duration>) -> Option<Duration> {
    own.max(besides)
}

/// The wait in milliseconds, and whether the request of this attempt may be sent again. That the service or a proxy
/// behind it has said "false" itself stays: it knew more.
pub(crate) fn push_retry_hints(
    rule: RetryRule,
    wait: Option<Duration>,
    attempt: &Attempt<'_>,
    headers: &mut HeaderMap,
) {
    if let Some(wait) = wait {
        headers.insert(RETRY_AFTER_MS, HeaderValue::from(whole_milliseconds(wait)));
    }
    let is_said_not_to = headers.get(X_SHOULD_RETRY).is_some_and(|said| said == "false");
    let should_retry = !is_said_not_to && rule.before_retry(attempt, wait).is_some();
    headers.insert(X_SHOULD_RETRY, HeaderValue::from_static(if should_retry { "true" } else { "false" }));
}

/// The value, if it is there and fit for a header, of at most so many bytes.
fn header_value(field: &dyn Field, most: usize) -> Option<HeaderValue> {
    let value = match field.value() {
        Value::Unsigned(number) => Some(of_number(number)),
        Value::Signed(number) => Some(HeaderValue::from(number)),
        Value::Bool(is) => Some(HeaderValue::from_static(if is { "true" } else { "false" })),
        Value::Text(text) => of_text(text, most),
        Value::ByTraits(traits) => match shown(traits.header?, most) {
            Shown::Whole(text) => of_text(&text, most),
            Shown::Cut(_) | Shown::Failed => None,
        },
    };
    value.filter(|value| value.len() <= most)
}

/// A number as a header value. Most are constant text, which costs no allocation.
fn of_number(number: u64) -> HeaderValue {
    small_number(number).map_or_else(|| HeaderValue::from(number), HeaderValue::from_static)
}

/// White space around the value, which HTTP takes away, goes; a value that HTTP does not allow or only suffers (RFC 9110
/// section 5.5: anything but visible ASCII, spaces and tabs) is left out.
fn of_text(text: &str, most: usize) -> Option<HeaderValue> {
    let text = text.trim_matches([' ', '\t']);
    if text.len() > most {
        return None;
    }
    HeaderValue::from_str(text).ok().filter(|_| text.is_ascii())
}
