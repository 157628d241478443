//! A small story service over real HTTP: what `StoryError` declares is what callers get. It prints an address
//! and `curl` lines that fail in each way, and answers them until Ctrl-C; with `--once` it makes these calls
//! itself, shows both sides, and ends. The errors are declared in `story.rs`.

pub mod billing;
pub mod common;
pub mod story;

use std::io::IsTerminal;
use std::time::Duration;

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use errorbook::ApiError;
use errorbook::tower::ErrorLayer;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use billing::BillingError;
use common::{AuthError, FieldError, STORY};
use story::StoryError;

/// Stands in the cause of the 500 and must never be seen outside.
const SECRET: &str = "postgres://story:hunter2@db.internal/cache";

// --- The service: handlers return `Result<_, StoryError>`, and that is all they do about errors. ---

async fn create_story(headers: HeaderMap, body: String) -> Result<(StatusCode, Json<Value>), StoryError> {
    check_key(&headers)?;
    let minutes = check_brief(&body).map_err(|fields| StoryError::InvalidRequest { fields })?;
    charge_minutes(minutes)?;
    Ok((StatusCode::ACCEPTED, Json(json!({ "id": "brief_00000000000000aa", "status": "generating" }))))
}

async fn show_story(headers: HeaderMap, Path(id): Path<String>) -> Result<Json<Value>, StoryError> {
    check_key(&headers)?;
    let digits = id.strip_prefix("brief_").unwrap_or_default();
    if digits.len() != 16 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(StoryError::InvalidId);
    }
    match digits {
        // A failure that is no answer: it stands inside the story, in the same form.
        "00000000000000fa" => {
            let failed = StoryError::Failed { stage: "voice" };
            Ok(Json(json!({ "id": id, "status": "failed", "failure": failed.body() })))
        }
        "00000000000000cc" => Err(StoryError::CorruptCacheEntry { id, source: SECRET.into() }),
        "00000000000000de" => Err(StoryError::ServerMisconfigured { service: "renderer" }),
        _ => Err(StoryError::NotFound),
    }
}

fn check_key(headers: &HeaderMap) -> Result<(), StoryError> {
    let sent = headers.get("authorization").and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    match sent {
        None => Err(AuthError::MissingApiKey.into()),
        Some("sk_demo") => Ok(()),
        Some("sk_busy") => Err(StoryError::RateLimitExceeded { wait: Duration::from_secs(7) }),
        Some(_) => Err(AuthError::InvalidApiKey.into()),
    }
}

/// The minutes that the story would take, or what is wrong with the brief.
fn check_brief(body: &str) -> Result<u32, Vec<FieldError>> {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let mut wrong = Vec::new();
    if body["brief"].as_str().is_none_or(str::is_empty) {
        wrong.push(FieldError::new("brief", "must not be empty"));
    }
    let minutes = body["minutes"].as_u64().and_then(|minutes| u32::try_from(minutes).ok());
    match minutes {
        Some(minutes @ 1..=60) if wrong.is_empty() => return Ok(minutes),
        Some(1..=60) => {}
        _ => wrong.push(FieldError::new("minutes", "must be 1 to 60")),
    }
    Err(wrong)
}

/// The billing module knows nothing of stories: `?` makes its error a `StoryError`, which lets it answer.
fn charge_minutes(needed: u32) -> Result<(), BillingError> {
    let left = 3;
    if needed <= left {
        return Ok(());
    }
    Err(BillingError::InsufficientMinutes { account: "acct_7".to_owned(), needed, left })
}

/// A handler that nobody should call.
async fn tell_story(_: HeaderMap) -> StatusCode {
    panic!("connecting to {SECRET}")
}

fn service() -> Router {
    Router::new()
        .route("/v1/stories", post(create_story))
        .route("/v1/stories/{id}", get(show_story))
        .route("/v1/tell", get(tell_story))
        // Request ids, and the envelope for what no handler wrote: one line.
        .layer(ErrorLayer::new().envelope(&STORY))
}

// --- The calls: one for each way to fail. ---

struct Call {
    what: &'static str,
    method: &'static str,
    path: &'static str,
    key: &'static str,
    body: &'static str,
}

const fn create(what: &'static str, key: &'static str, body: &'static str) -> Call {
    Call { what, method: "POST", path: "/v1/stories", key, body }
}

const fn show(what: &'static str, path: &'static str) -> Call {
    Call { what, method: "GET", path, key: "sk_demo", body: "" }
}

const CALLS: &[Call] = &[
    create("a story, accepted", "sk_demo", r#"{"brief":"Otters","minutes":2}"#),
    create("two bad fields", "sk_demo", r#"{"brief":"","minutes":90}"#),
    create("no key", "", r#"{"brief":"Otters","minutes":2}"#),
    create(
        "more minutes than are left: the billing module answers",
        "sk_demo",
        r#"{"brief":"Otters","minutes":12}"#,
    ),
    create("too many requests", "sk_busy", r#"{"brief":"Otters","minutes":2}"#),
    show("an id that cannot be one", "/v1/stories/7"),
    show("an unknown story", "/v1/stories/brief_0123456789abcdef"),
    show("a server fault whose cause holds a password", "/v1/stories/brief_00000000000000cc"),
    show("a service that is not set up", "/v1/stories/brief_00000000000000de"),
    show("a story that failed: the error stands inside it", "/v1/stories/brief_00000000000000fa"),
    show("a path that is not there: axum's own 404", "/v1/poems"),
    show("a method that the route does not know: axum's own 405", "/v1/stories"),
    show("a handler that panics with the password", "/v1/tell"),
];

impl Call {
    fn curl(&self, address: &str) -> String {
        let Self { path, key, body, .. } = self;
        let key = if key.is_empty() { String::new() } else { format!(" -H 'Authorization: Bearer {key}'") };
        let body = if body.is_empty() { String::new() } else { format!(" -d '{body}'") };
        format!("curl -i http://{address}{path}{key}{body}")
    }

    fn request(&self, address: &str) -> String {
        let Self { method, path, key, body, .. } = self;
        let key = if key.is_empty() { String::new() } else { format!("authorization: Bearer {key}\r\n") };
        let length = body.len();
        format!(
            "{method} {path} HTTP/1.1\r\nhost: {address}\r\n{key}content-length: {length}\r\n\
             connection: close\r\n\r\n{body}"
        )
    }
}

/// Sends a request over a connection of its own and reads until the other side closes it.
async fn exchange(address: &str, request: &str) -> std::io::Result<String> {
    let mut connection = TcpStream::connect(address).await?;
    connection.write_all(request.as_bytes()).await?;
    let mut response = String::new();
    connection.read_to_string(&mut response).await?;
    Ok(response)
}

// --- What is printed. ---

/// Text in colour, where a terminal shows it.
fn paint(code: &str, text: &str) -> String {
    if std::io::stdout().is_terminal() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

/// A request or a response, an arrow before each of its lines.
fn print_message(arrow: &str, message: &str) {
    let (head, body) = message.split_once("\r\n\r\n").unwrap_or((message, ""));
    for (index, line) in head.lines().enumerate() {
        println!("  {} {}", paint("36", arrow), if index == 0 { paint("1", line) } else { line.to_owned() });
    }
    if !body.is_empty() {
        println!("  {} {}", paint("36", arrow), paint("33", body));
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Operators would read the panic's text; here it would only hide what callers get.
    std::panic::set_hook(Box::new(|_| println!("  (the handler panics)")));
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    let server = tokio::spawn(async move { axum::serve(listener, service()).await });

    if !std::env::args().any(|argument| argument == "--once") {
        println!(
            "The story service answers on {}. Stop it with Ctrl-C.\n",
            paint("1", &format!("http://{address}"))
        );
        for call in CALLS {
            println!("{}\n{}\n", paint("2", &format!("# {}", call.what)), call.curl(&address));
        }
        return Ok(server.await??);
    }

    for call in CALLS {
        println!("{}", paint("1;4", call.what));
        let request = call.request(&address);
        print_message(">", &request);
        let response = exchange(&address, &request).await?;
        print_message("<", &response);
        println!();
        assert!(!response.contains("hunter2"), "the cause's password reached the caller");
    }
    println!(
        "{}",
        paint("32", &format!("{} calls, and the password of the cause stayed inside.", CALLS.len()))
    );
    Ok(())
}
