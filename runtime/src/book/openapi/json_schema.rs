//! JSON Schema as the tools around OpenAPI take it. Takes a schema of any maker; gives one that says the same with a
//! one-value `enum` for each `const`, a type for each value, and no schema that is empty or `true`.

use serde_json::{Map, Value, json};

use crate::book::types::type_of;

/// Whatever JSON there is. Some readers refuse an empty schema, a union that is one `type` of many, and an array without
/// `items`; a description alone is nothing to any of them, which is right behind `items`.
pub(super) fn anything(description: &str) -> Value {
    json!({
        "description": description,
        "anyOf": [
            { "type": "object", "additionalProperties": true },
            { "type": "array", "items": { "description": ANY } },
            { "type": "string" },
            { "type": "number" },
            { "type": "boolean" },
            { "type": "null" },
        ],
    })
}

pub(super) const ANY: &str = "Any JSON value.";

/// The keywords behind which one schema stands, a list of them, or a name for each.
const ONE: [&str; 9] = [
    "items",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];
const LIST: [&str; 4] = ["anyOf", "oneOf", "allOf", "prefixItems"];
const NAMED: [&str; 4] = ["properties", "patternProperties", "dependentSchemas", "$defs"];
/// What says of itself which values there are, so that no type is missed.
const SAYS_VALUES: [&str; 6] = ["type", "$ref", "anyOf", "oneOf", "allOf", "not"];

/// Rewrites a schema and all within it.
pub(super) fn normalize(schema: &mut Value) {
    let Value::Object(keywords) = schema else {
        // `false` stands for nothing at all, which has no other form.
        if *schema != Value::Bool(false) {
            *schema = anything(ANY);
        }
        return;
    };
    keywords.remove("$schema");
    if let Some(value) = keywords.remove("const") {
        keywords.insert("enum".to_owned(), json!([value]));
    }
    if !SAYS_VALUES.iter().any(|keyword| keywords.contains_key(*keyword)) {
        if let Some(values) = keywords.get("enum").and_then(Value::as_array) {
            let kinds = kinds(values);
            keywords.insert("type".to_owned(), kinds);
        } else if keywords.contains_key("properties") || keywords.contains_key("additionalProperties") {
            keywords.insert("type".to_owned(), json!("object"));
        } else {
            let description = keywords.get("description").and_then(Value::as_str);
            *schema = anything(description.unwrap_or(ANY));
            return;
        }
    }
    for (keyword, value) in keywords.iter_mut() {
        match (&**keyword, value) {
            // Here `true` is the common word for it, and all readers know it.
            ("additionalProperties", value) if value.is_boolean() => {}
            ("additionalProperties", Value::Object(none)) if none.is_empty() => {}
            ("additionalProperties", value) => normalize(value),
            (one, value) if ONE.contains(&one) => normalize(value),
            (list, Value::Array(schemas)) if LIST.contains(&list) => schemas.iter_mut().for_each(normalize),
            (named, Value::Object(schemas)) if NAMED.contains(&named) => {
                schemas.values_mut().for_each(normalize);
            }
            _ => {}
        }
    }
    if keywords.get("additionalProperties").is_some_and(|schema| *schema == json!({})) {
        keywords.insert("additionalProperties".to_owned(), json!(true));
    }
    if keywords.get("type").is_some_and(|kind| kind == "array") && !keywords.contains_key("items") {
        keywords.insert("items".to_owned(), json!({ "description": ANY }));
    }
}

/// Takes the definitions out of a schema.
pub(super) fn take_definitions(schema: &mut Value) -> Map<String, Value> {
    match schema.as_object_mut().and_then(|keywords| keywords.remove("$defs")) {
        Some(Value::Object(definitions)) => definitions,
        _ => Map::new(),
    }
}

/// Hands each reference in a schema to `change`, which gives what stands there instead.
pub(super) fn replace_references(value: &mut Value, change: &mut dyn FnMut(&str) -> Option<Value>) {
    match value {
        Value::Object(keywords) => {
            if let Some(reference) = keywords.get("$ref").and_then(Value::as_str)
                && let Some(new) = change(reference)
            {
                *value = new;
                return;
            }
            keywords.values_mut().for_each(|value| replace_references(value, change));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| replace_references(value, change)),
        _ => {}
    }
}

/// What `type` says of these values.
pub(super) fn kinds(values: &[Value]) -> Value {
    let mut kinds: Vec<&str> = Vec::new();
    for kind in values.iter().map(type_of) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    match &*kinds {
        [only] => json!(only),
        _ => json!(kinds),
    }
}

/// These values and, where there may be others some day, whatever `others` says: with a closed list, clients that were
/// made from it fail at the first new one.
pub(super) fn values(values: Vec<Value>, others: Option<Value>) -> Map<String, Value> {
    let mut schema = Map::new();
    let known = json!({ "type": kinds(&values), "enum": &values });
    match (others, known) {
        (Some(others), known) => {
            schema.insert("anyOf".to_owned(), json!([known, others]));
            schema.insert("x-extensible-enum".to_owned(), Value::Array(values));
        }
        (None, Value::Object(known)) => schema = known,
        (None, _) => {}
    }
    schema
}

/// One of these; the same said twice is said once.
pub(super) fn any_of(schemas: Vec<Value>) -> Option<Value> {
    let mut once: Vec<Value> = Vec::new();
    for schema in schemas {
        if !once.contains(&schema) {
            once.push(schema);
        }
    }
    match once.len() {
        0 => None,
        1 => once.pop(),
        _ => Some(json!({ "anyOf": once })),
    }
}

/// Changes the schemas of what stands at a JSON pointer in a body, in each form that the body may have.
pub(super) fn at(schema: &mut Value, tokens: &[String], change: &mut dyn FnMut(&mut Value)) {
    let Some((token, rest)) = tokens.split_first() else { return change(schema) };
    if let Some(Value::Array(forms)) = schema.get_mut("anyOf") {
        for form in forms {
            at(form, tokens, change);
        }
        return;
    }
    if let Some(member) = schema.get_mut("properties").and_then(|members| members.get_mut(token)) {
        return at(member, rest, change);
    }
    let Ok(index) = token.parse::<usize>() else { return };
    if let Some(item) = schema.get_mut("prefixItems").and_then(|items| items.get_mut(index)) {
        return at(item, rest, change);
    }
    // Where an item may be left out, its schema is one for all of them.
    if let Some(items) = schema.get_mut("items")
        && (!rest.is_empty() || items.get("anyOf").is_none())
    {
        at(items, rest, change);
    }
}

/// Whether `null` is among the values.
pub(super) fn allows_null(schema: &Value) -> bool {
    match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "null"),
        kind => kind.is_some_and(|kind| kind == "null"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::pointer::tokens;

    fn normalized(mut schema: Value) -> Value {
        normalize(&mut schema);
        schema
    }

    #[test]
    fn a_constant_is_an_enum_of_one_value_with_its_type() {
        assert_eq!(normalized(json!({ "const": "v1" })), json!({ "type": "string", "enum": ["v1"] }));
        assert_eq!(normalized(json!({ "const": null })), json!({ "type": "null", "enum": [null] }));
        assert_eq!(
            normalized(json!({ "oneOf": [{ "const": 1, "type": "number" }] })),
            json!({ "oneOf": [{ "enum": [1], "type": "number" }] })
        );
    }

    #[test]
    fn no_schema_is_empty_or_true() {
        assert_eq!(normalized(json!(true)), anything(ANY));
        let schema = normalized(json!({ "properties": { "a": {}, "b": { "description": "B." } } }));
        assert_eq!(schema["type"], "object");
        assert_eq!(schema["properties"]["a"], anything(ANY));
        assert_eq!(schema["properties"]["b"], anything("B."));
        assert_eq!(
            normalized(json!({ "type": "object", "additionalProperties": {} })),
            json!({ "type": "object", "additionalProperties": true })
        );
        assert_eq!(normalized(json!({ "type": "array" }))["items"], json!({ "description": ANY }));
    }

    #[test]
    fn a_pointer_leads_through_every_form_of_a_list() {
        let mut schema = json!({ "items": { "anyOf": [
            { "properties": { "code": { "type": "string" } } },
            { "properties": { "code": { "type": "integer" }, "a/b": { "type": "null" } } },
        ] } });
        let mut seen = Vec::new();
        at(&mut schema, &tokens("/0/code"), &mut |found| seen.push(found["type"].clone()));
        at(&mut schema, &tokens("/0/a~1b"), &mut |found| seen.push(found["type"].clone()));
        assert_eq!(seen, ["string", "integer", "null"]);
    }
}
