//! Retry rules as places on a line of time. Takes all rules of a contract; gives one scale for all of them, and where on
//! it the tries of each stand. All places are in percent of the line.

use super::outline::{Outline, Pace};
use super::words;
use crate::book::{Retry, Wait};

/// Where the longest wait of all ends: what follows is room for the bar behind it.
const END: f64 = 89.0;
/// Two tries closer than this touch.
const NEAR: f64 = 1.0 / 24.0;
/// More tries than this are drawn as the first ones and the last.
const MOST: usize = 8;

/// From waits to places. Linear, unless the nearest tries would touch.
pub(super) struct Scale {
    longest: f64,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Linear,
    Root,
    /// With the shortest wait, in milliseconds.
    Logarithm(f64),
}

/// A rule on the line.
pub(super) struct Track {
    pub(super) pace: Pace,
    pub(super) waits: Vec<Stretch>,
    /// Where the last try stands.
    pub(super) end: f64,
}

/// A wait, and the try at its end.
pub(super) struct Stretch {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) kind: StretchKind,
    /// How long it is, as a label.
    pub(super) label: String,
}

pub(super) enum StretchKind {
    /// So long.
    Fixed,
    /// At least up to here, at most up to the try.
    Range(f64),
    /// As long as the response tells.
    Told,
}

impl Scale {
    pub(super) fn new(outline: &Outline<'_>) -> Self {
        let (mut longest, mut shortest) = (0.0_f64, f64::INFINITY);
        for rule in &outline.rules {
            for (_, wait) in waits(rule.retry) {
                shortest = shortest.min(wait).max(1.0);
            }
            longest = longest.max(waits(rule.retry).iter().map(|(_, wait)| wait).sum());
        }
        let longest = longest.max(1.0);
        let kind = match shortest / longest {
            share if share >= NEAR => Kind::Linear,
            share if share.sqrt() >= NEAR => Kind::Root,
            _ => Kind::Logarithm(shortest),
        };
        Self { longest, kind }
    }

    /// Whether twice the time is twice as far.
    pub(super) fn is_linear(&self) -> bool {
        matches!(self.kind, Kind::Linear)
    }

    fn at(&self, ms: f64) -> f64 {
        END * match self.kind {
            Kind::Linear => ms / self.longest,
            Kind::Root => (ms / self.longest).sqrt(),
            Kind::Logarithm(shortest) => (1.0 + ms / shortest).ln() / (1.0 + self.longest / shortest).ln(),
        }
    }

    /// Round times and their places, so far apart that their labels do not touch. None where no rule has a wait of its own.
    pub(super) fn ticks(&self) -> Vec<(f64, String)> {
        const ROUND: [u64; 22] = [
            100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 20_000, 30_000, 60_000, 120_000, 180_000,
            240_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 28_800_000,
        ];
        let mut ticks = vec![(0.0, "0".to_owned())];
        if self.longest <= 1.0 {
            return Vec::new();
        }
        let mut push = |ms: u64, apart: f64| {
            let place = self.at(as_float(ms));
            if place <= END + 0.1 && ticks.last().is_some_and(|(last, _)| place - last >= apart) {
                ticks.push((place, words::amount(ms)));
            }
        };
        if let Kind::Linear = self.kind {
            let step = ROUND.into_iter().find(|step| self.at(as_float(*step)) >= 20.0).unwrap_or(28_800_000);
            for index in 1..=6 {
                push(step * index, 1.0);
            }
        } else {
            for ms in ROUND {
                push(ms, 17.0);
            }
        }
        ticks
    }

    pub(super) fn track(&self, retry: &Retry) -> Track {
        let pace = Pace::of(retry);
        let mut stretches = Vec::new();
        let mut from = 0.0;
        if let (Wait::Given { .. }, true) = (&retry.wait, pace != Pace::Never) {
            // Nobody knows how long: so that all tries fit, and the line is shorter than any that is known to be long.
            let tries = count(retry).min(MOST);
            for index in 1..=tries {
                let to = END * 0.8 * as_float(index as u64) / as_float(tries as u64);
                let label = match (index, tries) {
                    (1, 1) => "`Retry-After`".to_owned(),
                    (1, _) => "`Retry-After` each".to_owned(),
                    _ => String::new(),
                };
                stretches.push(Stretch { from, to, kind: StretchKind::Told, label });
                from = to;
            }
        } else {
            let (mut ms, all) = (0.0, waits(retry));
            for (index, (least, wait)) in all.iter().enumerate() {
                let start = ms;
                ms += wait;
                if index >= MOST - 1 && index + 1 < all.len() {
                    continue;
                }
                let to = self.at(ms);
                let kind = match least {
                    Some(least) if least < wait => StretchKind::Range(self.at(start + least)),
                    _ => StretchKind::Fixed,
                };
                let label = match (least, &retry.wait) {
                    // All are alike, and those behind have less room.
                    (Some(_), _) if index > 0 => String::new(),
                    (Some(_), Wait::Between { least_ms, most_ms }) => {
                        let each = if all.len() > 1 { " each" } else { "" };
                        format!("{}{each}", words::range(*least_ms, *most_ms, "–"))
                    }
                    _ => label(*wait, index + 1 == all.len()),
                };
                stretches.push(Stretch { from, to, kind, label });
                from = to;
            }
        }
        Track { pace, waits: stretches, end: from }
    }
}

/// Each wait in milliseconds, with the least of those that vary.
fn waits(retry: &Retry) -> Vec<(Option<f64>, f64)> {
    let tries = count(retry);
    match &retry.wait {
        Wait::Between { least_ms, most_ms } => vec![(Some(as_float(*least_ms)), as_float(*most_ms)); tries],
        Wait::Backoff { schedule_ms } => {
            let last = schedule_ms.last().copied().unwrap_or(0);
            let wait = |index: usize| as_float(schedule_ms.get(index).copied().unwrap_or(last));
            (0..tries).map(|index| (None, wait(index))).collect()
        }
        Wait::Never | Wait::Given { .. } => Vec::new(),
    }
}

/// So many tries, and never more than anyone would draw.
fn count(retry: &Retry) -> usize {
    usize::try_from(retry.times).unwrap_or(usize::MAX).min(100)
}

/// A number for each wait, and its unit at the last.
fn label(ms: f64, is_last: bool) -> String {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it was a whole number of these"
    )]
    let amount = words::amount(ms as u64);
    let is_seconds = amount.ends_with(" s");
    if is_last || !is_seconds { amount } else { amount.trim_end_matches(" s").to_owned() }
}

#[allow(clippy::cast_precision_loss, reason = "a place on a line has a few digits")]
fn as_float(ms: u64) -> f64 {
    ms as f64
}
