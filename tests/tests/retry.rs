//! Retry rules: what each word means, what holds where it is left out, and the decision that a client takes.

use std::time::Duration;

use errorbook::ApiError;
use errorbook::retry::{Attempt, DEFAULT_BACKOFF, RetryRule, RetryWait, RetryWhen};
use http::Method;

use crate::support::header;

const fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

/// The `n`th attempt of a GET.
fn get(n: u32) -> Attempt<'static> {
    Attempt::first(&Method::GET).nth(n)
}

/// The one wait before the `n`th retry of a GET, which every condition allows.
fn nth_wait(error: &dyn ApiError, n: u32) -> Option<Duration> {
    let wait = error.retry().before_retry(&get(n))?;
    assert_eq!(wait.start(), wait.end());
    Some(*wait.start())
}

/// All waits of a GET, in seconds.
fn waits(error: &dyn ApiError) -> Vec<f64> {
    (1..).map_while(|n| nth_wait(error, n)).map(|wait| wait.as_secs_f64()).collect()
}

/// A struct with this rule, and perhaps a field.
macro_rules! error {
    ($name:ident, $status:literal $(, $rule:literal)?) => {
        #[derive(ApiError)]
        #[api(status = $status, message = "…" $(, retry = $rule)?)]
        struct $name;
    };
}

#[test]
fn none_is_never_repeated() {
    error!(Error, 503, "none");
    assert_eq!(Error.retry().rule(), RetryRule::NEVER);
    assert!(!Error.retry().is_retryable());
    assert_eq!(nth_wait(&Error, 1), None);
    assert_eq!(header(&Error.to_response(), "retry-after"), None);
}

#[test]
fn none_still_sends_the_fields_wait() {
    #[derive(ApiError)]
    #[api(status = 503, message = "…", retry = "none")]
    struct Error {
        #[api(retry_after)]
        wait: Duration,
    }
    let error = Error { wait: seconds(5) };
    assert_eq!(nth_wait(&error, 1), None);
    assert_eq!(header(&error.to_response(), "retry-after"), Some("5"));
}

#[derive(ApiError)]
#[api(status = 429, message = "…", retry = "after")]
struct After {
    #[api(retry_after)]
    wait: Option<Duration>,
}

#[test]
fn after_waits_as_the_value_says() {
    let error = After { wait: Some(seconds(7)) };
    assert_eq!(waits(&error), [7.0; 4]);
    assert_eq!(error.retry().wait(), Some(seconds(7)));
    assert_eq!(header(&error.to_response(), "retry-after"), Some("7"));
}

#[test]
fn after_backs_off_where_the_value_says_nothing() {
    let error = After { wait: None };
    assert_eq!(waits(&error), [1.0, 2.0, 4.0, 8.0]);
    assert_eq!(header(&error.to_response(), "retry-after"), None);
}

#[test]
fn after_backs_off_by_the_schedule_of_the_type() {
    #[derive(ApiError)]
    #[api(status = 429, message = "…", retry = "after", backoff = "3s 9s")]
    struct Error {
        #[api(retry_after)]
        wait: Option<Duration>,
    }
    assert_eq!(waits(&Error { wait: None }), [3.0, 9.0]);
    assert_eq!(waits(&Error { wait: Some(seconds(5)) }), [5.0, 5.0]);
}

#[test]
fn after_30s_waits_30_seconds() {
    error!(Error, 502, "after 30s");
    assert_eq!(Error.retry().rule().wait(), RetryWait::Between(seconds(30), seconds(30)));
    assert_eq!(waits(&Error), [30.0; 4]);
    assert_eq!(header(&Error.to_response(), "retry-after"), Some("30"));
}

#[test]
fn a_field_that_holds_a_wait_wins_over_after_30s() {
    #[derive(ApiError)]
    #[api(status = 502, message = "…", retry = "after 30s")]
    struct Error {
        #[api(retry_after)]
        wait: Option<Duration>,
    }
    let error = Error { wait: Some(seconds(5)) };
    assert_eq!(waits(&error), [5.0; 4]);
    assert_eq!(header(&error.to_response(), "retry-after"), Some("5"));
    let error = Error { wait: None };
    assert_eq!(waits(&error), [30.0; 4]);
    assert_eq!(header(&error.to_response(), "retry-after"), Some("30"));
}

#[test]
fn a_range_spreads_clients_out_and_sends_its_lower_bound() {
    error!(Error, 503, "after 30s..60s");
    for n in 1..=4 {
        assert_eq!(Error.retry().before_retry(&get(n)), Some(seconds(30)..=seconds(60)));
    }
    assert_eq!(Error.retry().before_retry(&get(5)), None);
    assert_eq!(header(&Error.to_response(), "retry-after"), Some("30"));
}

#[test]
fn a_field_that_holds_a_wait_wins_over_a_range() {
    #[derive(ApiError)]
    #[api(status = 503, message = "…", retry = "after 30s..60s")]
    struct Error {
        #[api(retry_after)]
        wait: Option<Duration>,
    }
    assert_eq!(waits(&Error { wait: Some(seconds(5)) }), [5.0; 4]);
    let spread = Error { wait: None }.retry().before_retry(&get(1));
    assert_eq!(spread, Some(seconds(30)..=seconds(60)));
}

#[test]
fn backoff_is_1_2_4_8_seconds_and_sends_nothing() {
    error!(Error, 500, "backoff");
    assert_eq!(Error.retry().rule().wait(), RetryWait::Backoff(DEFAULT_BACKOFF));
    assert_eq!(waits(&Error), [1.0, 2.0, 4.0, 8.0]);
    assert_eq!(header(&Error.to_response(), "retry-after"), None);
}

#[test]
fn backoff_is_the_schedule_of_the_type_where_it_has_one() {
    #[derive(ApiError)]
    #[api(backoff = "500ms 3s 1m")]
    enum Error {
        #[api(status = 500, retry = "backoff")]
        Written,
        #[api(status = 502)]
        LeftOut,
        #[api(status = 503, retry = "backoff 1s")]
        Own,
    }
    assert_eq!(waits(&Error::Written), [0.5, 3.0, 60.0]);
    assert_eq!(waits(&Error::LeftOut), [0.5, 3.0, 60.0]);
    assert_eq!(waits(&Error::Own), [1.0]);
}

#[test]
fn backoff_with_waits_is_that_schedule() {
    error!(Error, 500, "backoff 500ms 1s 2s");
    assert_eq!(waits(&Error), [0.5, 1.0, 2.0]);
    assert_eq!(header(&Error.to_response(), "retry-after"), None);
}

#[test]
fn waits_are_in_milliseconds_seconds_and_minutes() {
    error!(Error, 500, "backoff 250ms 2s 3m");
    assert_eq!(waits(&Error), [0.25, 2.0, 180.0]);
}

#[test]
fn once_is_one_retry() {
    error!(Error, 500, "backoff, once");
    assert_eq!(Error.retry().rule().times(), 1);
    assert_eq!(waits(&Error), [1.0]);
}

#[test]
fn a_number_of_times_counts_retries_and_not_the_first_attempt() {
    error!(Error, 500, "backoff, 2 times");
    assert_eq!(waits(&Error), [1.0, 2.0]);
}

#[test]
fn past_the_end_of_a_schedule_the_last_wait_repeats() {
    error!(Error, 500, "backoff 1s 3s, 5 times");
    assert_eq!(waits(&Error), [1.0, 3.0, 3.0, 3.0, 3.0]);
}

#[test]
fn after_may_be_limited_too() {
    error!(Error, 503, "after 2s, 3 times");
    assert_eq!(waits(&Error), [2.0; 3]);
}

#[test]
fn what_stands_behind_commas_may_stand_in_any_order() {
    error!(One, 500, "backoff, 2 times, if safe");
    error!(Other, 500, "backoff, if safe, 2 times");
    assert_eq!(One.retry(), Other.retry());
    assert_eq!(One.retry().rule().times(), 2);
    assert_eq!(One.retry().rule().when(), RetryWhen::IfSafe);
}

/// Whether a request with this method and no key may be repeated, and whether a key would change that.
fn allowed(error: &dyn ApiError, method: &Method) -> (bool, bool) {
    let allows =
        |has_key| error.retry().before_retry(&Attempt::first(method).with_idempotency_key(has_key)).is_some();
    (allows(false), allows(true))
}

const SAFE: [Method; 4] = [Method::GET, Method::HEAD, Method::OPTIONS, Method::TRACE];
const ONLY_IDEMPOTENT: [Method; 2] = [Method::PUT, Method::DELETE];
const NEITHER: [Method; 3] = [Method::POST, Method::PATCH, Method::CONNECT];

#[test]
fn always_allows_every_method() {
    error!(Error, 500, "backoff, always");
    for method in SAFE.iter().chain(&ONLY_IDEMPOTENT).chain(&NEITHER) {
        assert_eq!(allowed(&Error, method), (true, true), "{method}");
    }
}

#[test]
fn if_idempotent_allows_idempotent_methods_and_any_with_a_key() {
    error!(Error, 500, "backoff, if idempotent");
    for method in SAFE.iter().chain(&ONLY_IDEMPOTENT) {
        assert_eq!(allowed(&Error, method), (true, true), "{method}");
    }
    for method in &NEITHER {
        assert_eq!(allowed(&Error, method), (false, true), "{method}");
    }
}

#[test]
fn if_safe_allows_safe_methods_alone() {
    error!(Error, 500, "backoff, if safe");
    for method in &SAFE {
        assert_eq!(allowed(&Error, method), (true, true), "{method}");
    }
    for method in ONLY_IDEMPOTENT.iter().chain(&NEITHER) {
        assert_eq!(allowed(&Error, method), (false, false), "{method}");
    }
}

#[test]
fn a_method_that_nobody_knows_is_neither_safe_nor_idempotent() {
    error!(Error, 500, "backoff");
    let brew = Method::from_bytes(b"BREW").unwrap();
    assert_eq!(allowed(&Error, &brew), (false, true));
}

#[test]
fn there_is_no_zeroth_retry() {
    error!(Error, 500, "backoff, always");
    assert_eq!(Error.retry().before_retry(&get(0)), None);
    assert_eq!(Error.retry().before_retry(&get(u32::MAX)), None);
}

/// For each status an error without a rule, then one with a rule that leaves the condition out.
macro_rules! statuses {
    ($($variant:ident $status:literal)*) => {
        #[derive(ApiError)]
        enum Unruled {
            $(#[api(status = $status, message = "…")] $variant,)*
        }

        #[derive(ApiError)]
        enum Unconditional {
            $(#[api(status = $status, message = "…", retry = "after 1s")] $variant,)*
        }

        #[derive(ApiError)]
        enum Waiting {
            $(#[api(status = $status, message = "…")] $variant {
                #[api(retry_after)]
                wait: Duration,
            },)*
        }

        const UNRULED: &[Unruled] = &[$(Unruled::$variant),*];
        const UNCONDITIONAL: &[Unconditional] = &[$(Unconditional::$variant),*];
        const WAITING: &[Waiting] = &[$(Waiting::$variant { wait: seconds(3) }),*];
    };
}

statuses! {
    A 400 B 401 C 402 D 403 E 404 F 405 G 406 H 407 I 408 J 409 K 410 L 411 M 412 N 413 O 414 P 415 Q 416 R 417
    S 418 T 421 U 422 V 423 W 424 X 425 Y 426 Z 428 Aa 429 Ab 431 Ac 451 Ad 499 Ae 500 Af 501 Ag 502 Ah 503
    Ai 504 Aj 505 Ak 506 Al 507 Am 508 An 510 Ao 511 Ap 599
}

#[test]
fn six_statuses_back_off_where_nothing_is_written_and_the_others_do_not() {
    for error in UNRULED {
        let backs_off = matches!(error.status().as_u16(), 408 | 429 | 500 | 502 | 503 | 504);
        assert_eq!(error.retry().is_retryable(), backs_off, "{}", error.status());
        assert_eq!(waits(error).len(), if backs_off { 4 } else { 0 }, "{}", error.status());
        assert_eq!(RetryRule::for_status(error.status()), error.retry().rule(), "{}", error.status());
    }
}

#[test]
fn a_field_that_is_the_wait_makes_the_rule_after() {
    for error in WAITING {
        assert_eq!(waits(error), [3.0; 4], "{}", error.status());
    }
}

#[test]
fn every_request_may_be_repeated_where_it_was_not_carried_out() {
    for error in UNCONDITIONAL {
        let not_carried_out = matches!(error.status().as_u16(), 408 | 429 | 503);
        let expected = if not_carried_out { RetryWhen::Always } else { RetryWhen::IfIdempotent };
        assert_eq!(error.retry().rule().when(), expected, "{}", error.status());
        assert_eq!(allowed(error, &Method::POST), (not_carried_out, true), "{}", error.status());
    }
}

#[test]
fn a_429_without_a_wait_backs_off() {
    error!(Error, 429);
    assert_eq!(waits(&Error), [1.0, 2.0, 4.0, 8.0]);
    assert_eq!(Error.retry().rule().when(), RetryWhen::Always);
}

#[test]
fn the_rule_is_part_of_the_spec() {
    const SECOND: &[Duration] = &[seconds(1)];
    error!(Error, 500, "backoff 1s, 3 times, always");
    let rule = Error.spec().retry();
    assert_eq!(rule.wait(), RetryWait::Backoff(SECOND));
    assert_eq!(rule.times(), 3);
    assert_eq!(rule.when(), RetryWhen::Always);
    assert!(rule.is_retryable());
    assert_eq!(Error.retry().rule(), rule);
}

#[test]
fn the_rule_remembers_whether_a_number_was_written() {
    error!(Once, 500, "backoff, once");
    // As many as the schedule has waits, but written.
    error!(Four, 500, "backoff, 4 times");
    error!(LeftOut, 500, "backoff");
    error!(Unruled, 500);
    error!(Never, 500, "none");
    let times = |error: &dyn ApiError| (error.spec().retry().times(), error.spec().retry().own_times());
    assert_eq!(times(&Once), (1, Some(1)));
    assert_eq!(times(&Four), (4, Some(4)));
    assert_eq!(times(&LeftOut), (4, None));
    assert_eq!(times(&Unruled), (4, None));
    assert_eq!(times(&Never), (0, None));
}

#[test]
fn the_spec_knows_whether_the_rule_was_written() {
    #[derive(ApiError)]
    #[api(backoff = "2s")]
    enum Error {
        #[api(status = 500, retry = "backoff")]
        AsTheDefault,
        #[api(status = 404, message = "…", retry = "none")]
        Never,
        #[api(status = 500)]
        OfTheStatus,
        #[api(status = 404, message = "…")]
        NeverByStatus,
        #[api(status = 429, message = "…")]
        OfTheField(#[api(retry_after)] Duration),
    }
    let written = |error: Error| error.spec().retry_is_written();
    assert!(written(Error::AsTheDefault));
    assert!(written(Error::Never));
    assert!(!written(Error::OfTheStatus));
    assert!(!written(Error::NeverByStatus));
    assert!(!written(Error::OfTheField(seconds(1))));
    assert_eq!(Error::NeverByStatus.retry(), Error::Never.retry());
}
