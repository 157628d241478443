//! What goes wrong, the same for every participant: five failures in six cases, each with the facts that a
//! handler has at hand. How they are answered is the participants' affair.

use std::time::Duration;

use serde::Serialize;

/// A failure, as the handler knows it. Each participant makes a value of its own error type from it inside the
/// timing; texts and lists are borrowed, so that this costs nobody an allocation.
#[derive(Clone, Copy, Debug)]
pub enum Failure {
    /// 404 `not_found`: nothing varies.
    NotFound,
    /// 402 `insufficient_credits`: the figures stand in the message and in the details.
    InsufficientCredits {
        /// What the call costs.
        need: u64,
        /// What is left.
        have: u64,
    },
    /// 429 `rate_limit_exceeded`, with `Retry-After`.
    RateLimited {
        /// Whole seconds.
        wait: Duration,
    },
    /// 429 `quota_exceeded`: the message shows a figure, with `Retry-After`.
    QuotaExceeded {
        /// How many requests were allowed.
        limit: u64,
        /// Whole seconds.
        wait: Duration,
    },
    /// 422 `validation_failed`: the message quotes a text, the details are the fields that are wrong.
    Invalid {
        /// Any text; the message puts it in quotes.
        title: &'static str,
        /// What is wrong with which field: one at least.
        fields: &'static [FieldError],
    },
}

/// What is wrong with one field.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct FieldError {
    /// Its path.
    pub field: &'static str,
    /// The reason, in any text.
    pub problem: &'static str,
}

impl Failure {
    /// The status that answers it.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::InsufficientCredits { .. } => 402,
            Self::RateLimited { .. } | Self::QuotaExceeded { .. } => 429,
            Self::Invalid { .. } => 422,
        }
    }
}

/// One table of the benchmark.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// The table's heading.
    pub name: &'static str,
    /// What goes wrong.
    pub failure: Failure,
    /// The request's id, where the answer shows one.
    pub request_id: Option<&'static str>,
}

/// The cases, in the order of the tables.
pub const CASES: [Case; 6] = [
    Case { name: "404, nothing varies", failure: Failure::NotFound, request_id: None },
    Case {
        name: "404 with a request id",
        failure: Failure::NotFound,
        request_id: Some("req_01hq8z3v5k9m2n7p4r6t8w0y1b"),
    },
    Case {
        name: "402 with two figures",
        failure: Failure::InsufficientCredits { need: 120, have: 35 },
        request_id: None,
    },
    Case {
        name: "429 with `Retry-After`",
        failure: Failure::RateLimited { wait: Duration::from_secs(30) },
        request_id: None,
    },
    Case {
        name: "429 whose message shows a figure",
        failure: Failure::QuotaExceeded { limit: 600, wait: Duration::from_secs(30) },
        request_id: None,
    },
    Case {
        name: "422 with text to escape and two field errors",
        failure: Failure::Invalid {
            title: "Zoë says \"hi\"\n(part\t2)",
            fields: &[
                FieldError { field: "title", problem: "must not hold a line break or a \"quote\"" },
                FieldError { field: "scenes[3].path", problem: "`C:\\stories\\3` is not a relative path" },
            ],
        },
        request_id: None,
    },
];
