//! `detail` and `details`: what of the fields stands in the body, in one value or spread.

use std::collections::BTreeMap;
use std::fmt;

use errorbook::{ApiError, Envelope, envelope};
use serde::ser::{Error as _, Serialize, SerializeStruct, Serializer};
use serde_json::json;

use crate::support::{body, details, text};

/// The details beside other members.
const SPREAD: Envelope = envelope!({ "code": code, "message": message, ..details });

fn spread(error: &dyn ApiError) -> String {
    text(&error.body().with_envelope(&SPREAD).to_bytes())
}

#[test]
fn a_detail_is_a_member_under_the_fields_name() {
    #[derive(ApiError)]
    #[api(status = 402, message = "…")]
    struct OutOfCredits {
        #[api(detail)]
        need: u64,
        #[api(detail)]
        have: u64,
    }
    assert_eq!(
        body(&OutOfCredits { need: 10, have: 3 }),
        r#"{"error":{"code":"out_of_credits","message":"…","details":{"need":10,"have":3}}}"#,
    );
}

#[test]
fn a_detail_may_have_another_name() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 402, message = "…")]
        Named {
            #[api(detail = "credits-needed")]
            need: u64,
        },
        #[api(status = 403, message = "…")]
        Indexed(#[api(detail = "owner")] String, #[api(detail = "say \"hi\"\\\n")] u8),
        #[api(status = 404, message = "…")]
        Raw {
            #[api(detail)]
            r#type: &'static str,
        },
    }
    assert_eq!(details(&Error::Named { need: 10 }), json!({ "credits-needed": 10 }));
    let indexed = Error::Indexed("Ada".to_owned(), 1);
    assert_eq!(details(&indexed), json!({ "owner": "Ada", "say \"hi\"\\\n": 1 }));
    assert_eq!(details(&Error::Raw { r#type: "pdf" }), json!({ "type": "pdf" }));
}

#[test]
fn a_field_that_is_no_detail_stays_inside() {
    #[derive(ApiError)]
    #[api(status = 402, message = "…")]
    struct Error {
        #[api(detail)]
        need: u64,
        org: &'static str,
    }
    let error = Error { need: 10, org: "internal" };
    assert!(!body(&error).contains(error.org));
}

#[test]
fn details_stand_in_the_order_of_the_fields() {
    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Error {
        #[api(detail)]
        z: u8,
        #[api(detail)]
        a: u8,
        #[api(detail)]
        m: u8,
    }
    assert!(body(&Error { z: 1, a: 2, m: 3 }).ends_with(r#""details":{"z":1,"a":2,"m":3}}}"#));
}

#[test]
fn a_detail_is_whatever_its_type_serializes_to() {
    #[derive(serde::Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Limit {
        per_minute: u32,
    }

    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Error<'a> {
        #[api(detail)]
        big: u128,
        #[api(detail)]
        small: i8,
        #[api(detail)]
        float: f64,
        #[api(detail)]
        flag: bool,
        #[api(detail)]
        letter: char,
        #[api(detail)]
        borrowed: &'a str,
        #[api(detail)]
        boxed: Box<str>,
        #[api(detail)]
        limit: Limit,
        #[api(detail)]
        list: Vec<u8>,
        #[api(detail)]
        map: BTreeMap<&'a str, u8>,
    }
    let error = Error {
        big: u128::MAX,
        small: -1,
        float: 0.5,
        flag: true,
        letter: '"',
        borrowed: "a\nb",
        boxed: "c".into(),
        limit: Limit { per_minute: 60 },
        list: vec![],
        map: BTreeMap::from([("k", 1)]),
    };
    assert!(body(&error).ends_with(concat!(
        r#""details":{"big":340282366920938463463374607431768211455,"small":-1,"float":0.5,"flag":true,"#,
        r#""letter":"\"","borrowed":"a\nb","boxed":"c","limit":{"perMinute":60},"list":[],"map":{"k":1}}}}"#,
    )));
}

#[test]
fn a_detail_without_a_value_is_left_out() {
    type Perhaps = Option<u8>;

    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Error {
        #[api(detail)]
        first: Option<u8>,
        #[api(detail)]
        second: Option<&'static str>,
        #[api(detail)]
        aliased: Perhaps,
    }
    let with = |first, second, aliased| Error { first, second, aliased };
    assert_eq!(details(&with(None, Some("x"), None)), json!({ "second": "x" }));
    assert_eq!(details(&with(Some(1), None, Some(2))), json!({ "first": 1, "aliased": 2 }));
    assert_eq!(body(&with(None, None, None)), r#"{"error":{"code":"error","message":"…"}}"#);
}

#[derive(serde::Serialize)]
struct Wrong {
    field: &'static str,
}

#[derive(ApiError)]
#[api(status = 422, message = "…")]
struct Invalid {
    #[api(details)]
    fields: Vec<Wrong>,
}

#[derive(ApiError)]
#[api(status = 422, message = "…")]
struct PerhapsInvalid(#[api(details)] Option<Vec<Wrong>>);

#[test]
fn one_field_may_be_all_of_the_details() {
    let error = Invalid { fields: vec![Wrong { field: "a" }, Wrong { field: "b" }] };
    assert_eq!(details(&error), json!([{ "field": "a" }, { "field": "b" }]));
    let error = PerhapsInvalid(Some(vec![Wrong { field: "a" }]));
    assert_eq!(details(&error), json!([{ "field": "a" }]));
}

#[test]
fn none_or_an_empty_list_is_no_details() {
    let without = r#"{"error":{"code":"perhaps_invalid","message":"…"}}"#;
    assert_eq!(body(&PerhapsInvalid(None)), without);
    assert_eq!(body(&PerhapsInvalid(Some(vec![]))), without);
    assert_eq!(body(&Invalid { fields: vec![] }), r#"{"error":{"code":"invalid","message":"…"}}"#);
}

#[test]
fn all_of_the_details_may_be_any_value() {
    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Error<T>(#[api(details)] T);
    assert_eq!(details(&Error("a \"word\"")), json!("a \"word\""));
    assert_eq!(details(&Error(7)), json!(7));
    assert_eq!(details(&Error(BTreeMap::from([("k", 1)]))), json!({ "k": 1 }));
    assert_eq!(details(&Error(json!({ "k": [1, null] }))), json!({ "k": [1, null] }));
}

/// Serializes half of itself, then fails.
struct Failing;

impl Serialize for Failing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut half = serializer.serialize_struct("Failing", 2)?;
        half.serialize_field("half", "of it")?;
        Err(S::Error::custom("on purpose"))
    }
}

#[test]
fn a_detail_that_does_not_serialize_goes_and_the_others_stay() {
    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Error {
        #[api(detail)]
        first: u8,
        #[api(detail)]
        failing: Failing,
        #[api(detail)]
        last: u8,
    }
    let error = Error { first: 1, failing: Failing, last: 2 };
    assert_eq!(body(&error), r#"{"error":{"code":"error","message":"…","details":{"first":1,"last":2}}}"#);
    assert_eq!(spread(&error), r#"{"code":"error","message":"…","first":1,"last":2}"#);
}

#[test]
fn a_map_whose_keys_json_does_not_know_is_left_out() {
    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Error {
        #[api(detail)]
        map: BTreeMap<(u8, u8), u8>,
        #[api(detail)]
        last: u8,
    }
    let error = Error { map: BTreeMap::from([((1, 2), 3)]), last: 2 };
    assert_eq!(details(&error), json!({ "last": 2 }));
}

#[test]
fn details_that_do_not_serialize_are_no_details() {
    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Error(#[api(details)] Failing);
    assert_eq!(body(&Error(Failing)), r#"{"error":{"code":"error","message":"…"}}"#);
    assert_eq!(spread(&Error(Failing)), r#"{"code":"error","message":"…"}"#);
}

#[test]
fn spread_details_stand_beside_the_other_members() {
    #[derive(ApiError)]
    #[api(status = 400, message = "…")]
    struct Error {
        #[api(detail)]
        need: u8,
        #[api(detail)]
        have: Option<u8>,
    }
    assert_eq!(
        spread(&Error { need: 1, have: Some(2) }),
        r#"{"code":"error","message":"…","need":1,"have":2}"#
    );
    assert_eq!(spread(&Error { need: 1, have: None }), r#"{"code":"error","message":"…","need":1}"#);
}

#[test]
fn spread_details_never_replace_a_fixed_member() {
    #[derive(ApiError)]
    enum Error {
        #[api(status = 400, message = "…")]
        Members {
            #[api(detail)]
            message: &'static str,
            #[api(detail)]
            other: u8,
        },
        #[api(status = 401, message = "…")]
        Whole(#[api(details)] BTreeMap<&'static str, u8>),
    }
    assert_eq!(
        spread(&Error::Members { message: "mine", other: 1 }),
        r#"{"code":"members","message":"…","other":1}"#,
    );
    let map = BTreeMap::from([("code", 1), ("message", 2), ("other", 3)]);
    assert_eq!(spread(&Error::Whole(map)), r#"{"code":"whole","message":"…","other":3}"#);
}

#[test]
fn a_list_is_spread_as_one_member() {
    let error = Invalid { fields: vec![Wrong { field: "a" }] };
    assert_eq!(spread(&error), r#"{"code":"invalid","message":"…","errors":[{"field":"a"}]}"#);
    assert_eq!(spread(&Invalid { fields: vec![] }), r#"{"code":"invalid","message":"…"}"#);
}

#[test]
fn a_message_may_show_what_is_a_detail_too() {
    struct Id(u8);

    impl fmt::Display for Id {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(formatter, "id_{}", self.0)
        }
    }

    impl Serialize for Id {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_u8(self.0)
        }
    }

    #[derive(ApiError)]
    #[api(status = 404, message = "No {id}.")]
    struct Error {
        #[api(detail)]
        id: Id,
    }
    assert_eq!(
        body(&Error { id: Id(7) }),
        r#"{"error":{"code":"error","message":"No id_7.","details":{"id":7}}}"#
    );
}

#[test]
fn the_role_of_a_field_is_part_of_the_spec() {
    let fields: Vec<_> = Invalid { fields: vec![] }.spec().fields().collect();
    assert_eq!(fields.len(), 1);
    assert!(fields[0].is_details());
}
