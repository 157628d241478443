//! The limit: safe code written by hand for these five failures alone, as fast as we can make it. Literals are
//! escaped in the source, a body in which nothing varies is constant, and every other one is allocated once, at
//! its exact size. No enum, no message type, nothing to reuse: nobody would write a hundred errors so.
//!
//! Tried and slower or no faster: bodies by `concat`, a `HeaderMap` made with a capacity or cloned, lengths of
//! escaped text added up beforehand, search for what to escape by table or by vectors of 16 bytes.

use std::cell::Cell;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use http::{Response, StatusCode};

use super::{Format, JSON, Participant};
use crate::failure::{Failure, FieldError};

/// The row of the tables.
pub const PARTICIPANT: Participant = Participant {
    name: "*the limit*",
    respond,
    format: Format::Nested,
    most_allocations: Some([2, 3, 3, 2, 3, 3]),
    note: None,
};

/// A constant body, and the same without its end, behind which a request id can stand.
macro_rules! constant_body {
    ($open:ident, $closed:ident, $text:literal) => {
        const $open: &str = $text;
        const $closed: &[u8] = concat!($text, "}}").as_bytes();
    };
}

constant_body!(
    NOT_FOUND,
    NOT_FOUND_ALONE,
    r#"{"error":{"code":"not_found","message":"No story has this id.""#
);
constant_body!(
    RATE_LIMITED,
    RATE_LIMITED_ALONE,
    r#"{"error":{"code":"rate_limit_exceeded","message":"Too many requests: wait before you try again.""#
);
const CREDITS_NEED: &str =
    r#"{"error":{"code":"insufficient_credits","message":"Insufficient credits: need "#;
const CREDITS_HAVE: &str = ", have ";
const CREDITS_END: &str = r#" remaining.""#;
const DETAILS_NEED: &str = r#","details":{"need":"#;
const DETAILS_HAVE: &str = r#","have":"#;
const QUOTA: &str = r#"{"error":{"code":"quota_exceeded","message":"The limit of "#;
const QUOTA_END: &str = r#" requests is used up: wait before you try again.""#;
const INVALID: &str = r#"{"error":{"code":"validation_failed","message":"The story \""#;
const INVALID_END: &str = r#"\" cannot be saved.""#;
const DETAILS: &str = r#","details":["#;
const FIELD: &str = r#"{"field":""#;
const PROBLEM: &str = r#"","problem":""#;
const FIELD_END: &str = r#""}"#;
const REQUEST_ID: &str = r#","request_id":""#;

fn respond(failure: &Failure, request_id: Option<&str>) -> Response<Bytes> {
    match *failure {
        Failure::NotFound => answer(StatusCode::NOT_FOUND, constant(NOT_FOUND, NOT_FOUND_ALONE, request_id)),
        Failure::InsufficientCredits { need, have } => {
            answer(StatusCode::PAYMENT_REQUIRED, insufficient_credits(need, have, request_id))
        }
        Failure::RateLimited { wait } => {
            let body = constant(RATE_LIMITED, RATE_LIMITED_ALONE, request_id);
            let mut response = answer(StatusCode::TOO_MANY_REQUESTS, body);
            response.headers_mut().insert(RETRY_AFTER, seconds(wait));
            response
        }
        Failure::QuotaExceeded { limit, wait } => {
            let mut response = answer(StatusCode::TOO_MANY_REQUESTS, quota_exceeded(limit, request_id));
            response.headers_mut().insert(RETRY_AFTER, seconds(wait));
            response
        }
        Failure::Invalid { title, fields } => {
            answer(StatusCode::UNPROCESSABLE_ENTITY, invalid(title, fields, request_id))
        }
    }
}

fn answer(status: StatusCode, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, JSON);
    response
}

/// A number as a header value, from constant text where it is below 100: that spares it an allocation.
fn seconds(wait: Duration) -> HeaderValue {
    const DIGITS: &str = "00010203040506070809101112131415161718192021222324\
                          25262728293031323334353637383940414243444546474849\
                          50515253545556575859606162636465666768697071727374\
                          75767778798081828384858687888990919293949596979899";
    let seconds = wait.as_secs();
    match usize::try_from(seconds) {
        Ok(small @ 0..100) => {
            HeaderValue::from_static(&DIGITS[small * 2 + usize::from(small < 10)..small * 2 + 2])
        }
        _ => HeaderValue::from(seconds),
    }
}

fn constant(open: &'static str, closed: &'static [u8], request_id: Option<&str>) -> Bytes {
    let Some(id) = request_id else { return Bytes::from_static(closed) };
    let mut body = Vec::with_capacity(open.len() + request_id_length(request_id) + 2);
    body.extend_from_slice(open.as_bytes());
    push_request_id(&mut body, id);
    body.extend_from_slice(b"}}");
    Bytes::from(body)
}

fn insufficient_credits(need: u64, have: u64, request_id: Option<&str>) -> Bytes {
    const CONSTANT: usize = CREDITS_NEED.len()
        + CREDITS_HAVE.len()
        + CREDITS_END.len()
        + DETAILS_NEED.len()
        + DETAILS_HAVE.len()
        + "}}}".len();
    let (mut need_digits, mut have_digits) = (itoa::Buffer::new(), itoa::Buffer::new());
    let need = need_digits.format(need).as_bytes();
    let have = have_digits.format(have).as_bytes();
    let mut body =
        Vec::with_capacity(CONSTANT + 2 * (need.len() + have.len()) + request_id_length(request_id));
    body.extend_from_slice(CREDITS_NEED.as_bytes());
    body.extend_from_slice(need);
    body.extend_from_slice(CREDITS_HAVE.as_bytes());
    body.extend_from_slice(have);
    body.extend_from_slice(CREDITS_END.as_bytes());
    if let Some(id) = request_id {
        push_request_id(&mut body, id);
    }
    body.extend_from_slice(DETAILS_NEED.as_bytes());
    body.extend_from_slice(need);
    body.extend_from_slice(DETAILS_HAVE.as_bytes());
    body.extend_from_slice(have);
    body.extend_from_slice(b"}}}");
    Bytes::from(body)
}

fn quota_exceeded(limit: u64, request_id: Option<&str>) -> Bytes {
    const CONSTANT: usize = QUOTA.len() + QUOTA_END.len() + "}}".len();
    let mut digits = itoa::Buffer::new();
    let limit = digits.format(limit).as_bytes();
    let mut body = Vec::with_capacity(CONSTANT + limit.len() + request_id_length(request_id));
    body.extend_from_slice(QUOTA.as_bytes());
    body.extend_from_slice(limit);
    body.extend_from_slice(QUOTA_END.as_bytes());
    if let Some(id) = request_id {
        push_request_id(&mut body, id);
    }
    body.extend_from_slice(b"}}");
    Bytes::from(body)
}

thread_local! {
    static SCRATCH: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Written into a buffer that is kept, then allocated at the size that it turned out to have: to go through the
/// texts once and copy the whole takes less time than to go through them twice.
fn invalid(title: &str, fields: &[FieldError], request_id: Option<&str>) -> Bytes {
    let mut body = SCRATCH.take();
    body.clear();
    body.extend_from_slice(INVALID.as_bytes());
    push_escaped(&mut body, title);
    body.extend_from_slice(INVALID_END.as_bytes());
    if let Some(id) = request_id {
        push_request_id(&mut body, id);
    }
    body.extend_from_slice(DETAILS.as_bytes());
    for (index, field) in fields.iter().enumerate() {
        if index > 0 {
            body.push(b',');
        }
        body.extend_from_slice(FIELD.as_bytes());
        push_escaped(&mut body, field.field);
        body.extend_from_slice(PROBLEM.as_bytes());
        push_escaped(&mut body, field.problem);
        body.extend_from_slice(FIELD_END.as_bytes());
    }
    body.extend_from_slice(b"]}}");
    let finished = Bytes::copy_from_slice(&body);
    SCRATCH.set(body);
    finished
}

/// What the request id takes, with its name and its quotes.
fn request_id_length(request_id: Option<&str>) -> usize {
    request_id.map_or(0, |id| REQUEST_ID.len() + escaped_length(id.as_bytes()) + 1)
}

fn push_request_id(body: &mut Vec<u8>, id: &str) {
    body.extend_from_slice(REQUEST_ID.as_bytes());
    push_escaped(body, id);
    body.push(b'"');
}

fn escaped_length(text: &[u8]) -> usize {
    if plain_prefix(text) == text.len() {
        return text.len();
    }
    text.iter()
        .map(|&byte| match ESCAPES[usize::from(byte)] {
            0 => 1,
            b'u' => 6,
            _ => 2,
        })
        .sum()
}

/// What stands behind the backslash for a byte that JSON does not allow in a string; 0 where it stands for itself.
const ESCAPES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = b'u';
        byte += 1;
    }
    table[0x08] = b'b';
    table[0x09] = b't';
    table[0x0A] = b'n';
    table[0x0C] = b'f';
    table[0x0D] = b'r';
    table[b'"' as usize] = b'"';
    table[b'\\' as usize] = b'\\';
    table
};

fn push_escaped(body: &mut Vec<u8>, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut rest = text.as_bytes();
    loop {
        let (plain, special) = rest.split_at(plain_prefix(rest));
        body.extend_from_slice(plain);
        let Some((&byte, behind)) = special.split_first() else { return };
        match ESCAPES[usize::from(byte)] {
            b'u' => {
                let (high, low) = (HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]);
                body.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
            }
            letter => body.extend_from_slice(&[b'\\', letter]),
        }
        rest = behind;
    }
}

/// How many bytes at the start of `text` stand for themselves. Eight are looked at in one go: taking `0x20` from
/// a byte below it, or 1 from a byte that became 0 where it was a quote or a backslash, borrows and so sets the
/// top bit. The borrow may mark bytes above as well, but the lowest mark is always right.
fn plain_prefix(text: &[u8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const QUOTES: u64 = EACH * 0x22;
    const BACKSLASHES: u64 = EACH * 0x5C;
    let (words, rest) = text.as_chunks();
    let mut length = 0;
    for word in words {
        let word = u64::from_le_bytes(*word);
        let quote = word ^ QUOTES;
        let backslash = word ^ BACKSLASHES;
        let marks = (word.wrapping_sub(EACH * 0x20) & !word)
            | (quote.wrapping_sub(EACH) & !quote)
            | (backslash.wrapping_sub(EACH) & !backslash);
        match marks & (EACH * 0x80) {
            0 => length += 8,
            marks => return length + marks.trailing_zeros() as usize / 8,
        }
    }
    length + rest.iter().take_while(|&&byte| ESCAPES[usize::from(byte)] == 0).count()
}
