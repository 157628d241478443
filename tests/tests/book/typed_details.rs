//! Details whose types tell their schema themselves: by `schemars::JsonSchema`, by `utoipa::ToSchema`, by both, by neither.

use errorbook::ApiError;
use errorbook::book::Contract;
use errorbook::book::openapi::OpenApi;
use serde::Serialize;
use serde_json::{Value, json};

/// By schemars, with another such type in it.
#[derive(Clone, Default, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Brief {
    /// How long it may be.
    max_minutes: u8,
    tone: Tone,
}

#[derive(Clone, Copy, Default, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "only its schema is looked at")]
enum Tone {
    #[default]
    Dry,
    Funny,
}

/// A tree, which is in itself.
#[derive(Clone, Default, Serialize, schemars::JsonSchema)]
struct Chapter {
    parts: Vec<Chapter>,
}

/// By utoipa, with another such type in it.
#[derive(Clone, Default, Serialize, utoipa::ToSchema)]
struct Card {
    brand: Brand,
}

#[derive(Clone, Copy, Default, Serialize, utoipa::ToSchema)]
struct Brand {
    short: u16,
}

/// By both, which agree in nothing.
#[derive(Clone, Default, Serialize, schemars::JsonSchema, utoipa::ToSchema)]
struct Both {
    #[schemars(with = "bool")]
    told: String,
}

/// By neither.
#[derive(Clone, Default, Serialize)]
struct Opaque;

#[derive(ApiError)]
#[allow(dead_code, reason = "only what is declared of it is of use")]
enum StoryError<'a, T: Serialize> {
    #[api(status = 400, message = "No.")]
    Invalid {
        /// What was sent.
        #[api(detail)]
        brief: Option<Brief>,
        #[api(detail)]
        chapters: Vec<Chapter>,
        #[api(detail)]
        both: Both,
        #[api(detail)]
        opaque: Opaque,
        #[api(detail, with = short)]
        other: Brief,
        #[api(detail)]
        word: std::borrow::Cow<'a, str>,
        #[api(detail)]
        value: T,
    },
    #[api(status = 402, message = "No.")]
    Declined(#[api(details)] Card),
}

fn short(brief: &Brief) -> u8 {
    brief.max_minutes
}

fn contract() -> Contract {
    Contract::builder("Story API").catalog(StoryError::<'static, u8>::catalog()).build()
}

#[test]
fn a_detail_is_told_as_its_type_says() {
    let document = OpenApi::new(&contract()).document();
    let schemas = &document["components"]["schemas"];
    let details = &schemas["InvalidDetails"]["properties"];
    assert_eq!(details["brief"]["properties"]["maxMinutes"]["description"], "How long it may be.");
    assert_eq!(details["brief"]["description"], "What was sent.");
    assert_eq!(details["brief"]["properties"]["tone"], json!({ "$ref": "#/components/schemas/Tone" }));
    assert_eq!(schemas["Tone"], json!({ "type": "string", "enum": ["dry", "funny"] }));
    assert_eq!(details["chapters"]["items"], json!({ "$ref": "#/components/schemas/Chapter" }));
    assert_eq!(schemas["Chapter"]["properties"]["parts"]["items"]["$ref"], "#/components/schemas/Chapter");
    let declined = &schemas["DeclinedDetails"];
    assert_eq!(declined["properties"]["brand"], json!({ "$ref": "#/components/schemas/Brand" }));
    assert_eq!(schemas["Brand"]["properties"]["short"]["type"], "integer");
}

#[test]
fn schemars_goes_before_utoipa_and_looks_come_last() {
    let contract = contract();
    let invalid = contract.error("invalid").unwrap();
    let schema = |name: &str| &invalid.fields.iter().find(|field| field.name == name).unwrap().schema;
    assert_eq!(schema("both")["properties"]["told"]["type"], "boolean");
    assert_eq!(*schema("opaque"), json!({}));
    // What a function gives, and what has a parameter or a lifetime of the error's in it.
    assert_eq!(*schema("other"), json!({}));
    assert_eq!(*schema("word"), json!({ "type": "string" }));
    assert_eq!(*schema("value"), json!({}));
}

#[test]
fn a_type_that_may_be_left_out_is_not_told_to_be_null() {
    let contract = contract();
    let schema = &contract.error("invalid").unwrap().fields[0].schema;
    assert_eq!(schema["type"], "object");
}

#[test]
fn the_contract_that_is_written_has_all_of_it() {
    let contract = contract();
    let read = Contract::from_json(&contract.to_json()).unwrap();
    assert_eq!(OpenApi::new(&read).components(), OpenApi::new(&contract).components());
}

mod other {
    #[derive(Clone, Default, serde::Serialize, schemars::JsonSchema)]
    pub(super) struct Tone {
        loud: bool,
    }

    #[derive(Clone, Default, serde::Serialize, schemars::JsonSchema)]
    pub(super) struct Sound {
        tone: Tone,
    }
}

#[derive(ApiError)]
#[api(status = 409, code = "too_loud", message = "No.")]
#[allow(dead_code, reason = "only what is declared of it is of use")]
struct TooLoud {
    #[api(detail)]
    sound: other::Sound,
}

#[test]
fn two_types_of_one_name_are_two_components() {
    let contract = Contract::builder("Story API")
        .catalog(StoryError::<'static, u8>::catalog())
        .catalog(TooLoud::catalog())
        .build();
    let components = OpenApi::new(&contract).components();
    let schemas: &Value = &components["schemas"];
    assert_eq!(schemas["Tone"]["type"], "string");
    let tone = &schemas["TooLoudDetails"]["properties"]["sound"]["properties"]["tone"];
    assert_eq!(*tone, json!({ "$ref": "#/components/schemas/Tone2" }));
    assert_eq!(schemas["Tone2"]["properties"]["loud"]["type"], "boolean");
}
