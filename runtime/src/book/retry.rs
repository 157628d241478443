//! When a client sends a request again, owned. Takes the rule of a spec; gives it as data, and as it is written.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::retry::{RetryRule, RetryWait, RetryWhen};

/// When a client sends the request again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Retry {
    /// The rule, as it is written in a declaration, with what was left out filled in.
    pub rule: String,
    /// The rule in English, as whole sentences.
    pub sentence: String,
    /// How long to wait.
    pub wait: Wait,
    /// How many retries there may be, the first attempt not counted.
    pub times: u32,
    /// Which requests may be repeated.
    pub when: When,
}

/// How long a client waits; all waits in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
#[non_exhaustive]
pub enum Wait {
    /// The request is never repeated.
    Never,
    /// As long as `Retry-After` says; where it says nothing, by this schedule.
    Given {
        /// The waits, one after the other.
        schedule_ms: Vec<u64>,
    },
    /// Somewhere between the two.
    Between {
        /// The least.
        least_ms: u64,
        /// The most.
        most_ms: u64,
    },
    /// By this schedule.
    Backoff {
        /// The waits, one after the other.
        schedule_ms: Vec<u64>,
    },
}

/// Which requests may be repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum When {
    /// All of them.
    Always,
    /// Those with an idempotent method or an `Idempotency-Key`.
    IfIdempotent,
    /// Those with a safe method.
    IfSafe,
}

impl When {
    /// Each of them, the least strict first.
    const ALL: [Self; 3] = [Self::Always, Self::IfIdempotent, Self::IfSafe];

    /// As it is written in a rule.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Self::Always => "always",
            Self::IfIdempotent => "if idempotent",
            Self::IfSafe => "if safe",
        }
    }

    fn from_words(words: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|when| when.words() == words)
    }
}

impl Retry {
    pub(super) fn new(rule: &RetryRule) -> Self {
        let wait = match rule.wait() {
            RetryWait::Given(schedule) => Wait::Given { schedule_ms: all_millis(schedule) },
            RetryWait::Between(least, most) => {
                Wait::Between { least_ms: millis(least), most_ms: millis(most) }
            }
            RetryWait::Backoff(schedule) => Wait::Backoff { schedule_ms: all_millis(schedule) },
            RetryWait::Never => Wait::Never,
        };
        let when = match rule.when() {
            RetryWhen::Always => When::Always,
            RetryWhen::IfIdempotent => When::IfIdempotent,
            RetryWhen::IfSafe => When::IfSafe,
        };
        let times = rule.times();
        Self { rule: to_text(&wait, times, when), sentence: rule.to_string(), wait, times, when }
    }
}

/// A rule as it is written in a declaration.
pub(super) fn to_text(wait: &Wait, times: u32, when: When) -> String {
    let wait = match wait {
        Wait::Never => return "none".to_owned(),
        _ if times == 0 => return "none".to_owned(),
        Wait::Given { .. } => "after".to_owned(),
        Wait::Between { least_ms, most_ms } if least_ms == most_ms => format!("after {}", amount(*least_ms)),
        Wait::Between { least_ms, most_ms } => format!("after {}..{}", amount(*least_ms), amount(*most_ms)),
        Wait::Backoff { schedule_ms } if schedule_ms.is_empty() => "backoff".to_owned(),
        Wait::Backoff { schedule_ms } => format!("backoff {}", amounts(schedule_ms)),
    };
    match times {
        1 => format!("{wait}, once, {}", when.words()),
        times => format!("{wait}, {times} times, {}", when.words()),
    }
}

/// The same with what a declaration leaves to the type's schedule: the waits where `Retry-After` says nothing. It reads back
/// as what it was.
pub(super) fn to_whole_text(wait: &Wait, times: u32, when: When) -> String {
    let text = to_text(wait, times, when);
    match (wait, text.strip_prefix("after, ")) {
        (Wait::Given { schedule_ms }, Some(rest)) if !schedule_ms.is_empty() => {
            format!("after, else {}, {rest}", amounts(schedule_ms))
        }
        _ => text,
    }
}

/// Reads what [`to_whole_text`] wrote.
pub(super) fn from_text(text: &str) -> Option<(Wait, u32, When)> {
    if text == "none" {
        return Some((Wait::Never, 0, When::IfSafe));
    }
    let (rest, when) = text.rsplit_once(", ")?;
    let (wait, times) = rest.rsplit_once(", ")?;
    let schedule = |waits: &str| waits.split(' ').map(from_amount).collect::<Option<Vec<u64>>>();
    let wait = if wait == "after" {
        Wait::Given { schedule_ms: Vec::new() }
    } else if wait == "backoff" {
        Wait::Backoff { schedule_ms: Vec::new() }
    } else if let Some(waits) = wait.strip_prefix("after, else ") {
        Wait::Given { schedule_ms: schedule(waits)? }
    } else if let Some(waits) = wait.strip_prefix("backoff ") {
        Wait::Backoff { schedule_ms: schedule(waits)? }
    } else {
        let range = wait.strip_prefix("after ")?;
        let (least, most) = range.split_once("..").unwrap_or((range, range));
        Wait::Between { least_ms: from_amount(least)?, most_ms: from_amount(most)? }
    };
    let times = match times.strip_suffix(" times") {
        Some(times) => times.parse().ok()?,
        None => u32::from(times == "once"),
    };
    Some((wait, times, When::from_words(when)?)).filter(|(_, times, _)| *times > 0)
}

/// As it is written in a rule: `500ms`, `30s`, `2m`.
pub(crate) fn amount(ms: u64) -> String {
    match ms {
        ms if ms % 60_000 == 0 && ms > 60_000 => format!("{}m", ms / 60_000),
        ms if ms % 1000 == 0 => format!("{}s", ms / 1000),
        ms => format!("{ms}ms"),
    }
}

/// The same of several.
pub(crate) fn amounts(schedule_ms: &[u64]) -> String {
    schedule_ms.iter().map(|wait| amount(*wait)).collect::<Vec<_>>().join(" ")
}

fn from_amount(text: &str) -> Option<u64> {
    let (number, unit) = text.split_at(text.find(|sign: char| !sign.is_ascii_digit())?);
    let unit = match unit {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit)
}

fn all_millis(schedule: &[Duration]) -> Vec<u64> {
    schedule.iter().map(|wait| millis(*wait)).collect()
}

fn millis(wait: Duration) -> u64 {
    u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_reads_back_as_it_was_written() {
        for (text, wait, times, when) in [
            (
                "after 500ms..2m, once, always",
                Wait::Between { least_ms: 500, most_ms: 120_000 },
                1,
                When::Always,
            ),
            (
                "after 60s, 2 times, if safe",
                Wait::Between { least_ms: 60_000, most_ms: 60_000 },
                2,
                When::IfSafe,
            ),
            (
                "backoff 1s 1500ms, 9 times, always",
                Wait::Backoff { schedule_ms: vec![1000, 1500] },
                9,
                When::Always,
            ),
            (
                "after, else 0s, once, if idempotent",
                Wait::Given { schedule_ms: vec![0] },
                1,
                When::IfIdempotent,
            ),
            ("after, once, if safe", Wait::Given { schedule_ms: vec![] }, 1, When::IfSafe),
            ("none", Wait::Never, 0, When::IfSafe),
        ] {
            assert_eq!(to_whole_text(&wait, times, when), text);
            assert_eq!(from_text(text), Some((wait, times, when)), "{text}");
        }
        for bad in
            ["", "after 3h, once, always", "after s, once, always", "after, sometimes, always", "after, once"]
        {
            assert_eq!(from_text(bad), None, "{bad}");
        }
    }
}
