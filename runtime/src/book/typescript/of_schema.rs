//! JSON Schema as TypeScript types. Takes a schema that `bodies` and `embed` have made; gives the text of a type, `unknown`
//! where nothing is known.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde_json::{Map, Value};

use super::lexical::{comment, literal, member_name};
use crate::book::pointer::child;

pub(super) struct Types<'t> {
    /// The names of the definitions, by the reference to each.
    pub(super) defined: &'t BTreeMap<String, String>,
    /// The schema of a code that is not known. Where none is, it is that of any text.
    pub(super) unknown_code: Option<&'t Value>,
}

/// What is said of a type, in Markdown, and the tags behind it.
#[derive(Clone, Copy)]
pub(super) struct Said<'t> {
    pub(super) text: &'t str,
    pub(super) tags: &'t [String],
}

/// Where a type stands: how far its lines are set in, its place in the body, and the places of all in their order.
#[derive(Clone, Copy)]
struct At<'a> {
    indent: &'a str,
    place: &'a str,
    order: &'a [String],
}

impl Types<'_> {
    /// `export interface NAME { … }`, or a type of this name where the schema is of no object.
    ///
    /// Members stand in the order of these places, which are JSON pointers; all others behind them.
    pub(super) fn declare(
        &self,
        name: &str,
        schema: &Value,
        order: &[String],
        documented: Said<'_>,
        out: &mut String,
    ) {
        let Said { text: said, tags } = documented;
        out.push('\n');
        super::lexical::comment_with_tags(said, tags, "", out);
        let ty = self.of(schema, At { indent: "", place: "", order });
        if ty.starts_with('{') && ty.ends_with('}') && is_plain_object(schema) {
            let _ = writeln!(out, "export interface {name} {ty}");
        } else {
            let _ = writeln!(out, "export type {name} = {ty};");
        }
    }

    fn of(&self, schema: &Value, at: At<'_>) -> String {
        let keywords = match schema {
            Value::Bool(false) => return "never".to_owned(),
            Value::Object(keywords) => keywords,
            _ => return "unknown".to_owned(),
        };
        if self.unknown_code == Some(schema) {
            return "UnknownErrorCode".to_owned();
        }
        if let Some(values) = keywords.get("enum").and_then(Value::as_array) {
            return union(values.iter().map(of_value).collect());
        }
        if let Some(value) = keywords.get("const") {
            return of_value(value);
        }
        let mut all = Vec::new();
        if let Some(name) = keywords.get("$ref") {
            all.push(
                name.as_str()
                    .and_then(|name| self.defined.get(name))
                    .map_or("unknown", String::as_str)
                    .to_owned(),
            );
        }
        for keyword in ["anyOf", "oneOf"] {
            if let Some(some) = keywords.get(keyword).and_then(Value::as_array) {
                all.push(union(some.iter().map(|one| self.of(one, at)).collect()));
            }
        }
        for one in keywords.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            all.push(self.of(one, at));
        }
        let own = self.by_type(keywords, at);
        if own != "unknown" {
            all.push(own);
        }
        // What is known is more than what is not.
        all.retain(|one| one != "unknown");
        match &*all {
            [] => "unknown".to_owned(),
            [only] => only.clone(),
            all => all.iter().map(|one| enclosed(one)).collect::<Vec<_>>().join(" & "),
        }
    }

    fn by_type(&self, keywords: &Map<String, Value>, at: At<'_>) -> String {
        let one = |ty: &str| match ty {
            "string" => "string".to_owned(),
            "integer" | "number" => "number".to_owned(),
            "boolean" => "boolean".to_owned(),
            "null" => "null".to_owned(),
            "array" => self.array(keywords, at),
            "object" => self.object(keywords, at),
            _ => "unknown".to_owned(),
        };
        match keywords.get("type") {
            Some(Value::String(ty)) => one(ty),
            Some(Value::Array(types)) => union(types.iter().filter_map(Value::as_str).map(one).collect()),
            _ if keywords.contains_key("properties") => one("object"),
            _ => "unknown".to_owned(),
        }
    }

    fn array(&self, keywords: &Map<String, Value>, at: At<'_>) -> String {
        let Some(places) = keywords.get("prefixItems").and_then(Value::as_array) else {
            let item = keywords.get("items").map_or_else(
                || "unknown".to_owned(),
                |item| {
                    let place = format!("{}/0", at.place);
                    self.of(item, At { place: &place, ..at })
                },
            );
            return format!("Array<{item}>");
        };
        let bound =
            |name| keywords.get(name).and_then(Value::as_u64).and_then(|bound| usize::try_from(bound).ok());
        let least = bound("minItems").unwrap_or(0);
        let item = |(index, place)| {
            let inside = format!("{}/{index}", at.place);
            let ty = self.of(place, At { place: &inside, ..at });
            if index < least { ty } else { format!("({ty})?") }
        };
        let mut items: Vec<String> = places.iter().enumerate().map(item).collect();
        let is_whole =
            bound("maxItems") == Some(places.len()) || keywords.get("items") == Some(&Value::Bool(false));
        if !is_whole {
            let rest = keywords.get("items").map_or_else(|| "unknown".to_owned(), |item| self.of(item, at));
            items.push(format!("...Array<{rest}>"));
        }
        format!("[{}]", items.join(", "))
    }

    fn object(&self, keywords: &Map<String, Value>, at: At<'_>) -> String {
        let members = keywords.get("properties").and_then(Value::as_object);
        let further = keywords.get("additionalProperties").filter(|further| **further != Value::Bool(false));
        // A map whose keys are numbers, say: what its values are is told by the pattern.
        let by_pattern = keywords.get("patternProperties").and_then(Value::as_object);
        let further = further.or_else(|| by_pattern.filter(|all| all.len() == 1)?.values().next());
        let Some(members) = members.filter(|members| !members.is_empty()) else {
            let value = further.map_or_else(|| "unknown".to_owned(), |further| self.of(further, at));
            return format!("{{ [name: string]: {value} }}");
        };
        let required = keywords.get("required").and_then(Value::as_array);
        let At { indent, place, order } = at;
        let inner = format!("{indent}  ");
        let mut out = "{\n".to_owned();
        let mut members: Vec<(usize, String, &String, &Value)> = members
            .iter()
            .map(|(name, schema)| {
                let place = child(place, name);
                let is_in = |known: &String| {
                    known.strip_prefix(&place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                };
                (order.iter().position(is_in).unwrap_or(order.len()), place, name, schema)
            })
            .collect();
        members.sort_by_key(|(index, ..)| *index);
        for (_, place, name, schema) in members {
            if let Some(said) = schema.get("description").and_then(Value::as_str) {
                comment(said, &inner, &mut out);
            }
            let is_required = required.is_some_and(|names| names.iter().any(|known| known == name));
            let ty = match schema {
                Value::Bool(false) => "undefined".to_owned(),
                schema => self.of(schema, At { indent: &inner, place: &place, order }),
            };
            let mark = if is_required { "" } else { "?" };
            let _ = writeln!(out, "{inner}{}{mark}: {ty};", member_name(name));
        }
        if further.is_some() {
            // Whatever it is said to be, the members above are to fit it.
            let _ = writeln!(out, "{inner}[name: string]: unknown;");
        }
        out.push_str(indent);
        out.push('}');
        out
    }
}

fn is_plain_object(schema: &Value) -> bool {
    ["$ref", "anyOf", "oneOf", "allOf"].iter().all(|keyword| schema.get(keyword).is_none())
}

/// The type of one value.
fn of_value(value: &Value) -> String {
    match value {
        Value::String(text) => literal(text),
        Value::Number(_) | Value::Bool(_) | Value::Null => value.to_string(),
        Value::Array(items) => format!("[{}]", items.iter().map(of_value).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members =
                members.iter().map(|(name, value)| format!("{}: {}", member_name(name), of_value(value)));
            format!("{{ {} }}", members.collect::<Vec<_>>().join("; "))
        }
    }
}

/// Each once. What may be anything is that.
fn union(all: Vec<String>) -> String {
    let mut once: Vec<String> = Vec::new();
    for one in all {
        if one == "unknown" {
            return one;
        }
        if !once.contains(&one) {
            once.push(one);
        }
    }
    if once.is_empty() { "never".to_owned() } else { once.join(" | ") }
}

/// In brackets where it is a union.
fn enclosed(ty: &str) -> String {
    if ty.contains(" | ") { format!("({ty})") } else { ty.to_owned() }
}
