//! Schemas of others inside a document of ours. Takes a JSON Schema as a contract holds it, from whatever made it; gives one
//! that may stand anywhere in a document: its own definitions are moved to those of the document, objects have room for
//! members that come later, and what is no JSON Schema (draft 2020-12) allows anything.

use std::collections::HashMap;
use std::fmt::Write;

use serde_json::{Map, Value};

use super::identifiers::Names;
use crate::FieldError;

/// The definitions of a document.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    pub(super) all: Map<String, Value>,
    pub(super) names: Names,
}

impl Definitions {
    /// The schema, to stand in this document. Its definitions are called `PREFIX.NAME`.
    pub(super) fn embed(&mut self, schema: &Value, prefix: &str) -> Value {
        let mut moved = HashMap::new();
        let mut own = Vec::new();
        for keyword in ["$defs", "definitions"] {
            for (name, definition) in schema.get(keyword).and_then(Value::as_object).into_iter().flatten() {
                let given = self.names.give(format!("{prefix}.{name}"), ".");
                // A name is escaped for a pointer and for a URI; some leave out the latter.
                let token = FieldError::escape_token(name).into_owned();
                for token in [escaped(name), token] {
                    moved.insert(format!("#/{keyword}/{token}"), reference(&given));
                }
                own.push((given, definition));
            }
        }
        // What is meant by `#` is this schema by itself, and that only a name can say.
        if refers_to_itself(schema) {
            let given = self.names.give(format!("{prefix}.self"), ".");
            moved.insert("#".to_owned(), reference(&given));
            own.push((given, schema));
        }
        for (name, definition) in own {
            self.all.insert(name, clean(definition, &moved));
        }
        clean(schema, &moved)
    }
}

/// The `$ref` to a definition of this name: a JSON pointer (RFC 6901) as a fragment of a URI (RFC 3986 section 3.5).
pub(super) fn reference(name: &str) -> String {
    format!("#/$defs/{}", escaped(name))
}

fn escaped(name: &str) -> String {
    let mut fragment = String::new();
    for byte in FieldError::escape_token(name).bytes() {
        match byte {
            byte if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte) => {
                fragment.push(char::from(byte));
            }
            byte => {
                // Writing to a `String` does not fail.
                let _ = write!(fragment, "%{byte:02X}");
            }
        }
    }
    fragment
}

fn refers_to_itself(schema: &Value) -> bool {
    match schema {
        Value::Object(keywords) => {
            keywords.get("$ref").is_some_and(|to| to == "#") || keywords.values().any(refers_to_itself)
        }
        Value::Array(values) => values.iter().any(refers_to_itself),
        _ => false,
    }
}

fn clean(schema: &Value, moved: &HashMap<String, String>) -> Value {
    let keywords = match schema {
        Value::Bool(_) => return schema.clone(),
        Value::Object(keywords) => keywords,
        _ => return Value::Bool(true),
    };
    let one = |value: &Value| Some(clean(value, moved));
    let list = |value: &Value| {
        let items = value.as_array().filter(|items| !items.is_empty())?;
        Some(Value::Array(items.iter().map(|item| clean(item, moved)).collect()))
    };
    let kept = keywords.iter().filter_map(|(keyword, value)| {
        let kept = match keyword.as_str() {
            "$ref" => moved.get(value.as_str()?).map(|name| Value::String(name.clone())),
            "items" if value.is_array() => None,
            // As of a type that denies unknown fields, which is a promise of those who send it. Here the service sends, and
            // may send more at any time.
            "additionalProperties" if *value == Value::Bool(false) => None,
            "items"
            | "additionalProperties"
            | "not"
            | "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames" => one(value),
            // Of which exactly one must hold: what one of them shuts out tells it from the others.
            "oneOf" => {
                let all = value.as_array().filter(|all| !all.is_empty())?.iter();
                Some(Value::Array(all.map(|one| kept_shut(one, clean(one, moved))).collect()))
            }
            "anyOf" | "allOf" | "prefixItems" => list(value),
            "properties" | "patternProperties" => {
                let members = value.as_object()?.iter();
                Some(Value::Object(
                    members.map(|(name, value)| (name.clone(), clean(value, moved))).collect(),
                ))
            }
            "type" => types(value).then(|| value.clone()),
            "required" => texts(value).then(|| value.clone()),
            "enum" => value.as_array().is_some_and(|values| !values.is_empty()).then(|| value.clone()),
            "const" | "default" => Some(value.clone()),
            "examples" => value.is_array().then(|| value.clone()),
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
                value.is_number().then(|| value.clone())
            }
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
                value.is_u64().then(|| value.clone())
            }
            "pattern" | "format" | "title" | "description" => value.is_string().then(|| value.clone()),
            "uniqueItems" | "deprecated" => value.is_boolean().then(|| value.clone()),
            _ => None,
        };
        Some((keyword.clone(), kept?))
    });
    Value::Object(kept.collect())
}

/// The cleaned schema without room for other members, where it had none.
fn kept_shut(schema: &Value, mut cleaned: Value) -> Value {
    if let (Some(keywords), Some(Value::Bool(false))) =
        (cleaned.as_object_mut(), schema.get("additionalProperties"))
    {
        keywords.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    cleaned
}

/// Whether this is the name of a type, or several different ones.
fn types(value: &Value) -> bool {
    const ALL: [&str; 7] = ["null", "boolean", "object", "array", "number", "integer", "string"];
    let is_type = |value: &Value| value.as_str().is_some_and(|name| ALL.contains(&name));
    match value {
        Value::Array(names) => !names.is_empty() && names.iter().all(is_type) && texts(value),
        name => is_type(name),
    }
}

/// Whether these are texts, no two the same.
fn texts(value: &Value) -> bool {
    let Some(texts) = value.as_array() else { return false };
    texts.iter().enumerate().all(|(index, text)| text.is_string() && !texts[..index].contains(text))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn definitions_move_and_are_found_again() {
        let mut definitions = Definitions::default();
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "type": "array",
            "items": { "$ref": "#/$defs/a b" },
            "$defs": { "a b": { "anyOf": [{ "type": "null" }, { "$ref": "#/$defs/a b" }] } },
        });
        assert_eq!(
            definitions.embed(&schema, "x"),
            json!({ "type": "array", "items": { "$ref": "#/$defs/x.a%20b" } })
        );
        assert_eq!(definitions.all["x.a b"]["anyOf"][1], json!({ "$ref": "#/$defs/x.a%20b" }));
        // The second of the same name is another.
        definitions.embed(&schema, "x");
        assert_eq!(definitions.all.len(), 2);
    }

    #[test]
    fn a_schema_that_is_in_itself_has_a_name() {
        let mut definitions = Definitions::default();
        let tree = json!({ "type": "object", "properties": { "parts": { "type": "array", "items": { "$ref": "#" } } } });
        let embedded = definitions.embed(&tree, "x");
        assert_eq!(embedded["properties"]["parts"]["items"], json!({ "$ref": "#/$defs/x.self" }));
        assert_eq!(definitions.all["x.self"], embedded);
    }

    #[test]
    fn objects_have_room_for_more_and_names_keep_their_pattern() {
        let mut definitions = Definitions::default();
        let shut = json!({ "type": "object", "properties": { "a": {} }, "additionalProperties": false });
        let map = json!({ "patternProperties": { "^[0-9]+$": shut }, "additionalProperties": false });
        let open = json!({ "type": "object", "properties": { "a": {} } });
        assert_eq!(definitions.embed(&map, "x"), json!({ "patternProperties": { "^[0-9]+$": open } }));
        let either = json!({ "oneOf": [shut, { "type": "string" }] });
        assert_eq!(definitions.embed(&either, "x"), either);
    }

    #[test]
    fn what_is_no_schema_allows_anything() {
        let mut definitions = Definitions::default();
        let mut clean = |schema| definitions.embed(&schema, "x");
        for none in [json!(null), json!(5), json!("string"), json!([])] {
            assert_eq!(clean(none), json!(true));
        }
        let wrong = json!({
            "type": "text", "required": ["a", "a"], "enum": [], "anyOf": [], "minimum": "1", "maxItems": -1,
            "$ref": "https://example.com/schema", "nullable": true, "title": 5, "items": [{}],
            "properties": { "a": { "type": ["string", "string"] }, "b": 1 },
        });
        assert_eq!(clean(wrong), json!({ "properties": { "a": {}, "b": true } }));
    }
}
