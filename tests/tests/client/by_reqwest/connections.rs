//! Failures without a response: what was not sent may be repeated, what was perhaps carried out only if it is idempotent.

use std::time::Duration;

use errorbook::client::reqwest::{CallError, RequestExt, RetryMiddleware};
use errorbook::client::{Policy, Why};
use http::Method;
use reqwest_middleware::ClientBuilder;
use tokio::net::TcpListener;
use tokio::time::Instant;
use wiremock::ResponseTemplate;

use super::raw::{Act, Raw};
use super::{StoryError, answer, asked, client, ok, plain, seconds, service};

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";

/// An address at which nobody listens.
async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}/", listener.local_addr().unwrap())
}

async fn fails(policy: Policy, method: Method, url: String) -> (CallError<StoryError>, u32, Option<Why>) {
    let error = client(policy).request(method, url).send_typed::<StoryError>().await.unwrap_err();
    let attempts = error.attempts().expect("the middleware counted");
    (error, attempts.number(), attempts.why())
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_is_sent_again_whatever_it_is() {
    let started = Instant::now();
    let (error, number, why) = fails(plain(), Method::POST, nobody().await).await;
    assert!(error.transport().unwrap().is_connect());
    assert_eq!((number, why), (5, Some(Why::RuleUsedUp)));
    assert_eq!(started.elapsed(), seconds(15));
}

#[tokio::test(start_paused = true)]
async fn what_perhaps_arrived_is_sent_again_only_if_it_is_idempotent() {
    let raw = Raw::new(&[Act::Close]).await;
    let (_, number, why) = fails(plain(), Method::POST, raw.url()).await;
    assert_eq!((number, why, raw.requests()), (1, Some(Why::NotRepeatable), 1));

    let raw = Raw::new(&[Act::Close, Act::Close, Act::Say(OK)]).await;
    assert_eq!(client(plain()).put(raw.url()).send().await.unwrap().status(), 200);
    let raw = Raw::new(&[Act::Close, Act::Say(OK)]).await;
    assert_eq!(client(plain()).post(raw.url()).with_idempotency_key().send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_time_out_leaves_open_what_became_of_the_request() {
    let raw = Raw::new(&[Act::SayAndHang(""), Act::Say(OK)]).await;
    let policy = Policy::new().with_patience(Duration::from_millis(1));
    let short = Duration::from_millis(100);
    let request = |method| client(policy.clone()).request(method, raw.url()).timeout(short);
    let error = request(Method::POST).send_typed::<StoryError>().await.unwrap_err();
    assert!(error.transport().unwrap().is_timeout());
    assert_eq!(error.attempts().unwrap().why(), Some(Why::NotRepeatable));

    let raw = Raw::new(&[Act::SayAndHang(""), Act::Say(OK)]).await;
    let response = client(policy).get(raw.url()).timeout(short).send().await;
    assert_eq!((response.unwrap().status().as_u16(), raw.requests()), (200, 2));
}

#[tokio::test(start_paused = true)]
async fn what_would_be_the_same_again_is_not_repeated() {
    let (error, number, why) = fails(plain(), Method::GET, "ftp://127.0.0.1/".into()).await;
    assert!(error.transport().unwrap().is_builder());
    assert_eq!((number, why), (1, Some(Why::Never)));

    let server = service([ResponseTemplate::new(302).insert_header("location", "/round")]).await;
    let (error, number, _) = fails(plain(), Method::GET, server.uri()).await;
    assert!(error.transport().unwrap().is_redirect());
    assert_eq!(number, 1);

    let error = client(plain()).get("no URL").send_typed::<StoryError>().await.unwrap_err();
    assert!(error.transport().unwrap().is_builder());
    assert_eq!(error.attempts(), None);
}

#[tokio::test(start_paused = true)]
async fn what_another_middleware_says_is_not_repeated() {
    struct Fails;

    #[async_trait::async_trait]
    impl reqwest_middleware::Middleware for Fails {
        async fn handle(
            &self,
            _: reqwest::Request,
            _: &mut http::Extensions,
            _: reqwest_middleware::Next<'_>,
        ) -> reqwest_middleware::Result<reqwest::Response> {
            Err(reqwest_middleware::Error::middleware(std::io::Error::other("no token")))
        }
    }

    let middleware = RetryMiddleware::<StoryError>::new(plain());
    let client = ClientBuilder::new(reqwest::Client::new()).with(middleware).with(Fails).build();
    let error = client.get(nobody().await).send_typed::<StoryError>().await.unwrap_err();
    assert_eq!(error.attempts().unwrap().number(), 1);
    assert_eq!(error.to_string(), "a middleware of the client failed");
    assert_eq!(std::error::Error::source(&error).unwrap().to_string(), "no token");
}

/// The service makes a story, and shows it at another path.
fn see_other() -> ResponseTemplate {
    ResponseTemplate::new(303).insert_header("location", "/v1/stories/7")
}

#[tokio::test(start_paused = true)]
async fn a_failure_after_a_redirect_repeats_no_work_that_was_perhaps_done() {
    let server = service([see_other(), answer(&StoryError::Busy), ok()]).await;
    let (error, number, why) = fails(plain(), Method::POST, server.uri()).await;
    assert_eq!((error.code(), number, why), (Some("busy"), 1, Some(Why::NotRepeatable)));
    assert_eq!(asked(&server).await.len(), 2);

    let server = service([see_other(), answer(&StoryError::Busy), see_other(), ok()]).await;
    let response = client(plain()).post(server.uri()).with_idempotency_key().send().await.unwrap();
    assert_eq!((response.status().as_u16(), asked(&server).await.len()), (200, 4));

    let server = service([see_other(), answer(&StoryError::NotFound), ok()]).await;
    let (_, number, why) = fails(plain(), Method::POST, server.uri()).await;
    assert_eq!((number, why), (1, Some(Why::Never)));
}

#[tokio::test(start_paused = true)]
async fn a_fragment_of_the_url_is_no_redirect() {
    let server = service([answer(&StoryError::Busy), ok()]).await;
    let response =
        client(plain()).post(format!("{}/v1/stories?page=2#top", server.uri())).send().await.unwrap();
    assert_eq!((response.status().as_u16(), asked(&server).await.len()), (200, 2));
}
