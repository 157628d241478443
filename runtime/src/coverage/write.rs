//! Writes errors down as they are made into answers. Takes specs; gives lines in a file that all processes of one test binary
//! share, as some runners start one for each test. Each line is there before the answer is, so no panic takes it away.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::{Folder, HEAD, built, folder};
use crate::spec::ErrorSpec;

static RECORDER: Mutex<Option<Recorder>> = Mutex::new(None);

/// What this process has written down.
struct Recorder {
    /// The addresses of specs, which are never freed.
    seen: HashSet<usize>,
    /// The lines that are in the file, those of earlier processes too.
    lines: HashSet<String>,
    /// `None`: there is no place for it, or it could not be opened, which was said once.
    file: Option<File>,
}

/// Writes down that this error was made into an answer, or was recorded.
pub(crate) fn record(spec: &'static ErrorSpec) {
    let mut recorder = RECORDER.lock().unwrap_or_else(PoisonError::into_inner);
    let recorder = recorder.get_or_insert_with(Recorder::new);
    if recorder.seen.insert(std::ptr::from_ref(spec) as usize) {
        let status = spec.status().map_or("none".to_owned(), |status| status.as_str().to_owned());
        recorder.write(format!("{status} {} {}", spec.code(), spec.name()));
    }
}

impl Recorder {
    fn new() -> Self {
        let opened =
            folder().zip(std::env::current_exe().ok()).map(|(folder, program)| open(&folder, &program));
        let (lines, file) = match opened {
            Some(Ok((lines, file))) => (lines, Some(file)),
            Some(Err(error)) => {
                complain(&error);
                (HashSet::new(), None)
            }
            None => (HashSet::new(), None),
        };
        Self { seen: HashSet::new(), lines, file }
    }

    fn write(&mut self, line: String) {
        let Some(file) = &mut self.file else { return };
        if self.lines.contains(&line) {
            return;
        }
        // At once, so that lines of processes that run side by side stand one behind the other.
        match file.write_all(format!("{line}\n").as_bytes()) {
            Ok(()) => drop(self.lines.insert(line)),
            Err(error) => {
                complain(&error);
                self.file = None;
            }
        }
    }
}

/// The file of this program as it was built, with the lines that it has already.
fn open(folder: &Folder, program: &Path) -> io::Result<(HashSet<String>, File)> {
    std::fs::create_dir_all(&folder.path)?;
    let built = built(program).unwrap_or_default();
    let of_program = of_program(program);
    let path = folder.path.join(format!("{of_program}{built:x}.txt"));
    let is_new = !path.exists();
    let mut file = OpenOptions::new().append(true).create(true).open(&path)?;
    if is_new {
        remove_others(&folder.path, &of_program, &path);
    }
    let lines: HashSet<String> = std::fs::read_to_string(&path)?.lines().map(str::to_owned).collect();
    if !lines.contains(HEAD) {
        file.write_all(format!("{HEAD}\nof {built} {}\n", program.display()).as_bytes())?;
    }
    Ok((lines, file))
}

/// How the names of a program's files begin.
fn of_program(program: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    program.hash(&mut hasher);
    let name = program.file_stem().unwrap_or_default().to_string_lossy();
    format!("{name}-{:016x}-", hasher.finish())
}

/// What earlier builds of the program wrote says nothing of its code today.
fn remove_others(folder: &Path, of_program: &str, own: &PathBuf) {
    for file in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if file.path() != *own && file.file_name().to_string_lossy().starts_with(of_program) {
            // Another process may have been faster.
            let _ = std::fs::remove_file(file.path());
        }
    }
}

fn complain(error: &io::Error) {
    // Not by `eprintln!`, which panics where nobody listens.
    let _ = writeln!(
        io::stderr(),
        "errorbook: which errors the tests produce cannot be written down: {error}\n  help: set `{}` to a folder that can be \
         written",
        super::VARIABLE
    );
}
