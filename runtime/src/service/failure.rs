//! The answers to requests for which the service had none. Takes why: its error, or its panic; gives a response in the
//! envelope, and tells operators what callers do not read. The error itself is asked once, guarded, and dropped: what
//! is told of it is ours.

use std::error::Error;

use bytes::Bytes;
use http::{Response, StatusCode};

use super::foreign::answer_for;
use super::{Asked, BoxError, Settings};
use crate::guard::{Panicked, guarded};
use crate::observe::{Because, Said};

/// Why a service gave no response.
#[derive(Debug)]
pub(crate) enum Failure {
    Error { status: StatusCode, said: Said },
    Panic(Panicked),
}

impl Failure {
    /// The service's error; the framework knows the status of its own.
    pub(crate) fn new(
        error: impl Into<BoxError>,
        status_of: impl FnOnce(&(dyn Error + 'static)) -> StatusCode,
    ) -> Self {
        let error = match guarded(|| error.into()) {
            Ok(error) => error,
            Err(panicked) => return Self::Panic(panicked),
        };
        let failure = match guarded(|| status_of(&*error)) {
            Ok(status) => Self::Error { status, said: Said::by(&*error) },
            Err(panicked) => Self::Panic(panicked),
        };
        let _ = guarded(|| drop(error));
        failure
    }
}

impl From<Panicked> for Failure {
    fn from(panicked: Panicked) -> Self {
        Self::Panic(panicked)
    }
}

/// The answer to a request whose service failed so.
pub(crate) fn to_failure(failure: &Failure, settings: &Settings, asked: Asked) -> Response<Bytes> {
    let (status, because) = match failure {
        Failure::Error { status, said } => (*status, Because::Said(said)),
        Failure::Panic(panicked) => (StatusCode::INTERNAL_SERVER_ERROR, Because::Panic(panicked)),
    };
    let mut response = Response::new(());
    *response.status_mut() = status;
    answer_for(response.into_parts().0, None, settings, asked, Some(because))
}

/// Both, where what was to answer for the one panicked as well.
pub(super) fn both(panicked: &Panicked, before: Because<'_>) -> Panicked {
    Panicked(format!("{panicked} (when it was to answer for: {})", before.logged()))
}
