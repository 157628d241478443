//! How long the documents of a thousand errors take. Not a test of every run, as a machine that does something else besides
//! would fail it; `cargo test --release -p errorbook-tests --test book -- --ignored --nocapture speed` measures.

use std::time::{Duration, Instant};

use errorbook::book::lock::Lock;
use errorbook::book::openapi::{OpenApi, Version};
use errorbook::book::{self, Contract};
use serde_json::{Value, json};

use crate::reference;

/// Errors of many kinds, each with a code of its own.
fn thousand() -> Contract {
    let mut json: Value = serde_json::from_str(&reference::kinds().remove(0).1.to_json()).unwrap();
    let mut kinds = json["errors"].as_array().unwrap().clone();
    kinds.extend(serde_json::to_value(&reference::all()[0].1.errors).unwrap().as_array().unwrap().clone());
    let errors: Vec<Value> = (0..1000)
        .map(|index| {
            let mut error = kinds[index % kinds.len()].clone();
            let code = format!("{}_{index}", error["code"].as_str().unwrap());
            error["name"] = json!(format!("{}{index}", error["name"].as_str().unwrap()));
            error["code"] = json!(code);
            error
        })
        .collect();
    json["errors"] = json!(errors);
    Contract::from_json(&json.to_string()).unwrap()
}

fn measured(name: &str, make: impl Fn() -> usize) -> Duration {
    let times = (0..5).map(|_| {
        let start = Instant::now();
        assert!(make() > 0);
        start.elapsed()
    });
    let best = times.min().unwrap();
    println!("{name:<14} {best:>10.2?}");
    best
}

#[test]
#[ignore = "measures time"]
fn a_thousand_errors_take_less_than_a_tenth_of_a_second() {
    let contract = thousand();
    let json = contract.to_json();
    let codes = [&*contract.errors[3].code];
    let mut other = contract.clone();
    other.title = "Other API".to_owned();
    let text = Lock::of(&contract).to_text();
    let lock = Lock::parse(&text).unwrap();
    // Every error in it is another, and the envelopes come in another order.
    let mut changed = contract.clone();
    changed.errors.iter_mut().for_each(|error| error.status = Some(418));
    let together = measured("all of them", || {
        let page = book::html(&contract).len() + book::markdown(&contract).len();
        page + OpenApi::new(&contract).document().to_string().len() + Lock::of(&contract).to_text().len()
    });
    assert!(together < Duration::from_millis(100), "{together:?}");
    for time in [
        measured("lock, write", || Lock::of(&contract).to_text().len()),
        measured("lock, read", || Lock::parse(&text).unwrap().to_text().len()),
        measured("lock, same", || lock.compare(&contract).len() + 1),
        measured("lock, changed", || lock.compare(&changed).len()),
        measured("markdown", || book::markdown(&contract).len()),
        measured("html", || book::html(&contract).len()),
        measured("OpenAPI 3.1", || OpenApi::new(&contract).to_json().len()),
        measured("OpenAPI 3.2", || OpenApi::new(&contract).version(Version::V3_2).to_json().len()),
        measured("an operation", || OpenApi::new(&contract).responses_of(&codes).unwrap().len()),
        measured("to_json", || contract.to_json().len()),
        measured("from_json", || Contract::from_json(&json).unwrap().errors.len()),
        measured("json_schema", || book::json_schema(&contract).to_string().len()),
        measured("typescript", || book::typescript(&contract).len()),
        measured("opentelemetry", || book::opentelemetry(&contract).len()),
        measured("merge", || Contract::merge([contract.clone(), other.clone()]).unwrap().errors.len()),
        measured("diff", || book::diff(&contract, &other).to_string().len()),
    ] {
        assert!(time < Duration::from_millis(100), "{time:?}");
    }
    // Two files for each code and a few besides.
    measured("2004 files", || book::pages(&contract).map(|(_, text)| text.len()).sum());
}
