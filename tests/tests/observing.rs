//! To tell operators of an error changes nothing for callers: whatever fails while it is told costs its own part of the
//! event, and never the answer.

use std::fmt;

use errorbook::ApiError;
use tracing::{Event, Metadata, Subscriber, span};

use crate::logging::{events_of, one_event_of};

#[test]
fn a_display_that_fails_costs_its_own_part() {
    #[derive(Debug, ApiError)]
    #[api(status = 404)]
    struct Failing;

    impl fmt::Display for Failing {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            Err(fmt::Error)
        }
    }

    impl std::error::Error for Failing {}

    let (_, fields) = one_event_of(&Failing);
    assert_eq!(fields["exception.message"], "(its `Display` failed)");
    assert_eq!(format!("{:?}", errorbook::Report::from(Failing)), "(its `Display` failed)");
}

/// Panics whenever it is to say something.
#[derive(Debug, ApiError)]
#[api(status = 404, message = "No such story.")]
struct Panicking;

impl fmt::Display for Panicking {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        std::panic::resume_unwind(Box::new(PanicsWhenDropped))
    }
}

impl std::error::Error for Panicking {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        std::panic::resume_unwind(Box::new("source"))
    }
}

struct PanicsWhenDropped;

impl Drop for PanicsWhenDropped {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            std::panic::resume_unwind(Box::new("dropped"));
        }
    }
}

#[test]
fn a_text_that_panics_changes_no_answer_and_the_event_says_so() {
    let events = events_of(|| {
        let response = Panicking.respond();
        assert_eq!(response.status(), 404);
        assert_eq!(response.body(), r#"{"error":{"code":"panicking","message":"No such story."}}"#);
        Panicking.record();
    });
    assert_eq!(events.len(), 2);
    for (_, fields) in events {
        assert_eq!(fields["exception.message"], "(its `Display` panicked)");
        assert_eq!(fields["error.causes"], "(its `source` panicked)");
    }
    assert_eq!(
        format!("{:#}", errorbook::Report::from(Panicking)),
        "(its `Display` panicked): (its `source` panicked)"
    );
}

#[cfg(feature = "axum")]
#[cfg(feature = "tower")]
#[test]
fn behind_the_layer_a_text_that_panics_changes_no_answer_either() {
    use axum::response::IntoResponse;
    use tower::{Layer, Service};

    let inner = tower::service_fn(|_: http::Request<String>| {
        std::future::ready(Ok::<_, std::convert::Infallible>(Panicking.into_response()))
    });
    let mut service = errorbook::tower::ErrorLayer::new().layer(inner);
    let events = events_of(|| {
        let mut response = std::pin::pin!(service.call(http::Request::new(String::new())));
        let mut polling = std::task::Context::from_waker(std::task::Waker::noop());
        let std::task::Poll::Ready(Ok(response)) = response.as_mut().poll(&mut polling) else { panic!() };
        assert_eq!(response.status(), 404);
    });
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!(events[0].1["error.type"], "panicking");
}

#[test]
fn a_subscriber_that_panics_changes_no_answer() {
    struct Broken;

    impl Subscriber for Broken {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
            span::Id::from_u64(1)
        }

        fn record(&self, _: &span::Id, _: &span::Record<'_>) {}
        fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
        fn enter(&self, _: &span::Id) {}
        fn exit(&self, _: &span::Id) {}

        fn event(&self, _: &Event<'_>) {
            std::panic::resume_unwind(Box::new("no disk"))
        }
    }

    let response = tracing::subscriber::with_default(Broken, || Panicking.respond());
    assert_eq!(response.status(), 404);
}

#[test]
fn causes_that_lead_back_to_themselves_are_told_so_often_and_no_more() {
    #[derive(Debug, ApiError)]
    #[api(status = 500)]
    struct Endless;

    impl fmt::Display for Endless {
        fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("endless")
        }
    }

    impl std::error::Error for Endless {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&Endless)
        }
    }

    let (_, fields) = one_event_of(&Endless);
    assert!(fields["error.causes"].ends_with(": endless: (and perhaps more)"), "{fields:?}");
    assert!(fields["error.causes"].len() < 1000, "{fields:?}");
}
