//! A client of the story service, whose faults are switched on: what happens attempt by attempt, and what the caller has in
//! the end. The errors are those that the service declares, and so are the rules by which requests are sent again; here is
//! neither a copy of them nor a loop.
//!
//! `cargo run --example story_client --features client`

mod attempts;
#[path = "../story/billing.rs"]
pub mod billing;
#[path = "../story/common.rs"]
pub mod common;
mod faults;
#[path = "../story/service.rs"]
pub mod service;
#[path = "../story/story.rs"]
pub mod story;

use std::time::Duration;

use errorbook::client::Policy;
use errorbook::client::reqwest::{CallError, RequestExt, RetryMiddleware};
use errorbook::tower::ErrorLayer;
use reqwest_middleware::{ClientBuilder, ClientWithMiddleware, RequestBuilder};
use tokio::net::TcpListener;

use common::STORY;
use faults::{Fault, Faults};
use story::StoryError;

const STORY_PATH: &str = "/v1/stories/brief_00000000000000fa";

/// What the client has to be told: whose errors these are, and how patient it is.
fn client() -> ClientWithMiddleware {
    // Without jitter, as it is the only client here. In the world there are others that failed at the same moment.
    let policy = Policy::new().without_jitter().with_patience(Duration::from_secs(20));
    ClientBuilder::new(reqwest::Client::new()).with(RetryMiddleware::<StoryError>::new(policy)).build()
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let faults = Faults::default();
    let url = serve(faults.clone()).await?;
    attempts::print();
    let client = client();
    let show = || client.get(format!("{url}{STORY_PATH}")).bearer_auth("sk_demo");
    let create = |brief: &'static str| {
        // A time-out is one for each attempt.
        let request = client.post(format!("{url}/v1/stories")).bearer_auth("sk_demo");
        request.timeout(Duration::from_millis(500)).body(brief)
    };
    let otters = r#"{"brief":"Otters","minutes":2}"#;

    scene(
        "A story that the cache holds twice in a broken form. Its rule: 1, 2, 4 and 8 s, whatever the request",
    );
    faults.are(
        [(); 2]
            .map(|()| Fault::Error(StoryError::CorruptCacheEntry { id: String::new(), source: "".into() })),
    );
    call(show()).await;

    scene("Too many requests: the service says how long to wait, and the client waits as long");
    faults.are([Fault::Error(StoryError::RateLimitExceeded { wait: Duration::from_secs(1) })]);
    call(create(otters)).await;

    scene("Too many requests, for an hour: longer than the client has patience for");
    faults.are([Fault::Error(StoryError::RateLimitExceeded { wait: Duration::from_secs(3600) })]);
    call(create(otters)).await;

    scene(
        "A story is created, and the answer never comes. Perhaps it was made: to send it again could make two",
    );
    faults.are([Fault::Silence]);
    call(create(otters)).await;

    scene("The same with an idempotency key, by which a service knows that it is the same story");
    faults.are([Fault::Silence]);
    call(create(otters).with_idempotency_key()).await;

    scene("A brief that is not right. To send it again would not help, and the error has the fields");
    faults.are([]);
    call(create(r#"{"brief":"","minutes":90}"#)).await;

    scene("An error that this client does not know yet: its status says what to do");
    faults.are([Fault::NewerCode]);
    call(show()).await;
    Ok(())
}

/// Starts the service; gives its URL.
async fn serve(faults: Faults) -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let failing = axum::middleware::from_fn_with_state(faults, faults::fail);
    let app = service::routes().layer(failing).layer(ErrorLayer::new().envelope(&STORY));
    tokio::spawn(async move { axum::serve(listener, app).await });
    println!("The story service answers on {url}, and has its faults switched on.");
    Ok(url)
}

fn scene(what: &str) {
    println!("\n{what}.");
    attempts::begin();
}

/// Makes a call, and says what its caller has then.
async fn call(request: RequestBuilder) {
    let result = match request.send_typed::<StoryError>().await {
        Ok(response) => format!("{}", response.status()),
        Err(error) => what_the_caller_knows(&error),
    };
    println!("  {:4.1} s  the caller has: {result}", attempts::elapsed());
}

/// What a program can tell apart.
fn what_the_caller_knows(error: &CallError<StoryError>) -> String {
    if let Some(StoryError::InvalidRequest { fields }) = error.error() {
        let fields: Vec<_> =
            fields.iter().map(|field| format!("`{}` {}", field.field, field.problem)).collect();
        return format!("an InvalidRequest: {}", fields.join(", "));
    }
    match (error.code(), error.come_back()) {
        (Some(code), Some(wait)) => format!("{code}, and a time to come back: in {} s", wait.as_secs()),
        _ => error.to_string(),
    }
}
