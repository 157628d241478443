//! Takes a rule; gives it as English sentences that a page can print for those who call the service.

use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use super::{RetryRule, RetryWait, RetryWhen};

/// The rule in words, as whole sentences for those who call the service.
///
/// ```
/// use errorbook::retry::RetryRule;
/// use http::StatusCode;
///
/// assert_eq!(
///     RetryRule::for_status(StatusCode::BAD_GATEWAY).to_string(),
///     "Try again up to 4 times, after waits of 1, 2, 4 and 8 seconds; only requests that are idempotent.",
/// );
/// assert_eq!(RetryRule::NEVER.to_string(), "Do not try again automatically.");
/// ```
impl Display for RetryRule {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (times, when) = (Times(self.times), When(self.when));
        match self.wait {
            // Not that it would fail again: it may just as well charge again, or succeed once credits are bought.
            RetryWait::Never => f.write_str("Do not try again automatically."),
            RetryWait::Given(schedule) => {
                let waits = Waits::new(schedule, self.times);
                let are = if waits.is_one() { "wait is" } else { "waits are" };
                write!(f, "Wait as long as `Retry-After` says, then try again, {times}{when}.")?;
                write!(f, " Without that header, the {are} {waits}.")
            }
            RetryWait::Between(least, most) => {
                write!(f, "Wait {}, then try again, {times}{when}.", Range(least, most))
            }
            RetryWait::Backoff(schedule) => {
                let waits = Waits::new(schedule, self.times);
                if waits.is_one() {
                    write!(f, "Wait {waits}, then try again, {times}{when}.")
                } else {
                    write!(f, "Try again {times}, after waits of {waits}{when}.")
                }
            }
        }
    }
}

/// `once`, `up to 4 times`
struct Times(u32);

impl Display for Times {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => f.write_str("once"),
            times => write!(f, "up to {times} times"),
        }
    }
}

/// What stands behind the wait and the number.
struct When(RetryWhen);

impl Display for When {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            RetryWhen::Always => "",
            RetryWhen::IfIdempotent => "; only requests that are idempotent",
            RetryWhen::IfSafe => "; only requests with a safe method (GET, HEAD, OPTIONS, TRACE)",
        })
    }
}

/// `30 seconds`, `30 to 60 seconds`, `500 milliseconds to 2 seconds`
struct Range(Duration, Duration);

impl Display for Range {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(least, most) = *self;
        let ends = [least, most];
        write_list(f, if least == most { &ends[..1] } else { &ends }, " to ")
    }
}

/// The waits before so many retries: `1, 2 and 4 seconds`, `1 second, then 3 seconds each time`.
struct Waits {
    /// Those that come once each.
    single: &'static [Duration],
    /// The one that goes on.
    repeated: Option<Duration>,
}

impl Waits {
    fn new(schedule: &'static [Duration], times: u32) -> Self {
        let times = usize::try_from(times).unwrap_or(usize::MAX);
        let used = &schedule[..times.min(schedule.len())];
        match used {
            [first, rest @ ..] if rest.iter().all(|wait| wait == first) => {
                Self { single: &[], repeated: Some(*first) }
            }
            [first @ .., last] if times > used.len() => Self { single: first, repeated: Some(*last) },
            _ => Self { single: used, repeated: None },
        }
    }

    /// Whether each wait is like the others.
    fn is_one(&self) -> bool {
        self.single.is_empty()
    }
}

impl Display for Waits {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write_list(f, self.single, " and ")?;
        match self.repeated {
            None => Ok(()),
            Some(wait) if self.is_one() => write_list(f, &[wait], ""),
            Some(wait) => {
                f.write_str(", then ")?;
                write_list(f, &[wait], "")?;
                f.write_str(" each time")
            }
        }
    }
}

/// `1, 2 and 4 seconds`; where they do not all have one unit, each has its own: `1 second, 3 seconds and 2 minutes`.
fn write_list(f: &mut Formatter<'_>, waits: &[Duration], before_last: &str) -> fmt::Result {
    let amount = |wait: &Duration| Amount::of(*wait, waits);
    let [first, rest @ ..] = waits else { return Ok(()) };
    let unit = amount(first).unit;
    let is_shared = !rest.is_empty() && rest.iter().all(|wait| amount(wait).unit == unit);
    for (index, wait) in waits.iter().enumerate() {
        f.write_str(match index {
            0 => "",
            last if last == rest.len() => before_last,
            _ => ", ",
        })?;
        if is_shared { write!(f, "{}", amount(wait).number())? } else { write!(f, "{}", amount(wait))? }
    }
    if is_shared { write!(f, " {}s", unit.name()) } else { Ok(()) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Millisecond,
    Second,
    Minute,
}

impl Unit {
    const fn name(self) -> &'static str {
        match self {
            Self::Millisecond => "millisecond",
            Self::Second => "second",
            Self::Minute => "minute",
        }
    }

    const fn millis(self) -> u128 {
        match self {
            Self::Millisecond => 1,
            Self::Second => 1000,
            Self::Minute => 60_000,
        }
    }
}

/// A wait as one says it: `500 milliseconds`, `1.5 seconds`, `2 minutes`.
#[derive(Clone, Copy)]
struct Amount {
    millis: u128,
    unit: Unit,
}

impl Amount {
    /// One minute is 60 seconds where it stands beside waits that are no whole minutes: `30 to 60 seconds`.
    fn of(wait: Duration, all: &[Duration]) -> Self {
        let in_minutes = |wait: &Duration| wait.as_millis().is_multiple_of(Unit::Minute.millis());
        let millis = wait.as_millis();
        let unit = if in_minutes(&wait) && (millis > Unit::Minute.millis() || all.iter().all(in_minutes)) {
            Unit::Minute
        } else if millis >= Unit::Second.millis() {
            Unit::Second
        } else {
            Unit::Millisecond
        };
        Self { millis, unit }
    }

    fn number(self) -> Number {
        Number(self)
    }
}

impl Display for Amount {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let plural = if self.millis == self.unit.millis() { "" } else { "s" };
        write!(f, "{} {}{plural}", self.number(), self.unit.name())
    }
}

/// The number before the unit: `30`, `1.5`.
struct Number(Amount);

impl Display for Number {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Amount { millis, unit } = self.0;
        write!(f, "{}", millis / unit.millis())?;
        // Seconds alone can have a rest: three digits of it, without the zeros at the end.
        let rest = millis % unit.millis();
        if rest == 0 {
            return Ok(());
        }
        let digits = format!("{rest:03}");
        write!(f, ".{}", digits.trim_end_matches('0'))
    }
}
