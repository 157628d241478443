//! A whole document. Takes components and a document, perhaps written by hand; gives the two as one, in which nothing of the
//! other is overwritten.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::Version;
use super::response::Components;

/// Where a document notes what of it was put there by us, so that the next time it makes way.
const OURS: &str = "x-errorbook";

/// What merges put into a document, each with the prefix of its names: what has another prefix is another contract's.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ours {
    components: BTreeMap<String, Names>,
    /// By operation, then by prefix: the statuses.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    operations: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

/// The names of components.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    schemas: Vec<String>,
    responses: Vec<String>,
}

impl Names {
    fn of(&self, kind: Kind) -> &[String] {
        match kind {
            Kind::Schemas => &self.schemas,
            Kind::Responses => &self.responses,
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Schemas,
    Responses,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Schemas => "schemas",
            Self::Responses => "responses",
        }
    }
}

impl Ours {
    fn of(document: &Value) -> Result<Self, MergeError> {
        match document.get(OURS) {
            None => Ok(Self::default()),
            Some(noted) => Self::deserialize(noted).map_err(|_| MergeError(Wrong::Noted)),
        }
    }

    /// The names that were given with this prefix.
    fn has(&self, prefix: &str, kind: Kind, name: &str) -> bool {
        self.components.get(prefix).is_some_and(|names| names.of(kind).iter().any(|known| known == name))
    }

    /// Whether it was put there with another prefix too.
    fn is_of_another(&self, prefix: &str, kind: Kind, name: &str) -> bool {
        self.components.keys().any(|other| other != prefix && self.has(other, kind, name))
    }

    fn write(&self, document: &mut Map<String, Value>) {
        document.insert(OURS.to_owned(), json!(self));
    }
}

/// Puts components into a document. Those of an earlier merge with this prefix make way, and no others.
pub(super) fn merge(
    document: &mut Value,
    version: Version,
    prefix: &str,
    components: Components,
) -> Result<(), MergeError> {
    if document.is_null() {
        *document = json!({});
    }
    check(document, version)?;
    let mut ours = Ours::of(document)?;
    let groups = [(Kind::Schemas, components.schemas), (Kind::Responses, components.responses)];
    let mut taken = Vec::new();
    let mut names = Names::default();
    for (kind, group) in &groups {
        let theirs = match document.get("components").and_then(|all| all.get(kind.name())) {
            None => None,
            Some(theirs) => Some(
                theirs
                    .as_object()
                    .ok_or_else(|| MergeError::not_an_object(&format!("components.{}", kind.name())))?,
            ),
        };
        for (name, new) in group {
            let known = theirs.and_then(|theirs| theirs.get(name));
            let is_ours = ours.has(prefix, *kind, name);
            if !is_ours && known.is_some_and(|known| known != new) {
                taken.push(format!("components.{}.{name}", kind.name()));
            }
            // What was written by hand stays, even where it says the same.
            if is_ours || known.is_none() || ours.is_of_another(prefix, *kind, name) {
                match kind {
                    Kind::Schemas => names.schemas.push(name.clone()),
                    Kind::Responses => names.responses.push(name.clone()),
                }
            }
        }
    }
    if !taken.is_empty() {
        return Err(MergeError(Wrong::Taken(taken)));
    }
    let Some(document) = document.as_object_mut() else { return Ok(()) };
    let all = document.entry("components").or_insert_with(|| json!({}));
    let all = all.as_object_mut().ok_or_else(|| MergeError::not_an_object("components"))?;
    for (kind, group) in groups {
        let theirs = all.entry(kind.name()).or_insert_with(|| json!({}));
        if let Some(theirs) = theirs.as_object_mut() {
            theirs.retain(|name, _| !ours.has(prefix, kind, name) || ours.is_of_another(prefix, kind, name));
            theirs.extend(group);
        }
    }
    ours.components.insert(prefix.to_owned(), names);
    ours.write(document);
    Ok(())
}

/// Puts responses into an operation of a document: `POST /v1/stories`.
pub(super) fn merge_operation(
    document: &mut Value,
    version: Version,
    prefix: &str,
    operation: &str,
    responses: &Map<String, Value>,
) -> Result<(), MergeError> {
    check(document, version)?;
    let mut all = Ours::of(document)?;
    let unknown = || MergeError(Wrong::NoOperation(operation.to_owned()));
    let (method, path) = operation.split_once(' ').ok_or_else(unknown)?;
    let ours = all.operations.entry(operation.to_owned()).or_default().entry(prefix.to_owned()).or_default();
    let found = document
        .get_mut("paths")
        .and_then(|paths| paths.get_mut(path.trim())?.get_mut(method.to_ascii_lowercase())?.as_object_mut())
        .ok_or_else(unknown)?;
    let theirs = found.entry("responses").or_insert_with(|| json!({}));
    let theirs = theirs
        .as_object_mut()
        .ok_or_else(|| MergeError::not_an_object(&format!("`responses` of `{operation}`")))?;
    let is_ours = |status: &String| ours.contains(status);
    let taken: Vec<_> = responses
        .iter()
        .filter(|(status, new)| !is_ours(status) && theirs.get(*status).is_some_and(|known| known != *new))
        .map(|(status, _)| status.clone())
        .collect();
    if !taken.is_empty() {
        return Err(MergeError(Wrong::Answered(operation.to_owned(), taken)));
    }
    let statuses: Vec<String> =
        responses.keys().filter(|status| is_ours(status) || !theirs.contains_key(*status)).cloned().collect();
    theirs.retain(|status, _| !is_ours(status));
    theirs.extend(responses.clone());
    *ours = statuses;
    if let Some(document) = document.as_object_mut() {
        all.write(document);
    }
    Ok(())
}

/// Whether it is a document to which OpenAPI of our version can be added.
fn check(document: &Value, version: Version) -> Result<(), MergeError> {
    if !document.is_object() {
        return Err(MergeError::not_an_object("the document"));
    }
    let theirs = document.get("openapi").or_else(|| document.get("swagger"));
    match theirs.map(|theirs| theirs.as_str().unwrap_or_default()) {
        None => Ok(()),
        // What 3.2 has beyond 3.1 would make a document of 3.1 one that is not valid; the other way round all is known.
        Some(theirs) if theirs.starts_with("3.1.") && version == Version::V3_2 => {
            Err(MergeError(Wrong::Older(theirs.to_owned())))
        }
        Some(theirs) if theirs.starts_with("3.1.") || theirs.starts_with("3.2.") => Ok(()),
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
    /// The places of components.
    Taken(Vec<String>),
    /// An operation and its statuses.
    Answered(String, Vec<String>),
    Version(String),
    /// The document's version, where ours is 3.2.
    Older(String),
    /// What stands where merges are noted is nothing that one of them wrote.
    Noted,
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
            Wrong::Answered(operation, statuses) => write!(
                out,
                "the operation `{operation}` already answers {} with something else; take that out of the document, or leave \
                 these errors out of the operation",
                statuses.join(", ")
            ),
            Wrong::Older(version) => write!(
                out,
                "the document is of OpenAPI `{version}`, and these errors are told in that of 3.2; tell them in 3.1, or make the \
                 document one of 3.2"
            ),
            Wrong::Noted => write!(
                out,
                "`{OURS}` in the document is not what a merge notes there; remove it, and what was merged before"
            ),
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
