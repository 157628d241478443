//! Ten thousand requests that take turns, on one thread and on several: each error shows the id and the values of its
//! own request.

use std::collections::HashSet;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::routing::get;
use errorbook::context::{Context, carry};
use errorbook::tower::ErrorLayer;
use errorbook::{ApiError, Envelope, envelope};
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;
use tokio::runtime::Builder;
use tokio::task::{JoinSet, yield_now};
use tower::ServiceExt;

const REQUESTS: u64 = 10_000;

static RUNS: Envelope =
    envelope!({ "code": code, "request_id": request_id, "run": context.run, "task": context.task? });

#[derive(ApiError)]
#[api(status = 404, code = "no_run", message = "There is no run {run}.")]
struct NoRun {
    run: u64,
}

/// `SplitMix64`: numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// Lets others have their turn, some times at once, sometimes after a while.
async fn take_turns(random: &mut Random) {
    for _ in 0..random.below(5) {
        match random.below(4) {
            0 => tokio::time::sleep(Duration::from_micros(random.below(3000))).await,
            _ => yield_now().await,
        }
    }
}

fn current() -> (String, Option<String>, Option<String>) {
    let context = Context::current().expect("a request is being served");
    let value = |name| context.value(name).map(str::to_owned);
    (context.request_id().expect("the request has an id").to_owned(), value("run"), value("task"))
}

/// What a run's error says where it is rendered here.
fn rendered(run: u64) -> Value {
    serde_json::from_slice(&NoRun { run }.body().to_bytes()).unwrap()
}

fn expected(id: &str, run: u64, task: Option<&str>) -> Value {
    let mut body = serde_json::json!({ "code": "no_run", "request_id": id, "run": run.to_string() });
    if let Some(task) = task {
        body["task"] = task.into();
    }
    body
}

async fn handler(Path(run): Path<u64>) -> Result<&'static str, NoRun> {
    let mut random = Random(run);
    let (id, before, _) = current();
    assert_eq!(before, None);
    take_turns(&mut random).await;
    assert!(Context::add_value("run", run.to_string()));
    take_turns(&mut random).await;
    assert_eq!(current(), (id.clone(), Some(run.to_string()), None));

    // A task of its own has what was there when it was made; what it adds is its own.
    let task_id = id.clone();
    let carried = tokio::spawn(carry(async move {
        let mut random = Random(!run);
        take_turns(&mut random).await;
        Context::add_value("task", "carried");
        take_turns(&mut random).await;
        assert_eq!(rendered(run), expected(&task_id, run, Some("carried")));
    }));
    // One that nothing was carried to has no request.
    let bare = tokio::spawn(async { assert!(Context::current().is_none()) });
    take_turns(&mut random).await;
    assert_eq!(rendered(run), expected(&id, run, None));

    // Another context within this one, for a while.
    let inner = Context::new().with_request_id(format!("inner-{run}"));
    let inner = inner.scope_future(async {
        take_turns(&mut Random(run + 1)).await;
        assert_eq!(current(), (format!("inner-{run}"), None, None));
    });
    inner.await;
    carried.await.expect("the carried task saw its request");
    bare.await.expect("the bare task saw none");
    match random.below(4) {
        0 => Ok("fine"),
        // Without the hook that would print it two thousand times.
        1 => std::panic::resume_unwind(Box::new(run)),
        _ => Err(NoRun { run }),
    }
}

async fn all() {
    let app = Router::new().route("/runs/{run}", get(handler)).layer(ErrorLayer::new().envelope(&RUNS));
    let mut requests = JoinSet::new();
    for run in 0..REQUESTS {
        let given = (run % 2 == 0).then(|| format!("given-{run}"));
        let mut request = Request::get(format!("/runs/{run}"));
        if let Some(id) = &given {
            request = request.header("x-request-id", id);
        }
        let response = app.clone().oneshot(request.body(Body::empty()).unwrap());
        requests.spawn(async move { (run, given, response.await.unwrap()) });
    }
    let mut ids = HashSet::new();
    let mut statuses = [0; 3];
    while let Some(request) = requests.join_next().await {
        let (run, given, response) = request.unwrap();
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        if let Some(given) = given {
            assert_eq!(id, given);
        }
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        match status {
            StatusCode::OK => statuses[0] += 1,
            StatusCode::NOT_FOUND => {
                statuses[1] += 1;
                assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), expected(&id, run, None));
            }
            _ => {
                statuses[2] += 1;
                let mut panicked = expected(&id, run, None);
                panicked["code"] = "internal_error".into();
                assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), panicked);
            }
        }
        assert!(ids.insert(id), "an id was given twice");
    }
    assert!(statuses.iter().all(|&count| count > 1000), "{statuses:?}");
    assert!(Context::current().is_none());
}

#[test]
fn on_one_thread_no_two_are_mixed_up() {
    Builder::new_current_thread().enable_time().build().unwrap().block_on(all());
}

#[test]
fn on_several_threads_no_two_are_mixed_up() {
    Builder::new_multi_thread().worker_threads(4).enable_time().build().unwrap().block_on(all());
}
