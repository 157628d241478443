//! The policy of `tower::retry`. Takes what a call came to; gives the wait before the next, or none.

use std::error::Error;
use std::fmt::{self, Debug};
use std::marker::PhantomData;

use http::{Request, Response};
use tokio::time::{Instant, Sleep, sleep};
use tower::retry;

use super::super::attempts::Attempts;
use super::super::{idempotency, is_error, retry::Retries};
use super::failure_of;
use crate::client::{Decision, Failure, Outcome, Policy, Told, Transport};
use crate::observe::Failed;
use crate::retry::Attempt;

/// A policy of tower's `retry`, which decides as a [`Policy`] does, by the rules of `E`'s codes.
///
/// - The code is known where a [`ReadFailuresLayer`](super::ReadFailuresLayer) stands inside of the retries; else the rule is
///   that of the status.
/// - Requests are cloned, with their body; `B: Clone` holds for `Full<Bytes>` or a `String`, and not for a stream. A request
///   with an `Idempotency-Key` has the same one in each attempt.
/// - Errors of the service are asked by [`ByCause`] whether the request can have been sent; clients know more, so tell
///   it [how to ask](Self::with_transport).
/// - In the extensions of a response that failed, or that was not the first, are its [`Attempts`].
/// - What follows redirects belongs outside of the retries. Inside of them, a POST that was carried out, and redirected to what
///   it made, would be repeated if that fails.
/// - It sleeps by tokio's clock. A retry that is under way ends with the future of the call.
pub struct RetryPolicy<E, C = ByCause> {
    policy: Policy,
    to_transport: C,
    /// Of the attempt that is being made.
    number: u32,
    started: Instant,
    of: PhantomData<fn() -> E>,
}

impl<E> RetryPolicy<E> {
    /// Repeats as this policy decides.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self { policy, to_transport: ByCause, number: 1, started: Instant::now(), of: PhantomData }
    }
}

impl<E, C> RetryPolicy<E, C> {
    /// Asks the service's errors by this function whether the request can have been sent.
    ///
    /// ```
    /// use errorbook::client::tower::RetryPolicy;
    /// use errorbook::client::{Policy, Transport};
    /// # use errorbook::ApiError;
    /// # #[derive(ApiError)]
    /// # #[api(status = 404, message = "…")]
    /// # struct StoryError;
    ///
    /// type BoxError = Box<dyn std::error::Error + Send + Sync>;
    ///
    /// // Of hyper-util's: `if error.is_connect() { Transport::NotSent } else { Transport::Lost }`
    /// let policy = RetryPolicy::<StoryError>::new(Policy::new())
    ///     .with_transport(|error: &BoxError| Transport::of(&**error));
    /// ```
    #[must_use]
    pub fn with_transport<X, F: Fn(&X) -> Transport + Clone>(self, to_transport: F) -> RetryPolicy<E, F> {
        let Self { policy, number, started, .. } = self;
        RetryPolicy { policy, to_transport, number, started, of: PhantomData }
    }
}

impl<E, C: Clone> Clone for RetryPolicy<E, C> {
    fn clone(&self) -> Self {
        let Self { policy, to_transport, number, started, of } = self;
        Self {
            policy: policy.clone(),
            to_transport: to_transport.clone(),
            number: *number,
            started: *started,
            of: *of,
        }
    }
}

impl<E, C> Debug for RetryPolicy<E, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetryPolicy").field("policy", &self.policy).finish_non_exhaustive()
    }
}

/// What an error of a service tells of its request: [`ByCause`], or a function of yours.
pub trait ToTransport<X> {
    /// Whether the request can have been sent.
    fn to_transport(&self, error: &X) -> Transport;
}

/// Asks an error and its causes: [`Transport::of`].
#[derive(Debug, Clone, Copy, Default)]
pub struct ByCause;

impl<X: Error + 'static> ToTransport<X> for ByCause {
    fn to_transport(&self, error: &X) -> Transport {
        Transport::of(error)
    }
}

impl<X, F: Fn(&X) -> Transport> ToTransport<X> for F {
    fn to_transport(&self, error: &X) -> Transport {
        self(error)
    }
}

impl<E, C, A, B, X> retry::Policy<Request<A>, Response<B>, X> for RetryPolicy<E, C>
where
    E: Send + Sync + 'static,
    C: ToTransport<X>,
    A: Clone,
{
    type Future = Sleep;

    fn retry(
        &mut self,
        request: &mut Request<A>,
        result: &mut Result<Response<B>, X>,
    ) -> Option<Self::Future> {
        let attempt = Attempt::first(request.method())
            .with_idempotency_key(idempotency::has_key(request.headers()))
            .nth(self.number);
        let mut retries = Retries::begun(&self.policy, attempt, self.started);
        let decision = match result {
            Ok(response) if !is_error(response.status()) => {
                retries.succeeded_with(Some(response.status()));
                if self.number > 1 {
                    response.extensions_mut().insert(Attempts::succeeded(self.number));
                }
                return None;
            }
            Ok(response) => {
                let failure = failure_of::<E, _>(response);
                let told = failure.map(Failure::told);
                let told = told.unwrap_or_else(|| Told::of_head(response.status(), response.headers()));
                let outcome = Outcome::Told(told);
                let known = Failed::of(outcome);
                // A code that nobody declared is told too.
                let code = failure.and_then(Failure::code).or(known.code);
                let decision = retries.after_failed(outcome, Failed { code, ..known }, true);
                if let Decision::Stop { .. } = decision {
                    response.extensions_mut().insert(Attempts::stopped(self.number, decision));
                }
                decision
            }
            Err(error) => {
                let outcome = Outcome::Transport(self.to_transport.to_transport(error));
                retries.after_failed(outcome, Failed::of(outcome), true)
            }
        };
        let wait = decision.wait()?;
        self.number = self.number.saturating_add(1);
        Some(sleep(wait))
    }

    /// tower asks the policy that all requests share for the first copy, and each request's own for the others.
    fn clone_request(&mut self, request: &Request<A>) -> Option<Request<A>> {
        if self.number == 1 {
            self.started = Instant::now();
        }
        Some(request.clone())
    }
}
