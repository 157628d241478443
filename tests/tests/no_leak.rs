//! What only operators may read stays inside: on a server error neither `Display` nor a cause reaches a caller, in
//! any envelope, whatever the error holds.

use std::error::Error as StdError;
use std::fmt;

use errorbook::ApiError;
use errorbook::context::Context;
use errorbook::envelope::{FLAT, JSON_API, NESTED, PROBLEM};
use errorbook_tests::apis::{DecksError, PullStoryError, RunsError, StoryError, VideogenError};

const SECRET: &str = "postgres://story:hunter2@db.internal";

/// Shows the secret in every way.
#[derive(Debug)]
struct Cause;

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(SECRET)
    }
}

impl StdError for Cause {}

impl serde::Serialize for Cause {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(SECRET)
    }
}

/// Nothing of the secret is in what is sent, in any envelope, inside a request or outside.
fn check(error: &dyn ApiError) {
    for envelope in [&NESTED, &FLAT, &PROBLEM, &JSON_API] {
        let responses = [
            error.to_response(),
            error.body().with_envelope(envelope).to_response(),
            error.body().with_envelope(envelope).with_request_id("req_1").to_response(),
            Context::new()
                .with_request_id("req_1")
                .scope(|| error.body().with_envelope(envelope).to_response()),
        ];
        for response in responses {
            let sent = format!("{:?} {}", response.headers(), String::from_utf8_lossy(response.body()));
            assert!(!sent.contains("hunter2") && !sent.contains("postgres"), "{sent}");
        }
    }
    assert!(!error.message().contains("hunter2"));
    let resource = serde_json::to_string(&error.body()).unwrap();
    assert!(!resource.contains("hunter2"), "{resource}");
}

#[test]
fn a_server_error_never_shows_its_display() {
    #[derive(Debug, thiserror::Error, ApiError)]
    enum Error {
        #[error("{0}")]
        #[api(status = 500)]
        Shown(Cause),
        #[error(transparent)]
        #[api(status = 501)]
        Transparent(Cause),
        #[error("{source}")]
        #[api(status = 502)]
        Source { source: Cause },
        #[error("{cause:?} {cause}")]
        #[api(status = 503)]
        Renamed {
            #[source]
            cause: Cause,
        },
        #[error("{}", .0)]
        #[api(status = 504)]
        From(#[from] Cause),
        #[error("{0}")]
        #[api(status = 599)]
        NotRegistered(Cause),
    }
    let errors = [
        Error::Shown(Cause),
        Error::Transparent(Cause),
        Error::Source { source: Cause },
        Error::Renamed { cause: Cause },
        Error::From(Cause),
        Error::NotRegistered(Cause),
    ];
    for error in &errors {
        check(error);
        let told = format!("{error}{error:?}");
        assert!(told.contains("hunter2") || told.contains("Cause"), "operators read it all the same");
    }
}

#[test]
fn a_client_error_with_a_message_shows_no_cause() {
    #[derive(Debug, thiserror::Error, ApiError)]
    enum Error {
        #[error("{0}")]
        #[api(status = 400, message = "The body cannot be read.")]
        From(#[from] Cause),
        #[error(transparent)]
        #[api(status = 422, message = "The body cannot be read.")]
        Transparent(Box<dyn StdError + Send + Sync>),
    }
    check(&Error::From(Cause));
    check(&Error::Transparent(SECRET.into()));
}

#[test]
fn a_client_error_whose_display_shows_no_cause_shows_none() {
    #[derive(Debug, thiserror::Error, ApiError)]
    #[error("the body cannot be read")]
    #[api(status = 400)]
    struct Unreadable(#[source] Cause);
    check(&Unreadable(Cause));
    assert_eq!(Unreadable(Cause).message(), "the body cannot be read");
}

#[test]
fn an_error_that_never_answers_shows_its_message_alone() {
    #[derive(Debug, thiserror::Error, ApiError)]
    #[error("{0}")]
    #[api(status = none, message = "It failed.")]
    struct Failed(#[source] Cause);
    check(&Failed(Cause));
}

#[test]
fn a_held_server_error_is_as_silent_as_by_itself() {
    #[derive(Debug, thiserror::Error, ApiError)]
    #[error("{0}")]
    #[api(status = 500)]
    struct Inner(#[source] Cause);

    #[derive(Debug, thiserror::Error, ApiError)]
    enum Outer {
        #[error(transparent)]
        #[api(transparent)]
        Inner(#[from] Inner),
    }
    check(&Outer::Inner(Inner(Cause)));
    check(&Box::new(Outer::Inner(Inner(Cause))));
}

#[test]
fn a_message_that_fails_shows_nothing_of_what_it_began() {
    struct Failing;

    impl fmt::Display for Failing {
        fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str(SECRET)?;
            Err(fmt::Error)
        }
    }

    #[derive(ApiError)]
    #[api(status = 400, message = "It says {0}.")]
    struct Error(Failing);
    check(&Error(Failing));
}

#[test]
fn fields_that_are_not_declared_stay_inside() {
    #[derive(ApiError)]
    #[api(status = 402, message = "Need {need}.")]
    struct Error {
        need: u8,
        /// Described, but not shown.
        #[api(example = "never sent")]
        cause: Cause,
    }
    let error = Error { need: 1, cause: Cause };
    check(&error);
    assert_eq!(error.cause.to_string(), SECRET);
}

#[test]
fn the_reference_apis_keep_their_causes() {
    let cause = || -> Box<dyn StdError + Send + Sync> { SECRET.into() };
    check(&StoryError::CorruptCacheEntry { id: SECRET.to_owned(), source: cause() });
    check(&StoryError::Failed { stage: SECRET });
    check(&StoryError::ServerMisconfigured { service: SECRET });
    check(&PullStoryError::GithubUpstreamError { source: cause() });
    check(&PullStoryError::GenerationFailed { stage: SECRET });
    check(&RunsError::InternalError(cause()));
    check(&RunsError::UpstreamError { provider: SECRET });
    check(&DecksError::InternalError(cause()));
    check(&VideogenError::ServerFault(cause()));
}

#[test]
fn a_cause_stands_in_a_message_only_where_it_is_marked_public() {
    #[derive(Debug, thiserror::Error, ApiError)]
    enum UploadError {
        #[error("upload: {0}")]
        #[api(status = 400, message = "The file cannot be read: {0}.", header("X-Why", "{0:?}"))]
        Unreadable(
            #[api(public)]
            #[from]
            std::num::ParseIntError,
        ),
        // A 4xx shows its `Display`, and may, as the cause is public.
        #[error("line {line}: {source}")]
        #[api(status = 422)]
        BadLine {
            line: u32,
            #[api(public)]
            source: std::num::ParseIntError,
        },
    }
    let cause = || "x".parse::<u8>().unwrap_err();
    let unreadable = UploadError::from(cause());
    assert_eq!(unreadable.message(), "The file cannot be read: invalid digit found in string.");
    assert_eq!(unreadable.to_response().headers()["x-why"], "ParseIntError { kind: InvalidDigit }");
    let bad = UploadError::BadLine { line: 3, source: cause() };
    assert_eq!(bad.message(), "line 3: invalid digit found in string");
}
