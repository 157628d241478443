//! Every rule of the five reference APIs, driven by the client: how many attempts, when, and with which outcome, for a request
//! that is safe, for one that is idempotent by its key, and for one that is neither.

use std::time::Duration;

use errorbook::client::Attempts;
use errorbook::client::tower::failure_of;
use errorbook::{ApiError, Catalogued, ErrorSpec};
use errorbook_tests::apis::{DecksError, PullStoryError, RunsError, StoryError, VideogenError};
use http::Method;
use tower::ServiceExt;

use super::{Service, client, plain, request};

/// How long a client waits before each retry, in seconds, where there is one.
#[derive(Clone, Copy)]
enum Waits {
    These(&'static [u64]),
    /// So many, each within these.
    Within(usize, u64, u64),
}
use Waits::{These, Within};

/// Which requests wait so; the others are not repeated.
#[derive(Clone, Copy, PartialEq)]
enum For {
    All,
    Idempotent,
    Safe,
}

/// What the pages of the APIs promise of the codes that are repeated; none of the others is. Of a code that stays off the
/// wire, as it is in the catalogue.
type Promised = &'static [(&'static str, For, Waits)];

const SCHEDULE: Waits = These(&[1, 2, 4, 8]);

const STORY: Promised = &[
    ("corrupt_cache_entry", For::All, SCHEDULE),
    ("server_misconfigured", For::All, SCHEDULE),
    ("rate_limit_exceeded", For::All, These(&[12])),
];
const PULL_STORY: Promised = &[
    ("generation_failed", For::Idempotent, SCHEDULE),
    ("github_upstream_error", For::Idempotent, These(&[30, 30, 30, 30])),
    ("rate_limit_exceeded", For::Idempotent, These(&[12])),
];
const RUNS: Promised = &[
    ("rate_limit_exceeded", For::All, These(&[12, 12, 12, 12])),
    ("internal_error", For::Idempotent, SCHEDULE),
    ("upstream_error", For::Idempotent, SCHEDULE),
    ("service_unavailable", For::All, Within(4, 30, 60)),
];
const DECKS: Promised =
    &[("rate_limit", For::All, These(&[1, 1, 1, 1])), ("internal_error", For::Safe, SCHEDULE)];
const VIDEOGEN: Promised =
    &[("rate_limited", For::All, These(&[12, 12, 12, 12])), ("server_fault", For::Idempotent, SCHEDULE)];

/// Has each error of a type answer each kind of request, again and again.
async fn drive<E: Catalogued + Send + Sync + 'static>(promised: Promised) {
    let mut found = 0;
    for spec in E::catalog().entries().filter(|spec| spec.status().is_some()) {
        let promise = promised.iter().find(|(code, ..)| *code == spec.code());
        found += usize::from(promise.is_some());
        for (method, key) in [(Method::GET, None), (Method::POST, Some("key_1")), (Method::POST, None)] {
            let is_for = match (&method, key) {
                (&Method::GET, _) => [For::All, For::Idempotent, For::Safe].as_slice(),
                (_, Some(_)) => &[For::All, For::Idempotent],
                (_, None) => &[For::All],
            };
            let waits = promise.filter(|(_, who, _)| is_for.contains(who)).map_or(These(&[]), |it| it.2);
            one::<E>(spec, &method, key, waits).await;
        }
    }
    assert_eq!(found, promised.len(), "a code that the table has and the type has not");
}

async fn one<E: Catalogued + Send + Sync + 'static>(
    spec: &'static ErrorSpec,
    method: &Method,
    key: Option<&str>,
    waits: Waits,
) {
    let body = E::catalog().envelope().expect("each of the five has an envelope");
    let service = Service::new([spec.to_example().body().with_envelope(body).to_response()]).await;
    let response = client::<E>(service.address, plain()).oneshot(request(method, key)).await.unwrap();

    let what = format!("{} by {method} {key:?}", spec.code());
    let waited = service.waits();
    match waits {
        These(seconds) => {
            let seconds: Vec<_> = seconds.iter().copied().map(Duration::from_secs).collect();
            assert_eq!(waited, seconds, "{what}");
        }
        Within(times, least, most) => {
            assert_eq!(waited.len(), times, "{what}");
            let within = Duration::from_secs(least)..=Duration::from_secs(most);
            assert!(waited.iter().all(|wait| within.contains(wait)), "{what}: {waited:?}");
        }
    }
    let attempts: &Attempts = response.extensions().get().expect("the policy counted");
    assert_eq!(attempts.number() as usize, waited.len() + 1, "{what}");
    let failure = failure_of::<E, _>(&response).expect("the layer read it");
    assert_eq!(failure.status(), spec.status().expect("it answers"), "{what}");
    assert_eq!(failure.code(), (!spec.omits_code()).then_some(spec.code()), "{what}");
}

#[tokio::test(start_paused = true)]
async fn story_is_repeated_as_its_page_says() {
    drive::<StoryError>(STORY).await;
}

#[tokio::test(start_paused = true)]
async fn pull_story_is_repeated_as_its_page_says() {
    drive::<PullStoryError>(PULL_STORY).await;
}

#[tokio::test(start_paused = true)]
async fn runs_is_repeated_as_its_page_says() {
    drive::<RunsError>(RUNS).await;
}

#[tokio::test(start_paused = true)]
async fn decks_is_repeated_as_its_page_says() {
    drive::<DecksError>(DECKS).await;
}

#[tokio::test(start_paused = true)]
async fn videogen_is_repeated_as_its_page_says() {
    drive::<VideogenError>(VIDEOGEN).await;
}
