//! How often a request is sent, and when.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use errorbook::client::Attempts;
use errorbook::client::reqwest::RetryMiddleware;
use errorbook::client::{Budget, Policy, Why};
use http::{Extensions, Method};
use reqwest_middleware::{ClientBuilder, Middleware, Next};
use tokio::time::{Instant, sleep, timeout};
use wiremock::{MockServer, ResponseTemplate};

use super::{StoryError, answer, asked, bare_client, client, ok, plain, seconds, service};

/// What came of a request, how often it was sent, and how long that took.
#[derive(Debug, PartialEq)]
struct Course {
    status: u16,
    sent: usize,
    took: Duration,
    why: Option<Why>,
    come_back: Option<Duration>,
}

async fn send(policy: Policy, method: Method, server: &MockServer) -> Course {
    let started = Instant::now();
    let response = client(policy).request(method, server.uri()).send().await.expect("there is a response");
    let attempts: Attempts = *response.extensions().get().expect("the middleware says how often");
    let sent = asked(server).await.len();
    assert_eq!(usize::try_from(attempts.number()), Ok(sent));
    let (why, come_back) = (attempts.why(), attempts.come_back());
    Course { status: response.status().as_u16(), sent, took: started.elapsed(), why, come_back }
}

async fn course(
    policy: Policy,
    method: Method,
    answers: impl IntoIterator<Item = ResponseTemplate>,
) -> Course {
    send(policy, method, &service(answers).await).await
}

fn succeeds(sent: usize, took: Duration) -> Course {
    Course { status: 200, sent, took, why: None, come_back: None }
}

#[tokio::test(start_paused = true)]
async fn a_request_is_sent_again_by_the_schedule_until_it_succeeds() {
    let busy = || answer(&StoryError::Busy);
    let course = course(plain(), Method::POST, [busy(), busy(), busy(), ok()]).await;
    assert_eq!(course, succeeds(4, seconds(1 + 2 + 4)));
}

#[tokio::test(start_paused = true)]
async fn the_schedule_has_an_end() {
    let course = course(plain(), Method::POST, [answer(&StoryError::Busy)]).await;
    let (sent, took) = (5, seconds(1 + 2 + 4 + 8));
    assert_eq!(course, Course { status: 503, sent, took, why: Some(Why::RuleUsedUp), come_back: None });
}

#[tokio::test(start_paused = true)]
async fn the_rule_of_the_code_goes_before_that_of_the_status() {
    let closed = course(plain(), Method::GET, [answer(&StoryError::Closed), ok()]).await;
    assert_eq!((closed.sent, closed.why), (1, Some(Why::Never)));
    let corrupt = || answer(&StoryError::CacheCorrupt);
    let corrupt = course(plain(), Method::POST, [corrupt(), corrupt(), ok()]).await;
    assert_eq!(corrupt, succeeds(3, seconds(1 + 3)));
}

#[tokio::test(start_paused = true)]
async fn what_is_not_an_error_of_the_service_is_repeated_by_its_status() {
    let gateway = || ResponseTemplate::new(502).set_body_string("<html>Bad Gateway</html>");
    assert_eq!(course(plain(), Method::GET, [gateway(), ok()]).await, succeeds(2, seconds(1)));
    assert_eq!(course(plain(), Method::POST, [gateway(), ok()]).await.sent, 1);
    let unknown =
        || ResponseTemplate::new(503).set_body_string(r#"{"error":{"code":"brand_new","message":""}}"#);
    assert_eq!(course(plain(), Method::POST, [unknown(), ok()]).await, succeeds(2, seconds(1)));
}

#[tokio::test(start_paused = true)]
async fn nothing_that_a_response_says_overrides_none_or_the_conditions() {
    let urging =
        |error| answer(&error).append_header("retry-after", "1").append_header("x-should-retry", "true");
    for (error, method, why) in [
        (StoryError::Closed, Method::GET, Why::Never),
        (StoryError::NotFound, Method::GET, Why::Never),
        (StoryError::Upstream, Method::POST, Why::NotRepeatable),
        (StoryError::Unclear, Method::PUT, Why::NotRepeatable),
    ] {
        let course = course(plain(), method, [urging(error), ok()]).await;
        assert_eq!((course.sent, course.why), (1, Some(why)));
    }
    for method in [Method::GET, Method::PUT] {
        assert_eq!(
            course(plain(), method, [urging(StoryError::Upstream), ok()]).await,
            succeeds(2, seconds(1))
        );
    }
}

#[tokio::test(start_paused = true)]
async fn the_wait_of_a_429_is_obeyed_to_the_second() {
    let limited = || answer(&StoryError::RateLimited { wait: seconds(7) });
    let policy = Policy::new().without_budget(); // with jitter
    assert_eq!(course(policy, Method::POST, [limited(), ok()]).await, succeeds(2, seconds(7)));
    // `once`
    let course = course(plain(), Method::POST, [limited()]).await;
    assert_eq!((course.sent, course.took, course.why), (2, seconds(7), Some(Why::RuleUsedUp)));
    assert_eq!(course.come_back, Some(seconds(7)));
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_patience_stops_at_once_and_says_when_to_come_back() {
    let limited = answer(&StoryError::RateLimited { wait: seconds(3600) });
    let course = course(plain().with_patience(seconds(30)), Method::GET, [limited, ok()]).await;
    let (why, come_back) = (Some(Why::TooLong), Some(seconds(3600)));
    assert_eq!(course, Course { status: 429, sent: 1, took: Duration::ZERO, why, come_back });
}

#[tokio::test(start_paused = true)]
async fn x_should_retry_false_is_obeyed() {
    let told = answer(&StoryError::Busy).append_header("x-should-retry", "false");
    let course = course(plain(), Method::GET, [told, ok()]).await;
    assert_eq!((course.sent, course.why), (1, Some(Why::ToldNotTo)));
}

#[tokio::test(start_paused = true)]
async fn no_attempt_begins_after_the_time_for_all_of_them() {
    // After 1 + 2 s a wait of 4 s would end at 7 s.
    let course = course(plain().with_max_elapsed(seconds(6)), Method::GET, [answer(&StoryError::Busy)]).await;
    assert_eq!((course.sent, course.took, course.why), (3, seconds(3), Some(Why::OutOfTime)));
}

#[tokio::test(start_paused = true)]
async fn one_budget_is_for_all_requests_of_a_client() {
    let server = service([answer(&StoryError::Busy)]).await;
    let policy = plain().with_budget(Budget::of_retries(3).with_interval(Duration::ZERO));
    let first = send(policy.clone().with_max_retries(2), Method::GET, &server).await;
    assert_eq!((first.sent, first.why), (3, Some(Why::MaxRetries)));
    let client = client(policy);
    for (sent, why) in [(2, Why::Budget), (1, Why::Budget)] {
        let response = client.get(server.uri()).send().await.unwrap();
        let attempts: &Attempts = response.extensions().get().unwrap();
        assert_eq!((attempts.number(), attempts.why()), (sent, Some(why)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_success_pays_into_the_budget() {
    let server = service([answer(&StoryError::Busy), ok(), answer(&StoryError::Busy), ok()]).await;
    let client = client(plain().with_budget(Budget::of_retries(1).with_interval(Duration::ZERO)));
    for _ in 0..2 {
        assert_eq!(client.get(server.uri()).send().await.unwrap().status(), 200);
    }
}

// By the clock that goes on: one that stands still would let the time-out come while there is a response to wait for.
#[tokio::test]
async fn whoever_drops_the_call_sends_no_more() {
    let soon = || answer(&StoryError::Busy).insert_header("retry-after-ms", "400");
    let server = service([soon(), ok()]).await;
    let client = client(plain());
    assert!(timeout(Duration::from_millis(200), client.get(server.uri()).send()).await.is_err());
    assert_eq!(asked(&server).await.len(), 1);
    sleep(Duration::from_millis(500)).await;
    assert_eq!(asked(&server).await.len(), 1);
}

#[derive(Clone, Default)]
struct Count(Arc<AtomicU32>);

#[async_trait]
impl Middleware for Count {
    async fn handle(
        &self,
        request: reqwest::Request,
        extensions: &mut Extensions,
        next: Next<'_>,
    ) -> reqwest_middleware::Result<reqwest::Response> {
        self.0.fetch_add(1, Ordering::Relaxed);
        next.run(request, extensions).await
    }
}

#[tokio::test(start_paused = true)]
async fn middleware_outside_sees_the_call_and_inside_each_attempt() {
    let server = service([answer(&StoryError::Busy), answer(&StoryError::Busy), ok()]).await;
    let (outside, inside) = (Count::default(), Count::default());
    let client = ClientBuilder::new(bare_client())
        .with(outside.clone())
        .with(RetryMiddleware::<StoryError>::new(plain()))
        .with(inside.clone())
        .build();
    client.get(server.uri()).send().await.unwrap();
    assert_eq!((outside.0.load(Ordering::Relaxed), inside.0.load(Ordering::Relaxed)), (1, 3));
}
