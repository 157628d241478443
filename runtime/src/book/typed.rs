//! The JSON Schema that a type has of itself: that of `schemars::JsonSchema`, or of `utoipa::ToSchema`. Takes a type, of
//! which nothing is known; gives the schema, with all that it refers to under `$defs`, or nothing.

#![allow(missing_docs, reason = "only expansions name what is here")]

use std::collections::HashMap;
use std::fmt;
use std::marker::PhantomData;

use serde_json::Value;

use super::Entry;
use crate::spec::{Catalog, ErrorSpec, SchemaOf};

/// What tells the schemas of the fields of some types.
pub(super) struct TypedFields {
    by_error: HashMap<*const ErrorSpec, Vec<(&'static str, SchemaOf)>>,
}

impl TypedFields {
    pub(super) fn new(owners: &[&'static Catalog]) -> Self {
        let mut by_error: HashMap<_, Vec<_>> = HashMap::new();
        for owner in owners.iter().filter(|owner| !owner.schemas.is_empty()) {
            let specs: HashMap<&str, &ErrorSpec> =
                owner.specs.iter().map(|spec| (spec.name(), spec)).collect();
            for (error, field, schema) in owner.schemas {
                if let Some(spec) = specs.get(error) {
                    by_error.entry(std::ptr::from_ref(*spec)).or_default().push((*field, *schema));
                }
            }
        }
        Self { by_error }
    }

    /// Puts the schemas that the types have of themselves in place of what their looks tell.
    pub(super) fn fill(&self, spec: &'static ErrorSpec, entry: &mut Entry) {
        for (name, schema) in self.by_error.get(&std::ptr::from_ref(spec)).into_iter().flatten() {
            let field = entry.fields.iter_mut().find(|field| field.name == *name);
            if let Some((field, schema)) = field.and_then(|field| Some((field, schema()?))) {
                field.schema = schema;
            }
        }
    }
}

/// Finds out what a type implements: method lookup takes the inherent method where the type is a `JsonSchema`, then that
/// of [`SchemaByUtoipa`], then that of [`SchemaByNothing`].
pub struct SchemaProbe<T>(PhantomData<T>);

impl<T> SchemaProbe<T> {
    pub const NEW: Self = Self(PhantomData);
}

impl<T> fmt::Debug for SchemaProbe<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SchemaProbe")
    }
}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema> SchemaProbe<T> {
    #[must_use]
    pub fn __errorbook_schema(&self) -> Option<Value> {
        // What is sent, not what is read.
        let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
        let mut schema = settings.into_generator().into_root_schema_for::<T>().to_value();
        if let Some(keywords) = schema.as_object_mut() {
            keywords.remove("$schema");
            // The name of the type in Rust is nobody's business outside.
            keywords.remove("title");
        }
        Some(schema)
    }
}

pub trait SchemaByUtoipa {
    fn __errorbook_schema(&self) -> Option<Value>;
}

#[cfg(feature = "utoipa")]
impl<T: utoipa::ToSchema> SchemaByUtoipa for SchemaProbe<T> {
    fn __errorbook_schema(&self) -> Option<Value> {
        const COMPONENTS: &str = "#/components/schemas/";

        fn point_to_definitions(value: &mut Value) {
            match value {
                Value::Object(keywords) => {
                    if let Some(Value::String(reference)) = keywords.get_mut("$ref")
                        && let Some(name) = reference.strip_prefix(COMPONENTS)
                    {
                        *reference = format!("#/$defs/{name}");
                    }
                    keywords.values_mut().for_each(point_to_definitions);
                }
                Value::Array(values) => values.iter_mut().for_each(point_to_definitions),
                _ => {}
            }
        }

        let mut referred = Vec::new();
        T::schemas(&mut referred);
        let mut schema = serde_json::to_value(T::schema()).ok()?;
        let mut definitions = serde_json::Map::new();
        for (name, definition) in referred {
            definitions.insert(name, serde_json::to_value(definition).ok()?);
        }
        if !definitions.is_empty() {
            schema.as_object_mut()?.insert("$defs".to_owned(), Value::Object(definitions));
        }
        point_to_definitions(&mut schema);
        Some(schema)
    }
}

pub trait SchemaByNothing {
    fn __errorbook_schema(&self) -> Option<Value>;
}

impl<T> SchemaByNothing for &SchemaProbe<T> {
    fn __errorbook_schema(&self) -> Option<Value> {
        None
    }
}
