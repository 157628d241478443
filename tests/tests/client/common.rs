//! What the tests of several capabilities ask with.

use std::time::Duration;

use errorbook::client::{Failure, Policy};
use errorbook::envelope::{FLAT, JSON_API, NESTED, PROBLEM};
use errorbook::{Envelope, envelope};
use http::Response;
use serde_json::Value;

pub(crate) const BARE: Envelope = envelope!({ "text": message });
pub(crate) const WAITS: Envelope = envelope!({
    "code": code, "message": message, "status": status_string, "after": retry_after?, "ms": retry_after_ms?
});

pub(crate) static PROVIDED: [Envelope; 4] = [NESTED, FLAT, PROBLEM, JSON_API];

pub(crate) const fn seconds(number: u64) -> Duration {
    Duration::from_secs(number)
}

/// Neither chance nor a budget.
pub(crate) fn plain() -> Policy {
    Policy::new().without_jitter().without_budget()
}

/// What the failure says of its details.
pub(crate) fn details<E>(failure: &Failure<E>) -> Option<Value> {
    failure.details().map(|details| serde_json::from_str(details.get()).expect("details are JSON"))
}

pub(crate) fn response<B>(status: u16, body: B) -> Response<B> {
    Response::builder().status(status).body(body).expect("the parts are valid")
}
