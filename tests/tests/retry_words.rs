//! A retry rule in English, as a page prints it.

use std::time::Duration;

use errorbook::ApiError;
use errorbook::retry::RetryRule;
use http::StatusCode;

/// Each rule on a 500, where it leaves its condition out, and how it reads.
macro_rules! reads {
    ($($rule:literal => $words:literal,)*) => {$({
        #[derive(ApiError)]
        #[api(status = 500, retry = $rule)]
        struct Error;
        assert_eq!(Error.spec().retry().to_string(), $words, "{}", $rule);
    })*};
}

/// The same for a rule that reads the field.
macro_rules! reads_with_a_field {
    ($($rule:literal => $words:literal,)*) => {$({
        #[derive(ApiError)]
        #[api(status = 500, retry = $rule)]
        struct Error(#[api(retry_after)] Duration);
        assert_eq!(Error(Duration::ZERO).spec().retry().to_string(), $words, "{}", $rule);
    })*};
}

#[test]
fn none_is_no_promise_that_it_fails_again() {
    reads! { "none" => "Do not try again automatically.", }
}

#[test]
fn a_wait_comes_first_then_the_number_then_the_condition() {
    reads! {
        "after 30s..60s, if idempotent" =>
            "Wait 30 to 60 seconds, then try again, up to 4 times; only requests that are idempotent.",
        "after 30s, always" => "Wait 30 seconds, then try again, up to 4 times.",
        "after 30s, once, always" => "Wait 30 seconds, then try again, once.",
        "after 30s, 2 times, if safe" =>
            "Wait 30 seconds, then try again, up to 2 times; \
             only requests with a safe method (GET, HEAD, OPTIONS, TRACE).",
    }
}

#[test]
fn a_wait_has_the_unit_in_which_one_would_say_it() {
    reads! {
        "after 1ms, once, always" => "Wait 1 millisecond, then try again, once.",
        "after 250ms, once, always" => "Wait 250 milliseconds, then try again, once.",
        "after 1s, once, always" => "Wait 1 second, then try again, once.",
        "after 1000ms, once, always" => "Wait 1 second, then try again, once.",
        "after 1500ms, once, always" => "Wait 1.5 seconds, then try again, once.",
        "after 1050ms, once, always" => "Wait 1.05 seconds, then try again, once.",
        "after 10001ms, once, always" => "Wait 10.001 seconds, then try again, once.",
        "after 90s, once, always" => "Wait 90 seconds, then try again, once.",
        "after 60s, once, always" => "Wait 1 minute, then try again, once.",
        "after 2m, once, always" => "Wait 2 minutes, then try again, once.",
        "after 61001ms, once, always" => "Wait 61.001 seconds, then try again, once.",
    }
}

#[test]
fn the_ends_of_a_range_share_a_unit_where_they_can() {
    reads! {
        "after 100ms..200ms, once, always" => "Wait 100 to 200 milliseconds, then try again, once.",
        "after 500ms..1s, once, always" => "Wait 500 milliseconds to 1 second, then try again, once.",
        "after 1s..1500ms, once, always" => "Wait 1 to 1.5 seconds, then try again, once.",
        "after 30s..1m, once, always" => "Wait 30 to 60 seconds, then try again, once.",
        "after 30s..5m, once, always" => "Wait 30 seconds to 5 minutes, then try again, once.",
        "after 1m..2m, once, always" => "Wait 1 to 2 minutes, then try again, once.",
        "after 1m..90s, once, always" => "Wait 60 to 90 seconds, then try again, once.",
    }
}

#[test]
fn a_schedule_is_listed() {
    reads! {
        "backoff, if safe" =>
            "Try again up to 4 times, after waits of 1, 2, 4 and 8 seconds; \
             only requests with a safe method (GET, HEAD, OPTIONS, TRACE).",
        "backoff 1s 2s" =>
            "Try again up to 2 times, after waits of 1 and 2 seconds; only requests that are idempotent.",
        "backoff 500ms 1s 3s 2m, always" =>
            "Try again up to 4 times, after waits of 500 milliseconds, 1 second, 3 seconds and 2 minutes.",
        "backoff 1m 2m 60m, always" => "Try again up to 3 times, after waits of 1, 2 and 60 minutes.",
        "backoff 2s 1s, always" => "Try again up to 2 times, after waits of 2 and 1 seconds.",
    }
}

#[test]
fn a_schedule_is_listed_as_far_as_it_is_used() {
    reads! {
        "backoff, once, always" => "Wait 1 second, then try again, once.",
        "backoff, 2 times, always" => "Try again up to 2 times, after waits of 1 and 2 seconds.",
        "backoff 1s 1s 5s, 2 times, always" => "Wait 1 second, then try again, up to 2 times.",
    }
}

#[test]
fn beyond_a_schedule_its_last_wait_goes_on() {
    reads! {
        "backoff 1s 2s 4s, 6 times, always" =>
            "Try again up to 6 times, after waits of 1 and 2 seconds, then 4 seconds each time.",
        "backoff 1s 1m, 3 times, if safe" =>
            "Try again up to 3 times, after waits of 1 second, then 1 minute each time; \
             only requests with a safe method (GET, HEAD, OPTIONS, TRACE).",
        "backoff 5s, 6 times, always" => "Wait 5 seconds, then try again, up to 6 times.",
        "backoff 5s 5s, 6 times, always" => "Wait 5 seconds, then try again, up to 6 times.",
    }
}

#[test]
fn after_names_the_header_and_what_holds_without_it() {
    reads_with_a_field! {
        "after, once, always" =>
            "Wait as long as `Retry-After` says, then try again, once. Without that header, the wait is 1 second.",
        "after" =>
            "Wait as long as `Retry-After` says, then try again, up to 4 times; only requests that are idempotent. \
             Without that header, the waits are 1, 2, 4 and 8 seconds.",
        "after, 5 times, always" =>
            "Wait as long as `Retry-After` says, then try again, up to 5 times. \
             Without that header, the waits are 1, 2 and 4 seconds, then 8 seconds each time.",
    }
}

#[test]
fn a_status_alone_has_a_rule_too() {
    let words = |status| RetryRule::for_status(status).to_string();
    assert_eq!(words(StatusCode::NOT_FOUND), "Do not try again automatically.");
    assert_eq!(
        words(StatusCode::SERVICE_UNAVAILABLE),
        "Try again up to 4 times, after waits of 1, 2, 4 and 8 seconds.",
    );
    assert_eq!(
        words(StatusCode::INTERNAL_SERVER_ERROR),
        "Try again up to 4 times, after waits of 1, 2, 4 and 8 seconds; only requests that are idempotent.",
    );
}
