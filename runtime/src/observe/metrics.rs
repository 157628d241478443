//! The count of an error, by the crate `metrics`.

use std::cell::Cell;
use std::ptr;

use http::StatusCode;
use metrics::Unit;

use crate::spec::ErrorSpec;

const ERRORS: &str = "errorbook_errors_total";

/// `errorbook_errors_total`, with the labels `code` and `status`; `none` is the status of what answered no request.
pub(super) fn count(spec: &'static ErrorSpec, status: Option<StatusCode>) {
    describe();
    let status = status.map_or(Some("none"), |status| crate::json::small_number(u64::from(status.as_u16())));
    metrics::counter!(ERRORS, "code" => spec.code(), "status" => status.unwrap_or_default()).increment(1);
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
            let description = "Errors that answered a request or were recorded, by code and status.";
            recorder.describe_counter(ERRORS.into(), Some(Unit::Count), description.into());
        }
    });
}
