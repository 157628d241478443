//! The commands and what they take: one table for clap, which makes help, suggestions and completions of it.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use clap_complete::Shell;

use super::documents::{self, Document};
use super::failure::Failure;
use super::session::Session;
use super::{OK, look};
use crate::book::Contract;

const STATUSES: &str = "Exit statuses: 0 all is well; 1 something to do that breaks nobody; 2 clients are hit; 64 the command is \
                        wrong; 66 a file cannot be read; 73 a file cannot be written";

pub(super) fn new(contract: &Contract, session: &Session<'_>) -> Command {
    let (errors, title) = (look::count(contract.errors.len(), "error"), look::visible(&contract.title));
    let mut command = Command::new("errors")
        .bin_name(session.program.clone())
        .no_binary_name(true)
        .about(format!("The {errors} of {title}: read them, write their documents, keep their contract"))
        .after_help(STATUSES)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .subcommand(Command::new("list").about("List all errors, a line each").arg(with()))
        .subcommand(
            Command::new("show").about("Tell everything of one error").arg(with()).arg(
                Arg::new("CODE")
                    .required(true)
                    .help("A code, the name of a variant, or a status for all that have it"),
            ),
        )
        .subcommands(documents::ALL.iter().map(document))
        .subcommand(lock())
        .subcommand(
            Command::new("diff")
                .about("Tell what changed from one contract to another, and whom it hits")
                .arg(
                    Arg::new("OLD")
                        .required(true)
                        .value_parser(value_parser!(PathBuf))
                        .help("A lock file, or what `json` writes; `-` reads what is piped in"),
                )
                .arg(
                    Arg::new("NEW")
                        .value_parser(value_parser!(PathBuf))
                        .help("The same; left out: the contract of this program"),
                ),
        )
        .subcommand(
            Command::new("coverage")
                .about("List the errors that no test produced")
                .arg(folder(
                    "from",
                    "Read what runs of tests wrote into this folder, instead of the one in `target`",
                ))
                .arg(
                    Arg::new("clear")
                        .long("clear")
                        .action(ArgAction::SetTrue)
                        .help("Forget all earlier runs"),
                ),
        )
        .subcommand(
            Command::new("completions")
                .about("Write what makes a shell complete these commands")
                .arg(Arg::new("SHELL").required(true).value_parser(value_parser!(Shell)))
                .arg(
                    Arg::new("name")
                        .long("name")
                        .value_name("NAME")
                        .help("The program's name, by which the shell knows it"),
                )
                .arg(output()),
        );
    if let Some(width) = session.look.width {
        command = command.term_width(width);
    }
    command
}

fn document(document: &Document) -> Command {
    let mut command = Command::new(document.name).about(document.about).args((document.options)());
    command = command.arg(output()).arg(with());
    if document.pages.is_some() {
        let pages = folder("pages", "Write a page for each code, and one of all, into this folder");
        command = command.arg(pages.conflicts_with("output"));
    }
    command
}

fn lock() -> Command {
    let file = || {
        Arg::new("file")
            .long("file")
            .value_name("FILE")
            .value_parser(value_parser!(PathBuf))
            .help("The lock file; left out: errors.lock of this package")
    };
    Command::new("lock")
        .about("Hold the contract to errors.lock, the file that is committed beside the code")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(
            Command::new("check").about("Tell what is different from the lock, and whom it hits").arg(file()).arg(
                Arg::new("against").long("against").value_name("REF").help(
                    "Take the lock as git has it where this branch left REF, so that no edit of it hides a break",
                ),
            ),
        )
        .subcommand(Command::new("update").about("Record what was added").arg(file()))
        .subcommand(
            Command::new("accept")
                .about("Accept what breaks about one code, with the reason")
                .arg(Arg::new("CODE").required(true).help("The code, or the place of a member of the envelopes; `*` for what is about the whole"))
                .arg(
                    Arg::new("because")
                        .long("because")
                        .value_name("REASON")
                        .required(true)
                        .help("Why, for those who ask later: it stays in the file"),
                )
                .arg(file()),
        )
}

fn with() -> Arg {
    Arg::new("with")
        .long("with")
        .value_name("FILE")
        .action(ArgAction::Append)
        .value_parser(value_parser!(PathBuf))
        .help("Add the errors of another service, as its command `json` wrote them")
}

fn output() -> Arg {
    Arg::new("output")
        .long("output")
        .short('o')
        .value_name("FILE")
        .value_parser(value_parser!(PathBuf))
        .help("Write into this file")
}

fn folder(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name).long(name).value_name("FOLDER").value_parser(value_parser!(PathBuf)).help(help)
}

/// The text of an argument; empty where it is not given.
pub(super) fn text<'m>(matches: &'m ArgMatches, name: &str) -> &'m str {
    matches.try_get_one::<String>(name).ok().flatten().map_or("", String::as_str)
}

/// The path of an argument, if it is given and the command has it.
pub(super) fn path(matches: &ArgMatches, name: &str) -> Option<PathBuf> {
    matches.try_get_one::<PathBuf>(name).ok().flatten().cloned()
}

/// The contracts of other services that are to be added.
pub(super) fn others(matches: &ArgMatches) -> Vec<PathBuf> {
    matches.try_get_many::<PathBuf>("with").ok().flatten().unwrap_or_default().cloned().collect()
}

pub(super) fn completions(
    mut command: Command,
    matches: &ArgMatches,
    session: &mut Session<'_>,
) -> Result<u8, Failure> {
    let Some(shell) = matches.get_one::<Shell>("SHELL") else { return Ok(OK) };
    let name = match text(matches, "name") {
        // That of the example: `cargo run …` is no name that a shell knows.
        "" => "errors",
        name => name,
    };
    let mut script = Vec::new();
    clap_complete::generate(*shell, &mut command, name, &mut script);
    documents::put(&String::from_utf8_lossy(&script), matches, session)
}
