//! Why a command was not carried out, with what to do about it, and the status that says so.

use std::fmt;
use std::io;
use std::path::Path;

use super::{INPUT, OK, OUTPUT, USAGE};
use crate::book::lock::LockError;

#[derive(Debug)]
pub(super) struct Failure {
    pub(super) status: u8,
    /// What is wrong; in the lines below it stands what to do.
    pub(super) text: String,
}

impl Failure {
    pub(super) fn usage(text: impl Into<String>) -> Self {
        Self { status: USAGE, text: text.into() }
    }

    pub(super) fn input(text: impl Into<String>) -> Self {
        Self { status: INPUT, text: text.into() }
    }

    pub(super) fn reading(path: &Path, error: &dyn fmt::Display) -> Self {
        Self::input(format!("cannot read {}: {error}", path.display()))
    }

    /// `option` names the place, as `--output`.
    pub(super) fn writing(path: &Path, error: &io::Error, option: &str) -> Self {
        let text = format!("cannot write {}: {error}\n  help: name another with `{option}`", path.display());
        Self { status: OUTPUT, text }
    }

    /// What is there cannot be taken away.
    pub(super) fn removing(path: &Path, error: &io::Error) -> Self {
        Self { status: OUTPUT, text: format!("cannot remove what is in {}: {error}", path.display()) }
    }
}

/// Of what is printed. Who stopped to read has seen enough.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let status = if error.kind() == io::ErrorKind::BrokenPipe { OK } else { OUTPUT };
        Self { status, text: format!("cannot write: {error}") }
    }
}

impl From<LockError> for Failure {
    fn from(error: LockError) -> Self {
        let status = match error {
            LockError::NothingToAccept(_) | LockError::NoReason | LockError::Reused(_) => USAGE,
            LockError::Write(..) => OUTPUT,
            LockError::Io(..) | LockError::Parse(..) | LockError::Git(_) => INPUT,
        };
        Self { status, text: error.to_string() }
    }
}
