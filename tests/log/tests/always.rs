//! A process with a subscriber of `tracing` and a logger of `log`, where `tracing` has its feature `log-always`: both are
//! told, each once.

use std::fmt::Write;
use std::sync::Mutex;

use errorbook::ApiError;
use errorbook::context::Context;
use log::{LevelFilter, Log, Metadata, Record};
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber, span};

#[derive(Debug, thiserror::Error, ApiError)]
#[error("storage: {0}")]
#[api(status = 500, code = "internal_error")]
struct Storage(&'static str);

static RECORDS: Mutex<Vec<String>> = Mutex::new(Vec::new());
static EVENTS: Mutex<Vec<String>> = Mutex::new(Vec::new());

struct Logger;

impl Log for Logger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("errorbook")
    }

    fn log(&self, record: &Record<'_>) {
        RECORDS.lock().unwrap().push(record.args().to_string());
    }

    fn flush(&self) {}
}

struct Listener;

impl Visit for Listener {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if let Some(event) = EVENTS.lock().unwrap().last_mut() {
            let _ = write!(event, "{field}={value:?} ");
        }
    }
}

impl Subscriber for Listener {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target().starts_with("errorbook")
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn event(&self, event: &Event<'_>) {
        EVENTS.lock().unwrap().push(String::new());
        event.record(&mut Listener);
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

/// In one test, as there is one logger and one subscriber, and a thing that is said once.
#[test]
fn beside_a_subscriber_log_has_each_event_too() {
    log::set_logger(&Logger).expect("it is the first");
    log::set_max_level(LevelFilter::Info);
    tracing::subscriber::set_global_default(Listener).expect("it is the first");

    Context::new().with_request_id("req_7").scope(|| drop(Storage("disk full").respond()));
    for _ in 0..2 {
        assert!(!Context::add_value("run_id", "run_7"));
    }
    for told in [&RECORDS, &EVENTS] {
        let told = told.lock().unwrap();
        let [error, lost] = &told[..] else { panic!("{told:?}") };
        for part in ["Storage", "request_id=\"req_7\"", "exception.message=\"storage: disk full\""] {
            assert!(error.contains(part), "{part} in {error}");
        }
        assert!(lost.contains("was called outside any request's context"), "{lost}");
    }
}
