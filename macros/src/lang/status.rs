//! Takes a number, or the name of a constant of `http::StatusCode`; gives the number of an error status, or the reason why
//! it is none. `status = none` is the caller's.

use super::Reason;
use super::words::{did_you_mean, nearest, quoted};

pub(crate) const RANGE: &str = "error statuses are 400 to 599";

/// What to say to who would compute one.
pub(crate) const WHY: &str = "callers and the documentation tell the status from the code: errors with other statuses are \
                              variants of their own";

/// A number as it is written. Any of the range will do, registered or not: 499 and 520 are in use.
pub(crate) fn from_digits(number: &str) -> Result<u16, Reason> {
    match number.parse() {
        Ok(status @ 400..=599) => Ok(status),
        _ => Err(Reason::new(format!("{number} is not an error status"), RANGE)),
    }
}

/// The number of `http::StatusCode::NAME`.
pub(crate) fn from_name(name: &str) -> Result<u16, Reason> {
    match NAMES.iter().find(|(_, known)| *known == name) {
        Some((status @ 400..=599, _)) => Ok(*status),
        Some((status, _)) => {
            Err(Reason::new(format!("`{name}` is {status}, which is not an error status"), RANGE))
        }
        None => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> Reason {
    let errors = NAMES.iter().filter(|(status, _)| *status >= 400).map(|(_, known)| *known);
    let near = nearest(name, errors.chain(["none"]));
    let reason = Reason::new(
        format!("unknown status {}", quoted(name)),
        did_you_mean(near, || "write the number, as in `status = 402`".to_owned()),
    );
    // It may be meant as a field, or as a constant.
    if near.is_some() { reason } else { reason.with_note(WHY) }
}

/// The constants of `http::StatusCode` (http 1.x); those below 400 only to say that they are no errors.
const NAMES: &[(u16, &str)] = &[
    (100, "CONTINUE"),
    (101, "SWITCHING_PROTOCOLS"),
    (102, "PROCESSING"),
    (103, "EARLY_HINTS"),
    (200, "OK"),
    (201, "CREATED"),
    (202, "ACCEPTED"),
    (203, "NON_AUTHORITATIVE_INFORMATION"),
    (204, "NO_CONTENT"),
    (205, "RESET_CONTENT"),
    (206, "PARTIAL_CONTENT"),
    (207, "MULTI_STATUS"),
    (208, "ALREADY_REPORTED"),
    (226, "IM_USED"),
    (300, "MULTIPLE_CHOICES"),
    (301, "MOVED_PERMANENTLY"),
    (302, "FOUND"),
    (303, "SEE_OTHER"),
    (304, "NOT_MODIFIED"),
    (305, "USE_PROXY"),
    (307, "TEMPORARY_REDIRECT"),
    (308, "PERMANENT_REDIRECT"),
    (400, "BAD_REQUEST"),
    (401, "UNAUTHORIZED"),
    (402, "PAYMENT_REQUIRED"),
    (403, "FORBIDDEN"),
    (404, "NOT_FOUND"),
    (405, "METHOD_NOT_ALLOWED"),
    (406, "NOT_ACCEPTABLE"),
    (407, "PROXY_AUTHENTICATION_REQUIRED"),
    (408, "REQUEST_TIMEOUT"),
    (409, "CONFLICT"),
    (410, "GONE"),
    (411, "LENGTH_REQUIRED"),
    (412, "PRECONDITION_FAILED"),
    (413, "PAYLOAD_TOO_LARGE"),
    (414, "URI_TOO_LONG"),
    (415, "UNSUPPORTED_MEDIA_TYPE"),
    (416, "RANGE_NOT_SATISFIABLE"),
    (417, "EXPECTATION_FAILED"),
    (418, "IM_A_TEAPOT"),
    (421, "MISDIRECTED_REQUEST"),
    (422, "UNPROCESSABLE_ENTITY"),
    (423, "LOCKED"),
    (424, "FAILED_DEPENDENCY"),
    (425, "TOO_EARLY"),
    (426, "UPGRADE_REQUIRED"),
    (428, "PRECONDITION_REQUIRED"),
    (429, "TOO_MANY_REQUESTS"),
    (431, "REQUEST_HEADER_FIELDS_TOO_LARGE"),
    (451, "UNAVAILABLE_FOR_LEGAL_REASONS"),
    (500, "INTERNAL_SERVER_ERROR"),
    (501, "NOT_IMPLEMENTED"),
    (502, "BAD_GATEWAY"),
    (503, "SERVICE_UNAVAILABLE"),
    (504, "GATEWAY_TIMEOUT"),
    (505, "HTTP_VERSION_NOT_SUPPORTED"),
    (506, "VARIANT_ALSO_NEGOTIATES"),
    (507, "INSUFFICIENT_STORAGE"),
    (508, "LOOP_DETECTED"),
    (510, "NOT_EXTENDED"),
    (511, "NETWORK_AUTHENTICATION_REQUIRED"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_and_five_hundreds_are_error_statuses() {
        for number in [400, 402, 451, 499, 500, 520, 599] {
            assert_eq!(from_digits(&number.to_string()), Ok(number));
        }
    }

    #[test]
    fn other_numbers_are_not() {
        let reason = Reason::new("200 is not an error status", "error statuses are 400 to 599");
        assert_eq!(from_digits("200"), Err(reason));
        for number in ["0", "99", "399", "600", "4040", "65936", "99999999999999999999999"] {
            assert!(from_digits(number).is_err(), "{number}");
        }
    }

    #[test]
    fn names_are_those_of_the_http_crate() {
        assert_eq!(from_name("PAYMENT_REQUIRED"), Ok(402));
        assert_eq!(from_name("IM_A_TEAPOT"), Ok(418));
        assert_eq!(from_name("NETWORK_AUTHENTICATION_REQUIRED"), Ok(511));
    }

    #[test]
    fn a_misspelt_name_gets_the_nearest() {
        let reason = Reason::new("unknown status `PAYMENT_REQUIERD`", "did you mean `PAYMENT_REQUIRED`?");
        assert_eq!(from_name("PAYMENT_REQUIERD"), Err(reason));
        assert_eq!(from_name("NotFound").unwrap_err().help, "did you mean `NOT_FOUND`?");
        assert_eq!(from_name("non").unwrap_err().help, "did you mean `none`?");
    }

    #[test]
    fn a_name_that_is_near_none_asks_for_the_number() {
        for (name, wrong) in [
            ("OUT_OF_CREDITS", "unknown status `OUT_OF_CREDITS`"),
            ("status_code", "unknown status `status_code`"),
        ] {
            let reason = Reason::new(wrong, "write the number, as in `status = 402`").with_note(WHY);
            assert_eq!(from_name(name), Err(reason));
        }
        assert!(from_name("").is_err());
    }

    #[test]
    fn the_name_of_a_success_is_no_error_status() {
        let reason =
            Reason::new("`OK` is 200, which is not an error status", "error statuses are 400 to 599");
        assert_eq!(from_name("OK"), Err(reason));
        assert!(from_name("NOT_MODIFIED").unwrap_err().wrong.contains("304"));
    }

    #[test]
    fn numbers_have_their_names_back() {
        for &(status, known) in NAMES {
            assert_eq!(from_name(known).is_ok(), status >= 400, "{known}");
        }
    }
}
