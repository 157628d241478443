//! The ambient context: what is rendered inside a scope takes the request's id, the service's envelope and the
//! application's values from it.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Poll, Waker};
use std::thread;

use errorbook::context::{Context, carry};
use errorbook::envelope::FLAT;
use errorbook::{ApiError, Envelope, envelope};

use crate::support::{body, json, text};

#[derive(ApiError)]
#[api(status = 404, message = "…")]
struct NotFound;

/// The request id that the body shows.
fn shown_id() -> Option<String> {
    json(&NotFound)["error"]["request_id"].as_str().map(str::to_owned)
}

fn current_id() -> Option<String> {
    Context::current()?.request_id().map(str::to_owned)
}

#[test]
fn what_is_rendered_inside_a_scope_shows_the_request_id() {
    let inside = Context::new().with_request_id("req_1").scope(|| body(&NotFound));
    assert_eq!(inside, r#"{"error":{"code":"not_found","message":"…","request_id":"req_1"}}"#);
    let inside = Context::new().with_request_id("req_1").scope(|| NotFound.to_response());
    assert_eq!(text(inside.body()), r#"{"error":{"code":"not_found","message":"…","request_id":"req_1"}}"#);
}

#[test]
fn outside_any_scope_there_is_no_context() {
    assert!(Context::current().is_none());
    assert_eq!(body(&NotFound), r#"{"error":{"code":"not_found","message":"…"}}"#);
}

#[test]
fn a_scope_gives_back_what_its_closure_gives() {
    assert_eq!(Context::new().scope(|| 7), 7);
}

#[test]
fn each_request_shows_its_own_id_in_an_error_that_never_varies() {
    for id in ["req_1", "req_2", "req_1"] {
        assert_eq!(Context::new().with_request_id(id).scope(shown_id).as_deref(), Some(id));
        assert_eq!(shown_id(), None);
    }
}

#[test]
fn an_inner_scope_replaces_the_outer_one_until_it_ends() {
    Context::new().with_request_id("outer").with_value("run", "r1").scope(|| {
        Context::new().with_request_id("inner").scope(|| {
            assert_eq!(shown_id().as_deref(), Some("inner"));
            assert_eq!(Context::current().unwrap().value("run"), None);
        });
        assert_eq!(shown_id().as_deref(), Some("outer"));
        Context::new().scope(|| assert_eq!(shown_id(), None));
        assert_eq!(shown_id().as_deref(), Some("outer"));
    });
    assert!(Context::current().is_none());
}

#[test]
fn the_current_context_can_be_extended() {
    Context::new().with_request_id("req_1").with_value("run", "r1").scope(|| {
        let extended = Context::current().unwrap_or_default().with_value("task", "t1");
        extended.scope(|| {
            let current = Context::current().unwrap();
            assert_eq!(current.request_id(), Some("req_1"));
            assert_eq!(current.value("run"), Some("r1"));
            assert_eq!(current.value("task"), Some("t1"));
        });
        assert_eq!(Context::current().unwrap().value("task"), None);
    });
}

#[test]
fn a_panic_puts_the_outer_context_back() {
    Context::new().with_request_id("outer").scope(|| {
        let inner =
            || Context::new().with_request_id("inner").scope(|| std::panic::resume_unwind(Box::new(())));
        let caught: Result<(), _> = catch_unwind(AssertUnwindSafe(inner));
        assert!(caught.is_err());
        assert_eq!(current_id().as_deref(), Some("outer"));
    });
    assert!(Context::current().is_none());
}

#[test]
fn each_thread_has_its_own_context() {
    Context::new().with_request_id("here").scope(|| {
        thread::scope(|threads| {
            let elsewhere = threads.spawn(|| {
                let before = current_id();
                let during = Context::new().with_request_id("there").scope(shown_id);
                (before, during, current_id())
            });
            assert_eq!(elsewhere.join().unwrap(), (None, Some("there".to_owned()), None));
        });
        assert_eq!(shown_id().as_deref(), Some("here"));
    });
}

#[test]
fn a_context_can_be_taken_to_another_thread() {
    let context = Context::new().with_request_id("req_1");
    let shown = thread::spawn(move || context.scope(shown_id)).join().unwrap();
    assert_eq!(shown.as_deref(), Some("req_1"));
}

const RUNS: Envelope = envelope!({ "code": code, "run": context.run?, "task": context.task });

#[test]
fn values_stand_where_the_envelope_names_them() {
    let body = |context: Context| context.scope(|| text(&NotFound.body().with_envelope(&RUNS).to_bytes()));
    let both = Context::new().with_value("run", "r1").with_value("task", "t1").with_value("other", "unused");
    assert_eq!(body(both), r#"{"code":"not_found","run":"r1","task":"t1"}"#);
    assert_eq!(
        body(Context::new().with_value("run", "r1")),
        r#"{"code":"not_found","run":"r1","task":null}"#
    );
    assert_eq!(body(Context::new()), r#"{"code":"not_found","task":null}"#);
}

#[test]
fn a_value_of_the_same_name_is_replaced() {
    let context = Context::new().with_value("run", "old").with_value("run", "new");
    assert_eq!(context.value("run"), Some("new"));
    let body = context.scope(|| text(&NotFound.body().with_envelope(&RUNS).to_bytes()));
    assert_eq!(body, r#"{"code":"not_found","run":"new","task":null}"#);
}

#[test]
fn ids_and_values_may_be_borrowed_texts() {
    let (id, run) = (format!("req_{}", 7), format!("run_{}", 7));
    let context = Context::new().with_request_id(&id).with_value("run", run.as_str());
    context.scope(|| {
        assert!(Context::add_value("task", &run[..3]));
        let current = Context::current().unwrap();
        assert_eq!(current.request_id(), Some(&*id));
        assert_eq!((current.value("run"), current.value("task")), (Some(&*run), Some("run")));
    });
}

#[test]
fn names_and_values_may_be_made_at_run_time() {
    let number = 7;
    let context = Context::new()
        .with_request_id(format!("req_{number}"))
        .with_value(format!("run{number}"), String::from("x"));
    assert_eq!(context.request_id(), Some("req_7"));
    assert_eq!(context.value("run7"), Some("x"));
}

#[test]
fn what_the_context_holds_is_read_back_as_it_was_set() {
    let odd = "a \"quoted\"\nline\\";
    let context = Context::new().with_request_id(odd).with_value("run", odd).with_envelope(&FLAT);
    assert_eq!(context.request_id(), Some(odd));
    assert_eq!(context.value("run"), Some(odd));
    assert_eq!(context.envelope().map(Envelope::media_type), Some("application/json"));
    context.scope(|| assert_eq!(json(&NotFound)["request_id"], odd));
}

#[test]
fn an_empty_id_is_an_id() {
    assert_eq!(Context::new().with_request_id("").scope(shown_id).as_deref(), Some(""));
}

#[test]
fn a_display_that_enters_a_scope_of_its_own_leaves_the_outer_one_as_it_is() {
    struct Scoping;

    impl std::fmt::Display for Scoping {
        fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            let inner = Context::new().with_request_id("inner").scope(shown_id);
            write!(formatter, "{}", inner.unwrap_or_default())
        }
    }

    #[derive(ApiError)]
    #[api(status = 400, message = "{0}")]
    struct Error(Scoping);

    let outer = Context::new().with_request_id("outer").scope(|| body(&Error(Scoping)));
    assert_eq!(outer, r#"{"error":{"code":"error","message":"inner","request_id":"outer"}}"#);
}

/// The ambient id and run, as texts.
fn current() -> (String, String) {
    let context = Context::current().unwrap_or_default();
    let or_none = |text: Option<&str>| text.unwrap_or("none").to_owned();
    (or_none(context.request_id()), or_none(context.value("run")))
}

fn texts(id: &str, run: &str) -> (String, String) {
    (id.to_owned(), run.to_owned())
}

/// Polls once.
fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut std::task::Context::from_waker(Waker::noop()))
}

/// Is pending once.
async fn turn() {
    let mut is_first = true;
    poll_fn(|_| if std::mem::take(&mut is_first) { Poll::Pending } else { Poll::Ready(()) }).await;
}

#[test]
fn a_future_has_its_context_at_each_poll_and_others_have_theirs() {
    let of_request = |id: &'static str| {
        Context::new().with_request_id(id).scope_future(async move {
            assert_eq!(current(), texts(id, "none"));
            turn().await;
            Context::add_value("run", id);
            assert_eq!(current(), texts(id, id));
            turn().await;
            assert_eq!(current(), texts(id, id));
            shown_id()
        })
    };
    let (mut one, mut other) = (pin!(of_request("one")), pin!(of_request("other")));
    for _ in 0..2 {
        assert!(poll(one.as_mut()).is_pending());
        assert!(Context::current().is_none());
        let outer = Context::new().with_request_id("outer");
        outer.scope(|| {
            assert!(poll(other.as_mut()).is_pending());
            assert_eq!(current(), texts("outer", "none"));
        });
    }
    assert_eq!(poll(other), Poll::Ready(Some("other".to_owned())));
    assert_eq!(poll(one), Poll::Ready(Some("one".to_owned())));
    assert!(Context::current().is_none());
}

#[test]
fn a_future_that_panics_puts_the_outer_context_back() {
    let inner = Context::new().with_request_id("inner").scope_future(async {
        turn().await;
        std::panic::resume_unwind(Box::new(()))
    });
    let mut inner = pin!(inner);
    Context::new().with_request_id("outer").scope(|| {
        let mut poll = || -> Poll<()> { poll(inner.as_mut()) };
        assert!(poll().is_pending());
        assert!(catch_unwind(AssertUnwindSafe(poll)).is_err());
        assert_eq!(current_id().as_deref(), Some("outer"));
    });
}

#[test]
fn futures_nest() {
    let mut outer = pin!(Context::new().with_request_id("outer").scope_future(async {
        Context::add_value("run", "of the outer");
        let inner = Context::new().with_request_id("inner").scope_future(async {
            turn().await;
            Context::add_value("run", "of the inner");
            current()
        });
        assert_eq!(inner.await, texts("inner", "of the inner"));
        current()
    }));
    assert!(poll(outer.as_mut()).is_pending());
    assert_eq!(poll(outer), Poll::Ready(texts("outer", "of the outer")));
}

#[test]
fn a_future_dropped_half_way_leaves_nothing_behind() {
    let mut future = Box::pin(Context::new().with_request_id("req_1").scope_future(turn()));
    assert!(poll(future.as_mut()).is_pending());
    drop(future);
    assert!(Context::current().is_none());
}

#[test]
fn a_value_is_added_for_the_rest_of_the_scope() {
    assert!(!Context::add_value("run", "nobody's"));
    Context::new().with_request_id("req_1").scope(|| {
        assert!(Context::add_value("run", "old"));
        assert!(Context::add_value("run", "new"));
        assert!(Context::add_value(String::from("task"), format!("t{}", 1)));
        assert_eq!(current(), texts("req_1", "new"));
        assert_eq!(
            text(&NotFound.body().with_envelope(&RUNS).to_bytes()),
            r#"{"code":"not_found","run":"new","task":"t1"}"#
        );
        Context::new().scope(|| assert!(Context::add_value("run", "inner")));
        assert_eq!(current(), texts("req_1", "new"));
    });
    assert!(Context::current().is_none());
}

#[test]
fn adding_keeps_the_envelope_and_the_id() {
    Context::new().with_request_id("req_1").with_envelope(&FLAT).scope(|| {
        Context::add_value("run", "a \"quoted\" one");
        assert_eq!(body(&NotFound), r#"{"code":"not_found","message":"…","request_id":"req_1"}"#);
        assert_eq!(current(), texts("req_1", "a \"quoted\" one"));
    });
}

#[test]
fn a_task_carries_what_was_there_when_it_was_made() {
    let (carried, alone) = Context::new().with_request_id("req_1").with_value("run", "before").scope(|| {
        let task = async {
            let before = current();
            turn().await;
            Context::add_value("run", "of the task");
            (before, current())
        };
        let carried = carry(task);
        Context::add_value("run", "after");
        (carried, async { current() })
    });
    // On another thread, where nothing is ambient or something else is.
    let seen = thread::spawn(|| {
        let mut carried = pin!(carried);
        let elsewhere = Context::new().with_request_id("elsewhere");
        elsewhere.scope(|| assert!(poll(carried.as_mut()).is_pending()));
        (poll(carried), poll(pin!(alone)))
    });
    let (carried, alone) = seen.join().unwrap();
    assert_eq!(carried, Poll::Ready((texts("req_1", "before"), texts("req_1", "of the task"))));
    assert_eq!(alone, Poll::Ready(texts("none", "none")));
}

#[test]
fn what_a_task_adds_is_its_own() {
    Context::new().with_request_id("req_1").scope(|| {
        assert_eq!(poll(pin!(carry(async { Context::add_value("run", "of the task") }))), Poll::Ready(true));
        assert_eq!(current(), texts("req_1", "none"));
    });
}

#[test]
fn with_nothing_to_carry_a_task_runs_where_it_is_polled() {
    let mut task = pin!(carry(async { current() }));
    let polled = Context::new().with_request_id("elsewhere").scope(|| poll(task.as_mut()));
    assert_eq!(polled, Poll::Ready(texts("elsewhere", "none")));
}
