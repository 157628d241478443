#![doc = include_str!("../../docs/cli.md")]

mod command;
mod coverage;
mod documents;
mod failure;
mod list;
mod lock;
mod look;
mod prose;
mod session;
mod show;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;

use crate::book::Contract;
use failure::Failure;
pub use session::Session;

/// All is as it should be.
pub const OK: u8 = 0;
/// Something is to be done that breaks nobody: additions to record, errors that no test produced.
pub const ATTENTION: u8 = 1;
/// Clients of today are hit.
pub const BREAKING: u8 = 2;
/// The command cannot be carried out as it was given. (`EX_USAGE` of BSD's `sysexits.h`, as the two below are.)
pub const USAGE: u8 = 64;
/// What is to be read is not there, or is not what it should be.
pub const INPUT: u8 = 66;
/// What is to be written cannot be.
pub const OUTPUT: u8 = 73;

/// The command line of a service, all of it: reads the arguments of the program, does what they say, and gives the status
/// with which to end.
///
/// ```no_run
/// # use errorbook::ApiError;
/// # #[derive(ApiError)]
/// # #[api(status = 404, message = "No such story.")]
/// # struct StoryError;
/// fn main() -> std::process::ExitCode {
///     errorbook::cli::main(StoryError::catalog())
/// }
/// ```
///
/// In place of a catalogue it takes several, `&[StoryError::catalog(), RunError::catalog()]`, or a
/// [`Contract`], also one that is still a builder, where there is more to say than the catalogues do.
#[must_use = "the program ends with it"]
pub fn main(contract: impl Into<Contract>) -> ExitCode {
    session::of_process(|program, arguments, session| {
        run(contract, std::iter::once(program).chain(arguments), session).into()
    })
}

/// Does what these arguments say, of which the first is the name of the program, as its user writes it. Gives the status with
/// which to end: see [the table](crate::cli#exit-statuses).
///
/// ```
/// use errorbook::ApiError;
/// use errorbook::cli::{self, Session};
///
/// #[derive(ApiError)]
/// enum StoryError {
///     #[api(status = 404, message = "No such story.", section = "Stories")]
///     NotFound,
///     #[api(status = 429, message = "Slow down.", retry = "after 1s, once")]
///     RateLimited,
/// }
///
/// let (mut out, mut err) = (Vec::new(), Vec::new());
/// let status = cli::run(StoryError::catalog(), ["errors", "list"], Session::new(&mut out, &mut err));
/// assert_eq!(status, cli::OK);
/// assert_eq!(String::from_utf8(out).unwrap(), "\
/// Code          Status  Retry?          Who acts  Section
/// not_found     404     never           caller    Stories
/// rate_limited  429     once, after 1s  nobody    -
/// ");
/// ```
pub fn run(
    contract: impl Into<Contract>,
    arguments: impl IntoIterator<Item = impl Into<OsString>>,
    mut session: Session<'_>,
) -> u8 {
    let mut arguments = arguments.into_iter().map(Into::into);
    if let Some(program) = arguments.next() {
        session.program = program.to_string_lossy().into_owned();
    }
    match carry_out(contract.into(), arguments, &mut session) {
        Ok(status) => status,
        Err(failure) => session.fail(&failure),
    }
}

fn carry_out(
    mut contract: Contract,
    arguments: impl Iterator<Item = OsString>,
    session: &mut Session<'_>,
) -> Result<u8, Failure> {
    let command = command::new(&contract, session);
    let matches = match command.clone().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return answer(&error, session),
    };
    let Some((name, matches)) = matches.subcommand() else { return Ok(USAGE) };
    session.take_files(matches);
    // What lock and comparison go by is the contract as it is declared; what is read knows the codes that went as well.
    if !matches!(name, "lock" | "diff") {
        session.add_retired(&mut contract);
    }
    contract = with_others(contract, &command::others(matches))?;
    match name {
        "list" => list::list(&contract, session),
        "show" => show::show(&contract, command::text(matches, "CODE"), session),
        "lock" => lock::lock(&contract, matches, session),
        "diff" => lock::diff(&contract, matches, session),
        "coverage" => coverage::coverage(&contract, matches, session),
        "completions" => command::completions(command, matches, session),
        document => documents::write(document, &contract, matches, session),
    }
}

/// The contract, and those of other services in it.
fn with_others(contract: Contract, files: &[PathBuf]) -> Result<Contract, Failure> {
    if files.is_empty() {
        return Ok(contract);
    }
    let mut contracts = vec![contract];
    for path in files {
        let text = std::fs::read_to_string(path).map_err(|error| Failure::reading(path, &error))?;
        contracts.push(Contract::from_json(&text).map_err(|error| Failure::reading(path, &error))?);
    }
    Contract::merge(contracts).map_err(|clashes| Failure { status: BREAKING, text: clashes.to_string() })
}

/// What clap says itself: help where it was asked for, what is wrong with the arguments else.
fn answer(error: &clap::Error, session: &mut Session<'_>) -> Result<u8, Failure> {
    let text = error.render();
    let text = if session.look.has_colors { text.ansi().to_string() } else { text.to_string() };
    if error.kind() == ErrorKind::DisplayHelp {
        session.print(&text)?;
        return Ok(OK);
    }
    session.complain(&text);
    Ok(USAGE)
}
