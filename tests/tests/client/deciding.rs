//! The policy's decision: whether a request is sent again, when, and what a client is told where it is not.

use std::time::{Duration, Instant};

use errorbook::ApiError;
use errorbook::client::{Budget, Decision, Policy, Told, Transport, Why};
use errorbook::retry::{Attempt, RetryRule};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use crate::common::{plain, seconds};

/// An error for each form of a rule.
#[derive(ApiError)]
enum Error {
    #[api(status = 503, retry = "none")]
    Never,
    #[api(status = 500, retry = "backoff, if safe")]
    IfSafe,
    #[api(status = 502)]
    IfIdempotent,
    #[api(status = 503)]
    Always,
    #[api(status = 500, retry = "backoff 1s 2s, 7 times, always")]
    SevenTimes,
    #[api(status = 500, retry = "backoff 1s 1s 1s 1s 1s 1s, always")]
    LongSchedule,
    #[api(status = 503, retry = "after 30s..60s, once")]
    Between,
    #[api(status = 503, retry = "after 30s")]
    Exactly,
}

/// A response of this error, with these headers.
fn told(error: &Error, headers: &[(&'static str, &'static str)]) -> Told {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.append(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    Told::of_head(error.status(), &map).with_rule(error.spec().retry())
}

fn get(n: u32) -> Attempt<'static> {
    Attempt::first(&Method::GET).nth(n)
}

const POST: Attempt<'static> = Attempt::first(&Method::POST);

/// A number of the middle, so that what is drawn is about half.
const HALF: u64 = u64::MAX / 2;

fn decide(policy: &Policy, attempt: &Attempt<'_>, told: Told) -> Decision {
    policy.decide(attempt, told, HALF, Instant::now())
}

fn why(decision: Decision) -> Option<Why> {
    match decision {
        Decision::Stop { why, .. } => Some(why),
        _ => None,
    }
}

/// All waits of a request that fails again and again.
fn waits(policy: &Policy, first: Attempt<'_>, told: Told) -> Vec<Duration> {
    let next = |n| match decide(policy, &first.nth(n), told) {
        Decision::Retry { after } => Some(after),
        _ => None,
    };
    (1..).map_while(next).collect()
}

#[test]
fn without_jitter_the_schedule_is_1_2_4_8_seconds_and_then_no_more() {
    let schedule = [1, 2, 4, 8].map(seconds);
    assert_eq!(waits(&plain(), get(1), told(&Error::Always, &[])), schedule);
    let fifth = decide(&plain(), &get(5), told(&Error::Always, &[]));
    assert_eq!(fifth, Decision::Stop { why: Why::RuleUsedUp, come_back: None });
}

#[test]
fn with_jitter_a_wait_of_a_schedule_is_drawn_between_zero_and_itself() {
    let policy = Policy::new().without_budget();
    let draw =
        |error: &Error, n, random| match policy.decide(&get(n), told(error, &[]), random, Instant::now()) {
            Decision::Retry { after } => after,
            stop => panic!("{stop:?}"),
        };
    for n in 1..=4 {
        assert_eq!(draw(&Error::Always, n, 0), Duration::ZERO);
        assert_eq!(draw(&Error::Always, n, u64::MAX), seconds(1 << (n - 1)));
    }
    assert_eq!(draw(&Error::Always, 3, u64::MAX / 4).as_millis(), 999);
    // A wait that the rule tells is no schedule.
    for random in [0, HALF, u64::MAX] {
        assert_eq!(draw(&Error::Exactly, 1, random), seconds(30));
    }
    assert_eq!(draw(&Error::Between, 1, 0), seconds(30));
    assert_eq!(draw(&Error::Between, 1, HALF).as_secs(), 44);
    assert_eq!(draw(&Error::Between, 1, u64::MAX), seconds(60));
}

#[test]
fn nobody_comes_back_earlier_than_told() {
    let policy = Policy::new().without_budget();
    for random in [0, 1, HALF, u64::MAX] {
        for error in [Error::IfIdempotent, Error::Always, Error::Between, Error::Exactly, Error::SevenTimes] {
            let told = told(&error, &[("retry-after", "9")]);
            let decision = policy.decide(&get(1), told, random, Instant::now());
            assert_eq!(decision, Decision::Retry { after: seconds(9) }, "{}", error.code());
        }
    }
}

#[test]
fn a_range_that_its_response_tells_by_its_lower_bound_stays_a_range() {
    #[derive(ApiError)]
    #[api(status = 503, retry = "after 1500ms..3s", message = "…")]
    struct Fractions;
    let latest = |told| Policy::new().decide(&POST, told, u64::MAX, Instant::now());
    let headers = |headers| Told::of_head(StatusCode::OK, &headers).with_rule(Fractions.spec().retry());
    let mut both = Fractions.to_response().headers().clone();
    assert_eq!(latest(headers(both.clone())), Decision::Retry { after: seconds(3) });
    both.insert("retry-after-ms", HeaderValue::from_static("1500"));
    assert_eq!(latest(headers(both)), Decision::Retry { after: seconds(3) });
}

#[test]
fn none_and_the_conditions_hold_whatever_the_response_says() {
    let urged: &[_] = &[("retry-after", "1"), ("x-should-retry", "true"), ("retry-after-ms", "10")];
    let put = Attempt::first(&Method::PUT);
    for headers in [&[][..], urged] {
        let why = |attempt, error| why(decide(&plain(), &attempt, told(&error, headers)));
        assert_eq!(why(get(1), Error::Never), Some(Why::Never));
        assert_eq!(why(put, Error::IfSafe), Some(Why::NotRepeatable));
        assert_eq!(why(POST.with_idempotency_key(true), Error::IfSafe), Some(Why::NotRepeatable));
        assert_eq!(why(POST, Error::IfIdempotent), Some(Why::NotRepeatable));
        assert_eq!(why(POST.with_idempotency_key(true), Error::IfIdempotent), None);
        assert_eq!(why(put, Error::IfIdempotent), None);
        assert_eq!(why(POST, Error::Always), None);
    }
    let teapot = Told::of_head(StatusCode::NOT_FOUND, &told_headers(urged));
    assert_eq!(why(decide(&plain(), &get(1), teapot)), Some(Why::Never));
}

fn told_headers(headers: &[(&'static str, &'static str)]) -> HeaderMap {
    let pairs =
        headers.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
    pairs.collect()
}

#[test]
fn a_false_x_should_retry_is_obeyed_and_what_was_told_is_handed_back() {
    let told = told(&Error::Always, &[("x-should-retry", "false"), ("retry-after", "9")]);
    let stop = Decision::Stop { why: Why::ToldNotTo, come_back: Some(seconds(9)) };
    assert_eq!(decide(&plain(), &get(1), told), stop);
}

#[test]
fn a_rule_without_a_number_is_bounded_by_the_policy_and_one_with_a_number_by_that() {
    let count = |policy: &Policy, error| waits(policy, get(1), told(&error, &[])).len();
    assert_eq!(count(&plain(), Error::LongSchedule), 4);
    assert_eq!(count(&plain(), Error::SevenTimes), 7);
    assert_eq!(count(&plain().with_max_retries(9), Error::LongSchedule), 6);
    assert_eq!(count(&plain().with_max_retries(2), Error::SevenTimes), 2);
    assert_eq!(count(&plain().with_max_retries(0), Error::Always), 0);
    let third = decide(&plain().with_max_retries(2), &get(3), told(&Error::Always, &[]));
    assert_eq!(third, Decision::Stop { why: Why::MaxRetries, come_back: Some(seconds(4)) });
}

#[test]
fn a_wait_beyond_the_callers_patience_stops_at_once_and_says_when_to_come_back() {
    let hasty = plain().with_patience(seconds(5));
    let stop = Decision::Stop { why: Why::TooLong, come_back: Some(seconds(6)) };
    assert_eq!(decide(&hasty, &get(1), told(&Error::Always, &[("retry-after", "6")])), stop);
    let exactly = decide(&hasty, &get(1), told(&Error::Always, &[("retry-after", "5")]));
    assert_eq!(exactly, Decision::Retry { after: seconds(5) });
    // By itself a client waits a minute.
    let told = |wait| told(&Error::Always, &[("retry-after", wait)]);
    assert_eq!(why(decide(&Policy::new(), &get(1), told("61"))), Some(Why::TooLong));
    assert_eq!(why(decide(&Policy::new(), &get(1), told("60"))), None);
    let forever = decide(&Policy::new(), &get(1), told("99999999999999999999999"));
    assert_eq!(forever, Decision::Stop { why: Why::TooLong, come_back: Some(seconds(u64::MAX)) });
    let patient = plain().with_patience(Duration::MAX);
    assert_eq!(
        decide(&patient, &get(1), told("99999999999999999999999")),
        Decision::Retry { after: seconds(u64::MAX) }
    );
}

#[test]
fn chance_never_draws_more_than_there_is_patience_for() {
    let hasty = Policy::new().without_budget().with_patience(seconds(3));
    let latest = hasty.decide(&get(4), told(&Error::Always, &[]), u64::MAX, Instant::now());
    assert_eq!(latest, Decision::Retry { after: seconds(3) });
    let hasty = hasty.with_patience(seconds(45));
    let latest = hasty.decide(&get(1), told(&Error::Between, &[]), u64::MAX, Instant::now());
    assert_eq!(latest, Decision::Retry { after: seconds(45) });
}

#[test]
fn no_attempt_begins_after_the_total_time() {
    let policy = plain().with_max_elapsed(seconds(10));
    let told = told(&Error::Always, &[("retry-after", "4")]);
    let at = |elapsed| decide(&policy, &get(2).with_elapsed(elapsed), told);
    assert_eq!(at(seconds(6)), Decision::Retry { after: seconds(4) });
    let stop = Decision::Stop { why: Why::OutOfTime, come_back: Some(seconds(4)) };
    assert_eq!(at(seconds(6) + Duration::from_nanos(1)), stop);
    assert_eq!(at(Duration::MAX), stop);
}

#[test]
fn what_was_not_sent_is_sent_again_and_what_was_lost_only_where_it_is_idempotent() {
    let decide = |attempt, transport| plain().decide(&attempt, transport, HALF, Instant::now());
    let retry = Decision::Retry { after: seconds(1) };
    assert_eq!(decide(POST, Transport::NotSent), retry);
    assert_eq!(decide(get(1), Transport::Lost), retry);
    assert_eq!(decide(POST.with_idempotency_key(true), Transport::Lost), retry);
    let stop = Decision::Stop { why: Why::NotRepeatable, come_back: None };
    assert_eq!(decide(POST, Transport::Lost), stop);
    assert_eq!(why(decide(get(5), Transport::NotSent)), Some(Why::RuleUsedUp));
}

#[test]
fn a_budget_is_drawn_on_by_retries_alone_and_shared_by_clones() {
    let now = Instant::now();
    let policy = plain().with_budget(Budget::of_retries(2));
    let told = told(&Error::IfIdempotent, &[]);
    // What is stopped anyway costs nothing.
    for _ in 0..10 {
        assert_eq!(why(policy.decide(&POST, told, 0, now)), Some(Why::NotRepeatable));
        assert_eq!(why(policy.decide(&get(9), told, 0, now)), Some(Why::RuleUsedUp));
    }
    assert_eq!(why(policy.decide(&get(1), told, 0, now)), None);
    assert_eq!(why(policy.clone().decide(&get(1), told, 0, now)), None);
    let stop = Decision::Stop { why: Why::Budget, come_back: Some(seconds(1)) };
    assert_eq!(policy.decide(&get(1), told, 0, now), stop);
    for _ in 0..5 {
        policy.succeeded(&get(1));
    }
    assert_eq!(why(policy.decide(&get(1), told, 0, now)), None);
    assert_eq!(why(policy.decide(&get(1), told, 0, now)), Some(Why::Budget));
    policy.succeeded(&get(2));
    assert_eq!(why(policy.decide(&get(1), told, 0, now)), None);
}

#[test]
fn there_is_no_retry_of_an_attempt_that_was_none() {
    assert_eq!(why(decide(&plain(), &get(0), told(&Error::Always, &[]))), Some(Why::RuleUsedUp));
    assert_eq!(why(decide(&plain(), &get(u32::MAX), told(&Error::SevenTimes, &[]))), Some(Why::RuleUsedUp));
    assert_eq!(Told::of_head(StatusCode::OK, &HeaderMap::new()).rule(), RetryRule::NEVER);
}
