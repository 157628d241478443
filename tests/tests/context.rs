//! The ambient context: what is rendered inside a scope takes the request's id, the service's envelope and the
//! application's values from it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use errorbook::context::Context;
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
    Context::current()?.get_request_id().map(str::to_owned)
}

#[test]
fn what_is_rendered_inside_a_scope_shows_the_request_id() {
    let inside = Context::new().request_id("req_1").scope(|| body(&NotFound));
    assert_eq!(inside, r#"{"error":{"code":"not_found","message":"…","request_id":"req_1"}}"#);
    let inside = Context::new().request_id("req_1").scope(|| NotFound.to_response());
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
        assert_eq!(Context::new().request_id(id).scope(shown_id).as_deref(), Some(id));
        assert_eq!(shown_id(), None);
    }
}

#[test]
fn an_inner_scope_replaces_the_outer_one_until_it_ends() {
    Context::new().request_id("outer").value("run", "r1").scope(|| {
        Context::new().request_id("inner").scope(|| {
            assert_eq!(shown_id().as_deref(), Some("inner"));
            assert_eq!(Context::current().unwrap().get_value("run"), None);
        });
        assert_eq!(shown_id().as_deref(), Some("outer"));
        Context::new().scope(|| assert_eq!(shown_id(), None));
        assert_eq!(shown_id().as_deref(), Some("outer"));
    });
    assert!(Context::current().is_none());
}

#[test]
fn the_current_context_can_be_extended() {
    Context::new().request_id("req_1").value("run", "r1").scope(|| {
        let extended = Context::current().unwrap_or_default().value("task", "t1");
        extended.scope(|| {
            let current = Context::current().unwrap();
            assert_eq!(current.get_request_id(), Some("req_1"));
            assert_eq!(current.get_value("run"), Some("r1"));
            assert_eq!(current.get_value("task"), Some("t1"));
        });
        assert_eq!(Context::current().unwrap().get_value("task"), None);
    });
}

#[test]
fn a_panic_puts_the_outer_context_back() {
    Context::new().request_id("outer").scope(|| {
        let inner = || Context::new().request_id("inner").scope(|| std::panic::resume_unwind(Box::new(())));
        let caught: Result<(), _> = catch_unwind(AssertUnwindSafe(inner));
        assert!(caught.is_err());
        assert_eq!(current_id().as_deref(), Some("outer"));
    });
    assert!(Context::current().is_none());
}

#[test]
fn each_thread_has_its_own_context() {
    Context::new().request_id("here").scope(|| {
        thread::scope(|threads| {
            let elsewhere = threads.spawn(|| {
                let before = current_id();
                let during = Context::new().request_id("there").scope(shown_id);
                (before, during, current_id())
            });
            assert_eq!(elsewhere.join().unwrap(), (None, Some("there".to_owned()), None));
        });
        assert_eq!(shown_id().as_deref(), Some("here"));
    });
}

#[test]
fn a_context_can_be_taken_to_another_thread() {
    let context = Context::new().request_id("req_1");
    let shown = thread::spawn(move || context.scope(shown_id)).join().unwrap();
    assert_eq!(shown.as_deref(), Some("req_1"));
}

const RUNS: Envelope = envelope!({ "code": code, "run": context.run?, "task": context.task });

#[test]
fn values_stand_where_the_envelope_names_them() {
    let body = |context: Context| context.scope(|| text(&NotFound.body().envelope(&RUNS).to_bytes()));
    let both = Context::new().value("run", "r1").value("task", "t1").value("other", "unused");
    assert_eq!(body(both), r#"{"code":"not_found","run":"r1","task":"t1"}"#);
    assert_eq!(body(Context::new().value("run", "r1")), r#"{"code":"not_found","run":"r1","task":null}"#);
    assert_eq!(body(Context::new()), r#"{"code":"not_found","task":null}"#);
}

#[test]
fn a_value_of_the_same_name_is_replaced() {
    let context = Context::new().value("run", "old").value("run", "new");
    assert_eq!(context.get_value("run"), Some("new"));
    let body = context.scope(|| text(&NotFound.body().envelope(&RUNS).to_bytes()));
    assert_eq!(body, r#"{"code":"not_found","run":"new","task":null}"#);
}

#[test]
fn names_and_values_may_be_made_at_run_time() {
    let number = 7;
    let context =
        Context::new().request_id(format!("req_{number}")).value(format!("run{number}"), String::from("x"));
    assert_eq!(context.get_request_id(), Some("req_7"));
    assert_eq!(context.get_value("run7"), Some("x"));
}

#[test]
fn what_the_context_holds_is_read_back_as_it_was_set() {
    let odd = "a \"quoted\"\nline\\";
    let context = Context::new().request_id(odd).value("run", odd).envelope(&FLAT);
    assert_eq!(context.get_request_id(), Some(odd));
    assert_eq!(context.get_value("run"), Some(odd));
    assert_eq!(context.get_envelope().map(Envelope::media_type), Some("application/json"));
    context.scope(|| assert_eq!(json(&NotFound)["request_id"], odd));
}

#[test]
fn an_empty_id_is_an_id() {
    assert_eq!(Context::new().request_id("").scope(shown_id).as_deref(), Some(""));
}

#[test]
fn a_display_that_enters_a_scope_of_its_own_leaves_the_outer_one_as_it_is() {
    struct Scoping;

    impl std::fmt::Display for Scoping {
        fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            let inner = Context::new().request_id("inner").scope(shown_id);
            write!(formatter, "{}", inner.unwrap_or_default())
        }
    }

    #[derive(ApiError)]
    #[api(status = 400, message = "{0}")]
    struct Error(Scoping);

    let outer = Context::new().request_id("outer").scope(|| body(&Error(Scoping)));
    assert_eq!(outer, r#"{"error":{"code":"error","message":"inner","request_id":"outer"}}"#);
}
