//! The file on disk: held against the contract, brought up to date, and what was accepted written into it. Takes a path and
//! a contract; gives what the test, or the command line, is to say.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::change::{Change, Class, Severity};
use super::facts::{Lock, ParseError};
use super::line::quoted;
use crate::book::contract::{Contract, Retired};

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
            Self::Same => Ok(()),
            Self::Additive(_) => write!(
                out,
                "\n  help: record it: run this test once with `ERRORBOOK_LOCK=update`, and commit the file"
            ),
            Self::Breaking(changes) => {
                let first = changes.first().map_or("CODE", Change::subject);
                write!(
                    out,
                    "\n  help: take it back; or, if clients know of it, accept each break with its reason:\n        \
                     cargo run --example errors -- lock accept {first} --because \"…\""
                )
            }
        }
    }
}

/// What keeps a lock from being read or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum LockError {
    /// The file cannot be read or written.
    Io(PathBuf, io::Error),
    /// Its text is not that of a lock.
    Parse(PathBuf, ParseError),
    /// git does not show the file at that place.
    Git(String),
    /// Nothing that breaks is to be accepted for this code.
    NothingToAccept(String),
    /// A break is accepted with a reason.
    NoReason,
    /// A code that went is never used again, so this cannot be accepted.
    Reused(String),
}

impl fmt::Display for LockError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(path, error) => write!(out, "{}: {error}", path.display()),
            Self::Parse(path, error) => write!(out, "{}: {error}", path.display()),
            Self::Git(said) => write!(out, "git does not show the lock: {said}"),
            Self::NothingToAccept(code) => {
                write!(out, "nothing about `{code}` breaks the lock\n  help: `lock check` lists what does")
            }
            Self::NoReason => {
                write!(
                    out,
                    "a break is accepted with a reason\n  help: add `--because \"…\"`, for those who ask later"
                )
            }
            Self::Reused(code) => write!(
                out,
                "`{code}` went, and clients from before take it for what it was\n  help: give the error another code"
            ),
        }
    }
}

impl std::error::Error for LockError {}

/// Holds the contract to the file, in a test. With the variable `ERRORBOOK_LOCK=update`, what was added is recorded, unless
/// the variable `CI` is set.
///
/// The path is that of the package's own folder, where cargo runs tests.
///
/// # Panics
///
/// The contract breaks the lock, or has what is not recorded; the file cannot be read or written.
#[track_caller]
pub fn check(path: impl AsRef<Path>, contract: &Contract) {
    let path = path.as_ref();
    let wants_update = std::env::var_os("ERRORBOOK_LOCK").is_some_and(|word| word == "update");
    let is_ci = std::env::var_os("CI").is_some_and(|word| !word.is_empty());
    let result = if wants_update && !is_ci { update(path, contract) } else { outcome(path, contract) };
    match result {
        Ok(Outcome::Same) => {}
        Ok(other) => panic!("{other}"),
        Err(error) => panic!("{error}"),
    }
}

/// How the contract stands to the file. Without a file everything is yet to be recorded.
///
/// # Errors
///
/// The file cannot be read.
pub fn outcome(path: impl AsRef<Path>, contract: &Contract) -> Result<Outcome, LockError> {
    Ok(Outcome::of(read(path.as_ref())?.unwrap_or_default().compare(contract)))
}

/// How the contract stands to the file as it is in git where the branch of today left `reference`, so that a lock that was
/// edited hides no break.
///
/// # Errors
///
/// There is no such reference, or git cannot be run.
pub fn against(reference: &str, path: impl AsRef<Path>, contract: &Contract) -> Result<Outcome, LockError> {
    let path = path.as_ref();
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let base = git(folder, &["merge-base", "HEAD", reference])?;
    let listed = git(folder, &["ls-tree", "--name-only", base.trim(), &name])?;
    if listed.trim().is_empty() {
        return Ok(Outcome::of(Lock::default().compare(contract)));
    }
    let text = git(folder, &["show", &format!("{}:./{name}", base.trim())])?;
    let lock = Lock::parse(&text).map_err(|error| LockError::Parse(path.to_owned(), error))?;
    Ok(Outcome::of(lock.compare(contract)))
}

fn git(folder: &Path, arguments: &[&str]) -> Result<String, LockError> {
    let output = Command::new("git").arg("-C").arg(folder).args(arguments).output();
    let output = output.map_err(|error| LockError::Git(error.to_string()))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(LockError::Git(String::from_utf8_lossy(&output.stderr).trim().to_owned()))
}

/// Records in the file what was added; makes the file where there is none. What breaks is left as it is and told.
///
/// # Errors
///
/// The file cannot be read or written.
pub fn update(path: impl AsRef<Path>, contract: &Contract) -> Result<Outcome, LockError> {
    let path = path.as_ref();
    let before = read(path)?;
    let outcome = Outcome::of(before.clone().unwrap_or_default().compare(contract));
    if let Outcome::Breaking(_) = outcome {
        return Ok(outcome);
    }
    let before = before.unwrap_or_default();
    write(path, &Lock { retired: before.retired, accepted: before.accepted, ..Lock::of(contract) })?;
    Ok(Outcome::Same)
}

/// Accepts what breaks about this code (`*`: about the envelope and the whole), and writes it into the file with the reason.
/// A code that is gone becomes a tombstone. Gives what is left.
///
/// # Errors
///
/// Nothing about the code breaks; the reason is empty; the code went before and would be used again; the file cannot be read or written.
pub fn accept(
    path: impl AsRef<Path>,
    contract: &Contract,
    subject: &str,
    because: &str,
) -> Result<Outcome, LockError> {
    let path = path.as_ref();
    if because.trim().is_empty() {
        return Err(LockError::NoReason);
    }
    let mut lock = read(path)?.unwrap_or_default();
    let changes = lock.compare(contract);
    let is_meant =
        |change: &&Change| change.subject() == subject && change.class.severity() == Severity::Breaking;
    let accepted: Vec<&Change> = changes.iter().filter(is_meant).collect();
    if accepted.is_empty() {
        return Err(LockError::NothingToAccept(subject.to_owned()));
    }
    if accepted.iter().any(|change| change.class == Class::CodeReused) {
        return Err(LockError::Reused(subject.to_owned()));
    }
    let (now, date) = (Lock::of(contract), today());
    for change in &accepted {
        let line = format!("accepted {} {} {date} {}", quoted(subject), change.class, quoted(because));
        lock.accepted.insert(line);
        match change.class {
            Class::CodeRemoved | Class::CodeRenamed => lock.bury(subject, &now, &date, because),
            _ => lock.take_over(subject, &now),
        }
    }
    write(path, &lock)?;
    Ok(Outcome::of(lock.compare(contract)))
}

impl Lock {
    /// A code that is gone stands for nothing else ever after.
    fn bury(&mut self, code: &str, now: &Self, date: &str, because: &str) {
        let Some(facts) = self.codes.remove(code) else { return };
        let was = facts.first();
        let successor = was.and_then(|was| {
            let mut alike = now.codes.iter().filter(|(new, _)| !self.codes.contains_key(*new));
            alike.find(|(_, is)| is.iter().any(|is| is.name == was.name))
        });
        if let Some((new, facts)) = successor {
            self.codes.insert(new.clone(), facts.clone());
        }
        let retired = Retired {
            code: code.to_owned(),
            status: was.map(|was| was.status).filter(|status| *status > 0),
            date: Some(date.to_owned()),
            successor: successor.map(|(new, _)| new.clone()),
            reason: Some(because.to_owned()),
        };
        self.retired.insert(code.to_owned(), retired);
    }

    /// What is about this code, or about the whole, is as it is now.
    fn take_over(&mut self, subject: &str, now: &Self) {
        if subject == "*" {
            self.codes_are_closed = now.codes_are_closed;
            self.request_id_header.clone_from(&now.request_id_header);
            self.media_types.clone_from(&now.media_types);
            self.members.clone_from(&now.members);
        } else if let Some(facts) = now.codes.get(subject) {
            self.codes.insert(subject.to_owned(), facts.clone());
        }
    }
}

fn read(path: &Path) -> Result<Option<Lock>, LockError> {
    match std::fs::read_to_string(path) {
        Ok(text) => Lock::parse(&text).map(Some).map_err(|error| LockError::Parse(path.to_owned(), error)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(LockError::Io(path.to_owned(), error)),
    }
}

fn write(path: &Path, lock: &Lock) -> Result<(), LockError> {
    std::fs::write(path, lock.to_text()).map_err(|error| LockError::Io(path.to_owned(), error))
}

/// `2026-11-26`, in UTC.
fn today() -> String {
    time::OffsetDateTime::now_utc().date().to_string()
}
