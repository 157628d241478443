//! Takes a retry rule, `"after 30s, once, if idempotent"`, or a schedule, `"1s 2s 4s 8s"`; gives a `Rule` or its waits,
//! or the reason at which word it fails. What holds where a part is left out, and whether there is a field to wait for,
//! depends on the declaration and is the caller's.

mod wait;

use std::time::Duration;

use super::Reason;
use super::words::{did_you_mean, nearest, quoted};
pub(crate) use wait::parse_schedule;
use wait::{RULE, is_number, parse_duration, parse_span};

/// A rule as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) wait: Wait,
    /// How often it is repeated, the first attempt not counted: one at least.
    pub(crate) times: Option<u32>,
    pub(crate) when: Option<When>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wait {
    /// `none`
    None,
    /// `after`: as the value says
    After,
    /// `after 30s..60s`, the least and the most; they are equal in `after 30s`
    AfterBetween(Duration, Duration),
    /// `backoff 1s 2s`; without waits the schedule is the type's
    Backoff(Option<Vec<Duration>>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum When {
    Always,
    IfIdempotent,
    IfSafe,
}

/// What may stand behind the wait and a comma.
enum Extra {
    Times(u32),
    When(When),
}

const WAITS: &str = "a rule looks like `none`, `after`, `after 30s`, `after 30s..60s` or `backoff`";
const EXTRAS: &str =
    "what stands behind a comma looks like `once`, `3 times`, `always`, `if idempotent` or `if safe`";
const CONDITIONS: &str = "a condition looks like `if idempotent` or `if safe`";

/// The rule that a text declares.
pub(crate) fn parse(text: &str) -> Result<Rule, Reason> {
    if text.trim().is_empty() {
        return Err(Reason::new("this retry rule is empty", WAITS));
    }
    let mut parts = text.split(',').map(|part| part.split_whitespace().collect::<Vec<_>>());
    let first = parts.next().unwrap_or_default();
    if parse_extra(&first).is_ok() {
        return Err(without_a_wait(text, &first));
    }
    let wait = parse_wait(&first)?;
    let mut times = None;
    let mut when = None;
    for part in parts {
        if wait == Wait::None && !part.is_empty() {
            return Err(behind_none(&part));
        }
        match parse_extra(&part)? {
            Extra::Times(number) => set_once(&mut times, number, &part, "number of repeats")?,
            Extra::When(condition) => set_once(&mut when, condition, &part, "condition")?,
        }
    }
    Ok(Rule { wait, times: times.map(|(number, _)| number), when: when.map(|(condition, _)| condition) })
}

/// Remembers a part and its words. A second one of its kind would contradict the first, or only repeat it.
fn set_once<T>(slot: &mut Option<(T, String)>, value: T, part: &[&str], what: &str) -> Result<(), Reason> {
    let text = quoted(&part.join(" "));
    if let Some((_, first)) = slot {
        let wrong = format!("{text} in this retry rule is a second {what}, behind {first}");
        return Err(Reason::new(wrong, "keep one of them"));
    }
    *slot = Some((value, text));
    Ok(())
}

fn parse_wait(words: &[&str]) -> Result<Wait, Reason> {
    match *words {
        [] => Err(Reason::new("nothing stands before the first comma of this retry rule", WAITS)),
        ["none"] => Ok(Wait::None),
        ["none", ref rest @ ..] => Err(behind_none(rest)),
        ["after"] => Ok(Wait::After),
        ["after", span, ref rest @ ..] => {
            if !begins_a_wait(&words[1..]) {
                return Err(stray(&words[1..], "after"));
            }
            let (least, most) = parse_span(span)?;
            match *rest {
                [] => Ok(Wait::AfterBetween(least, most)),
                [next, ..] if begins_a_wait(rest) => {
                    let wrong = format!("{} in this retry rule is a second wait", quoted(next));
                    let rules = [format!("after {span}..{next}"), format!("backoff {span} {next}")];
                    let help = match rules {
                        [between, schedule] if parse(&between).is_ok() && parse(&schedule).is_ok() => {
                            format!(
                                "write `{between}` alone for a wait in between, or `{schedule}` alone for a schedule"
                            )
                        }
                        _ => "keep one of them".to_owned(),
                    };
                    Err(Reason::new(wrong, help))
                }
                _ => Err(stray(rest, &format!("after {span}"))),
            }
        }
        ["backoff"] => Ok(Wait::Backoff(None)),
        ["backoff", ref waits @ ..] => {
            let mut schedule = Vec::with_capacity(waits.len());
            for (index, wait) in waits.iter().enumerate() {
                if !begins_a_wait(&waits[index..]) {
                    return Err(stray(&waits[index..], &words[..=index].join(" ")));
                }
                schedule.push(parse_duration(wait, RULE)?);
            }
            Ok(Wait::Backoff(Some(schedule)))
        }
        [_, ..] if begins_a_wait(words) => {
            let wrong = format!("this retry rule begins with {}", quoted(&words.join(" ")));
            let help = match *words {
                [wait] if is_number(wait) => format!("write `after {wait}s`"),
                [wait] => format!("write `after {wait}`"),
                _ => WAITS.to_owned(),
            };
            Err(Reason::new(wrong, help))
        }
        [first @ ("never" | "no" | "false" | "off"), ..] => {
            Err(Reason::new(format!("unknown word `{first}` in this retry rule"), "write `none` alone"))
        }
        [first @ ("exponential" | "yes" | "true" | "retry"), ..] => {
            Err(Reason::new(format!("unknown word `{first}` in this retry rule"), "write `backoff` alone"))
        }
        [first, ..] => Err(unknown(first, &["none", "after", "backoff"], WAITS)),
    }
}

/// A rule that says how often or when, and not after which wait.
fn without_a_wait(text: &str, first: &[&str]) -> Reason {
    let wrong = format!("this retry rule begins with {}", quoted(&first.join(" ")));
    let whole = format!("backoff, {}", text.trim());
    match parse(&whole) {
        Ok(_) => Reason::new(wrong, format!("write {} alone", quoted(&whole))),
        Err(_) => Reason::new(wrong, WAITS),
    }
}

fn parse_extra(part: &[&str]) -> Result<Extra, Reason> {
    match *part {
        ["once"] => Ok(Extra::Times(1)),
        ["always"] => Ok(Extra::When(When::Always)),
        ["if", "idempotent"] => Ok(Extra::When(When::IfIdempotent)),
        ["if", "safe"] => Ok(Extra::When(When::IfSafe)),
        [number, "times" | "time"] if is_number(number) => parse_times(number),
        [] => Err(Reason::new("a comma in this retry rule has nothing behind it", EXTRAS)),
        // A comma is missing between two parts.
        [first, ref rest @ ..] if !rest.is_empty() && parse_extra(&[first]).is_ok() => {
            Err(stray(rest, first))
        }
        [first, second, ref rest @ ..] if !rest.is_empty() && parse_extra(&[first, second]).is_ok() => {
            Err(stray(rest, &format!("{first} {second}")))
        }
        ["if"] => Err(Reason::new("`if` in this retry rule has no condition behind it", CONDITIONS)),
        ["if", condition, ..] => {
            let near = nearest(condition, ["idempotent", "safe"]).map(|known| format!("if {known}"));
            let help = did_you_mean(near, || CONDITIONS.to_owned());
            let condition = quoted(&format!("if {condition}"));
            Err(Reason::new(format!("unknown condition {condition} in this retry rule"), help))
        }
        [condition @ ("idempotent" | "safe"), ..] => Err(Reason::new(
            format!("`{condition}` in this retry rule has no `if` before it"),
            format!("write `if {condition}`"),
        )),
        [wait @ ("none" | "after" | "backoff"), ..] => Err(Reason::new(
            format!("`{wait}` in this retry rule is a second wait"),
            "keep one of them, at the beginning",
        )),
        [number] if is_number(number) => Err(Reason::new(
            format!("`{number}` in this retry rule has no word behind it"),
            format!("write `{number} times` for how often it is repeated"),
        )),
        [number, word, ..] if is_number(number) => Err(unknown(word, &["times"], EXTRAS)),
        [wait, ..] if wait.starts_with(|first: char| first.is_ascii_digit()) => Err(Reason::new(
            format!("the wait {} in this retry rule stands behind a comma", quoted(wait)),
            "separate waits by spaces, as in `backoff 1s 2s`",
        )),
        [word, ..] => Err(unknown(word, &["once", "always", "if idempotent", "if safe"], EXTRAS)),
    }
}

fn parse_times(number: &str) -> Result<Extra, Reason> {
    match number.parse() {
        Ok(0) => Err(Reason::new(
            format!("`{number} times` in this retry rule never repeats"),
            "write `none` alone",
        )),
        Ok(times) => Ok(Extra::Times(times)),
        Err(_) => Err(Reason::new(
            format!("the number `{number}` in this retry rule is too large"),
            format!("the largest is {}", u32::MAX),
        )),
    }
}

/// Whether a wait was meant, right or wrong, and not something that lacks its comma, like `3 times`.
fn begins_a_wait(words: &[&str]) -> bool {
    match *words {
        [number, "times" | "time", ..] if is_number(number) => false,
        [word, ..] => word.starts_with(|first: char| first.is_ascii_digit() || first == '.'),
        [] => false,
    }
}

/// Words that go on where a part should end: a part that lacks its comma, or a word that is none of ours.
fn stray(words: &[&str], before: &str) -> Reason {
    for end in 1..=words.len().min(2) {
        if parse_extra(&words[..end]).is_ok() {
            let part = words[..end].join(" ");
            let wrong = format!("{} in this retry rule lacks a comma", quoted(&format!("{before} {part}")));
            return Reason::new(wrong, format!("write {}", quoted(&format!("{before}, {part}"))));
        }
    }
    match words.first() {
        Some(word) => unknown(word, &["once", "always", "if idempotent", "if safe"], EXTRAS),
        None => Reason::new("this retry rule ends too early", WAITS),
    }
}

fn behind_none(words: &[&str]) -> Reason {
    let wrong = format!("{} in this retry rule stands behind `none`", quoted(&words.join(" ")));
    Reason::new(wrong, "write `none` alone: what is never repeated has no wait, number or condition")
}

fn unknown(word: &str, known: &[&'static str], list: &str) -> Reason {
    let help = did_you_mean(nearest(word, known.iter().copied()), || list.to_owned());
    Reason::new(format!("unknown word {} in this retry rule", quoted(word)), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn wait(text: &str) -> Wait {
        let rule = parse(text).unwrap();
        assert_eq!((rule.times, rule.when), (None, None));
        rule.wait
    }

    #[track_caller]
    fn fails(text: &str, wrong: &str, help: &str) {
        assert_eq!(parse(text), Err(Reason::new(wrong, help)), "{text}");
    }

    #[test]
    fn every_wait_of_the_table_parses() {
        assert_eq!(wait("none"), Wait::None);
        assert_eq!(wait("after"), Wait::After);
        assert_eq!(wait("after 30s"), Wait::AfterBetween(s(30), s(30)));
        assert_eq!(wait("after 30s..1m"), Wait::AfterBetween(s(30), s(60)));
        assert_eq!(wait("backoff"), Wait::Backoff(None));
        let schedule = vec![Duration::from_millis(500), s(1), s(120)];
        assert_eq!(wait("backoff 500ms 1s 2m"), Wait::Backoff(Some(schedule)));
    }

    #[test]
    fn equal_ends_are_a_single_wait() {
        assert_eq!(wait("after 60s..1m"), wait("after 60s"));
    }

    #[test]
    fn number_and_condition_stand_in_any_order() {
        let rule =
            Rule { wait: Wait::AfterBetween(s(30), s(30)), times: Some(1), when: Some(When::IfIdempotent) };
        assert_eq!(parse("after 30s, once, if idempotent"), Ok(rule.clone()));
        assert_eq!(parse("  after  30s ,if\tidempotent,1 time "), Ok(rule));
        let rule = Rule { wait: Wait::Backoff(None), times: Some(12), when: Some(When::IfSafe) };
        assert_eq!(parse("backoff, if safe, 12 times"), Ok(rule));
        let rule = Rule { wait: Wait::After, times: None, when: Some(When::Always) };
        assert_eq!(parse("after, always"), Ok(rule));
    }

    #[test]
    fn an_empty_rule_is_none() {
        fails("", "this retry rule is empty", WAITS);
        fails(" \n", "this retry rule is empty", WAITS);
    }

    #[test]
    fn an_unknown_word_gets_the_nearest() {
        fails("afetr 30s", "unknown word `afetr` in this retry rule", "did you mean `after`?");
        fails("After 30s", "unknown word `After` in this retry rule", "did you mean `after`?");
        fails("after 30s, onec", "unknown word `onec` in this retry rule", "did you mean `once`?");
        fails("after 30s, 3 tims", "unknown word `tims` in this retry rule", "did you mean `times`?");
        fails(
            "after, if idempotnet",
            "unknown condition `if idempotnet` in this retry rule",
            "did you mean `if idempotent`?",
        );
    }

    #[test]
    fn an_unknown_word_that_is_near_none_gets_the_list() {
        fails("maybe", "unknown word `maybe` in this retry rule", WAITS);
        fails("never", "unknown word `never` in this retry rule", "write `none` alone");
        fails("after, sometimes", "unknown word `sometimes` in this retry rule", EXTRAS);
        fails("after 30s today", "unknown word `today` in this retry rule", EXTRAS);
        fails("backoff größer", "unknown word `größer` in this retry rule", EXTRAS);
        let conditions = "a condition looks like `if idempotent` or `if safe`";
        fails("after, if", "`if` in this retry rule has no condition behind it", conditions);
        fails("after, if lucky", "unknown condition `if lucky` in this retry rule", conditions);
    }

    #[test]
    fn after_waits_once() {
        fails(
            "after 30s 60s",
            "`60s` in this retry rule is a second wait",
            "write `after 30s..60s` alone for a wait in between, or `backoff 30s 60s` alone for a schedule",
        );
    }

    #[test]
    fn a_missing_comma_is_shown() {
        fails("after once", "`after once` in this retry rule lacks a comma", "write `after, once`");
        fails(
            "after 30s 3 times",
            "`after 30s 3 times` in this retry rule lacks a comma",
            "write `after 30s, 3 times`",
        );
        fails(
            "backoff 1s 2s if safe, once",
            "`backoff 1s 2s if safe` in this retry rule lacks a comma",
            "write `backoff 1s 2s, if safe`",
        );
        fails(
            "backoff, 3 times if safe",
            "`3 times if safe` in this retry rule lacks a comma",
            "write `3 times, if safe`",
        );
        fails(
            "backoff, once always",
            "`once always` in this retry rule lacks a comma",
            "write `once, always`",
        );
    }

    #[test]
    fn a_comma_too_many_is_shown() {
        let wrong = "a comma in this retry rule has nothing behind it";
        fails("after 30s,", wrong, EXTRAS);
        fails("after 30s,, once", wrong, EXTRAS);
        fails("none,", wrong, EXTRAS);
        fails(", once", "nothing stands before the first comma of this retry rule", WAITS);
        fails(
            "backoff 1s, 2s",
            "the wait `2s` in this retry rule stands behind a comma",
            "separate waits by spaces, as in `backoff 1s 2s`",
        );
    }

    #[test]
    fn a_part_given_twice_is_refused() {
        fails(
            "after, once, 2 times",
            "`2 times` in this retry rule is a second number of repeats, behind `once`",
            "keep one of them",
        );
        fails(
            "after, if safe, always",
            "`always` in this retry rule is a second condition, behind `if safe`",
            "keep one of them",
        );
        fails(
            "after, backoff",
            "`backoff` in this retry rule is a second wait",
            "keep one of them, at the beginning",
        );
    }

    #[test]
    fn a_rule_begins_with_its_wait() {
        fails("once, after 30s", "this retry rule begins with `once`", WAITS);
        fails("2 times", "this retry rule begins with `2 times`", "write `backoff, 2 times` alone");
        fails("once, if safe", "this retry rule begins with `once`", "write `backoff, once, if safe` alone");
        fails("30s..60s", "this retry rule begins with `30s..60s`", "write `after 30s..60s`");
        fails("30", "this retry rule begins with `30`", "write `after 30s`");
    }

    #[test]
    fn a_number_of_repeats_is_one_or_more() {
        fails("after, 0 times", "`0 times` in this retry rule never repeats", "write `none` alone");
        fails(
            "after, 4294967296 times",
            "the number `4294967296` in this retry rule is too large",
            "the largest is 4294967295",
        );
        fails(
            "after, 3",
            "`3` in this retry rule has no word behind it",
            "write `3 times` for how often it is repeated",
        );
    }

    #[test]
    fn conditions_need_their_if() {
        fails("after, safe", "`safe` in this retry rule has no `if` before it", "write `if safe`");
    }

    #[test]
    fn nothing_follows_none() {
        let help = "write `none` alone: what is never repeated has no wait, number or condition";
        fails("none, once", "`once` in this retry rule stands behind `none`", help);
        fails("none, if safe", "`if safe` in this retry rule stands behind `none`", help);
        fails("none 30s", "`30s` in this retry rule stands behind `none`", help);
    }
}
