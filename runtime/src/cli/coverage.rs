//! The errors that no test produced. Takes the contract and what runs of tests wrote down; gives those that are left, with
//! the place where each is declared.

use clap::ArgMatches;

use super::failure::Failure;
use super::look::{Style, count, status};
use super::session::Session;
use super::{ATTENTION, OK, command};
use crate::book::{Contract, Entry};
use crate::coverage::{self, Folder, Found};

pub(super) fn coverage(
    contract: &Contract,
    matches: &ArgMatches,
    session: &mut Session<'_>,
) -> Result<u8, Failure> {
    let named = command::path(matches, "from").map(|path| Folder { path, is_chosen: true });
    let folder = named.or_else(coverage::folder).ok_or_else(|| {
        Failure::usage("this program was not built by cargo here, so nobody knows where its tests write\n  help: name the folder with `--from`")
    })?;
    if matches.get_flag("clear") {
        return clear(&folder, session);
    }
    let found = coverage::read(&folder).map_err(|error| Failure::reading(&folder.path, &error))?;
    if found.programs == 0 {
        return Err(nothing(&folder, &found));
    }
    let missing: Vec<&Entry> =
        contract.errors.iter().filter(|entry| !is_produced(entry, contract, &found)).collect();
    let (all, programs) = (contract.errors.len(), count(found.programs, "test program"));
    if missing.is_empty() {
        session.print(&format!("Tests produced {} ({programs}).\n", all_of(all)))?;
    } else {
        let rows: Vec<_> = missing.iter().map(|entry| row(entry)).collect();
        let table = session.look.table(&["Code", "Status", "Declared"], &rows);
        let told = format!("{} of {} never produced by a test ({programs}):\n\n", missing.len(), of(all));
        session.print(&format!("{told}{table}"))?;
    }
    if found.stale > 0 {
        session.warn(&format!(
            "{} built again since, and did not run\n  help: cargo test",
            if found.stale == 1 {
                "one more test program was".to_owned()
            } else {
                format!("{} more test programs were", found.stale)
            }
        ));
    }
    Ok(if missing.is_empty() { OK } else { ATTENTION })
}

fn row(entry: &Entry) -> Vec<(Style, String)> {
    vec![
        (Style::Strong, entry.code.clone()),
        (Style::Plain, status(entry.status)),
        (Style::Soft, entry.source.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string)),
    ]
}

fn all_of(all: usize) -> String {
    if all == 1 { "the one error".to_owned() } else { format!("all {all} errors") }
}

fn of(all: usize) -> String {
    if all == 1 { "1 error was".to_owned() } else { format!("{all} errors were") }
}

fn is_produced(entry: &Entry, contract: &Contract, found: &Found) -> bool {
    let same =
        contract.errors.iter().filter(|other| other.code == entry.code && other.status == entry.status);
    found.has(entry.status, &entry.code, &entry.name, same.count() == 1)
}

fn nothing(folder: &Folder, found: &Found) -> Failure {
    let folder = folder.path.display();
    if found.stale > 0 {
        return Failure::input(format!(
            "the test programs whose runs {folder} knows were all built again since\n  help: cargo test"
        ));
    }
    Failure::input(format!(
        "no run of tests left anything in {folder}\n  help: give errorbook the feature `coverage` in [dev-dependencies], run \
         the tests, then come back"
    ))
}

fn clear(folder: &Folder, session: &mut Session<'_>) -> Result<u8, Failure> {
    let number = coverage::clear(folder).map_err(|error| Failure::removing(&folder.path, &error))?;
    session.print(&format!("removed {} from {}\n", count(number, "file"), folder.path.display()))?;
    Ok(OK)
}
