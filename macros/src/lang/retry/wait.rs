//! Takes a schedule, `1s 2s 4s`, or one word of a rule, `30s` or `30s..60s`; gives its waits, the least and the most of a
//! range, or the reason why it is none.

use std::time::Duration;

use crate::lang::Reason;
use crate::lang::words::quoted;

/// What the word stands in, for messages.
pub(super) const RULE: &str = "retry rule";
const SCHEDULE: &str = "backoff schedule";

const UNITS: &str = "units are `ms`, `s` and `m`";

/// The waits of a schedule: at least one.
pub(crate) fn parse_schedule(text: &str) -> Result<Vec<Duration>, Reason> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() {
        return Err(Reason::new("this backoff schedule is empty", "write its waits, as in `1s 2s 4s 8s`"));
    }
    if text.contains(',') {
        let parts: Vec<&str> = text.split([',', ' ']).filter(|part| !part.is_empty()).collect();
        let help = format!("write {}: spaces separate waits", quoted(&parts.join(" ")));
        return Err(Reason::new("this backoff schedule contains a comma", help));
    }
    words.into_iter().map(|word| parse_duration(word, SCHEDULE)).collect()
}

/// `30s` or `30s..60s`.
pub(super) fn parse_span(word: &str) -> Result<(Duration, Duration), Reason> {
    let Some((least, most)) = word.split_once("..") else {
        return parse_duration(word, RULE).map(|wait| (wait, wait));
    };
    if least.is_empty() || most.is_empty() || most.contains("..") {
        let wrong = format!("the range {} in this retry rule does not have two ends", quoted(word));
        return Err(Reason::new(wrong, "write both ends without spaces, as in `after 30s..60s`"));
    }
    let (shortest, longest) = (parse_duration(least, RULE)?, parse_duration(most, RULE)?);
    if shortest > longest {
        let wrong = format!("the range `{word}` in this retry rule runs backwards");
        return Err(Reason::new(wrong, format!("write `{most}..{least}`")));
    }
    Ok((shortest, longest))
}

pub(super) fn parse_duration(word: &str, place: &str) -> Result<Duration, Reason> {
    let (number, unit) = split_number(word);
    let wrong = |what| format!("the wait {} in this {place} {what}", quoted(word));
    if number.is_empty() {
        let wrong = format!("{} in this {place} is not a wait", quoted(word));
        return Err(Reason::new(wrong, "a wait is a number and its unit, as in `30s`"));
    }
    if word.contains("..") {
        let wrong = format!("the range {} in this {place} stands in a schedule", quoted(word));
        return Err(Reason::new(wrong, "write single waits, as in `1s 2s 4s`, or one range, `after 1s..4s`"));
    }
    if unit.starts_with('.') {
        return Err(Reason::new(
            wrong("is not a whole number"),
            "write it in a smaller unit, as in `1500ms`",
        ));
    }
    let in_unit: fn(u64) -> Duration = match unit {
        "ms" => Duration::from_millis,
        "s" => Duration::from_secs,
        "m" => |minutes| Duration::from_secs(minutes * 60),
        "" => return Err(Reason::new(wrong("has no unit"), format!("{UNITS}, as in `{number}s`"))),
        _ => {
            let help = match known_unit(unit) {
                Some(known) => format!("write `{number}{known}`: {UNITS}"),
                None => format!("{UNITS}, as in `after 30s`"),
            };
            return Err(Reason::new(wrong("has no known unit"), help));
        }
    };
    // 32 bits are 136 years of seconds, and no unit of them can overflow a `Duration`.
    match number.parse::<u32>() {
        Ok(0) if place == SCHEDULE => Err(Reason::new(wrong("is zero"), "choose a longer wait")),
        Ok(0) => {
            Err(Reason::new(wrong("is zero"), "choose a longer wait, or write `none` alone for no repeats"))
        }
        Ok(number) => Ok(in_unit(u64::from(number))),
        Err(_) => Err(Reason::new(wrong("is too long"), format!("the largest number is {}", u32::MAX))),
    }
}

/// The unit that `sec`, `minutes` or `S` was meant to be.
fn known_unit(unit: &str) -> Option<&'static str> {
    let unit = unit.to_ascii_lowercase();
    match unit.as_str() {
        "ms" | "msec" | "msecs" | "millis" | "millisecond" | "milliseconds" => Some("ms"),
        "s" | "sec" | "secs" | "second" | "seconds" => Some("s"),
        "m" | "min" | "mins" | "minute" | "minutes" => Some("m"),
        _ => None,
    }
}

fn split_number(word: &str) -> (&str, &str) {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    word.split_at(digits)
}

pub(super) fn is_number(word: &str) -> bool {
    !word.is_empty() && split_number(word).1.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::retry::parse;

    #[track_caller]
    fn fails(text: &str, wrong: &str, help: &str) {
        assert_eq!(parse(text), Err(Reason::new(wrong, help)), "{text}");
    }

    #[test]
    fn a_wait_has_a_unit() {
        fails(
            "after 30",
            "the wait `30` in this retry rule has no unit",
            "units are `ms`, `s` and `m`, as in `30s`",
        );
        fails(
            "after 30..60s",
            "the wait `30` in this retry rule has no unit",
            "units are `ms`, `s` and `m`, as in `30s`",
        );
        fails(
            "after 30 s",
            "the wait `30` in this retry rule has no unit",
            "units are `ms`, `s` and `m`, as in `30s`",
        );
    }

    #[test]
    fn an_unknown_unit_is_refused_and_the_known_ones_listed() {
        fails(
            "after 30x",
            "the wait `30x` in this retry rule has no known unit",
            "units are `ms`, `s` and `m`, as in `after 30s`",
        );
        fails(
            "backoff 1s 2sec",
            "the wait `2sec` in this retry rule has no known unit",
            "write `2s`: units are `ms`, `s` and `m`",
        );
        fails(
            "after 5M",
            "the wait `5M` in this retry rule has no known unit",
            "write `5m`: units are `ms`, `s` and `m`",
        );
        fails(
            "after 1.5s",
            "the wait `1.5s` in this retry rule is not a whole number",
            "write it in a smaller unit, as in `1500ms`",
        );
    }

    #[test]
    fn a_wait_of_zero_or_beyond_measure_is_refused() {
        let help = "choose a longer wait, or write `none` alone for no repeats";
        fails("after 0s", "the wait `0s` in this retry rule is zero", help);
        fails("after 0ms..1s", "the wait `0ms` in this retry rule is zero", help);
        fails("backoff 1s 00m", "the wait `00m` in this retry rule is zero", help);
        let help = "the largest number is 4294967295";
        fails("after 4294967296m", "the wait `4294967296m` in this retry rule is too long", help);
        assert!(parse("after 4294967295m").is_ok());
    }

    #[test]
    fn a_range_has_two_ends_and_runs_forwards() {
        fails("after 60s..30s", "the range `60s..30s` in this retry rule runs backwards", "write `30s..60s`");
        let help = "write both ends without spaces, as in `after 30s..60s`";
        fails("after 30s..", "the range `30s..` in this retry rule does not have two ends", help);
        fails("after 30s.. 60s", "the range `30s..` in this retry rule does not have two ends", help);
        fails("after 1s..2s..3s", "the range `1s..2s..3s` in this retry rule does not have two ends", help);
        fails("after ..60s", "the range `..60s` in this retry rule does not have two ends", help);
        fails(
            "backoff 1s..2s",
            "the range `1s..2s` in this retry rule stands in a schedule",
            "write single waits, as in `1s 2s 4s`, or one range, `after 1s..4s`",
        );
    }

    #[test]
    fn a_schedule_is_a_list_of_waits() {
        assert_eq!(
            parse_schedule(" 1s 2s  500ms 1m "),
            Ok(vec![
                Duration::from_secs(1),
                Duration::from_secs(2),
                Duration::from_millis(500),
                Duration::from_secs(60)
            ])
        );
        for (text, wrong, help) in [
            ("", "this backoff schedule is empty", "write its waits, as in `1s 2s 4s 8s`"),
            ("1s, 2s", "this backoff schedule contains a comma", "write `1s 2s`: spaces separate waits"),
            (
                "backoff 1s",
                "`backoff` in this backoff schedule is not a wait",
                "a wait is a number and its unit, as in `30s`",
            ),
            (
                "1s 2",
                "the wait `2` in this backoff schedule has no unit",
                "units are `ms`, `s` and `m`, as in `2s`",
            ),
            ("1s 0s", "the wait `0s` in this backoff schedule is zero", "choose a longer wait"),
        ] {
            assert_eq!(parse_schedule(text), Err(Reason::new(wrong, help)), "{text}");
        }
    }
}
