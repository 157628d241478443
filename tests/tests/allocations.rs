//! How many allocations a whole response costs: two for the header map, which every response has, and one for a
//! body in which anything varies. With `tower` the response is marked with its error, which costs the extension map three
//! more.

use std::time::Duration;

use allocation_counter::measure;
use errorbook::context::Context;
use errorbook::envelope::{JSON_API, PROBLEM};
use errorbook::{ApiError, FieldErrors};
use errorbook_tests::apis::FieldError;

#[derive(ApiError)]
enum Error {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(status = 402, message = "Need {need}, have {have}.")]
    OutOfCredits {
        #[api(detail)]
        need: u64,
        #[api(detail)]
        have: u64,
    },
    #[api(status = 429, message = "Too many requests.")]
    Limited {
        #[api(retry_after)]
        wait: Duration,
    },
    #[api(status = 422, message = "Cannot read {input}.")]
    Invalid {
        input: String,
        #[api(details)]
        fields: Vec<FieldError>,
    },
    #[api(status = 500)]
    Broken,
}

/// What a response's extensions cost, which tell the error.
const MARK: u64 = if cfg!(feature = "tower") { 3 } else { 0 };

/// The allocations of one response, without those of marking it, once the thread has its buffer and the fixed bodies are put together.
fn allocations(error: &Error) -> u64 {
    for _ in 0..3 {
        drop(error.to_response());
    }
    measure(|| drop(error.to_response())).count_total - MARK
}

fn invalid() -> Error {
    Error::Invalid {
        input: "a \"quoted\"\nword".to_owned(),
        fields: vec![FieldError::new("brief", "is \"empty\""), FieldError::new("minutes", "must be 1 to 60")],
    }
}

#[test]
fn a_body_in_which_nothing_varies_costs_none() {
    assert_eq!(allocations(&Error::NotFound), 2);
    assert_eq!(allocations(&Error::Broken), 2);
}

#[test]
fn a_body_with_figures_costs_one() {
    assert_eq!(allocations(&Error::OutOfCredits { need: 10, have: 3 }), 3);
}

#[test]
fn the_wait_costs_none_below_a_thousand_seconds() {
    assert_eq!(allocations(&Error::Limited { wait: Duration::from_secs(7) }), 2);
}

#[test]
fn a_body_with_text_to_escape_and_a_list_costs_one() {
    assert_eq!(allocations(&invalid()), 3);
}

#[test]
fn an_item_for_each_field_error_costs_their_text_and_their_list() {
    #[derive(ApiError)]
    #[api(status = 422, message = "Some fields are not right.")]
    struct Invalid(#[api(details)] FieldErrors);

    let field =
        |pointer: &'static str| errorbook::FieldError::new(pointer, "range", "must be \"1\" at least");
    for envelope in [&PROBLEM, &JSON_API] {
        for count in [1, 4] {
            let error = Invalid(
                [field("/a"), field("/b c"), field(""), field("/d")].into_iter().take(count).collect(),
            );
            let body = error.body().with_envelope(envelope);
            for _ in 0..3 {
                drop(body.to_bytes());
            }
            assert_eq!(measure(|| drop(body.to_bytes())).count_total, 3, "{count}");
        }
    }
}

#[test]
fn a_request_id_costs_the_body() {
    Context::new().with_request_id("req_01hq").scope(|| {
        assert_eq!(allocations(&Error::NotFound), 3);
        assert_eq!(allocations(&Error::OutOfCredits { need: 10, have: 3 }), 3);
        assert_eq!(allocations(&invalid()), 3);
    });
}

#[test]
fn a_constant_message_costs_none() {
    assert_eq!(measure(|| assert_eq!(Error::NotFound.message(), "No such story.")).count_total, 0);
    assert_eq!(measure(|| assert_eq!(Error::Broken.message(), "Internal Server Error")).count_total, 0);
}

#[test]
fn asking_what_was_declared_costs_none() {
    let error = Error::OutOfCredits { need: 10, have: 3 };
    let asked = measure(|| {
        assert_eq!(error.code(), "out_of_credits");
        assert_eq!(error.status().as_u16(), 402);
        assert!(!error.retry().is_retryable());
        assert_eq!(error.spec().title(), "Out of credits");
    });
    assert_eq!(asked.count_total, 0);
}

#[cfg(feature = "tower")]
#[test]
fn a_success_behind_the_layer_costs_its_id() {
    use std::convert::Infallible;
    use std::future::{Future, ready};
    use std::pin::pin;
    use std::task::{Context as Polling, Poll, Waker};

    use bytes::Bytes;
    use errorbook::tower::ErrorLayer;
    use http::{Request, Response, StatusCode};
    use http_body_util::Full;
    use tower::{Layer, Service, service_fn};

    fn success(layer: &ErrorLayer) -> u64 {
        let inner = |_: Request<()>| ready(Ok::<_, Infallible>(Response::new(Full::new(Bytes::new()))));
        let mut service = layer.layer(service_fn(inner));
        let request = Request::new(());
        let measured = measure(|| {
            let mut response = pin!(service.call(request));
            let polled = response.as_mut().poll(&mut Polling::from_waker(Waker::noop()));
            let Poll::Ready(Ok(response)) = polled else { panic!("the service is ready") };
            assert_eq!(response.status(), StatusCode::OK);
        });
        measured.count_total
    }

    // Its context, the id in it, and the two tables of the header map in which the caller reads that.
    assert_eq!(success(&ErrorLayer::new()), 4);
    let asked_for_all =
        ErrorLayer::new().map_others(|_| Error::Broken).keep_extension::<u8>().retry_hints(true);
    assert_eq!(success(&asked_for_all), 4);
}
