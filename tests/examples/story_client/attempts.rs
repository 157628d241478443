//! The attempts, as they happen: takes the events that errorbook's middleware tells of them; prints a line for each.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

static STARTED: Mutex<Option<Instant>> = Mutex::new(None);

/// Prints attempts from here on.
pub(crate) fn print() {
    tracing_subscriber::registry().with(Attempts).init();
}

/// Counts the time from now on.
pub(crate) fn begin() {
    *STARTED.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
}

/// Seconds since the call began.
pub(crate) fn elapsed() -> f64 {
    let started = *STARTED.lock().unwrap_or_else(PoisonError::into_inner);
    started.map_or(0.0, |started| started.elapsed().as_secs_f64())
}

struct Attempts;

impl<S: Subscriber> Layer<S> for Attempts {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        // The service runs in the same program, and tells of its errors too.
        if event.metadata().target() != "errorbook::client" {
            return;
        }
        let mut fields = Fields::default();
        event.record(&mut fields);
        let number = fields.get("http.request.resend_count").parse::<u32>().unwrap_or(0) + 1;
        let came = [fields.get("http.response.status_code"), fields.get("error.type")].join(" ");
        let wait = fields.get("retry.wait");
        let then =
            if wait.is_empty() { fields.get("message") } else { &format!("wait {wait}, then send it again") };
        println!("  {:4.1} s  attempt {number}: {:<26} {then}", elapsed(), came.trim());
    }
}

#[derive(Default)]
struct Fields(BTreeMap<&'static str, String>);

impl Fields {
    fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }
}
