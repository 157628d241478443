//! `tower`'s own errors. Takes the error of a service; gives the status that says the same.

use std::error::Error;

use http::StatusCode;

use crate::bounded::chain;

/// Layers between, `tower`'s buffer for one, wrap the error of another.
pub(super) fn status_of(error: &(dyn Error + 'static)) -> StatusCode {
    for error in chain(Some(error)) {
        if error.is::<tower::timeout::error::Elapsed>() {
            return StatusCode::GATEWAY_TIMEOUT;
        }
        if error.is::<tower::load_shed::error::Overloaded>() {
            return StatusCode::SERVICE_UNAVAILABLE;
        }
    }
    StatusCode::INTERNAL_SERVER_ERROR
}
