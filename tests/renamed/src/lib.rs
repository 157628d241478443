//! A user's crate whose only dependency is `errorbook`, under another name: everything that an expansion names it
//! must reach through that name. It passes when it compiles; the test at the end looks at what it made.

use std::time::Duration;

use eb::ApiError;

/// The body of every error here.
pub const ENVELOPE: eb::Envelope = eb::envelope!(crate = ::eb, {
    "error": { "code": code?, "message": message, "run": context.run?, "details": details? }
});

/// An enum with everything that can be declared.
#[derive(Debug, ApiError)]
#[api(crate = ::eb, decode, codes = Code, envelope = ENVELOPE, backoff = "1s 2s", docs = "https://x.example/{code}")]
pub enum Error<T> {
    /// With fields of each kind.
    #[api(status = 404, message = "No {id:>3} for {name}.", header("X-Constant", "1"), meta(owner = "me"))]
    NotFound {
        /// The id.
        #[api(detail, example = 1)]
        id: u64,
        /// The name.
        #[api(detail = "full-name", header = "X-Name")]
        name: T,
        /// The wait.
        #[api(retry_after)]
        wait: Option<Duration>,
    },
    /// With nothing but a status.
    #[api(status = 503, retry = "after 30s..60s, once", omit(code))]
    Busy,
    /// With a form of its own.
    #[api(status = 408, message = "Too slow.")]
    Slow(#[api(detail = "minutes", with = in_minutes, decode = of_minutes)] Duration),
    /// Where another answers.
    #[api(transparent)]
    Gone(Gone),
}

fn in_minutes(wait: &Duration) -> u64 {
    wait.as_secs() / 60
}

// Without the feature `client` nobody calls it, and rustc does not say so.
fn of_minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

/// A struct that is one error, derived by its full path.
#[derive(Debug, eb::ApiError)]
#[api(crate = ::eb, decode, codes = GoneCode, status = 410, message = "It is gone.")]
pub struct Gone;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answers_are_the_same_under_any_name() {
        let error = Error::NotFound { id: 7, name: "Ada".to_owned(), wait: None };
        assert_eq!(
            error.body().with_value("run", "r1").to_bytes(),
            concat!(
                r#"{"error":{"code":"not_found","message":"No   7 for Ada.","run":"r1","#,
                r#""details":{"id":7,"full-name":"Ada"}}}"#,
            ),
        );
        assert_eq!(Error::<u8>::Busy.body().to_bytes(), r#"{"error":{"message":"Service Unavailable"}}"#);
        assert_eq!(Error::<u8>::Gone(Gone).code(), "gone");
        assert_eq!(Code::from("gone"), Code::Gone(GoneCode::Gone));
        assert_eq!(Error::<u8>::catalog().entries().count(), 4);
    }
}
