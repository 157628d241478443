//! What else may come in place of an error's body: there is always a failure that says what is known.

use std::fmt::Write;

use errorbook::ApiError;
use errorbook::client::{Failure, Flaw, Reader};
use errorbook::envelope::{FLAT, JSON_API, PROBLEM};
use errorbook::retry::{Attempt, RetryRule, RetryWhen};
use http::StatusCode;

use crate::common::response;

#[derive(Debug, ApiError)]
#[expect(dead_code, reason = "only its code is sent")]
enum Fault {
    #[api(status = 404, code = "not_found", message = "No such story.")]
    NotFound,
    #[api(status = 402, code = "out_of_credits", message = "Need {need}.")]
    OutOfCredits {
        #[api(detail)]
        need: u64,
    },
    #[api(status = 503, code = "overloaded", message = "Busy.", retry = "after 30s..60s, always")]
    Overloaded,
    #[api(status = 409, code = "busy", message = "Twice.", retry = "none")]
    Busy,
    #[api(status = 429, code = "once", message = "Slow down.", retry = "backoff, once, always")]
    Once,
}

fn read(status: u16, body: impl AsRef<[u8]>) -> Failure<Fault> {
    Failure::read(&response(status, body.as_ref()))
}

/// Body; flaw, code, message.
type Case = (&'static [u8], Option<Flaw>, Option<&'static str>, Option<&'static str>);

#[test]
fn an_odd_body_says_what_it_has() {
    let cases: &[Case] = &[
        (b"", Some(Flaw::Empty), None, None),
        (b" \r\n\t", Some(Flaw::Empty), None, None),
        (b"\xef\xbb\xbf", Some(Flaw::Empty), None, None),
        (b"<html><h1>502 Bad Gateway</h1></html>", Some(Flaw::NotJson), None, None),
        (b"upstream connect error", Some(Flaw::NotJson), None, None),
        (b"null", Some(Flaw::OtherShape), None, None),
        (b"\"text\"", Some(Flaw::OtherShape), None, None),
        (b"17", Some(Flaw::OtherShape), None, None),
        (b"{}", Some(Flaw::OtherShape), None, None),
        (b"[]", Some(Flaw::OtherShape), None, None),
        (b"[[]]", Some(Flaw::OtherShape), None, None),
        (br#"{"error":null}"#, Some(Flaw::OtherShape), None, None),
        (br#"{"error":[]}"#, Some(Flaw::OtherShape), None, None),
        (br#"{"error":17}"#, Some(Flaw::OtherShape), None, None),
        (br#"{"error":{"code":17,"message":[]}}"#, Some(Flaw::OtherShape), None, None),
        (br#"{"error":{"code":{},"message":{"a":1}}}"#, Some(Flaw::OtherShape), None, None),
        (br#"{"error":{"code":"busy"}}"#, Some(Flaw::OtherShape), Some("busy"), None),
        (br#"{"error":{"message":"m"}}"#, Some(Flaw::OtherShape), None, Some("m")),
        // A byte order mark, and white space around.
        (
            b"\xef\xbb\xbf {\"error\":{\"code\":\"busy\",\"message\":\"m\"}}\r\n",
            None,
            Some("busy"),
            Some("m"),
        ),
        // Something behind the JSON.
        (br#"{"error":{"code":"busy","message":"m"}}<hr>"#, Some(Flaw::NotJson), Some("busy"), Some("m")),
        (br#"{"error":{"code":"busy","message":"m"},}"#, Some(Flaw::NotJson), Some("busy"), Some("m")),
        (br#"{"error":{"code":"busy","message":"m",'x':1}}"#, Some(Flaw::NotJson), Some("busy"), Some("m")),
        // A lone surrogate is no character.
        (br#"{"error":{"code":"busy","message":"\ud800"}}"#, Some(Flaw::NotJson), Some("busy"), None),
        // Cut.
        (b"{", Some(Flaw::Cut), None, None),
        (br#"{"error":{"code":"bu"#, Some(Flaw::Cut), None, None),
        (br#"{"error":{"code":"busy","message":"Tw"#, Some(Flaw::Cut), Some("busy"), None),
        (br#"{"error":{"code":"busy","message":"m""#, Some(Flaw::Cut), Some("busy"), Some("m")),
        (
            br#"{"error":{"code":"busy","message":"m","details":{"a":1"#,
            Some(Flaw::Cut),
            Some("busy"),
            Some("m"),
        ),
        // Invalid UTF-8.
        (
            b"{\"error\":{\"code\":\"busy\",\"message\":\"a\xffb\"}}",
            Some(Flaw::NotUtf8),
            Some("busy"),
            Some("a\u{fffd}b"),
        ),
        (b"\xff\xfe{\0", Some(Flaw::NotUtf8), None, None),
        // Members twice: the first counts.
        (br#"{"error":{"code":"busy","code":"not_found","message":"m"}}"#, None, Some("busy"), Some("m")),
        (
            br#"{"error":{"code":null,"message":null,"code":"busy","message":"m"}}"#,
            None,
            Some("busy"),
            Some("m"),
        ),
        // What others send.
        (br#"{"message":"Forbidden"}"#, Some(Flaw::OtherShape), None, Some("Forbidden")),
        (
            br#"{"error":"invalid_token","error_description":"It expired."}"#,
            Some(Flaw::OtherShape),
            Some("invalid_token"),
            Some("It expired."),
        ),
        (
            br#"{"timestamp":1,"status":404,"error":"Not Found","path":"/"}"#,
            Some(Flaw::OtherShape),
            None,
            Some("Not Found"),
        ),
        (
            br#"{"error":{"type":"quota","message":"m"},"request_id":"r"}"#,
            Some(Flaw::OtherShape),
            Some("quota"),
            Some("m"),
        ),
        (
            br#"{"type":"error","error":{"type":"overloaded_error","message":"m"}}"#,
            Some(Flaw::OtherShape),
            Some("overloaded_error"),
            Some("m"),
        ),
        (
            br#"{"type":"about:blank","title":"Not Found","status":404,"detail":"d"}"#,
            Some(Flaw::OtherShape),
            None,
            Some("d"),
        ),
        (br#"{"title":"Not Found","status":404}"#, Some(Flaw::OtherShape), None, Some("Not Found")),
    ];
    for (body, flaw, code, message) in cases {
        let failure = read(502, body);
        let shown = String::from_utf8_lossy(body);
        assert_eq!(failure.flaw(), *flaw, "{shown}");
        assert_eq!(failure.code(), *code, "{shown}");
        assert_eq!(failure.message(), *message, "{shown}");
        assert_eq!(failure.status(), 502, "{shown}");
        assert!(!failure.to_string().contains(['\n', '\0']), "{shown}");
        assert!(failure.to_string().starts_with("502 "), "{shown}");
    }
}

#[test]
fn a_page_of_a_proxy_is_told_by_how_it_begins() {
    let page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n".to_owned() + &"<p>".repeat(500);
    assert_eq!(
        read(502, page).to_string(),
        "502 Bad Gateway: the body is not JSON, and begins with `<html>\\r\\n<head><title>502 Bad \
         Gateway</title></head>\\r\\n<p><p><p><p><p><p><p><p><p>…`"
    );
    assert_eq!(read(599, "").to_string(), "599: the body is empty");
}

#[test]
fn the_rule_of_an_odd_body_is_that_of_the_status() {
    for body in ["", "<html>", "{", "{}", r#"{"error":"overloaded"}"#, r#"{"message":"not_found"}"#] {
        for status in [404, 429, 500, 502, 503] {
            let rule = RetryRule::for_status(StatusCode::from_u16(status).unwrap());
            assert_eq!(read(status, body).told().rule(), rule, "{status} {body}");
        }
    }
}

#[test]
fn no_error_is_made_of_a_body_that_is_not_whole() {
    let whole = Fault::OutOfCredits { need: 10 }.body().to_bytes();
    for end in 0..whole.len() {
        let failure = read(402, &whole[..end]);
        assert!(failure.error().is_none());
        assert!(failure.flaw().is_some(), "{end}");
        let details = failure.details().map(|details| details.get().to_owned());
        assert!(details.is_none_or(|details| details == r#"{"need":10}"#), "{end}");
    }
    assert_eq!(read(402, &whole).flaw(), None);
}

#[test]
fn of_a_cut_list_of_errors_what_is_whole_is_known() {
    let whole = Fault::NotFound.body().with_envelope(&JSON_API).to_bytes();
    let reader = Reader::<Fault>::new().with_envelope(&JSON_API);
    let failure = reader.read(&response(404, &whole[..whole.len() - 3]));
    assert_eq!(failure.flaw(), Some(Flaw::Cut));
    assert_eq!((failure.code(), failure.message()), (Some("not_found"), Some("Not found")));
}

#[test]
fn a_body_over_the_limit_is_read_up_to_it() {
    let body = format!(r#"{{"error":{{"code":"busy","message":"m","details":"{}"}}}}"#, "ü".repeat(1000));
    let reader = Reader::<Fault>::new();
    assert_eq!(reader.clone().with_max_bytes(body.len()).read(&response(409, body.as_bytes())).flaw(), None);
    for most in 100..104 {
        let reader = reader.clone().with_max_bytes(most);
        let failure = reader.read(&response(409, body.as_bytes()));
        assert_eq!(failure.flaw(), Some(Flaw::TooLarge));
        assert_eq!((failure.code(), failure.message()), (Some("busy"), Some("m")));
        assert!(failure.details().is_none() && failure.error().is_none());
        assert!(failure.body().len() <= most);
    }
    let failure = reader.with_max_bytes(0).read(&response(409, body.as_bytes()));
    assert_eq!((failure.flaw(), failure.status().as_u16()), (Some(Flaw::TooLarge), 409));
}

#[test]
fn ten_megabytes_of_nesting_are_read() {
    let mut body = String::with_capacity(20 << 20);
    body.push_str(r#"{"error":{"code":"busy","message":"m","details":"#);
    let deep = 10 << 20;
    body.extend(std::iter::repeat_n('[', deep));
    body.extend(std::iter::repeat_n(']', deep));
    body.push_str("}}");
    let reader = Reader::<Fault>::new();
    let failure = reader.read(&response(409, body.as_bytes()));
    assert_eq!((failure.flaw(), failure.code()), (Some(Flaw::TooLarge), Some("busy")));
    let failure = reader.with_max_bytes(usize::MAX).read(&response(409, body.as_bytes()));
    assert_eq!((failure.flaw(), failure.code()), (Some(Flaw::TooDeep), Some("busy")));
    assert!(failure.details().is_none() && failure.error().is_none());

    for (open, close) in [("[", "]"), (r#"{"error":"#, "}"), (r#"{"errors":[{"source":"#, "}]}")] {
        for envelope in [&FLAT, &PROBLEM, &JSON_API] {
            for body in [open.repeat(1 << 16), open.repeat(1 << 12) + "1" + &close.repeat(1 << 12)] {
                let failure =
                    Reader::<Fault>::new().with_envelope(envelope).read(&response(409, body.as_bytes()));
                assert!(failure.flaw().is_some());
                let mut shown = String::new();
                write!(shown, "{failure} {failure:?}").unwrap();
            }
        }
    }
}

#[test]
fn details_may_be_as_deep_as_the_limit() {
    let of = |depth: usize| {
        let (open, close) = ("[".repeat(depth - 2), "]".repeat(depth - 2));
        format!(r#"{{"error":{{"code":"busy","message":"[[[[{{","details":{open}{close}}}}}"#)
    };
    let reader = Reader::<Fault>::new().with_max_depth(10);
    assert_eq!(reader.read(&response(409, of(10).as_bytes())).flaw(), None);
    let failure = reader.read(&response(409, of(11).as_bytes()));
    assert_eq!((failure.flaw(), failure.message()), (Some(Flaw::TooDeep), Some("[[[[{")));
    assert!(failure.details().is_none());
}

#[test]
fn a_status_that_contradicts_the_code_is_kept_with_it_and_the_stricter_rule_holds() {
    let body = r#"{"error":{"code":"overloaded","message":"Busy."}}"#;
    let as_declared = read(503, body);
    assert!(!as_declared.contradicts_status());
    assert_eq!(as_declared.told().rule(), Fault::Overloaded.spec().retry());

    // The rule of a 502 is for idempotent requests alone, that of a 400 for none.
    let failure = read(502, body);
    assert!(failure.contradicts_status());
    assert_eq!((failure.status().as_u16(), failure.code()), (502, Some("overloaded")));
    assert_eq!(failure.specs().len(), 1);
    assert_eq!(failure.told().rule().when(), RetryWhen::IfIdempotent);
    assert_eq!(failure.to_string(), "502 overloaded: Busy. (the code has another status)");
    assert_eq!(read(400, body).told().rule(), RetryRule::NEVER);

    // And the code's where that repeats nothing.
    let failure = read(503, r#"{"error":{"code":"busy","message":"Twice."}}"#);
    assert!(failure.contradicts_status());
    assert_eq!(failure.told().rule(), RetryRule::NEVER);
}

#[test]
fn a_success_is_read_too() {
    let failure = read(200, r#"{"error":{"code":"busy","message":"m"}}"#);
    assert_eq!((failure.status().as_u16(), failure.code()), (200, Some("busy")));
    assert_eq!(failure.told().rule(), RetryRule::NEVER);
}

#[test]
fn a_status_that_contradicts_the_code_brings_no_retry_and_no_haste_that_one_of_them_forbids() {
    // A 502 is for idempotent requests, four times, from a second on.
    let once = read(502, r#"{"error":{"code":"once","message":"Slow down."}}"#).told().rule();
    assert_eq!((once.when(), once.times()), (RetryWhen::IfIdempotent, 1));

    let later = read(502, r#"{"error":{"code":"overloaded","message":"Busy."}}"#).told().rule();
    let get = Attempt::first(&http::Method::GET);
    assert_eq!(later.before_retry(&get, None).map(|wait| wait.start().as_secs()), Some(30));
    assert_eq!(later.before_retry(&Attempt::first(&http::Method::POST), None), None);
}

#[test]
fn of_two_objects_of_one_name_only_the_first_is_read() {
    let body =
        r#"{"error":{"code":"busy","message":"m"},"error":{"code":"out_of_credits","details":{"need":1}}}"#;
    let failure = read(409, body);
    assert_eq!((failure.code(), failure.message()), (Some("busy"), Some("m")));
    assert!(failure.details().is_none());
}
