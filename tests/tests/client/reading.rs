//! Responses read back through the envelope that wrote them.

use std::time::Duration;

use errorbook::client::{Failure, Reader};
use errorbook::envelope::{FLAT, PROBLEM};
use errorbook::retry::RetryRule;
use errorbook::{ApiError, Catalogued, Envelope, envelope};
use errorbook_tests::apis::{DecksError, PullStoryError, RunsError, StoryError, VideogenError};
use http::StatusCode;
use serde_json::json;

use crate::common::{BARE, PROVIDED, WAITS, details, response};

#[derive(Debug, ApiError)]
enum ApiFault {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(status = 429, message = "Slow down.", retry = "after")]
    RateLimited(#[api(retry_after)] Duration),
}

/// Holds what was read of an error's example to what was sent.
fn holds<E: Catalogued>() {
    for spec in E::catalog().entries() {
        let example = spec.to_example();
        let own = E::catalog().envelope().expect("each of the APIs has one");
        let body = example.body().with_request_id("req_01hq").with_envelope(own);
        let sent = body.to_response();
        let text = String::from_utf8(sent.body().to_vec()).expect("a body is UTF-8");
        let failure = Failure::<E>::read(&sent);

        let name = format!("{} {}: {text}", E::catalog().type_name(), spec.name());
        assert_eq!(failure.status(), sent.status(), "{name}");
        assert_eq!(failure.message(), Some(&*example.message()), "{name}");
        let code = (!spec.omits_code()).then_some(spec.code());
        assert_eq!(failure.code(), code, "{name}");
        assert!(failure.specs().iter().any(|known| std::ptr::eq(*known, spec)), "{name}");
        assert_eq!(failure.request_id(), text.contains("req_01hq").then_some("req_01hq"), "{name}");
        assert_eq!(failure.details().is_some(), text.contains("details"), "{name}");
        assert_eq!(failure.told().rule(), spec.retry(), "{name}");
        assert_eq!(failure.flaw(), None, "{name}");
        assert!(!failure.contradicts_status(), "{name}");
    }
}

#[test]
fn the_errors_of_five_apis_are_read_in_their_own_envelopes() {
    holds::<StoryError>();
    holds::<PullStoryError>();
    holds::<RunsError>();
    holds::<DecksError>();
}

#[test]
fn of_several_errors_with_one_code_it_is_the_one_that_the_details_fit() {
    #[derive(Debug, PartialEq, ApiError)]
    #[api(decode, shared_codes("locked"))]
    enum Sharing {
        #[api(status = 409, code = "locked", message = "Page {page} is locked.")]
        Small {
            #[api(detail)]
            page: u8,
        },
        #[api(status = 409, code = "locked", message = "Page {page} is locked.")]
        Large {
            #[api(detail)]
            page: u16,
        },
    }

    let large = Sharing::Large { page: 300 };
    let failure = Failure::<Sharing>::read(&large.to_response());
    assert_eq!(failure.error(), Some(&large));
    assert_eq!(failure.specs().iter().map(|spec| spec.name()).collect::<Vec<_>>(), ["Large"]);

    let failure = Failure::<Sharing>::read(&response(409, r#"{"error":{"code":"locked","message":"m"}}"#));
    assert_eq!(failure.error(), None);
    assert_eq!(failure.specs().iter().map(|spec| spec.name()).collect::<Vec<_>>(), ["Small", "Large"]);
}

/// A gateway of the house may put its own envelope around what a service said.
#[test]
fn the_errors_of_five_apis_are_recognised_in_the_provided_envelopes() {
    fn recognised<E: Catalogued>() {
        for (spec, envelope) in
            E::catalog().entries().flat_map(|spec| PROVIDED.iter().map(move |one| (spec, one)))
        {
            let sent = spec.to_example().body().with_envelope(envelope).to_response();
            let failure = Failure::<E>::read(&sent);
            let text = String::from_utf8_lossy(sent.body());
            assert_eq!(failure.message(), Some(&*spec.to_example().message()), "{text}");
            if !spec.omits_code() {
                assert_eq!(failure.code(), Some(spec.code()), "{text}");
                assert!(failure.specs().iter().any(|known| std::ptr::eq(*known, spec)), "{text}");
            }
        }
    }
    recognised::<StoryError>();
    recognised::<PullStoryError>();
    recognised::<RunsError>();
    recognised::<DecksError>();
    recognised::<VideogenError>();
}

#[test]
fn an_error_that_omits_its_code_is_one_of_those_of_its_status_that_do() {
    for spec in VideogenError::catalog().entries() {
        let own = VideogenError::catalog().envelope().unwrap();
        let sent = spec.to_example().body().with_envelope(own).to_response();
        let failure = Failure::<VideogenError>::read(&sent);
        assert_eq!(failure.code(), (!spec.omits_code()).then_some(spec.code()));
        assert_eq!(failure.specs().len(), 1, "{}", spec.name());
        assert!(std::ptr::eq(failure.specs()[0], spec), "{}", spec.name());
        assert_eq!(failure.told().rule(), spec.retry());
    }
}

#[test]
fn where_the_envelope_shows_no_code_it_may_be_any_error_of_the_status() {
    let sent = ApiFault::NotFound.body().with_envelope(&BARE).to_response();
    let failure = Reader::<ApiFault>::new().with_envelope(&BARE).read(&sent);
    assert_eq!((failure.code(), failure.message()), (None, Some("No such story.")));
    assert_eq!(failure.specs().iter().map(|spec| spec.name()).collect::<Vec<_>>(), ["NotFound"]);
    assert_eq!(failure.flaw(), None);
}

#[test]
fn what_a_newer_service_adds_is_passed_over_or_a_detail() {
    let body = r#"{"new":[1],"code":"not_found","x":{},"message":"Gone.","request_id":"r"}"#;
    let failure = Reader::<ApiFault>::new().with_envelope(&FLAT).read(&response(404, body));
    assert_eq!((failure.code(), failure.message(), failure.flaw()), (Some("not_found"), Some("Gone."), None));
    assert_eq!(details(&failure), None);

    let body = r#"{"title":"t","detail":"d","code":"not_found","instance":"/x","added":1}"#;
    let failure = Reader::<ApiFault>::new().with_envelope(&PROBLEM).read(&response(404, body));
    assert_eq!((failure.message(), failure.flaw()), (Some("d"), None));
    assert_eq!(details(&failure), Some(json!({ "added": 1 })));
}

#[test]
fn a_code_that_nobody_knows_is_kept_and_the_status_decides() {
    let body = r#"{"error":{"code":"from_the_future","message":"New."}}"#;
    let failure = Failure::<ApiFault>::read(&response(503, body));
    assert_eq!((failure.code(), failure.message()), (Some("from_the_future"), Some("New.")));
    assert!(failure.specs().is_empty());
    assert!(failure.error().is_none());
    assert_eq!(failure.told().rule(), RetryRule::for_status(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(failure.flaw(), None);
    assert!(!failure.contradicts_status());
}

#[test]
fn the_body_tells_a_wait_and_a_status_where_no_head_does() {
    let body = ApiFault::RateLimited(Duration::from_millis(1500)).body().with_envelope(&WAITS).to_bytes();
    let failure = Reader::<ApiFault>::new().with_envelope(&WAITS).read_json(&body);
    assert_eq!(failure.retry_after(), Some(Duration::from_millis(1500)));
    assert_eq!(failure.status(), 429);
}

#[test]
fn texts_with_escapes_are_read_as_they_were() {
    let body = r#"{"error":{"code":"not_\u0066ound","message":"a\n\"\u00fc\ud83e\udd80","request_id":"\t"}}"#;
    let failure = Failure::<ApiFault>::read(&response(404, body));
    assert_eq!((failure.code(), failure.message()), (Some("not_found"), Some("a\n\"ü🦀")));
    assert_eq!(failure.specs().len(), 1);
    assert_eq!(failure.to_string(), "404 not_found: a\\n\"ü🦀 (request \\t)");
}

#[test]
fn the_head_tells_the_wait_in_each_of_its_forms() {
    let wait = |headers: &[(&str, &str)]| {
        let mut sent = ApiFault::NotFound.to_response();
        for (name, value) in headers {
            let name: http::HeaderName = name.parse().unwrap();
            sent.headers_mut().append(name, value.parse().unwrap());
        }
        Failure::<ApiFault>::read(&sent).retry_after().map(|wait| wait.as_millis())
    };
    let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
    assert_eq!(wait(&[]), None);
    assert_eq!(wait(&[("retry-after", "7")]), Some(7_000));
    assert_eq!(wait(&[date, ("retry-after", "Sun, 06 Nov 1994 08:51:37 GMT")]), Some(120_000));
    assert_eq!(wait(&[("retry-after", "2"), ("retry-after-ms", "1500")]), Some(1_500));
    assert_eq!(wait(&[("retry-after", "soon")]), None);
}

#[test]
fn a_failure_can_go_to_another_thread_and_is_an_error_of_any_type() {
    fn is_an_error<E: std::error::Error + Send + Sync + 'static>(_: &E) {}
    #[derive(ApiError)]
    #[api(status = 404, message = "Not even `Debug`.")]
    struct Bare;
    let failure = Failure::<Bare>::read(&Bare.to_response());
    is_an_error(&failure);
    assert_eq!(size_of_val(&failure), size_of::<usize>());
    assert!(format!("{failure:?}").contains(r#"message: Some("Not even `Debug`.")"#));
}

#[test]
fn the_header_names_the_request_where_the_body_does_not() {
    let of = |body: &'static str| {
        let mut response = response(404, body);
        response.headers_mut().insert("x-request-id", "req_head".parse().unwrap());
        response.headers_mut().insert("x-trace", "t_1".parse().unwrap());
        response
    };
    let (with, without) = (
        of(r#"{"error":{"code":"not_found","message":"m","request_id":"req_body"}}"#),
        of(r#"{"error":{"code":"not_found","message":"m"}}"#),
    );
    let reader = Reader::<ApiFault>::new();
    assert_eq!(reader.read(&with).request_id(), Some("req_body"));
    assert_eq!(reader.read(&without).request_id(), Some("req_head"));
    let reader = reader.with_request_id_header("x-trace".parse().unwrap());
    assert_eq!(reader.read(&without).request_id(), Some("t_1"));
}

#[test]
fn a_known_error_is_read_with_one_allocation_and_those_of_its_fields() {
    #[derive(Debug, PartialEq, ApiError)]
    #[api(decode)]
    enum Fault {
        #[api(status = 404, message = "No such story.")]
        NotFound,
        #[api(status = 402, message = "Need {need}.")]
        OutOfCredits {
            #[api(detail)]
            need: u64,
        },
        #[api(status = 409, message = "{who} is at it.")]
        Busy {
            #[api(detail)]
            who: String,
        },
    }

    let reader = Reader::<Fault>::new();
    for (error, allocations) in [
        (Fault::NotFound, 1),
        (Fault::OutOfCredits { need: 7 }, 1),
        (Fault::Busy { who: "Zoë".to_owned() }, 2),
    ] {
        let (parts, body) = error.body().with_request_id("req_7").to_response().into_parts();
        let read = |body| reader.read_parts(parts.status, &parts.headers, body);
        // The first time, the type is looked at.
        assert_eq!(read(body.clone()).error(), Some(&error));
        let body = body.clone();
        let info = allocation_counter::measure(|| drop(read(body)));
        assert_eq!(info.count_total, allocations, "{error:?}");
    }
}

#[test]
fn what_may_be_either_of_two_errors_is_repeated_no_more_often_than_each() {
    const MAYBE: Envelope = envelope!({ "error": { "code": code?, "message": message } });

    #[derive(Debug, ApiError)]
    #[api(envelope = MAYBE)]
    #[expect(dead_code, reason = "only their rules are read")]
    enum Either {
        #[api(status = 503, omit(code), message = "m", retry = "backoff, 9 times, always")]
        Often,
        #[api(status = 503, omit(code), message = "m", retry = "backoff, once, always")]
        Once,
    }
    let failure = Failure::<Either>::read(&response(503, r#"{"error":{"message":"m"}}"#));
    assert_eq!(failure.specs().len(), 2);
    assert_eq!((failure.told().rule().times(), failure.told().rule().own_times()), (1, Some(1)));
}
