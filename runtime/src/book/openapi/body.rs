//! The schemas of bodies. Takes the schema of an envelope and the errors that answer in it; gives the schema with what is
//! known of these errors in each slot.

use std::fmt::Write;

use serde_json::{Map, Value, json};

use super::json_schema::{ANY, allows_null, any_of, anything, at, kinds, normalize, values};
use super::parts::Parts;
use crate::book::Entry;
use crate::book::pointer::tokens;

/// Whose bodies a schema describes.
pub(super) struct Bodies<'e> {
    /// Which of the contract's bodies.
    pub(super) form: usize,
    /// The status of all of them, where they have one.
    pub(super) status: Option<u16>,
    /// Their places in the contract.
    pub(super) errors: &'e [usize],
    /// Whether there may be other errors among them some day.
    pub(super) is_open: bool,
    /// Where the schema of all codes stands, if it is to be referred to.
    pub(super) codes: Option<&'e Value>,
}

impl Parts<'_> {
    pub(super) fn body(&self, bodies: &Bodies<'_>) -> Value {
        let Some(form) = self.contract.bodies.get(bodies.form) else { return anything(ANY) };
        let mut schema = form.schema.clone();
        normalize(&mut schema);
        for member in &form.members {
            let place = tokens(&member.pointer);
            at(&mut schema, &place, &mut |slot| self.fill(&member.slot, slot, bodies));
        }
        schema
    }

    /// Says in the schema of a slot what is known of it.
    fn fill(&self, slot: &str, schema: &mut Value, bodies: &Bodies<'_>) {
        match slot {
            "code" => {
                let codes: Vec<_> =
                    self.entries(bodies).filter(|entry| !entry.code_is_omitted).map(code).collect();
                if let Some(reference) = bodies.codes {
                    *schema = reference.clone();
                } else {
                    known_values(schema, codes, bodies.is_open);
                    describe(schema, CODE);
                }
            }
            "status" => {
                if let Some(status) = bodies.status {
                    known_values(schema, vec![json!(status)], false);
                }
                describe(schema, "The status of the response.");
            }
            "status_string" => {
                if let Some(status) = bodies.status {
                    known_values(schema, vec![json!(status.to_string())], false);
                }
                describe(schema, "The status of the response.");
            }
            "docs_url" => self.fill_links(schema, bodies),
            "message" => describe(schema, "What went wrong, for people. Its words may change."),
            "title" | "problem_title" => describe(schema, "What kind of error it is, for people."),
            "reason" => describe(schema, "The phrase of the status."),
            "request_id" => describe(schema, "The id of the request, by which its operators find it."),
            "retryable" => describe(schema, "Whether the request may be sent again."),
            "retry_after" => describe(schema, "How many seconds to wait before the request is sent again."),
            "retry_after_ms" => {
                describe(schema, "How many milliseconds to wait before the request is sent again.");
            }
            "remedy" => describe(schema, "What to do about it, for people."),
            "act" => describe(schema, "Who must do something before the request can succeed."),
            "details" => self.fill_details(schema, bodies),
            "..details" => self.spread_details(schema, bodies),
            meta => {
                if let Some(name) = meta.strip_prefix("meta.") {
                    self.fill_meta(name, schema, bodies);
                }
            }
        }
    }

    fn entries<'p>(&'p self, bodies: &'p Bodies<'_>) -> impl Iterator<Item = &'p Entry> {
        bodies.errors.iter().filter_map(|place| self.contract.errors.get(*place))
    }

    /// The links by code: of a problem, the URIs that name its type (RFC 9457 section 3.1.1).
    fn fill_links(&self, schema: &mut Value, bodies: &Bodies<'_>) {
        let with_links = || {
            self.entries(bodies)
                .filter(|entry| !entry.code_is_omitted)
                .filter_map(|entry| Some((entry, entry.docs.as_deref()?)))
        };
        let mut links: Vec<Value> = Vec::new();
        for (_, link) in with_links() {
            if !links.iter().any(|known| known == link) {
                links.push(json!(link));
            }
        }
        let mut text = "Where this kind of error is described.".to_owned();
        for (entry, link) in with_links() {
            let _ = write!(text, "\n- `{}`: <{link}>", entry.code);
        }
        if !links.is_empty() {
            known_values(schema, links, bodies.is_open);
        }
        describe(schema, &text);
    }

    fn fill_meta(&self, name: &str, schema: &mut Value, bodies: &Bodies<'_>) {
        let mut known: Vec<Value> = Vec::new();
        for value in self.entries(bodies).filter_map(|entry| entry.meta.get(name)) {
            if !known.contains(value) {
                known.push(value.clone());
            }
        }
        if known.is_empty() {
            return;
        }
        let is_always_there = self.entries(bodies).all(|entry| entry.meta.contains_key(name));
        if is_always_there && bodies.is_open {
            // Of the same kind as those that there are.
            *schema = json!({ "type": kinds(&known) });
        }
        known_values(schema, known, bodies.is_open);
    }

    /// The details of each of the errors, or of one that is not known.
    fn fill_details(&self, schema: &mut Value, bodies: &Bodies<'_>) {
        let mut forms: Vec<Value> =
            bodies.errors.iter().filter_map(|place| self.details.get(*place)?.schema.clone()).collect();
        let mut text = "What is known besides, by the code.";
        if bodies.is_open {
            if forms.is_empty() {
                text = "What an error that is not listed here tells besides.";
            }
            // What is unknown stands last: who reads a union takes the first that fits.
            if let Some(Value::Array(any)) = anything(ANY).get_mut("anyOf").map(Value::take) {
                forms.extend(any);
            }
        } else if bodies.errors.len() > forms.len() {
            forms.push(json!({ "type": "null" }));
        }
        if let Some(one_of) = any_of(forms) {
            *schema = one_of;
            describe(schema, text);
        }
    }

    /// The details of each of the errors as members of the object around them.
    fn spread_details(&self, schema: &mut Value, bodies: &Bodies<'_>) {
        if schema.get("additionalProperties").is_some_and(|others| *others != json!(true)) {
            return;
        }
        let mut added: Map<String, Value> = Map::new();
        let mut required = Vec::new();
        for place in bodies.errors {
            let Some(details) = self.details.get(*place) else { continue };
            for (name, schema, is_required) in &details.members {
                let known = added.remove(name);
                let forms = known.into_iter().flat_map(forms).chain([schema.clone()]).collect();
                added.insert(name.clone(), any_of(forms).unwrap_or_default());
                if *is_required && bodies.errors.len() == 1 && !bodies.is_open {
                    required.push(json!(name));
                }
            }
        }
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            for (name, schema) in added {
                properties.entry(name).or_insert(schema);
            }
        }
        if let Some(Value::Array(known)) = schema.get_mut("required") {
            known.extend(required.into_iter().filter(|name| !known.contains(name)).collect::<Vec<_>>());
        }
    }
}

const CODE: &str = "What went wrong, for programs. A code that you do not know stands for its status alone.";

/// The schema of a code that is one of all that the contract has.
pub(super) fn codes(parts: &Parts<'_>) -> Value {
    let mut known: Vec<Value> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for entry in parts.contract.errors.iter().filter(|entry| !entry.code_is_omitted) {
        if seen.insert(&entry.code) {
            known.push(code(entry));
        }
    }
    if known.is_empty() {
        return json!({ "type": "string", "description": CODE });
    }
    let others = parts.is_open().then(|| json!({ "type": "string" }));
    let mut schema = Value::Object(values(known, others));
    describe(&mut schema, if parts.is_open() { CODE } else { "What went wrong, for programs." });
    schema
}

fn code(entry: &Entry) -> Value {
    json!(entry.code)
}

/// Puts known values into the schema of a slot, which tells what others there may be.
fn known_values(schema: &mut Value, known: Vec<Value>, is_open: bool) {
    let mut once: Vec<Value> = Vec::with_capacity(known.len());
    let mut seen = std::collections::HashSet::new();
    for value in known {
        if seen.insert(value.to_string()) {
            once.push(value);
        }
    }
    if once.is_empty() {
        return;
    }
    let is_null = allows_null(schema) && !once.contains(&Value::Null);
    *schema = if is_open {
        Value::Object(values(once, Some(schema.take())))
    } else if is_null {
        json!({ "anyOf": [values(once, None), { "type": "null" }] })
    } else {
        Value::Object(values(once, None))
    };
}

/// The schemas of a union, or the one.
fn forms(schema: Value) -> Vec<Value> {
    match schema {
        Value::Object(mut union) if union.len() == 1 && union.contains_key("anyOf") => {
            match union.remove("anyOf") {
                Some(Value::Array(forms)) => forms,
                _ => Vec::new(),
            }
        }
        one => vec![one],
    }
}

fn describe(schema: &mut Value, text: &str) {
    if let Value::Object(keywords) = schema
        && !keywords.contains_key("$ref")
    {
        keywords.insert("description".to_owned(), json!(text));
    }
}

/// Whether the code is a member of the body itself and always there, so that a discriminator can name it.
pub(super) fn code_member(parts: &Parts<'_>, form: usize) -> Option<String> {
    let body = parts.contract.bodies.get(form)?;
    let member = body.members.iter().find(|member| member.slot == "code" && member.required)?;
    match &*tokens(&member.pointer) {
        [name] if body.schema.get("properties").is_some() => Some(name.clone()),
        _ => None,
    }
}
