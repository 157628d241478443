//! Reads what runs of tests wrote down. Takes a folder; gives the errors that were produced, and how many files say nothing
//! of the code of today.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};

use super::{Folder, HEAD, built};

/// What is in a folder.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Status, code and name of each error, as they are written.
    produced: HashSet<String>,
    /// From how many test binaries.
    pub(crate) programs: usize,
    /// Of how many others the program was built again since, and not run.
    pub(crate) stale: usize,
}

impl Found {
    /// Whether this error was produced. `is_only`: no other error has this code and status, so that the variant may have
    /// been renamed since.
    pub(crate) fn has(&self, status: Option<u16>, code: &str, name: &str, is_only: bool) -> bool {
        let status = status.map_or("none".to_owned(), |status| status.to_string());
        let start = format!("{status} {code} ");
        self.produced.contains(&format!("{start}{name}"))
            || is_only && self.produced.iter().any(|line| line.starts_with(&start))
    }
}

/// All that is in the folder; nothing where there is none.
pub(crate) fn read(folder: &Folder) -> io::Result<Found> {
    let mut found = Found::default();
    for (_, text) in files(folder)? {
        if !folder.is_chosen && is_stale(&text) {
            found.stale += 1;
            continue;
        }
        found.programs += 1;
        // A line that a full disk cut off is of no error.
        found
            .produced
            .extend(text.split_inclusive('\n').filter_map(|line| Some(line.strip_suffix('\n')?.to_owned())));
    }
    Ok(found)
}

/// Forgets all runs. Gives the number of files that are gone.
pub(crate) fn clear(folder: &Folder) -> io::Result<usize> {
    let files = files(folder)?;
    files.iter().try_for_each(|(path, _)| std::fs::remove_file(path))?;
    Ok(files.len())
}

/// The files that runs of tests wrote, with their texts; whatever else may be in the folder is somebody else's.
fn files(folder: &Folder) -> io::Result<Vec<(PathBuf, String)>> {
    let mut files = Vec::new();
    let folder = match std::fs::read_dir(&folder.path) {
        Ok(folder) => folder,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(files),
        Err(error) => return Err(error),
    };
    for file in folder {
        let path = file?.path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let text = String::from_utf8_lossy(&std::fs::read(&path)?).into_owned();
        if text.lines().any(|line| line == HEAD) {
            files.push((path, text));
        }
    }
    Ok(files)
}

/// Whether the program is there, and was built since. One that is gone was so when the rest was cleaned, or stands on
/// another machine.
fn is_stale(text: &str) -> bool {
    let of = text.lines().find_map(|line| line.strip_prefix("of ")?.split_once(' '));
    of.is_some_and(|(then, program)| built(Path::new(program)).is_some_and(|now| now.to_string() != then))
}
