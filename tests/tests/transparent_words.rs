//! `transparent` on a field beside others: the held error answers, and its holder may put words of its own around the
//! message.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use allocation_counter::measure;
use errorbook::spec::MessageSource;
use errorbook::{ApiError, Envelope, ErrorSpec, Report, envelope};
use serde_json::json;

use crate::support::{body, header, json, text};

/// Its `Display` is for operators.
#[derive(Debug, ApiError)]
enum Inner {
    #[api(status = 404, code = "index_not_found", message = "There is no such index.")]
    NotFound,
    #[api(
        status = 429,
        code = "too_many_tasks",
        message = "Only {limit} tasks at a time.",
        header("X-Inner", "1")
    )]
    TooMany {
        #[api(detail)]
        limit: u32,
        #[api(retry_after)]
        wait: Duration,
        #[api(header = "X-Left")]
        left: u32,
    },
    #[api(status = 400, code = "invalid_filter")]
    Filter(String),
    #[api(status = 500, code = "internal")]
    Broken(String),
}

impl std::error::Error for Inner {}

impl fmt::Display for Inner {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Filter(filter) => write!(out, "The filter `{filter}` is not valid."),
            Self::Broken(secret) => write!(out, "secret {secret}"),
            _ => out.write_str("for operators"),
        }
    }
}

#[derive(Debug, thiserror::Error, ApiError)]
enum Milli {
    #[error("{index}: {error}")]
    #[api(message = "Index `{index}`: {error}")]
    Of {
        index: String,
        #[api(transparent)]
        error: Inner,
    },
    #[error("{0}: {1}")]
    #[api(message = "{1} ({0:?})")]
    Tuple(&'static str, #[api(transparent)] Inner),
    #[error("silent")]
    Silent {
        index: String,
        #[api(transparent)]
        error: Inner,
    },
    #[error("constant")]
    #[api(message = "{{Something}} went wrong.")]
    Constant(#[api(transparent)] Box<Inner>, u8),
    #[error("told as it is: {1}")]
    #[api(message = display)]
    Shown(#[api(transparent)] Arc<Inner>, u8),
    #[error("its own")]
    #[api(status = 418, message = "…")]
    Own,
}

fn of(error: Inner) -> Milli {
    Milli::Of { index: "books".to_owned(), error }
}

fn too_many() -> Inner {
    Inner::TooMany { limit: 5, wait: Duration::from_secs(3), left: 0 }
}

#[test]
fn the_holder_puts_its_words_around_the_held_errors_message() {
    assert_eq!(of(Inner::NotFound).message(), "Index `books`: There is no such index.");
    assert_eq!(of(too_many()).message(), "Index `books`: Only 5 tasks at a time.");
    assert_eq!(of(Inner::Filter("x".to_owned())).message(), "Index `books`: The filter `x` is not valid.");
    assert_eq!(Milli::Tuple("a", too_many()).message(), r#"Only 5 tasks at a time. ("a")"#);
}

#[test]
fn the_held_errors_display_is_never_shown() {
    let broken = of(Inner::Broken("password".to_owned()));
    assert_eq!(broken.message(), "Index `books`: Internal Server Error");
    assert!(!body(&broken).contains("password"));
}

#[test]
fn everything_but_the_message_is_the_held_errors_own() {
    let error = of(too_many());
    assert_eq!(error.status().as_u16(), 429);
    assert_eq!(error.code(), "too_many_tasks");
    assert!(std::ptr::eq(error.spec(), too_many().spec()));
    assert_eq!(error.retry(), too_many().retry());
    let response = error.to_response();
    assert_eq!(header(&response, "x-inner"), Some("1"));
    assert_eq!(header(&response, "x-left"), Some("0"));
    assert_eq!(header(&response, "retry-after"), Some("3"));
    assert_eq!(
        text(response.body()),
        concat!(
            r#"{"error":{"code":"too_many_tasks","message":"Index `books`: Only 5 tasks at a time.","#,
            r#""details":{"limit":5}}}"#,
        )
    );
}

#[test]
fn without_a_message_the_held_error_says_it_all() {
    let error = Milli::Silent { index: "books".to_owned(), error: too_many() };
    assert_eq!(body(&error), body(&too_many()));
    assert_eq!(error.message(), "Only 5 tasks at a time.");
}

#[test]
fn the_holders_words_may_be_constant_or_its_display() {
    let constant = Milli::Constant(Box::new(too_many()), 1);
    assert_eq!(constant.message(), "{Something} went wrong.");
    assert_eq!(constant.code(), "too_many_tasks");
    assert_eq!(json(&constant)["error"]["message"], "{Something} went wrong.");
    let shown = Milli::Shown(Arc::new(Inner::NotFound), 7);
    assert_eq!(
        json(&shown),
        json!({ "error": { "code": "index_not_found", "message": "told as it is: 7" } })
    );
}

#[test]
fn the_words_around_a_message_are_escaped_like_any_other() {
    let error = Milli::Of { index: "a\"\n".to_owned(), error: Inner::Filter("\\".to_owned()) };
    assert_eq!(
        body(&error),
        r#"{"error":{"code":"invalid_filter","message":"Index `a\"\n`: The filter `\\` is not valid."}}"#
    );
}

#[test]
fn a_body_tells_the_words_of_whoever_holds_the_error() {
    // Bodies are kept prepared by the held error: each holder, and none, has its own words.
    for _ in 0..2 {
        assert_eq!(
            body(&Inner::NotFound),
            r#"{"error":{"code":"index_not_found","message":"There is no such index."}}"#
        );
        assert_eq!(
            body(&of(Inner::NotFound)),
            r#"{"error":{"code":"index_not_found","message":"Index `books`: There is no such index."}}"#
        );
        assert_eq!(
            body(&Milli::Tuple("a", Inner::NotFound)),
            r#"{"error":{"code":"index_not_found","message":"There is no such index. (\"a\")"}}"#
        );
    }
    let with_id = of(Inner::NotFound).body().with_request_id("r1").to_bytes();
    assert_eq!(
        text(&with_id),
        r#"{"error":{"code":"index_not_found","message":"Index `books`: There is no such index.","request_id":"r1"}}"#
    );
}

#[test]
fn an_envelope_without_the_message_is_as_ever() {
    const BARE: Envelope = envelope!({ "code": code });
    assert_eq!(text(&of(too_many()).body().with_envelope(&BARE).to_bytes()), r#"{"code":"too_many_tasks"}"#);
}

#[derive(ApiError)]
#[api(envelope = errorbook::envelope::FLAT, message = "Cluster {cluster}: {milli}")]
struct Cluster {
    cluster: u8,
    #[api(transparent)]
    milli: Box<Milli>,
}

#[derive(ApiError)]
enum Silent {
    #[api(transparent)]
    Cluster(Cluster),
}

#[test]
fn holders_of_holders_add_their_words() {
    let error = Cluster { cluster: 7, milli: Box::new(of(too_many())) };
    assert_eq!(error.message(), "Cluster 7: Index `books`: Only 5 tasks at a time.");
    assert_eq!(
        body(&error),
        r#"{"code":"too_many_tasks","message":"Cluster 7: Index `books`: Only 5 tasks at a time.","details":{"limit":5}}"#
    );
    let own = Cluster { cluster: 7, milli: Box::new(Milli::Own) };
    assert_eq!(own.message(), "Cluster 7: …");
    let report = Report::from(own);
    assert_eq!((report.code(), report.message().as_ref()), ("own", "Cluster 7: …"));
    let silent = Silent::Cluster(Cluster { cluster: 1, milli: Box::new(of(Inner::NotFound)) });
    assert_eq!(silent.message(), "Cluster 1: Index `books`: There is no such index.");
}

#[test]
fn a_generic_type_may_be_held_beside_others() {
    #[derive(ApiError)]
    #[api(message = "{name:>4}: {inner}")]
    struct Named<T, E> {
        name: T,
        #[api(transparent)]
        inner: E,
    }
    assert_eq!(Named { name: "x", inner: too_many() }.message(), "   x: Only 5 tasks at a time.");
    assert_eq!(Named { name: 1, inner: Box::new(Inner::NotFound) }.status().as_u16(), 404);
}

#[test]
fn a_held_error_may_be_a_cause_and_stand_beside_one_that_is_public() {
    #[derive(Debug, thiserror::Error, ApiError)]
    #[api(header("X-Outer", "{code}"), meta(owner = "outer"), log = "warn", status = none)]
    enum Caused {
        #[error("for operators")]
        #[api(message = "{hint}: {source}")]
        Held {
            #[api(public)]
            hint: Box<dyn std::error::Error + Send + Sync>,
            #[api(transparent)]
            source: Inner,
        },
    }
    let error = Caused::Held { hint: "x".into(), source: too_many() };
    assert_eq!(error.message(), "x: Only 5 tasks at a time.");
    // What the enum says of all of its errors is not said of those that it holds.
    let response = error.to_response();
    assert_eq!((response.status().as_u16(), header(&response, "x-outer")), (429, None));
    assert_eq!(error.spec().meta("owner"), None);
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "for operators");
}

#[test]
fn an_error_may_hold_itself_beside_words() {
    #[derive(ApiError)]
    enum Step {
        #[api(status = 400, message = "Bad step.")]
        Bad,
        #[api(message = "{at}. {inner}")]
        At {
            at: usize,
            #[api(transparent)]
            inner: Box<Self>,
        },
    }
    let error = Step::At { at: 1, inner: Box::new(Step::At { at: 2, inner: Box::new(Step::Bad) }) };
    assert_eq!(error.message(), "1. 2. Bad step.");
    assert_eq!(Step::catalog().entries().count(), 1);
}

#[test]
fn a_message_may_be_formatted_as_a_text() {
    #[derive(ApiError)]
    #[api(message = "[{error:.width$}] [{error:?}]")]
    struct Cut {
        width: usize,
        #[api(transparent)]
        error: Inner,
    }
    let error = Cut { width: 5, error: Inner::NotFound };
    assert_eq!(error.message(), r#"[There] ["There is no such index."]"#);
}

struct Failing;

impl fmt::Display for Failing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("half")?;
        Err(fmt::Error)
    }
}

#[test]
fn a_display_that_fails_costs_the_message_of_its_error_alone() {
    #[derive(ApiError)]
    #[api(status = 409, message = "It is {0}.")]
    struct Held(Failing);

    #[derive(ApiError)]
    enum Holder {
        #[api(message = "{0}: {1}")]
        Fails(Failing, #[api(transparent)] Inner),
        #[api(message = "{0}: {1}")]
        Holds(u8, #[api(transparent)] Held),
    }
    for (error, message) in [
        (Holder::Fails(Failing, Inner::NotFound), "Not Found"),
        (Holder::Holds(1, Held(Failing)), "1: Conflict"),
    ] {
        assert_eq!(error.message(), message);
        assert_eq!(json(&error)["error"]["message"], message);
    }
}

#[test]
fn operators_read_the_holders_display() {
    assert_eq!(Report::from(of(Inner::NotFound)).to_string(), "books: for operators");
}

#[test]
fn the_catalogue_tells_the_words_of_the_holder() {
    let entries: Vec<_> = Milli::catalog().entries().map(ErrorSpec::code).collect();
    assert_eq!(entries, ["index_not_found", "too_many_tasks", "invalid_filter", "internal", "own"]);
    let words: Vec<_> =
        Milli::catalog().nested_messages().map(|(held, words)| (held.type_name(), words)).collect();
    assert_eq!(
        words,
        [
            ("Inner", Some(MessageSource::Template("Index `{index}`: {error}"))),
            ("Inner", Some(MessageSource::Template("{1} ({0:?})"))),
            ("Inner", None),
            ("Inner", Some(MessageSource::Template("{{Something}} went wrong."))),
            ("Inner", Some(MessageSource::Display(Some("told as it is: {1}")))),
        ]
    );
}

#[test]
fn words_around_a_constant_message_cost_the_body_alone() {
    let error = of(Inner::NotFound);
    drop(error.body().to_bytes());
    assert_eq!(measure(|| drop(error.body().to_bytes())).count_total, 1);
    let constant = Milli::Constant(Box::new(Inner::NotFound), 1);
    assert_eq!(measure(|| drop(constant.message())).count_total, 0);
}
