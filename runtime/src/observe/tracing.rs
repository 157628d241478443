//! The event of an error, by the crate `tracing`.

use std::borrow::Cow;

#[cfg(feature = "tower")]
use http::StatusCode;
use tracing::Level as At;

use super::{Because, Logged, Record};
use crate::api_error::ApiError;
use crate::context;
use crate::one_line::{json_on_one_line, one_line};
use crate::render::Overrides;
use crate::spec::{ErrorSpec, Level};

/// One event with the target `errorbook`, at the level of the error.
pub(super) fn record(error: Option<&dyn ApiError>, spec: &'static ErrorSpec, record: Record<'_>) {
    let Record { status, overrides, because } = record;
    let logged = match (because, error) {
        (Some(because), _) => because.logged(),
        (None, Some(error)) => error.__errorbook_logged(),
        (None, None) => Logged::NOTHING,
    };
    let level = if let Some(Because::Panic(_)) = because { Level::Error } else { spec.log() };
    // A level is a constant of each event, so there is an event for each level. The macro asks for the values only where
    // somebody is to read them: a subscriber, or the crate `log` in its place.
    macro_rules! event {
        ($level:expr) => {
            tracing::event!(
                target: "errorbook",
                $level,
                error.r#type = spec.code(),
                http.response.status_code = status.map(|status| status.as_u16()),
                request_id = told_request_id(overrides),
                context = told_values(overrides).map(tracing::field::display),
                exception.r#type = logged.type_name(),
                exception.message = logged.message(),
                error.causes = told_causes(logged),
                "{}",
                spec.title(),
            )
        };
    }
    match level {
        Level::Off => {}
        Level::Error => event!(At::ERROR),
        Level::Warn => event!(At::WARN),
        Level::Info => event!(At::INFO),
        Level::Debug => event!(At::DEBUG),
        Level::Trace => event!(At::TRACE),
    }
}

/// The request's id, set by hand or ambient.
fn told_request_id(overrides: &Overrides<'_>) -> Option<String> {
    let id = overrides.request_id.as_deref().map(Cow::Borrowed);
    let id = id.or_else(|| context::request_id().map(Cow::Owned))?;
    Some(one_line(&id).into_owned())
}

/// The application's values, set by hand or ambient, as a JSON object; `None` where there are none.
fn told_values(overrides: &Overrides<'_>) -> Option<String> {
    let by_hand = overrides.values.iter().map(|(name, value)| (name.to_string(), value.to_string()));
    let values: serde_json::Map<_, _> =
        context::values().into_iter().chain(by_hand).map(|(name, value)| (name, value.into())).collect();
    (!values.is_empty()).then(|| json_on_one_line(serde_json::Value::Object(values).to_string()))
}

/// One event at `warn`: a mistake of the service, which callers did not see.
#[cfg(feature = "tower")]
pub(super) fn put_over(spec: &'static ErrorSpec, put: StatusCode, sent: StatusCode) {
    tracing::event!(
        target: "errorbook",
        At::WARN,
        error.r#type = spec.code(),
        http.response.status_code = sent.as_u16(),
        request_id = told_request_id(&Overrides::NONE),
        put_over = put.as_u16(),
        "another status was put over an error's answer, which went out with its own",
    );
}

/// The causes, the nearest first, between colons; `None` where there are none.
fn told_causes(logged: Logged<'_>) -> Option<String> {
    let causes = logged.causes();
    (!causes.is_empty()).then(|| causes.join(": "))
}
