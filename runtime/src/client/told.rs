//! What a response's head tells of whether and when to come back.

use std::time::Duration;

use http::{HeaderMap, StatusCode};

use crate::retry::RetryRule;

/// All that a decision about a retry needs of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    rule: RetryRule,
    wait: Option<Duration>,
    should_retry: Option<bool>,
}

impl Told {
    /// What status and headers tell.
    #[must_use]
    pub fn of_head(status: StatusCode, _headers: &HeaderMap) -> Self {
        Self { rule: RetryRule::for_status(status), wait: None, should_retry: None }
    }

    /// The same with another rule: that of the code in place of the status'.
    #[must_use]
    pub fn with_rule(self, rule: RetryRule) -> Self {
        Self { rule, ..self }
    }

    /// The same with another wait: that of the body.
    #[must_use]
    pub fn with_wait(self, wait: Option<Duration>) -> Self {
        Self { wait, ..self }
    }

    /// The rule.
    #[must_use]
    pub fn rule(&self) -> RetryRule {
        self.rule
    }

    /// How long to wait at least.
    #[must_use]
    pub fn wait(&self) -> Option<Duration> {
        self.wait
    }

    /// What `x-should-retry` says.
    #[must_use]
    pub fn should_retry(&self) -> Option<bool> {
        self.should_retry
    }
}
