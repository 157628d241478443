//! Which headers of a response go with its body, and how those of two responses become one's. Takes the headers of the
//! answer and of the response that it takes the place of; gives what callers read.

use http::StatusCode;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// Headers that speak of the body, besides `Content-*`: once it is replaced they are wrong, and a client that checks
/// them would take the answer for damaged.
const OF_THE_BODY: [HeaderName; 11] = [
    // The validators of the selected representation: RFC 9110 section 8.8.
    header::ETAG,
    header::LAST_MODIFIED,
    // How the message was framed: RFC 9110 section 6.6.2, RFC 9112 section 6.1.
    header::TRAILER,
    header::TRANSFER_ENCODING,
    // Digests: RFC 9530 sections 2 and 3 (`Content-Digest` is among `Content-*`), and RFC 3230 section 4.3.2 before it.
    HeaderName::from_static("repr-digest"),
    HeaderName::from_static("digest"),
    HeaderName::from_static("unencoded-digest"),
    // Signatures, over the status and often over a digest: RFC 9421 section 4.
    HeaderName::from_static("signature"),
    HeaderName::from_static("signature-input"),
    // That the body is a delta, and to what: RFC 3229 section 10.5.
    HeaderName::from_static("im"),
    HeaderName::from_static("delta-base"),
];

/// Headers called `Content-*` that are rules for whoever shows the resource, and no part of its description: CSP, level 3,
/// section 3.
const NOT_OF_THE_BODY: [HeaderName; 2] =
    [header::CONTENT_SECURITY_POLICY, header::CONTENT_SECURITY_POLICY_REPORT_ONLY];

/// Whether this header speaks of the body. All `Content-*` do, whoever defines them: RFC 9110 sections 8.3 to 8.7 and
/// 14.4, RFC 6266 (`Content-Disposition`), RFC 1864 (`Content-MD5`), MIME.
pub(super) fn is_of_the_body(name: &HeaderName) -> bool {
    if name.as_str().starts_with("content-") {
        return !NOT_OF_THE_BODY.contains(name);
    }
    OF_THE_BODY.contains(name)
}

/// Headers that are lists of entries, each of which counts by itself: RFC 9110 section 5.3 and the sections that define
/// them, RFC 9111 section 5.2, RFC 8288, Fetch. Cookies are one a line (RFC 6265 section 3).
const LISTS: [HeaderName; 13] = [
    header::ACCESS_CONTROL_ALLOW_HEADERS,
    header::ACCESS_CONTROL_ALLOW_METHODS,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
    header::ALLOW,
    header::CACHE_CONTROL,
    header::LINK,
    header::PROXY_AUTHENTICATE,
    header::SET_COOKIE,
    header::UPGRADE,
    header::VARY,
    header::VIA,
    header::WWW_AUTHENTICATE,
    HeaderName::from_static("server-timing"),
];

/// The headers of `theirs` that outlive their body go into `answer`.
///
/// Where both have a header, the service's own stays if it says what the error declares and more:
/// `Bearer realm="x"` in place of `Bearer`. Entries of lists stand beside each other; of anything else the error's
/// counts.
pub(super) fn merge(answer: &mut HeaderMap, status: StatusCode, theirs: &HeaderMap) {
    let unsatisfied_range = theirs.get(header::CONTENT_RANGE).filter(|range| {
        // The length of what there is, and nothing of the body: RFC 9110 section 15.5.17.
        status == StatusCode::RANGE_NOT_SATISFIABLE && range.as_bytes().starts_with(b"bytes */")
    });
    if let Some(range) = unsatisfied_range.cloned() {
        let _ = answer.try_insert(header::CONTENT_RANGE, range);
    }
    for name in theirs.keys().filter(|name| !is_of_the_body(name)) {
        merge_values(answer, name, theirs);
    }
}

fn merge_values(answer: &mut HeaderMap, name: &HeaderName, theirs: &HeaderMap) {
    let is_told_by_them = |value: &HeaderValue| theirs.get_all(name).iter().any(|theirs| says(theirs, value));
    let (told, own): (Vec<_>, Vec<_>) = answer.get_all(name).iter().cloned().partition(is_told_by_them);
    if !own.is_empty() && !LISTS.contains(name) {
        return;
    }
    if !told.is_empty() {
        answer.remove(name);
        for value in own {
            append(answer, name, value);
        }
    }
    for value in theirs.get_all(name) {
        append(answer, name, value.clone());
    }
}

/// So many names of a foreign response are kept. A map takes half as many again, so that the request's id has its place.
const MOST_NAMES: usize = 16 * 1024;

/// A header map that is full keeps what it has.
fn append(headers: &mut HeaderMap, name: &HeaderName, value: HeaderValue) {
    if headers.keys_len() < MOST_NAMES {
        let _ = headers.try_append(name.clone(), value);
    }
}

/// Whether a value says what another says: it begins so, or has it among its entries.
fn says(value: &HeaderValue, other: &HeaderValue) -> bool {
    let (value, other) = (value.as_bytes(), other.as_bytes());
    let begins = |text: &[u8]| {
        text.split_at_checked(other.len()).is_some_and(|(start, rest)| {
            start.eq_ignore_ascii_case(other) && matches!(rest.first(), None | Some(b' ' | b',' | b';'))
        })
    };
    begins(value) || value.split(|byte| *byte == b',').any(|entry| begins(entry.trim_ascii()))
}

/// What a handler says of a value that it answers with, and is wrong of an error: how long it may be kept (RFC 9111
/// section 5, RFC 9213 section 3), where it is found, and its validators.
pub(super) fn is_of_a_value(name: &HeaderName) -> bool {
    const OF_A_VALUE: [HeaderName; 9] = [
        header::ACCEPT_RANGES,
        header::AGE,
        header::CONTENT_DISPOSITION,
        header::CONTENT_LANGUAGE,
        header::CONTENT_LOCATION,
        header::ETAG,
        header::EXPIRES,
        header::LAST_MODIFIED,
        header::LOCATION,
    ];
    OF_A_VALUE.contains(name) || name.as_str().ends_with("cache-control") || *name == header::PRAGMA
}

/// The first value of this name. To hash a name that is none of `http`'s own takes more time than to compare it with a
/// few others.
pub(super) fn find<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a HeaderValue> {
    if headers.keys_len() > FEW {
        return headers.get(name);
    }
    headers.iter().find_map(|(known, value)| (known == name).then_some(value))
}

const FEW: usize = 16;
