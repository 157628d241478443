//! What a value looks like from outside: the types of JSON that it may have, and whether it may be missing or `null`. Takes a
//! schema, or a word of a lock file; gives the shape, and the word.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::book::types::type_of;

/// What a value looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    /// The types of JSON that it may have; empty where nothing is known.
    pub(super) types: BTreeSet<String>,
    pub(super) is_optional: bool,
    pub(super) is_nullable: bool,
}

impl Shape {
    pub(super) fn of(schema: &Value, is_optional: bool, is_nullable: bool) -> Self {
        Self { types: types_of(&[schema]), is_optional, is_nullable }
    }

    /// `string|integer`, with a `?` where it may be missing; `any` where nothing is known.
    pub(super) fn to_word(&self) -> String {
        let mut types: Vec<&str> = self.types.iter().map(String::as_str).collect();
        if types.is_empty() {
            types.push("any");
        }
        if self.is_nullable {
            types.push("null");
        }
        format!("{}{}", types.join("|"), if self.is_optional { "?" } else { "" })
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        let bare = word.strip_suffix('?');
        let mut types: BTreeSet<String> = bare.unwrap_or(word).split('|').map(str::to_owned).collect();
        let is_nullable = types.remove("null");
        if types.remove("any") && !types.is_empty() {
            return None;
        }
        Some(Self { types, is_optional: bare.is_some(), is_nullable })
    }

    /// That of a value which has this one or the other.
    pub(super) fn or(&self, other: &Self) -> Self {
        let types = match (self.types.is_empty(), other.types.is_empty()) {
            (false, false) => self.types.union(&other.types).cloned().collect(),
            // Nothing is known of one of them.
            _ => BTreeSet::new(),
        };
        Self {
            types,
            is_optional: self.is_optional || other.is_optional,
            is_nullable: self.is_nullable || other.is_nullable,
        }
    }

    /// The same where it may be missing.
    pub(super) fn optional(&self) -> Self {
        Self { is_optional: true, ..self.clone() }
    }

    /// Its types in words.
    pub(super) fn types_told(&self) -> String {
        if self.types.is_empty() {
            return "of any type".to_owned();
        }
        self.types.iter().map(String::as_str).collect::<Vec<_>>().join(" or ")
    }
}

/// The types that these schemas allow together, `null` not counted; empty where one of them allows any.
pub(super) fn types_of(schemas: &[&Value]) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for schema in schemas {
        let types: Vec<&Value> = match (&schema["type"], schema.get("const")) {
            (Value::Array(types), _) => types.iter().collect(),
            (Value::Null, Some(constant)) => {
                all.insert(type_of(constant).to_owned());
                continue;
            }
            (Value::Null, None) => return BTreeSet::new(),
            (one, _) => vec![one],
        };
        all.extend(types.into_iter().filter_map(Value::as_str).map(str::to_owned));
    }
    all.remove("null");
    all
}
