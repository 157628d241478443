//! The request as the caller made it. Takes what came of it; gives what that tells of repeating this very request: after
//! redirects, which are reqwest's, it was another one that failed.

use http::{Method, StatusCode};
use reqwest::{Request, Url};
use reqwest_middleware::Error;

use super::idempotency;
use crate::client::{Outcome, Told, Transport};
use crate::retry::{Attempt, RetryRule, RetryWhen};

/// What of a request decides whether it is repeated.
#[derive(Debug)]
pub(super) struct Origin {
    method: Method,
    url: Url,
    has_key: bool,
}

impl Origin {
    pub(super) fn of(request: &Request) -> Self {
        let has_key = idempotency::has_key(request.headers());
        Self { method: request.method().clone(), url: request.url().clone(), has_key }
    }

    pub(super) fn first_attempt(&self) -> Attempt<'_> {
        Attempt::first(&self.method).with_idempotency_key(self.has_key)
    }

    /// What an error response from this URL tells. Where that is another one, its rule says of the request there that it was
    /// not carried out; but this one perhaps was, and answered with `303 See Other` to what it made. So it is as with a
    /// connection that broke: only idempotent requests are repeated.
    pub(super) fn outcome_of_response(&self, url: &Url, told: Told) -> Outcome {
        let is_redirected = without_fragment(url) != without_fragment(&self.url);
        let is_at_stake = is_redirected && !RetryWhen::IfIdempotent.allows(&self.first_attempt());
        Outcome::Told(if is_at_stake && told.rule().is_retryable() {
            told.with_rule(RetryRule::for_status(StatusCode::BAD_GATEWAY))
        } else {
            told
        })
    }
}

/// The part of it that is sent: of a fragment responses know nothing.
fn without_fragment(url: &Url) -> &str {
    let all = url.as_str();
    all.split_once('#').map_or(all, |(sent, _)| sent)
}

/// What it tells that there is no response.
pub(super) fn outcome_of_error(error: &Error) -> Outcome {
    // What another middleware says is not known. The others would be the same again; of the body of a response, which
    // counts as decoding, it is at least not known that they would not.
    let is_final = error.is_middleware()
        || error.is_builder()
        || error.is_redirect()
        || error.is_status()
        || error.is_decode()
        || matches!(error, Error::Reqwest(error) if error.is_upgrade());
    if is_final {
        return Outcome::Told(Told::of_rule(RetryRule::NEVER));
    }
    Outcome::Transport(if error.is_connect() { Transport::NotSent } else { Transport::Lost })
}
