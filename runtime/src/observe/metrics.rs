//! The count of an error, by the crate `metrics`.

use http::StatusCode;

use crate::spec::ErrorSpec;

/// `errorbook_errors_total`, with the labels `code` and `status`; `none` is the status of what answered no request.
pub(super) fn count(spec: &'static ErrorSpec, status: Option<StatusCode>) {
    let status = status.map_or(Some("none"), |status| crate::json::small_number(u64::from(status.as_u16())));
    metrics::counter!("errorbook_errors_total", "code" => spec.code(), "status" => status.unwrap_or_default())
        .increment(1);
}
