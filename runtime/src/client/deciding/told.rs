//! What a response tells of when to send its request again. Takes its status and headers, and the rule of its code where that
//! is known; gives what a decision needs, and no more.

use std::time::Duration;

use http::{HeaderMap, StatusCode};

use crate::render::X_SHOULD_RETRY;
use crate::retry::RetryRule;
use crate::retry::told::told;

/// What a response told of retrying: the rule that holds for it, how long to wait, and whether the service advised against
/// it.
///
/// ```
/// use std::time::Duration;
/// use errorbook::client::Told;
/// use errorbook::retry::RetryRule;
/// use http::{HeaderMap, HeaderValue, StatusCode};
///
/// let mut headers = HeaderMap::new();
/// headers.insert("retry-after", HeaderValue::from_static("7"));
///
/// // As long as no code is known, by the status.
/// let told = Told::of_head(StatusCode::BAD_GATEWAY, &headers);
/// assert_eq!(told.rule(), RetryRule::for_status(StatusCode::BAD_GATEWAY));
/// assert_eq!(told.wait(), Some(Duration::from_secs(7)));
///
/// // The code's own rule goes before that.
/// assert_eq!(told.with_rule(RetryRule::NEVER).rule(), RetryRule::NEVER);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    rule: RetryRule,
    wait: Option<Duration>,
    should_retry: Option<bool>,
    status: Option<StatusCode>,
    code: Option<&'static str>,
}

impl Told {
    /// What the head of a response tells: the [rule of its status](RetryRule::for_status), and the wait in its headers.
    ///
    /// The wait is that of `Retry-After` (RFC 9110 section 10.2.3), in seconds, or as a date, which is read by the
    /// response's own `Date`; or that of `retry-after-ms`, in milliseconds. Of several the longest counts, and
    /// `Retry-After: 2` beside 1500 ms is the same wait, rounded up.
    #[must_use]
    pub fn of_head(status: StatusCode, headers: &HeaderMap) -> Self {
        let said = headers.get_all(X_SHOULD_RETRY).iter().filter_map(|value| match value.as_bytes() {
            b"true" => Some(true),
            b"false" => Some(false),
            _ => None,
        });
        // Of several, which a proxy may have added to, the one that advises against it.
        let should_retry = said.min();
        let rule = RetryRule::for_status(status);
        Self { rule, wait: told(headers), should_retry, status: Some(status), code: None }
    }

    /// A rule, and nothing that was told.
    pub(in crate::client) const fn of_rule(rule: RetryRule) -> Self {
        Self { rule, wait: None, should_retry: None, status: None, code: None }
    }

    /// The rule of the response's code, in place of that of its status.
    #[must_use]
    pub const fn with_rule(self, rule: RetryRule) -> Self {
        Self { rule, ..self }
    }

    /// The wait that the response told elsewhere, in its body say, in place of that of its headers.
    #[must_use]
    pub const fn with_wait(self, wait: Option<Duration>) -> Self {
        Self { wait, ..self }
    }

    /// The code that the response told, if it is a declared one.
    pub(in crate::client) const fn with_code(self, code: Option<&'static str>) -> Self {
        Self { code, ..self }
    }

    /// The status of the response; `None` if there was none. For those who log: no decision asks for it.
    #[must_use]
    pub const fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// The code that the response told, if it is a declared one. For those who log or count: no decision asks for it.
    #[must_use]
    pub const fn code(&self) -> Option<&'static str> {
        self.code
    }

    /// The rule that decides whether there is a retry.
    #[must_use]
    pub const fn rule(&self) -> RetryRule {
        self.rule
    }

    /// How long to wait, from the response on. It says how long, not whether.
    #[must_use]
    pub const fn wait(&self) -> Option<Duration> {
        self.wait
    }

    /// What `x-should-retry` said. `false` is obeyed; `true` makes no retry where the rule has none, as it tells nothing of
    /// this very request.
    #[must_use]
    pub const fn should_retry(&self) -> Option<bool> {
        self.should_retry
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn only_the_two_words_of_x_should_retry_are_understood() {
        for (value, understood) in
            [("true", Some(true)), ("false", Some(false)), ("False", None), ("", None), ("0", None)]
        {
            let mut headers = HeaderMap::new();
            headers.insert(X_SHOULD_RETRY, HeaderValue::from_static(value));
            let told = Told::of_head(StatusCode::SERVICE_UNAVAILABLE, &headers);
            assert_eq!(told.should_retry(), understood, "{value}");
        }
    }

    #[test]
    fn of_several_x_should_retry_the_false_one_is_obeyed() {
        for values in [["true", "false"], ["false", "true"], ["", "false"]] {
            let values = values.map(|value| (X_SHOULD_RETRY, HeaderValue::from_static(value)));
            let mut headers = HeaderMap::new();
            for (name, value) in values {
                headers.append(name, value);
            }
            assert_eq!(Told::of_head(StatusCode::BAD_GATEWAY, &headers).should_retry(), Some(false));
        }
    }
}
