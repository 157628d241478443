//! The full list of what expansions name, and nothing else. No part of the public interface: it changes
//! with any release, which is why the macros are asked for at exactly the runtime's version.

pub use core::error::Error;
pub use core::fmt::{self, Display};
pub use core::format_args;
pub use core::option::Option::{self, None, Some};
pub use core::primitive::usize;
pub use core::time::Duration;

pub use http::HeaderValue;
pub use serde::Serialize;

#[cfg(feature = "axum")]
pub use crate::__errorbook_axum as axum;
#[cfg(not(feature = "axum"))]
pub use crate::__errorbook_nothing as axum;

pub use crate::api_error::{ApiError, Catalogued, Declared, held};
pub use crate::catalog::Catalog;
pub use crate::check::{check_held, check_omitted_code, check_omitted_link, check_spread};
pub use crate::envelope::{Envelope, NO_ENVELOPE, Node, Part, PreparedBodies, Slot, Step, envelope};
pub use crate::fields::{
    AnyHeader, ByDisplay, DetailsWriter, Header, HeadersWriter, MessageWriter, Wait, by_display,
    counts_as_the_field_says, display_is_the_message, formatted, serialized, waits_as_the_field_says,
};
pub use crate::log::{Logged, LoggedByDisplay, LoggedByNothing, Probe};
pub use crate::retry::RetryWhen;
pub use crate::retry::written::{WrittenRule, WrittenWait};
pub use crate::spec::{ErrorSpec, FieldSpec, Level, MoreSpec, Text, row};
