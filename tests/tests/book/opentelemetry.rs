//! The registry of the values of `error.type`: that it is YAML of the form that OpenTelemetry's tools read.

use std::collections::HashSet;

use errorbook::book::{self, Codes, Contract};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::reference;

/// What a registry file is, as far as it concerns an attribute with members.
fn form() -> Value {
    let deprecated = json!({
        "oneOf": [
            {
                "properties": { "reason": { "const": "renamed" }, "renamed_to": { "type": "string" }, "note": { "type": "string" } },
                "required": ["reason", "renamed_to"],
                "additionalProperties": false,
            },
            {
                "properties": { "reason": { "enum": ["obsoleted", "uncategorized"] }, "note": { "type": "string" } },
                "required": ["reason", "note"],
                "additionalProperties": false,
            },
        ],
    });
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "properties": {
            "groups": {
                "type": "array",
                "items": {
                    "properties": {
                        "id": { "type": "string", "pattern": "^registry(\\.[a-z0-9_]+)*$" },
                        "type": { "const": "attribute_group" },
                        "display_name": text,
                        "brief": text,
                        "attributes": {
                            "type": "array",
                            "items": {
                                "properties": {
                                    "id": { "const": "error.type" },
                                    "stability": { "const": "stable" },
                                    "brief": text,
                                    "annotations": { "type": "object" },
                                    "examples": { "type": "array", "items": text, "minItems": 1 },
                                    "type": {
                                        "properties": {
                                            "members": {
                                                "type": "array",
                                                "items": {
                                                    "properties": {
                                                        "id": { "type": "string", "pattern": "^[a-z][a-z0-9_]*$" },
                                                        "value": text,
                                                        "stability": { "const": "stable" },
                                                        "brief": text,
                                                        "note": text,
                                                        "deprecated": deprecated,
                                                    },
                                                    "required": ["id", "value", "stability", "brief"],
                                                    "additionalProperties": false,
                                                },
                                            },
                                        },
                                        "required": ["members"],
                                        "additionalProperties": false,
                                    },
                                },
                                "required": ["id", "type", "stability", "brief"],
                                "additionalProperties": false,
                            },
                        },
                    },
                    "required": ["id", "type", "brief", "attributes"],
                    "additionalProperties": false,
                },
            },
        },
        "required": ["groups"],
        "additionalProperties": false,
    })
}

fn members(contract: &Contract) -> Vec<Value> {
    let yaml = book::opentelemetry(contract);
    let registry: Value = serde_yaml_ng::from_str(&yaml).unwrap_or_else(|error| panic!("{error}:\n{yaml}"));
    let validator = jsonschema::validator_for(&form()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&registry).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}:\n{yaml}");
    registry["groups"][0]["attributes"][0]["type"]["members"].as_array().cloned().unwrap_or_default()
}

#[test]
fn every_code_is_a_member_once() {
    for (name, contract) in reference::all() {
        let members = members(&contract);
        let values: Vec<&str> = members.iter().map(|member| member["value"].as_str().unwrap()).collect();
        let mut codes: Vec<&str> = Vec::new();
        for entry in &contract.errors {
            if !codes.contains(&entry.code.as_str()) {
                codes.push(&entry.code);
            }
        }
        codes.extend(contract.retired.iter().map(|gone| gone.code.as_str()));
        codes.push("_OTHER");
        assert_eq!(values, codes, "{name}");
    }
}

#[test]
fn a_member_says_what_the_error_says() {
    let (_, mut contract) = reference::kinds().remove(0);
    contract.codes = Codes::Closed;
    let json = contract.to_json();
    let mut json: Value = serde_json::from_str(&json).unwrap();
    json["errors"][1]["deprecated"] = json!({ "note": "Use `too_poor`.", "successor": "too_poor" });
    json["errors"][2]["deprecated"] = json!({ "note": "" });
    json["retired"] = json!([{ "code": "quota", "successor": "too_poor", "reason": "One code for both." }]);
    let members = members(&Contract::from_json(&json.to_string()).unwrap());
    assert_eq!(
        members[0],
        json!({ "id": "too_poor", "value": "too_poor", "stability": "stable", "brief": "Too poor", "note": "Too poor." })
    );
    assert_eq!(
        members[1]["deprecated"],
        json!({ "reason": "renamed", "renamed_to": "too_poor", "note": "Use `too_poor`." })
    );
    assert_eq!(members[2]["deprecated"], json!({ "reason": "uncategorized", "note": "It is to go." }));
    // What was recorded once is known ever after; where no other code comes, none is named.
    assert_eq!(members.last().unwrap()["value"], "quota");
    assert_eq!(members.last().unwrap()["deprecated"]["renamed_to"], "too_poor");
}

fn holds(contract: &Contract) {
    let members = members(contract);
    let distinct = |name: &str| {
        members.iter().map(|member| member[name].as_str().unwrap()).collect::<HashSet<_>>().len()
    };
    assert_eq!((distinct("id"), distinct("value")), (members.len(), members.len()));
    for entry in &contract.errors {
        let member = members.iter().find(|member| member["value"] == entry.code.as_str());
        assert!(member.is_some_and(|member| member["brief"].is_string()), "{:?}", entry.code);
    }
}

#[test]
fn every_text_reads_back_as_it_was() {
    let contract = reference::nasty();
    holds(&contract);
    for member in members(&contract).iter().filter(|member| member["value"] != "_OTHER") {
        assert_eq!((&member["brief"], &member["note"]), (&member["value"], &member["value"]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_contract_gives_a_registry(contract in reference::any()) {
        holds(&contract);
    }
}
