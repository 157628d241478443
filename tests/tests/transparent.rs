//! `transparent`: another error answers, with everything its own but the envelope.

use std::time::Duration;

use errorbook::ApiError;
use errorbook::retry::Attempt;
use errorbook::spec::Level;
use http::Method;

use crate::support::{header, json, text};

/// Answers for those that hold it.
#[derive(Debug, thiserror::Error, ApiError)]
#[error("for operators")]
#[api(section = "Inner", docs = "https://inner.example/{code}")]
enum Inner {
    #[api(
        status = 429,
        message = "Wait for {limit}.",
        title = "Slow",
        remedy = "Wait.",
        log = "warn",
        retry = "after, once",
        header("X-Inner", "1"),
        meta(owner = "inner")
    )]
    Limited {
        #[api(detail)]
        limit: u32,
        #[api(retry_after)]
        wait: Duration,
        #[api(header = "X-Limit")]
        header: u32,
    },
    #[api(status = none, message = "It failed.")]
    Failed,
    #[api(status = 500)]
    Broken,
}

#[derive(Debug, thiserror::Error, ApiError)]
#[api(section = "Outer", docs = "https://outer.example/{code}", rename_all = "kebab-case", backoff = "9s")]
enum Outer {
    #[error(transparent)]
    #[api(transparent)]
    Inner(#[from] Inner),
    #[error("with a name")]
    #[api(transparent)]
    Named { source: Inner },
    #[error("boxed")]
    #[api(transparent)]
    Boxed(Box<Inner>),
    #[error("its own")]
    #[api(status = 404)]
    Own,
}

fn limited() -> Inner {
    Inner::Limited { limit: 60, wait: Duration::from_secs(3), header: 61 }
}

#[test]
fn everything_is_the_held_errors_own() {
    let outer = Outer::from(limited());
    assert_eq!(outer.status().as_u16(), 429);
    assert_eq!(outer.code(), "limited");
    assert_eq!(outer.message(), "Wait for 60.");
    assert!(std::ptr::eq(outer.spec(), limited().spec()));
    assert_eq!(outer.spec().title(), "Slow");
    assert_eq!(outer.spec().section(), Some("Inner"));
    assert_eq!(outer.spec().remedy(), Some("Wait."));
    assert_eq!(outer.spec().docs(), Some("https://inner.example/limited"));
    assert_eq!(outer.spec().log(), Level::Warn);
    assert!(outer.spec().meta("owner").is_some_and(|owner| owner == "inner"));
    assert_eq!(outer.retry(), limited().retry());

    let response = outer.to_response();
    assert_eq!(header(&response, "x-inner"), Some("1"));
    assert_eq!(header(&response, "x-limit"), Some("61"));
    assert_eq!(header(&response, "retry-after"), Some("3"));
    assert_eq!(
        text(response.body()),
        r#"{"error":{"code":"limited","message":"Wait for 60.","details":{"limit":60}}}"#,
    );
}

#[test]
fn a_held_errors_schedule_is_its_own_too() {
    let wait = Outer::Inner(Inner::Broken).retry().before_retry(&Attempt::first(&Method::GET)).unwrap();
    assert_eq!(*wait.start(), Duration::from_secs(1));
}

#[test]
fn a_held_server_error_shows_no_display() {
    assert_eq!(Outer::Inner(Inner::Broken).message(), "Internal Server Error");
}

#[test]
fn a_held_error_may_be_one_that_never_answers() {
    let outer = Outer::Inner(Inner::Failed);
    assert_eq!(outer.spec().status(), None);
    assert_eq!(outer.message(), "It failed.");
    assert_eq!(outer.status().as_u16(), 500);
}

#[test]
fn the_field_may_have_a_name_or_stand_in_a_box() {
    assert_eq!(Outer::Named { source: limited() }.code(), "limited");
    assert_eq!(Outer::Boxed(Box::new(limited())).code(), "limited");
    assert_eq!(json(&Outer::Boxed(Box::new(limited())))["error"]["details"]["limit"], 60);
}

#[test]
fn the_others_keep_their_own_ways() {
    assert_eq!(Outer::Own.code(), "own");
    assert_eq!(Outer::Own.message(), "its own");
}

#[test]
fn a_struct_may_be_transparent() {
    #[derive(ApiError)]
    #[api(transparent)]
    struct Wrapper(Inner);

    #[derive(ApiError)]
    #[api(transparent, envelope = errorbook::envelope::FLAT)]
    struct Named {
        error: Inner,
    }
    assert_eq!(Wrapper(limited()).code(), "limited");
    let named = Named { error: limited() };
    assert_eq!(
        text(named.to_response().body()),
        r#"{"code":"limited","message":"Wait for 60.","details":{"limit":60}}"#
    );
}

#[test]
fn errors_may_be_held_at_any_depth() {
    #[derive(ApiError)]
    enum Service {
        #[api(transparent)]
        Outer(Outer),
    }
    let error = Service::Outer(Outer::Inner(limited()));
    assert_eq!(error.code(), "limited");
    assert_eq!(error.retry().wait(), Some(Duration::from_secs(3)));
    assert_eq!(header(&error.to_response(), "x-limit"), Some("61"));
}

#[test]
fn a_question_mark_turns_a_held_error_into_its_holder() {
    fn inner() -> Result<(), Inner> {
        Err(Inner::Broken)
    }
    fn outer() -> Result<(), Outer> {
        inner()?;
        Ok(())
    }
    assert_eq!(outer().unwrap_err().code(), "broken");
}
