//! The `metrics` feature: a count for each error that answered, or that was told without answering.

use errorbook::ApiError;
use metrics_util::debugging::{DebugValue, DebuggingRecorder};

#[derive(ApiError)]
enum StoryError {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(status = 500)]
    Internal,
}

#[test]
fn responses_are_counted_by_code_and_status() {
    let recorder = DebuggingRecorder::new();
    let counts = recorder.snapshotter();
    metrics::with_local_recorder(&recorder, || {
        drop(StoryError::NotFound.respond());
        drop(StoryError::NotFound.respond());
        drop(StoryError::Internal.respond());
        StoryError::Internal.record();
        // No answers.
        drop(StoryError::Internal.to_response());
        drop(StoryError::Internal.body().to_bytes());
    });
    let mut counted: Vec<String> = counts
        .snapshot()
        .into_vec()
        .into_iter()
        .map(|(key, _, _, value)| {
            let key = key.key();
            let labels: Vec<_> =
                key.labels().map(|label| format!("{}={}", label.key(), label.value())).collect();
            let DebugValue::Counter(count) = value else { panic!("not a count: {value:?}") };
            format!("{} {} {count}", key.name(), labels.join(" "))
        })
        .collect();
    counted.sort();
    assert_eq!(
        counted,
        [
            "errorbook_errors_total code=internal status=500 1",
            "errorbook_errors_total code=internal status=none 1",
            "errorbook_errors_total code=not_found status=404 2",
        ],
    );
}

#[test]
fn the_counter_says_what_it_counts_and_in_which_unit() {
    let recorder = DebuggingRecorder::new();
    let counts = recorder.snapshotter();
    // The recorder may come after the first error.
    StoryError::Internal.record();
    metrics::with_local_recorder(&recorder, || StoryError::Internal.record());
    let counted = counts.snapshot().into_vec();
    let [(_, unit, description, _)] = &counted[..] else { panic!("{counted:?}") };
    assert_eq!(*unit, Some(metrics::Unit::Count));
    assert_eq!(
        description.as_deref(),
        Some("Errors that answered a request or were recorded, by code and status.")
    );
}
