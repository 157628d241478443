//! How many retries a client may send at all. Takes what became of its requests; gives leave for a retry, or none. The
//! time is passed in.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What one retry costs, in tokens; a success pays in one.
const COST: u64 = 5;
/// A token is counted in these, so that a moment's share of one is not lost.
const PARTS: u64 = 1000;

/// A second pays in one token.
const NANOS_OF_A_PART: u64 = 1_000_000_000 / PARTS;

/// A bucket of tokens that all requests of a client share: retries draw on it, successes pay in. While a service fails, it
/// runs dry, and further failures are told at once: a service that is overloaded is left with its first attempts, which is
/// what it needs to recover.
///
/// | | |
/// |---|---|
/// | a retry | costs 5 tokens; where there are fewer, there is none |
/// | a success at the first attempt | pays in 1 token |
/// | a success after retries | pays in the 5 of the last of them |
/// | a second | pays in 1 token, so that a client that sends little is not without retries for good |
/// | at most | 100 tokens, with which it begins: 20 retries |
///
/// So in the long run there is one retry to five successes, and one every five seconds besides. The costs are those of the
/// [AWS SDKs](https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html), whose bucket begins with 500
/// tokens and has no time. [gRPC's](https://github.com/grpc/proposal/blob/master/A6-client-retries.md#throttling-retry-attempts-and-hedged-rpcs)
/// is of the same kind: a failure costs one token of, say, 10, a success pays in a tenth, and with half of them there are no
/// more retries. A share of the requests alone, as tower's budget has it, would leave out what matters: whether they
/// succeed.
///
/// Clones are one bucket. Make one for each service that is called, as one that fails is no reason not to ask another
/// again.
///
/// ```
/// use std::time::{Duration, Instant};
/// use errorbook::client::Budget;
///
/// let budget = Budget::of_retries(2);
/// let now = Instant::now();
/// assert!(budget.withdraw(now) && budget.withdraw(now));
/// assert!(!budget.withdraw(now));
///
/// // Five successes, or five seconds, are one retry.
/// for _ in 0..5 {
///     budget.deposit(1);
/// }
/// assert!(budget.withdraw(now));
/// assert!(!budget.withdraw(now));
/// assert!(budget.withdraw(now + Duration::from_secs(5)));
/// ```
#[derive(Debug, Clone)]
pub struct Budget {
    bucket: Arc<Bucket>,
}

#[derive(Debug)]
struct Bucket {
    capacity: u64,
    /// How long it takes time to pay in a part; zero: it pays in nothing.
    nanos_of_a_part: u64,
    level: Mutex<Level>,
}

#[derive(Debug)]
struct Level {
    parts: u64,
    /// Up to when time has paid in; `None` before anybody asked.
    since: Option<Instant>,
}

impl Budget {
    /// The bucket of 20 retries that the table shows.
    #[must_use]
    pub fn new() -> Self {
        Self::of_retries(20)
    }

    /// A bucket that holds so many retries, and begins full. With 0 there are none.
    #[must_use]
    pub fn of_retries(retries: u32) -> Self {
        let capacity = u64::from(retries) * COST * PARTS;
        Self::of(capacity, NANOS_OF_A_PART)
    }

    /// A full bucket of the same size, to which time pays in one retry in each such `interval`. With [`Duration::ZERO`] it
    /// pays in nothing, as with the AWS SDKs.
    ///
    /// ```
    /// use std::time::{Duration, Instant};
    /// use errorbook::client::Budget;
    ///
    /// // 100 retries, and nothing but success pays in.
    /// let as_the_aws_sdks = Budget::of_retries(100).with_interval(Duration::ZERO);
    /// # let now = Instant::now();
    /// # for _ in 0..100 { assert!(as_the_aws_sdks.withdraw(now)); }
    /// # assert!(!as_the_aws_sdks.withdraw(now + Duration::from_secs(3600)));
    /// ```
    #[must_use]
    pub fn with_interval(self, interval: Duration) -> Self {
        let nanos = interval.as_nanos().div_ceil(u128::from(COST * PARTS));
        Self::of(self.bucket.capacity, u64::try_from(nanos).unwrap_or(u64::MAX))
    }

    fn of(capacity: u64, nanos_of_a_part: u64) -> Self {
        let level = Mutex::new(Level { parts: capacity, since: None });
        Self { bucket: Arc::new(Bucket { capacity, nanos_of_a_part, level }) }
    }

    /// Draws one retry. `false`: there is none left, and nothing was drawn. `now` is the time by the caller's clock, which
    /// may stand still or, in tests, be tokio's.
    #[must_use]
    pub fn withdraw(&self, now: Instant) -> bool {
        let mut level = self.bucket.level();
        let since = *level.since.get_or_insert(now);
        // A clock of another thread may be a little behind.
        let (paid_in, by_time) = self.bucket.paid_in(now.saturating_duration_since(since));
        level.parts = self.bucket.capacity.min(level.parts.saturating_add(paid_in));
        level.since = since.checked_add(by_time);
        let rest = level.parts.checked_sub(COST * PARTS);
        level.parts = rest.unwrap_or(level.parts);
        rest.is_some()
    }

    /// Pays in for a request that succeeded at its attempt of this number, the first being 1.
    #[inline]
    pub fn deposit(&self, number: u32) {
        let pays = if number > 1 { COST } else { 1 };
        let mut level = self.bucket.level();
        level.parts = self.bucket.capacity.min(level.parts.saturating_add(pays * PARTS));
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::new()
    }
}

impl Bucket {
    /// What this time pays in, and the part of it that does: what is left over is less than a part, and waits for its rest.
    fn paid_in(&self, time: Duration) -> (u64, Duration) {
        let nanos_of_a_part = u128::from(self.nanos_of_a_part);
        let Some(parts) = time.as_nanos().checked_div(nanos_of_a_part) else { return (0, time) };
        let Ok(parts) = u64::try_from(parts) else { return (self.capacity, time) };
        let rest = u64::try_from(time.as_nanos() % nanos_of_a_part).unwrap_or(0);
        (parts, time.saturating_sub(Duration::from_nanos(rest)))
    }

    /// Nothing panics while it is locked.
    #[inline]
    fn level(&self) -> MutexGuard<'_, Level> {
        self.level.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    /// How many retries it gives at this time.
    fn drain(budget: &Budget, now: Instant) -> usize {
        std::iter::from_fn(|| budget.withdraw(now).then_some(())).take(1000).count()
    }

    #[test]
    fn a_new_one_has_20_retries() {
        assert_eq!(drain(&Budget::new(), Instant::now()), 20);
        assert_eq!(drain(&Budget::of_retries(0), Instant::now()), 0);
    }

    #[test]
    fn five_successes_are_one_retry_and_one_after_retries_is_worth_what_the_last_cost() {
        let (budget, now) = (Budget::new(), Instant::now());
        drain(&budget, now);
        for _ in 0..10 {
            budget.deposit(1);
        }
        assert_eq!(drain(&budget, now), 2);
        budget.deposit(2);
        budget.deposit(5);
        assert_eq!(drain(&budget, now), 2);
        for _ in 0..4 {
            budget.deposit(1);
        }
        assert_eq!(drain(&budget, now), 0);
    }

    #[test]
    fn it_never_holds_more_than_it_began_with() {
        let (budget, now) = (Budget::of_retries(3), Instant::now());
        for _ in 0..1000 {
            budget.deposit(2);
        }
        assert_eq!(drain(&budget, now), 3);
        assert_eq!(drain(&budget, now + SECOND * 3600), 3);
    }

    #[test]
    fn time_pays_in_also_in_steps_that_are_less_than_a_part() {
        let (budget, start) = (Budget::new(), Instant::now());
        drain(&budget, start);
        let step = Duration::from_micros(300);
        let got = (1..=50_000).filter(|nth| budget.withdraw(start + step * *nth)).count();
        assert_eq!(got, 3); // 15 seconds
    }

    #[test]
    fn a_clock_that_goes_back_pays_in_nothing_twice() {
        let (budget, start) = (Budget::new(), Instant::now() + SECOND * 100);
        drain(&budget, start);
        assert!(!budget.withdraw(start.checked_sub(SECOND * 50).unwrap()));
        assert!(!budget.withdraw(start));
        assert_eq!(drain(&budget, start + SECOND * 5), 1);
    }

    #[test]
    fn without_an_interval_time_pays_in_nothing() {
        let (budget, start) = (Budget::new().with_interval(Duration::ZERO), Instant::now());
        assert_eq!(drain(&budget, start), 20);
        assert_eq!(drain(&budget, start + SECOND * 1_000_000), 0);
        let (budget, start) = (Budget::new().with_interval(SECOND), Instant::now());
        drain(&budget, start);
        assert_eq!(drain(&budget, start + SECOND * 7), 7);
    }

    #[test]
    fn an_interval_may_be_short_or_long() {
        for interval in [Duration::from_micros(500), SECOND * 7, SECOND * 3000, SECOND * 86_400] {
            let (budget, start) = (Budget::new().with_interval(interval), Instant::now());
            drain(&budget, start);
            assert_eq!(drain(&budget, start + interval * 3), 3, "{interval:?}");
        }
        let budget = Budget::of_retries(1).with_interval(Duration::MAX);
        assert_eq!(drain(&budget, Instant::now()), 1);
        assert_eq!(drain(&budget, Instant::now() + SECOND * 1_000_000), 0);
    }

    #[test]
    fn clones_are_one_bucket() {
        let budget = Budget::of_retries(2);
        assert!(budget.clone().withdraw(Instant::now()));
        assert_eq!(drain(&budget, Instant::now()), 1);
    }
}
