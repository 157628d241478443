//! Any future tried again, and the attempts that a loop of somebody else's counts.

use std::cell::Cell;
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use errorbook::ApiError;
use errorbook::client::{Budget, Decision, Failure, Policy, Retries, Transport, Why, retry};
use errorbook::retry::Attempt;
use http::Method;
use tokio::time::{Instant, advance, timeout};

use crate::common::{plain, seconds};

#[derive(Debug, ApiError)]
enum StoryError {
    #[api(status = 503)]
    Busy,
    #[api(status = 503, retry = "none")]
    Closed,
    #[api(status = 429, message = "Slow down.")]
    RateLimited {
        #[api(retry_after)]
        wait: Duration,
    },
    #[api(status = 502)]
    Upstream,
}

const GET: Attempt<'static> = Attempt::first(&Method::GET);
const POST: Attempt<'static> = Attempt::first(&Method::POST);

fn failure(error: &StoryError) -> Failure<StoryError> {
    Failure::read(&error.to_response())
}

/// An operation that fails so often, and says how often it was called and when it ended.
async fn run(policy: &Policy, first: Attempt<'_>, error: StoryError, failing: u32) -> (bool, u32, Duration) {
    let (calls, started) = (Cell::new(0), Instant::now());
    let result = retry(policy, first, || async {
        calls.set(calls.get() + 1);
        if calls.get() > failing { Ok(()) } else { Err(failure(&error)) }
    });
    (result.await.is_ok(), calls.get(), started.elapsed())
}

#[tokio::test(start_paused = true)]
async fn an_operation_is_tried_again_as_its_failure_says() {
    assert_eq!(run(&plain(), POST, StoryError::Busy, 2).await, (true, 3, seconds(3)));
    assert_eq!(run(&plain(), POST, StoryError::Busy, 9).await, (false, 5, seconds(15)));
    let limited = StoryError::RateLimited { wait: seconds(20) };
    assert_eq!(run(&plain(), POST, limited, 1).await, (true, 2, seconds(20)));
    assert_eq!(run(&plain(), GET, StoryError::Closed, 1).await, (false, 1, seconds(0)));
    assert_eq!(run(&plain(), POST, StoryError::Upstream, 1).await, (false, 1, seconds(0)));
    assert_eq!(run(&plain(), GET, StoryError::Upstream, 1).await, (true, 2, seconds(1)));
    let with_key = POST.with_idempotency_key(true);
    assert_eq!(run(&plain(), with_key, StoryError::Upstream, 1).await, (true, 2, seconds(1)));
}

#[tokio::test(start_paused = true)]
async fn the_time_that_attempts_take_counts_towards_the_total() {
    let policy = plain().with_max_elapsed(seconds(10));
    let calls = Cell::new(0);
    let result = retry(&policy, GET, || async {
        calls.set(calls.get() + 1);
        advance(seconds(4)).await;
        Err::<(), _>(failure(&StoryError::Busy))
    });
    assert!(result.await.is_err());
    // 4 s, a wait of 1 s, 4 s: the wait of 2 s would end at 11 s.
    assert_eq!(calls.get(), 2);
}

#[tokio::test(start_paused = true)]
async fn it_draws_on_the_budget_and_pays_in() {
    let policy = plain().with_budget(Budget::of_retries(1).with_interval(Duration::ZERO));
    assert_eq!(run(&policy, GET, StoryError::Busy, 1).await, (true, 2, seconds(1)));
    assert_eq!(run(&policy, GET, StoryError::Busy, 2).await, (false, 2, seconds(1)));
    assert_eq!(run(&policy, GET, StoryError::Busy, 1).await, (false, 1, seconds(0)));
}

#[tokio::test(start_paused = true)]
async fn dropped_while_it_waits_it_tries_no_more() {
    let calls = Cell::new(0);
    let policy = plain();
    let endless = retry(&policy, GET, || async {
        calls.set(calls.get() + 1);
        Err::<(), _>(failure(&StoryError::Busy))
    });
    assert!(timeout(Duration::from_millis(1500), endless).await.is_err());
    advance(seconds(60)).await;
    assert_eq!(calls.get(), 2);
}

#[test]
fn it_can_be_spawned_though_its_error_is_not_sent() {
    #[derive(Debug)]
    struct NotSend(#[expect(dead_code, reason = "for its type alone")] *const ());

    impl From<&NotSend> for errorbook::client::Outcome {
        fn from(_: &NotSend) -> Self {
            Transport::Lost.into()
        }
    }

    fn assert_send<T: Send>(_: T) {}
    let policy = Policy::new();
    assert_send(async {
        let _ = retry(&policy, GET, || async { Err::<(), _>(NotSend(std::ptr::null())) }).await.is_ok();
    });
}

#[tokio::test(start_paused = true)]
async fn backon_waits_as_the_failure_says() {
    let policy = plain();
    let (calls, started) = (Cell::new(0), Instant::now());
    let call = || async {
        calls.set(calls.get() + 1);
        if calls.get() > 4 { Ok(()) } else { Err(failure(&StoryError::Busy)) }
    };
    let mut retries = Retries::new(&policy, GET);
    // backon's own schedule would end after three retries.
    let result =
        call.retry(ExponentialBuilder::default()).adjust(|error, _| retries.after(error).wait()).await;
    assert!(result.is_ok());
    assert_eq!((calls.get(), started.elapsed()), (5, seconds(15)));
    assert_eq!(retries.attempt().number(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_loop_of_ones_own_learns_why_there_is_no_more() {
    let policy = plain().with_patience(seconds(10));
    let mut retries = Retries::new(&policy, POST);
    assert_eq!(retries.after(Transport::NotSent), Decision::Retry { after: seconds(1) });
    let limited = failure(&StoryError::RateLimited { wait: seconds(60) });
    let come_back = Some(seconds(60));
    assert_eq!(retries.after(&limited), Decision::Stop { why: Why::TooLong, come_back });
    // A wait that nobody makes is no attempt.
    assert_eq!(retries.attempt().number(), 2);
}
