//! A whole document. Takes components and a document, perhaps written by hand; gives the two as one, in which nothing of the
//! other is overwritten.

use std::fmt;

use serde_json::{Map, Value, json};

use super::Version;
use super::response::Components;

/// Names what of a document was put there by us, so that the next time it makes way.
const OURS: &str = "x-errorbook";

/// Puts components into a document.
pub(super) fn merge(document: &mut Value, components: Components) -> Result<(), MergeError> {
    if document.is_null() {
        *document = json!({});
    }
    check(document)?;
    let ours = document.get(OURS).cloned().unwrap_or_default();
    let ours = &ours;
    let is_ours = |kind: &str, name: &str| {
        ours.get(kind).and_then(Value::as_array).is_some_and(|names| names.iter().any(|known| known == name))
    };
    let groups = [("schemas", components.schemas), ("responses", components.responses)];
    let mut taken = Vec::new();
    for (kind, group) in &groups {
        let Some(theirs) = document.get("components").and_then(|all| all.get(kind)) else { continue };
        let theirs =
            theirs.as_object().ok_or_else(|| MergeError::not_an_object(&format!("components.{kind}")))?;
        let is_taken = |name: &&String| {
            !is_ours(kind, name) && theirs.get(*name).is_some_and(|known| *known != group[*name])
        };
        taken.extend(group.keys().filter(is_taken).map(|name| format!("components.{kind}.{name}")));
    }
    if !taken.is_empty() {
        return Err(MergeError(Wrong::Taken(taken)));
    }
    let mut names = Map::new();
    let Some(document) = document.as_object_mut() else { return Ok(()) };
    let all = document.entry("components").or_insert_with(|| json!({}));
    let all = all.as_object_mut().ok_or_else(|| MergeError::not_an_object("components"))?;
    for (kind, group) in groups {
        names.insert(kind.to_owned(), group.keys().map(String::as_str).collect());
        let theirs = all.entry(kind).or_insert_with(|| json!({}));
        if let Some(theirs) = theirs.as_object_mut() {
            theirs.retain(|name, _| !is_ours(kind, name));
            theirs.extend(group);
        }
    }
    if let Some(operations) = ours.get("operations") {
        names.insert("operations".to_owned(), operations.clone());
    }
    document.insert(OURS.to_owned(), Value::Object(names));
    Ok(())
}

/// Puts responses into an operation of a document: `POST /v1/stories`.
pub(super) fn merge_operation(
    document: &mut Value,
    operation: &str,
    responses: &Map<String, Value>,
) -> Result<(), MergeError> {
    check(document)?;
    let unknown = || MergeError(Wrong::NoOperation(operation.to_owned()));
    let (method, path) = operation.split_once(' ').ok_or_else(unknown)?;
    let ours: Vec<Value> = document
        .get(OURS)
        .and_then(|ours| ours.get("operations")?.get(operation)?.as_array().cloned())
        .unwrap_or_default();
    let found = document
        .get_mut("paths")
        .and_then(|paths| paths.get_mut(path.trim())?.get_mut(method.to_ascii_lowercase())?.as_object_mut())
        .ok_or_else(unknown)?;
    let theirs = found.entry("responses").or_insert_with(|| json!({}));
    let theirs = theirs.as_object_mut().ok_or_else(|| MergeError::not_an_object("responses"))?;
    let is_ours = |status: &str| ours.iter().any(|known| known == status);
    let taken: Vec<_> = responses
        .iter()
        .filter(|(status, new)| !is_ours(status) && theirs.get(*status).is_some_and(|known| known != *new))
        .map(|(status, _)| format!("{operation}, {status}"))
        .collect();
    if !taken.is_empty() {
        return Err(MergeError(Wrong::Taken(taken)));
    }
    theirs.retain(|status, _| !is_ours(status));
    theirs.extend(responses.clone());
    let statuses: Value = responses.keys().map(String::as_str).collect();
    document[OURS]["operations"][operation] = statuses;
    Ok(())
}

/// Whether it is a document to which OpenAPI of our version can be added.
fn check(document: &Value) -> Result<(), MergeError> {
    if !document.is_object() {
        return Err(MergeError::not_an_object("the document"));
    }
    let version = document.get("openapi").or_else(|| document.get("swagger"));
    match version.map(|version| version.as_str().unwrap_or_default()) {
        None => Ok(()),
        Some(version) if version.starts_with("3.1.") || version.starts_with("3.2.") => Ok(()),
        Some(other) => Err(MergeError(Wrong::Version(other.to_owned()))),
    }
}

/// What a document needs besides.
pub(super) fn complete(document: &mut Value, version: Version, info: Value) {
    let Some(document) = document.as_object_mut() else { return };
    document.entry("openapi").or_insert_with(|| json!(version.text()));
    document.entry("info").or_insert(info);
    document.entry("paths").or_insert_with(|| json!({}));
}

/// Why errors were not put into a document. The document is as it was.
#[derive(Debug)]
pub struct MergeError(Wrong);

#[derive(Debug)]
enum Wrong {
    Taken(Vec<String>),
    Version(String),
    NotAnObject(String),
    NoOperation(String),
}

impl MergeError {
    fn not_an_object(place: &str) -> Self {
        Self(Wrong::NotAnObject(place.to_owned()))
    }
}

impl fmt::Display for MergeError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Wrong::Taken(places) => {
                let places: Vec<String> = places.iter().map(|place| format!("`{place}`")).collect();
                write!(
                    out,
                    "the document has something else at {}; rename it there, or give the errors a prefix",
                    places.join(", ")
                )
            }
            Wrong::Version(version) => write!(
                out,
                "the document is of OpenAPI `{version}`, whose schemas are others; errors go into 3.1 and 3.2"
            ),
            Wrong::NotAnObject(place) => write!(out, "{place} is no JSON object"),
            Wrong::NoOperation(operation) => {
                write!(out, "the document has no operation `{operation}`; write it as `POST /v1/stories`")
            }
        }
    }
}

impl std::error::Error for MergeError {}
