//! The wait that a response tells. Takes its headers; gives the time from now on, in whichever form it came. Services and
//! clients read it alike.

use std::time::{Duration, SystemTime};

use http::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};

use super::in_whole_seconds;
use crate::render::RETRY_AFTER_MS;

/// The longest wait that these headers tell, in `Retry-After` (RFC 9110 section 10.2.3) or in milliseconds. What is
/// neither a number nor a date tells nothing.
pub(crate) fn told(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get_all(RETRY_AFTER).iter().filter_map(|value| of_header(value, headers)).max();
    let exact = headers.get_all(RETRY_AFTER_MS).iter().filter_map(number).map(Duration::from_millis).max();
    match (seconds, exact) {
        // `Retry-After: 2` beside 1500 ms is the same wait, rounded up.
        (Some(seconds), Some(exact)) if in_whole_seconds(exact) == seconds => Some(exact),
        _ => seconds.max(exact),
    }
}

/// Takes both headers away. Whether there was one in milliseconds.
#[cfg(feature = "tower")]
pub(crate) fn take(headers: &mut HeaderMap) -> bool {
    headers.remove(RETRY_AFTER);
    headers.remove(RETRY_AFTER_MS).is_some()
}

fn of_header(value: &HeaderValue, headers: &HeaderMap) -> Option<Duration> {
    if let Some(seconds) = number(value) {
        return Some(Duration::from_secs(seconds));
    }
    let until = date(value)?;
    // By the clock of whoever set it. One that is over is no wait any more.
    let now = headers.get(DATE).and_then(date).unwrap_or_else(SystemTime::now);
    Some(until.duration_since(now).unwrap_or_default())
}

/// Digits alone. A number that is too large is the largest.
fn number(value: &HeaderValue) -> Option<u64> {
    let digits = value.to_str().ok()?;
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(digits.parse().unwrap_or(u64::MAX))
}

/// In any of the three forms that a recipient must accept (RFC 9110 section 5.6.7).
fn date(value: &HeaderValue) -> Option<SystemTime> {
    httpdate::parse_http_date(value.to_str().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;

    fn told_by(lines: &[(&'static str, &str)]) -> Option<u64> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        }
        told(&headers).map(|wait| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX))
    }

    #[test]
    fn seconds_are_digits() {
        for (value, wait) in [("0", Some(0)), ("120", Some(120_000)), ("0007", Some(7000))] {
            assert_eq!(told_by(&[("retry-after", value)]), wait, "{value}");
        }
        for value in ["", "-1", "+1", "1.5", "1 s", "soon", "0x10"] {
            assert_eq!(told_by(&[("retry-after", value)]), None, "{value}");
        }
        assert_eq!(told_by(&[("retry-after", "99999999999999999999999")]), Some(u64::MAX));
    }

    #[test]
    fn a_date_is_read_by_the_clock_of_the_response() {
        let date = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");
        for until in
            ["Sun, 06 Nov 1994 08:51:37 GMT", "Sunday, 06-Nov-94 08:51:37 GMT", "Sun Nov  6 08:51:37 1994"]
        {
            assert_eq!(told_by(&[date, ("retry-after", until)]), Some(120_000), "{until}");
        }
        assert_eq!(told_by(&[("retry-after", "Sun, 06 Nov 1994 08:51:37 GMT")]), Some(0));
        assert_eq!(told_by(&[date, ("retry-after", "Sun, 06 Foo 1994 08:51:37 GMT")]), None);
    }

    #[test]
    fn of_several_the_longest_counts() {
        assert_eq!(
            told_by(&[("retry-after", "7"), ("retry-after", "soon"), ("retry-after", "5")]),
            Some(7000)
        );
        assert_eq!(told_by(&[("retry-after", "1"), ("retry-after-ms", "1500")]), Some(1500));
        assert_eq!(told_by(&[("retry-after", "3"), ("retry-after-ms", "1500")]), Some(3000));
    }

    #[test]
    fn seconds_that_are_the_milliseconds_rounded_up_are_no_other_wait() {
        assert_eq!(told_by(&[("retry-after", "2"), ("retry-after-ms", "1500")]), Some(1500));
        assert_eq!(told_by(&[("retry-after", "2"), ("retry-after-ms", "2000")]), Some(2000));
    }
}
