//! The error that stands for a status alone: for responses that no declared error made, like a framework's own
//! 404. Its code and message follow from the status.

use std::sync::OnceLock;

use http::StatusCode;

use crate::api_error::ApiError;
use crate::envelope::PreparedBodies;
use crate::render::field::ByTraits;
use crate::render::look::{Declared, Look};
use crate::spec::{ErrorSpec, reason_phrase, row};

/// The codes of the statuses that have a name; all others have that of their class.
#[rustfmt::skip]
pub(crate) const CODES: &[(u16, &str)] = &[
    (400, "bad_request"), (401, "unauthorized"), (402, "payment_required"), (403, "forbidden"),
    (404, "not_found"), (405, "method_not_allowed"), (406, "not_acceptable"),
    (407, "proxy_authentication_required"), (408, "request_timeout"), (409, "conflict"), (410, "gone"),
    (411, "length_required"), (412, "precondition_failed"), (413, "payload_too_large"), (414, "uri_too_long"),
    (415, "unsupported_media_type"), (416, "range_not_satisfiable"), (417, "expectation_failed"),
    (421, "misdirected_request"), (422, "unprocessable_entity"), (423, "locked"), (424, "failed_dependency"),
    (425, "too_early"), (426, "upgrade_required"), (428, "precondition_required"), (429, "too_many_requests"),
    (431, "request_header_fields_too_large"), (451, "unavailable_for_legal_reasons"),
    (500, "internal_error"), (501, "not_implemented"), (502, "bad_gateway"), (503, "service_unavailable"),
    (504, "gateway_timeout"), (505, "http_version_not_supported"), (507, "insufficient_storage"),
    (508, "loop_detected"), (511, "network_authentication_required"),
];

/// What stands for one status: with the reason phrase as the message, and with a message of its own.
struct Row {
    by_phrase: Declared,
    by_text: Declared,
}

impl Row {
    fn of(status: StatusCode) -> &'static Self {
        static ROWS: [OnceLock<Box<Row>>; 200] = [const { OnceLock::new() }; 200];
        static NO_ERROR: OnceLock<Box<Row>> = OnceLock::new();
        let row = usize::from(status.as_u16()).checked_sub(400).and_then(|index| ROWS.get(index));
        row.unwrap_or(&NO_ERROR).get_or_init(|| Box::new(Self::new(status)))
    }

    fn new(status: StatusCode) -> Self {
        let number = status.as_u16();
        let of_class = if status.is_client_error() { "client_error" } else { "server_error" };
        let code = CODES.iter().find(|(known, _)| *known == number).map_or(of_class, |(_, code)| code);
        let spec = |more| ErrorSpec {
            name: "",
            code,
            status: number,
            title: reason_phrase(status),
            message: "",
            more,
        };
        // There are a few hundred statuses at the most, each made once.
        let declared = |more| Declared {
            spec: Box::leak(Box::new(spec(more))),
            bodies: Box::leak(Box::new(PreparedBodies::new())),
        };
        Self { by_phrase: declared(row::REASON_PHRASE), by_text: declared(row::DISPLAY) }
    }
}

/// An error of which nothing is known but its status, and perhaps a text for callers.
pub(crate) struct StatusError {
    pub(crate) status: StatusCode,
    pub(crate) text: Option<String>,
}

impl ApiError for StatusError {
    fn __errorbook_look(&self, look: &mut Look<'_>) {
        let row = Row::of(self.status);
        match &self.text {
            Some(text) => look.see(row.by_text, &[&ByTraits::NOTHING.shown(text)]),
            None => look.see(row.by_phrase, &[]),
        }
    }

    fn __errorbook_erased(&self) -> &dyn ApiError {
        self
    }
}
