//! Idempotency keys: made on request, and the same in all attempts.

use errorbook::client::reqwest::{RequestExt, RetryMiddleware};
use http::Method;
use wiremock::{MockServer, Request};

use super::{StoryError, answer, asked, client, client_with, ok, plain, service};

const NAME: &str = "idempotency-key";

fn keys(requests: &[Request]) -> Vec<Vec<&str>> {
    requests.iter().map(keys_of).collect()
}

fn keys_of(request: &Request) -> Vec<&str> {
    request.headers.get_all(NAME).iter().map(|key| key.to_str().unwrap()).collect()
}

/// Fails in a way that leaves open what became of the request.
async fn unclear_service() -> MockServer {
    service([answer(&StoryError::Upstream), ok()]).await
}

#[tokio::test(start_paused = true)]
async fn a_key_is_made_on_request_and_kept_over_all_attempts() {
    let server = unclear_service().await;
    let response = client(plain()).post(server.uri()).with_idempotency_key().send().await.unwrap();
    assert_eq!(response.status(), 200);
    let requests = asked(&server).await;
    let [first, second] = &keys(&requests)[..] else { panic!("{requests:?}") };
    assert_eq!(first, second);
    let [key] = first[..] else { panic!("{first:?}") };
    assert_eq!((key.len(), key.matches('-').count(), key.as_bytes()[14]), (36, 4, b'7'), "{key}");
}

#[tokio::test(start_paused = true)]
async fn a_client_can_give_one_to_each_request_that_needs_it() {
    let server = service([ok()]).await;
    let client = client_with(RetryMiddleware::new(plain()).with_idempotency_keys());
    for method in [Method::POST, Method::POST, Method::PATCH, Method::GET, Method::PUT, Method::DELETE] {
        client.request(method, server.uri()).send().await.unwrap();
    }
    client.post(server.uri()).header(NAME, "mine").send().await.unwrap();
    let requests = asked(&server).await;
    let keys = keys(&requests);
    assert_eq!(keys.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1, 0, 0, 0, 1]);
    assert_ne!(keys[0], keys[1]);
    assert_eq!(keys[6], ["mine"]);
}

#[tokio::test(start_paused = true)]
async fn with_a_key_a_post_is_repeated_and_without_it_is_not() {
    let server = unclear_service().await;
    let client = client_with(RetryMiddleware::new(plain()).with_idempotency_keys());
    assert_eq!(client.post(server.uri()).send().await.unwrap().status(), 200);
    let server = unclear_service().await;
    assert_eq!(super::client(plain()).post(server.uri()).send().await.unwrap().status(), 502);
}

#[tokio::test(start_paused = true)]
async fn a_key_makes_no_request_safe() {
    let server = service([answer(&StoryError::Unclear), ok()]).await;
    let response = client(plain()).post(server.uri()).with_idempotency_key().send().await.unwrap();
    assert_eq!((response.status().as_u16(), asked(&server).await.len()), (500, 1));
}

#[tokio::test(start_paused = true)]
async fn a_new_key_takes_the_place_of_another() {
    let server = service([ok()]).await;
    let request = client(plain()).post(server.uri()).header(NAME, "old").with_idempotency_key();
    request.send().await.unwrap();
    let requests = asked(&server).await;
    let keys = keys(&requests);
    assert!(keys[0].len() == 1 && keys[0][0] != "old", "{keys:?}");
}

#[tokio::test(start_paused = true)]
async fn a_blank_key_is_none() {
    let server = unclear_service().await;
    let response = client(plain()).post(server.uri()).header(NAME, "").send().await.unwrap();
    assert_eq!((response.status().as_u16(), asked(&server).await.len()), (502, 1));

    let server = unclear_service().await;
    let client = client_with(RetryMiddleware::new(plain()).with_idempotency_keys());
    assert_eq!(client.post(server.uri()).header(NAME, " ").send().await.unwrap().status(), 200);
    let requests = asked(&server).await;
    assert!(keys(&requests).iter().all(|keys| keys.len() == 1 && keys[0].len() == 36), "{requests:?}");
}
