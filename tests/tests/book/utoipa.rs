//! Errors in documents that utoipa makes.

use errorbook::book::Contract;
use errorbook::book::openapi::OpenApi as Errors;
use errorbook::{ApiError, catalog};
use errorbook_tests::apis::{BillingError, StoryError};
use errorbook_tests::contracts;
use serde_json::{Value, json};
use utoipa::{IntoResponses, OpenApi};

#[derive(ApiError)]
#[allow(dead_code, reason = "only what is declared of it is of use")]
enum CardError {
    #[api(status = 402, message = "The card was declined.")]
    CardDeclined,
    #[api(status = 402, message = "The card is no more.")]
    CardExpired {
        #[api(detail)]
        years: u8,
    },
}

errorbook::utoipa::responses! {
    /// What creating a story can end in.
    pub(crate) CreateErrors = StoryError: NotFound, BillingError::*, CardError: CardExpired
}

#[utoipa::path(post, path = "/v1/stories", responses((status = 201, description = "Created."), CreateErrors))]
#[allow(dead_code, reason = "only what is declared of it is of use")]
fn create() {}

#[utoipa::path(get, path = "/v1/stories", responses((status = 200, description = "All."), StoryError))]
#[allow(dead_code, reason = "only what is declared of it is of use")]
fn list() {}

#[derive(OpenApi)]
#[openapi(paths(create, list))]
struct Api;

fn responses(document: &Value, method: &str) -> Value {
    document["paths"]["/v1/stories"][method]["responses"].clone()
}

#[test]
fn a_selection_stands_in_responses_and_overwrites_nothing() {
    let document = serde_json::to_value(Api::openapi()).unwrap();
    let created = responses(&document, "post");
    assert_eq!(created.as_object().unwrap().keys().collect::<Vec<_>>(), ["201", "402", "404"]);
    // Two types share the status.
    let examples = created["402"]["content"]["application/json"]["examples"].as_object().unwrap();
    assert_eq!(examples.keys().collect::<Vec<_>>(), ["card_expired", "insufficient_minutes"]);
    assert!(!created.to_string().contains("card_declined"));
}

#[test]
fn an_enum_stands_in_responses_with_all_its_errors() {
    let document = serde_json::to_value(Api::openapi()).unwrap();
    let listed = responses(&document, "get");
    let examples = listed["401"]["content"]["application/json"]["examples"].as_object().unwrap();
    assert_eq!(examples.keys().collect::<Vec<_>>(), ["invalid_api_key", "missing_api_key"]);
    for status in ["400", "401", "402", "404", "429", "500", "503"] {
        assert!(listed[status].is_object(), "{status}");
    }
    assert!(listed["429"]["headers"]["Retry-After"].is_object());
    // What never answers a request is no response.
    assert!(!listed.to_string().contains("could not be generated"));
}

#[test]
fn utoipa_loses_nothing_of_a_response() {
    /// What utoipa says of a schema that may be any JSON.
    fn any(value: &mut Value) {
        match value {
            Value::Object(members) => {
                let every = json!(["object", "array", "string", "number", "boolean", "null"]);
                if let Some(Value::Object(items)) = members.get_mut("items")
                    && items.get("type") == Some(&every)
                {
                    items.remove("type");
                }
                members.values_mut().for_each(any);
            }
            Value::Array(items) => items.iter_mut().for_each(any),
            _ => {}
        }
    }
    for (name, contract) in contracts::all() {
        let written = Errors::new(&contract).components();
        let mut document = Api::openapi();
        errorbook::utoipa::add_components(&mut document, &contract).unwrap();
        let mut read = serde_json::to_value(&document.components).unwrap();
        any(&mut read);
        for kind in ["schemas", "responses"] {
            for (component, value) in written[kind].as_object().unwrap() {
                assert_eq!(read[kind][component], *value, "{name}: {component}");
            }
        }
    }
}

#[test]
fn components_that_are_in_the_way_stay() {
    #[derive(utoipa::ToSchema)]
    #[allow(dead_code, reason = "only what is declared of it is of use")]
    struct Error {
        theirs: bool,
    }

    #[derive(OpenApi)]
    #[openapi(components(schemas(Error)))]
    struct Other;

    let mut document = Other::openapi();
    let before = serde_json::to_value(&document).unwrap();
    let contract = Contract::builder("x").catalog(catalog!(CardError: CardDeclined)).build();
    let taken = errorbook::utoipa::add_components(&mut document, &contract).unwrap_err();
    assert!(taken.to_string().contains("`components.schemas.Error`"), "{taken}");
    assert_eq!(serde_json::to_value(&document).unwrap(), before);
}

#[test]
fn an_impl_is_left_out_on_request() {
    #[derive(ApiError)]
    #[api(status = 418, message = "No.", skip(utoipa))]
    struct Teapot;

    // It would be one impl too many.
    impl IntoResponses for Teapot {
        fn responses()
        -> std::collections::BTreeMap<String, utoipa::openapi::RefOr<utoipa::openapi::response::Response>>
        {
            [("418".to_owned(), utoipa::openapi::response::Response::new("By hand.").into())].into()
        }
    }

    let by_hand = serde_json::to_value(&Teapot::responses()["418"]).unwrap();
    assert_eq!(by_hand, json!({ "description": "By hand." }));
    assert_eq!(Teapot.code(), "teapot");
}
