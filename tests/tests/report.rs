//! `Report`: any `ApiError`, boxed, so that `?` works across error types.

use std::time::Duration;

use errorbook::context::Context;
use errorbook::{ApiError, Report};

#[derive(Debug, thiserror::Error, ApiError)]
#[error("the secret of billing")]
#[api(status = 402, message = "Out of credits.")]
struct OutOfCredits;

#[derive(ApiError)]
#[api(status = 429, message = "Slow down.")]
struct RateLimited {
    #[api(retry_after)]
    wait: Duration,
}

fn billed() -> Result<(), OutOfCredits> {
    Err(OutOfCredits)
}

fn limited() -> Result<(), RateLimited> {
    Err(RateLimited { wait: Duration::from_secs(7) })
}

fn handler(limit: bool) -> Result<(), Report> {
    if limit {
        limited()?;
    }
    billed()?;
    Ok(())
}

#[test]
fn the_question_mark_makes_one_of_any_error() {
    assert_eq!(handler(false).unwrap_err().code(), "out_of_credits");
    assert_eq!(handler(true).unwrap_err().code(), "rate_limited");
}

#[test]
fn it_has_the_methods_of_an_error() {
    let report = handler(true).unwrap_err();
    assert_eq!(report.status(), http::StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(report.message(), "Slow down.");
    assert_eq!(report.retry().retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(report.spec().name(), "RateLimited");
    assert_eq!(report.to_response().headers()["retry-after"], "7");
    let body = report.body().with_request_id("req_1").to_bytes();
    assert_eq!(body, r#"{"error":{"code":"rate_limited","message":"Slow down.","request_id":"req_1"}}"#);
    assert_eq!(report.as_error().code(), "rate_limited");
}

#[test]
fn operators_read_its_display_and_callers_do_not() {
    let report = handler(false).unwrap_err();
    assert_eq!(report.to_string(), "the secret of billing");
    let body = report.to_response().into_body();
    assert!(!String::from_utf8_lossy(&body).contains("secret"));
}

#[test]
fn it_prints_as_anyhow_does() {
    #[derive(Debug, thiserror::Error, ApiError)]
    #[error("the story cannot be saved")]
    #[api(status = 500)]
    struct NotSaved(#[source] OutOfSpace);

    #[derive(Debug, thiserror::Error)]
    #[error("no space")]
    struct OutOfSpace(#[source] std::num::ParseIntError);

    let report = Report::from(NotSaved(OutOfSpace("x".parse::<u8>().unwrap_err())));
    assert_eq!(report.to_string(), "the story cannot be saved");
    assert_eq!(format!("{report:#}"), "the story cannot be saved: no space: invalid digit found in string");
    assert_eq!(
        format!("{report:?}"),
        "the story cannot be saved\n\nCaused by:\n    0: no space\n    1: invalid digit found in string",
    );
    let silent = Report::from(RateLimited { wait: Duration::ZERO });
    assert_eq!(
        (silent.to_string(), format!("{silent:?}")),
        ("rate_limited".to_owned(), "rate_limited".to_owned())
    );
}

#[test]
fn the_error_in_it_can_be_had_back() {
    let report = handler(true).unwrap_err();
    assert_eq!(report.downcast_ref::<RateLimited>().map(|error| error.wait), Some(Duration::from_secs(7)));
    assert!(report.downcast_ref::<OutOfCredits>().is_none());
}

#[test]
fn it_can_be_sent_between_threads() {
    let report = std::thread::spawn(|| handler(false).unwrap_err()).join().unwrap();
    assert_eq!(report.code(), "out_of_credits");
}

#[cfg(feature = "axum")]
#[test]
fn it_is_an_axum_response_in_the_ambient_context() {
    use axum::response::IntoResponse;

    let response = Context::new().with_request_id("req_9").scope(|| handler(true).into_response());
    assert_eq!(response.status(), http::StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(response.headers()["retry-after"], "7");
}
