//! The TypeScript declarations of a service's error bodies. Takes a contract; gives the text of a `.d.ts` with a type for each
//! error and the union of all of them, which narrows by the code.

mod lexical;
mod of_schema;

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::Value;

use super::bodies::{self, Absent};
use super::contract::{Codes, Contract};
use super::embed::Definitions;
use super::entry::{Entry, RetryAfter};
use super::identifiers::{Names, pascal};
use super::json_schema::known_codes;
use lexical::{comment, literal, member_name};
use of_schema::{Said, Types};

/// The names that the declarations have besides those of the errors, and those that TypeScript keeps for itself.
const TAKEN: &[&str] = &[
    "ErrorBody",
    "ErrorCode",
    "ErrorOf",
    "ErrorsByCode",
    "KnownErrorBody",
    "KnownErrorCode",
    "UnknownErrorBody",
    "UnknownErrorCode",
    "Array",
    "Error",
    "Record",
];

#[doc = include_str!("../../../docs/typescript.md")]
#[must_use]
pub fn typescript(contract: &Contract) -> String {
    let mut taken = Names::with(TAKEN);
    let mut definitions = Definitions::default();
    let known = known_codes(contract);
    let errors: Vec<Named<'_>> = contract
        .errors
        .iter()
        .map(|entry| {
            let name = taken.give(type_name(&entry.code), "");
            let schema = bodies::of_entry(contract, entry, Absent::Shut, &name, &mut definitions);
            Named { entry, name, schema }
        })
        .collect();
    let is_open = contract.codes == Codes::Open;
    let unknown: Vec<(String, Value)> = contract
        .bodies
        .iter()
        .filter(|_| is_open)
        .map(|body| {
            let name = if contract.bodies.len() == 1 {
                "UnknownErrorBody".to_owned()
            } else {
                taken.give("UnknownErrorBody".to_owned(), "")
            };
            let schema = bodies::of_unknown(body, &known, &name, &mut definitions);
            (name, schema)
        })
        .collect();
    // What a field's schema defines has a type of its own.
    let defined: BTreeMap<String, String> = definitions
        .all
        .keys()
        .map(|key| (super::embed::reference(key), taken.give(type_name_of_any(key), "")))
        .collect();
    let unknown_code = bodies::unknown_code(&known);
    let types = Types { defined: &defined, unknown_code: (!known.is_empty()).then_some(&unknown_code) };

    let mut out = String::new();
    head(contract, &known, is_open, &mut out);
    for Named { entry, name, schema } in &errors {
        let order =
            contract.bodies.get(entry.body).map(|body| bodies::order(Some(*entry), body)).unwrap_or_default();
        let (text, tags) = (said(entry), tags(entry));
        types.declare(name, schema, &order, Said { text: &text, tags: &tags }, &mut out);
    }
    for (key, schema) in &definitions.all {
        if let Some(name) = defined.get(&super::embed::reference(key)) {
            let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
            types.declare(name, schema, &[], Said { text, tags: &[] }, &mut out);
        }
    }
    for ((name, schema), body) in unknown.iter().zip(&contract.bodies) {
        let text = "An error whose code is newer than these types: go by its status, and show its message.";
        types.declare(name, schema, &bodies::order(None, body), Said { text, tags: &[] }, &mut out);
    }
    unions(&errors, &unknown, is_open, &mut out);
    by_code(&known, &errors, &mut out);
    out
}

/// An error and the name of its type.
struct Named<'c> {
    entry: &'c Entry,
    name: String,
    schema: Value,
}

/// `NotFoundError` of `not_found`, `InternalError` of `internal_error`.
fn type_name(code: &str) -> String {
    let name = type_name_of_any(code);
    if name.ends_with("Error") && name != "Error" { name } else { name + "Error" }
}

fn type_name_of_any(text: &str) -> String {
    let name = pascal(text);
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { format!("Code{name}") }
}

fn head(contract: &Contract, known: &[&str], is_open: bool, out: &mut String) {
    let version = contract.version.as_ref().map(|version| format!(" {version}")).unwrap_or_default();
    comment(
        &format!(
            "The errors of {}{version}.\n\n{}\n\nMade from their declaration; not to be edited.",
            contract.title,
            contract.description.as_deref().unwrap_or_default(),
        ),
        "",
        out,
    );
    out.push_str("\n/** The codes that these types know. */\nexport type KnownErrorCode =");
    alternatives(known.iter().map(|code| literal(code)), out);
    if is_open {
        out.push_str(
            "\n/** Every code that there may be: more may come. */\nexport type ErrorCode = KnownErrorCode | (string & {});\n\
             \n/**\n * A code that is newer than these types. At run time it is the code and nothing else; the type is a text that no\n \
             * known code is, so that a comparison with a known code rules it out.\n */\n\
             export type UnknownErrorCode = `${string} (unknown)`;\n",
        );
    } else {
        out.push_str("\n/** Every code that there may be: no more will come. */\nexport type ErrorCode = KnownErrorCode;\n");
    }
}

/// One behind the other, each on a line of its own where there are many.
fn alternatives(all: impl Iterator<Item = String>, out: &mut String) {
    let all: Vec<String> = all.collect();
    match &*all {
        [] => out.push_str(" never"),
        few if few.iter().map(String::len).sum::<usize>() < 60 => {
            out.push(' ');
            out.push_str(&few.join(" | "));
        }
        many => {
            for one in many {
                out.push_str("\n  | ");
                out.push_str(one);
            }
        }
    }
    out.push_str(";\n");
}

/// What is said of an error, in the comment at its type.
fn said(entry: &Entry) -> String {
    let mut said = match entry.status {
        Some(status) => format!("`{status}`: {}", entry.title),
        None => entry.title.clone(),
    };
    for text in [&entry.description, &entry.remedy].into_iter().flatten() {
        let _ = write!(said, "\n\n{text}");
    }
    let _ = write!(said, "\n\n{}", entry.retry.sentence);
    said
}

/// The lines of tags, which are ours and not to be escaped.
fn tags(entry: &Entry) -> Vec<String> {
    let mut tags = Vec::new();
    if let Some(docs) = &entry.docs {
        tags.push(format!("@see {docs}"));
    }
    if let Some(deprecated) = &entry.deprecated {
        let note = deprecated.note.trim();
        tags.push(format!("@deprecated {}", if note.is_empty() { "It is to go." } else { note }));
    }
    tags
}

fn unions(bodies: &[Named<'_>], unknown: &[(String, Value)], is_open: bool, out: &mut String) {
    out.push_str("\n/** The body of every error that these types know. */\nexport type KnownErrorBody =");
    alternatives(bodies.iter().map(|body| body.name.clone()), out);
    out.push_str("\n/** The body of every error: what its code is compared with tells what else is in it. */\nexport type ErrorBody =");
    let unknown = unknown.iter().map(|(name, _)| name.clone()).filter(|_| is_open);
    alternatives(std::iter::once("KnownErrorBody".to_owned()).chain(unknown), out);
}

/// By code: the status, the headers and the body.
fn by_code(known: &[&str], bodies: &[Named<'_>], out: &mut String) {
    let mut all: BTreeMap<&str, Vec<&Named<'_>>> = BTreeMap::new();
    for body in bodies.iter().filter(|body| !body.entry.code_is_omitted) {
        all.entry(&body.entry.code).or_default().push(body);
    }
    out.push_str(
        "\n/** By code: the status of its response, the headers with names as `Headers` takes them, and the body. */\n\
         export interface ErrorsByCode {\n",
    );
    for code in known {
        let _ = write!(out, "  {}:", member_name(code));
        for (index, Named { entry, name, .. }) in all.get(code).into_iter().flatten().enumerate() {
            let status = entry.status.map_or_else(|| "null".to_owned(), |status| status.to_string());
            let separator = if index > 0 { " |" } else { "" };
            let _ = write!(
                out,
                "{separator} {{ status: {status}; headers: {{{}}}; body: {name} }}",
                headers(entry)
            );
        }
        out.push_str(";\n");
    }
    out.push_str(
        "}\n\n/** The body of the error with this code. */\n\
         export type ErrorOf<Code extends KnownErrorCode> = ErrorsByCode[Code][\"body\"];\n",
    );
}

fn headers(entry: &Entry) -> String {
    let mut all = entry.header_names();
    if entry.retry_after() == RetryAfter::FromElsewhere {
        all.entry("retry-after".to_owned()).or_insert(true);
    }
    let all: Vec<String> = all
        .iter()
        .map(|(name, is_optional)| {
            format!(" {}{}: string", member_name(name), if *is_optional { "?" } else { "" })
        })
        .collect();
    if all.is_empty() { String::new() } else { all.join(";") + " " }
}
