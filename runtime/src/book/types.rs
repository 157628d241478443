//! What the JSON of a field looks like, by its type as it is written. Takes the text of a type; gives a JSON Schema, which
//! allows anything where the type is not known. That the value of an optional field may be missing is not told here. Taken
//! wrongly: a type of the user's own that is called `Uuid`; missed: an alias.

use serde_json::{Value, json};

/// The type of a value, as JSON Schema calls it.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

pub(super) fn schema(ty: &str) -> Value {
    let ty = ty.trim();
    match ty.split_once('<') {
        Some((path, rest)) if path.rsplit("::").next().is_some_and(|name| name.trim() == "Option") => {
            schema(rest.strip_suffix('>').unwrap_or(rest))
        }
        _ => inner(ty),
    }
}

/// Of a type inside another, where a missing value is `null`.
fn inner(ty: &str) -> Value {
    let ty = ty.trim();
    if let Some(referenced) = ty.strip_prefix('&') {
        let referenced = referenced.trim_start();
        let referenced = match referenced.strip_prefix('\'') {
            Some(lifetime) => lifetime.split_once(' ').map_or("", |(_, ty)| ty),
            None => referenced,
        };
        return inner(referenced);
    }
    if let Some(item) = ty.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let item = item.split(';').next().unwrap_or(item);
        return json!({ "type": "array", "items": inner(item) });
    }
    let (path, arguments) = match ty.split_once('<') {
        Some((path, rest)) => (path, rest.strip_suffix('>').unwrap_or(rest)),
        None => (ty, ""),
    };
    let arguments = split(arguments);
    let argument = |index: usize| inner(arguments.get(index).copied().unwrap_or_default());
    match path.rsplit("::").next().unwrap_or(path).trim() {
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "NonZeroU32" | "NonZeroU64" => {
            json!({ "type": "integer", "minimum": 0 })
        }
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => json!({ "type": "integer" }),
        "f32" | "f64" => json!({ "type": "number" }),
        "bool" => json!({ "type": "boolean" }),
        "String" | "str" | "char" | "PathBuf" | "IpAddr" => json!({ "type": "string" }),
        "Uuid" => json!({ "type": "string", "format": "uuid" }),
        "Url" => json!({ "type": "string", "format": "uri" }),
        "DateTime" | "OffsetDateTime" | "Timestamp" => json!({ "type": "string", "format": "date-time" }),
        // As serde has it.
        "Duration" => json!({
            "type": "object",
            "properties": { "secs": { "type": "integer" }, "nanos": { "type": "integer" } },
            "required": ["secs", "nanos"],
        }),
        "Box" | "Arc" | "Rc" => argument(0),
        "Option" => match argument(0) {
            // Anything, `null` too.
            Value::Object(keywords) if keywords.is_empty() => json!({}),
            value => json!({ "anyOf": [value, { "type": "null" }] }),
        },
        "Cow" => argument(arguments.len().saturating_sub(1)),
        "Vec" | "HashSet" | "BTreeSet" | "VecDeque" => json!({ "type": "array", "items": argument(0) }),
        "HashMap" | "BTreeMap" | "IndexMap" => {
            json!({ "type": "object", "additionalProperties": argument(1) })
        }
        "FieldErrors" => json!({ "type": "array", "items": field_error() }),
        // By itself it is too common a name.
        "FieldError" if path.starts_with("errorbook::") => field_error(),
        _ => json!({}),
    }
}

fn field_error() -> Value {
    json!({
        "type": "object",
        "properties": {
            "pointer": { "type": "string", "format": "json-pointer" },
            "code": { "type": "string" },
            "message": { "type": "string" },
        },
        "required": ["pointer", "code", "message"],
    })
}

/// At the commas between the arguments of a type.
fn split(arguments: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0usize, 0, Vec::new());
    for (at, letter) in arguments.char_indices() {
        match letter {
            '<' | '(' | '[' => depth += 1,
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(arguments[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    if !arguments[start..].trim().is_empty() {
        parts.push(arguments[start..].trim());
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_types_looks_tell_its_json() {
        for (ty, expected) in [
            ("u64", json!({ "type": "integer", "minimum": 0 })),
            ("&'static str", json!({ "type": "string" })),
            ("std::option::Option<Vec<i8>>", json!({ "type": "array", "items": { "type": "integer" } })),
            ("Cow<'static, str>", json!({ "type": "string" })),
            (
                "HashMap<String, Vec<(u8, u8)>>",
                json!({ "type": "object", "additionalProperties": { "type": "array", "items": {} } }),
            ),
            ("[f64; 2]", json!({ "type": "array", "items": { "type": "number" } })),
            (
                "Vec<Option<bool>>",
                json!({ "type": "array", "items": { "anyOf": [{ "type": "boolean" }, { "type": "null" }] } }),
            ),
            ("Option<Vec<Option<Brief>>>", json!({ "type": "array", "items": {} })),
            ("Brief", json!({})),
        ] {
            assert_eq!(schema(ty), expected, "{ty}");
        }
        assert_eq!(schema("FieldErrors")["items"]["required"][0], "pointer");
    }
}
