//! The contract held to its lock, and two contracts to each other. Takes what the arguments name; tells each change, whom it
//! hits and what to do.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use super::failure::Failure;
use super::look::{Style, count, put, visible, visible_lines};
use super::session::Session;
use super::{ATTENTION, BREAKING, OK, command};
use crate::book::Contract;
use crate::book::lock::{self, Change, Lock, Outcome, Severity, for_shell};

pub(super) fn lock(
    contract: &Contract,
    matches: &ArgMatches,
    session: &mut Session<'_>,
) -> Result<u8, Failure> {
    let Some((name, matches)) = matches.subcommand() else { return Ok(OK) };
    if session.is_ci && name != "check" {
        return Err(Failure::usage(format!(
            "`lock {name}` writes the lock, and where the variable `CI` is set nothing is written\n  help: do it where you \
             work, and commit the file"
        )));
    }
    match name {
        "update" => update(contract, session),
        "accept" => accept(contract, matches, session),
        _ => check(contract, command::text(matches, "against"), session),
    }
}

fn check(contract: &Contract, against: &str, session: &mut Session<'_>) -> Result<u8, Failure> {
    let file = session.file.clone();
    let outcome = match against {
        "" => lock::outcome(&file, contract)?,
        reference => lock::against(reference, &file, contract)?,
    };
    let name = name(&file);
    if !file.exists() && outcome.exit_status() != BREAKING {
        session.print(&format!("There is no {name} yet.\n\n  help: {} lock update\n", session.program))?;
        return Ok(ATTENTION);
    }
    told(&outcome, &name, against, contract, session)?;
    let here = lock::outcome(&file, contract)?;
    let is_in_file = |change: &&Change| here.changes().contains(change);
    let breaks = |change: &&Change| change.class.severity() == Severity::Breaking;
    if !against.is_empty() && outcome.changes().iter().filter(breaks).any(|change| !is_in_file(&change)) {
        let (file, reference) = (file.display().to_string(), visible(against));
        session.print(&format!(
            "\n  note: {name} as it is here no longer promises all that it did\n  help: bring it back to what it was where \
             this branch began, then see what is to be recorded and accepted:\n        git restore --source=$(git \
             merge-base HEAD {}) {}\n",
            for_shell(&reference),
            for_shell(&visible(&file)),
        ))?;
        return Ok(outcome.exit_status());
    }
    help(&outcome, session)?;
    Ok(outcome.exit_status())
}

fn update(contract: &Contract, session: &mut Session<'_>) -> Result<u8, Failure> {
    let file = session.file.clone();
    let before = lock::outcome(&file, contract)?;
    let outcome = lock::update(&file, contract)?;
    let name = name(&file);
    match &outcome {
        Outcome::Same => {
            let recorded = match before.changes().len() {
                0 => "nothing to record".to_owned(),
                number => format!("recorded {}", count(number, "change")),
            };
            session.print(&format!("{name}: {recorded}\n"))?;
        }
        _ => {
            told(&outcome, &name, "", contract, session)?;
            help(&outcome, session)?;
        }
    }
    Ok(outcome.exit_status())
}

fn accept(contract: &Contract, matches: &ArgMatches, session: &mut Session<'_>) -> Result<u8, Failure> {
    let file = session.file.clone();
    let (subject, because) = (command::text(matches, "CODE"), command::text(matches, "because"));
    let left = lock::accept(&file, contract, subject, because)?;
    let mut text = format!("{}: accepted what breaks about `{}`\n", name(&file), visible(subject));
    if !left.changes().is_empty() {
        let left = count(left.changes().len(), "change");
        put!(text, "\n  {left} left: {} lock check\n", session.program);
    }
    session.print(&text)?;
    Ok(OK)
}

pub(super) fn diff(
    contract: &Contract,
    matches: &ArgMatches,
    session: &mut Session<'_>,
) -> Result<u8, Failure> {
    let path = |name: &str| command::path(matches, name);
    let old = path("OLD").map(|path| read(&path)).transpose()?.unwrap_or_default();
    let changes = match path("NEW") {
        Some(path) => old.compare_lock(&read(&path)?),
        None => old.compare(contract),
    };
    let outcome = Outcome::of(changes);
    match &outcome {
        Outcome::Same => session.print("Nothing that clients rely on is different.\n")?,
        _ => changes_of(&outcome, session)?,
    }
    Ok(outcome.exit_status())
}

/// A lock, or a contract in JSON.
fn read(path: &PathBuf) -> Result<Lock, Failure> {
    let mut text = String::new();
    let failed = |error: std::io::Error| Failure::reading(path, &error);
    if path == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).map_err(failed)?;
    } else {
        text = std::fs::read_to_string(path).map_err(failed)?;
    }
    let wrong = |error: &dyn std::fmt::Display| {
        Failure::input(format!(
            "{}: {error}\n  help: name a lock file, or a file that the command `json` wrote",
            path.display()
        ))
    };
    if text.trim_start().starts_with('{') {
        return Contract::from_json(&text).map(|contract| Lock::of(&contract)).map_err(|error| wrong(&error));
    }
    Lock::parse(&text).map_err(|error| wrong(&error))
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn told(
    outcome: &Outcome,
    name: &str,
    against: &str,
    contract: &Contract,
    session: &mut Session<'_>,
) -> Result<(), Failure> {
    let against = visible(against);
    let head = match outcome {
        Outcome::Same => {
            let errors = count(contract.errors.len(), "error");
            let since =
                if against.is_empty() { String::new() } else { format!(", and no break since {against}") };
            session.print(&format!("{errors}, as {name} has them{since}.\n"))?;
            return Ok(());
        }
        Outcome::Additive(_) => format!("{name} does not record all that there is.\n\n"),
        Outcome::Breaking(_) if against.is_empty() => {
            format!("The contract breaks what {name} promises.\n\n")
        }
        Outcome::Breaking(_) => {
            format!("The contract breaks what {name} promises, or promised at {against}.\n\n")
        }
    };
    session.print(&head)?;
    changes_of(outcome, session)
}

/// Each change below its severity.
fn changes_of(outcome: &Outcome, session: &mut Session<'_>) -> Result<(), Failure> {
    let mut text = String::new();
    for severity in [Severity::Breaking, Severity::Additive] {
        let of_it = outcome.changes().iter().filter(|change| change.class.severity() == severity);
        let of_it: Vec<&Change> = of_it.collect();
        if of_it.is_empty() {
            continue;
        }
        let (style, word) = match severity {
            Severity::Breaking => (Style::Wrong, "breaking"),
            Severity::Additive => (Style::Strong, "additive"),
        };
        if !text.is_empty() {
            text.push('\n');
        }
        put!(text, "{} ({})\n", session.paint(style, word), of_it.len());
        let width = of_it.iter().map(|change| change.class.id().len()).max().unwrap_or(0);
        for change in of_it {
            change_lines(change, width, session, &mut text);
        }
    }
    session.print(&text)?;
    Ok(())
}

fn change_lines(change: &Change, width: usize, session: &Session<'_>, text: &mut String) {
    let id = format!("{:width$}", change.class.id());
    put!(text, "  {}  {}\n", session.paint(Style::Strong, &id), visible(&change.what));
    let indent = " ".repeat(width + 4);
    if let Some(source) = &change.source {
        let place = format!("at   {source}");
        put!(text, "{indent}{}\n", session.paint(Style::Soft, &place));
    }
    if change.class.severity() == Severity::Breaking {
        let hits = format!("hits {}", change.class.who());
        put!(text, "{indent}{}\n", session.paint(Style::Soft, &hits));
    }
}

/// What to do now.
fn help(outcome: &Outcome, session: &mut Session<'_>) -> Result<(), Failure> {
    if let Some(help) = outcome.help(&session.program) {
        session.print(&format!("\n  help: {}\n", visible_lines(&help)))?;
    }
    Ok(())
}

const _: () = assert!(ATTENTION == 1 && BREAKING == 2, "as `Outcome::exit_status` has it");
