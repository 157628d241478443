//! Two contracts as hard as those in the wild, each declared once and without detours: one in which a code has many
//! meanings, and one with numbers, nulls, camelCase and a `type` on every error.

use std::time::Duration;

use errorbook::{ApiError, Envelope, FieldError, FieldErrors, envelope};

use http::StatusCode;

use crate::support::header;

/// The first: a payment switch. Codes in a case of their own, with the family in front; one code says "invalid data" in
/// twenty ways.
mod switch {
    use super::*;

    pub(super) const SWITCH: Envelope = envelope!({
        "error": { "type": meta.kind, "code": code, "message": message, ..details, "link": docs_url? }
    });

    /// What went wrong with a payment.
    #[expect(dead_code, reason = "twenty errors of one code, of which a few are answered here")]
    #[derive(Debug, thiserror::Error, ApiError)]
    #[api(
        envelope = SWITCH,
        rename_all = "SCREAMING_SNAKE_CASE",
        shared_codes("IR_06"),
        meta(kind = "invalid_request"),
        docs = "https://docs.example/errors#{code}",
        retry = "none",
        log = "info"
    )]
    pub(super) enum SwitchError {
        #[error("no key")]
        #[api(
            status = StatusCode::UNAUTHORIZED,
            code = "IR_01",
            message = "API key not provided or invalid.",
            header("WWW-Authenticate", "Bearer realm=\"{code}\"")
        )]
        NoKey,
        #[error("missing {field}")]
        #[api(status = 400, code = "IR_04", message = "Missing required param: {field}.")]
        MissingField {
            #[api(detail)]
            field: &'static str,
        },
        #[error("{connector} is down: {source}")]
        #[api(
            status = 503,
            code = "CE_00",
            message = "{connector} does not answer.",
            meta(kind = "connector"),
            retry = "after 5s, once, if idempotent",
            log = "error"
        )]
        ConnectorDown {
            #[api(detail)]
            connector: String,
            source: std::io::Error,
        },
        #[error("in {step}: {error}")]
        #[api(message = "At step `{step}`: {error}")]
        Held {
            step: u8,
            #[api(transparent)]
            error: CardError,
        },
        #[error("amount")]
        #[api(status = 400, code = "IR_06", message = "The amount is not valid.")]
        Amount,
        #[error("currency")]
        #[api(status = 400, code = "IR_06", message = "The currency is not valid.")]
        Currency,
        #[error("country")]
        #[api(status = 400, code = "IR_06", message = "The country is not valid.")]
        Country,
        #[error("email")]
        #[api(status = 400, code = "IR_06", message = "The email is not valid.")]
        Email,
        #[error("phone")]
        #[api(status = 400, code = "IR_06", message = "The phone number is not valid.")]
        Phone,
        #[error("name")]
        #[api(status = 400, code = "IR_06", message = "The name is not valid.")]
        Name,
        #[error("card")]
        #[api(status = 400, code = "IR_06", message = "The card number is not valid.")]
        Card,
        #[error("expiry month")]
        #[api(status = 400, code = "IR_06", message = "The expiry month is not valid.")]
        ExpiryMonth,
        #[error("expiry year")]
        #[api(status = 400, code = "IR_06", message = "The expiry year is not valid.")]
        ExpiryYear,
        #[error("cvc")]
        #[api(status = 400, code = "IR_06", message = "The security code is not valid.")]
        Cvc,
        #[error("iban")]
        #[api(status = 400, code = "IR_06", message = "The IBAN is not valid.")]
        Iban,
        #[error("bic")]
        #[api(status = 400, code = "IR_06", message = "The BIC is not valid.")]
        Bic,
        #[error("date")]
        #[api(status = 400, code = "IR_06", message = "The date is not valid.")]
        Date,
        #[error("time zone")]
        #[api(status = 400, code = "IR_06", message = "The time zone is not valid.")]
        TimeZone,
        #[error("url")]
        #[api(status = 400, code = "IR_06", message = "The URL is not valid.")]
        Url,
        #[error("locale")]
        #[api(status = 400, code = "IR_06", message = "The locale is not valid.")]
        Locale,
        #[error("mandate")]
        #[api(status = 400, code = "IR_06", message = "The mandate is not valid.")]
        Mandate,
        #[error("refund")]
        #[api(status = 400, code = "IR_06", message = "The refund is not valid.")]
        Refund,
        #[error("split")]
        #[api(status = 400, code = "IR_06", message = "The split is not valid.")]
        Split,
        #[error("webhook")]
        #[api(status = 400, code = "IR_06", message = "The webhook is not valid.")]
        Webhook,
    }

    #[derive(Debug, thiserror::Error, ApiError)]
    #[api(rename_all = "SCREAMING_SNAKE_CASE", meta(kind = "processing"))]
    pub(super) enum CardError {
        #[error("declined by the bank, reason {reason}")]
        #[api(status = 402, code = "CE_02", message = "The card was declined.")]
        Declined {
            #[api(detail = "decline_code")]
            reason: &'static str,
        },
    }
}

use switch::{CardError, SwitchError};

#[test]
fn a_code_of_twenty_meanings_is_one_code_with_twenty_texts() {
    let shared: Vec<_> = SwitchError::catalog().get("IR_06").collect();
    assert_eq!(shared.len(), 20);
    assert_eq!(SwitchError::catalog().shared_codes(), ["IR_06"]);
    assert_eq!(
        SwitchError::Iban.to_response().body(),
        concat!(
            r#"{"error":{"type":"invalid_request","code":"IR_06","message":"The IBAN is not valid.","#,
            r#""link":"https://docs.example/errors#IR_06"}}"#
        )
    );
}

#[test]
fn what_most_errors_share_is_said_once_and_some_say_otherwise() {
    let no_key = SwitchError::NoKey.to_response();
    assert_eq!(header(&no_key, "www-authenticate"), Some("Bearer realm=\"IR_01\""));
    let down = SwitchError::ConnectorDown {
        connector: "acme".into(),
        source: std::io::Error::other("postgres://switch:hunter2@db"),
    };
    let response = down.to_response();
    assert_eq!(header(&response, "retry-after"), Some("5"));
    assert_eq!(
        response.body(),
        concat!(
            r#"{"error":{"type":"connector","code":"CE_00","message":"acme does not answer.","connector":"acme","#,
            r#""link":"https://docs.example/errors#CE_00"}}"#
        )
    );
    let missing = SwitchError::MissingField { field: "amount" };
    assert_eq!(missing.message(), "Missing required param: amount.");
    assert!(!missing.retry().is_retryable());
}

#[test]
fn a_held_error_answers_in_the_holders_words() {
    let held = SwitchError::Held { step: 3, error: CardError::Declined { reason: "05" } };
    assert_eq!(held.to_string(), "in 3: declined by the bank, reason 05");
    assert_eq!(
        held.to_response().body(),
        concat!(
            r#"{"error":{"type":"processing","code":"CE_02","message":"At step `3`: The card was declined.","#,
            r#""decline_code":"05"}}"#
        )
    );
}

/// The second: a search engine. Numbers beside the codes, members that are `null` where there is nothing, names in
/// camelCase, and a `type` on every error.
mod search {
    use super::*;

    pub(super) const SEARCH: Envelope = envelope!({
        "type": meta.r#type, "errorCode": code, "number": meta.number, "fatal": meta.fatal,
        "message": message, "requestId": request_id, "retryAfterMs": retry_after_ms, ..details
    });

    fn in_millis(took: &Duration) -> u64 {
        u64::try_from(took.as_millis()).unwrap_or(u64::MAX)
    }

    fn joined(range: &(u64, u64)) -> String {
        format!("{}-{}", range.0, range.1)
    }

    #[derive(ApiError)]
    #[api(envelope = SEARCH, rename_all_details = "camelCase", meta(r#type = "invalid_request", fatal = false))]
    pub(super) enum SearchError {
        #[api(status = 404, message = "Index `{index_uid}` not found.", meta(number = 10003))]
        IndexNotFound {
            #[api(detail)]
            index_uid: String,
            #[api(detail, null)]
            near_match: Option<String>,
        },
        #[api(status = 408, message = "The search took too long.", meta(number = 10408, r#type = "internal"))]
        TookTooLong {
            #[api(detail, with = in_millis)]
            took_ms: Duration,
            #[api(detail = "documents", with = joined)]
            range: (u64, u64),
        },
        #[api(
            status = 500,
            message = "The index is corrupt.",
            meta(number = -1, fatal = true, r#type = "internal"),
            retry = "none"
        )]
        Corrupt,
        #[api(status = 429, message = "Slow down.", meta(number = 1.5, r#type = "system"))]
        TooManyRequests {
            #[api(retry_after)]
            wait: Duration,
        },
    }

    pub(super) const ITEMS: Envelope = envelope!([
        { "type": meta.r#type, "errorCode": code, "message": message },
        [for field in details { "at": field.pointer, "why": field.message }]
    ]);
}

use search::SearchError;

#[test]
fn numbers_nulls_and_camel_case_stand_on_the_wire_as_declared() {
    let body = |error: &SearchError| error.body().to_bytes();
    assert_eq!(
        body(&SearchError::IndexNotFound { index_uid: "films".into(), near_match: None }),
        concat!(
            r#"{"type":"invalid_request","errorCode":"index_not_found","number":10003,"fatal":false,"#,
            r#""message":"Index `films` not found.","requestId":null,"retryAfterMs":null,"#,
            r#""indexUid":"films","nearMatch":null}"#
        )
    );
    assert_eq!(
        body(&SearchError::TookTooLong { took_ms: Duration::from_millis(2500), range: (3, 9) }),
        concat!(
            r#"{"type":"internal","errorCode":"took_too_long","number":10408,"fatal":false,"#,
            r#""message":"The search took too long.","requestId":null,"retryAfterMs":null,"#,
            r#""tookMs":2500,"documents":"3-9"}"#
        )
    );
    let corrupt = String::from_utf8(body(&SearchError::Corrupt).to_vec()).unwrap();
    assert!(corrupt.contains(r#""number":-1,"fatal":true"#), "{corrupt}");
    let limited = SearchError::TooManyRequests { wait: Duration::from_millis(1500) };
    let text = String::from_utf8(body(&limited).to_vec()).unwrap();
    assert!(text.contains(r#""number":1.5"#) && text.contains(r#""retryAfterMs":1500"#), "{text}");
    assert_eq!(header(&limited.to_response(), "retry-after"), Some("2"));
}

#[test]
fn a_type_stands_on_every_error() {
    for spec in SearchError::catalog().entries() {
        assert!(spec.meta("type").and_then(errorbook::spec::MetaValue::as_str).is_some(), "{}", spec.code());
    }
}

#[test]
fn a_body_may_be_a_list_with_an_item_for_each_field() {
    #[derive(ApiError)]
    #[api(envelope = search::ITEMS, status = 422, message = "No.", meta(r#type = "invalid_request"))]
    struct InvalidSearch {
        #[api(details)]
        fields: FieldErrors,
    }
    let fields = FieldErrors::from(vec![FieldError::new("/q", "empty", "must not be empty")]);
    assert_eq!(
        InvalidSearch { fields }.to_response().body(),
        concat!(
            r#"[{"type":"invalid_request","errorCode":"invalid_search","message":"No."},"#,
            r#"[{"at":"/q","why":"must not be empty"}]]"#
        )
    );
}
