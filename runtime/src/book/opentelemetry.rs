//! The values of `error.type` as OpenTelemetry's tools read them. Takes a contract; gives the YAML of a registry.

use std::collections::HashSet;
use std::fmt::Write;

use serde_json::Value;

use super::contract::{Codes, Contract};
use super::entry::Entry;
use super::identifiers::{Names, snake};

#[doc = include_str!("../../docs/opentelemetry.md")]
#[must_use]
pub fn opentelemetry(contract: &Contract) -> String {
    let is_open = contract.codes == Codes::Open;
    let mut ids = Names::with(if is_open { &["other"] } else { &[] });
    let service = snake(&contract.title);
    let group =
        if service.is_empty() { "registry.error".to_owned() } else { format!("registry.{service}.error") };
    let mut out = String::from("groups:\n");
    // Writing to a `String` does not fail.
    let _ = write!(
        out,
        "  - id: {group}\n    type: attribute_group\n    display_name: {}\n    brief: {}\n    attributes:\n      \
         - id: error.type\n        stability: stable\n        brief: {}\n",
        quoted(&format!("Errors of {}", contract.title)),
        quoted(&format!("How a request to {} can fail.", contract.title)),
        quoted("The code of the error that the operation ended with."),
    );
    if is_open {
        out.push_str("        annotations:\n          enum_fallback: other\n");
    }
    out.push_str("        type:\n          members:\n");
    let mut seen = HashSet::new();
    for entry in contract.errors.iter().filter(|entry| seen.insert(entry.code.as_str())) {
        let id = ids.give(id(&entry.code), "_");
        member(&id, &entry.code, &entry.title, entry.description.as_deref(), &mut out);
        if let Some(deprecated) = &entry.deprecated {
            let note = if deprecated.note.trim().is_empty() { "It is to go." } else { &deprecated.note };
            deprecation(deprecated.successor.as_deref(), note, &mut out);
        }
    }
    // Values that were recorded once stay in the registry.
    for gone in contract.retired.iter().filter(|gone| seen.insert(gone.code.as_str())) {
        let id = ids.give(id(&gone.code), "_");
        let reason = gone.reason.as_deref().unwrap_or("No error has this code any more.");
        member(&id, &gone.code, &format!("`{}`, retired.", gone.code), None, &mut out);
        deprecation(gone.successor.as_deref(), reason, &mut out);
    }
    if is_open {
        member("other", "_OTHER", "An error that has none of these codes.", None, &mut out);
    }
    let first: Vec<String> =
        contract.errors.iter().take(3).map(|entry: &Entry| quoted(&entry.code)).collect();
    if !first.is_empty() {
        let _ = writeln!(out, "        examples: [{}]", first.join(", "));
    }
    out
}

fn id(code: &str) -> String {
    let name = snake(code);
    if name.starts_with(|first: char| first.is_ascii_lowercase()) { name } else { format!("code_{name}") }
}

fn member(id: &str, value: &str, brief: &str, note: Option<&str>, out: &mut String) {
    let _ = write!(
        out,
        "            - id: {}\n              value: {}\n              stability: stable\n              brief: {}\n",
        quoted(id),
        quoted(value),
        quoted(brief),
    );
    if let Some(note) = note {
        let _ = writeln!(out, "              note: {}", quoted(note));
    }
}

fn deprecation(successor: Option<&str>, note: &str, out: &mut String) {
    out.push_str("              deprecated:\n");
    match successor {
        Some(successor) => {
            let _ = write!(
                out,
                "                reason: renamed\n                renamed_to: {}\n",
                quoted(successor)
            );
        }
        None => out.push_str("                reason: uncategorized\n"),
    }
    let _ = writeln!(out, "                note: {}", quoted(note));
}

/// In double quotes. The escapes of JSON are YAML's too (YAML 1.2.2 section 5.7); what YAML does not print (section 5.1), or
/// takes for the end of a line, is escaped besides.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    for sign in Value::from(text).to_string().chars() {
        match sign {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(sign));
            }
            sign => out.push(sign),
        }
    }
    out
}
