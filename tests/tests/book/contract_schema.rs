//! The JSON of a contract and its published schema: that the schema is that of the types which read and write it.

use errorbook::book::{CONTRACT_SCHEMA, Contract};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::reference;

fn schema() -> Value {
    serde_json::from_str(CONTRACT_SCHEMA).unwrap()
}

fn validator(schema: &Value) -> Validator {
    assert!(jsonschema::meta::is_valid(schema), "the schema is none itself");
    jsonschema::validator_for(schema).unwrap()
}

fn written() -> Vec<(String, Value)> {
    let mut all: Vec<(String, Contract)> = reference::all()
        .into_iter()
        .chain(reference::kinds())
        .map(|(name, of)| (name.to_owned(), of))
        .collect();
    all.push(("nasty".to_owned(), reference::nasty()));
    all.push(("merged".to_owned(), Contract::merge(reference::story_and_pull_story()).unwrap()));
    all.into_iter().map(|(name, of)| (name, serde_json::from_str(&of.to_json()).unwrap())).collect()
}

#[test]
fn what_is_written_is_valid() {
    let validator = validator(&schema());
    for (name, json) in written() {
        let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

/// Lets objects have the members that the schema names and no others.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            keywords.values_mut().for_each(close);
            if keywords.get("properties").is_some_and(Value::is_object) {
                keywords.insert("additionalProperties".to_owned(), json!(false));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[test]
fn every_member_that_is_written_is_in_the_schema() {
    let mut closed = schema();
    close(&mut closed);
    let validator = validator(&closed);
    for (name, json) in written() {
        let errors: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
    }
}

/// Every place in a value, as a JSON pointer.
fn places(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                places(member, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), all);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                places(item, &format!("{at}/{index}"), all);
            }
        }
        _ => {}
    }
}

#[test]
fn what_is_valid_is_what_can_be_read() {
    let validator = validator(&schema());
    let mut refused = 0;
    // All kinds of members are in these.
    for (name, json) in
        written().into_iter().filter(|(name, _)| ["runs", "nested", "merged"].contains(&name.as_str()))
    {
        let mut all = Vec::new();
        places(&json, "", &mut all);
        // Of a list, what holds for the first two items holds for the others.
        all.retain(|place| {
            place.split('/').all(|token| {
                token.parse::<usize>().is_ok_and(|index| index < 2) || token.parse::<usize>().is_err()
            })
        });
        for place in all {
            for with in
                [Some(json!("§")), Some(json!(-1)), Some(json!(true)), Some(json!([])), Some(json!({})), None]
            {
                let mut changed = json.clone();
                match with.clone() {
                    Some(with) => *changed.pointer_mut(&place).unwrap() = with,
                    None => {
                        let Some((parent, last)) = place.rsplit_once('/') else { continue };
                        match changed.pointer_mut(parent).unwrap() {
                            Value::Object(members) => drop(members.remove(last)),
                            // Without an item, a list is one still.
                            _ => continue,
                        }
                    }
                }
                let is_valid = validator.is_valid(&changed);
                let read = Contract::from_json(&changed.to_string());
                // That an error has a body that is there, no schema says.
                let is_read = match &read {
                    Ok(_) => true,
                    Err(error) => error.to_string().contains("bodies count from 0"),
                };
                assert_eq!(is_valid, is_read, "{name}: {place:?} with {with:?}: {read:?}");
                refused += usize::from(!is_valid);
            }
        }
    }
    assert!(refused > 500, "{refused} are few");
}

#[test]
fn an_error_whose_body_is_not_there_is_refused() {
    let (_, contract) = reference::all().remove(0);
    let mut json: Value = serde_json::from_str(&contract.to_json()).unwrap();
    json["errors"][2]["body"] = json!(3);
    let error = Contract::from_json(&json.to_string()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "this contract has no body 3, and `invalid_request` is written in it; bodies count from 0"
    );
}

#[test]
fn nothing_of_operators_or_of_the_source_is_in_it() {
    for (name, contract) in reference::all() {
        let json = contract.to_json();
        assert!(!json.contains("for operators alone"), "{name}: a field that no caller sees");
        for secret in [".rs\"", "\"line\"", "\"source\"", "\"log\"", "\"level\""] {
            assert!(!json.contains(secret), "{name}: {secret}");
        }
    }
}
