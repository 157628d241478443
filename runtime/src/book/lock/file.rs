//! The file on disk: held against the contract, brought up to date, and what was accepted written into it. Takes a path and
//! a contract; gives what the test, or the command line, is to say.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::change::{Change, Class};
use super::facts::Lock;
use super::line::{quoted, words};
use super::outcome::Outcome;
use super::text::ParseError;
use crate::book::contract::{Contract, Retired};

/// What keeps a lock from being read or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum LockError {
    /// The file cannot be read.
    Io(PathBuf, io::Error),
    /// The file cannot be written.
    Write(PathBuf, io::Error),
    /// Its text is not that of a lock.
    Parse(PathBuf, ParseError),
    /// git does not show the file at that place.
    Git(String),
    /// Nothing that breaks is to be accepted for this code or place.
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
            Self::Write(path, error) => write!(out, "cannot write {}: {error}", path.display()),
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

/// How the contract stands to the file, and to the file as it is in git where the branch of today left `reference`, so that a
/// lock that was edited hides no break. What the branch added and recorded is well, and so is a break that it accepted.
///
/// # Errors
///
/// There is no such reference, or git cannot be run; a file cannot be read.
pub fn against(reference: &str, path: impl AsRef<Path>, contract: &Contract) -> Result<Outcome, LockError> {
    let path = path.as_ref();
    let base = at_base(reference, path)?;
    let lock = read(path)?.unwrap_or_default();
    let accepted = accepted_since(&base, &lock);
    let mut changes = lock.compare(contract);
    let since = base.compare(contract);
    for change in since.iter().filter(|change| change.breaks()) {
        if !is_accepted(change, &since, &accepted) && !changes.contains(change) {
            changes.push(change.clone());
        }
    }
    // Without its tombstone a code would come back unseen, if not today.
    for gone in base.retired.keys() {
        let is_told =
            lock.retired.contains_key(gone) || changes.iter().any(|change| change.subject() == gone);
        if !is_told {
            let what = format!("`{gone}` went, and the lock no longer tells so");
            changes.push(Change { code: Some(gone.clone()), ..Change::new(Class::CodeReused, what) });
        }
    }
    changes.sort_by_key(|change| !change.breaks());
    Ok(Outcome::of(changes))
}

/// The file as it is in git where the branch of today left `reference`; empty where it is not there.
fn at_base(reference: &str, path: &Path) -> Result<Lock, LockError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let base = git(folder, &["merge-base", "HEAD", reference])?;
    let listed = git(folder, &["ls-tree", "--name-only", base.trim(), &name])?;
    if listed.trim().is_empty() {
        return Ok(Lock::default());
    }
    let text = git(folder, &["show", &format!("{}:./{name}", base.trim())])?;
    Lock::parse(&text).map_err(|error| LockError::Parse(path.to_owned(), error))
}

/// A break that a branch accepted: subject, class, and what it was about.
type Accepted = [String; 3];

fn accepted_since(base: &Lock, lock: &Lock) -> Vec<Accepted> {
    let entry = |line: &String| match &*words(line)? {
        [_, subject, class, _, what, ..] => Some([subject.clone(), class.clone(), what.clone()]),
        _ => None,
    };
    lock.accepted.difference(&base.accepted).filter_map(entry).collect()
}

/// Whether this break, one of `all` since the branch began, was accepted as it is, or in several steps.
fn is_accepted(change: &Change, all: &[Change], accepted: &[Accepted]) -> bool {
    let own = || accepted.iter().filter(|[subject, ..]| subject == change.subject());
    if let Class::CodeRemoved | Class::CodeRenamed = change.class {
        // A code that went is gone, whatever it was called in between.
        let gone = [Class::CodeRemoved.id(), Class::CodeRenamed.id()];
        return own().any(|[_, class, _]| gone.contains(&&**class));
    }
    // What was accepted and is not what became of it is a step on the way.
    let is_step = |what: &String| all.iter().all(|change| change.what != *what);
    let is_stepwise = own().filter(|[.., what]| is_step(what)).count() > 1;
    own().any(|[_, class, what]| {
        class == change.class.id() && (*what == change.what || is_stepwise && is_step(what))
    })
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

/// Accepts all that breaks about this subject, each break written into the file with what it was and the reason: about a code;
/// about the member of the envelopes at a place, as `/error/code`; or, as `*`, about the whole, its media types and the header
/// of the request id. A code that is gone becomes a tombstone. Gives what is left.
///
/// # Errors
///
/// Nothing about the subject breaks; the reason is empty; the code went before and would be used again; the file cannot be read
/// or written.
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
    let is_meant = |change: &&Change| change.subject() == subject && change.breaks();
    let accepted: Vec<&Change> = changes.iter().filter(is_meant).collect();
    if accepted.is_empty() {
        return Err(LockError::NothingToAccept(subject.to_owned()));
    }
    if accepted.iter().any(|change| change.class == Class::CodeReused) {
        return Err(LockError::Reused(subject.to_owned()));
    }
    let (now, date) = (Lock::of(contract).numbered_as(&lock), today());
    for change in &accepted {
        let [subject, what, because] = [subject, &change.what, because].map(quoted);
        lock.accepted.insert(format!("accepted {subject} {} {date} {what} {because}", change.class));
    }
    for change in accepted {
        match &change.code {
            Some(code) if !now.codes.contains_key(code) => lock.bury(code, change, &now, &date, because),
            Some(code) => lock.codes.extend(now.codes.get(code).map(|facts| (code.clone(), facts.clone()))),
            None => lock.take_over(change.place.as_deref(), &now),
        }
    }
    lock.take_over_new_bodies(&now);
    write(path, &lock)?;
    Ok(Outcome::of(lock.compare(contract)))
}

impl Lock {
    /// A code that is gone stands for nothing else ever after.
    fn bury(&mut self, code: &str, change: &Change, now: &Self, date: &str, because: &str) {
        let Some(facts) = self.codes.remove(code) else { return };
        let successor = change.successor.as_ref();
        if let Some((new, facts)) = successor.and_then(|new| now.codes.get_key_value(new)) {
            self.codes.insert(new.clone(), facts.clone());
        }
        let retired = Retired {
            code: code.to_owned(),
            status: facts.first().map(|was| was.status).filter(|status| *status > 0),
            date: Some(date.to_owned()),
            // What stands in its place is only for clients to know where they see it.
            successor: successor.filter(|_| change.class == Class::CodeRenamed).cloned(),
            reason: Some(because.to_owned()),
        };
        self.retired.insert(code.to_owned(), retired);
    }

    /// What is about this place of the envelopes, or about the whole, is as it is now.
    fn take_over(&mut self, place: Option<&str>, now: &Self) {
        let Some(place) = place else {
            self.codes_are_closed = now.codes_are_closed;
            self.request_id_header.clone_from(&now.request_id_header);
            for (number, media_type) in &mut self.media_types {
                if let Some(now) = now.media_types.get(number) {
                    media_type.clone_from(now);
                }
            }
            return;
        };
        self.members
            .retain(|(number, pointer, _), _| pointer != place || !now.media_types.contains_key(number));
        let here = now.members.iter().filter(|((_, pointer, _), _)| pointer == place);
        self.members.extend(here.map(|(key, shape)| (key.clone(), shape.clone())));
    }

    /// An error that is accepted may be written in an envelope that no other had.
    fn take_over_new_bodies(&mut self, now: &Self) {
        let new = now.media_types.iter().filter(|(number, _)| !self.media_types.contains_key(*number));
        let new: BTreeMap<usize, String> = new.map(|(number, name)| (*number, name.clone())).collect();
        let members = now.members.iter().filter(|((number, ..), _)| new.contains_key(number));
        self.members.extend(members.map(|(key, shape)| (key.clone(), shape.clone())));
        self.media_types.extend(new);
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
    std::fs::write(path, lock.to_text()).map_err(|error| LockError::Write(path.to_owned(), error))
}

/// `2026-11-26`, in UTC.
fn today() -> String {
    time::OffsetDateTime::now_utc().date().to_string()
}
