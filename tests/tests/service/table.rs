//! The table: each request, and what must come back. It asks for nothing that only one framework has; the texts of
//! a framework's own errors are learned from the service without errorbook.

use bytes::Bytes;
use http::{Method, Request};

use super::SECRET;

/// One request, and what is expected of its answer.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) headers: &'static [(&'static str, &'static str)],
    pub(crate) body: Bytes,
    pub(crate) expect: Expect,
}

#[derive(Clone, Copy)]
pub(crate) enum Expect {
    /// An error in the service's envelope.
    Error(ExpectedError),
    /// What the service without errorbook says, byte for byte; only the request id is added.
    Untouched { status: u16 },
    /// An error told as gRPC does.
    Grpc {
        status: &'static str,
        message: &'static str,
        headers: &'static [(&'static str, &'static [&'static str])],
    },
}

#[derive(Clone, Copy)]
pub(crate) struct ExpectedError {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    /// The whole message; `None`: any.
    pub(crate) message: Option<&'static str>,
    /// All values of these headers.
    pub(crate) headers: &'static [(&'static str, &'static [&'static str])],
    pub(crate) maker: Maker,
}

/// Who made the error response, were it not for errorbook.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Maker {
    /// An `ApiError`, as a handler's answer.
    ApiError,
    /// The framework, a handler or another layer: its headers are kept, its text is gone.
    Other,
    /// As `Other`, but the text may be kept.
    OtherKeptText,
    /// Nobody: without errorbook there is no answer at all.
    Nobody,
}

impl Case {
    fn new(name: &'static str, method: Method, path: &'static str, expect: Expect) -> Self {
        Self { name, method, path, headers: &[], body: Bytes::new(), expect }
    }

    fn get(name: &'static str, path: &'static str, expect: Expect) -> Self {
        Self::new(name, Method::GET, path, expect)
    }

    fn post_story(name: &'static str, body: impl Into<Bytes>, expect: Expect) -> Self {
        let case = Self::new(name, Method::POST, "/stories", expect);
        Self { headers: &[("content-type", "application/json")], body: body.into(), ..case }
    }

    fn head(name: &'static str, path: &'static str, expect: Expect) -> Self {
        Self::new(name, Method::HEAD, path, expect)
    }

    fn headers(self, headers: &'static [(&'static str, &'static str)]) -> Self {
        Self { headers, ..self }
    }

    fn body(self, body: &'static str) -> Self {
        Self { body: Bytes::from_static(body.as_bytes()), ..self }
    }

    /// The request, with this id where there is one.
    pub(crate) fn request(&self, id: Option<&str>) -> Request<Bytes> {
        let mut request = Request::builder().method(&self.method).uri(self.path);
        for (name, value) in self.headers {
            request = request.header(*name, *value);
        }
        if let Some(id) = id {
            request = request.header(super::REQUEST_ID, id);
        }
        request.body(self.body.clone()).expect("the table's requests are requests")
    }
}

const fn declared(status: u16, code: &'static str, message: &'static str) -> ExpectedError {
    ExpectedError { status, code, message: Some(message), headers: &[], maker: Maker::ApiError }
}

const fn other(status: u16, code: &'static str, message: &'static str) -> ExpectedError {
    ExpectedError { status, code, message: Some(message), headers: &[], maker: Maker::Other }
}

const fn nobody(status: u16, code: &'static str, message: &'static str) -> ExpectedError {
    ExpectedError { status, code, message: Some(message), headers: &[], maker: Maker::Nobody }
}

impl ExpectedError {
    const fn with(self, headers: &'static [(&'static str, &'static [&'static str])]) -> Expect {
        Expect::Error(Self { headers, ..self })
    }

    const fn plain(self) -> Expect {
        Expect::Error(self)
    }
}

const UNAUTHORIZED: ExpectedError = declared(401, "missing_api_key", "No API key was sent.");
const NOT_FOUND: ExpectedError = other(404, "not_found", "Not Found");
const INTERNAL: ExpectedError = nobody(500, "internal_error", "Internal Server Error");
const INTERNAL_OTHER: ExpectedError = other(500, "internal_error", "Internal Server Error");

/// What the layer in front of `/behind-a-guard` sends with its 403.
const GUARD_HEADERS: &[(&str, &[&str])] = &[
    ("set-cookie", &["a=1; Path=/", "b=2; HttpOnly"]),
    ("access-control-allow-origin", &["https://app.example"]),
    ("vary", &["origin", "accept-encoding"]),
    ("www-authenticate", &["Bearer realm=\"x\"", "Basic realm=\"y\""]),
];

/// Every service is put through these. Its routes are those of `axum_server::routes`.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = declared_errors();
    cases.extend(errors_of_the_framework());
    cases.extend(errors_of_others());
    cases.extend(no_errors());
    cases.extend(by_head());
    cases.extend(by_grpc());
    cases
}

fn declared_errors() -> Vec<Case> {
    vec![
        Case::get("an error with a constant text", "/declared/not-found", {
            declared(404, "story_not_found", "There is no such story.").plain()
        }),
        Case::get("an error with figures", "/declared/credits", {
            declared(402, "insufficient_credits", "Need 10 credits, have 3.").plain()
        }),
        Case::get("an error with a wait", "/declared/limited", {
            declared(429, "rate_limited", "Too many requests.").with(&[("retry-after", &["7"])])
        }),
        Case::get("an error with a header", "/declared/no-key", {
            UNAUTHORIZED.with(&[("www-authenticate", &["Bearer"])])
        }),
        Case::get("a server error that knows a secret", "/declared/broken", {
            declared(500, "broken", "Internal Server Error").plain()
        }),
        Case::get("an error after an await", "/declared/late", {
            declared(404, "story_not_found", "There is no such story.").plain()
        }),
    ]
}

fn errors_of_the_framework() -> Vec<Case> {
    let too_long = format!(r#"{{"title":"{}","minutes":3}}"#, "x".repeat(4096));
    vec![
        Case::post_story("malformed JSON", "{\"title\":", other(400, "bad_request", "Bad Request").plain()),
        Case::post_story(
            "a missing field",
            r#"{"title":"x"}"#,
            other(422, "unprocessable_entity", "Unprocessable Entity").plain(),
        ),
        Case::post_story(
            "a field of the wrong type, whose value is a secret",
            format!(r#"{{"title":"x","minutes":"{SECRET}"}}"#),
            other(422, "unprocessable_entity", "Unprocessable Entity").plain(),
        ),
        Case::post_story("a body over the limit", too_long, {
            other(413, "payload_too_large", "Payload Too Large").plain()
        }),
        Case::new("a wrong content type", Method::POST, "/stories", {
            other(415, "unsupported_media_type", "Unsupported Media Type").plain()
        })
        .headers(&[("content-type", "text/plain")])
        .body("hello"),
        Case::get("a bad path parameter", "/stories/seven", other(400, "bad_request", "Bad Request").plain()),
        Case::get("a bad query", "/search?page=first", other(400, "bad_request", "Bad Request").plain()),
        Case::get(
            "a query without what is asked",
            "/search",
            other(400, "bad_request", "Bad Request").plain(),
        ),
        Case::get("an unknown route", "/nowhere", NOT_FOUND.plain()),
        Case::get("an unknown route beneath a known one", "/stories/7/nowhere", NOT_FOUND.plain()),
        Case::new("a wrong method", Method::DELETE, "/stories/7", {
            other(405, "method_not_allowed", "Method Not Allowed").with(&[("allow", &["GET,HEAD"])])
        }),
    ]
}

fn errors_of_others() -> Vec<Case> {
    vec![
        Case::get("a handler that takes too long", "/slow", {
            nobody(504, "gateway_timeout", "Gateway Timeout").plain()
        }),
        Case::get("a panic", "/panic", INTERNAL.plain()),
        Case::get("a panic after an await", "/panic-late", INTERNAL.plain()),
        Case::get("a panic in a service's `call`", "/panic-in-call", INTERNAL.plain()),
        Case::get("a panic with something else than a text", "/panic-with-a-value", INTERNAL.plain()),
        Case::get("a layer's own 403", "/behind-a-guard", {
            other(403, "forbidden", "Forbidden").with(GUARD_HEADERS)
        }),
        Case::get("a bare status", "/bare/409", other(409, "conflict", "Conflict").plain()),
        Case::get(
            "a status without a name",
            "/bare/499",
            ExpectedError { message: None, ..other(499, "client_error", "") }.plain(),
        ),
        Case::get("a 500 whose text is a secret", "/leaky", INTERNAL_OTHER.plain()),
        Case::get("a 503 with a wait", "/draining", {
            other(503, "service_unavailable", "Service Unavailable").with(&[("retry-after", &["30"])])
        }),
        Case::get("a 416 with the whole length", "/range", {
            other(416, "range_not_satisfiable", "Range Not Satisfiable")
                .with(&[("content-range", &["bytes */1234"])])
        }),
        Case::get("a body whose headers speak of it", "/compressed", {
            other(400, "bad_request", "Bad Request").with(&[
                ("content-encoding", &[]),
                ("etag", &[]),
                ("content-language", &[]),
                ("content-disposition", &[]),
                ("content-digest", &[]),
                ("repr-digest", &[]),
                ("content-md5", &[]),
                ("digest", &[]),
                ("signature", &[]),
            ])
        }),
        Case::get(
            "an error body that never ends",
            "/endless",
            nobody(400, "bad_request", "Bad Request").plain(),
        ),
        Case::get("a status that is mapped to an error", "/bare/418", {
            other(418, "no_coffee", "This is a teapot.").plain()
        }),
        Case::get("a status that is mapped with the response at hand", "/gone", {
            other(404, "moved_away", "It went to /elsewhere.").with(&[("location", &["/elsewhere"])])
        }),
        Case::get("a response that opted out", "/health", Expect::Untouched { status: 503 }),
    ]
}

fn no_errors() -> Vec<Case> {
    let untouched = |status| Expect::Untouched { status };
    vec![
        Case::get("a success", "/stories/7", untouched(200)),
        Case::post_story("a success with a body", r#"{"title":"x","minutes":3}"#, untouched(201)),
        Case::get("a success that is streamed", "/streamed", untouched(200)),
        Case::get("a success that looks like an error", "/looks-like-an-error", untouched(200)),
        Case::get("no content", "/empty", untouched(204)),
        Case::get("a redirect", "/redirect", untouched(303)),
        Case::get("not modified", "/unchanged", untouched(304)).headers(&[("if-none-match", "\"v1\"")]),
    ]
}

fn by_head() -> Vec<Case> {
    vec![
        Case::head("HEAD of a success", "/stories/7", Expect::Untouched { status: 200 }),
        Case::head("HEAD of a declared error", "/declared/credits", {
            declared(402, "insufficient_credits", "").plain()
        }),
        Case::head("HEAD of an unknown route", "/nowhere", NOT_FOUND.plain()),
        Case::head("HEAD of a panic", "/panic", INTERNAL.plain()),
        Case::head("HEAD of a layer's own 403", "/behind-a-guard", {
            other(403, "forbidden", "Forbidden").with(GUARD_HEADERS)
        }),
    ]
}

fn by_grpc() -> Vec<Case> {
    // As this client speaks HTTP/1.1; what is asked over HTTP/2 is in `grpc`.
    const GRPC_WEB: &[(&str, &str)] = &[("content-type", "application/grpc-web+proto")];
    let post = |name, path, status, message, headers| {
        Case::new(name, Method::POST, path, Expect::Grpc { status, message, headers }).headers(GRPC_WEB)
    };
    vec![
        post("gRPC: a declared error", "/grpc/declared", "14", "Too many requests.", {
            &[("retry-after", &["7"])]
        }),
        post("gRPC: an error with figures", "/grpc/credits", "2", "Need 10 credits, have 3.", &[]),
        post("gRPC: a server error", "/grpc/broken", "13", "Internal Server Error", &[]),
        post("gRPC: an unknown method", "/grpc/nowhere", "12", "Not Found", &[]),
        post("gRPC: a panic", "/panic-by-post", "13", "Internal Server Error", &[]),
        Case::new("gRPC: a success", Method::POST, "/grpc/success", Expect::Untouched { status: 200 })
            .headers(GRPC_WEB),
        Case::new("gRPC over HTTP/1.1, which there is none", Method::POST, "/grpc/declared", {
            declared(429, "rate_limited", "Too many requests.").with(&[("retry-after", &["7"])])
        })
        .headers(&[("content-type", "application/grpc"), ("te", "trailers")]),
        Case::new("gRPC: a response that opted out", Method::POST, "/grpc/health", {
            Expect::Untouched { status: 503 }
        })
        .headers(GRPC_WEB),
    ]
}

/// For a service that keeps a 4xx's text up to 64 bytes.
pub(crate) fn kept_texts() -> Vec<Case> {
    let kept =
        |status, code, message| ExpectedError { maker: Maker::OtherKeptText, ..other(status, code, message) };
    vec![
        Case::get("a text within the limit", "/text/short", {
            kept(409, "conflict", "The story \"Ünique\" is being edited.").plain()
        }),
        Case::get("a text of exactly the limit, in pieces", "/text/limit", {
            kept(409, "conflict", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef").plain()
        }),
        Case::get("a text over the limit", "/text/long", other(409, "conflict", "Conflict").plain()),
        Case::get("no text", "/bare/409", other(409, "conflict", "Conflict").plain()),
        Case::get("a page", "/text/page", other(409, "conflict", "Conflict").plain()),
        Case::get("a text that is not UTF-8", "/text/latin", other(409, "conflict", "Conflict").plain()),
        Case::get("a body that breaks off", "/text/broken", nobody(409, "conflict", "Conflict").plain()),
        Case::get("a 5xx's text", "/leaky", INTERNAL_OTHER.plain()),
    ]
}
