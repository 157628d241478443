//! The answers to requests for which the service had none. Takes why: its error, or its panic; gives a response in the
//! envelope, and tells operators what callers do not read.

use std::any::Any;
use std::error::Error;
use std::fmt::{self, Display};

use bytes::Bytes;
use http::{Response, StatusCode};

use super::foreign::answer_for;
use super::{Asked, Settings};
use crate::observe::Because;

/// The answer to a request whose service failed with this error, of which the framework knows the status.
pub(crate) fn to_failure(
    error: &(dyn Error + 'static),
    status: StatusCode,
    settings: &Settings,
    asked: Asked,
) -> Response<Bytes> {
    let because = match error.downcast_ref::<Panicked>() {
        Some(panicked) => Because::Panic(panicked),
        None => Because::Failure(error),
    };
    let mut response = Response::new(());
    *response.status_mut() = status;
    answer_for(response.into_parts().0, None, settings, asked, Some(because))
}

/// The answer to a request whose service panicked with this.
pub(crate) fn to_panic(panic: &(dyn Any + Send), settings: &Settings, asked: Asked) -> Response<Bytes> {
    to_failure(&Panicked::new(panic), StatusCode::INTERNAL_SERVER_ERROR, settings, asked)
}

/// A panic, as operators read of it.
#[derive(Debug)]
pub(crate) struct Panicked(String);

impl Panicked {
    pub(crate) fn new(panic: &(dyn Any + Send)) -> Self {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Self(format!("the service panicked: {}", text.unwrap_or("it gave no text")))
    }

    pub(super) fn when_answering_for(&self, before: Because<'_>) -> Self {
        Self(format!("{self} (when it was to answer for: {})", before.logged()))
    }
}

impl Display for Panicked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Error for Panicked {}
