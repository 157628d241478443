//! OpenAPI: what stands in it, that it is true of the bodies that services send, and that it joins what others wrote.

use std::collections::BTreeMap;

use errorbook::book::Contract;
use errorbook::book::openapi::{OpenApi, Version};
use errorbook::envelope::{FLAT, JSON_API, NESTED, PROBLEM};
use errorbook::{ApiError, Envelope, FieldErrors, catalog, envelope};
use errorbook_tests::contracts;
use serde::Serialize;
use serde_json::{Value, json};

/// What can go wrong with a story.
#[derive(ApiError)]
#[api(docs = "https://story.example/errors#{code}", shared_codes("busy"))]
#[allow(dead_code, reason = "only what is declared of it is of use")]
pub(crate) enum StoryError {
    /// The credits are used up.
    #[api(status = 402, message = "Need {need}.", remedy = "Top up.", header("X-Plan", "free"))]
    OutOfCredits {
        /// What it costs.
        #[api(detail, example = 10)]
        need: u64,
        #[api(detail)]
        have: Option<i64>,
        #[api(detail, null)]
        renews: Option<String>,
    },
    #[api(status = 402, message = "The card was declined.")]
    CardDeclined {
        #[api(detail, with = as_text)]
        brand: Brand,
    },
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(status = 422, message = "Some fields are not right.")]
    Invalid(#[api(details)] FieldErrors),
    #[api(status = 503, code = "busy", message = "Busy.", retry = "after 30s..60s, once")]
    Busy,
    #[api(status = 503, code = "busy", message = "Busy.", retry = "after 30s..60s, once")]
    BusyToo,
    /// It stands in the story.
    #[api(status = none, message = "It failed.")]
    Failed,
}

#[derive(Default, Serialize)]
pub(crate) struct Brand(String);

fn as_text(brand: &Brand) -> String {
    brand.0.to_lowercase()
}

#[derive(ApiError)]
#[api(status = 402, code = "invoice_open", message = "The invoice is still open.")]
pub(crate) struct InvoiceOpen;

pub(crate) fn contract() -> Contract {
    Contract::builder("Story API")
        .catalog(StoryError::catalog())
        .catalog(InvoiceOpen::catalog())
        .request_id_header("X-Request-Id")
        .build()
}

/// The members of a Response Object's only media type.
fn content(response: &Value) -> (&String, &Value) {
    response["content"].as_object().unwrap().iter().next().unwrap()
}

pub(crate) fn names(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn a_response_for_each_status_has_all_its_codes() {
    let components = OpenApi::new(&contract()).components();
    assert_eq!(names(&components["responses"]), ["Error402", "Error404", "Error422", "Error503"]);
    let poor = &components["responses"]["Error402"];
    assert_eq!(
        poor["description"],
        "Payment Required\n\n- `out_of_credits`: Out of credits. Do not try again automatically.\n\
         - `card_declined`: Card declined. Do not try again automatically.\n\
         - `invoice_open`: Invoice open. Do not try again automatically."
    );
    let (media_type, content) = content(poor);
    assert_eq!(media_type, "application/json");
    assert_eq!(content["schema"], json!({ "$ref": "#/components/schemas/Error402" }));
    assert_eq!(names(&content["examples"]), ["card_declined", "invoice_open", "out_of_credits"]);
    let example = &content["examples"]["out_of_credits"];
    assert_eq!(example["summary"], "Out of credits");
    assert_eq!(example["description"], "The credits are used up.\n\nTop up.");
    assert_eq!(example["value"]["error"]["details"]["need"], 10);
}

#[test]
fn errors_of_one_code_and_status_have_an_example_each() {
    let components = OpenApi::new(&contract()).components();
    let (_, busy) = content(&components["responses"]["Error503"]);
    assert_eq!(names(&busy["examples"]), ["busy", "busy_2"]);
    let code = &components["schemas"]["Error503"]["properties"]["error"]["properties"]["code"];
    assert_eq!(code["x-extensible-enum"], json!(["busy"]));
}

#[test]
fn headers_are_told_with_the_values_of_each_error() {
    let components = OpenApi::new(&contract()).components();
    let headers = &components["responses"]["Error402"]["headers"];
    assert_eq!(names(headers), ["X-Plan", "X-Request-Id"]);
    assert_eq!(headers["X-Plan"]["examples"]["out_of_credits"]["value"], "free");
    let wait = &components["responses"]["Error503"]["headers"]["Retry-After"];
    assert_eq!(wait["schema"], json!({ "type": "integer", "minimum": 0 }));
    assert_eq!(wait["examples"]["busy"]["value"], 30);
    // An error that is new may be without it.
    assert!(wait.get("required").is_none());
}

#[test]
fn codes_are_an_open_union_unless_the_contract_says_that_none_will_come() {
    let open = OpenApi::new(&contract()).components();
    let known = json!(["out_of_credits", "card_declined", "invoice_open"]);
    let code = |components: &Value| {
        components["schemas"]["Error402"]["properties"]["error"]["properties"]["code"].clone()
    };
    let is_open = code(&open);
    assert_eq!(is_open["anyOf"][0], json!({ "type": "string", "enum": known }));
    assert_eq!(is_open["anyOf"][1]["type"], "string");
    assert!(is_open["anyOf"][1].get("enum").is_none());
    assert_eq!(is_open["x-extensible-enum"], known);

    let closed = Contract::builder("Story API").catalog(StoryError::catalog()).closed_codes().build();
    let closed = OpenApi::new(&closed).components();
    assert_eq!(code(&closed)["enum"], json!(["out_of_credits", "card_declined"]));
    assert!(code(&closed).get("anyOf").is_none());
    assert_eq!(closed["responses"]["Error503"]["headers"]["Retry-After"]["required"], true);
    assert_eq!(closed["schemas"]["ErrorCode"]["enum"][0], "out_of_credits");
}

#[test]
fn details_are_typed_by_error() {
    let components = OpenApi::new(&contract()).components();
    let details = &components["schemas"]["OutOfCreditsDetails"];
    assert_eq!(
        details["properties"]["need"],
        json!({ "type": "integer", "minimum": 0, "description": "What it costs." })
    );
    assert_eq!(details["required"], json!(["need", "renews"]));
    assert_eq!(details["properties"]["renews"]["anyOf"][1], json!({ "type": "null" }));
    // What a function gives is not what its field looks like.
    assert!(components["schemas"]["CardDeclinedDetails"]["properties"]["brand"]["anyOf"].is_array());
    let of_status = &components["schemas"]["Error402"]["properties"]["error"]["properties"]["details"];
    assert_eq!(of_status["anyOf"][0], json!({ "$ref": "#/components/schemas/OutOfCreditsDetails" }));
    assert_eq!(of_status["anyOf"][1], json!({ "$ref": "#/components/schemas/CardDeclinedDetails" }));
}

#[test]
fn an_error_without_a_status_has_a_schema_and_no_response() {
    let components = OpenApi::new(&contract()).components();
    let failed = &components["schemas"]["FailedError"];
    assert_eq!(failed["description"], "It stands in the story.");
    assert_eq!(failed["properties"]["error"]["properties"]["code"]["enum"], json!(["failed"]));
    assert!(!components["responses"].to_string().contains("failed"));
}

#[test]
fn a_code_that_is_omitted_is_told_nowhere() {
    let contract = contracts::videogen();
    let omitted: Vec<_> = contract.errors.iter().filter(|error| error.code_is_omitted).collect();
    assert!(!omitted.is_empty());
    let document = OpenApi::new(&contract).document();
    let shown: Vec<&str> = contract.errors.iter().filter(|e| !e.code_is_omitted).map(|e| &*e.code).collect();
    for response in document["components"]["responses"].as_object().unwrap().values() {
        let (_, content) = content(response);
        let schema = content["schema"]["$ref"].as_str().unwrap().rsplit('/').next().unwrap();
        let code = &document["components"]["schemas"][schema]["properties"]["code"];
        for known in code["x-extensible-enum"].as_array().into_iter().flatten() {
            assert!(shown.contains(&known.as_str().unwrap()), "{known}");
        }
        for example in content["examples"].as_object().unwrap().values() {
            assert!(example["summary"].is_string());
        }
    }
}

#[test]
fn an_operation_documents_what_it_can_answer() {
    let contract = contract();
    let errors = OpenApi::new(&contract);
    let selected = catalog!(StoryError: NotFound, OutOfCredits, Failed, InvoiceOpen::*);
    let responses = errors.responses(selected).unwrap();
    assert_eq!(responses.keys().collect::<Vec<_>>(), ["402", "404"]);
    assert_eq!(responses["404"], json!({ "$ref": "#/components/responses/Error404" }));
    let (_, content) = content(&responses["402"]);
    assert_eq!(names(&content["examples"]), ["invoice_open", "out_of_credits"]);
    let code = &content["schema"]["properties"]["error"]["properties"]["code"];
    assert_eq!(code["x-extensible-enum"], json!(["out_of_credits", "invoice_open"]));
    let details = &content["schema"]["properties"]["error"]["properties"]["details"];
    assert_eq!(details["anyOf"][0]["$ref"], "#/components/schemas/OutOfCreditsDetails");

    // The contract of another service has codes and no types.
    let read = Contract::from_json(&contract.to_json()).unwrap();
    let by_code = OpenApi::new(&read).responses_of(&["not_found", "out_of_credits", "invoice_open"]).unwrap();
    assert_eq!(by_code, responses);
    let unknown = OpenApi::new(&read).responses_of(&["nowhere"]).unwrap_err();
    assert_eq!((unknown.code(), unknown.to_string().contains("`nowhere`")), ("nowhere", true));
    let other = Contract::builder("x").catalog(InvoiceOpen::catalog()).build();
    assert_eq!(OpenApi::new(&other).responses(selected).unwrap_err().code(), "not_found");
}

#[test]
fn the_types_of_problems_lead_to_the_places_of_their_codes() {
    let contract = Contract::builder("Story API").catalog(StoryError::catalog()).envelope(&PROBLEM).build();
    let components = OpenApi::new(&contract).components();
    assert_eq!(content(&components["responses"]["Error402"]).0, "application/problem+json");
    let problem = &components["schemas"]["ProblemDetails402"]["properties"];
    let uris = ["out_of_credits", "card_declined"].map(|code| format!("https://story.example/errors#{code}"));
    assert_eq!(problem["type"]["anyOf"][0]["enum"], json!(uris));
    assert_eq!(
        problem["type"]["description"],
        "Where this kind of error is described.\n\
         - `out_of_credits`: <https://story.example/errors#out_of_credits>\n\
         - `card_declined`: <https://story.example/errors#card_declined>"
    );
    // The part behind `#` is an anchor of the page.
    let page = errorbook::book::html(&contract);
    for uri in problem["type"]["x-extensible-enum"].as_array().unwrap() {
        let anchor = uri.as_str().unwrap().split_once('#').unwrap().1;
        assert!(page.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
    assert_eq!(problem["status"]["enum"], json!([402]));
    // Details that are spread are members of the problem.
    assert_eq!(problem["need"]["type"], "integer");
    assert!(components["schemas"]["ProblemDetails"]["properties"]["need"].is_object());
}

const RUN: Envelope = envelope!({ "v": "v1", "error": code, "kind": meta.kind, "text": message });

#[derive(ApiError)]
#[api(envelope = RUN)]
#[allow(dead_code, reason = "only what is declared of it is of use")]
enum RunError {
    #[api(status = 402, message = "No.", meta(kind = "billing"))]
    Poor,
    #[api(status = 500, message = "No.", meta(kind = "fault"))]
    Crashed,
}

#[test]
fn an_error_of_another_envelope_has_its_schema_beside_the_first() {
    let contract = Contract::builder("Story API")
        .envelope(&NESTED)
        .catalog(InvoiceOpen::catalog())
        .catalog(RunError::catalog())
        .build();
    let components = OpenApi::new(&contract).components();
    let (_, content) = content(&components["responses"]["Error402"]);
    assert_eq!(
        content["schema"]["anyOf"],
        json!([
            { "$ref": "#/components/schemas/Error402" },
            { "$ref": "#/components/schemas/OtherError402" },
        ])
    );
    assert_eq!(names(&content["examples"]), ["invoice_open", "poor"]);
    let other = &components["schemas"]["OtherError402"]["properties"];
    assert_eq!(other["v"], json!({ "type": "string", "enum": ["v1"] }));
    assert_eq!(other["kind"]["x-extensible-enum"], json!(["billing"]));
    assert_eq!(
        components["schemas"]["OtherError"]["properties"]["kind"]["anyOf"][0]["enum"],
        json!(["billing", "fault"])
    );
}

#[test]
fn openapi_3_2_has_summaries_and_tells_errors_apart_by_their_code() {
    let contract = Contract::builder("Story API").catalog(StoryError::catalog()).envelope(&FLAT).build();
    let document = OpenApi::new(&contract).version(Version::V3_2).document();
    assert_eq!(document["openapi"], "3.2.0");
    let components = &document["components"];
    assert_eq!(components["responses"]["Error402"]["summary"], "Payment Required");
    let union = &components["schemas"]["Error402"];
    assert_eq!(
        union["discriminator"],
        json!({
            "propertyName": "code",
            "mapping": {
                "out_of_credits": "#/components/schemas/OutOfCreditsError",
                "card_declined": "#/components/schemas/CardDeclinedError",
            },
            "defaultMapping": "#/components/schemas/Error",
        })
    );
    assert_eq!(union["anyOf"][2], json!({ "$ref": "#/components/schemas/Error" }));
    let one = &components["schemas"]["OutOfCreditsError"]["properties"];
    assert_eq!(one["code"]["enum"], json!(["out_of_credits"]));
    assert_eq!(one["details"]["$ref"], "#/components/schemas/OutOfCreditsDetails");
    // Two errors have this code, so it tells nothing.
    assert!(components["schemas"]["Error503"].get("discriminator").is_none());
    // Nor does a member that is not of the body itself.
    let nested = OpenApi::new(&self::contract()).version(Version::V3_2).document();
    assert!(!nested.to_string().contains("discriminator"));
}

/// All schemas of the components as one JSON Schema each, whose references lead on.
fn validator(document: &Value, name: &str) -> jsonschema::Validator {
    let schema = json!({
        "$ref": format!("#/components/schemas/{name}"),
        "components": document["components"],
    });
    jsonschema::draft202012::new(&schema).unwrap()
}

#[test]
fn every_body_that_a_service_writes_fits_its_schemas() {
    let mut all: Vec<Contract> = contracts::all().into_iter().map(|(_, contract)| contract).collect();
    for envelope in [&PROBLEM, &JSON_API, &FLAT] {
        all.push(Contract::builder("x").catalog(StoryError::catalog()).envelope(envelope).build());
        all.push(
            Contract::builder("x").catalog(StoryError::catalog()).envelope(envelope).closed_codes().build(),
        );
    }
    all.push(contract());
    for contract in all {
        for version in [Version::V3_1, Version::V3_2] {
            let document = OpenApi::new(&contract).version(version).document();
            let mut checked = 0;
            for entry in &contract.errors {
                let body: Value = serde_json::from_str(&entry.example.as_ref().unwrap().body).unwrap();
                let Some(status) = entry.status else { continue };
                let response = &document["components"]["responses"][format!("Error{status}")];
                let schema = content(response).1["schema"]["$ref"].as_str().unwrap();
                let name = schema.rsplit('/').next().unwrap();
                let validator = validator(&document, name);
                assert!(
                    validator.is_valid(&body),
                    "{}: {body}\n{:#}",
                    entry.code,
                    document["components"]["schemas"][name]
                );
                checked += 1;
            }
            assert!(checked > 0);
        }
    }
}

#[test]
fn a_schema_refuses_what_no_error_sends() {
    let document = OpenApi::new(&contract()).document();
    let validator = validator(&document, "Error402");
    assert!(validator.is_valid(&json!({ "error": { "code": "of_tomorrow", "message": "No." } })));
    assert!(!validator.is_valid(&json!({ "error": { "code": "out_of_credits" } })));
    assert!(!validator.is_valid(&json!({ "error": { "code": 7, "message": "No." } })));
    assert!(!validator.is_valid(&json!({ "code": "out_of_credits", "message": "No." })));
}

#[test]
fn no_schema_is_empty_or_constant_or_has_an_example() {
    fn look(schema: &Value, path: &str) {
        assert!(schema.is_object() && *schema != json!({}), "{path}: {schema}");
        for keyword in ["const", "example", "examples", "$schema", "$defs"] {
            assert!(schema.get(keyword).is_none(), "{path}: {keyword}");
        }
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            look(member, &format!("{path}/{name}"));
        }
        for list in ["anyOf", "oneOf", "allOf", "prefixItems"] {
            for one in schema[list].as_array().into_iter().flatten() {
                look(one, &format!("{path}/{list}"));
            }
        }
        if let Some(items) = schema.get("items") {
            look(items, &format!("{path}/items"));
        }
    }
    let mut all: Vec<Contract> = contracts::all().into_iter().map(|(_, contract)| contract).collect();
    all.extend([contract(), Contract::builder("x").catalog(RunError::catalog()).build()]);
    for contract in all {
        for version in [Version::V3_1, Version::V3_2] {
            let components = OpenApi::new(&contract).version(version).components();
            for (name, schema) in components["schemas"].as_object().unwrap() {
                look(schema, name);
            }
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    match member {
                        Value::String(to) if name == "$ref" => found.push(to.clone()),
                        member => references(member, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    for (_, contract) in contracts::all() {
        let document = OpenApi::new(&contract).prefix("X.").document();
        let mut found = Vec::new();
        references(&document, &mut found);
        assert!(!found.is_empty());
        for reference in found {
            assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
            assert!(reference.contains("/X."), "{reference}");
        }
    }
}

#[test]
fn a_document_begins_with_what_it_is() {
    let text = OpenApi::new(&contract()).to_json();
    assert!(text.starts_with("{\n  \"openapi\": \"3.1.0\",\n  \"info\": {"), "{}", &text[..60]);
    let read: BTreeMap<String, Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(read["paths"], json!({}));
    assert_eq!(
        read["info"],
        json!({ "title": "Story API", "version": "0.0.0", "description": "What can go wrong with a story." })
    );
}
