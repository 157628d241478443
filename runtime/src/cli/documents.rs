//! The documents that a command writes: a table of them, and where they go.

use std::path::Path;

use clap::{Arg, ArgMatches};

use super::failure::Failure;
use super::session::Session;
use super::{OK, command};
use crate::book::openapi::{OpenApi, Version};
use crate::book::{self, Contract};

/// A document that is made of a contract.
pub(super) struct Document {
    /// The command that writes it.
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    make: fn(&Contract, &ArgMatches) -> String,
    /// The same as many files, for `--pages`: paths and texts.
    pub(super) pages: Option<Pages>,
    /// What it can be told besides.
    pub(super) options: fn() -> Vec<Arg>,
}

type Pages = fn(&Contract) -> Vec<(String, String)>;

/// All of them; what is here is a command.
pub(super) const ALL: &[Document] = &[
    Document {
        name: "markdown",
        about: "Write the error page in Markdown",
        make: |contract, _| book::markdown(contract),
        pages: Some(|contract| book::pages(contract).filter(|(path, _)| !is_html(path)).collect()),
        options: Vec::new,
    },
    Document {
        name: "html",
        about: "Write the error page as one HTML file",
        make: |contract, _| book::html(contract),
        pages: Some(|contract| book::pages(contract).collect()),
        options: Vec::new,
    },
    Document {
        name: "openapi",
        about: "Write the responses and schemas of an OpenAPI document",
        make: openapi,
        pages: None,
        options: openapi_options,
    },
    Document {
        name: "json",
        about: "Write the contract as JSON, for other programs and for `diff`",
        make: |contract, _| contract.to_json(),
        pages: None,
        options: Vec::new,
    },
    Document {
        name: "schema",
        about: "Write the JSON Schema of the bodies",
        make: |contract, _| to_text(&book::json_schema(contract)),
        pages: None,
        options: Vec::new,
    },
    Document {
        name: "typescript",
        about: "Write a .d.ts whose types narrow by the code",
        make: |contract, _| book::typescript(contract),
        pages: None,
        options: Vec::new,
    },
    Document {
        name: "opentelemetry",
        about: "Write the values of error.type as a registry of OpenTelemetry",
        make: |contract, _| book::opentelemetry(contract),
        pages: None,
        options: Vec::new,
    },
];

const VERSIONS: [&str; 2] = ["3.1", "3.2"];

fn openapi_options() -> Vec<Arg> {
    let version = Arg::new("version").long("version").value_name("VERSION").value_parser(VERSIONS);
    let prefix = Arg::new("prefix").long("prefix").value_name("PREFIX");
    vec![
        version.default_value(VERSIONS[0]).help("The version of OpenAPI"),
        prefix.help("Put this before the name of each component"),
    ]
}

fn openapi(contract: &Contract, matches: &ArgMatches) -> String {
    let version =
        if command::text(matches, "version") == VERSIONS[1] { Version::V3_2 } else { Version::V3_1 };
    OpenApi::new(contract).version(version).prefix(command::text(matches, "prefix")).to_json()
}

fn is_html(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}

/// Indented, with a line break at its end.
fn to_text(json: &serde_json::Value) -> String {
    format!("{json:#}\n")
}

pub(super) fn write(
    name: &str,
    contract: &Contract,
    matches: &ArgMatches,
    session: &mut Session<'_>,
) -> Result<u8, Failure> {
    let Some(document) = ALL.iter().find(|document| document.name == name) else { return Ok(OK) };
    match (document.pages, command::path(matches, "pages")) {
        (Some(pages), Some(folder)) => {
            let files = pages(contract);
            for (path, text) in &files {
                save(&folder.join(path), text, "--pages")?;
            }
            session.print(&format!("wrote {} files into {}\n", files.len(), folder.display()))?;
            Ok(OK)
        }
        _ => put(&(document.make)(contract, matches), matches, session),
    }
}

/// Into the file that `--output` names, else to whoever reads.
pub(super) fn put(text: &str, matches: &ArgMatches, session: &mut Session<'_>) -> Result<u8, Failure> {
    match command::path(matches, "output") {
        Some(path) => {
            save(&path, text, "--output")?;
            session.print(&format!("wrote {}\n", path.display()))?;
        }
        None => session.print(text)?,
    }
    Ok(OK)
}

/// `option` is that which named the place.
fn save(path: &Path, text: &str, option: &str) -> Result<(), Failure> {
    let failed = |error| Failure::writing(path, &error, option);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    std::fs::write(path, text).map_err(failed)
}
