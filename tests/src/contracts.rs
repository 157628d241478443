//! The five reference APIs as whole contracts: their errors, what the middleware around them answers, and what their
//! error pages say beside the codes. Each function gives one, for whatever is made of a contract.

use errorbook::ApiError;
use errorbook::book::{Contract, Retired};

use crate::apis::decks::DECKS;
use crate::apis::runs::RUNS;
use crate::apis::videogen::VIDEOGEN;
use crate::apis::{DecksError, PullStoryError, RunsError, StoryError, VideogenError};

/// What the middleware of these services answers where no handler does.
#[derive(Debug, ApiError)]
pub enum LayerError {
    /// No route of this API has the path.
    #[api(
        status = 404,
        code = "not_found",
        title = "No such path",
        message = "Not Found",
        remedy = "Compare the path with the reference, its version too.",
        example_request = "GET /v1/nowhere"
    )]
    NoRoute,

    /// The path is there, but not with this method.
    #[api(
        status = 405,
        message = "Method Not Allowed",
        remedy = "Use one of the methods that the header `Allow` names.",
        header("Allow", "GET, POST")
    )]
    MethodNotAllowed,

    /// Something broke that nobody foresaw. The cause stands in the operator's log and never in the answer.
    #[api(
        status = 500,
        code = "internal_error",
        message = "Internal Server Error",
        retry = "backoff, always",
        act = "operator",
        remedy = "If the last try fails too, report it with the request id."
    )]
    Internal,
}

/// All five, in the order of their functions.
#[must_use]
pub fn all() -> [(&'static str, Contract); 5] {
    [
        ("story", story()),
        ("pull_story", pull_story()),
        ("runs", runs()),
        ("decks", decks()),
        ("videogen", videogen()),
    ]
}

/// `story`, with a code that is no more.
///
/// # Panics
///
/// Never: the JSON of the retired code stands here.
#[must_use]
pub fn story() -> Contract {
    let retired: Retired = serde_json::from_str(
        r#"{
            "code": "quota_exceeded",
            "status": 402,
            "date": "2026-05-04",
            "successor": "insufficient_minutes",
            "reason": "It was sent for two different limits."
        }"#,
    )
    .expect("the JSON of a retired code");
    Contract::builder("Story API")
        .version("1.4.0")
        .description("Every way in which a call to the story API can fail: what it means, whether trying again helps, and who has something to do.")
        .catalog(StoryError::catalog())
        .middleware(LayerError::catalog().entries())
        .request_id_header("X-Request-Id")
        .example_request_id("req_01hqv3m8r5t7w9y2")
        .retired([retired])
        .note("statuses", "A success is one of two:\n\n- **200**: the story is there.\n- **202**: accepted; generation is still in progress. Poll the story until its `status` is final.")
        .note("retrying", "Creating a story is idempotent: the same brief always gives the same id. So **every request is safe to repeat**, and no retry generates or charges twice.")
        .note("reporting", "The request id finds the failing request in our logs. It looks like `req_01hq…`.")
        .build()
}

/// `pull_story`.
#[must_use]
pub fn pull_story() -> Contract {
    Contract::builder("Pull request story API")
        .version("1.2.0")
        .description("Every way in which a call about a pull request's story can fail.")
        .catalog(PullStoryError::catalog())
        .request_id_header("X-Request-Id")
        .example_request_id("req_01hqv3m8r5t7w9y2")
        .note(
            "statuses",
            "| Status | Meaning |\n|---|---|\n| 200 | the story is there |\n| 201 | created |\n| 202 | accepted, still in progress |\n| 409 | a conflict, such as a key's name that is in use; it has no code on this page |",
        )
        .note("retrying", "Creating a story is only safe to repeat with a unique `Idempotency-Key` header.")
        .note("reporting", "The request id finds the failing request in our logs.")
        .build()
}

/// `runs`, whose bodies are flat and name run and task.
#[must_use]
pub fn runs() -> Contract {
    Contract::builder("Document runs API")
        .version("3.0")
        .description("Every way in which a run, a task or a file can fail. The `message` is safe to show to your own users.")
        .catalog(RunsError::catalog())
        .envelope(&RUNS)
        .request_id_header("X-Request-Id")
        .example_request_id("7f0c2a9e4b")
        .example_value("run_id", "run_7Kq2")
        .example_value("task_id", "task_91Bd")
        .note(
            "statuses",
            "| Status | Meaning |\n|---|---|\n| 200 | the result of a synchronous call |\n| 201 | created: a file, a key, a webhook |\n| 202 | queued: poll `/tasks/{id}` |\n| 204 | deleted |\n| 302 | redirect to a download |",
        )
        .note(
            "reporting",
            "Capture `run_id` and `task_id` from any response, successful or not, and give them to support with the request id. Every response has the header `X-Request-Id`.",
        )
        .part(
            "tasks",
            "Failed tasks",
            "A task that failed for good, polled at `/tasks/{task_id}`, carries the same structured failure in its own `error` field.",
        )
        .part(
            "limits",
            "Limits by tier",
            "Every response, a success too, has rate-limit headers.\n\n| Tier | Requests a minute | Runs at once |\n|---|--:|--:|\n| Free | 10 | 2 |\n| Pro | 60 | 10 |\n| Enterprise | 600 | 50 |",
        )
        .build()
}

/// `decks`, where a repeated generate charges again.
#[must_use]
pub fn decks() -> Contract {
    Contract::builder("Slide decks API")
        .description("Every way in which a request about a deck can fail.")
        .catalog(DecksError::catalog())
        .middleware(LayerError::catalog().get("method_not_allowed"))
        .envelope(&DECKS)
        .note("statuses", "Three situations share status 402, so branch on the code, not on the status.")
        .note(
            "retrying",
            "Safe to repeat: reads of decks, of one deck, of a job and of brands.\n\nNot safe without a look first:\n\n- **generate**: each call deducts 10 credits and makes a new job;\n- **publish**: the effect is the same, but each call makes a version snapshot.\n\nOnly generate is rate limited; reads are not.",
        )
        .build()
}

/// `videogen`, whose bodies have a code on some errors only.
#[must_use]
pub fn videogen() -> Contract {
    Contract::builder("Media tools API")
        .description("Every way in which a request to a media tool can fail.")
        .catalog(VideogenError::catalog())
        .envelope(&VIDEOGEN)
        .note(
            "introduction",
            "The status is the primary signal, and the code supplements it where there is one. More codes will come; one that you do not know must not break your client.",
        )
        .part(
            "clients",
            "In our client libraries",
            "Both client libraries throw one typed error that holds `status`, `message` and `code`.",
        )
        .build()
}
