//! What the policy makes of responses and of their absence.

use std::time::Duration;

use bytes::Bytes;
use errorbook::ApiError;
use errorbook::client::tower::{RetryPolicy, failure_of, with_idempotency_key};
use errorbook::client::{Attempts, Budget, Policy, Transport, Why};
use http::{Method, Response};
use tokio::net::TcpListener;
use tokio::time::Instant;
use tower::{ServiceBuilder, ServiceExt};

use super::{BoxError, Service, client, connections, plain, request, retries};

use crate::common::seconds;

#[derive(Debug, PartialEq, ApiError)]
#[api(decode)]
enum StoryError {
    #[api(status = 402, message = "Need {need}.")]
    OutOfCredits {
        #[api(detail)]
        need: u64,
    },
    #[api(status = 429, retry = "after, once", message = "Slow down.")]
    RateLimited {
        #[api(retry_after)]
        wait: Duration,
    },
    /// Not by its status' rule.
    #[api(status = 503, retry = "none", message = "Closed.")]
    Closed,
    #[api(status = 502, message = "Upstream.")]
    Upstream,
}

fn ok() -> Response<Bytes> {
    Response::new(Bytes::from_static(b"done"))
}

fn attempts<B>(response: &Response<B>) -> Attempts {
    *response.extensions().get().expect("the policy counted")
}

#[tokio::test(start_paused = true)]
async fn a_success_after_retries_tells_how_often_the_request_was_sent() {
    let busy = StoryError::Upstream.to_response();
    let service = Service::new([busy.clone(), busy, ok()]).await;
    let response = client::<StoryError>(service.address, plain()).oneshot(request(&Method::GET, None)).await;
    let response = response.unwrap();
    assert_eq!((response.status().as_u16(), attempts(&response).number()), (200, 3));
    assert_eq!(attempts(&response).why(), None);
    assert_eq!(service.waits(), [seconds(1), seconds(2)]);
}

#[tokio::test(start_paused = true)]
async fn a_success_at_once_is_left_as_it_is() {
    let service = Service::new([ok()]).await;
    let response = client::<StoryError>(service.address, plain()).oneshot(request(&Method::GET, None)).await;
    assert!(response.unwrap().extensions().get::<Attempts>().is_none());
}

#[tokio::test(start_paused = true)]
async fn the_wait_of_a_429_is_kept_to_the_second_and_the_error_is_rebuilt() {
    let slow = StoryError::RateLimited { wait: seconds(7) }.to_response();
    let service = Service::new([slow]).await;
    let response = client::<StoryError>(service.address, Policy::new()).oneshot(request(&Method::POST, None));
    let response = response.await.unwrap();
    assert_eq!(service.waits(), [seconds(7)]);
    assert_eq!(attempts(&response).why(), Some(Why::RuleUsedUp));
    assert_eq!(attempts(&response).come_back(), Some(seconds(7)));
    let failure = failure_of::<StoryError, _>(&response).unwrap();
    assert_eq!(failure.error(), Some(&StoryError::RateLimited { wait: seconds(7) }));
}

#[tokio::test(start_paused = true)]
async fn the_code_decides_with_the_layer_and_the_status_without() {
    let service = Service::new([StoryError::Closed.to_response()]).await;
    let with = client::<StoryError>(service.address, plain()).oneshot(request(&Method::GET, None)).await;
    assert_eq!(attempts(&with.unwrap()).number(), 1);

    let without = ServiceBuilder::new()
        .retry(retries::<StoryError>(plain()))
        .service(connections(service.address))
        .oneshot(request(&Method::GET, None));
    let without = without.await.unwrap();
    assert_eq!(attempts(&without).number(), 5);
    assert!(failure_of::<StoryError, _>(&without).is_none());
}

#[tokio::test(start_paused = true)]
async fn an_idempotency_key_is_made_once_and_sent_with_each_attempt() {
    let service = Service::new([StoryError::Upstream.to_response()]).await;
    let client = client::<StoryError>(service.address, plain());
    let client = ServiceBuilder::new().map_request(with_idempotency_key).service(client);
    client.clone().oneshot(request(&Method::POST, None)).await.unwrap();
    let keys = service.values("idempotency-key");
    assert_eq!(keys.len(), 5);
    assert!(keys.iter().all(|key| *key == keys[0] && key.len() == 36), "{keys:?}");

    client.clone().oneshot(request(&Method::POST, Some("mine"))).await.unwrap();
    client.oneshot(request(&Method::GET, None)).await.unwrap();
    let keys = service.values("idempotency-key").split_off(5);
    assert_eq!(keys, ["mine"; 5]);
}

#[tokio::test(start_paused = true)]
async fn each_request_is_counted_and_timed_by_itself() {
    let service = Service::new([StoryError::Upstream.to_response()]).await;
    let client = client::<StoryError>(service.address, plain().with_max_elapsed(seconds(4)));
    for _ in 0..3 {
        let started = Instant::now();
        let response = client.clone().oneshot(request(&Method::GET, None)).await.unwrap();
        assert_eq!((attempts(&response).number(), started.elapsed()), (3, seconds(3)));
        assert_eq!(attempts(&response).why(), Some(Why::OutOfTime));
        tokio::time::sleep(seconds(100)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn all_requests_share_one_budget() {
    let service = Service::new([StoryError::Upstream.to_response()]).await;
    let budget = Budget::of_retries(5).with_interval(Duration::ZERO);
    let client = client::<StoryError>(service.address, plain().with_budget(budget));
    let mut sent = Vec::new();
    for _ in 0..3 {
        let response = client.clone().oneshot(request(&Method::GET, None)).await.unwrap();
        sent.push((attempts(&response).number(), attempts(&response).why()));
    }
    let refused = Some(Why::Budget);
    assert_eq!(sent, [(5, Some(Why::RuleUsedUp)), (2, refused), (1, refused)]);
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_is_sent_again_and_what_was_lost_only_if_it_is_idempotent() {
    let address = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let started = Instant::now();
    let refused = client::<StoryError>(address, plain()).oneshot(request(&Method::POST, None)).await;
    assert!(refused.is_err());
    assert_eq!(started.elapsed(), seconds(15));

    let lost = RetryPolicy::<StoryError>::new(plain()).with_transport(|_: &BoxError| Transport::Lost);
    let lost = ServiceBuilder::new().retry(lost).service(connections(address));
    for (method, waited) in [(Method::POST, 0), (Method::PUT, 15)] {
        let started = Instant::now();
        assert!(lost.clone().oneshot(request(&method, None)).await.is_err());
        assert_eq!(started.elapsed(), seconds(waited), "{method}");
    }
}
