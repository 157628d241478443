//! Takes what was written about retry, on an error and on its type; gives the rule. The one place that knows what
//! holds where something was left out.

use std::time::Duration;

use super::{DEFAULT_BACKOFF, RetryRule, RetryWait, RetryWhen};

/// What the expansions say of an error's retry: only what stands in its declaration.
#[derive(Debug, Clone, Copy)]
pub struct WrittenRule {
    /// How long to wait, and whether there is a rule at all.
    pub wait: WrittenWait,
    /// `once`, `3 times`
    pub times: Option<u32>,
    /// `always`, `if idempotent`, `if safe`
    pub when: Option<RetryWhen>,
    /// The type's schedule, which holds for all of its errors.
    pub backoff: &'static [Duration],
}

/// What stands before the first comma of a rule.
#[derive(Debug, Clone, Copy)]
pub enum WrittenWait {
    /// There is no `retry = "…"`.
    Nothing,
    /// `none`
    Never,
    /// `after`
    After,
    /// `after 30s..60s`; the two are equal in `after 30s`.
    Between(Duration, Duration),
    /// `backoff`
    Backoff,
    /// `backoff 1s 2s`
    Schedule(&'static [Duration]),
}

impl WrittenRule {
    /// Neither a rule nor a schedule of the type's own.
    pub const NOTHING: Self =
        Self { wait: WrittenWait::Nothing, times: None, when: None, backoff: DEFAULT_BACKOFF };
    /// `retry = "none"`, of which nothing else can be written.
    pub const NEVER: Self = Self { wait: WrittenWait::Never, ..Self::NOTHING };

    pub(crate) const fn is_written(&self) -> bool {
        !matches!(self.wait, WrittenWait::Nothing)
    }

    /// The rule of an error with this status (0: none), which perhaps has a `retry_after` field.
    pub(crate) const fn resolve(&self, status: u16, has_wait_field: bool) -> RetryRule {
        let wait = match self.wait {
            WrittenWait::Nothing if has_wait_field => WrittenWait::After,
            WrittenWait::Nothing if backs_off(status) => WrittenWait::Backoff,
            written => written,
        };
        let (wait, schedule) = match wait {
            WrittenWait::Nothing | WrittenWait::Never => return RetryRule::NEVER,
            WrittenWait::After => (RetryWait::Given(self.backoff), self.backoff),
            WrittenWait::Between(least, most) => (RetryWait::Between(least, most), self.backoff),
            WrittenWait::Backoff => (RetryWait::Backoff(self.backoff), self.backoff),
            WrittenWait::Schedule(own) => (RetryWait::Backoff(own), own),
        };
        let (times, has_own_times) = match self.times {
            Some(own) => (own, true),
            None => (length(schedule), false),
        };
        let when = match self.when {
            Some(own) => own,
            None if was_not_carried_out(status) => RetryWhen::Always,
            None => RetryWhen::IfIdempotent,
        };
        RetryRule { wait, times, has_own_times, when }
    }
}

/// Whether the trouble that this status tells of may be over soon.
const fn backs_off(status: u16) -> bool {
    matches!(status, 408 | 429 | 500 | 502 | 503 | 504)
}

/// Whether this status says that the request had no effect, so that even a payment may be sent again.
const fn was_not_carried_out(status: u16) -> bool {
    matches!(status, 408 | 429 | 503)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "nobody writes as many waits, and `try_from` is not const"
)]
const fn length(schedule: &[Duration]) -> u32 {
    schedule.len() as u32
}
