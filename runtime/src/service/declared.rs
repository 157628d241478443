//! What becomes of a response that an `ApiError` made, once it is out of its hands. Takes the response; holds it to what
//! the error declares and its body tells, whatever was put over it meanwhile: another status, headers, another wait.

use std::time::Duration;

use http::header::{self, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use http::{Extensions, Response};

use super::{Asked, Settings, headers};
use crate::envelope::Slot;
use crate::observe;
use crate::render::{Answered, RETRY_AFTER_MS, X_SHOULD_RETRY, push_retry_hints};
use crate::retry::{told, whole_milliseconds, whole_seconds};
use crate::spec::ErrorSpec;

/// What was declared of the error that made this response, and what it told, if an `ApiError` did.
#[inline]
pub(crate) fn mark(extensions: &Extensions) -> Option<&Answered> {
    extensions.get()
}

/// Sends a declared error's response as it was declared. `length` is that of its body, as far as it is known.
#[inline(never)]
pub(crate) fn hold_to_its_word<B>(
    response: &mut Response<B>,
    length: Option<u64>,
    settings: &Settings,
    asked: Asked,
) {
    let Some(mark) = mark(response.extensions()).filter(|mark| may_differ(mark, response, asked)) else {
        return;
    };
    let mark = *mark;
    if super::foreign::opted_out(response) {
        return;
    }
    let put = response.status();
    let is_put_over = put != mark.told.status;
    if is_put_over {
        observe::put_over(mark.spec(), put, mark.told.status);
        *response.status_mut() = mark.told.status;
        // Who puts a whole head over an error puts its reason phrase too.
        let kept = settings.kept_extensions(std::mem::take(response.extensions_mut()));
        *response.extensions_mut() = kept;
        response.extensions_mut().insert(mark);
    }
    if mark.told.by_grpc {
        return;
    }
    if is_put_over || mark.told.in_place_of_a_value {
        let is_whole = asked.by_head || length == u64::try_from(mark.told.length).ok();
        take_back(response.headers_mut(), &mark, is_whole);
    }
    let told = tell_wait(response.headers_mut(), &mark);
    if let Some(attempt) = &asked.attempt
        // What was set by hand goes before.
        && !response.headers().contains_key(X_SHOULD_RETRY)
    {
        push_retry_hints(mark.spec().retry(), told, attempt, response.headers_mut());
    }
}

/// Whether there may be anything to do: most answers are sent as they were made.
fn may_differ<B>(mark: &Answered, response: &Response<B>, asked: Asked) -> bool {
    response.status() != mark.told.status
        || mark.told.in_place_of_a_value
        || asked.attempt.is_some()
        || mark.told.wait.is_some()
        || tells_wait(response.headers())
}

/// Whether there is any header that is read as a wait.
fn tells_wait(headers: &HeaderMap) -> bool {
    headers.contains_key(RETRY_AFTER) || headers::find(headers, &RETRY_AFTER_MS).is_some()
}

/// Takes away what was put over the error's headers for the value that it is not. What speaks of the body was put there
/// too, if the body is still the error's: one that was compressed since is described by whoever did that.
fn take_back(headers: &mut HeaderMap, mark: &Answered, is_whole: bool) {
    let spec = mark.spec();
    let is_put =
        |name: &HeaderName| headers::is_of_a_value(name) || is_whole && headers::is_of_the_body(name);
    let names = headers.keys().filter(|name| is_put(name) && !varies(spec, name));
    for name in names.cloned().collect::<Vec<_>>() {
        headers.remove(name);
    }
    for header in spec.headers() {
        if let Some(value) = header.constant()
            && let (Ok(name), Ok(value)) = (HeaderName::try_from(header.name()), HeaderValue::from_str(value))
            && is_put(&name)
            && !varies(spec, &name)
        {
            let _ = headers.try_append(name, value);
        }
    }
    if is_whole {
        let _ = headers.try_insert(header::CONTENT_TYPE, mark.told.envelope.content_type());
    }
}

/// Whether this header's value came from the value of the error, and is not known any more.
fn varies(spec: &ErrorSpec, name: &HeaderName) -> bool {
    let is = |declared: &str| name.as_str().eq_ignore_ascii_case(declared);
    spec.headers().iter().any(|header| header.constant().is_none() && is(header.name()))
        || spec.fields().any(|field| field.headers().iter().any(|declared| is(declared)))
}

/// The wait that the response tells: where its body tells one, that is the headers' too, and both of these tell one.
fn tell_wait(headers: &mut HeaderMap, mark: &Answered) -> Option<Duration> {
    let told = mark.told.wait;
    if told.is_none() && !tells_wait(headers) {
        return None;
    }
    let is_in_milliseconds = headers::find(headers, &RETRY_AFTER_MS).is_some();
    let by_header = told::told(headers);
    let is_as_told = by_header.map(whole_seconds) == told.map(whole_seconds);
    if is_as_told && !is_in_milliseconds {
        return told;
    }
    let is_in_the_body =
        || mark.told.envelope.shows(|slot| matches!(slot, Slot::RetryAfter | Slot::RetryAfterMs));
    let wait = if is_as_told || is_in_the_body() {
        told
    } else if is_in_milliseconds {
        by_header
    } else {
        return by_header;
    };
    set(headers, RETRY_AFTER, wait.map(whole_seconds));
    if is_in_milliseconds {
        set(headers, RETRY_AFTER_MS, wait.map(whole_milliseconds));
    }
    wait
}

fn set(headers: &mut HeaderMap, name: HeaderName, number: Option<u64>) {
    match number {
        Some(number) => drop(headers.try_insert(name, HeaderValue::from(number))),
        None => drop(headers.remove(name)),
    }
}
