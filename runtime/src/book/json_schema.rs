//! The JSON Schema of a service's error bodies. Takes a contract; gives one document with a definition for each error.

use serde_json::{Value, json};

use super::bodies::{self, Absent};
use super::contract::{Codes, Contract};
use super::embed::{Definitions, reference};
use super::entry::Entry;

#[doc = include_str!("../../docs/json-schema.md")]
#[must_use]
pub fn json_schema(contract: &Contract) -> Value {
    let mut definitions = Definitions::default();
    let names: Vec<String> =
        contract.errors.iter().map(|entry| definitions.names.give(entry.code.clone(), ".")).collect();
    let mut whole = Vec::new();
    for (entry, name) in contract.errors.iter().zip(names) {
        let body = bodies::of_entry(contract, entry, Absent::Open, &name, &mut definitions);
        whole.push(json!({ "$ref": reference(&name) }));
        definitions.all.insert(name, told(entry, body));
    }
    if contract.codes == Codes::Open {
        let known = known_codes(contract);
        for body in &contract.bodies {
            let name = definitions.names.give("(unknown)".to_owned(), ".");
            let schema = bodies::of_unknown(body, &known, &name, &mut definitions);
            whole.push(json!({ "$ref": reference(&name) }));
            let title = json!({ "title": "A code that this schema does not know" });
            definitions.all.insert(name, with_keywords(title, schema));
        }
    }
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": format!("Errors of {}", contract.title),
    });
    if let Some(description) = &contract.description {
        schema["description"] = json!(description);
    }
    // An `anyOf` of nothing is no schema: no body is one of none.
    if whole.is_empty() {
        schema["not"] = json!({});
    } else {
        schema["anyOf"] = Value::Array(whole);
    }
    schema["$defs"] = Value::Object(definitions.all);
    schema
}

/// The codes that stand in a body, each once, in the order of declaration.
pub(super) fn known_codes(contract: &Contract) -> Vec<&str> {
    let mut seen = std::collections::HashSet::new();
    let codes =
        contract.errors.iter().filter(|entry| !entry.code_is_omitted).map(|entry| entry.code.as_str());
    codes.filter(|code| seen.insert(*code)).collect()
}

fn told(entry: &Entry, body: Value) -> Value {
    let mut schema = json!({ "title": entry.title });
    let texts = [&entry.description, &entry.remedy].into_iter().flatten();
    let texts: Vec<&str> = texts.map(String::as_str).collect();
    if !texts.is_empty() {
        schema["description"] = json!(texts.join("\n\n"));
    }
    if entry.deprecated.is_some() {
        schema["deprecated"] = json!(true);
    }
    let mut schema = with_keywords(schema, body);
    let example =
        entry.example.as_ref().and_then(|example| serde_json::from_str::<Value>(&example.body).ok());
    if let Some(example) = example {
        schema["examples"] = json!([example]);
    }
    schema
}

/// Both in one; a schema that has no keywords allows anything.
fn with_keywords(mut schema: Value, more: Value) -> Value {
    if let (Some(all), Value::Object(keywords)) = (schema.as_object_mut(), more) {
        all.extend(keywords);
    }
    schema
}
