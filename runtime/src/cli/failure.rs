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

    pub(super) fn writing(path: &Path, error: &io::Error) -> Self {
        let text = format!("cannot write {}: {error}\n  help: name another with `--output`", path.display());
        Self { status: OUTPUT, text }
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
            _ => INPUT,
        };
        Self { status, text: error.to_string() }
    }
}
