//! The full list of what expansions name, and nothing else. No part of the public interface: it changes
//! with any release, which is why the macros are asked for at exactly the runtime's version.

// `Debug` and `Hash` are the derives too.
pub use core::clone::Clone;
pub use core::cmp::{Eq, PartialEq};
pub use core::convert::{From, Infallible};
pub use core::error::Error;
pub use core::fmt::{self, Debug, Display};
pub use core::format_args;
pub use core::hash::Hash;
pub use core::marker::PhantomData;
pub use core::option::Option::{self, None, Some};
pub use core::primitive::str;
pub use core::result::Result;
pub use core::str::FromStr;
pub use core::time::Duration;

#[cfg(feature = "axum")]
pub use std::boxed::Box;

pub use http::{HeaderValue, StatusCode};
pub use serde::de::DeserializeOwned;
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use crate::__errorbook_impls_of_codes as impls_of_codes;
pub use crate::__errorbook_integrations as integrations;

// rustc names it where a type has an `IntoResponse` of its own too (E0119), so that its name says what to do.
#[cfg(feature = "axum")]
pub use crate::__errorbook_axum as into_response_unless_skip_axum;
#[cfg(not(feature = "axum"))]
pub use crate::__errorbook_nothing as into_response_unless_skip_axum;

#[cfg(not(feature = "utoipa"))]
pub use crate::__errorbook_nothing as utoipa;
#[cfg(feature = "utoipa")]
pub use crate::__errorbook_utoipa as utoipa;

#[cfg(feature = "client")]
pub use crate::{__errorbook_decode as decode, __errorbook_nothing as without_client};
#[cfg(not(feature = "client"))]
pub use crate::{__errorbook_never_run as without_client, __errorbook_nothing as decode};

pub use crate::__errorbook_places as places;
pub use crate::__errorbook_schemas as schemas;
pub use crate::api_error::{ApiError, Catalogued, held};
#[cfg(any(feature = "schemars", feature = "utoipa"))]
pub use crate::book::typed::{SchemaByNothing, SchemaByUtoipa, SchemaProbe};
#[cfg(feature = "client")]
pub use crate::client::{Found, Member, made_of, plain, waited};
pub use crate::codes::{
    CodeEnum, Coded, Declared, NoCodes, UnknownCode, code_from, code_is, has_codes, read_code, spec_of_code,
    text_of_code,
};
pub use crate::const_checks::{
    Codes, Merged, check_filled, check_held, check_omitted_code, check_omitted_link, check_shared_code,
    check_spread, count_codes, merge, select, selection,
};
pub use crate::envelope::{Envelope, NO_ENVELOPE, Node, Part, PreparedBodies, Slot, envelope};
pub use crate::observe::{Logged, LoggedByDisplay, LoggedByNothing, Probe};
pub use crate::render::field::{
    AnyHeader, ByTraits, Header, Wait, counts_as_the_field_says, display_is_the_message, displayed,
    formatted, reads_as, serialized, waits_as_the_field_says,
};
pub use crate::render::look::Look;
pub use crate::render::made::{made, made_header, write_header};
pub use crate::render::message::MessageOf;
pub use crate::retry::RetryWhen;
pub use crate::retry::written::{WrittenRule, WrittenWait};
pub use crate::spec::{
    Act, Catalog, ErrorSpec, FieldSpec, HeaderSpec, Level, MessageSource, MetaValue, MoreSpec, Nested,
    SchemaOf, row,
};
