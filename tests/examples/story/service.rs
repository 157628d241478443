//! The service: handlers return `Result<_, StoryError>`, and that is all they do about errors.

use std::time::Duration;

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::{get, post};
use axum::{Json, Router};
use errorbook::ApiError;
use errorbook::tower::ErrorLayer;
use serde_json::{Value, json};

use super::billing::BillingError;
use super::common::{AuthError, FieldError, STORY};
use super::story::StoryError;

/// Stands in the cause of the 500 and must never be seen outside.
const SECRET: &str = "postgres://story:hunter2@db.internal/cache";

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

/// The routes, and around them request ids and the envelope for what no handler wrote: one line.
pub fn service() -> Router {
    routes().layer(ErrorLayer::new().envelope(&STORY))
}

/// The routes alone.
pub fn routes() -> Router {
    Router::new()
        .route("/v1/stories", post(create_story))
        .route("/v1/stories/{id}", get(show_story))
        .route("/v1/tell", get(tell_story))
}
