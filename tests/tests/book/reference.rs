//! Contracts for the tests of every document: those of the five reference APIs, one whose every text is hostile, and any that
//! can be made of these by chance.

use errorbook::ApiError;
use errorbook::book::Contract;
use errorbook::envelope::{FLAT, JSON_API, PROBLEM};
use errorbook::{Envelope, FieldErrors, envelope};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The five as they are published.
pub(crate) fn all() -> Vec<(&'static str, Contract)> {
    errorbook_tests::contracts::all().into()
}

/// The two that have nearly all in common, with the one rule in which they differ made the same.
pub(crate) fn story_and_pull_story() -> [Contract; 2] {
    let mut all = all().into_iter().map(|(_, contract)| contract);
    let (Some(story), Some(mut pull_story)) = (all.next(), all.next()) else {
        unreachable!("there are five")
    };
    let rule = story.error("rate_limit_exceeded").unwrap().retry.clone();
    let limit = pull_story.errors.iter_mut().find(|error| error.code == "rate_limit_exceeded").unwrap();
    limit.retry = rule;
    [story, pull_story]
}

/// Details of every kind.
#[derive(ApiError)]
#[api(docs = "https://docs.example/errors#{code}")]
#[expect(dead_code, reason = "what is declared is looked at, and no value made")]
pub(crate) enum KindsError {
    /// Too poor.
    #[api(status = 402, message = "Need {need}.", retry = "after 30s, once")]
    TooPoor {
        /// What it costs.
        #[api(detail, example = 10, header = "X-Need")]
        need: u64,
        #[api(detail)]
        have: Option<f64>,
        #[api(detail, null)]
        plan: Option<String>,
        #[api(detail, with = Brief::number)]
        brief: Brief,
    },
    /// Some fields are wrong.
    #[api(status = 422, message = "Some fields are not right.")]
    Invalid(#[api(details)] FieldErrors),
    #[api(status = 429, message = "Too many.")]
    TooMany {
        #[api(retry_after)]
        wait: Option<std::time::Duration>,
    },
    #[api(status = 409, message = "In use.")]
    Names(#[api(details)] Vec<String>),
    #[api(status = 500)]
    Internal,
}

pub(crate) struct Brief(u64);

impl Brief {
    pub(crate) fn number(&self) -> u64 {
        self.0
    }
}

const EVERY_SLOT: Envelope = envelope!({
    "code": code, "status": status, "text": status_string?, "message": message, "title": title, "docs": docs_url,
    "again": retryable, "after": retry_after, "run": context.run_id?, "id": request_id, "kind": meta.kind?,
    "details": details, "more": { "remedy": remedy? }?, "act": act, "fixed": ["v1", 2, null], "list": [reason?, code],
});

static ENVELOPES: [Envelope; 5] = [errorbook::envelope::NESTED, FLAT, PROBLEM, JSON_API, EVERY_SLOT];

/// The kinds of details in every envelope that there is.
pub(crate) fn kinds() -> Vec<(&'static str, Contract)> {
    let contract =
        |envelope| Contract::builder("Kinds").catalog(KindsError::catalog()).envelope(envelope).build();
    ["nested", "flat", "problem", "json_api", "every_slot"]
        .into_iter()
        .zip(ENVELOPES.iter().map(contract))
        .collect()
}

const NASTY: [&str; 14] = [
    "*/ export type X = never; /*",
    "a\nb\r\nc\u{2028}d\u{2029}e",
    "`${string}` \\ \" ' </script>",
    "@deprecated {@link x} - not: # yaml, [1]",
    "1003",
    "größe §",
    "",
    "constructor",
    "__proto__",
    "Error",
    "\u{0} \u{7f} \u{85} \u{feff} \u{ffff}",
    "a/b~c%d e",
    "- - : ? | > & * ! %",
    "type",
];

/// Wherever a text may stand, one that means something to whatever is made of it.
pub(crate) fn nasty() -> Contract {
    let mut json: Value = serde_json::from_str(&kinds().remove(0).1.to_json()).unwrap();
    let errors = json["errors"].as_array_mut().unwrap();
    let template = errors[0].clone();
    errors.clear();
    for (index, text) in NASTY.iter().enumerate() {
        let mut error = template.clone();
        for name in [
            "code",
            "name",
            "type_name",
            "title",
            "description",
            "remedy",
            "section",
            "docs",
            "example_request",
        ] {
            error[name] = json!(text);
        }
        error["deprecated"] = json!({ "note": text, "successor": NASTY[(index + 1) % NASTY.len()] });
        error["fields"][0]["detail"] = json!(text);
        error["fields"][0]["description"] = json!(text);
        error["headers"][0]["name"] = json!(text);
        error["example"] = json!({ "headers": [], "body": text });
        errors.push(error.clone());
        // Another of the same code.
        error["status"] = json!(503);
        errors.push(error);
    }
    json["title"] = json!(NASTY[0]);
    json["description"] = json!(NASTY.join("\n"));
    json["version"] = json!(NASTY[3]);
    Contract::from_json(&json.to_string()).unwrap()
}

/// Any contract that the members of these can make.
pub(crate) fn any() -> impl Strategy<Value = Contract> {
    let sources: Vec<Contract> =
        all().into_iter().chain(kinds()).map(|(_, contract)| contract).chain([nasty()]).collect();
    let edits = prop::collection::vec(
        (proptest::arbitrary::any::<prop::sample::Index>(), 0..EDITS, 0..=255usize),
        0..12,
    );
    (prop::sample::select(sources), edits).prop_map(|(contract, edits)| {
        let mut json: Value = serde_json::from_str(&contract.to_json()).unwrap();
        for (error, edit, with) in edits {
            let errors = json["errors"].as_array().unwrap().len();
            if errors > 0 {
                self::edit(&mut json, error.index(errors), edit, with);
            }
        }
        Contract::from_json(&json.to_string()).unwrap_or_else(|error| panic!("{error}: {json}"))
    })
}

const EDITS: usize = 16;

fn edit(json: &mut Value, error: usize, edit: usize, with: usize) {
    let text = NASTY[with % NASTY.len()];
    let schemas = [
        json!({}),
        json!(true),
        json!(7),
        json!({ "type": "text", "required": "x", "properties": [] }),
        json!({ "type": ["string", "null"], "enum": ["a", null, 1.5, { "b": [] }] }),
        json!({ "type": "object", "properties": { text: { "type": "array", "prefixItems": [{}, { "const": text }] } } }),
        json!({ "type": "object", "additionalProperties": { "type": "integer" } }),
        json!({ "$ref": "#/$defs/A", "$defs": { "A": { "type": "array", "items": { "$ref": "#/$defs/A" } } } }),
        json!({ "allOf": [{ "type": "object", "required": ["a"] }, { "properties": { "a": false } }] }),
    ];
    let bodies: Vec<Value> =
        kinds().iter().map(|(_, of)| serde_json::to_value(&of.bodies[0]).unwrap()).collect();
    match edit {
        0 => json["errors"][error]["code"] = json!(text),
        1 => json["errors"][error]["status"] = json!(400 + with),
        2 => drop(json["errors"].as_array_mut().unwrap().remove(error)),
        3 => {
            let copy = json["errors"][error].clone();
            json["errors"].as_array_mut().unwrap().push(copy);
        }
        4 => json["errors"][error]["code_is_omitted"] = json!(true),
        5 => json["codes"] = json!(if with.is_multiple_of(2) { "closed" } else { "open" }),
        6 => {
            json["bodies"].as_array_mut().unwrap().push(bodies[with % bodies.len()].clone());
            json["errors"][error]["body"] = json!(json["bodies"].as_array().unwrap().len() - 1);
        }
        7 => drop(json["errors"][error].as_object_mut().unwrap().remove("status")),
        8 => drop(json["errors"][error].as_object_mut().unwrap().remove("example")),
        9 => json["errors"][error]["meta"] = json!({ "kind": text, text: with }),
        10 => json["errors"][error]["deprecated"] = json!({ "note": text }),
        11 => json["retired"] = json!([{ "code": text, "reason": text }, { "code": "x", "successor": text }]),
        12 => json["title"] = json!(text),
        13 => {
            json["errors"][error]["headers"] =
                json!([{ "name": text, "value": [] }, { "name": "Retry-After", "value": [] }]);
        }
        14 => json["bodies"][0]["schema"] = schemas[with % schemas.len()].clone(),
        _ => {
            let schema = &schemas[with % schemas.len()];
            json["errors"][error]["fields"] = json!([
                { "name": "a", "ty": text, "schema": schema, "detail": text, "is_optional": with.is_multiple_of(2), "description": text },
                { "name": "b", "ty": text, "schema": schema, "is_details": with.is_multiple_of(3), "is_nullable": true, "detail": "b" },
            ]);
        }
    }
}
