//! Bodies: those of successes stream, those of errors are read within a bound and put back.

use errorbook::client::Attempts;
use errorbook::client::reqwest::{RequestExt, RetryMiddleware};
use errorbook::client::{Policy, Reader, Why};
use reqwest::Body;
use wiremock::ResponseTemplate;

use super::raw::{Act, Raw};
use super::{StoryError, answer, asked, bare_client, client, client_with, ok, plain, seconds, service};

/// A body that reqwest cannot clone.
fn stream() -> Body {
    Body::wrap("a brief".to_owned())
}

#[tokio::test(start_paused = true)]
async fn a_body_is_the_same_in_all_attempts() {
    let server = service([answer(&StoryError::Busy), ok()]).await;
    let response = client(plain()).post(server.uri()).body("a brief").send().await.unwrap();
    assert_eq!(response.status(), 200);
    let bodies: Vec<_> = asked(&server).await.into_iter().map(|request| request.body).collect();
    assert_eq!(bodies, [b"a brief", b"a brief"]);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_cannot_be_sent_again_is_sent_once() {
    let server = service([answer(&StoryError::Busy), ok()]).await;
    let response = client(plain()).post(server.uri()).body(stream()).send().await.unwrap();
    assert_eq!(response.status(), 503);
    let attempts: &Attempts = response.extensions().get().unwrap();
    assert_eq!((attempts.number(), attempts.why()), (1, Some(Why::BodyGone)));
    let requests = asked(&server).await;
    assert_eq!((requests.len(), &*requests[0].body), (1, &b"a brief"[..]));
}

#[tokio::test(start_paused = true)]
async fn of_a_request_that_would_not_be_repeated_anyway_its_body_is_not_to_blame() {
    let server = service([answer(&StoryError::Upstream), ok()]).await;
    let response = client(plain()).post(server.uri()).body(stream()).send().await.unwrap();
    let attempts: &Attempts = response.extensions().get().unwrap();
    assert_eq!(attempts.why(), Some(Why::NotRepeatable));
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_gone_draws_nothing_from_the_budget() {
    let server = service([answer(&StoryError::Busy), answer(&StoryError::Busy), ok()]).await;
    let budget = errorbook::client::Budget::of_retries(1).with_interval(std::time::Duration::ZERO);
    let client = client(plain().with_budget(budget));
    client.post(server.uri()).body(stream()).send().await.unwrap();
    assert_eq!(client.post(server.uri()).body("a brief").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn a_success_streams() {
    // Its end never comes.
    let raw = Raw::new(&[Act::SayAndHang("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nbegin")]).await;
    let mut response = client(plain()).get(raw.url()).send().await.unwrap();
    assert_eq!(response.chunk().await.unwrap().unwrap(), "begin");
}

#[tokio::test(start_paused = true)]
async fn an_error_response_is_what_it_would_be_without_the_middleware() {
    let template =
        || ResponseTemplate::new(404).insert_header("x-several", "1").set_body_string("{\"odd\": true} ");
    let server = service([template()]).await;
    let url = format!("{}/v1/stories?page=2", server.uri());
    let with = client(plain()).get(&url).send().await.unwrap();
    let without = bare_client().get(&url).send().await.unwrap();
    assert_eq!(with.url().as_str(), url);
    assert_eq!(with.remote_addr(), Some(*server.address()));
    assert_eq!(with.remote_addr(), without.remote_addr());
    assert_eq!((with.status(), with.version()), (without.status(), without.version()));
    assert_eq!(with.headers().len(), without.headers().len());
    assert_eq!(with.headers()["x-several"], "1");
    assert_eq!(with.content_length(), without.content_length());
    // reqwest's own have no names. The middleware adds one.
    assert_eq!(with.extensions().len(), without.extensions().len() + 1);
    assert_eq!(with.text().await.unwrap(), "{\"odd\": true} ");
}

#[tokio::test(start_paused = true)]
async fn what_another_middleware_put_into_an_error_response_stays() {
    #[derive(Clone)]
    struct Mark;

    struct Marks;

    #[async_trait::async_trait]
    impl reqwest_middleware::Middleware for Marks {
        async fn handle(
            &self,
            request: reqwest::Request,
            extensions: &mut http::Extensions,
            next: reqwest_middleware::Next<'_>,
        ) -> reqwest_middleware::Result<reqwest::Response> {
            let mut response = next.run(request, extensions).await?;
            response.extensions_mut().insert(Mark);
            Ok(response)
        }
    }

    let server = service([answer(&StoryError::NotFound)]).await;
    let client = reqwest_middleware::ClientBuilder::new(bare_client())
        .with(RetryMiddleware::<StoryError>::new(plain()))
        .with(Marks)
        .build();
    let response = client.get(server.uri()).send().await.unwrap();
    assert!(response.extensions().get::<Mark>().is_some());
}

#[tokio::test]
async fn of_an_endless_error_body_no_more_is_read_than_the_limit() {
    const HEAD: &str = "HTTP/1.1 404 Not Found\r\ncontent-length: 9999999999\r\n\r\nbegin";
    let raw = Raw::new(&[Act::SayWithoutEnd(HEAD)]).await;
    let reader = || Reader::new().with_max_bytes(10_000);
    let mut response =
        client_with(RetryMiddleware::new(plain()).with_reader(reader())).get(raw.url()).send().await.unwrap();
    assert_eq!(response.content_length(), Some(9_999_999_999));
    // What was read stands there again, and the rest goes on behind it.
    let first = response.chunk().await.unwrap().unwrap();
    assert!(first.starts_with(b"beginxxx") && (10_000..2_000_000).contains(&first.len()), "{}", first.len());
    let mut rest = 0;
    while rest < 5_000_000 {
        rest += response.chunk().await.unwrap().unwrap().len();
    }
    drop(response);

    let said = raw.said();
    let error = bare_client().get(raw.url()).send_typed_by::<StoryError>(&reader()).await.unwrap_err();
    assert_eq!(error.failure().unwrap().status(), 404);
    // What the service got rid of meanwhile lies in the buffers of the sockets.
    assert!(raw.said() - said < 20_000_000, "{}", raw.said() - said);
}

#[tokio::test(start_paused = true)]
async fn an_error_body_that_breaks_off_is_handed_on_as_far_as_it_came() {
    const CUT: &str = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 1000\r\n\r\n{\"error\":{\"co";
    let raw =
        Raw::new(&[Act::Say(CUT), Act::Say(CUT), Act::Say("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")])
            .await;
    // By its status it may be repeated.
    assert_eq!(client(plain()).post(raw.url()).send().await.unwrap().status(), 200);
    assert_eq!(raw.requests(), 3);

    let raw = Raw::new(&[Act::Say(CUT)]).await;
    let mut response = client(plain().with_max_retries(0)).get(raw.url()).send().await.unwrap();
    assert_eq!(response.chunk().await.unwrap().unwrap(), "{\"error\":{\"co");
    assert!(response.chunk().await.is_err());
    assert!(response.chunk().await.unwrap().is_none());

    let error = client(plain()).patch(raw.url()).send_typed::<StoryError>().await.unwrap_err();
    assert_eq!(error.failure().unwrap().status(), 503);
}

#[tokio::test(start_paused = true)]
async fn an_error_without_a_body_is_an_error() {
    let server = service([ResponseTemplate::new(503), ok()]).await;
    assert_eq!(client(plain()).head(server.uri()).send().await.unwrap().status(), 200);
    let server = service([ResponseTemplate::new(418)]).await;
    let error = bare_client().head(server.uri()).send_typed::<StoryError>().await.unwrap_err();
    assert_eq!((error.failure().unwrap().status().as_u16(), error.code()), (418, None));
}

#[tokio::test(start_paused = true)]
async fn the_time_to_come_back_with_another_body_is_not_drawn_by_chance() {
    let server = service([answer(&StoryError::Busy)]).await;
    let client = client(Policy::new());
    for _ in 0..3 {
        let response = client.post(server.uri()).body(stream()).send().await.unwrap();
        let attempts: &Attempts = response.extensions().get().unwrap();
        assert_eq!((attempts.why(), attempts.come_back()), (Some(Why::BodyGone), Some(seconds(1))));
    }
}
