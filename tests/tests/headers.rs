//! Response headers: constant ones, those from fields, and what is never sent.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use errorbook::ApiError;
use errorbook::spec::{HeaderSpec, MessagePiece};

use crate::support::{header, headers};

#[test]
fn a_declared_header_is_sent_with_every_value() {
    #[derive(ApiError)]
    #[api(status = 401, message = "…", header("WWW-Authenticate", "Bearer realm=\"api\""))]
    struct NoKey;
    assert_eq!(header(&NoKey.to_response(), "www-authenticate"), Some("Bearer realm=\"api\""));
    let declared = NoKey.spec().headers().iter().map(|header| (header.name(), header.constant()));
    assert!(declared.eq([("WWW-Authenticate", Some("Bearer realm=\"api\""))]));
}

#[test]
fn declared_headers_append_in_their_order() {
    #[derive(ApiError)]
    #[api(
        status = 401,
        message = "…",
        header("WWW-Authenticate", "Bearer"),
        header("X-Other", "1"),
        header("www-authenticate", "Basic")
    )]
    #[api(header("WWW-Authenticate", "Digest"))]
    struct NoKey;
    let response = NoKey.to_response();
    assert_eq!(headers(&response, "www-authenticate"), ["Bearer", "Basic", "Digest"]);
    assert_eq!(header(&response, "x-other"), Some("1"));
    let declared: Vec<_> = NoKey.spec().headers().iter().map(HeaderSpec::name).collect();
    assert_eq!(declared, ["WWW-Authenticate", "X-Other", "www-authenticate", "WWW-Authenticate"]);
}

#[test]
fn a_declared_value_may_be_empty() {
    #[derive(ApiError)]
    #[api(status = 401, message = "…", header("X-Empty", ""))]
    struct NoKey;
    assert_eq!(header(&NoKey.to_response(), "x-empty"), Some(""));
}

#[derive(ApiError)]
#[api(status = 429, message = "…")]
struct Limited {
    #[api(header = "X-RateLimit-Limit")]
    limit: u32,
    #[api(header = "X-RateLimit-Remaining")]
    remaining: Option<u32>,
    #[api(header = "X-Plan")]
    plan: String,
}

fn limited(remaining: Option<u32>, plan: &str) -> Limited {
    Limited { limit: 60, remaining, plan: plan.to_owned() }
}

#[test]
fn a_field_is_a_headers_value_by_its_display() {
    let response = limited(Some(0), "free").to_response();
    assert_eq!(header(&response, "x-ratelimit-limit"), Some("60"));
    assert_eq!(header(&response, "x-ratelimit-remaining"), Some("0"));
    assert_eq!(header(&response, "x-plan"), Some("free"));
}

#[test]
fn none_is_no_header() {
    let response = limited(None, "free").to_response();
    assert_eq!(header(&response, "x-ratelimit-remaining"), None);
    assert_eq!(header(&response, "x-ratelimit-limit"), Some("60"));
}

#[test]
fn a_value_that_http_does_not_allow_is_left_out() {
    for bad in ["a\r\nset-cookie: b", "a\nb", "a\rb", "\u{0}", "\u{7f}", "a\u{1b}b"] {
        let response = limited(Some(1), bad).to_response();
        assert_eq!(header(&response, "x-plan"), None, "{bad:?}");
        assert_eq!(header(&response, "set-cookie"), None, "{bad:?}");
        assert_eq!(header(&response, "x-ratelimit-limit"), Some("60"), "{bad:?}");
    }
}

#[test]
fn a_field_without_a_limit_on_its_type_may_be_optional_in_any_form() {
    #[derive(ApiError)]
    #[api(status = 429, message = "…")]
    struct Error<'a> {
        #[api(header = "X-Borrowed")]
        borrowed: Option<&'a str>,
        #[api(header = "X-Plain")]
        plain: &'a str,
        #[api(header = "X-Boxed")]
        boxed: Option<Box<str>>,
    }
    let response = Error { borrowed: Some("a"), plain: "b", boxed: Some("c".into()) }.to_response();
    assert_eq!(header(&response, "x-borrowed"), Some("a"));
    assert_eq!(header(&response, "x-plain"), Some("b"));
    assert_eq!(header(&response, "x-boxed"), Some("c"));
    let response = Error { borrowed: None, plain: "b", boxed: None }.to_response();
    assert_eq!(header(&response, "x-borrowed"), None);
    assert_eq!(header(&response, "x-boxed"), None);
}

#[test]
fn an_alias_of_an_option_is_one() {
    type Perhaps = Option<u8>;
    #[derive(ApiError)]
    #[api(status = 429, message = "…")]
    struct Error(#[api(header = "X-Perhaps")] Perhaps);
    assert_eq!(header(&Error(None).to_response(), "x-perhaps"), None);
    assert_eq!(header(&Error(Some(1)).to_response(), "x-perhaps"), Some("1"));
}

#[test]
fn headers_from_fields_append_behind_the_declared_ones() {
    #[derive(ApiError)]
    #[api(status = 429, message = "…", header("X-Hint", "declared"))]
    struct Error {
        #[api(header = "X-Hint")]
        first: &'static str,
        #[api(header = "x-hint")]
        second: u8,
    }
    let response = Error { first: "first", second: 2 }.to_response();
    assert_eq!(headers(&response, "x-hint"), ["declared", "first", "2"]);
}

#[test]
fn a_field_may_be_several_headers_and_a_detail() {
    #[derive(ApiError)]
    #[api(status = 429, message = "…")]
    struct Error {
        #[api(detail, header = "X-One", header = "X-Two")]
        limit: u8,
    }
    let response = Error { limit: 9 }.to_response();
    assert_eq!(header(&response, "x-one"), Some("9"));
    assert_eq!(header(&response, "x-two"), Some("9"));
    assert!(response.body().ends_with(br#""details":{"limit":9}}}"#));
}

#[test]
fn a_display_that_fails_is_no_header() {
    struct Failing;

    impl fmt::Display for Failing {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("half")?;
            Err(fmt::Error)
        }
    }

    #[derive(ApiError)]
    #[api(status = 429, message = "…")]
    struct Error(#[api(header = "X-Failing")] Failing, #[api(header = "X-Other")] u8);
    let response = Error(Failing, 1).to_response();
    assert_eq!(header(&response, "x-failing"), None);
    assert_eq!(header(&response, "x-other"), Some("1"));
}

#[test]
fn the_content_type_is_that_of_the_envelope() {
    let response = limited(None, "free").to_response();
    assert_eq!(header(&response, "content-type"), Some("application/json"));
    let problem = limited(None, "free").body().with_envelope(&errorbook::envelope::PROBLEM).to_response();
    assert_eq!(header(&problem, "content-type"), Some("application/problem+json"));
}

#[test]
fn the_name_of_a_fields_header_is_part_of_the_spec() {
    let headers: Vec<_> = limited(None, "free").spec().fields().map(|field| field.headers()).collect();
    assert_eq!(headers, [["X-RateLimit-Limit"], ["X-RateLimit-Remaining"], ["X-Plan"]]);
}

#[derive(ApiError)]
enum RunError {
    #[api(
        status = 409,
        message = "{state} already",
        header("Location", "/runs/{id}?try={attempt:>03}&code={code}"),
        header("X-State", "{{{state}}} {status}")
    )]
    Busy { id: String, attempt: u32, state: &'static str },
    #[api(
        status = 410,
        message = "Gone: {0:>3$}.",
        header("X-Wide", "[{0:>3$}|{2:?}]"),
        header("X-Plain", "a")
    )]
    Gone(u8, #[api(detail = "org")] Org, Org, usize),
}

#[derive(serde::Serialize, Debug)]
struct Org(&'static str);

#[test]
fn a_headers_text_is_a_template_as_a_message_is() {
    let busy = RunError::Busy { id: "r7".into(), attempt: 2, state: "done" };
    let response = busy.to_response();
    assert_eq!(header(&response, "location"), Some("/runs/r7?try=002&code=busy"));
    assert_eq!(header(&response, "x-state"), Some("{done} 409"));
    assert_eq!(busy.message(), "done already");
    let pieces: Vec<_> = busy.spec().headers()[1].pieces().collect();
    let field = MessagePiece::Field { name: "state", format: "" };
    assert_eq!(pieces.last(), Some(&MessagePiece::Text(" 409")));
    assert!(pieces.contains(&field));
}

#[test]
fn a_field_that_a_header_alone_shows_is_told_by_the_spec() {
    let busy = RunError::Busy { id: "r7".into(), attempt: 2, state: "done" };
    let fields: Vec<_> = busy.spec().fields().map(|field| (field.name(), field.ty())).collect();
    assert_eq!(fields, [("id", "String"), ("attempt", "u32"), ("state", "&'static str")]);
    // The page's example has a header too, made of samples.
    let example = busy.spec().to_example().to_response();
    assert_eq!(header(&example, "location"), Some("/runs/id?try=1&code=busy"));
    assert_eq!(header(&example, "x-state"), Some("{state} 409"));
}

#[test]
fn a_headers_text_that_http_does_not_allow_is_left_out() {
    let busy = RunError::Busy { id: "r\n7".into(), attempt: 2, state: "größer" };
    let response = busy.to_response();
    assert_eq!((header(&response, "location"), header(&response, "x-state")), (None, None));
}

#[test]
fn message_and_headers_may_show_the_same_fields_in_their_own_formats() {
    let gone = RunError::Gone(7, Org("a"), Org("b"), 3);
    let response = gone.to_response();
    assert_eq!(header(&response, "x-wide"), Some("[  7|Org(\"b\")]"));
    assert_eq!(header(&response, "x-plain"), Some("a"));
    assert_eq!(gone.message(), "Gone:   7.");
    assert!(response.body().ends_with(br#""details":{"org":"a"}}}"#), "{:?}", response.body());
}

#[derive(ApiError)]
#[api(
    status = 429,
    code = "too_much",
    message = "…",
    header("X-Constant", "1"),
    header("X-Template", "{text}{small}")
)]
struct TooMuch {
    #[api(header = "X-Text")]
    text: String,
    #[api(header = "X-Small")]
    small: u8,
    #[api(header = "X-Long")]
    long: Long,
    #[api(header = "X-Last")]
    last: &'static str,
}

/// Says so many bytes, a few at a time, and counts how many it was asked for.
struct Long(usize, Arc<AtomicUsize>);

impl fmt::Display for Long {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for _ in 0..self.0 / 8 {
            self.1.fetch_add(8, Ordering::Relaxed);
            formatter.write_str("01234567")?;
        }
        Ok(())
    }
}

fn headers_of(text: usize, long: usize) -> (Vec<String>, usize) {
    let asked = Arc::default();
    let long = Long(long, Arc::clone(&asked));
    let response = TooMuch { text: "x".repeat(text), small: 7, long, last: "end" }.to_response();
    let names = response.headers().keys().filter(|name| name.as_str().starts_with("x-"));
    (names.map(ToString::to_string).collect(), asked.load(Ordering::Relaxed))
}

#[test]
fn headers_of_values_stay_within_8_kib_together() {
    let names = |text, long| headers_of(text, long).0;
    assert_eq!(names(10, 16), ["x-constant", "x-template", "x-text", "x-small", "x-long", "x-last"]);
    for much in [8 * 1024, 20_000, 2_000_000] {
        assert_eq!(names(much, 16), ["x-constant", "x-small", "x-long", "x-last"], "{much}");
        assert_eq!(names(10, much), ["x-constant", "x-template", "x-text", "x-small", "x-last"], "{much}");
    }
    // In their order, each that still fits.
    assert_eq!(names(5000, 16), ["x-constant", "x-template", "x-small", "x-long", "x-last"]);
    assert_eq!(names(10, 8000), ["x-constant", "x-template", "x-text", "x-small", "x-long"]);
    // Nobody writes out what is left out.
    assert!(headers_of(10, 100_000_000).1 < 10_000);
}
