//! The count of an error, by the crate `metrics`.

use std::cell::Cell;
use std::ptr;

use http::StatusCode;
use metrics::Unit;

use crate::spec::ErrorSpec;

const ERRORS: &str = "errorbook_errors_total";
#[cfg(feature = "client-tokio")]
const RETRIES: &str = "errorbook_client_retries_total";
#[cfg(feature = "client-tokio")]
const REFUSALS: &str = "errorbook_client_budget_refusals_total";

/// What each counts.
const COUNTERS: &[(&str, &str)] = &[
    (ERRORS, "Errors that answered a request or were recorded, by code and status."),
    #[cfg(feature = "client-tokio")]
    (RETRIES, "Requests that a client sent again, by the code and status of the error before."),
    #[cfg(feature = "client-tokio")]
    (REFUSALS, "Requests that a client did not send again because its budget of retries was used up."),
];

/// `errorbook_errors_total`, with the labels `code` and `status`; `none` is the status of what answered no request.
pub(super) fn count(spec: &'static ErrorSpec, status: Option<StatusCode>) {
    describe();
    metrics::counter!(ERRORS, "code" => spec.code(), "status" => status_label(status)).increment(1);
}

/// `errorbook_client_retries_total`, with the same labels. A code that nobody declared is `unknown`: what a service sends
/// must not be able to make new counters without end.
#[cfg(feature = "client-tokio")]
pub(super) fn count_retry(declared: Option<&'static str>, status: Option<StatusCode>) {
    describe();
    let code = declared.unwrap_or("unknown");
    metrics::counter!(RETRIES, "code" => code, "status" => status_label(status)).increment(1);
}

/// `errorbook_client_budget_refusals_total`.
#[cfg(feature = "client-tokio")]
pub(super) fn count_refusal() {
    describe();
    metrics::counter!(REFUSALS).increment(1);
}

fn status_label(status: Option<StatusCode>) -> &'static str {
    let status = status.map_or(Some("none"), |status| crate::json::small_number(u64::from(status.as_u16())));
    status.unwrap_or_default()
}

/// Says what is counted, once to each recorder by each thread: the service may set its recorder after the first error,
/// and nobody tells when.
fn describe() {
    thread_local! {
        /// Where the recorder is that was told last.
        static TOLD: Cell<usize> = const { Cell::new(0) };
    }
    metrics::with_recorder(|recorder| {
        let place = ptr::from_ref(recorder).cast::<()>().addr();
        // A thread that is being torn down says nothing any more.
        if TOLD.try_with(|told| told.replace(place)).is_ok_and(|before| before != place) {
            for (name, description) in COUNTERS {
                recorder.describe_counter((*name).into(), Some(Unit::Count), (*description).into());
            }
        }
    });
}
