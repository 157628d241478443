//! The five reference APIs, each against the table of its contract: status, code, exact body, content type,
//! headers, and what a client does next.

#![expect(clippy::too_many_lines, reason = "a table has as many lines as its contract has rows")]

use std::time::Duration;

use errorbook::context::Context;
use errorbook::retry::{Attempt, DEFAULT_BACKOFF, RetryRule, RetryWait, RetryWhen};
use errorbook::{ApiError, Catalog};
use errorbook_tests::apis::{
    AuthError, BillingError, DecksError, FieldError, PullStoryError, RunsError, StoryError, VideogenError,
};
use http::Method;

use crate::support::{header, headers, text};

/// What a client does about an error: the rule, and the waits that follow from it, in seconds, before each
/// retry of a POST, of a POST with an `Idempotency-Key`, and of a GET.
struct Retries {
    rule: Rule,
    post: Waits,
    post_with_key: Waits,
    get: Waits,
}

type Rule = Option<(RetryWait, u32, RetryWhen)>;
type Waits = &'static [(u64, u64)];

const SCHEDULE: Waits = &[(1, 1), (2, 2), (4, 4), (8, 8)];

const NEVER: Retries = Retries { rule: None, post: &[], post_with_key: &[], get: &[] };

const fn always(wait: RetryWait, times: u32, waits: Waits) -> Retries {
    let rule = Some((wait, times, RetryWhen::Always));
    Retries { rule, post: waits, post_with_key: waits, get: waits }
}

const fn if_idempotent(wait: RetryWait, times: u32, waits: Waits) -> Retries {
    let rule = Some((wait, times, RetryWhen::IfIdempotent));
    Retries { rule, post: &[], post_with_key: waits, get: waits }
}

const fn if_safe(wait: RetryWait, times: u32, waits: Waits) -> Retries {
    let rule = Some((wait, times, RetryWhen::IfSafe));
    Retries { rule, post: &[], post_with_key: &[], get: waits }
}

const BACKOFF: RetryWait = RetryWait::Backoff(DEFAULT_BACKOFF);
const GIVEN: RetryWait = RetryWait::Given(DEFAULT_BACKOFF);

const fn between(least: u64, most: u64) -> RetryWait {
    RetryWait::Between(Duration::from_secs(least), Duration::from_secs(most))
}

/// One row of a contract's table, and what its error looks like on the wire.
struct Row {
    error: Box<dyn ApiError>,
    section: &'static str,
    code: &'static str,
    status: Option<u16>,
    body: &'static str,
    www_authenticate: Option<&'static str>,
    retry_after: Option<&'static str>,
    retries: Retries,
}

fn row(
    error: impl ApiError + 'static,
    section: &'static str,
    code: &'static str,
    status: impl Into<Option<u16>>,
    body: &'static str,
    retries: Retries,
) -> Row {
    Row {
        error: Box::new(error),
        section,
        code,
        status: status.into(),
        body,
        www_authenticate: None,
        retry_after: None,
        retries,
    }
}

impl Row {
    fn with_www_authenticate(self, value: &'static str) -> Self {
        Self { www_authenticate: Some(value), ..self }
    }

    fn with_retry_after(self, value: &'static str) -> Self {
        Self { retry_after: Some(value), ..self }
    }

    fn check(&self) {
        let Self { error, code, .. } = self;
        let spec = error.spec();
        assert_eq!(error.code(), *code);
        assert_eq!(spec.status().map(|status| status.as_u16()), self.status, "{code}");
        assert_eq!(error.status().as_u16(), self.status.unwrap_or(500), "{code}");
        assert_eq!(spec.section().unwrap_or_default(), self.section, "{code}");
        assert!(spec.description().is_some(), "{code}");
        assert!(spec.remedy().is_some(), "{code}");

        let response = error.to_response();
        assert_eq!(response.status(), error.status(), "{code}");
        assert_eq!(text(response.body()), self.body, "{code}");
        assert_eq!(header(&response, "content-type"), Some("application/json"), "{code}");
        assert_eq!(header(&response, "www-authenticate"), self.www_authenticate, "{code}");
        assert_eq!(header(&response, "retry-after"), self.retry_after, "{code}");
        let known = ["content-type", "www-authenticate", "retry-after"];
        assert!(response.headers().keys().all(|name| known.contains(&name.as_str())), "{code}");

        let retry = error.retry();
        match self.retries.rule {
            None => assert_eq!(retry.rule(), RetryRule::NEVER, "{code}"),
            Some(expected) => {
                let rule = retry.rule();
                assert_eq!((rule.wait(), rule.times(), rule.when()), expected, "{code}");
            }
        }
        assert_eq!(spec.retry(), retry.rule(), "{code}");
        assert_eq!(retry.is_retryable(), self.retries.rule.is_some(), "{code}");
        assert_eq!(waits(error, &Method::POST, false), self.retries.post, "{code}: POST");
        assert_eq!(waits(error, &Method::POST, true), self.retries.post_with_key, "{code}: POST with a key");
        assert_eq!(waits(error, &Method::GET, false), self.retries.get, "{code}: GET");
    }
}

/// What a client waits before each retry until it gives up.
fn waits(error: &dyn ApiError, method: &Method, has_key: bool) -> Vec<(u64, u64)> {
    let first = Attempt::first(method).with_idempotency_key(has_key);
    (1..)
        .map_while(|n| error.retry().before_retry(&first.nth(n)))
        .map(|wait| (wait.start().as_secs(), wait.end().as_secs()))
        .collect()
}

/// Each row as declared, and in the catalogue the same rows in the same order, and no others.
fn check(rows: &[Row], catalog: &Catalog) {
    rows.iter().for_each(Row::check);
    let declared: Vec<_> = catalog
        .entries()
        .map(|spec| (spec.section().unwrap_or_default(), spec.code(), spec.status()))
        .collect();
    let expected: Vec<_> =
        rows.iter().map(|row| (row.section, row.code, row.error.spec().status())).collect();
    assert_eq!(declared, expected);
}

/// Renders as a service does that knows the request's id.
fn in_a_request<R>(render: impl FnOnce() -> R) -> R {
    Context::new().with_request_id("req_01hq").scope(render)
}

fn bad_fields() -> Vec<FieldError> {
    vec![FieldError::new("brief", "must not be empty"), FieldError::new("minutes", "must be 1 to 60")]
}

fn out_of_minutes() -> BillingError {
    BillingError::InsufficientMinutes { account: "acct_7".to_owned(), needed: 12, left: 3 }
}

/// A cause that must not be seen outside.
fn secret() -> Box<dyn std::error::Error + Send + Sync> {
    "password hunter2".into()
}

#[test]
fn story_answers_as_its_contract_says() {
    let rows = [
        row(
            StoryError::Auth(AuthError::InvalidApiKey),
            "Authentication",
            "invalid_api_key",
            401,
            r#"{"error":{"code":"invalid_api_key","message":"This API key is not valid.","request_id":"req_01hq"}}"#,
            NEVER,
        )
        .with_www_authenticate("Bearer error=\"invalid_token\""),
        row(
            StoryError::Auth(AuthError::MissingApiKey),
            "Authentication",
            "missing_api_key",
            401,
            r#"{"error":{"code":"missing_api_key","message":"No API key was sent.","request_id":"req_01hq"}}"#,
            NEVER,
        )
        .with_www_authenticate("Bearer"),
        row(
            StoryError::InvalidRequest { fields: bad_fields() },
            "Validation",
            "invalid_request",
            400,
            concat!(
                r#"{"error":{"code":"invalid_request","message":"Some fields of the request are not valid.","#,
                r#""request_id":"req_01hq","details":[{"field":"brief","problem":"must not be empty"},"#,
                r#"{"field":"minutes","problem":"must be 1 to 60"}]}}"#,
            ),
            NEVER,
        ),
        row(
            StoryError::InvalidId,
            "Validation",
            "invalid_id",
            400,
            concat!(
                r#"{"error":{"code":"invalid_id","message":"A story id is `brief_` and 16 hexadecimal digits.","#,
                r#""request_id":"req_01hq"}}"#,
            ),
            NEVER,
        ),
        row(
            StoryError::NotFound,
            "Validation",
            "not_found",
            404,
            r#"{"error":{"code":"not_found","message":"There is no story with this id.","request_id":"req_01hq"}}"#,
            NEVER,
        ),
        row(
            StoryError::Failed { stage: "voice" },
            "Validation",
            "failed",
            None,
            concat!(
                r#"{"error":{"code":"failed","#,
                r#""message":"The story could not be generated. Nothing was charged."}}"#,
            ),
            NEVER,
        ),
        row(
            StoryError::CorruptCacheEntry { id: "brief_1".to_owned(), source: secret() },
            "Validation",
            "corrupt_cache_entry",
            500,
            r#"{"error":{"code":"corrupt_cache_entry","message":"Internal Server Error","request_id":"req_01hq"}}"#,
            always(BACKOFF, 4, SCHEDULE),
        ),
        row(
            StoryError::Billing(out_of_minutes()),
            "Billing",
            "insufficient_minutes",
            402,
            concat!(
                r#"{"error":{"code":"insufficient_minutes","#,
                r#""message":"This needs 12 video minutes, and 3 are left this month.","request_id":"req_01hq"}}"#,
            ),
            NEVER,
        ),
        row(
            StoryError::RateLimitExceeded { wait: Duration::from_secs(7) },
            "Rate limiting",
            "rate_limit_exceeded",
            429,
            concat!(
                r#"{"error":{"code":"rate_limit_exceeded","#,
                r#""message":"Too many requests. Wait before you send the next one.","request_id":"req_01hq"}}"#,
            ),
            always(GIVEN, 1, &[(7, 7)]),
        )
        .with_retry_after("7"),
        row(
            StoryError::ServerMisconfigured { service: "renderer" },
            "Service failures",
            "server_misconfigured",
            503,
            concat!(
                r#"{"error":{"code":"server_misconfigured","message":"Stories cannot be generated right now.","#,
                r#""request_id":"req_01hq"}}"#,
            ),
            always(BACKOFF, 4, SCHEDULE),
        ),
    ];
    in_a_request(|| check(&rows, StoryError::catalog()));
}

#[test]
fn story_shows_a_failed_generation_inside_the_story() {
    let failed = StoryError::Failed { stage: "voice" };
    let story = serde_json::json!({ "status": "failed", "failure": failed.body() });
    assert_eq!(story["failure"]["error"]["code"], "failed");
    assert_eq!(
        story["failure"]["error"]["message"],
        "The story could not be generated. Nothing was charged."
    );
}

#[test]
fn pull_story_answers_as_its_contract_says() {
    let rows = [
        row(
            PullStoryError::Auth(AuthError::InvalidApiKey),
            "Authentication",
            "invalid_api_key",
            401,
            r#"{"error":{"code":"invalid_api_key","message":"This API key is not valid.","request_id":"req_01hq"}}"#,
            NEVER,
        )
        .with_www_authenticate("Bearer error=\"invalid_token\""),
        row(
            PullStoryError::Auth(AuthError::MissingApiKey),
            "Authentication",
            "missing_api_key",
            401,
            r#"{"error":{"code":"missing_api_key","message":"No API key was sent.","request_id":"req_01hq"}}"#,
            NEVER,
        )
        .with_www_authenticate("Bearer"),
        row(
            PullStoryError::RepoAccessDenied,
            "Permissions",
            "repo_access_denied",
            403,
            concat!(
                r#"{"error":{"code":"repo_access_denied","#,
                r#""message":"This key's account cannot read the repository.","request_id":"req_01hq"}}"#,
            ),
            NEVER,
        ),
        row(
            PullStoryError::PrNotAccessible,
            "Permissions",
            "pr_not_accessible",
            403,
            concat!(
                r#"{"error":{"code":"pr_not_accessible","#,
                r#""message":"This pull request cannot be read with this key.","request_id":"req_01hq"}}"#,
            ),
            NEVER,
        ),
        row(
            PullStoryError::InvalidRequest { fields: bad_fields() },
            "Validation",
            "invalid_request",
            400,
            concat!(
                r#"{"error":{"code":"invalid_request","message":"Some fields of the request are not valid.","#,
                r#""request_id":"req_01hq","details":[{"field":"brief","problem":"must not be empty"},"#,
                r#"{"field":"minutes","problem":"must be 1 to 60"}]}}"#,
            ),
            NEVER,
        ),
        row(
            PullStoryError::PrNotFound { owner: "acme".to_owned(), repo: "app".to_owned(), number: 7 },
            "Validation",
            "pr_not_found",
            404,
            concat!(
                r#"{"error":{"code":"pr_not_found","message":"There is no pull request acme/app#7.","#,
                r#""request_id":"req_01hq"}}"#,
            ),
            NEVER,
        ),
        row(
            PullStoryError::DraftPrSkipped,
            "Validation",
            "draft_pr_skipped",
            422,
            concat!(
                r#"{"error":{"code":"draft_pr_skipped","#,
                r#""message":"This pull request is a draft without commits.","request_id":"req_01hq"}}"#,
            ),
            NEVER,
        ),
        row(
            PullStoryError::Billing(out_of_minutes()),
            "Billing",
            "insufficient_minutes",
            402,
            concat!(
                r#"{"error":{"code":"insufficient_minutes","#,
                r#""message":"This needs 12 video minutes, and 3 are left this month.","request_id":"req_01hq"}}"#,
            ),
            NEVER,
        ),
        row(
            PullStoryError::RateLimitExceeded { wait: Duration::from_secs(7) },
            "Rate limiting",
            "rate_limit_exceeded",
            429,
            concat!(
                r#"{"error":{"code":"rate_limit_exceeded","#,
                r#""message":"Too many requests. Wait before you send the next one.","request_id":"req_01hq"}}"#,
            ),
            if_idempotent(GIVEN, 1, &[(7, 7)]),
        )
        .with_retry_after("7"),
        row(
            PullStoryError::GithubUpstreamError { source: secret() },
            "Upstream failures",
            "github_upstream_error",
            502,
            concat!(
                r#"{"error":{"code":"github_upstream_error","#,
                r#""message":"The code host did not answer. Nothing was charged.","request_id":"req_01hq"}}"#,
            ),
            if_idempotent(between(30, 30), 4, &[(30, 30); 4]),
        )
        .with_retry_after("30"),
        row(
            PullStoryError::GenerationFailed { stage: "voice" },
            "Upstream failures",
            "generation_failed",
            500,
            concat!(
                r#"{"error":{"code":"generation_failed","#,
                r#""message":"The story could not be generated. Nothing was charged.","request_id":"req_01hq"}}"#,
            ),
            if_idempotent(BACKOFF, 4, SCHEDULE),
        ),
    ];
    in_a_request(|| check(&rows, PullStoryError::catalog()));
}

#[test]
fn runs_answers_as_its_contract_says() {
    let rows = [
        row(
            RunsError::InvalidApiKey,
            "Authentication",
            "invalid_api_key",
            401,
            r#"{"error":"invalid_api_key","message":"A valid API key is needed."}"#,
            NEVER,
        )
        .with_www_authenticate("Bearer"),
        row(
            RunsError::Forbidden,
            "Authentication",
            "forbidden",
            403,
            r#"{"error":"forbidden","message":"This key is not allowed to do this."}"#,
            NEVER,
        ),
        row(
            RunsError::InsufficientCredits { need: 10, have: 3 },
            "Billing",
            "insufficient_credits",
            402,
            r#"{"error":"insufficient_credits","message":"10 credits are needed at least, and 3 are left."}"#,
            NEVER,
        ),
        row(
            RunsError::InvalidRequest {
                pointer: "/format".to_owned(),
                problem: "must be \"pdf\" or \"docx\"".to_owned(),
            },
            "Validation",
            "invalid_request",
            400,
            r#"{"error":"invalid_request","message":"/format: must be \"pdf\" or \"docx\""}"#,
            NEVER,
        ),
        row(
            RunsError::ValidationError {
                pointer: "/pages/0/size".to_owned(),
                problem: "must be at most 50".to_owned(),
            },
            "Validation",
            "validation_error",
            422,
            r#"{"error":"validation_error","message":"/pages/0/size: must be at most 50"}"#,
            NEVER,
        ),
        row(
            RunsError::PreflightFailed,
            "Validation",
            "preflight_failed",
            400,
            r#"{"error":"preflight_failed","message":"Assets are missing for this run."}"#,
            NEVER,
        ),
        row(
            RunsError::PayloadTooLarge,
            "Validation",
            "payload_too_large",
            413,
            r#"{"error":"payload_too_large","message":"The payload is larger than your tier allows."}"#,
            NEVER,
        ),
        row(
            RunsError::NotFound,
            "Resources",
            "not_found",
            404,
            r#"{"error":"not_found","message":"Nothing was found under this id."}"#,
            NEVER,
        ),
        row(
            RunsError::Gone,
            "Resources",
            "gone",
            410,
            r#"{"error":"gone","message":"This run has expired."}"#,
            NEVER,
        ),
        row(
            RunsError::Conflict,
            "Resources",
            "conflict",
            409,
            r#"{"error":"conflict","message":"This conflicts with an earlier request or with the run's state."}"#,
            NEVER,
        ),
        row(
            RunsError::SyncTimeoutUpgradeAsync,
            "Runtime",
            "sync_timeout_upgrade_async",
            408,
            r#"{"error":"sync_timeout_upgrade_async","message":"This takes longer than a synchronous call may."}"#,
            NEVER,
        ),
        row(
            RunsError::RateLimitExceeded { wait: Duration::from_secs(12) },
            "Runtime",
            "rate_limit_exceeded",
            429,
            r#"{"error":"rate_limit_exceeded","message":"Too many requests for this key's tier."}"#,
            always(GIVEN, 4, &[(12, 12); 4]),
        )
        .with_retry_after("12"),
        row(
            RunsError::InternalError(secret()),
            "Runtime",
            "internal_error",
            500,
            r#"{"error":"internal_error","message":"Internal Server Error"}"#,
            if_idempotent(BACKOFF, 4, SCHEDULE),
        ),
        row(
            RunsError::UpstreamError { provider: "ocr" },
            "Runtime",
            "upstream_error",
            502,
            r#"{"error":"upstream_error","message":"A provider that we rely on failed."}"#,
            if_idempotent(BACKOFF, 4, SCHEDULE),
        ),
        row(
            RunsError::ServiceUnavailable,
            "Runtime",
            "service_unavailable",
            503,
            r#"{"error":"service_unavailable","message":"The service is busy or under maintenance."}"#,
            always(between(30, 60), 4, &[(30, 60); 4]),
        )
        .with_retry_after("30"),
        row(
            RunsError::NotImplemented,
            "Runtime",
            "not_implemented",
            501,
            r#"{"error":"not_implemented","message":"This is not available yet."}"#,
            NEVER,
        ),
    ];
    check(&rows, RunsError::catalog());
}

#[test]
fn runs_shows_the_ids_of_run_and_task_where_they_exist() {
    let body = |context: Context| context.scope(|| text(&RunsError::Gone.body().to_bytes()));
    assert_eq!(
        body(Context::new().with_value("run_id", "run_7").with_value("task_id", "task_9")),
        r#"{"error":"gone","message":"This run has expired.","run_id":"run_7","task_id":"task_9"}"#,
    );
    assert_eq!(
        body(Context::new().with_value("task_id", "task_9")),
        r#"{"error":"gone","message":"This run has expired.","task_id":"task_9"}"#,
    );
}

#[test]
fn runs_carries_the_same_structure_in_a_failed_task() {
    #[derive(serde::Serialize)]
    struct Task<'e> {
        status: &'static str,
        error: errorbook::Body<'e>,
    }
    let error = RunsError::UpstreamError { provider: "ocr" };
    let task = Task { status: "failed", error: error.body().with_value("task_id", "task_9") };
    assert_eq!(
        serde_json::to_string(&task).unwrap(),
        concat!(
            r#"{"status":"failed","error":{"error":"upstream_error","#,
            r#""message":"A provider that we rely on failed.","task_id":"task_9"}}"#,
        ),
    );
}

#[test]
fn decks_answers_as_its_contract_says() {
    let rows = [
        row(
            DecksError::InvalidKey,
            "",
            "invalid_key",
            401,
            r#"{"error":{"code":"invalid_key","message":"A valid API key is needed."}}"#,
            NEVER,
        )
        .with_www_authenticate("Bearer"),
        row(
            DecksError::ApiNotOnPlan,
            "",
            "api_not_on_plan",
            403,
            r#"{"error":{"code":"api_not_on_plan","message":"Your plan does not include the API."}}"#,
            NEVER,
        ),
        row(
            DecksError::InsufficientCredits { need: 40, left: 12 },
            "",
            "insufficient_credits",
            402,
            r#"{"error":{"code":"insufficient_credits","message":"This needs 40 credits, 12 left."}}"#,
            NEVER,
        ),
        row(
            DecksError::DeckLimit { limit: 25 },
            "",
            "deck_limit",
            402,
            r#"{"error":{"code":"deck_limit","message":"Your plan allows 25 decks, and you have them all."}}"#,
            NEVER,
        ),
        row(
            DecksError::BrandLimit { limit: 3 },
            "",
            "brand_limit",
            402,
            r#"{"error":{"code":"brand_limit","message":"Your plan allows 3 brands, and you have them all."}}"#,
            NEVER,
        ),
        row(
            DecksError::InvalidInput { field: "title".to_owned(), problem: "is missing".to_owned() },
            "",
            "invalid_input",
            422,
            r#"{"error":{"code":"invalid_input","message":"The field `title` is missing."}}"#,
            NEVER,
        ),
        row(
            DecksError::NotFound,
            "",
            "not_found",
            404,
            r#"{"error":{"code":"not_found","message":"There is no such resource."}}"#,
            NEVER,
        ),
        row(
            DecksError::RateLimit,
            "",
            "rate_limit",
            429,
            r#"{"error":{"code":"rate_limit","message":"Too many generate requests in one second."}}"#,
            always(between(1, 1), 4, &[(1, 1); 4]),
        )
        .with_retry_after("1"),
        row(
            DecksError::InternalError(secret()),
            "",
            "internal_error",
            500,
            r#"{"error":{"code":"internal_error","message":"Internal Server Error"}}"#,
            if_safe(BACKOFF, 4, SCHEDULE),
        ),
    ];
    // Its envelope has no place for the request's id.
    in_a_request(|| check(&rows, DecksError::catalog()));
}

#[test]
fn decks_has_three_codes_for_one_status() {
    let codes: Vec<_> = DecksError::catalog()
        .entries()
        .filter(|spec| spec.status() == Some(http::StatusCode::PAYMENT_REQUIRED))
        .map(errorbook::ErrorSpec::code)
        .collect();
    assert_eq!(codes, ["insufficient_credits", "deck_limit", "brand_limit"]);
}

#[test]
fn videogen_answers_as_its_contract_says() {
    let rows = [
        row(
            VideogenError::MissingApiKey,
            "",
            "missing_api_key",
            401,
            r#"{"message":"No API key was sent.","code":"missing_api_key"}"#,
            NEVER,
        )
        .with_www_authenticate("Bearer"),
        row(
            VideogenError::InvalidApiKey,
            "",
            "invalid_api_key",
            401,
            r#"{"message":"This API key is not valid.","code":"invalid_api_key"}"#,
            NEVER,
        )
        .with_www_authenticate("Bearer error=\"invalid_token\""),
        row(
            VideogenError::InvalidId { id: "vid_12".to_owned() },
            "",
            "invalid_id",
            400,
            r#"{"message":"`vid_12` is not an id of this kind of resource.","code":"invalid_id"}"#,
            NEVER,
        ),
        row(
            VideogenError::InvalidParameters { parameters: "width, fps".to_owned() },
            "",
            "invalid_parameters",
            400,
            r#"{"message":"Not valid: width, fps.","code":"invalid_parameters"}"#,
            NEVER,
        ),
        row(
            VideogenError::Forbidden,
            "",
            "forbidden",
            403,
            r#"{"message":"This key has no access to the resource."}"#,
            NEVER,
        ),
        row(
            VideogenError::NotFound,
            "",
            "not_found",
            404,
            r#"{"message":"There is no such resource."}"#,
            NEVER,
        ),
        row(
            VideogenError::RateLimited { wait: Some(Duration::from_secs(5)) },
            "",
            "rate_limited",
            429,
            r#"{"message":"Too many requests."}"#,
            always(GIVEN, 4, &[(5, 5); 4]),
        )
        .with_retry_after("5"),
        row(
            VideogenError::ServerFault(secret()),
            "",
            "server_fault",
            500,
            r#"{"message":"Internal Server Error"}"#,
            if_idempotent(BACKOFF, 4, SCHEDULE),
        ),
    ];
    check(&rows, VideogenError::catalog());
    // Where the wait is not known, clients back off.
    row(
        VideogenError::RateLimited { wait: None },
        "",
        "rate_limited",
        429,
        r#"{"message":"Too many requests."}"#,
        always(GIVEN, 4, SCHEDULE),
    )
    .check();
}

#[test]
fn videogen_keeps_four_codes_off_the_wire_and_in_the_catalogue() {
    let omitted: Vec<_> = VideogenError::catalog()
        .entries()
        .filter(|spec| spec.omits_code())
        .map(errorbook::ErrorSpec::code)
        .collect();
    assert_eq!(omitted, ["forbidden", "not_found", "rate_limited", "server_fault"]);
}

#[test]
fn no_reference_api_sends_a_header_twice() {
    let response = StoryError::RateLimitExceeded { wait: Duration::from_secs(7) }.to_response();
    assert_eq!(headers(&response, "content-type").len(), 1);
    assert_eq!(headers(&response, "retry-after").len(), 1);
}
