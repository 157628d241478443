//! How a contract stands to its lock, all changes together. Takes them; gives what a test or a command says, and what is to
//! be done.

use std::borrow::Cow;
use std::fmt;

use super::change::{Change, Class, Severity};

/// How a contract stands to its lock.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// Nothing that clients rely on is different.
    Same,
    /// Something was added that is not recorded yet, or there is no file yet.
    Additive(Vec<Change>),
    /// Something breaks clients of today; what was added besides is behind it.
    Breaking(Vec<Change>),
}

impl Outcome {
    /// The exit status of a command: 0, 1 or 2.
    #[must_use]
    pub const fn exit_status(&self) -> u8 {
        match self {
            Self::Same => 0,
            Self::Additive(_) => 1,
            Self::Breaking(_) => 2,
        }
    }

    /// What is different.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        match self {
            Self::Same => &[],
            Self::Additive(changes) | Self::Breaking(changes) => changes,
        }
    }

    /// That of these changes.
    #[must_use]
    pub fn of(changes: Vec<Change>) -> Self {
        match changes.iter().map(|change| change.class.severity()).max() {
            None => Self::Same,
            Some(Severity::Additive) => Self::Additive(changes),
            Some(Severity::Breaking) => Self::Breaking(changes),
        }
    }
}

/// As a test says it.
impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same => return write!(out, "the contract is as the lock has it"),
            Self::Additive(_) => writeln!(out, "the contract has more than the lock records:")?,
            Self::Breaking(_) => writeln!(out, "the contract breaks what the lock promises:")?,
        }
        for change in self.changes() {
            writeln!(out, "\n{change}")?;
        }
        match self {
            Self::Additive(_) => write!(
                out,
                "\n  help: record it: run this test once with `ERRORBOOK_LOCK=update`, and commit the file"
            ),
            _ => {
                write!(out, "\n  help: {}", self.help("cargo run --example errors --").unwrap_or_default())
            }
        }
    }
}

impl Outcome {
    /// What is to be done, with the command line that is called like this.
    pub(crate) fn help(&self, program: &str) -> Option<String> {
        let breaks = || self.changes().iter().filter(|change| change.breaks());
        match self {
            Self::Same => None,
            Self::Additive(_) => Some(format!("record it: {program} lock update")),
            Self::Breaking(_) => Some(match breaks().find(|change| change.class != Class::CodeReused) {
                Some(first) => {
                    let subject = for_shell(first.subject());
                    format!(
                        "take it back; or, if clients know of it, accept what breaks about each code with its \
                         reason:\n        {program} lock accept {subject} --because \"…\""
                    )
                }
                // That cannot be accepted.
                None => {
                    "a code that went stands for nothing else ever after: give the error another".to_owned()
                }
            }),
        }
    }
}

/// As a shell takes it for this one word.
pub(crate) fn for_shell(word: &str) -> Cow<'_, str> {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || "_-./:@%+=,".contains(sign);
    if !word.is_empty() && word.chars().all(is_plain) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(format!("'{}'", word.replace('\'', r"'\''")))
}
