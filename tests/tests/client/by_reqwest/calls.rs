//! Typed errors of calls: what they know, and what they say.

use std::error::Error as _;

use errorbook::client::reqwest::{CallError, RequestExt};
use errorbook::client::{Failure, Policy, retry};
use errorbook::retry::Attempt;
use http::Method;
use tokio::time::Instant;
use wiremock::ResponseTemplate;

use super::raw::{Act, Raw};
use super::{StoryError, answer, asked, bare_client, client, ok, plain, seconds, service};

const fn assert_is_error<T: std::error::Error + Send + Sync + 'static>() {}
const _: () = assert_is_error::<CallError<StoryError>>();

async fn fails(policy: Policy, method: Method, response: ResponseTemplate) -> CallError<StoryError> {
    let server = service([response]).await;
    client(policy).request(method, server.uri()).send_typed().await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn an_error_response_is_the_error() {
    let poor = || StoryError::InsufficientCredits { need: 10, have: 3 };
    let error = fails(plain(), Method::POST, answer(&poor())).await;
    assert_eq!(error.error(), Some(&poor()));
    assert_eq!(error.code(), Some("insufficient_credits"));
    assert!(error.transport().is_none());
    let failure: Failure<StoryError> = error.into_failure().unwrap();
    assert_eq!(failure.into_error().unwrap(), poor());
}

#[tokio::test(start_paused = true)]
async fn without_the_middleware_it_is_the_same_of_one_attempt() {
    let server = service([answer(&StoryError::NotFound)]).await;
    let url = server.uri();
    for error in [
        bare_client().get(&url).send_typed::<StoryError>().await,
        reqwest_middleware::ClientWithMiddleware::from(bare_client()).get(&url).send_typed().await,
    ] {
        let error = error.unwrap_err();
        assert_eq!((error.error(), error.attempts()), (Some(&StoryError::NotFound), None));
    }
    assert_eq!(asked(&server).await.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_success_and_a_redirect_that_is_not_followed_are_no_errors() {
    for status in [200, 204, 304, 399] {
        let server = service([ResponseTemplate::new(status)]).await;
        let response = client(plain()).get(server.uri()).send_typed::<StoryError>().await.unwrap();
        assert_eq!(response.status(), status);
    }
    let error = fails(plain(), Method::GET, ResponseTemplate::new(999)).await;
    assert_eq!(error.failure().unwrap().status().as_u16(), 999);
}

#[tokio::test(start_paused = true)]
async fn it_says_when_to_come_back() {
    let limited = StoryError::RateLimited { wait: seconds(90) };
    let error = fails(plain(), Method::POST, answer(&limited)).await;
    assert_eq!(error.come_back(), Some(seconds(90)));
    // Without the middleware too.
    let server = service([answer(&limited)]).await;
    let error = bare_client().post(server.uri()).send_typed::<StoryError>().await.unwrap_err();
    assert_eq!(error.come_back(), Some(seconds(90)));
}

#[tokio::test(start_paused = true)]
async fn it_says_on_one_line_what_failed_and_why_not_again() {
    let ends = |error: &CallError<StoryError>, end: &str| {
        let text = error.to_string();
        let failure = error.failure().unwrap().to_string();
        assert_eq!(text.strip_prefix(&*failure), Some(end), "{text}");
        assert!(error.source().is_none());
    };
    ends(&fails(plain(), Method::GET, answer(&StoryError::NotFound)).await, "");
    ends(
        &fails(plain(), Method::POST, answer(&StoryError::Upstream)).await,
        " (not sent again: a repeated request could do its work twice)",
    );
    ends(
        &fails(plain().with_max_retries(2), Method::POST, answer(&StoryError::Busy)).await,
        " (sent 3 times, and not again: it was repeated as often as the client allows)",
    );
}

#[tokio::test(start_paused = true)]
async fn without_a_response_it_says_how_that_failed_and_shows_no_url() {
    let raw = Raw::new(&[Act::Close]).await;
    let url = format!("{}?key=hunter2", raw.url());
    let error = client(plain()).post(url).send_typed::<StoryError>().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the connection broke before there was a response (not sent again: a repeated request could do its work twice)",
    );
    assert!(error.source().unwrap().to_string().starts_with("error sending request"));
    assert!(error.into_failure().unwrap_err().transport().is_some());
}

#[tokio::test(start_paused = true)]
async fn a_whole_call_can_be_tried_again_as_its_error_says() {
    let server = service([answer(&StoryError::CacheCorrupt), ok()]).await;
    let (policy, started) = (plain(), Instant::now());
    let text = retry(&policy, Attempt::first(&Method::POST), || async {
        let response = bare_client().post(server.uri()).send_typed::<StoryError>().await?;
        Ok::<_, CallError<StoryError>>(response.text().await?)
    });
    assert_eq!((text.await.unwrap(), started.elapsed()), ("done".to_owned(), seconds(1)));
}
