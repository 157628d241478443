//! Whether, and when, a client sends a request again. Takes an attempt and what became of it; gives the decision. Clock and
//! randomness are the caller's, so that each decision can be had again.

use std::fmt::{self, Display};
use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

use http::StatusCode;

use crate::client::{Budget, Told, Transport};
use crate::retry::{Attempt, RetryRule, RetryWait};

/// How often a request is repeated of whose rule nobody wrote how often.
const DEFAULT_RETRIES: u32 = 4;

/// When a client sends its requests again: by the rules that the service declared, within limits that are the client's own.
///
/// - The rule of the response's code, else of its status, decides *whether*. `none`, `if idempotent` and `if safe` hold
///   whatever the response says, and `x-should-retry: false` is obeyed.
/// - What the response told decides *how long*, and nobody comes back earlier. A wait of a schedule is drawn between zero and
///   itself ([full jitter](https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/)), so that clients which
///   failed together do not come back together; a range `30s..60s` is drawn from.
/// - Limits only ever stop: [`with_max_retries`](Self::with_max_retries), [`with_patience`](Self::with_patience),
///   [`with_max_elapsed`](Self::with_max_elapsed), and the [`Budget`] that all requests of a client share.
///
/// | | left out |
/// |---|---|
/// | retries of a request | as many as the rule says, at most 4 where it says no number |
/// | the longest single wait | 60 seconds |
/// | the longest time up to the last attempt | no limit |
/// | jitter of schedules | full |
/// | budget | [`Budget::new`], of this policy and its clones |
///
/// It neither sleeps nor sends:
#[cfg_attr(feature = "client-tower", doc = "[`tower`](crate::client::tower) does.")]
#[cfg_attr(not(feature = "client-tower"), doc = "`tower`, with the feature `client-tower`, does.")]
///
/// ```
/// use std::time::{Duration, Instant};
/// use errorbook::client::{Decision, Policy, Told, Transport, Why};
/// use errorbook::retry::Attempt;
/// use http::{HeaderMap, HeaderValue, Method, StatusCode};
///
/// let policy = Policy::new();
/// let mut headers = HeaderMap::new();
/// headers.insert("retry-after", HeaderValue::from_static("7"));
/// let told = Told::of_head(StatusCode::TOO_MANY_REQUESTS, &headers);
///
/// // A real client has `fastrand::u64(..)`, or another number that may be any, and the clock.
/// let (random, now) = (0x9e37_79b9_7f4a_7c15, Instant::now());
/// let post = Attempt::first(&Method::POST);
/// let seven = Duration::from_secs(7);
/// assert_eq!(policy.decide(&post, told, random, now), Decision::Retry { after: seven });
///
/// let hasty = policy.clone().with_patience(Duration::from_secs(5));
/// let stop = Decision::Stop { why: Why::TooLong, come_back: Some(seven) };
/// assert_eq!(hasty.decide(&post, told, random, now), stop);
///
/// // The connection broke: perhaps the request was carried out.
/// let stop = Decision::Stop { why: Why::NotRepeatable, come_back: None };
/// assert_eq!(policy.decide(&post, Transport::Lost, random, now), stop);
/// ```
#[derive(Debug, Clone)]
pub struct Policy {
    max_retries: Option<u32>,
    patience: Duration,
    max_elapsed: Option<Duration>,
    has_jitter: bool,
    budget: Option<Budget>,
}

/// What a client does after an attempt that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decision {
    /// Wait, then send the request again. [`Budget`] has been drawn on for it.
    Retry {
        /// How long to wait, from now on.
        after: Duration,
    },
    /// Do not send it again.
    Stop {
        /// What spoke against it.
        why: Why,
        /// After which time, from now on, it may be worth to come back: what the response told; else, where the rule repeats
        /// this request, its next wait.
        come_back: Option<Duration>,
    },
}

impl Decision {
    /// How long to wait before the request is sent again; `None` if it is not.
    #[must_use]
    pub const fn wait(&self) -> Option<Duration> {
        match self {
            Self::Retry { after } => Some(*after),
            Self::Stop { .. } => None,
        }
    }
}

/// What speaks against sending a request again. Its `Display` says it in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Why {
    /// The rule is `none`.
    Never,
    /// The rule repeats idempotent or safe requests alone, and this is none.
    NotRepeatable,
    /// The service said `x-should-retry: false`.
    ToldNotTo,
    /// There were as many retries as the rule has.
    RuleUsedUp,
    /// There were as many retries as the policy allows.
    MaxRetries,
    /// The wait is longer than the policy's patience.
    TooLong,
    /// The next attempt would begin after the policy's total time.
    OutOfTime,
    /// The client's budget is used up.
    Budget,
    /// The request's body is gone: it could be sent only once.
    BodyGone,
}

impl Why {
    /// One word for it, for the fields of events and labels of counts.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::NotRepeatable => "not_repeatable",
            Self::ToldNotTo => "told_not_to",
            Self::RuleUsedUp => "rule_used_up",
            Self::MaxRetries => "max_retries",
            Self::TooLong => "too_long",
            Self::OutOfTime => "out_of_time",
            Self::Budget => "budget",
            Self::BodyGone => "body_gone",
        }
    }
}

impl Display for Why {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Never => "its rule repeats no request",
            Self::NotRepeatable => "a repeated request could do its work twice",
            Self::ToldNotTo => "the service said not to repeat it",
            Self::RuleUsedUp => "it was repeated as often as its rule says",
            Self::MaxRetries => "it was repeated as often as the client allows",
            Self::TooLong => "the wait is longer than the client has patience for",
            Self::OutOfTime => "the client's time for it is over",
            Self::Budget => "the client's budget of retries is used up",
            Self::BodyGone => "its body can be sent only once",
        })
    }
}

/// What became of an attempt that failed: a response told something, or there was none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// There was a response.
    Told(Told),
    /// There was none.
    Transport(Transport),
}

impl From<Told> for Outcome {
    fn from(told: Told) -> Self {
        Self::Told(told)
    }
}

impl From<Transport> for Outcome {
    fn from(transport: Transport) -> Self {
        Self::Transport(transport)
    }
}

impl Outcome {
    /// Without a response a client waits by the [default schedule](crate::retry::DEFAULT_BACKOFF), as for a 502 or 503.
    fn told(self) -> Told {
        let status = match self {
            Self::Told(told) => return told,
            Self::Transport(Transport::NotSent) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Transport(Transport::Lost) => StatusCode::BAD_GATEWAY,
        };
        Told::of_rule(RetryRule::for_status(status))
    }
}

impl Policy {
    /// The policy of the table, with a budget of its own.
    #[must_use]
    pub fn new() -> Self {
        Self {
            max_retries: None,
            patience: Duration::from_secs(60),
            max_elapsed: None,
            has_jitter: true,
            budget: Some(Budget::new()),
        }
    }

    /// No request is repeated more often than this, whatever its rule says; with 0 none is. It is a cap, and makes no
    /// schedule longer.
    #[must_use]
    pub fn with_max_retries(self, retries: u32) -> Self {
        Self { max_retries: Some(retries), ..self }
    }

    /// How long a single wait may be at most. One that the response told and that is longer stops at once, and
    /// [`Decision::Stop`] has the time to come back. What is drawn by chance is drawn below this.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// No attempt begins later than this after the first one, by [`Attempt::elapsed`]. An attempt under way is not
    /// ended: that is a time-out's.
    #[must_use]
    pub fn with_max_elapsed(self, elapsed: Duration) -> Self {
        Self { max_elapsed: Some(elapsed), ..self }
    }

    /// Waits are as the schedule says: 1 s, 2 s, 4 s, 8 s. For tests, and for single clients: many that failed together
    /// come back together. A range `30s..60s` is still drawn from.
    #[must_use]
    pub fn without_jitter(self) -> Self {
        Self { has_jitter: false, ..self }
    }

    /// This budget, which other policies may share.
    #[must_use]
    pub fn with_budget(self, budget: Budget) -> Self {
        Self { budget: Some(budget), ..self }
    }

    /// No budget: each request is repeated as if it were the only one. While a service is overloaded, its clients keep it so.
    #[must_use]
    pub fn without_budget(self) -> Self {
        Self { budget: None, ..self }
    }

    /// What to do after this attempt, of which that became. `random` is drawn evenly from all numbers, and `now` is
    /// the time, which only the budget reads.
    #[must_use]
    pub fn decide(
        &self,
        attempt: &Attempt<'_>,
        outcome: impl Into<Outcome>,
        random: u64,
        now: Instant,
    ) -> Decision {
        self.decide_of(attempt, outcome.into(), true, random, now)
    }

    /// Decides of a request that perhaps cannot be sent again, as its body is gone: the budget gives nothing for that.
    pub(in crate::client) fn decide_of(
        &self,
        attempt: &Attempt<'_>,
        outcome: Outcome,
        can_repeat: bool,
        random: u64,
        now: Instant,
    ) -> Decision {
        let told = &outcome.told();
        let stop = |why, come_back: Option<Duration>| Decision::Stop { why, come_back };
        let rule = told.rule();
        if !rule.is_retryable() {
            return stop(Why::Never, told.wait());
        }
        if !rule.when().allows(attempt) {
            return stop(Why::NotRepeatable, told.wait());
        }
        if told.should_retry() == Some(false) {
            return stop(Why::ToldNotTo, told.wait());
        }
        let Some(wait) = rule.before_retry(attempt, told.wait()) else {
            return stop(Why::RuleUsedUp, told.wait());
        };
        let wait = if self.has_jitter && is_by_schedule(told) { Duration::ZERO..=*wait.end() } else { wait };
        let most_retries = self.max_retries.or(rule.own_times()).unwrap_or(DEFAULT_RETRIES);
        let come_back = told.wait().or(Some(*wait.end()));
        if attempt.number() > most_retries {
            return stop(Why::MaxRetries, come_back);
        }
        if *wait.start() > self.patience {
            return stop(Why::TooLong, come_back);
        }
        let after = drawn(&(*wait.start()..=self.patience.min(*wait.end())), random);
        if self.max_elapsed.is_some_and(|most| attempt.elapsed().saturating_add(after) > most) {
            return stop(Why::OutOfTime, come_back);
        }
        if !can_repeat {
            return stop(Why::BodyGone, come_back);
        }
        if self.budget.as_ref().is_some_and(|budget| !budget.withdraw(now)) {
            return stop(Why::Budget, come_back);
        }
        Decision::Retry { after }
    }

    /// Tells the budget that this attempt succeeded.
    #[inline]
    pub fn succeeded(&self, attempt: &Attempt<'_>) {
        if let Some(budget) = &self.budget {
            budget.deposit(attempt.number());
        }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether nobody told how long to wait, so that it is the client's to spread out.
fn is_by_schedule(told: &Told) -> bool {
    told.wait().is_none() && matches!(told.rule().wait(), RetryWait::Given(_) | RetryWait::Backoff(_))
}

/// A wait between the two, both included.
fn drawn(range: &RangeInclusive<Duration>, random: u64) -> Duration {
    const SECOND: u128 = 1_000_000_000;
    let (least, most) = (*range.start(), *range.end());
    // No wait has more than 94 bits of nanoseconds, so there is no overflow.
    let share = u128::from(random >> 32);
    let nanos = most.saturating_sub(least).as_nanos() * share / u128::from(u32::MAX);
    let (seconds, rest) = (u64::try_from(nanos / SECOND), u32::try_from(nanos % SECOND));
    // Neither fails, as the difference of the two is a `Duration`.
    least.saturating_add(Duration::new(seconds.unwrap_or(u64::MAX), rest.unwrap_or(0)))
}
