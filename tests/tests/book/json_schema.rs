//! The JSON Schema of the bodies: that bodies as the service writes them are valid, and what is not a body of an error is not.

use errorbook::book::{self, Contract};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::reference;

fn validator(schema: &Value) -> Validator {
    if let Err(error) = jsonschema::meta::validate(schema) {
        panic!("no schema at {}: {error}", error.instance_path());
    }
    jsonschema::validator_for(schema).unwrap()
}

/// That of one error.
fn own(schema: &Value, code: &str) -> Validator {
    let name = code.replace('~', "~0").replace('/', "~1");
    let mut own = json!({ "$ref": format!("#/$defs/{name}"), "$defs": schema["$defs"] });
    own["$schema"] = schema["$schema"].clone();
    validator(&own)
}

fn all() -> Vec<(&'static str, Contract)> {
    reference::all().into_iter().chain(reference::kinds()).collect()
}

fn example(contract: &Contract, code: &str) -> Value {
    let entry = contract.error(code).unwrap_or_else(|| panic!("no {code}"));
    serde_json::from_str(&entry.example.as_ref().unwrap().body).unwrap()
}

#[test]
fn every_example_is_valid_as_itself_and_as_one_of_all() {
    for (name, contract) in all() {
        let schema = book::json_schema(&contract);
        let whole = validator(&schema);
        for entry in &contract.errors {
            let body: Value = serde_json::from_str(&entry.example.as_ref().unwrap().body).unwrap();
            for validator in [&whole, &own(&schema, &entry.code)] {
                let errors: Vec<String> =
                    validator.iter_errors(&body).map(|error| error.to_string()).collect();
                assert!(errors.is_empty(), "{name}, {}: {body}: {errors:?}", entry.code);
            }
        }
    }
}

#[test]
fn an_example_is_valid_as_no_other_error() {
    for (name, contract) in all() {
        let schema = book::json_schema(&contract);
        for entry in contract.errors.iter().filter(|entry| !entry.code_is_omitted) {
            let own = own(&schema, &entry.code);
            for other in contract.errors.iter().filter(|other| other.code != entry.code) {
                assert!(
                    !own.is_valid(&example(&contract, &other.code)),
                    "{name}: {} as {}",
                    other.code,
                    entry.code
                );
            }
        }
    }
}

/// The places where a body has its code.
fn with_code(contract: &Contract, code: &str) -> Value {
    let mut body = example(contract, &contract.errors[0].code);
    for member in contract.bodies[0].members.iter().filter(|member| member.slot == "code") {
        if let Some(place) = body.pointer_mut(&member.pointer) {
            *place = json!(code);
        }
    }
    body
}

#[test]
fn a_code_that_is_not_known_is_valid_while_codes_are_open() {
    for (name, mut contract) in all() {
        let body = with_code(&contract, "brand_new");
        assert!(validator(&book::json_schema(&contract)).is_valid(&body), "{name}");
        contract.codes = book::Codes::Closed;
        assert!(!validator(&book::json_schema(&contract)).is_valid(&body), "{name}");
    }
}

#[test]
fn details_are_typed_by_code() {
    let pointers = ["/error/details", "/details", "", "/errors/0/meta", "/details"];
    let detail = "need";
    let contracts = reference::kinds();
    for ((name, contract), pointer) in contracts.iter().zip(pointers) {
        let whole = validator(&book::json_schema(contract));
        let good = example(contract, "too_poor");
        let details = |edit: &dyn Fn(&mut Value)| {
            let mut body = good.clone();
            edit(body.pointer_mut(pointer).unwrap_or_else(|| panic!("{name}: {pointer} in {good}")));
            whole.is_valid(&body)
        };
        assert!(details(&|_| {}), "{name}");
        assert!(!details(&|details| details[detail] = json!("ten")), "{name}: another type");
        assert!(!details(&|details| details[detail] = json!(-1)), "{name}: out of range");
        assert!(
            !details(&|details| drop(details.as_object_mut().unwrap().remove(detail))),
            "{name}: missing"
        );
        assert!(details(&|details| details["plan"] = json!(null)), "{name}: null where it may be");
        assert!(
            !details(&|details| drop(details.as_object_mut().unwrap().remove("plan"))),
            "{name}: kept as null"
        );
        assert!(
            !details(&|details| details["have"] = json!("much")),
            "{name}: an optional one of another type"
        );
        assert!(
            details(&|details| drop(details.as_object_mut().unwrap().remove("have"))),
            "{name}: an optional one"
        );
        // Clients pass over what they do not know.
        assert!(details(&|details| details["later"] = json!([1])), "{name}: a further one");
    }
}

#[test]
fn a_slot_has_what_the_error_declares() {
    let (_, contract) = reference::kinds().pop().unwrap();
    let whole = validator(&book::json_schema(&contract));
    let good = example(&contract, "internal");
    let valid = |name: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        whole.is_valid(&body)
    };
    assert!(valid("status", json!(402)) == (good["status"] == 402) && valid("status", json!(500)));
    assert!(!valid("status", json!(404)) && !valid("text", json!("404")));
    assert!(
        !valid("again", json!("yes"))
            && !valid("details", json!({ "need": 1 }))
            && !valid("act", json!("me"))
    );
    assert!(!valid("fixed", json!(["v2", 2, null])));
}

#[test]
fn definitions_of_a_details_type_come_along() {
    let (_, contract) = reference::kinds().remove(0);
    let mut json: Value = serde_json::from_str(&contract.to_json()).unwrap();
    json["errors"][0]["fields"][0]["schema"] = json!({
        "$ref": "#/$defs/Money",
        "$defs": { "Money": { "type": "object", "properties": { "cents": { "type": "integer" } }, "required": ["cents"] } },
    });
    let contract = Contract::from_json(&json.to_string()).unwrap();
    let whole = validator(&book::json_schema(&contract));
    let mut body = example(&contract, "too_poor");
    body["error"]["details"]["need"] = json!({ "cents": 5 });
    assert!(whole.is_valid(&body));
    body["error"]["details"]["need"] = json!({ "cents": "5" });
    assert!(!whole.is_valid(&body));
}

#[test]
fn what_is_said_of_an_error_is_said_in_its_definition() {
    let (_, contract) = reference::kinds().remove(0);
    let schema = book::json_schema(&contract);
    let poor = &schema["$defs"]["too_poor"];
    assert_eq!(schema["title"], "Errors of Kinds");
    assert_eq!((&poor["title"], &poor["description"]), (&json!("Too poor"), &json!("Too poor.")));
    let details = &poor["properties"]["error"]["properties"]["details"];
    assert_eq!(
        details["properties"]["need"],
        json!({ "type": "integer", "minimum": 0, "description": "What it costs." })
    );
    assert_eq!(details["properties"]["plan"]["type"], json!(["string", "null"]));
    assert_eq!(details["required"], json!(["need", "plan"]));
    // A function makes it: of what type, nothing says.
    assert_eq!(details["properties"]["brief"], json!({}));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_contract_gives_a_schema(contract in reference::any()) {
        let schema = book::json_schema(&contract);
        validator(&schema);
        for entry in &contract.errors {
            prop_assert!(schema["$defs"].get(&entry.code).is_some(), "{}", entry.code);
        }
    }
}

#[test]
fn a_hostile_contract_gives_a_schema() {
    let contract = reference::nasty();
    let schema = book::json_schema(&contract);
    validator(&schema);
    assert_eq!(schema["$defs"].as_object().unwrap().len(), contract.errors.len() + 1);
}

/// Brackets by their number, and what is in them.
#[cfg(feature = "schemars")]
#[derive(Clone, Default, serde::Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Limits {
    by_tier: std::collections::BTreeMap<u32, Limit>,
    fallback: Option<Box<Limits>>,
}

#[cfg(feature = "schemars")]
#[derive(Clone, Default, serde::Serialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct Limit {
    most: u8,
}

#[cfg(feature = "schemars")]
#[derive(errorbook::ApiError)]
#[api(status = 429, message = "Too many.")]
#[allow(dead_code, reason = "only what is declared of it is of use")]
struct TooMany(#[api(details)] Limits);

#[cfg(feature = "schemars")]
#[test]
fn details_of_a_type_that_denies_unknown_fields_may_have_more_and_what_is_known_of_them_holds() {
    use errorbook::ApiError as _;

    let contract = Contract::builder("Limits").catalog(TooMany::catalog()).build();
    let schema = book::json_schema(&contract);
    let own = own(&schema, "too_many");
    let body = |details: Value| json!({ "error": { "code": "too_many", "message": "Too many.", "details": details } });
    let one = json!({ "by_tier": { "1": { "most": 2, "later": true } }, "fallback": null, "later": [] });
    for valid in [one.clone(), json!({ "by_tier": {}, "fallback": one.clone() })] {
        assert!(own.is_valid(&body(valid.clone())), "{valid} by {schema:#}");
    }
    for wrong in [
        json!({ "by_tier": { "1": { "most": "2" } }, "fallback": null }),
        json!({ "by_tier": {}, "fallback": 5 }),
    ] {
        assert!(!own.is_valid(&body(wrong.clone())), "{wrong} by {schema:#}");
    }
    // Of the type inside itself the same is known.
    let inside = json!({ "by_tier": {}, "fallback": { "by_tier": { "1": {} } } });
    assert!(!own.is_valid(&body(inside)), "{schema:#}");
    let types = book::typescript(&contract);
    assert!(types.contains("by_tier: { [name: string]: "), "{types}");
    assert!(!types.contains("[name: string]: unknown"), "{types}");
}
