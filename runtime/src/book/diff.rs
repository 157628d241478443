//! What is different between two contracts. Takes both; gives the changes that clients notice, by class, in words.

use std::fmt;

use super::contract::Contract;
use super::lock::{Change, Lock, Outcome, Severity};

/// What is different in `new` from `old`, as far as clients rely on it, in the classes of the [lock](super::lock): what
/// breaks them comes first. Where texts alone differ, nothing does.
///
/// ```
/// # use errorbook::ApiError;
/// use errorbook::book::{self, Contract};
///
/// # #[derive(ApiError)]
/// # #[api(status = 404, message = "There is no story with this id.")]
/// # struct NotFound;
/// let old = Contract::builder("Story API").catalog(NotFound::catalog()).build();
/// let json = old.to_json().replace("\"status\": 404", "\"status\": 410");
/// let new = Contract::from_json(&json).unwrap();
///
/// let diff = book::diff(&old, &new);
/// assert!(diff.is_breaking());
/// assert_eq!(diff.changes()[0].class.id(), "status-changed");
/// assert!(diff.to_string().contains("`not_found` was answered with 404 and is with 410"));
/// assert_eq!(book::diff(&old, &old).to_string(), "nothing that clients rely on is different");
/// ```
#[must_use]
pub fn diff(old: &Contract, new: &Contract) -> Diff {
    Diff { outcome: Outcome::of(Lock::of(old).compare(new)) }
}

/// What is different between two contracts; made by [`diff`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diff {
    outcome: Outcome,
}

impl Diff {
    /// The changes, breaks first, those of one code together.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        self.outcome.changes()
    }

    /// Whether any of them breaks clients of today.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        matches!(self.outcome, Outcome::Breaking(_))
    }

    /// The exit status of a command: 0 where nothing is different, 1 where something was added, 2 where something breaks.
    #[must_use]
    pub fn exit_status(&self) -> u8 {
        self.outcome.exit_status()
    }

    fn of(&self, severity: Severity) -> impl Iterator<Item = &Change> {
        self.changes().iter().filter(move |change| change.class.severity() == severity)
    }
}

impl fmt::Display for Diff {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.changes().is_empty() {
            return out.write_str("nothing that clients rely on is different");
        }
        let mut separator = "";
        for (severity, head) in [
            (Severity::Breaking, "this breaks clients of today:"),
            (Severity::Additive, "this was added, and breaks nobody:"),
        ] {
            for (index, change) in self.of(severity).enumerate() {
                if index == 0 {
                    write!(out, "{separator}{head}")?;
                    separator = "\n\n";
                }
                write!(out, "\n\n{change}")?;
            }
        }
        Ok(())
    }
}
