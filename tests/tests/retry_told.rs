//! The decision of a client that has the rule, say from a catalogue, and the `Retry-After` of the response.

use std::ops::RangeInclusive;
use std::time::Duration;

use errorbook::ApiError;
use errorbook::retry::Attempt;
use http::Method;

use crate::support::header;

const fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

/// An error for each form of a rule.
#[derive(ApiError)]
enum Error {
    #[api(status = 429, message = "…", retry = "after, 2 times")]
    After(#[api(retry_after)] Option<Duration>),
    #[api(status = 503, retry = "after 30s")]
    Exactly,
    #[api(status = 503, retry = "after 30s..60s")]
    Between,
    #[api(status = 503, retry = "after 1500ms..3s")]
    Fractions,
    #[api(status = 503, retry = "after 1100ms..1200ms")]
    Narrow,
    #[api(status = 503, retry = "after 30s..60s")]
    BetweenOrGiven(#[api(retry_after)] Option<Duration>),
    #[api(status = 500, retry = "backoff 1s 5s, if safe")]
    Backoff,
    #[api(status = 503, retry = "none")]
    Never,
}

/// What a client does after the first attempt of a GET whose response told this.
fn decide(error: &Error, told: Option<Duration>) -> Option<RangeInclusive<Duration>> {
    error.spec().retry().before_retry(&Attempt::first(&Method::GET), told)
}

#[test]
fn without_a_told_wait_the_rule_has_its_own() {
    let exactly = |number| Some(seconds(number)..=seconds(number));
    assert_eq!(decide(&Error::After(None), None), exactly(1));
    assert_eq!(decide(&Error::Exactly, None), exactly(30));
    assert_eq!(decide(&Error::Between, None), Some(seconds(30)..=seconds(60)));
    assert_eq!(decide(&Error::Backoff, None), exactly(1));
    assert_eq!(decide(&Error::Never, None), None);
}

#[test]
fn a_told_wait_wins_over_every_rule_that_repeats() {
    for told in [Duration::ZERO, seconds(7), seconds(100)] {
        for error in [Error::After(None), Error::Exactly, Error::Between, Error::Fractions, Error::Backoff] {
            assert_eq!(decide(&error, Some(told)), Some(told..=told), "{}", error.code());
        }
    }
}

#[test]
fn a_told_wait_makes_no_retry_of_none() {
    assert_eq!(decide(&Error::Never, Some(seconds(7))), None);
}

#[test]
fn a_told_wait_changes_neither_number_nor_condition() {
    let (get, post) = (Attempt::first(&Method::GET), Attempt::first(&Method::POST));
    let (after, backoff) = (Error::After(None).spec().retry(), Error::Backoff.spec().retry());
    let told = Some(seconds(7));
    assert!(after.before_retry(&get.nth(2), told).is_some());
    assert_eq!(after.before_retry(&get.nth(3), told), None);
    assert!(backoff.before_retry(&get.nth(2), told).is_some());
    assert_eq!(backoff.before_retry(&post, told), None);
}

#[test]
fn the_lower_bound_that_a_response_tells_keeps_its_range() {
    assert_eq!(decide(&Error::Between, Some(seconds(30))), Some(seconds(30)..=seconds(60)));
    // The header has whole seconds, rounded up, and nobody comes back before that.
    assert_eq!(decide(&Error::Fractions, Some(seconds(2))), Some(seconds(2)..=seconds(3)));
    assert_eq!(decide(&Error::Narrow, Some(seconds(2))), Some(seconds(2)..=seconds(2)));
    assert_eq!(decide(&Error::Exactly, Some(seconds(30))), Some(seconds(30)..=seconds(30)));
}

#[test]
fn who_has_the_response_decides_as_who_has_the_value() {
    for error in [
        Error::After(None),
        Error::After(Some(seconds(7))),
        Error::Exactly,
        Error::Between,
        Error::BetweenOrGiven(None),
        Error::BetweenOrGiven(Some(seconds(7))),
        Error::BetweenOrGiven(Some(seconds(30))),
        Error::Backoff,
        Error::Never,
    ] {
        let response = error.to_response();
        let told = header(&response, "retry-after").map(|told| seconds(told.parse().unwrap()));
        let of_value = error.retry().before_retry(&Attempt::first(&Method::GET));
        assert_eq!(decide(&error, told), of_value, "{} {told:?}", error.code());
    }
}

#[test]
fn attempts_are_counted_from_one() {
    let attempt = Attempt::first(&Method::PUT);
    assert_eq!(attempt.number(), 1);
    assert_eq!(attempt.next(), attempt.nth(2));
    assert_eq!(attempt.nth(u32::MAX).next().number(), u32::MAX);
}

#[test]
fn an_attempt_tells_what_it_was_made_of() {
    let attempt = Attempt::first(&Method::PUT);
    assert_eq!((attempt.method(), attempt.has_idempotency_key()), (&Method::PUT, false));
    assert!(attempt.with_idempotency_key(true).has_idempotency_key());
    assert!(!attempt.with_idempotency_key(true).with_idempotency_key(false).has_idempotency_key());
}
