//! What an error's status alone says. Takes a status; gives its code, its phrase and its gRPC codes, from one table.
//! (Its default retry rule is [`RetryRule`](crate::retry::RetryRule)'s.)

use http::StatusCode;

/// The reason phrase of a status, which is its default message and title; for a status that has none, the name of its
/// class.
pub(crate) fn reason_phrase(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or(if status.is_client_error() {
        "Client Error"
    } else {
        "Server Error"
    })
}

#[cfg(feature = "tower")]
pub(crate) use table::{code, foreign_grpc_code, grpc_code, named};

#[cfg(feature = "tower")]
mod table {
    use http::StatusCode;

    // gRPC's codes, as its headers spell them.
    const UNKNOWN: &str = "2";
    const INVALID_ARGUMENT: &str = "3";
    const DEADLINE_EXCEEDED: &str = "4";
    const NOT_FOUND: &str = "5";
    const PERMISSION_DENIED: &str = "7";
    const RESOURCE_EXHAUSTED: &str = "8";
    const FAILED_PRECONDITION: &str = "9";
    const ABORTED: &str = "10";
    const UNIMPLEMENTED: &str = "12";
    const INTERNAL: &str = "13";
    const UNAVAILABLE: &str = "14";
    const UNAUTHENTICATED: &str = "16";

    /// What one status says.
    struct Row {
        status: u16,
        code: &'static str,
        /// The gRPC code of a declared error.
        grpc: &'static str,
        /// The gRPC code of a foreign error, one that a framework, a proxy or another middleware made.
        foreign_grpc: &'static str,
    }

    const fn row(status: u16, code: &'static str, grpc: &'static str) -> Row {
        Row { status, code, grpc, foreign_grpc: grpc }
    }

    /// The statuses that have a name; all others have the code of their class. gRPC's codes are those of the same
    /// meaning: gRPC's own mapping from HTTP statuses knows fewer of them.
    #[rustfmt::skip]
    const ROWS: &[Row] = &[
        row(400, "bad_request",                     INVALID_ARGUMENT),
        row(401, "unauthorized",                    UNAUTHENTICATED),
        row(402, "payment_required",                UNKNOWN),
        row(403, "forbidden",                       PERMISSION_DENIED),
        // A declared error had a method, and what that was asked for is missing. To gRPC an unknown path is an unknown
        // method.
        Row { foreign_grpc: UNIMPLEMENTED, ..row(404, "not_found", NOT_FOUND) },
        row(405, "method_not_allowed",              UNKNOWN),
        row(406, "not_acceptable",                  UNKNOWN),
        row(407, "proxy_authentication_required",   UNKNOWN),
        row(408, "request_timeout",                 DEADLINE_EXCEEDED),
        row(409, "conflict",                        ABORTED),
        row(410, "gone",                            UNKNOWN),
        row(411, "length_required",                 UNKNOWN),
        row(412, "precondition_failed",             FAILED_PRECONDITION),
        row(413, "payload_too_large",               RESOURCE_EXHAUSTED),
        row(414, "uri_too_long",                    UNKNOWN),
        row(415, "unsupported_media_type",          UNKNOWN),
        row(416, "range_not_satisfiable",           UNKNOWN),
        row(417, "expectation_failed",              UNKNOWN),
        row(421, "misdirected_request",             UNKNOWN),
        row(422, "unprocessable_entity",            FAILED_PRECONDITION),
        row(423, "locked",                          UNKNOWN),
        row(424, "failed_dependency",               UNKNOWN),
        row(425, "too_early",                       UNKNOWN),
        row(426, "upgrade_required",                UNKNOWN),
        row(428, "precondition_required",           UNKNOWN),
        row(429, "too_many_requests",               UNAVAILABLE),
        row(431, "request_header_fields_too_large", UNKNOWN),
        row(451, "unavailable_for_legal_reasons",   UNKNOWN),
        row(500, "internal_error",                  INTERNAL),
        row(501, "not_implemented",                 UNIMPLEMENTED),
        row(502, "bad_gateway",                     UNAVAILABLE),
        row(503, "service_unavailable",             UNAVAILABLE),
        row(504, "gateway_timeout",                 DEADLINE_EXCEEDED),
        row(505, "http_version_not_supported",      UNKNOWN),
        row(507, "insufficient_storage",            UNKNOWN),
        row(508, "loop_detected",                   UNKNOWN),
        row(511, "network_authentication_required", UNKNOWN),
    ];

    const CLIENT_ERROR: Row = row(0, "client_error", UNKNOWN);
    const SERVER_ERROR: Row = row(0, "server_error", UNKNOWN);

    fn of(status: StatusCode) -> &'static Row {
        let of_class = if status.is_client_error() { &CLIENT_ERROR } else { &SERVER_ERROR };
        ROWS.iter().find(|row| row.status == status.as_u16()).unwrap_or(of_class)
    }

    /// The statuses that have a name, in their order.
    pub(crate) fn named() -> impl Iterator<Item = StatusCode> {
        ROWS.iter().filter_map(|row| StatusCode::from_u16(row.status).ok())
    }

    /// The code of a foreign error.
    pub(crate) fn code(status: StatusCode) -> &'static str {
        of(status).code
    }

    /// The gRPC code of a declared error.
    pub(crate) fn grpc_code(status: StatusCode) -> &'static str {
        of(status).grpc
    }

    /// The gRPC code of a foreign error.
    pub(crate) fn foreign_grpc_code(status: StatusCode) -> &'static str {
        of(status).foreign_grpc
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use crate::status::reason_phrase;

        #[test]
        fn codes_are_the_reason_phrases_in_snake_case() {
            for row in ROWS {
                let status = StatusCode::from_u16(row.status).unwrap();
                let phrase = reason_phrase(status).to_lowercase().replace([' ', '-'], "_");
                let phrase = phrase.replace("internal_server_error", "internal_error");
                assert_eq!(row.code, phrase, "{status}");
            }
        }

        #[test]
        fn a_status_without_a_row_has_the_code_of_its_class() {
            let code = |number| code(StatusCode::from_u16(number).unwrap());
            assert_eq!((code(499), code(599), code(999)), ("client_error", "server_error", "server_error"));
        }

        #[test]
        fn an_unknown_path_is_an_unknown_method_to_grpc() {
            let both = |status| (grpc_code(status), foreign_grpc_code(status));
            assert_eq!(both(StatusCode::NOT_FOUND), (NOT_FOUND, UNIMPLEMENTED));
            assert_eq!(both(StatusCode::CONFLICT), (ABORTED, ABORTED));
        }
    }
}
