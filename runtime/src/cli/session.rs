//! What a command runs in: where it writes, what the terminal shows, where the files of the package are. Takes that from the
//! process, or from whoever tests; gives it to the commands.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use clap::ArgMatches;

use super::failure::Failure;
use super::look::{Look, Style, visible_lines};
use super::{OK, command};
use crate::book::Contract;
use crate::book::lock::Lock;

/// Where a command writes, and what it finds around it.
pub struct Session<'s> {
    out: &'s mut dyn Write,
    err: &'s mut dyn Write,
    pub(super) look: Look,
    pub(super) is_ci: bool,
    /// How its user calls the program.
    pub(super) program: String,
    folder: PathBuf,
    /// The lock file.
    pub(super) file: PathBuf,
}

impl<'s> Session<'s> {
    /// Results go to the first writer, and what is wrong to the second; without colours, and no line is cut.
    pub fn new(out: &'s mut dyn Write, err: &'s mut dyn Write) -> Self {
        let look = Look { has_colors: false, width: None };
        Self {
            out,
            err,
            look,
            is_ci: false,
            program: "errors".to_owned(),
            folder: PathBuf::new(),
            file: PathBuf::new(),
        }
    }

    /// With colours.
    #[must_use]
    pub fn with_colors(mut self) -> Self {
        self.look.has_colors = true;
        self
    }

    /// For a terminal of so many columns.
    #[must_use]
    pub fn with_width(mut self, columns: usize) -> Self {
        self.look.width = Some(columns);
        self
    }

    /// With `errors.lock` in this folder, instead of the current one.
    #[must_use]
    pub fn with_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.folder = folder.into();
        self
    }

    /// On a machine that checks what others wrote: no lock is written there.
    #[must_use]
    pub fn with_ci(mut self) -> Self {
        self.is_ci = true;
        self
    }

    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())
    }

    pub(super) fn paint(&self, style: Style, text: &str) -> String {
        self.look.paint(style, text)
    }

    /// Says what is wrong. Where nobody hears that either, the status is left.
    pub(super) fn complain(&mut self, text: &str) {
        let _ = self.err.write_all(text.as_bytes());
    }

    /// Says why nothing came of it.
    pub(super) fn fail(&mut self, failure: &Failure) -> u8 {
        if failure.status != OK {
            let text = format!("{} {}\n", self.paint(Style::Wrong, "error:"), visible_lines(&failure.text));
            self.complain(&text);
        }
        failure.status
    }

    pub(super) fn warn(&mut self, text: &str) {
        let text = format!("{} {}\n", self.paint(Style::Strong, "warning:"), visible_lines(text));
        self.complain(&text);
    }

    /// The lock that the arguments name, or the package's.
    pub(super) fn take_files(&mut self, matches: &ArgMatches) {
        let named = matches.subcommand().and_then(|(_, matches)| command::path(matches, "file"));
        self.file = named.unwrap_or_else(|| self.folder.join("errors.lock"));
    }

    /// Adds the codes that are no more, as the lock tells them, where the contract tells none itself.
    pub(super) fn add_retired(&mut self, contract: &mut Contract) {
        if !contract.retired.is_empty() || !self.file.is_file() {
            return;
        }
        let file = self.file.clone();
        match std::fs::read_to_string(&file)
            .map_err(|error| error.to_string())
            .and_then(|text| Lock::parse(&text).map_err(|error| error.to_string()))
        {
            Ok(lock) => contract.retired.extend(lock.retired()),
            // It is for the test that keeps the lock to fail.
            Err(error) => self
                .warn(&format!("{}: {error}\n  note: codes that are no more are left out", file.display())),
        }
    }
}

impl fmt::Debug for Session<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { look, is_ci, program, folder, .. } = self;
        out.debug_struct("Session")
            .field("look", look)
            .field("is_ci", is_ci)
            .field("program", program)
            .field("folder", folder)
            .finish_non_exhaustive()
    }
}

/// Hands over the name of the program, its arguments, and the session of this process. Whether there are colours is decided
/// as for clap's help: on a terminal that shows them, unless `NO_COLOR` is set.
pub(super) fn of_process<T>(f: impl FnOnce(OsString, std::env::ArgsOs, Session<'_>) -> T) -> T {
    let mut arguments = std::env::args_os();
    let program = arguments.next().unwrap_or_default();
    let stdout = io::stdout();
    let has_colors = AutoStream::choice(&stdout) != ColorChoice::Never;
    let width = terminal_size::terminal_size().filter(|_| stdout.is_terminal());
    let width = width.map(|(terminal_size::Width(columns), _)| usize::from(columns));
    let is_ci = std::env::var_os("CI").is_some_and(|word| !word.is_empty());
    // Of a package of a workspace, wherever in it the command was given.
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let (mut out, mut err) = (AutoStream::auto(stdout), AutoStream::auto(io::stderr()));
    let session = Session::new(&mut out, &mut err).with_folder(folder);
    let session = Session { look: Look { has_colors, width }, is_ci, ..session };
    let program = as_called(Path::new(&program));
    let given = f(program, arguments, session);
    // Nobody is left to be told.
    let _ = out.flush();
    given
}

/// What a user writes to call this program: an example is run by cargo.
fn as_called(program: &Path) -> OsString {
    let name = program.file_stem().unwrap_or_default();
    let is_example = program.parent().is_some_and(|folder| folder.ends_with("examples"));
    if !is_example || std::env::var_os("CARGO").is_none() {
        return name.to_owned();
    }
    let mut called = OsString::from("cargo run --example ");
    called.push(name);
    called.push(" --");
    called
}
