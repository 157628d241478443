//! Any future that may fail, run again as a policy says. Takes what is to be tried; gives what came of the last attempt.
//! Here are the clock, the random numbers and the sleep that the policy does without.

use http::StatusCode;
use tokio::time::{Instant, sleep};

use crate::client::{Decision, Outcome, Policy};
use crate::observe::{self, Failed};
use crate::retry::Attempt;

/// Tries `operation` until it succeeds or `policy` says to stop; gives what came of the last attempt. `first` is what it does,
/// as HTTP has it: whether it may be repeated after a failure that tells nothing of what became of it.
///
/// The operation is called once for each attempt, so a request is built anew, or cloned, in it. Dropped half-way, it
/// leaves nothing behind: an attempt ends with the future that makes it. It sleeps by tokio's clock, and so needs tokio's
/// runtime with its timer; under another one, or to learn why there was no further attempt, write the loop around
/// [`Retries`].
///
/// An error is asked by `Into<Outcome>`, which [`Failure`](crate::client::Failure) has. Write it for an error of yours:
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// use errorbook::client::{Outcome, Policy, Transport, retry};
/// use errorbook::retry::Attempt;
/// use http::Method;
///
/// #[derive(Debug, PartialEq)]
/// struct Refused;
///
/// impl From<&Refused> for Outcome {
///     fn from(_: &Refused) -> Self {
///         Transport::NotSent.into()
///     }
/// }
///
/// let policy = Policy::new();
/// let mut calls = 0;
/// let connected = retry(&policy, Attempt::first(&Method::POST), || {
///     calls += 1;
///     let is_up = calls == 2;
///     async move { if is_up { Ok("connected") } else { Err(Refused) } }
/// });
/// assert_eq!(connected.await, Ok("connected"));
/// assert_eq!(calls, 2);
/// # }
/// ```
///
/// # Errors
///
/// That of the last attempt.
///
/// # Panics
///
/// Outside of a runtime of tokio, or inside of one that has no timer, when it is to wait.
pub async fn retry<T, X, F>(
    policy: &Policy,
    first: Attempt<'_>,
    mut operation: impl FnMut() -> F,
) -> Result<T, X>
where
    F: Future<Output = Result<T, X>>,
    for<'x> &'x X: Into<Outcome>,
{
    let mut retries = Retries::new(policy, first);
    loop {
        // The error is gone before the wait, so it need not be `Send`.
        let wait = match operation().await {
            Ok(value) => {
                retries.succeeded();
                return Ok(value);
            }
            Err(error) => match retries.after(&error).wait() {
                Some(wait) => wait,
                None => return Err(error),
            },
        };
        sleep(wait).await;
    }
}

/// The attempts of one request, counted and timed: what stands between a [`Policy`] and whatever sleeps and sends.
///
/// With it `backon` waits as errors say, under any runtime that it has a timer for:
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// use backon::{ExponentialBuilder, Retryable};
/// use errorbook::client::{Outcome, Policy, Retries, Transport};
/// use errorbook::retry::Attempt;
/// use http::Method;
/// # #[derive(Debug)]
/// # struct Refused;
/// # impl From<&Refused> for Outcome {
/// #     fn from(_: &Refused) -> Self {
/// #         Transport::NotSent.into()
/// #     }
/// # }
/// # async fn connect() -> Result<(), Refused> {
/// #     Ok(())
/// # }
///
/// let policy = Policy::new();
/// let mut retries = Retries::new(&policy, Attempt::first(&Method::POST));
/// let connected = connect
///     // Its schedule is not asked: `adjust` decides alone.
///     .retry(ExponentialBuilder::default())
///     .adjust(|error, _| retries.after(error).wait())
///     .await;
/// if connected.is_ok() {
///     retries.succeeded();
/// }
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Retries<'a> {
    policy: &'a Policy,
    attempt: Attempt<'a>,
    started: Instant,
}

impl<'a> Retries<'a> {
    /// Begins with the first attempt, now.
    #[must_use]
    pub fn new(policy: &'a Policy, first: Attempt<'a>) -> Self {
        Self { policy, attempt: first, started: Instant::now() }
    }

    /// Goes on with this attempt of a request whose first one began then.
    #[cfg(feature = "client-tower")]
    pub(super) fn begun(policy: &'a Policy, attempt: Attempt<'a>, started: Instant) -> Self {
        Self { policy, attempt, started }
    }

    /// Decides what follows the attempt of which that became, and counts on where there is another one. Operators are told of
    /// both.
    pub fn after(&mut self, outcome: impl Into<Outcome>) -> Decision {
        let outcome = outcome.into();
        self.after_failed(outcome, Failed::of(outcome), true)
    }

    /// Decides with more to tell of, and of a request that perhaps cannot be sent again.
    pub(super) fn after_failed(
        &mut self,
        outcome: Outcome,
        failed: Failed<'_>,
        can_repeat: bool,
    ) -> Decision {
        let now = Instant::now();
        let attempt = self.attempt.with_elapsed(now.saturating_duration_since(self.started));
        let decision =
            self.policy.decide_of(&attempt, outcome, can_repeat, fastrand::u64(..), now.into_std());
        observe::attempt_failed(&self.attempt, failed, &decision);
        if let Decision::Retry { .. } = decision {
            self.attempt = self.attempt.next();
        }
        decision
    }

    /// Tells the policy's budget that the attempt succeeded.
    pub fn succeeded(&self) {
        self.succeeded_with(None);
    }

    pub(super) fn succeeded_with(&self, status: Option<StatusCode>) {
        self.policy.succeeded(&self.attempt);
        observe::attempt_succeeded(&self.attempt, status);
    }

    /// The attempt that is being made.
    #[must_use]
    pub fn attempt(&self) -> Attempt<'a> {
        self.attempt
    }
}
