//! The headers of a response besides `Content-Type`: those that were declared, and the wait.

use std::fmt::Display;

use http::header::{HeaderMap, HeaderValue, RETRY_AFTER};

use super::field::{Field, Value};
use super::look;
use crate::envelope::prepare::{HeaderFrom, PreparedBody};
use crate::json::small_number;
use crate::retry::whole_seconds;

pub(super) fn push(prepared: &PreparedBody, fields: &[&dyn Field], headers: &mut HeaderMap) {
    for (name, from) in &prepared.headers {
        let value = match from {
            HeaderFrom::Constant(value) => Some(value.clone()),
            HeaderFrom::Value(value) => fields.get(*value).and_then(|field| header_value(*field)),
        };
        if let Some(value) = value {
            headers.append(name, value);
        }
    }
    let own = prepared.wait.and_then(|place| fields.get(place)).and_then(|field| look::wait(*field));
    if let Some(wait) = own.or_else(|| prepared.spec.retry().retry_after()) {
        headers.insert(RETRY_AFTER, of_number(whole_seconds(wait)));
    }
}

/// The value, if it is there and fit for a header.
fn header_value(field: &dyn Field) -> Option<HeaderValue> {
    match field.value() {
        Value::Unsigned(number) => Some(of_number(number)),
        Value::Signed(number) => Some(HeaderValue::from(number)),
        Value::Bool(is) => Some(HeaderValue::from_static(if is { "true" } else { "false" })),
        Value::Text(text) => of_text(text),
        Value::ByTraits(traits) => of_display(traits.header?),
    }
}

/// A number as a header value. Most are constant text, which costs no allocation.
fn of_number(number: u64) -> HeaderValue {
    small_number(number).map_or_else(|| HeaderValue::from(number), HeaderValue::from_static)
}

fn of_display(value: &dyn Display) -> Option<HeaderValue> {
    use std::fmt::Write;

    let mut text = String::new();
    write!(text, "{value}").ok()?;
    of_text(&text)
}

/// White space around the value, which HTTP takes away, goes; a value that HTTP does not allow or only suffers (RFC 9110
/// section 5.5: anything but visible ASCII, spaces and tabs) is left out.
fn of_text(text: &str) -> Option<HeaderValue> {
    let text = text.trim_matches([' ', '\t']);
    HeaderValue::from_str(text).ok().filter(|_| text.is_ascii())
}
