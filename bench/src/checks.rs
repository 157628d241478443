//! What each participant must say, worked out apart from all of them. Nothing is measured that was not checked,
//! with the inputs of the tables and with others, so that no participant wins by answering less.

use std::fmt::Debug;
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use serde_json::{Value, json};

use crate::failure::{CASES, Failure, FieldError};
use crate::participants::{ALL, Format, Participant};

/// Checks every participant with every input.
///
/// # Errors
///
/// Tells the first thing that is not as it should be.
pub fn check_all() -> Result<(), String> {
    let inputs = CASES.map(|case| (case.failure, case.request_id));
    for participant in ALL {
        for (failure, request_id) in inputs.iter().chain(MORE_INPUTS) {
            let response = (participant.respond)(failure, *request_id);
            check(participant, failure, *request_id, &response).map_err(|wrong| {
                format!("{}: {wrong}\n  at {failure:?}, {request_id:?}\n  {response:?}", participant.name)
            })?;
        }
    }
    Ok(())
}

/// Checks that nobody makes more allocations than promised. `counts` has a line of allocations and reallocations
/// for each participant in each case.
///
/// # Errors
///
/// Names the first one that does.
pub fn check_allocations(counts: &[Vec<f64>]) -> Result<(), String> {
    let mut counts = counts.iter();
    for (index, case) in CASES.iter().enumerate() {
        for (participant, counted) in ALL.iter().zip(&mut counts) {
            let Some(most) = participant.most_allocations.map(|most| f64::from(most[index])) else {
                continue;
            };
            if counted[0] > most || counted[1] > 0.0 {
                return Err(format!(
                    "{}, {}: {} allocations and {} reallocations, where {most} and 0 are the most",
                    participant.name, case.name, counted[0], counted[1],
                ));
            }
        }
    }
    Ok(())
}

/// Beside the inputs of the tables: other lengths, every character that JSON escapes, characters that it does
/// not, a request id on each failure, and waits of one to five digits.
const MORE_INPUTS: &[(Failure, Option<&str>)] = &[
    (Failure::NotFound, Some("")),
    (Failure::NotFound, Some("a\"b\\c\u{1}")),
    (Failure::InsufficientCredits { need: 0, have: u64::MAX }, None),
    (Failure::InsufficientCredits { need: 7, have: 1234 }, Some("req_1")),
    (Failure::RateLimited { wait: Duration::from_secs(1) }, None),
    (Failure::RateLimited { wait: Duration::from_secs(100) }, None),
    (Failure::RateLimited { wait: Duration::from_secs(86_399) }, Some("req_2\n")),
    (Failure::QuotaExceeded { limit: 12_345, wait: Duration::from_secs(1) }, Some("req_4")),
    (Failure::Invalid { title: "", fields: &[FieldError { field: "", problem: "" }] }, Some("req_3")),
    (
        Failure::Invalid {
            title: "\0\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\t\n\u{b}\u{c}\r\u{e}\u{f}\u{10}\u{11}\u{12}\u{13}\
                    \u{14}\u{15}\u{16}\u{17}\u{18}\u{19}\u{1a}\u{1b}\u{1c}\u{1d}\u{1e}\u{1f} !\"#/[\\]\u{7f}",
            fields: &[
                FieldError { field: "plain", problem: "of more than sixteen plain bytes, then a tab:\t" },
                FieldError { field: "ü\u{2028}🦀", problem: "\\" },
                FieldError { field: "\"", problem: "\"0123456789abcdef0123456789abcdef\"" },
            ],
        },
        None,
    ),
];

fn check(
    participant: &Participant,
    failure: &Failure,
    request_id: Option<&str>,
    response: &Response<Bytes>,
) -> Result<(), String> {
    let format = participant.format;
    expect("status", response.status().as_u16(), status(format, failure))?;
    let problem = matches!(format, Format::Problem | Format::MasterrorProblem);
    let content_type = if problem { "application/problem+json" } else { "application/json" };
    expect("content type", header(response, "content-type"), Some(content_type))?;
    let wait = match failure {
        Failure::RateLimited { wait } | Failure::QuotaExceeded { wait, .. } => {
            Some(wait.as_secs().to_string())
        }
        _ => None,
    };
    expect("Retry-After", header(response, "retry-after"), wait.as_deref())?;
    expect("number of headers", response.headers().len(), 1 + usize::from(wait.is_some()))?;

    let nested = nested_body(failure, request_id);
    if format == Format::Nested {
        return expect("body", response.body(), &Bytes::from(nested));
    }
    let parse = |body: &[u8]| serde_json::from_slice::<Value>(body).map_err(|error| error.to_string());
    let body = parse(response.body())?;
    let nested = parse(nested.as_bytes())?;
    let error = &nested["error"];
    let details = error.get("details");
    match format {
        Format::Nested | Format::NestedInAnyOrder => expect("body", &body, &nested),
        Format::MessageOnly => expect("body", body, json!({ "message": error["message"] })),
        Format::Problem => {
            let kind = format!("https://example.com/problems/{}", error["code"].as_str().unwrap_or_default());
            expect("type", &body["type"], &json!(kind))?;
            expect("status member", &body["status"], &json!(failure.status()))?;
            expect("title", body["title"].as_str(), response.status().canonical_reason())?;
            expect("detail", &body["detail"], &error["message"])?;
            expect("request id", body.get("request_id"), error.get("request_id"))?;
            match details {
                Some(Value::Object(figures)) => {
                    figures.iter().try_for_each(|(name, figure)| expect(name, body.get(name), Some(figure)))
                }
                _ => expect("errors", body.get("errors"), details),
            }
        }
        Format::MasterrorProblem => {
            let metadata = body.get("metadata").unwrap_or(&Value::Null);
            let code = error["code"].as_str().unwrap_or_default().to_uppercase();
            let code = match failure {
                Failure::RateLimited { .. } => "RATE_LIMITED",
                Failure::Invalid { .. } => "VALIDATION",
                _ => &code,
            };
            expect("code", body["code"].as_str(), Some(code))?;
            expect("status member", &body["status"], &json!(response.status().as_u16()))?;
            expect("detail", &body["detail"], &error["message"])?;
            expect("request id", metadata.get("request_id"), error.get("request_id"))?;
            match details {
                Some(Value::Object(figures)) => figures
                    .iter()
                    .try_for_each(|(name, figure)| expect(name, metadata.get(name), Some(figure))),
                _ => expect("details", body.get("details"), details),
            }
        }
    }
}

fn status(format: Format, failure: &Failure) -> u16 {
    match (format, failure) {
        // None of its categories is a 402.
        (Format::MasterrorProblem, Failure::InsufficientCredits { .. }) => 400,
        _ => failure.status(),
    }
}

/// The body in the nested envelope, put together from what `serde_json` makes of each value alone.
fn nested_body(failure: &Failure, request_id: Option<&str>) -> String {
    let (code, message, details) = match failure {
        Failure::NotFound => ("not_found", "No story has this id.".to_owned(), None),
        Failure::InsufficientCredits { need, have } => (
            "insufficient_credits",
            format!("Insufficient credits: need {need}, have {have} remaining."),
            Some(format!(r#"{{"need":{need},"have":{have}}}"#)),
        ),
        Failure::RateLimited { .. } => {
            ("rate_limit_exceeded", "Too many requests: wait before you try again.".to_owned(), None)
        }
        Failure::QuotaExceeded { limit, .. } => (
            "quota_exceeded",
            format!("The limit of {limit} requests is used up: wait before you try again."),
            None,
        ),
        Failure::Invalid { title, fields } => {
            let fields: Vec<_> = fields
                .iter()
                .map(|field| {
                    format!(r#"{{"field":{},"problem":{}}}"#, json!(field.field), json!(field.problem))
                })
                .collect();
            (
                "validation_failed",
                format!("The story \"{title}\" cannot be saved."),
                Some(format!("[{}]", fields.join(","))),
            )
        }
    };
    let request_id = request_id.map_or_else(String::new, |id| format!(r#","request_id":{}"#, json!(id)));
    let details = details.map_or_else(String::new, |details| format!(r#","details":{details}"#));
    format!(r#"{{"error":{{"code":"{code}","message":{}{request_id}{details}}}}}"#, json!(message))
}

fn header<'a>(response: &'a Response<Bytes>, name: &str) -> Option<&'a str> {
    response.headers().get(name).and_then(|value| value.to_str().ok())
}

fn expect<T: PartialEq + Debug>(what: &str, found: T, expected: T) -> Result<(), String> {
    match (found, expected) {
        (found, expected) if found == expected => Ok(()),
        (found, expected) => Err(format!("{what} is {found:?}, not {expected:?}")),
    }
}
