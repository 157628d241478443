//! `Valid` around the extractors: what a validation does not let pass is a 422 with pointers into the request.

use std::collections::{BTreeSet, HashMap};

use axum::Router;
use axum::routing::{get, post};
use errorbook::axum::{Json, Path, Query, Valid};
use http::{Request, Response};
use serde::Deserialize;
use serde_json::Value;
use tower::ServiceExt;
// What its derive calls.
use validator::Validate as _;

async fn answer(service: &Router, request: Request<axum::body::Body>) -> Response<Value> {
    let (parts, body) = service.clone().oneshot(request).await.unwrap().into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let text = String::from_utf8(body.to_vec()).unwrap();
    Response::from_parts(parts, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// Status, code, and the pointers.
fn rejected(response: &Response<Value>) -> (u16, &str, Vec<&str>) {
    let error = &response.body()["error"];
    let details = error["details"].as_array().unwrap();
    let pointers = details.iter().map(|field| field["pointer"].as_str().unwrap()).collect();
    (response.status().as_u16(), error["code"].as_str().unwrap(), pointers)
}

fn post_json(uri: &str, body: &str) -> Request<axum::body::Body> {
    Request::post(uri).header("content-type", "application/json").body(body.to_owned().into()).unwrap()
}

fn get_request(uri: &str) -> Request<axum::body::Body> {
    Request::get(uri).body(axum::body::Body::empty()).unwrap()
}

#[derive(Deserialize, validator::Validate)]
#[serde(rename_all = "camelCase")]
struct Order {
    #[validate(length(min = 1))]
    street_name: String,
    #[validate(nested)]
    #[serde(default)]
    line_items: Vec<Price>,
    #[validate(nested)]
    #[serde(default)]
    prices: HashMap<String, Price>,
    #[validate(nested)]
    #[serde(default)]
    tags: BTreeSet<Tag>,
    #[validate(required)]
    zip_code: Option<String>,
}

#[derive(Deserialize, validator::Validate)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE")]
struct Price {
    #[validate(range(min = 1))]
    in_cents: u32,
}

#[derive(Deserialize, validator::Validate, PartialEq, Eq, PartialOrd, Ord)]
struct Tag {
    #[validate(length(min = 2))]
    name: String,
}

#[derive(Deserialize, garde::Validate)]
#[serde(rename_all = "camelCase")]
struct Address {
    #[garde(length(min = 1))]
    street_name: String,
    #[garde(dive)]
    #[serde(default)]
    floors: HashMap<String, Floor>,
    #[garde(dive)]
    #[serde(default)]
    contact: Option<Contact>,
    #[garde(dive)]
    #[serde(default)]
    owner: Option<Owner>,
}

#[derive(Deserialize, garde::Validate)]
struct Floor {
    #[garde(range(max = 9))]
    #[serde(rename = "doorCount")]
    door_count: u8,
}

#[derive(Deserialize, garde::Validate)]
#[serde(tag = "kind", rename_all_fields = "camelCase")]
enum Contact {
    Mail {
        #[garde(length(min = 3))]
        address: String,
        #[garde(length(min = 3))]
        full_name: String,
    },
}

#[derive(Deserialize, garde::Validate)]
enum Owner {
    Person {
        #[garde(length(min = 3))]
        name: String,
    },
}

#[derive(Debug, Deserialize, validator::Validate)]
#[serde(rename_all = "camelCase")]
struct Page {
    #[validate(range(max = 100))]
    #[serde(default)]
    page_size: u32,
}

#[derive(Debug, Deserialize, garde::Validate)]
struct Limit {
    #[garde(range(max = 100))]
    #[serde(default)]
    limit: u32,
}

#[tokio::test]
async fn a_validated_body_is_rejected_with_the_names_of_the_request() {
    let service = Router::new()
        .route("/orders", post(async |Valid(Json(order)): Valid<Json<Order>>| order.street_name))
        .route("/addresses", post(async |Valid(Json(address)): Valid<Json<Address>>| address.street_name));
    let right = r#"{"streetName":"Kade","zipCode":"1011"}"#;
    assert_eq!(answer(&service, post_json("/orders", right)).await.body(), "Kade");
    assert_eq!(answer(&service, post_json("/addresses", r#"{"streetName":"Kade"}"#)).await.body(), "Kade");

    let wrong = r#"{"streetName":"","lineItems":[{"IN-CENTS":1},{"IN-CENTS":0}],
        "prices":{"basic":{"IN-CENTS":0}},"tags":[{"name":"ab"},{"name":"a"}]}"#;
    let response = answer(&service, post_json("/orders", wrong)).await;
    let pointers = vec!["/lineItems/1/IN-CENTS", "/prices", "/streetName", "/tags", "/zipCode"];
    assert_eq!(rejected(&response), (422, "invalid_request", pointers));

    let wrong = r#"{"streetName":"","floors":{"a/b":{"doorCount":10}},
        "contact":{"kind":"Mail","address":"x","fullName":"y"},"owner":{"Person":{"name":"z"}}}"#;
    let response = answer(&service, post_json("/addresses", wrong)).await;
    // Of an enum that has its tag among its members serde tells no names: of those only what the body has is sure.
    let pointers = vec!["/contact/address", "/contact", "/floors/a~1b/doorCount", "/owner", "/streetName"];
    assert_eq!(rejected(&response), (422, "invalid_request", pointers));
}

#[tokio::test]
async fn what_cannot_be_read_is_rejected_as_without_the_validation() {
    let service = Router::new().route("/", post(async |_: Valid<Json<Order>>| ()));
    let response = answer(&service, post_json("/", r#"{"streetName":5}"#)).await;
    assert_eq!(rejected(&response), (422, "invalid_request", vec!["/streetName"]));
    assert_eq!(answer(&service, post_json("/", "{")).await.status(), 400);
    let plain = Request::post("/").body("{}".to_owned().into()).unwrap();
    assert_eq!(answer(&service, plain).await.status(), 415);
}

#[tokio::test]
async fn parameters_are_validated_at_any_place_when_the_crate_is_named() {
    use errorbook::axum::{garde, validator};

    let service = Router::new()
        .route("/last", get(async |Valid(Query(page)): Valid<Query<Page>>| page.page_size.to_string()))
        .route("/last-garde", get(async |Valid(Query(page)): Valid<Query<Limit>>| page.limit.to_string()))
        .route(
            "/first",
            post(
                async |validator::Valid(Query(page)): validator::Valid<Query<Page>>,
                       garde::Valid(Query(limit)): garde::Valid<Query<Limit>>,
                       garde::Valid(Json(address)): garde::Valid<Json<Address>>| {
                    format!("{} {} {}", page.page_size, limit.limit, address.street_name)
                },
            ),
        )
        .route("/path/{limit}", get(async |Valid(Path(limit)): Valid<Path<Limit>>| limit.limit.to_string()));
    assert_eq!(answer(&service, get_request("/last?pageSize=7")).await.body(), 7);
    let response = answer(&service, get_request("/last?pageSize=101")).await;
    assert_eq!(rejected(&response), (422, "invalid_request", vec!["/pageSize"]));
    let response = answer(&service, get_request("/last?pageSize=x")).await;
    assert_eq!(rejected(&response), (400, "invalid_query", vec!["/pageSize"]));
    let response = answer(&service, get_request("/last-garde?limit=101")).await;
    assert_eq!(rejected(&response), (422, "invalid_request", vec!["/limit"]));
    let response = answer(&service, get_request("/path/101")).await;
    assert_eq!(rejected(&response), (422, "invalid_request", vec!["/limit"]));

    let address = r#"{"streetName":"Kade"}"#;
    assert_eq!(answer(&service, post_json("/first?pageSize=1&limit=2", address)).await.body(), "1 2 Kade");
    let response = answer(&service, post_json("/first?limit=101", address)).await;
    assert_eq!(rejected(&response), (422, "invalid_request", vec!["/limit"]));
}

#[test]
fn a_check_by_hand_names_the_fields_as_serde_does() {
    let order: Order = serde_json::from_str(
        r#"{"streetName":"","lineItems":[{"IN-CENTS":0}],"prices":{"a":{"IN-CENTS":1},"b":{"IN-CENTS":0}}}"#,
    )
    .unwrap();
    for _ in 0..20 {
        let fields = errorbook::validator::check(&order).unwrap_err();
        let pointers: Vec<_> = fields.iter().map(|field| &*field.pointer).collect();
        assert_eq!(pointers, ["/lineItems/0/IN-CENTS", "/prices", "/streetName", "/zipCode"]);
    }
    let limit = Limit { limit: 101 };
    assert_eq!(errorbook::garde::check(&limit).unwrap_err().iter().next().unwrap().pointer, "/limit");
    assert!(errorbook::garde::check_with(&Limit { limit: 1 }, &()).is_ok());
}

#[test]
fn a_field_that_serde_calls_altogether_differently_has_the_pointer_of_the_value_around() {
    #[derive(Deserialize, validator::Validate)]
    struct Film {
        #[validate(length(min = 1))]
        #[serde(rename = "headline")]
        title: String,
        #[validate(nested)]
        #[serde(alias = "cast")]
        people: [Person; 2],
    }

    #[derive(Deserialize, validator::Validate)]
    struct Person {
        #[validate(length(min = 1))]
        #[serde(rename = "fullName")]
        name: String,
        #[validate(range(max = 120))]
        #[serde(rename = "ageInYears")]
        age_in_years: u8,
    }

    let sent = r#"{"headline":"","title":1,"people":[{"fullName":"a","ageInYears":1},{"fullName":"","ageInYears":121}]}"#;
    let film: Film = serde_json::from_str(sent).unwrap();
    let fields = errorbook::validator::check(&film).unwrap_err();
    let pointers: Vec<_> = fields.iter().map(|field| &*field.pointer).collect();
    assert_eq!(pointers, ["/people/1/ageInYears", "/people/1", ""]);
}

#[tokio::test]
async fn a_list_is_validated_as_a_whole_whatever_its_items_make_of_an_error() {
    #[derive(Debug, Deserialize, validator::Validate)]
    #[serde(from = "Option<String>")]
    struct Lenient {
        #[validate(length(min = 1))]
        text: String,
    }

    impl From<Option<String>> for Lenient {
        fn from(text: Option<String>) -> Self {
            Self { text: text.unwrap_or_default() }
        }
    }

    #[derive(Debug, validator::Validate)]
    struct Defaulted {
        #[validate(range(min = 1))]
        number: u8,
    }

    impl<'de> Deserialize<'de> for Defaulted {
        fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
            Ok(Self { number: u8::deserialize(reader).unwrap_or_default() })
        }
    }

    let by_hand = errorbook::validator::check(&vec![Lenient { text: String::new() }]).unwrap_err();
    // Within a text there is no member.
    assert_eq!(by_hand.iter().next().unwrap().pointer, "/0");

    let service = Router::new()
        .route("/lenient", post(async |Valid(Json(list)): Valid<Json<Vec<Lenient>>>| format!("{list:?}")))
        .route("/defaulted", post(async |Valid(Json(list)): Valid<Json<Vec<Defaulted>>>| format!("{list:?}")))
        .route("/prices", post(async |Valid(Json(list)): Valid<Json<Vec<Price>>>| list.len().to_string()));
    let response = answer(&service, post_json("/lenient", r#"["a",null]"#)).await;
    assert_eq!(rejected(&response), (422, "invalid_request", vec!["/1"]));
    let response = answer(&service, post_json("/defaulted", r#"[1,"x"]"#)).await;
    assert_eq!(rejected(&response), (422, "invalid_request", vec!["/1"]));
    let response = answer(&service, post_json("/prices", r#"[{"IN-CENTS":1},{"IN-CENTS":0}]"#)).await;
    assert_eq!(rejected(&response), (422, "invalid_request", vec!["/1/IN-CENTS"]));
}
