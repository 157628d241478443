//! Sends a request until it succeeds or the policy says to stop. Takes what the rest of the chain answers; gives the last
//! response as it came, or the last error.

use std::fmt;

use async_trait::async_trait;
use http::Extensions;
use reqwest::{Request, Response};
use reqwest_middleware::{Middleware, Next, Result};
use tokio::time::sleep;

use super::origin::{Origin, outcome_of_error};
use super::{idempotency, is_error, read_error};
use crate::api_error::Catalogued;
use crate::client::{Attempts, Decision, Failure, Outcome, Policy, Reader, Retries};
use crate::observe::Failed;

/// A middleware that sends a request again by the rules of `E`'s codes, and else of the status, as its [`Policy`] decides.
///
/// - **Responses** come as they are. Those with an error status are read up to the reader's limit, since their code stands
///   in the body, and have it put back; URL, remote address and extensions stay. A success is not touched: its body
///   streams. In the extensions of either are its [`Attempts`].
/// - **Failures without a response** are repeated as a 503 where there was no connection, so that nothing was sent, and as
///   a 502 where it broke or there was a time-out. A request that could not be built, a redirect that leads nowhere and
///   another middleware's error are not repeated.
/// - **A body that can be sent only once**, a stream, is sent once. Where that alone speaks against a retry, the event says so.
/// - **Redirects** are reqwest's. What failed then is another request than that which would be repeated, so this happens only
///   if it is idempotent: the service may have done the work, and redirected to show it. Of two redirects
///   reqwest does not tell: of one to the very URL that was asked, and of one where there was no connection for the redirected
///   request. After these a POST may be repeated that was carried out. A client whose POSTs are answered so is to be built with
///   [`redirect::Policy::none`](reqwest::redirect::Policy::none).
///
/// Middleware that is added to the client after this one is run for each attempt, what is added before once for the call.
/// A time-out of reqwest's, which has none by itself, is one for each attempt;
/// [`Policy::with_max_elapsed`] holds for all of them. Dropping the future ends the attempt, or the wait, and sends no more.
///
/// It sleeps by tokio's clock, which reqwest needs as well.
pub struct RetryMiddleware<E> {
    policy: Policy,
    reader: Reader<E>,
    makes_keys: bool,
}

impl<E: Catalogued> RetryMiddleware<E> {
    /// Repeats as this policy decides, and reads errors as `E` writes them.
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self { policy, reader: Reader::new(), makes_keys: false }
    }

    /// Reads errors by this reader, which has another envelope or limit.
    #[must_use]
    pub fn with_reader(self, reader: Reader<E>) -> Self {
        Self { reader, ..self }
    }

    /// Gives each request whose method is not idempotent, like POST, an `Idempotency-Key` if it has none: a new UUID, the same in
    /// all attempts. It makes such a request idempotent, so it is repeated where the rule says `if idempotent`.
    ///
    /// **Only for a service that honours the header.** One that does not would do its work twice. For a single
    /// request there is [`with_idempotency_key`](super::RequestExt::with_idempotency_key).
    #[must_use]
    pub fn with_idempotency_keys(self) -> Self {
        Self { makes_keys: true, ..self }
    }
}

impl<E> Clone for RetryMiddleware<E> {
    fn clone(&self) -> Self {
        Self { policy: self.policy.clone(), reader: self.reader.clone(), makes_keys: self.makes_keys }
    }
}

impl<E> fmt::Debug for RetryMiddleware<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { policy, makes_keys, .. } = self;
        let mut shown = f.debug_struct("RetryMiddleware");
        shown.field("policy", policy).field("makes_keys", makes_keys).finish_non_exhaustive()
    }
}

#[async_trait]
impl<E: Catalogued + 'static> Middleware for RetryMiddleware<E> {
    async fn handle(
        &self,
        mut request: Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> Result<Response> {
        if self.makes_keys && !request.method().is_idempotent() && !idempotency::has_key(request.headers()) {
            request.headers_mut().extend(idempotency::new_key());
        }
        let origin = Origin::of(&request);
        let mut retries = Retries::new(&self.policy, origin.first_attempt());
        loop {
            let spare = request.try_clone();
            let answer = next.clone().run(request, extensions).await;
            let number = retries.attempt().number();
            let can_repeat = spare.is_some();
            let (mut answer, decision) = match answer {
                Ok(mut response) if !is_error(response.status()) => {
                    retries.succeeded_with(Some(response.status()));
                    let attempts = Attempts::succeeded(number);
                    response.extensions_mut().insert(attempts);
                    extensions.insert(attempts);
                    return Ok(response);
                }
                Ok(response) => {
                    let (failure, response) = read_error(response, &self.reader).await;
                    let outcome = origin.outcome_of_response(response.url(), failure.told());
                    (Ok(response), after_failure(&mut retries, &failure, outcome, can_repeat))
                }
                Err(error) => {
                    let outcome = outcome_of_error(&error);
                    (Err(error), retries.after_failed(outcome, Failed::of(outcome), can_repeat))
                }
            };
            match (decision, spare) {
                (Decision::Retry { after }, Some(spare)) => {
                    drop(answer);
                    sleep(after).await;
                    request = spare;
                }
                (decision, _) => {
                    let attempts = Attempts::stopped(number, decision);
                    extensions.insert(attempts);
                    if let Ok(response) = &mut answer {
                        response.extensions_mut().insert(attempts);
                    }
                    return answer;
                }
            }
        }
    }
}

fn after_failure<E>(
    retries: &mut Retries<'_>,
    failure: &Failure<E>,
    outcome: Outcome,
    can_repeat: bool,
) -> Decision {
    let told = Failed::of(failure.told().into());
    // A code that nobody declared is told too.
    let failed = Failed { code: failure.code().or(told.code), ..told };
    retries.after_failed(outcome, failed, can_repeat)
}
