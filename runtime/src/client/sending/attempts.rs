//! How a request was sent, for whoever is handed its last response.

use std::time::Duration;

use crate::client::{Decision, Why};

/// How a request was sent: how often, and why not again. In the extensions of responses, where a middleware sent them again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempts {
    number: u32,
    stopped: Option<(Why, Option<Duration>)>,
}

impl Attempts {
    pub(super) const fn succeeded(number: u32) -> Self {
        Self { number, stopped: None }
    }

    pub(super) const fn stopped(number: u32, decision: Decision) -> Self {
        let stopped = match decision {
            Decision::Stop { why, come_back } => Some((why, come_back)),
            Decision::Retry { .. } => None,
        };
        Self { number, stopped }
    }

    /// How often the request was sent: 1 if it was not repeated.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// What spoke against one more. `None` if the last one succeeded, or failed in a way of which nobody says that it may
    /// be repeated.
    #[must_use]
    pub const fn why(&self) -> Option<Why> {
        match self.stopped {
            Some((why, _)) => Some(why),
            None => None,
        }
    }

    /// After which time, from the response on, it may be worth to come back.
    #[must_use]
    pub const fn come_back(&self) -> Option<Duration> {
        match self.stopped {
            Some((_, come_back)) => come_back,
            None => None,
        }
    }
}
