//! Takes a difference between two errors of one code; gives the message about it. A retry rule is written as in
//! `retry = "…"`, with all that was left out.

use std::time::Duration;

use super::difference::{Difference, JsonKind, Kind, rule};
use super::text::ConstText;
use crate::retry::{RetryRule, RetryWait, RetryWhen};
use crate::spec::{ErrorSpec, FieldSpec};

/// The first line up to where the second error is, and the help.
pub(super) const fn told(difference: &Difference, places: [&str; 2]) -> ConstText {
    let &Difference { kind, first, second } = difference;
    let [in_first, in_second] = places;
    let text = ConstText::new();
    let text = match kind {
        Kind::Detail(name, _, _) => {
            text.with("the detail ").quoted(name).with(" of code ").quoted(first.code).with(" is ")
        }
        _ => text.with("code ").quoted(first.code).with(match kind {
            Kind::Status => " is ",
            Kind::Rule => " has the retry rule ",
            Kind::Headers => " sends ",
            Kind::Details | Kind::Detail(..) => " has ",
        }),
    };
    let text = value(text, kind, first, true).with(" in ").quoted(in_first).with(" and ");
    value(text, kind, second, false).with(" in ").quoted(in_second)
}

/// What would set it right, and why.
pub(super) const fn help(text: ConstText, difference: &Difference) -> ConstText {
    text.with("\n  help: give both ")
        .with(match difference.kind {
            Kind::Status => "the same `status`",
            Kind::Rule => "the same `retry`",
            Kind::Headers => "the same headers",
            Kind::Details => "the same details",
            Kind::Detail(..) => "details of one type",
        })
        .with(", or rename one of the codes\n  note: a client goes by the code alone")
}

const fn value(text: ConstText, kind: Kind, spec: &ErrorSpec, is_first: bool) -> ConstText {
    match kind {
        Kind::Status => status(text, spec.status),
        Kind::Rule => with_rule(text.with("`"), &rule(spec)).with("`"),
        Kind::Headers => headers(text, spec),
        Kind::Details => details(text, spec.more.fields),
        Kind::Detail(_, first, second) => text.with(match if is_first { first } else { second } {
            JsonKind::Number => "a number",
            JsonKind::String => "a string",
            JsonKind::Bool => "a boolean",
            JsonKind::Unknown => "something else",
        }),
    }
}

const fn status(text: ConstText, status: u16) -> ConstText {
    if status == 0 { text.with("without a status") } else { text.with_number(status as u64) }
}

/// "the headers `Allow: GET` and `X-Left`", the second of which is a field.
const fn headers(text: ConstText, spec: &ErrorSpec) -> ConstText {
    let mut list = List::new(text, "the header ", "the headers ", "no headers", count_headers(spec));
    let mut index = 0;
    while index < spec.more.headers.len() {
        let header = &spec.more.headers[index];
        list = list.before().and("`").and(header.name);
        list = if header.varies { list } else { list.and(": ").and(header.value) };
        list = list.and("`");
        index += 1;
    }
    index = 0;
    while index < spec.more.fields.len() {
        let (names, mut name) = (spec.more.fields[index].headers, 0);
        while name < names.len() {
            list = list.before().and("`").and(names[name]).and("`");
            name += 1;
        }
        index += 1;
    }
    list.text
}

const fn count_headers(spec: &ErrorSpec) -> usize {
    let (mut count, mut index) = (spec.more.headers.len(), 0);
    while index < spec.more.fields.len() {
        count += spec.more.fields[index].headers.len();
        index += 1;
    }
    count
}

/// "the details `need` and `have`"
const fn details(text: ConstText, fields: &[FieldSpec]) -> ConstText {
    let (mut count, mut index) = (0, 0);
    while index < fields.len() {
        if fields[index].details {
            return text.with("details that are one value");
        }
        count += fields[index].detail.is_some() as usize;
        index += 1;
    }
    let mut list = List::new(text, "the detail ", "the details ", "no details", count);
    index = 0;
    while index < fields.len() {
        if let Some(name) = fields[index].detail {
            list = list.before().and("`").and(name).and("`");
        }
        index += 1;
    }
    list.text
}

/// Words of a known number, with commas and an "and" between them.
struct List {
    text: ConstText,
    count: usize,
    done: usize,
}

impl List {
    const fn new(text: ConstText, one: &str, several: &str, none: &str, count: usize) -> Self {
        let text = text.with(match count {
            0 => none,
            1 => one,
            _ => several,
        });
        Self { text, count, done: 0 }
    }

    const fn before(self) -> Self {
        let Self { text, count, done } = self;
        let text = match done {
            0 => text,
            _ if done + 1 == count => text.with(" and "),
            _ => text.with(", "),
        };
        Self { text, count, done: done + 1 }
    }

    const fn and(self, text: &str) -> Self {
        Self { text: self.text.with(text), count: self.count, done: self.done }
    }
}

/// `after 30s..60s, 4 times, always`
const fn with_rule(text: ConstText, rule: &RetryRule) -> ConstText {
    let text = match rule.wait() {
        RetryWait::Never => return text.with("none"),
        RetryWait::Given(schedule) => waits(text.with("after (else backoff"), schedule).with(")"),
        RetryWait::Between(least, most) => {
            let text = wait(text.with("after "), least);
            if least.as_nanos() == most.as_nanos() { text } else { wait(text.with(".."), most) }
        }
        RetryWait::Backoff(schedule) => waits(text.with("backoff"), schedule),
    };
    let text = match rule.times() {
        1 => text.with(", once"),
        times => text.with(", ").with_number(times as u64).with(" times"),
    };
    text.with(match rule.when() {
        RetryWhen::Always => ", always",
        RetryWhen::IfIdempotent => ", if idempotent",
        RetryWhen::IfSafe => ", if safe",
    })
}

const fn waits(mut text: ConstText, schedule: &[Duration]) -> ConstText {
    let mut index = 0;
    while index < schedule.len() {
        text = wait(text.with(" "), schedule[index]);
        index += 1;
    }
    text
}

const fn wait(text: ConstText, wait: Duration) -> ConstText {
    if wait.subsec_millis() == 0 && wait.as_secs().is_multiple_of(60) {
        text.with_number(wait.as_secs() / 60).with("m")
    } else if wait.subsec_millis() == 0 {
        text.with_number(wait.as_secs()).with("s")
    } else {
        text.with_number(wait.as_secs() * 1000 + wait.subsec_millis() as u64).with("ms")
    }
}
