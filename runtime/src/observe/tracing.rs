//! The event of an error, by the crate `tracing`.

use tracing::Level as At;

use super::{Because, Logged, Record, causes};
use crate::api_error::ApiError;
use crate::context::Context;
use crate::spec::{ErrorSpec, Level};

/// One event with the target `errorbook`, at the level of the error.
pub(super) fn record(error: &dyn ApiError, spec: &'static ErrorSpec, record: Record<'_>) {
    let Record { status, request_id, because } = record;
    let logged = because.map_or_else(|| error.__errorbook_logged(), Because::logged);
    let level = if let Some(Because::Panic(_)) = because { Level::Error } else { spec.log() };
    // A level is a constant of each event, so there is an event for each level.
    macro_rules! event {
        ($level:expr) => {
            if tracing::event_enabled!(target: "errorbook", $level) {
                let ambient = if request_id.is_none() { Context::current() } else { None };
                let request_id = request_id.or(ambient.as_ref().and_then(Context::request_id));
                tracing::event!(
                    target: "errorbook",
                    $level,
                    error.r#type = spec.code(),
                    http.response.status_code = status.map(|status| status.as_u16()),
                    request_id,
                    error.message = logged.says_anything().then(|| tracing::field::display(logged)),
                    error.causes = told_causes(logged),
                    "{}",
                    spec.title(),
                )
            }
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

/// The causes, the nearest first, between colons; `None` where there are none.
fn told_causes(logged: Logged<'_>) -> Option<String> {
    let causes: Vec<_> = causes(logged).collect();
    (!causes.is_empty()).then(|| causes.join(": "))
}
