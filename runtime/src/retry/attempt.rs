//! Takes what a client knows of a request that failed; gives it to the rules, which decide by it.

use std::time::Duration;

use http::Method;

/// An attempt that failed: what matters of its request, how often that has been sent by now, and for how long.
///
/// Attempts are counted from 1, and so are the retries: the first retry is the one that follows the first attempt.
///
/// ```
/// use errorbook::retry::{Attempt, RetryRule};
/// use http::{Method, StatusCode};
///
/// // A 502 tells nothing of whether the request was carried out: up to four retries, if it is idempotent.
/// let rule = RetryRule::for_status(StatusCode::BAD_GATEWAY);
///
/// let mut attempt = Attempt::first(&Method::POST).with_idempotency_key(true);
/// let mut waited = Vec::new();
/// while let Some(wait) = rule.before_retry(&attempt, None) {
///     waited.push(wait.start().as_secs()); // Here a client sleeps, and sends the request again.
///     attempt = attempt.next();
/// }
/// assert_eq!(waited, [1, 2, 4, 8]);
/// assert_eq!(attempt.number(), 5);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt<'a> {
    method: &'a Method,
    has_idempotency_key: bool,
    number: u32,
    elapsed: Duration,
}

impl<'a> Attempt<'a> {
    /// The first attempt of a request with this method, without an `Idempotency-Key` header.
    #[must_use]
    pub const fn first(method: &'a Method) -> Self {
        Self { method, has_idempotency_key: false, number: 1, elapsed: Duration::ZERO }
    }

    /// Whether the request carries an `Idempotency-Key` header, so that the service recognises it when it is repeated.
    #[must_use]
    pub const fn with_idempotency_key(self, has_idempotency_key: bool) -> Self {
        Self { has_idempotency_key, ..self }
    }

    /// The attempt of this number, the first being 1. No rule has a retry for number 0, which is no attempt.
    #[must_use]
    pub const fn nth(self, number: u32) -> Self {
        Self { number, ..self }
    }

    /// The attempt after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self { number: self.number.saturating_add(1), ..self }
    }

    /// How long ago the first attempt began. Rules do not ask for it; a client's policy does, which has a cap on it.
    #[must_use]
    pub const fn with_elapsed(self, elapsed: Duration) -> Self {
        Self { elapsed, ..self }
    }

    /// The request's method.
    #[must_use]
    pub const fn method(&self) -> &'a Method {
        self.method
    }

    /// Whether the request carries an `Idempotency-Key` header.
    #[must_use]
    pub const fn has_idempotency_key(&self) -> bool {
        self.has_idempotency_key
    }

    /// How often the request was sent: 1 for the first attempt. The retry that may follow has the same number, as the
    /// first attempt is none.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// How long ago the first attempt began; zero where nobody said.
    #[must_use]
    pub const fn elapsed(&self) -> Duration {
        self.elapsed
    }
}
