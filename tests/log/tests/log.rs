//! A process without a subscriber of `tracing`: what is told of errors reaches the crate `log`, as what `tracing::error!`
//! says does. And what is said once in a process, where nothing has been said before.

use std::mem;
use std::sync::{Mutex, PoisonError};

use errorbook::ApiError;
use errorbook::context::Context;
use log::{Level, LevelFilter, Log, Metadata, Record};

#[derive(Debug, thiserror::Error, ApiError)]
enum StoryError {
    #[error("storage: {0}")]
    #[api(status = 500, code = "internal_error")]
    Storage(#[from] std::io::Error),
    #[error("no such story")]
    #[api(status = 404)]
    NotFound,
}

struct Kept;

static RECORDS: Mutex<Vec<(Level, String, String)>> = Mutex::new(Vec::new());

impl Log for Kept {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("errorbook")
    }

    fn log(&self, record: &Record<'_>) {
        let kept = (record.level(), record.target().to_owned(), record.args().to_string());
        RECORDS.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
    }

    fn flush(&self) {}
}

fn records_of(f: impl FnOnce()) -> Vec<(Level, String, String)> {
    f();
    mem::take(&mut *RECORDS.lock().unwrap_or_else(PoisonError::into_inner))
}

/// In one test, as there is one logger, and an order in which things are said.
#[test]
fn without_a_subscriber_log_has_the_events_and_what_is_said_once() {
    // Before anybody listens nothing counts as said.
    assert!(!Context::add_value("tenant", "acme"));
    drop(StoryError::NotFound.respond());
    log::set_logger(&Kept).expect("it is the first");
    log::set_max_level(LevelFilter::Info);

    let storage = StoryError::from(std::io::Error::other("disk full"));
    let records = records_of(|| {
        Context::new().with_request_id("req_7").with_value("tenant", "acme").scope(|| {
            drop(storage.respond());
            // For debugging, and nobody asks for that.
            drop(StoryError::NotFound.respond());
        });
    });
    let [(level, target, text)] = &records[..] else { panic!("{records:?}") };
    assert_eq!((*level, &**target), (Level::Error, "errorbook"));
    assert!(text.starts_with("Storage"), "{text}");
    for told in [
        "error.type=\"internal_error\"",
        "http.response.status_code=500",
        "request_id=\"req_7\"",
        "context={\"tenant\":\"acme\"}",
        "exception.message=\"storage: disk full\"",
        "error.causes=\"disk full\"",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }

    // An error that was recorded by a job knows no request, and need not.
    let records = records_of(|| storage.record());
    assert_eq!(records.len(), 1, "{records:?}");

    // An answer does, and a value has nowhere to stay: each is said once.
    let records = records_of(|| {
        for _ in 0..3 {
            drop(StoryError::NotFound.respond());
        }
    });
    let [(Level::Warn, target, text)] = &records[..] else { panic!("{records:?}") };
    assert_eq!(target, "errorbook::context");
    assert!(text.starts_with("`not_found` answered outside any request's context"), "{text}");

    let records = records_of(|| {
        for _ in 0..3 {
            assert!(!Context::add_value("run\nid", "run_7"));
        }
        assert!(Context::new().scope(|| Context::add_value("run_id", "run_7")));
    });
    let [(Level::Warn, target, text)] = &records[..] else { panic!("{records:?}") };
    assert_eq!(target, "errorbook::context");
    assert!(
        text.starts_with("`Context::add_value(\"run\\nid\", …)` was called outside any request's context"),
        "{text}"
    );
}
