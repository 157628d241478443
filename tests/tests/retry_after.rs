//! `retry_after` on a field, the `Retry-After` header, and the slots that show the wait.

use std::time::Duration;

use errorbook::{ApiError, Envelope, envelope};

use crate::support::{header, text};

#[derive(ApiError)]
#[api(status = 429, message = "…")]
struct Limited {
    #[api(retry_after)]
    wait: Duration,
}

#[derive(ApiError)]
#[api(status = 429, message = "…")]
struct PerhapsLimited(#[api(retry_after)] Option<Duration>);

fn sent(wait: Duration) -> Option<String> {
    header(&Limited { wait }.to_response(), "retry-after").map(str::to_owned)
}

#[test]
fn the_field_is_a_duration_or_an_option_of_one() {
    assert_eq!(sent(Duration::from_secs(30)).as_deref(), Some("30"));
    let response = PerhapsLimited(Some(Duration::from_secs(30))).to_response();
    assert_eq!(header(&response, "retry-after"), Some("30"));
}

#[test]
fn no_wait_is_no_header() {
    assert_eq!(header(&PerhapsLimited(None).to_response(), "retry-after"), None);
}

#[test]
fn an_alias_of_an_option_is_one() {
    type Wait = Option<Duration>;
    #[derive(ApiError)]
    #[api(status = 429, message = "…")]
    struct Aliased(#[api(retry_after)] Wait);
    assert_eq!(header(&Aliased(None).to_response(), "retry-after"), None);
    assert_eq!(header(&Aliased(Some(Duration::from_secs(2))).to_response(), "retry-after"), Some("2"));
}

#[test]
fn a_wait_is_sent_in_whole_seconds_rounded_up() {
    for (milliseconds, expected) in [(0, "0"), (1, "1"), (999, "1"), (1000, "1"), (1001, "2"), (59_500, "60")]
    {
        assert_eq!(sent(Duration::from_millis(milliseconds)).as_deref(), Some(expected));
    }
    assert_eq!(sent(Duration::from_nanos(1)).as_deref(), Some("1"));
}

#[test]
fn a_long_wait_is_sent_whole() {
    for seconds in [9, 10, 99, 100, 101, 999, 1000, 1001, 86_400, u64::MAX] {
        assert_eq!(sent(Duration::from_secs(seconds)), Some(seconds.to_string()));
    }
    assert_eq!(sent(Duration::MAX), Some(u64::MAX.to_string()));
}

#[test]
fn a_rule_with_a_wait_sends_it_without_any_field() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 503, retry = "after 30s")]
        Exactly,
        #[api(status = 503, retry = "after 1500ms")]
        Rounded,
        #[api(status = 503, retry = "after 2m..5m")]
        Between,
        #[api(status = 503, retry = "backoff 30s")]
        Backoff,
        #[api(status = 503, retry = "none")]
        Never,
    }
    let sent = [Error::Exactly, Error::Rounded, Error::Between, Error::Backoff, Error::Never]
        .map(|error| header(&error.to_response(), "retry-after").map(str::to_owned));
    assert_eq!(sent.each_ref().map(Option::as_deref), [Some("30"), Some("2"), Some("120"), None, None]);
    // The rule says so without a value.
    let known = [Error::Exactly, Error::Rounded, Error::Between, Error::Backoff, Error::Never]
        .map(|error| error.spec().retry().retry_after().map(|wait| wait.as_millis()));
    assert_eq!(known, [Some(30_000), Some(1500), Some(120_000), None, None]);
}

#[test]
fn the_wait_can_stand_in_the_body() {
    const WAITING: Envelope =
        envelope!({ "code": code, "retry_after": retry_after?, "retryable": retryable });
    #[derive(ApiError)]
    #[api(status = 404, message = "…")]
    struct NotFound;

    let body = |error: &dyn ApiError| text(&error.body().with_envelope(&WAITING).to_bytes());
    let limited = Limited { wait: Duration::from_millis(1500) };
    assert_eq!(body(&limited), r#"{"code":"limited","retry_after":2,"retryable":true}"#);
    assert_eq!(body(&PerhapsLimited(None)), r#"{"code":"perhaps_limited","retryable":true}"#);
    assert_eq!(body(&NotFound), r#"{"code":"not_found","retryable":false}"#);
}

#[test]
fn two_values_of_one_error_wait_as_each_says() {
    const WAITING: Envelope = envelope!({ "code": code, "retry_after": retry_after });
    for seconds in [1, 2, 3] {
        let limited = Limited { wait: Duration::from_secs(seconds) };
        assert_eq!(
            text(&limited.body().with_envelope(&WAITING).to_bytes()),
            format!(r#"{{"code":"limited","retry_after":{seconds}}}"#)
        );
    }
}

#[test]
fn the_wait_may_be_a_detail_too() {
    #[derive(ApiError)]
    #[api(status = 429, message = "Wait {seconds:?} s.")]
    struct Error {
        #[api(retry_after)]
        wait: Duration,
        #[api(detail)]
        seconds: u64,
    }
    let error = Error { wait: Duration::from_secs(3), seconds: 3 };
    let response = error.to_response();
    assert_eq!(header(&response, "retry-after"), Some("3"));
    assert_eq!(
        text(response.body()),
        r#"{"error":{"code":"error","message":"Wait 3 s.","details":{"seconds":3}}}"#
    );
}
