//! The JSON Schema (draft 2020-12) of an envelope's bodies: the shape in, a schema as JSON out. It is asked for
//! when documentation is made, so it is built as a tree, not written in one pass.

use serde_json::{Map, Value, json};

use super::{Node, Part, Slot};

/// The schema of a whole body.
pub(super) fn of_body(shape: &Node) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    if let Value::Object(keywords) = of_node(shape, false) {
        schema.extend(keywords);
    }
    Value::Object(schema)
}

fn of_node(node: &Node, optional: bool) -> Value {
    match node {
        Node::Object(members) => of_object(members),
        Node::Array(items) => of_array(items),
        // The macro wrote the text as JSON.
        Node::Literal(text) => json!({ "const": serde_json::from_str::<Value>(text).unwrap_or_default() }),
        Node::Slot(slot) => of_slot(*slot, optional),
        // They stand among other parts, and those around them see to them.
        Node::Spread | Node::Each(_) => json!(true),
    }
}

fn of_object(members: &[Part]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    let mut is_open = false;
    for Part { name, node, optional } in members {
        if matches!(node, Node::Spread) {
            is_open = true;
            continue;
        }
        properties.insert((*name).to_owned(), of_node(node, *optional));
        if !optional {
            required.push(*name);
        }
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": is_open,
    })
}

fn of_array(items: &[Part]) -> Value {
    // Where an item may be left out, or there may be several of it, no place behind it is anyone's for certain.
    let is_in_place = |item: &Part| !item.optional && !matches!(item.node, Node::Spread | Node::Each(_));
    let schemas: Vec<Value> = items.iter().flat_map(of_item).collect();
    let required = items.iter().filter(|item| is_there(item)).count();
    let mut array = json!({ "type": "array", "minItems": required });
    if !items.iter().any(|item| matches!(item.node, Node::Spread | Node::Each(_))) {
        array["maxItems"] = json!(items.len());
    }
    match &*schemas {
        [] => {}
        [only] => array["items"] = only.clone(),
        all if items.iter().all(is_in_place) => array["prefixItems"] = json!(all),
        any => array["items"] = json!({ "anyOf": any }),
    }
    array
}

/// Whether at least one such item is there in every body.
fn is_there(item: &Part) -> bool {
    match item.node {
        Node::Spread => false,
        Node::Each(items) => items.len() > 1,
        _ => !item.optional,
    }
}

/// What such an item may be: one thing, or what stands behind a `for` and its `else`.
fn of_item(item: &Part) -> Vec<Value> {
    match &item.node {
        Node::Each(items) => items.iter().map(|item| of_node(&item.node, item.optional)).collect(),
        node => vec![of_node(node, item.optional)],
    }
}

fn of_slot(slot: Slot, optional: bool) -> Value {
    let (kind, mut schema) = match slot {
        Slot::Code => ("string", json!({ "pattern": "^[A-Za-z0-9_.:/-]+$" })),
        Slot::DocsUrl => ("string", json!({ "format": "uri-reference" })),
        Slot::Act => ("string", json!({ "enum": ["caller", "operator", "nobody"] })),
        Slot::StatusString => ("string", json!({ "pattern": "^[45][0-9]{2}$" })),
        Slot::Message
        | Slot::Title
        | Slot::ProblemTitle
        | Slot::Reason
        | Slot::Remedy
        | Slot::RequestId
        | Slot::Context(_)
        | Slot::FieldCode
        | Slot::FieldMessage => ("string", json!({})),
        Slot::FieldPointer => ("string", json!({ "format": "json-pointer" })),
        Slot::FieldFragment => ("string", json!({ "format": "uri-reference", "pattern": "^#" })),
        Slot::Status => ("integer", json!({ "minimum": 400, "maximum": 599 })),
        Slot::RetryAfter | Slot::RetryAfterMs => ("integer", json!({ "minimum": 0 })),
        Slot::Retryable => ("boolean", json!({})),
        // Any literal, as each error declares it.
        Slot::Meta(_) => return json!({ "type": ["string", "number", "boolean", "null"] }),
        // Whatever the fields serialize to.
        Slot::Details => return json!(true),
    };
    schema["type"] = if optional || slot.always_has_value() { json!(kind) } else { json!([kind, "null"]) };
    schema
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::envelope::{NESTED, PROBLEM};

    fn schema_of(envelope: &crate::Envelope) -> serde_json::Value {
        let mut schema = envelope.schema();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        schema.as_object_mut().unwrap().remove("$schema");
        schema
    }

    #[test]
    fn members_with_a_question_mark_are_not_required() {
        assert_eq!(
            schema_of(&NESTED),
            json!({
                "type": "object",
                "properties": {
                    "error": {
                        "type": "object",
                        "properties": {
                            "code": { "type": "string", "pattern": "^[A-Za-z0-9_.:/-]+$" },
                            "message": { "type": "string" },
                            "request_id": { "type": "string" },
                            "details": true,
                        },
                        "required": ["code", "message"],
                        "additionalProperties": false,
                    },
                },
                "required": ["error"],
                "additionalProperties": false,
            })
        );
    }

    #[test]
    fn members_without_one_are_null_where_the_slot_has_no_value() {
        let envelope = errorbook_macros::envelope!(crate = crate, {
            "message": message, "id": request_id, "run": context.run, "after": retry_after, "doc": docs_url,
            "status": status, "text": status_string, "again": retryable, "details": details, "type": meta.type,
        });
        assert_eq!(
            schema_of(&envelope)["properties"],
            json!({
                "message": { "type": "string" },
                "id": { "type": ["string", "null"] },
                "run": { "type": ["string", "null"] },
                "after": { "type": ["integer", "null"], "minimum": 0 },
                "doc": { "type": ["string", "null"], "format": "uri-reference" },
                "status": { "type": ["integer", "null"], "minimum": 400, "maximum": 599 },
                "text": { "type": ["string", "null"], "pattern": "^[45][0-9]{2}$" },
                "again": { "type": "boolean" },
                "details": true,
                "type": { "type": ["string", "number", "boolean", "null"] },
            })
        );
    }

    #[test]
    fn an_object_over_which_details_are_spread_is_open() {
        let schema = schema_of(&PROBLEM);
        assert_eq!(schema["additionalProperties"], true);
        assert_eq!(schema["required"], json!(["title", "detail", "code"]));
    }

    #[test]
    fn the_items_of_an_array_are_told_by_place_unless_one_may_be_left_out() {
        let envelope = errorbook_macros::envelope!(crate = crate, {
            "none": [], "one": [code], "pair": ["v1", -2], "moving": [title?, null],
        });
        let schema = schema_of(&envelope);
        assert_eq!(schema["properties"]["none"], json!({ "type": "array", "minItems": 0, "maxItems": 0 }));
        assert_eq!(schema["properties"]["one"]["items"]["pattern"], "^[A-Za-z0-9_.:/-]+$");
        assert_eq!(
            schema["properties"]["pair"],
            json!({
                "type": "array", "minItems": 2, "maxItems": 2,
                "prefixItems": [{ "const": "v1" }, { "const": -2 }],
            })
        );
        assert_eq!(
            schema["properties"]["moving"],
            json!({
                "type": "array", "minItems": 1, "maxItems": 2,
                "items": { "anyOf": [{ "type": "string" }, { "const": null }] },
            })
        );
    }

    #[test]
    fn an_array_of_one_object_has_its_schema() {
        let envelope = errorbook_macros::envelope!(crate = crate, [{ "code": code, "meta": { ..details }? }]);
        let error = &schema_of(&envelope)["items"];
        assert_eq!(error["required"], json!(["code"]));
        assert_eq!(error["properties"]["meta"]["additionalProperties"], true);
    }
}
