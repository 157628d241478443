//! JSON pointers (RFC 6901). Takes the pointer of a member as an envelope has it; gives its names, and what stands there in a
//! schema.

use serde_json::Value;

use crate::FieldError;

/// The names between the slashes, as they are called.
pub(super) fn tokens(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~")).collect()
}

/// The place of the member of this name in the object at `place`.
pub(super) fn child(place: &str, name: &str) -> String {
    format!("{place}/{}", FieldError::escape_token(name))
}

/// What a schema says of this place: once, but for items that may be one thing or another.
pub(super) fn schemas_at<'s>(schema: &'s Value, tokens: &[String]) -> Vec<&'s Value> {
    let Some((token, rest)) = tokens.split_first() else { return vec![schema] };
    if let Some(member) = schema.get("properties").and_then(|members| members.get(token)) {
        return schemas_at(member, rest);
    }
    if let Some(all) = schema.get("anyOf").and_then(Value::as_array) {
        return all.iter().flat_map(|one| schemas_at(one, tokens)).collect();
    }
    let Ok(index) = token.parse::<usize>() else { return Vec::new() };
    let in_place = schema.get("prefixItems").and_then(|items| items.get(index));
    in_place.or_else(|| schema.get("items")).map(|item| schemas_at(item, rest)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_is_found_where_its_pointer_leads() {
        let place = child(&child("", "a/b"), "~");
        assert_eq!(place, "/a~1b/~0");
        assert_eq!(tokens(&place), ["a/b", "~"]);
        let schema = json!({ "properties": { "a/b": { "properties": { "~": { "type": "null" } } } } });
        assert_eq!(schemas_at(&schema, &tokens(&place)), [&json!({ "type": "null" })]);
    }

    #[test]
    fn items_have_a_place_each_or_one_for_all() {
        let schema = json!({ "prefixItems": [{ "const": 1 }, { "const": 2 }] });
        assert_eq!(schemas_at(&schema, &tokens("/1")), [&json!({ "const": 2 })]);
        let schema = json!({ "items": { "anyOf": [
            { "properties": { "code": { "const": "a" } } },
            { "properties": { "code": { "const": "b" }, "more": true } },
        ] } });
        assert_eq!(
            schemas_at(&schema, &tokens("/0/code")),
            [&json!({ "const": "a" }), &json!({ "const": "b" })]
        );
        assert_eq!(schemas_at(&schema, &tokens("/0/more")), [&json!(true)]);
        assert_eq!(schemas_at(&schema, &tokens("/0/less")), [&json!(null); 0]);
    }
}
