//! When a failed request may be sent again, and after which wait: the rule as it was declared, and the
//! decision that a client takes by it. No clock and no randomness live here; the caller sleeps.
//!
//! [`RetryRule`] is what the catalogue says of an error, and decides with what a response told; [`Retry`] is the same
//! for a value, which holds its own wait.

use std::ops::RangeInclusive;
use std::time::Duration;

use http::StatusCode;

use written::WrittenRule;

pub use attempt::Attempt;

mod attempt;
#[cfg(any(feature = "client-reqwest", feature = "client-tower", feature = "tower"))]
pub(crate) mod idempotency_key;
#[cfg(any(feature = "client", feature = "tower"))]
pub(crate) mod told;
mod words;
pub(crate) mod written;

/// The schedule that `backoff` means where the type does not say otherwise: 1 s, 2 s, 4 s, 8 s.
pub const DEFAULT_BACKOFF: &[Duration] =
    &[Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(4), Duration::from_secs(8)];

/// How long a client waits before it sends the request again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryWait {
    /// The request is never repeated.
    Never,
    /// As long as the error's own wait says; where it says nothing, by this schedule.
    Given(&'static [Duration]),
    /// Somewhere between the two, so that clients spread out. The error's own wait, where there is one, wins.
    Between(Duration, Duration),
    /// By this schedule: its first wait before the first retry, and so on.
    Backoff(&'static [Duration]),
}

/// Which requests may be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryWhen {
    /// All of them: the request was not carried out.
    Always,
    /// Those with an idempotent method (GET, HEAD, OPTIONS, TRACE, PUT, DELETE: RFC 9110 section 9.2.2) or
    /// with an `Idempotency-Key` header.
    IfIdempotent,
    /// Those with a safe method (GET, HEAD, OPTIONS, TRACE: RFC 9110 section 9.2.1).
    IfSafe,
}

impl RetryWhen {
    /// Whether the request of this attempt may be repeated at all; how often, the rule says.
    #[must_use]
    pub fn allows(self, attempt: &Attempt<'_>) -> bool {
        match self {
            Self::Always => true,
            Self::IfIdempotent => attempt.method().is_idempotent() || attempt.has_idempotency_key(),
            Self::IfSafe => attempt.method().is_safe(),
        }
    }
}

/// A retry rule as it was declared: `retry = "backoff, 2 times, if idempotent"`. Its `Display` says it in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryRule {
    wait: RetryWait,
    times: u32,
    has_own_times: bool,
    when: RetryWhen,
}

impl RetryRule {
    /// `retry = "none"`: the request is never repeated.
    pub const NEVER: Self =
        Self { wait: RetryWait::Never, times: 0, has_own_times: false, when: RetryWhen::IfSafe };

    /// The rule of an error with this status of which no more is known: no rule was written, no field holds a wait,
    /// and its type has no schedule. What a client goes by where it does not know the error's code.
    ///
    /// ```
    /// use errorbook::retry::{RetryRule, RetryWhen};
    /// use http::StatusCode;
    ///
    /// assert_eq!(RetryRule::for_status(StatusCode::TOO_MANY_REQUESTS).when(), RetryWhen::Always);
    /// assert_eq!(RetryRule::for_status(StatusCode::NOT_FOUND), RetryRule::NEVER);
    /// ```
    #[must_use]
    pub fn for_status(status: StatusCode) -> Self {
        WrittenRule::NOTHING.resolve(status.as_u16(), false)
    }

    /// How long a client waits.
    #[must_use]
    pub const fn wait(&self) -> RetryWait {
        self.wait
    }

    /// How many retries there may be, the first attempt not counted.
    #[must_use]
    pub const fn times(&self) -> u32 {
        self.times
    }

    /// How many retries the rule itself allows: `3 times`, `once`. `None` where it says no number, and
    /// [`times`](Self::times) is as long as its schedule.
    #[must_use]
    pub const fn own_times(&self) -> Option<u32> {
        if self.has_own_times { Some(self.times) } else { None }
    }

    /// Which requests may be repeated.
    #[must_use]
    pub const fn when(&self) -> RetryWhen {
        self.when
    }

    /// Whether any request may be repeated at all.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        self.times > 0 && !matches!(self.wait, RetryWait::Never)
    }

    /// The rule that repeats nothing that either of these two does not: as often as the one that repeats less often, and
    /// the requests of the one that repeats fewer. Of the waits, the one that begins later; this rule's, where none does.
    #[cfg(feature = "client")]
    pub(crate) fn or_stricter(self, other: Self) -> Self {
        if !self.is_retryable() || !other.is_retryable() {
            return if self.is_retryable() { other } else { self };
        }
        let when = match (self.when, other.when) {
            (RetryWhen::IfSafe, _) | (_, RetryWhen::IfSafe) => RetryWhen::IfSafe,
            (RetryWhen::IfIdempotent, _) | (_, RetryWhen::IfIdempotent) => RetryWhen::IfIdempotent,
            (RetryWhen::Always, RetryWhen::Always) => RetryWhen::Always,
        };
        let wait = if other.first_wait() > self.first_wait() { other.wait } else { self.wait };
        // One that says no number leaves that to the client, whose number may be lower still.
        let has_own_times = self.has_own_times && other.has_own_times;
        Self { wait, times: self.times.min(other.times), has_own_times, when }
    }

    /// The least wait before the first retry, of what the rule itself says.
    #[cfg(feature = "client")]
    fn first_wait(&self) -> Option<Duration> {
        match self.wait {
            RetryWait::Never => None,
            RetryWait::Between(least, _) => Some(least),
            RetryWait::Given(schedule) | RetryWait::Backoff(schedule) => schedule.first().copied(),
        }
    }

    /// The wait that the response's `Retry-After` header tells where the value holds none: the lower bound of an
    /// `after 30s..60s` rule. All other rules send none.
    #[must_use]
    pub const fn retry_after(&self) -> Option<Duration> {
        match self.wait {
            RetryWait::Between(least, _) => Some(least),
            RetryWait::Never | RetryWait::Given(_) | RetryWait::Backoff(_) => None,
        }
    }

    /// How long to wait before the retry that follows this attempt: somewhere between the two bounds, which are equal
    /// unless the rule gives a range. `None`: do not send the request again.
    ///
    /// `told` is the wait that the response tells in its `Retry-After`, if it has one. It wins over the rule's wait,
    /// over a schedule too: who sends it, the service or a proxy before it, knows more than was known when the rule was
    /// written. Where it is the lower bound of the rule's range, which the service sends with each response, the range
    /// holds, so that clients spread out. Whether there is a retry, the rule alone says.
    ///
    /// ```
    /// use std::time::Duration;
    /// use errorbook::ApiError;
    /// use errorbook::retry::Attempt;
    /// use http::Method;
    ///
    /// #[derive(ApiError)]
    /// #[api(status = 503, message = "All workers are busy.", retry = "after 30s..60s, once")]
    /// struct PoolSaturated;
    ///
    /// let rule = PoolSaturated.spec().retry();
    /// let seconds = Duration::from_secs;
    /// let first = Attempt::first(&Method::POST);
    /// assert_eq!(rule.before_retry(&first, None), Some(seconds(30)..=seconds(60)));
    /// // What its response tells: `Retry-After: 30`.
    /// assert_eq!(rule.before_retry(&first, Some(seconds(30))), Some(seconds(30)..=seconds(60)));
    /// assert_eq!(rule.before_retry(&first, Some(seconds(7))), Some(seconds(7)..=seconds(7)));
    /// assert_eq!(rule.before_retry(&first.next(), Some(seconds(7))), None);
    /// ```
    #[must_use]
    pub fn before_retry(
        &self,
        attempt: &Attempt<'_>,
        told: Option<Duration>,
    ) -> Option<RangeInclusive<Duration>> {
        let number = attempt.number();
        if number == 0 || number > self.times || !self.when.allows(attempt) {
            return None;
        }
        let exactly = |wait| wait..=wait;
        match (self.wait, told) {
            (RetryWait::Never, _) => None,
            (RetryWait::Between(least, most), None) => Some(least..=most),
            // As `retry-after-ms` has it, or as `Retry-After`.
            (RetryWait::Between(least, most), Some(told))
                if told == least || told == in_whole_seconds(least) =>
            {
                Some(told..=most.max(told))
            }
            (_, Some(told)) => Some(exactly(told)),
            (RetryWait::Given(schedule) | RetryWait::Backoff(schedule), None) => {
                let nth = schedule.get(usize::try_from(number - 1).unwrap_or(usize::MAX));
                nth.or(schedule.last()).copied().map(exactly)
            }
        }
    }
}

/// The retry rule of one error, with the wait that this very value asks for.
///
/// ```
/// use std::time::Duration;
/// use errorbook::ApiError;
/// use errorbook::retry::Attempt;
/// use http::Method;
///
/// #[derive(ApiError)]
/// #[api(status = 429, code = "rate_limit_exceeded", retry = "after, once", message = "Slow down.")]
/// struct RateLimited {
///     #[api(retry_after)]
///     wait: Duration,
/// }
///
/// let retry = RateLimited { wait: Duration::from_secs(30) }.retry();
/// let first = Attempt::first(&Method::POST);
/// let wait = retry.before_retry(&first).unwrap();
/// assert_eq!(wait, Duration::from_secs(30)..=Duration::from_secs(30));
/// // `once`: there is no second retry.
/// assert_eq!(retry.before_retry(&first.next()), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    rule: RetryRule,
    wait: Option<Duration>,
}

impl Retry {
    pub(crate) const fn new(rule: RetryRule, wait: Option<Duration>) -> Self {
        Self { rule, wait }
    }

    /// The rule as it was declared.
    #[must_use]
    pub const fn rule(&self) -> RetryRule {
        self.rule
    }

    /// The wait that this value holds in its `retry_after` field.
    #[must_use]
    pub const fn wait(&self) -> Option<Duration> {
        self.wait
    }

    /// Whether any request may be repeated at all.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        self.rule.is_retryable()
    }

    /// The wait that the response's `Retry-After` header tells (RFC 9110 section 10.2.3), if it has one: this
    /// value's own, else the lower bound of an `after` rule. The header counts whole seconds, rounded up, so
    /// that nobody comes back too early.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.wait.or_else(|| self.rule.retry_after())
    }

    /// How long to wait before the retry that follows this attempt: [`RetryRule::before_retry`], with this value's own
    /// wait.
    #[must_use]
    pub fn before_retry(&self, attempt: &Attempt<'_>) -> Option<RangeInclusive<Duration>> {
        self.rule.before_retry(attempt, self.wait)
    }
}

/// Whole seconds, rounded up: who comes back at that time is never too early.
pub(crate) fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0))
}

/// Whole milliseconds, rounded up.
pub(crate) fn whole_milliseconds(wait: Duration) -> u64 {
    let whole = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
    whole.saturating_add(u64::from(!wait.subsec_nanos().is_multiple_of(1_000_000)))
}

/// The wait that whoever reads the header takes it for.
fn in_whole_seconds(wait: Duration) -> Duration {
    Duration::from_secs(whole_seconds(wait))
}
