//! What the body of one error looks like. Takes the form that all bodies of a contract have and an error; gives a JSON
//! Schema with what is known of this error put into the slots: its code and status, its constants, its details.

use serde_json::{Map, Value, json};

use super::contract::{Body, Contract, Member};
use super::embed::Definitions;
use super::entry::{Entry, Field};
use super::pointer::{child, tokens};

/// What is said of a member that this error does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Absent {
    /// Nothing, as one may be added.
    Open,
    /// That it is not there.
    Shut,
}

/// The body of an error; of any form where the contract does not tell it.
pub(super) fn of_entry(
    contract: &Contract,
    entry: &Entry,
    absent: Absent,
    prefix: &str,
    definitions: &mut Definitions,
) -> Value {
    let Some(body) = contract.bodies.get(entry.body) else { return json!({}) };
    let mut schema = opened(definitions.embed(&body.schema, prefix), false);
    let details = Details::of(entry, prefix, definitions);
    choose_branches(&mut schema, body, &details, absent);
    for member in &body.members {
        let is_gone = |is_known: bool| match (is_known, member.required, absent) {
            (true, ..) | (_, false, Absent::Open) => None,
            (_, true, _) => Some(Put::Schema(json!({ "type": "null" }))),
            (_, false, Absent::Shut) => Some(Put::Shut),
        };
        let put = match member.slot.as_str() {
            "code" if entry.code_is_omitted => Some(Put::Shut),
            "code" => Some(Put::There(json!({ "type": "string", "enum": [entry.code] }))),
            "status" => match entry.status {
                Some(status) => Some(Put::There(json!({ "type": "integer", "enum": [status] }))),
                None => is_gone(false),
            },
            "status_string" => match entry.status {
                Some(status) => Some(Put::There(json!({ "type": "string", "enum": [status.to_string()] }))),
                None => is_gone(false),
            },
            "details" => details.in_slot(member).or_else(|| is_gone(details.is_some())),
            "..details" => {
                details.spread(&mut schema, member);
                let is_bare = !details.is_some() && absent == Absent::Shut;
                (is_bare && is_optional_and_empty(&schema, &tokens(&member.pointer))).then_some(Put::Shut)
            }
            // Of texts nothing is said, those that there are not today among them: they may change at any time.
            slot => match slot.strip_prefix("meta.").map(|name| entry.meta.get(name)) {
                Some(Some(value)) => Some(Put::There(json!({ "enum": [value] }))),
                Some(None) => is_gone(false),
                None => None,
            },
        };
        if let Some(put) = put {
            put_at(&mut schema, &tokens(&member.pointer), &put);
        }
    }
    schema
}

/// The places of a body's members as a reader expects them, details by their fields, as JSON pointers.
pub(super) fn order(entry: Option<&Entry>, body: &Body) -> Vec<String> {
    let mut places = Vec::new();
    for member in &body.members {
        let details = member.slot.ends_with("details");
        if member.slot != "..details" {
            places.push(member.pointer.clone());
        }
        for name in entry
            .filter(|_| details)
            .iter()
            .flat_map(|entry| &entry.fields)
            .filter_map(|field| field.detail.as_ref())
        {
            places.push(child(&member.pointer, name));
        }
    }
    places
}

/// The body of an error whose code is none of these.
pub(super) fn of_unknown(body: &Body, known: &[&str], prefix: &str, definitions: &mut Definitions) -> Value {
    let mut schema = opened(definitions.embed(&body.schema, prefix), true);
    for member in body.members.iter().filter(|member| member.slot == "code") {
        put_at(&mut schema, &tokens(&member.pointer), &Put::Schema(unknown_code(known)));
    }
    schema
}

/// A code that is none of these.
pub(super) fn unknown_code(known: &[&str]) -> Value {
    if known.is_empty() {
        json!({ "type": "string" })
    } else {
        json!({ "type": "string", "not": { "enum": known } })
    }
}

/// With room for members that come later: that one may be added is part of every contract. What says that there are others,
/// as details are spread, may be kept.
fn opened(mut schema: Value, keeps_others: bool) -> Value {
    let Some(keywords) = schema.as_object_mut() else { return schema };
    match keywords.get("additionalProperties") {
        Some(Value::Bool(true)) if keeps_others => {}
        Some(Value::Bool(_)) => drop(keywords.remove("additionalProperties")),
        _ => {}
    }
    for (keyword, value) in keywords.iter_mut() {
        let open = |schema: &mut Value| *schema = opened(schema.take(), keeps_others);
        match (keyword.as_str(), &mut *value) {
            ("properties", Value::Object(members)) => members.values_mut().for_each(open),
            ("items", item) => open(item),
            ("anyOf" | "prefixItems", Value::Array(all)) => all.iter_mut().for_each(open),
            _ => {}
        }
    }
    schema
}

/// What is put at a place of a schema.
enum Put {
    /// This is what stands there, if anything does.
    Schema(Value),
    /// This stands there in every body.
    There(Value),
    /// Nothing stands there.
    Shut,
}

/// In an array whose items have no place of their own, and where no member has this name, nothing is put.
fn put_at(schema: &mut Value, tokens: &[String], put: &Put) {
    let Some((token, rest)) = tokens.split_first() else { return };
    for keyword in ["anyOf", "oneOf", "allOf"] {
        for one in schema.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten() {
            put_at(one, tokens, put);
        }
    }
    let Some(keywords) = schema.as_object_mut() else { return };
    let has_member = keywords.get("properties").is_some_and(|members| members.get(token).is_some());
    if has_member {
        if let Put::There(_) = put {
            require(keywords, token);
        } else if let (Put::Shut, []) = (put, rest) {
            forget(keywords, token);
        }
    }
    let place = if has_member {
        keywords.get_mut("properties").and_then(|members| members.get_mut(token))
    } else {
        item_at(keywords, token)
    };
    match (place, rest) {
        (Some(place), []) if !has_member && place.get("anyOf").is_some() => {}
        (Some(place), []) => {
            *place = match put {
                Put::Schema(schema) | Put::There(schema) => schema.clone(),
                Put::Shut => Value::Bool(false),
            };
        }
        (Some(place), rest) => put_at(place, rest, put),
        (None, _) => {}
    }
}

fn item_at<'k>(keywords: &'k mut Map<String, Value>, token: &str) -> Option<&'k mut Value> {
    let index: usize = token.parse().ok()?;
    if keywords.contains_key("prefixItems") {
        return keywords.get_mut("prefixItems")?.get_mut(index);
    }
    // One schema for several items says nothing of one of them. What a `for` goes through has no end.
    let is_of_several = keywords.get("maxItems").is_some_and(|most| *most != 1);
    keywords.get_mut("items").filter(|_| index == 0 && !is_of_several)
}

fn require(keywords: &mut Map<String, Value>, name: &str) {
    let required = keywords.entry("required").or_insert_with(|| json!([]));
    if let Some(names) = required.as_array_mut().filter(|names| !names.iter().any(|known| known == name)) {
        names.push(json!(name));
    }
}

fn forget(keywords: &mut Map<String, Value>, name: &str) {
    if let Some(names) = keywords.get_mut("required").and_then(Value::as_array_mut) {
        names.retain(|known| known != name);
    }
}

/// The details of one error.
enum Details {
    None,
    /// Members of an object, and whether each is always there.
    Members(Vec<(String, Value, bool)>),
    /// One value, whether it is always there, and whether it is field errors.
    Whole {
        schema: Value,
        is_there: bool,
        is_field_errors: bool,
    },
}

impl Details {
    fn of(entry: &Entry, prefix: &str, definitions: &mut Definitions) -> Self {
        if let Some(field) = entry.fields.iter().find(|field| field.is_details) {
            let is_list = field.schema.get("type").is_none_or(|ty| ty == "array");
            return Self::Whole {
                schema: described(field, definitions.embed(&field.schema, prefix)),
                // An empty list is left out, and what looks like nothing that is known may be one.
                is_there: field.is_always_there() && !is_list,
                is_field_errors: is_field_errors(&field.schema),
            };
        }
        let members: Vec<_> = entry
            .fields
            .iter()
            .filter_map(|field| {
                let name = field.detail.clone()?;
                let schema = definitions.embed(&field.schema, prefix);
                let schema = if field.is_nullable { or_null(schema) } else { schema };
                let is_there = field.is_always_there();
                Some((name, described(field, schema), is_there))
            })
            .collect();
        if members.is_empty() { Self::None } else { Self::Members(members) }
    }

    fn is_some(&self) -> bool {
        !matches!(self, Self::None)
    }

    /// What stands in the slot `details`.
    fn in_slot(&self, member: &Member) -> Option<Put> {
        let (schema, is_there) = match self {
            Self::None => return None,
            Self::Members(members) => (object(members), members.iter().any(|(.., is_there)| *is_there)),
            Self::Whole { schema, is_there, .. } => (schema.clone(), *is_there),
        };
        Some(match (is_there, member.required) {
            (true, _) => Put::There(schema),
            (false, true) => Put::Schema(or_null(schema)),
            (false, false) => Put::Schema(schema),
        })
    }

    /// What becomes of the object over which details are spread.
    fn spread(&self, schema: &mut Value, member: &Member) {
        let members = match self {
            Self::None | Self::Whole { is_field_errors: true, .. } => return,
            Self::Members(members) => members.clone(),
            Self::Whole { schema, is_there, .. } => match schema.get("properties").and_then(Value::as_object)
            {
                Some(members) => {
                    let is_required = |name: &str| {
                        let required = schema.get("required").and_then(Value::as_array);
                        *is_there && required.is_some_and(|names| names.iter().any(|known| known == name))
                    };
                    members
                        .iter()
                        .map(|(name, schema)| (name.clone(), schema.clone(), is_required(name)))
                        .collect()
                }
                // Which members there are is not known.
                None if schema.get("type").is_none_or(|ty| ty == "object") => return,
                None => vec![("details".to_owned(), schema.clone(), *is_there)],
            },
        };
        spread_at(schema, &tokens(&member.pointer), &members);
    }
}

/// Adds members to the object at this place. Those that the envelope has itself stay as they are.
fn spread_at(schema: &mut Value, tokens: &[String], members: &[(String, Value, bool)]) {
    for keyword in ["anyOf", "oneOf", "allOf"] {
        for one in schema.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten() {
            spread_at(one, tokens, members);
        }
    }
    let Some(keywords) = schema.as_object_mut() else { return };
    let Some((token, rest)) = tokens.split_first() else {
        // Details that are spread among the items of an array have no place of their own.
        if keywords.get("type").is_some_and(|ty| ty == "object") {
            for (name, schema, is_there) in members {
                let all = keywords.entry("properties").or_insert_with(|| json!({}));
                let Some(all) = all.as_object_mut().filter(|all| !all.contains_key(name)) else { continue };
                all.insert(name.clone(), schema.clone());
                if *is_there {
                    require(keywords, name);
                }
            }
        }
        return;
    };
    let has_member = keywords.get("properties").is_some_and(|members| members.get(token).is_some());
    if has_member {
        if members.iter().any(|(.., is_there)| *is_there) {
            require(keywords, token);
        }
        if let Some(place) = keywords.get_mut("properties").and_then(|members| members.get_mut(token)) {
            spread_at(place, rest, members);
        }
    } else if let Some(place) = item_at(keywords, token) {
        spread_at(place, rest, members);
    }
}

/// Where an envelope goes through field errors, an error that can have none has what stands behind the `else`. One that can
/// have them has either, as its list may be empty.
fn choose_branches(schema: &mut Value, body: &Body, details: &Details, absent: Absent) {
    match details {
        Details::Whole { is_field_errors: true, .. } => return,
        Details::Whole { schema, .. } if schema.get("type").is_none() => return,
        _ => {}
    }
    let places: Vec<Vec<String>> = body
        .members
        .iter()
        .filter(|member| member.slot.starts_with("field."))
        .map(|member| tokens(&member.pointer))
        .collect();
    let Some(first) = places.first() else { return };
    let (mut place, mut depth, mut is_there) = (&mut *schema, 0, true);
    while place.get("items").is_none() {
        let Some(token) = first.get(depth) else { return };
        let required = place.get("required").and_then(Value::as_array);
        is_there = required.is_some_and(|names| names.iter().any(|name| name == token));
        match place.get_mut("properties").and_then(|members| members.get_mut(token)) {
            Some(member) => place = member,
            None => return,
        }
        depth += 1;
    }
    let Some([one, other]) = place.pointer("/items/anyOf").and_then(Value::as_array).map(Vec::as_slice)
    else {
        if !is_there && absent == Absent::Shut {
            put_at(schema, first.get(..depth).unwrap_or_default(), &Put::Shut);
        }
        return;
    };
    let is_of_each = |branch: &Value| {
        places.iter().all(|place| place.get(depth + 1..).is_some_and(|place| has_place(branch, place)))
    };
    let otherwise = match (is_of_each(one), is_of_each(other)) {
        (true, false) => other.clone(),
        (false, true) => one.clone(),
        _ => return,
    };
    place["items"] = otherwise;
}

/// Whether an object stands at this place that need not be there and has no member of its own.
fn is_optional_and_empty(schema: &Value, tokens: &[String]) -> bool {
    let Some((token, rest)) = tokens.split_first() else { return false };
    let member = schema.get("properties").and_then(|members| members.get(token));
    match (member, rest) {
        (Some(member), []) => {
            let required = schema.get("required").and_then(Value::as_array);
            let is_required = required.is_some_and(|names| names.iter().any(|name| name == token));
            let has_none = member.get("properties").and_then(Value::as_object).is_some_and(Map::is_empty);
            !is_required && has_none
        }
        (Some(member), rest) => is_optional_and_empty(member, rest),
        (None, rest) => schema.get("items").is_some_and(|items| is_optional_and_empty(items, rest)),
    }
}

fn has_place(schema: &Value, tokens: &[String]) -> bool {
    match tokens.split_first() {
        None => true,
        Some((token, rest)) => {
            let member = schema.get("properties").and_then(|members| members.get(token));
            member.or_else(|| schema.get("items")).is_some_and(|schema| has_place(schema, rest))
        }
    }
}

fn object(members: &[(String, Value, bool)]) -> Value {
    let required: Vec<&str> =
        members.iter().filter(|(.., is_there)| *is_there).map(|(name, ..)| name.as_str()).collect();
    let properties: Map<String, Value> =
        members.iter().map(|(name, schema, _)| (name.clone(), schema.clone())).collect();
    json!({ "type": "object", "properties": properties, "required": required })
}

/// The schema with what the field's comment says.
fn described(field: &Field, mut schema: Value) -> Value {
    if let Some(text) = &field.description {
        if schema == json!(true) {
            schema = json!({});
        }
        if let Some(keywords) = schema.as_object_mut() {
            // Of the field, not of its type.
            keywords.insert("description".to_owned(), json!(text));
        }
    }
    schema
}

/// The value, or `null`.
fn or_null(mut schema: Value) -> Value {
    let is_plain = |keywords: &Map<String, Value>| {
        !["enum", "const", "$ref", "anyOf", "oneOf", "allOf", "not", "if"]
            .iter()
            .any(|word| keywords.contains_key(*word))
    };
    match schema.as_object_mut() {
        Some(keywords) if is_plain(keywords) => {
            match keywords.get_mut("type") {
                Some(Value::Array(types)) if !types.contains(&json!("null")) => types.push(json!("null")),
                Some(Value::String(ty)) if ty != "null" => {
                    let ty = std::mem::take(ty);
                    keywords.insert("type".to_owned(), json!([ty, "null"]));
                }
                // Anything, or `null` already.
                _ => {}
            }
            schema
        }
        Some(_) => json!({ "anyOf": [schema, { "type": "null" }] }),
        None => schema,
    }
}

fn is_field_errors(schema: &Value) -> bool {
    schema.pointer("/items/required") == Some(&json!(["pointer", "code", "message"]))
}
