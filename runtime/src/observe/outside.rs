//! What is said of code that should run in a request's context and does not: a layer that was forgotten, a task that did
//! not take the context along. Each is said once, as it would else be said of every request.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::guard::guarded;
use crate::one_line::OneLine;

/// Says that a value for the context found none.
pub(crate) fn value_is_lost(name: &str) {
    static SAID: AtomicBool = AtomicBool::new(false);
    say_once(&SAID, || {
        format!(
            "`Context::add_value(\"{}\", …)` was called outside any request's context, so the value is lost: is there \
             an `errorbook::tower::ErrorLayer` around the service, and `errorbook::context::carry` around the task?",
            OneLine(name),
        )
    });
}

/// Says that an error answered a request without knowing it. Only where the layer could be: without its feature a
/// service does without contexts.
#[cfg(feature = "tower")]
pub(crate) fn was_answered_outside(code: &'static str) {
    static SAID: AtomicBool = AtomicBool::new(false);
    say_once(&SAID, || {
        format!(
            "`{code}` answered outside any request's context, so its body has neither the request's id nor the service's \
             envelope: is there an `errorbook::tower::ErrorLayer` around the service, and `errorbook::context::carry` \
             around the task?",
        )
    });
}

/// One event at `warn`, unless there was one. Where nobody listens yet, it was not said.
fn say_once(said: &AtomicBool, text: impl Fn() -> String) {
    if said.load(Ordering::Relaxed) || said.swap(true, Ordering::Relaxed) {
        return;
    }
    let _ = guarded(|| {
        let mut is_heard = false;
        let mut heard = || {
            is_heard = true;
            text()
        };
        // The text is asked for only where somebody is to read it.
        tracing::warn!(target: "errorbook::context", message = heard());
        said.store(is_heard, Ordering::Relaxed);
    });
}
