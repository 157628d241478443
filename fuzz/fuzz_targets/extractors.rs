//! Takes a text as a request's body and as its query; the extractors take what serde takes and, of what they refuse, point at
//! a place that is there, or at a member that could be there.
#![no_main]
#![allow(dead_code)]

use std::collections::BTreeMap;

use errorbook::ApiError;
use errorbook::axum::{Json, Query, Rejection};
use libfuzzer_sys::fuzz_target;
use serde::Deserialize;
use serde_json::Value;

#[derive(Debug, Deserialize)]
struct Story {
    title: String,
    words: u32,
    #[serde(default)]
    shots: Vec<Shot>,
    by_name: Option<BTreeMap<String, Place>>,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Shot {
    Drone { id: u32, from: Place },
    Still(Place),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    lat: f32,
    lon: f32,
}

#[derive(Debug, Deserialize)]
struct Rest {
    name: Option<char>,
    is_public: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Page {
    page: u8,
    sort: Option<Sort>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Sort {
    Up,
    Down,
}

/// The pointers of the field errors in the rejection's answer.
fn pointers(rejection: &Rejection) -> Vec<String> {
    let body: Value = serde_json::from_slice(&rejection.body().to_bytes()).expect("a body is JSON");
    let details = body["error"]["details"].as_array().cloned().unwrap_or_default();
    details.iter().map(|field| field["pointer"].as_str().expect("a pointer is a text").to_owned()).collect()
}

fuzz_target!(|text: &str| {
    match (Json::<Story>::from_bytes(text.as_bytes()), serde_json::from_str::<Story>(text)) {
        (Ok(_), expected) => assert!(expected.is_ok(), "{text:?}"),
        (Err(rejection), expected) => {
            assert!(expected.is_err(), "{text:?}");
            assert!(rejection.status().is_client_error());
            let sent = serde_json::from_str::<Value>(text);
            for pointer in pointers(&rejection) {
                let (parent, _) = pointer.rsplit_once('/').unwrap_or_default();
                if let Ok(sent) = &sent {
                    assert!(sent.pointer(parent).is_some(), "{pointer:?} in {text:?}");
                }
            }
        }
    }
    if let Ok(uri) = format!("/?{text}").parse()
        && let Err(rejection) = Query::<Page>::try_from_uri(&uri)
    {
        assert!(rejection.status().is_client_error());
        assert!(pointers(&rejection).iter().all(|pointer| pointer.is_empty() || pointer.starts_with('/')));
    }
});
