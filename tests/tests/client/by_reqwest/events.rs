//! What operators of a client hear of attempts: an event for each, counts of retries and of what the budget refused.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use errorbook::ApiError;
use errorbook::client::{Budget, Failure, retry};
use errorbook::retry::Attempt;
use http::Method;
use metrics_util::debugging::{DebugValue, DebuggingRecorder};
use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber, span};
use wiremock::ResponseTemplate;

use super::raw::{Act, Raw};
use super::{StoryError, answer, client, ok, plain, seconds, service};

/// Keeps the events of this thread, each on a line.
#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<String>>>);

impl Events {
    fn heard(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Subscriber for Events {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "errorbook::client"
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let message = fields.0.remove("message").unwrap_or_default();
        let fields: Vec<_> = fields.0.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let line = format!("{} {message}: {}", event.metadata().level(), fields.join(" "));
        self.0.lock().unwrap().push(line);
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

#[derive(Default)]
struct Fields(BTreeMap<&'static str, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}

#[tokio::test(start_paused = true)]
async fn each_attempt_is_an_event() {
    let events = Events::default();
    let _heard = tracing::subscriber::set_default(events.clone());
    let server = service([
        answer(&StoryError::Busy),
        answer(&StoryError::RateLimited { wait: seconds(7) }).set_body_string("slow down"),
        ok(),
    ]);
    client(plain()).post(server.await.uri()).send().await.unwrap();
    assert_eq!(
        events.heard(),
        [
            "DEBUG the request is sent again: error.type=busy http.request.method=POST \
             http.response.status_code=503 retry.wait=1s",
            "DEBUG the request is sent again: http.request.method=POST http.request.resend_count=1 \
             http.response.status_code=429 retry.wait=7s",
            "DEBUG the request succeeded: http.request.method=POST http.request.resend_count=2 \
             http.response.status_code=200",
        ],
    );
}

#[tokio::test(start_paused = true)]
async fn a_success_at_once_is_no_event() {
    let events = Events::default();
    let _heard = tracing::subscriber::set_default(events.clone());
    client(plain()).get(service([ok()]).await.uri()).send().await.unwrap();
    assert_eq!(events.heard(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn an_event_says_why_there_is_no_more_and_when_to_come_back() {
    let events = Events::default();
    let _heard = tracing::subscriber::set_default(events.clone());
    let server = service([answer(&StoryError::RateLimited { wait: seconds(90) })]).await;
    client(plain()).get(server.uri()).send().await.unwrap();
    let raw = Raw::new(&[Act::Close]).await;
    client(plain()).post(raw.url()).send().await.unwrap_err();
    assert_eq!(
        events.heard(),
        [
            "DEBUG the request is not sent again: the wait is longer than the client has patience for: \
             error.type=rate_limited http.request.method=GET http.response.status_code=429 retry.come_back=90s \
             retry.stopped=too_long",
            "DEBUG the request is not sent again: a repeated request could do its work twice: error.type=lost \
             http.request.method=POST retry.stopped=not_repeatable",
        ],
    );
}

#[tokio::test(start_paused = true)]
async fn what_asks_for_another_set_up_of_the_client_is_a_warning() {
    let events = Events::default();
    let _heard = tracing::subscriber::set_default(events.clone());
    let server = service([answer(&StoryError::Busy)]).await;
    let stream = reqwest::Body::wrap("a brief".to_owned());
    client(plain()).post(server.uri()).body(stream).send().await.unwrap();
    client(plain().with_budget(Budget::of_retries(0))).get(server.uri()).send().await.unwrap();
    let heard = events.heard();
    let [gone, refused] = &heard[..] else { panic!("{heard:?}") };
    assert!(
        gone.starts_with("WARN the request is not sent again: its body can be sent only once: "),
        "{gone}"
    );
    assert!(refused.starts_with("WARN the request is not sent again: the client's budget"), "{refused}");
}

#[tokio::test(start_paused = true)]
async fn what_a_service_sends_as_a_code_stays_on_one_line_of_the_log() {
    let events = Events::default();
    let _heard = tracing::subscriber::set_default(events.clone());
    let evil = r#"{"error":{"code":"odd\nERROR forged","message":""}}"#;
    let server = service([ResponseTemplate::new(404).set_body_string(evil)]).await;
    client(plain()).get(server.uri()).send().await.unwrap();
    let heard = events.heard();
    assert!(heard[0].contains(r"error.type=odd\nERROR forged "), "{heard:?}");
}

#[tokio::test(start_paused = true)]
async fn retries_and_what_the_budget_refuses_are_counted() {
    let recorder = DebuggingRecorder::new();
    let counts = recorder.snapshotter();
    let _counted = metrics::set_default_local_recorder(&recorder);
    let unknown =
        || ResponseTemplate::new(503).set_body_string(r#"{"error":{"code":"brand_new","message":""}}"#);
    let server = service([answer(&StoryError::Busy), unknown(), ok()]).await;
    client(plain()).post(server.uri()).send().await.unwrap();
    let raw = Raw::new(&[Act::Close]).await;
    let policy = plain().with_budget(Budget::of_retries(2).with_interval(Duration::ZERO));
    client(policy).request(Method::GET, raw.url()).send().await.unwrap_err();
    let mut counted: Vec<String> = counts
        .snapshot()
        .into_vec()
        .into_iter()
        .map(|(key, unit, description, value)| {
            assert!(description.is_some() && unit == Some(metrics::Unit::Count));
            let labels = key.key().labels().map(|label| format!("{}={}", label.key(), label.value()));
            let labels = labels.collect::<Vec<_>>().join(" ");
            let DebugValue::Counter(count) = value else { panic!("not a count: {value:?}") };
            format!("{} {labels} {count}", key.key().name())
        })
        .collect();
    counted.sort();
    assert_eq!(
        counted,
        [
            "errorbook_client_budget_refusals_total  1",
            "errorbook_client_retries_total code=busy status=503 1",
            "errorbook_client_retries_total code=unknown status=503 1",
            "errorbook_client_retries_total code=unknown status=none 2",
        ],
    );
}

#[tokio::test(start_paused = true)]
async fn any_future_that_is_tried_again_tells_the_same() {
    let events = Events::default();
    let _heard = tracing::subscriber::set_default(events.clone());
    let mut failures = [StoryError::Busy, StoryError::NotFound].into_iter();
    let policy = plain();
    let result = retry(&policy, Attempt::first(&Method::POST), || {
        let failure = failures.next().map(|error| Failure::<StoryError>::read(&error.to_response()));
        async { failure.map_or(Ok(()), Err) }
    });
    result.await.unwrap_err();
    assert_eq!(
        events.heard(),
        [
            "DEBUG the request is sent again: error.type=busy http.request.method=POST \
             http.response.status_code=503 retry.wait=1s",
            "DEBUG the request is not sent again: its rule repeats no request: error.type=not_found \
             http.request.method=POST http.request.resend_count=1 http.response.status_code=404 retry.stopped=never",
        ],
    );
}

#[tokio::test(start_paused = true)]
async fn a_code_without_end_is_told_to_a_bound() {
    let events = Events::default();
    let _heard = tracing::subscriber::set_default(events.clone());
    let body = format!(r#"{{"error": {{"code": "{}", "message": "…"}}}}"#, "x".repeat(900_000));
    let server = service([ResponseTemplate::new(404).set_body_raw(body, "application/json")]).await;
    client(plain()).get(server.uri()).send().await.unwrap();
    let heard = events.heard();
    let [event] = &heard[..] else { panic!("{} events", heard.len()) };
    assert!(event.contains("error.type=xxx") && event.len() < 9000, "{} bytes", event.len());
}
