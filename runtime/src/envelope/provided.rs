//! The envelopes that many services share, so that theirs is one word. Each is written as a user would write it.

use errorbook_macros::envelope;

use super::Envelope;

/// The error in a member of its own: the default.
///
/// ```
/// # use errorbook::ApiError;
/// # #[derive(ApiError)]
/// # #[api(status = 402, code = "insufficient_credits", message = "Out of credits.")]
/// # struct OutOfCredits { #[api(detail)] need: u64 }
/// # let error = OutOfCredits { need: 10 };
/// # let body = error.body().with_request_id("req_01hq").with_envelope(&errorbook::envelope::NESTED).to_bytes();
/// # assert_eq!(body, concat!(
/// r#"{"error":{"code":"insufficient_credits","message":"Out of credits.","#,
/// r#""request_id":"req_01hq","details":{"need":10}}}"#
/// # ));
/// ```
pub const NESTED: Envelope = envelope!(crate = crate, {
    "error": { "code": code, "message": message, "request_id": request_id?, "details": details? }
});

/// The members of [`NESTED`], without the one around them.
///
/// ```
/// # use errorbook::ApiError;
/// # #[derive(ApiError)]
/// # #[api(status = 402, code = "insufficient_credits", message = "Out of credits.")]
/// # struct OutOfCredits { #[api(detail)] need: u64 }
/// # let error = OutOfCredits { need: 10 };
/// # let body = error.body().with_request_id("req_01hq").with_envelope(&errorbook::envelope::FLAT).to_bytes();
/// # assert_eq!(body, concat!(
/// r#"{"code":"insufficient_credits","message":"Out of credits.","#,
/// r#""request_id":"req_01hq","details":{"need":10}}"#
/// # ));
/// ```
pub const FLAT: Envelope = envelope!(crate = crate, {
    "code": code, "message": message, "request_id": request_id?, "details": details?
});

/// Problem details, `application/problem+json`:
/// [RFC 9457 section 3](https://www.rfc-editor.org/rfc/rfc9457#section-3).
///
/// `type` is the error's `docs` link. Without one it is left out, which says `about:blank`, and the title is the phrase of
/// the status (section 4.2.1): readers who know nothing but the RFC then take the status for all that is known, so give
/// the enum a `docs` link. The code, the request id and the details are extensions (section 3.2).
///
/// ```
/// # use errorbook::ApiError;
/// # #[derive(ApiError)]
/// # #[api(status = 402, code = "insufficient_credits", title = "Insufficient credits", message = "Out of credits.",
/// #       docs = "https://docs.example/errors#{code}")]
/// # struct OutOfCredits { #[api(detail)] need: u64 }
/// # let error = OutOfCredits { need: 10 };
/// # let body = error.body().with_request_id("req_01hq").with_envelope(&errorbook::envelope::PROBLEM).to_bytes();
/// # assert_eq!(body, concat!(
/// r#"{"type":"https://docs.example/errors#insufficient_credits","title":"Insufficient credits","status":402,"#,
/// r#""detail":"Out of credits.","code":"insufficient_credits","request_id":"req_01hq","need":10}"#
/// # ));
/// ```
///
/// Field errors are the member `errors`, as in the example of section 3: one object each, whose `pointer` is a URI
/// fragment. [Why, and how to write one of your own](macro@crate::envelope#problem-details).
///
/// ```
/// use errorbook::{ApiError, FieldError, FieldErrors};
///
/// #[derive(ApiError)]
/// #[api(envelope = errorbook::envelope::PROBLEM, status = 422, message = "Some fields are not right.")]
/// struct InvalidRequest(#[api(details)] FieldErrors);
///
/// let age = FieldError::new("/age", "out_of_range", "must be a positive integer");
/// assert_eq!(
///     InvalidRequest(FieldErrors::from(vec![age])).body().to_bytes(),
///     concat!(
///         r#"{"title":"Unprocessable Entity","status":422,"detail":"Some fields are not right.","#,
///         r##""code":"invalid_request","errors":[{"detail":"must be a positive integer","pointer":"#/age","##,
///         r#""code":"out_of_range"}]}"#,
///     ),
/// );
/// ```
///
/// A list that is something else is the member `details`; a detail cannot be called `errors` itself.
pub const PROBLEM: Envelope = envelope!(crate = crate, "application/problem+json", {
    "type": docs_url?, "title": problem_title, "status": status?, "detail": message,
    "code": code, "request_id": request_id?,
    "errors": [
        for field in details { "detail": field.message, "pointer": field.fragment, "code": field.code }
    ]?,
    ..details
});

/// JSON:API errors, `application/vnd.api+json`:
/// [JSON:API 1.1, Error Objects](https://jsonapi.org/format/1.1/#error-objects).
///
/// Its `id` is the request id, which names this occurrence of the problem; the link `type` leads to what is said of its
/// kind, which is the error's `docs` link; `meta` has the details.
///
/// ```
/// # use errorbook::ApiError;
/// # #[derive(ApiError)]
/// # #[api(status = 402, code = "insufficient_credits", title = "Insufficient credits", message = "Out of credits.",
/// #       docs = "https://docs.example/errors#{code}")]
/// # struct OutOfCredits { #[api(detail)] need: u64 }
/// # let error = OutOfCredits { need: 10 };
/// # let body = error.body().with_request_id("req_01hq").with_envelope(&errorbook::envelope::JSON_API).to_bytes();
/// # assert_eq!(body, concat!(
/// r#"{"errors":[{"id":"req_01hq","links":{"type":"https://docs.example/errors#insufficient_credits"},"#,
/// r#""status":"402","code":"insufficient_credits","title":"Insufficient credits","detail":"Out of credits.","#,
/// r#""meta":{"need":10}}]}"#
/// # ));
/// ```
///
/// There is one error in the list, unless there are field errors: then it is one for each, with what is wrong as its
/// `detail`, and the field error's code and the error's message in `meta`.
///
/// ```
/// use errorbook::{ApiError, FieldError, FieldErrors};
///
/// #[derive(ApiError)]
/// #[api(envelope = errorbook::envelope::JSON_API, status = 422, message = "Some fields are not right.")]
/// struct InvalidRequest(#[api(details)] FieldErrors);
///
/// let age = FieldError::new("/age", "out_of_range", "must be a positive integer");
/// assert_eq!(
///     InvalidRequest(FieldErrors::from(vec![age])).body().to_bytes(),
///     concat!(
///         r#"{"errors":[{"status":"422","code":"invalid_request","title":"Invalid request","#,
///         r#""detail":"must be a positive integer","source":{"pointer":"/age"},"#,
///         r#""meta":{"field_code":"out_of_range","message":"Some fields are not right."}}]}"#,
///     ),
/// );
/// ```
pub const JSON_API: Envelope = envelope!(crate = crate, "application/vnd.api+json", {
    "errors": [
        for field in details {
            "id": request_id?, "links": { "type": docs_url? }?, "status": status_string?,
            "code": code, "title": title, "detail": field.message, "source": { "pointer": field.pointer },
            "meta": { "field_code": field.code, "message": message }
        } else {
            "id": request_id?, "links": { "type": docs_url? }?, "status": status_string?,
            "code": code, "title": title, "detail": message, "meta": { ..details }?
        }
    ]
});
