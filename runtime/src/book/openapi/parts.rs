//! What all documents of a contract share: the schemas of the details, which get their names here. Takes a contract; gives
//! components, and for each error what stands for its details.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::json_schema::{any_of, normalize, replace_references, take_definitions};
use super::{OpenApi, Version, names};
use crate::book::{Codes, Contract, Entry, Field};

pub(super) struct Parts<'c> {
    pub(super) contract: &'c Contract,
    pub(super) version: Version,
    prefix: &'c str,
    /// No components: all stands where it is used.
    inline: bool,
    /// The components so far.
    pub(super) schemas: Map<String, Value>,
    /// For each error of the contract.
    pub(super) details: Vec<Details>,
    /// Where each status is answered, by the places of its errors in the contract.
    pub(super) by_status: BTreeMap<u16, Vec<usize>>,
}

/// What is known of an error's details.
#[derive(Default)]
pub(super) struct Details {
    /// Their schema, or a reference to it; none where the error has none.
    pub(super) schema: Option<Value>,
    /// Their members, where they are an object: name, schema, whether each body has it.
    pub(super) members: Vec<(String, Value, bool)>,
}

impl<'c> Parts<'c> {
    pub(super) fn new(api: &'c OpenApi<'c>, inline: bool) -> Self {
        let contract = api.contract;
        let mut by_status: BTreeMap<u16, Vec<usize>> = BTreeMap::new();
        for (place, entry) in contract.errors.iter().enumerate() {
            if let Some(status) = entry.status {
                by_status.entry(status).or_default().push(place);
            }
        }
        let mut parts = Self {
            contract,
            version: api.version,
            prefix: &api.prefix,
            inline,
            schemas: Map::new(),
            details: Vec::with_capacity(contract.errors.len()),
            by_status,
        };
        for entry in &contract.errors {
            let details = parts.details_of(entry);
            parts.details.push(details);
        }
        parts
    }

    pub(super) fn is_inline(&self) -> bool {
        self.inline
    }

    pub(super) fn is_open(&self) -> bool {
        self.contract.codes == Codes::Open
    }

    /// With the prefix that all names have.
    pub(super) fn name(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// Makes a component of a schema; gives the reference to it. One of the same name that says the same is shared.
    pub(super) fn component(&mut self, name: &str, schema: Value) -> Value {
        if self.inline {
            return schema;
        }
        let known = &self.schemas;
        let name =
            names::free(&self.name(name), "", |name| known.get(name).is_none_or(|known| *known == schema));
        let reference = reference(&name);
        self.schemas.insert(name, schema);
        reference
    }

    fn details_of(&mut self, entry: &Entry) -> Details {
        if let Some(whole) = entry.fields.iter().find(|field| field.is_details) {
            let schema = self.of_field(entry, whole);
            let members = members(&schema);
            let name = format!("{}Details", names::of_error(entry));
            return Details { schema: Some(self.component(&name, schema)), members };
        }
        let members: Vec<_> = entry
            .fields
            .iter()
            .filter_map(|field| Some((field.detail.clone()?, field)))
            .map(|(name, field)| (name, self.of_field(entry, field), field.is_always_there()))
            .collect();
        if members.is_empty() {
            return Details::default();
        }
        let name = format!("{}Details", names::of_error(entry));
        let schema = self.component(&name, object(&members));
        Details { schema: Some(schema), members }
    }

    fn of_field(&mut self, entry: &Entry, field: &Field) -> Value {
        let name = format!("{}{}", names::of_error(entry), names::pascal(&field.name));
        let mut schema = self.adopt(&field.schema, &name);
        if field.is_nullable {
            let null = json!({ "type": "null" });
            schema = any_of(vec![schema, null]).unwrap_or_default();
        }
        if let (Some(description), Some(keywords)) = (&field.description, schema.as_object_mut()) {
            keywords.insert("description".to_owned(), json!(description));
        }
        schema
    }

    /// Takes a schema with definitions of its own in, whose definitions become components.
    fn adopt(&mut self, schema: &Value, own_name: &str) -> Value {
        let mut schema = schema.clone();
        let mut definitions = take_definitions(&mut schema);
        normalize(&mut schema);
        definitions.values_mut().for_each(normalize);
        let mut refers_to_itself = false;
        replace_references(&mut schema, &mut |reference| {
            refers_to_itself |= reference == "#";
            None
        });
        if refers_to_itself {
            // What is meant by `#` is this schema by itself, and that only a name can say.
            definitions.insert(own_name.to_owned(), schema);
            schema = json!({ "$ref": format!("#/$defs/{own_name}") });
        }
        if self.inline {
            inline(&mut schema, &definitions, own_name, &mut Vec::new());
            return schema;
        }
        // A definition whose name stands for something else already gets a number, and so do all of this schema that
        // refer to it.
        let mut names: BTreeMap<String, String> = definitions
            .keys()
            .map(|name| (name.clone(), format!("{}{}", self.prefix, names::allowed(name))))
            .collect();
        let rename = |schema: &Value, names: &BTreeMap<String, String>| {
            let mut renamed = schema.clone();
            replace_references(&mut renamed, &mut |to| {
                let to = if to == "#" { own_name } else { to.strip_prefix("#/$defs/")? };
                names.get(to).map(|name| reference(name))
            });
            renamed
        };
        let mut number = 2usize;
        let is_taken = |name: &String, schema: &Value, names: &BTreeMap<String, String>| {
            self.schemas.get(name).is_some_and(|known| *known != rename(schema, names))
        };
        while definitions.iter().any(|(key, schema)| is_taken(&names[key], schema, &names)) {
            for (key, name) in &mut names {
                *name = format!("{}{}{number}", self.prefix, names::allowed(key));
            }
            number += 1;
        }
        for (key, schema) in &definitions {
            let renamed = rename(schema, &names);
            self.schemas.insert(names[key].clone(), renamed);
        }
        rename(&schema, &names)
    }
}

pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

/// An object of these members, which others may join.
fn object(members: &[(String, Value, bool)]) -> Value {
    let properties: Map<_, _> =
        members.iter().map(|(name, schema, _)| (name.clone(), schema.clone())).collect();
    let required: Vec<_> =
        members.iter().filter(|(_, _, is_required)| *is_required).map(|(name, ..)| name).collect();
    let mut schema = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    schema
}

/// The members of details that are one value, where their schema tells them.
fn members(schema: &Value) -> Vec<(String, Value, bool)> {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return Vec::new() };
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|all| all.iter().any(|required| required == name));
    properties.iter().map(|(name, schema)| (name.clone(), schema.clone(), is_required(name))).collect()
}

/// Puts each definition where it is referred to. What is in itself ends as any JSON.
fn inline(value: &mut Value, definitions: &Map<String, Value>, own_name: &str, within: &mut Vec<String>) {
    replace_references(value, &mut |to| {
        let name = if to == "#" { own_name } else { to.strip_prefix("#/$defs/")? };
        if within.iter().any(|outer| outer == name) {
            return Some(super::json_schema::anything(super::json_schema::ANY));
        }
        let mut definition = definitions.get(name)?.clone();
        within.push(name.to_owned());
        inline(&mut definition, definitions, own_name, within);
        within.pop();
        Some(definition)
    });
}
