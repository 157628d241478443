//! The sentences that both forms of the page have in common; `` `code` `` stands in backticks. Takes a part of the
//! contract; gives English for those who call the service.

use serde_json::Value;

use super::escape::put;
use super::outline::{Outline, Pace};
use crate::book::pointer::{schemas_at, tokens};
use crate::book::{Act, Body, Codes, Contract, Entry, Field, Member, Retry, Wait, When};
use crate::retry::RetryRule;

/// A name within backticks.
fn code(name: &str) -> String {
    format!("`{}`", name.replace('`', "'").split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The reason phrase of a status.
pub(super) fn phrase(status: u16) -> &'static str {
    http::StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason()).unwrap_or("")
}

/// Whether to try again, in one sentence.
pub(super) fn verdict(retry: &Retry) -> String {
    let times = retry.times;
    let up_to = |what: &str| format!("Up to {times} times, {what}.");
    match &retry.wait {
        _ if Pace::of(retry) == Pace::Never => "Never.".to_owned(),
        Wait::Given { .. } if times == 1 => "Wait as `Retry-After` says, then once more.".to_owned(),
        Wait::Given { .. } => up_to("each time after as long as `Retry-After` says"),
        Wait::Between { least_ms, most_ms } => {
            let wait = range(*least_ms, *most_ms, " to ");
            if times == 1 {
                format!("Once, after {wait}.")
            } else {
                up_to(&format!("after {wait} each time"))
            }
        }
        Wait::Backoff { schedule_ms } => {
            let waits = schedule(schedule_ms, times);
            if times == 1 { format!("Once, after {waits}.") } else { up_to(&format!("after {waits}")) }
        }
        Wait::Never => "Never.".to_owned(),
    }
}

/// What is to be known beside it, in soft words.
pub(super) fn verdict_more(retry: &Retry) -> String {
    if Pace::of(retry) == Pace::Never {
        return String::new();
    }
    let mut more = match retry.when {
        When::Always => "",
        When::IfIdempotent => {
            "Only if the request is safe to repeat: by its method, or with an `Idempotency-Key`."
        }
        When::IfSafe => "Only requests that read: `GET`, `HEAD`, `OPTIONS`, `TRACE`.",
    }
    .to_owned();
    if let Wait::Given { schedule_ms } = &retry.wait
        && !schedule_ms.is_empty()
    {
        let space = if more.is_empty() { "" } else { " " };
        more = format!("{more}{space}Without that header, after {}.", schedule(schedule_ms, retry.times));
    }
    more
}

/// What there is to say of repeating at all: what is safe, and what to send.
pub(super) fn repeating(outline: &Outline<'_>) -> Vec<String> {
    let repeats: Vec<&Retry> =
        outline.rules.iter().map(|rule| rule.retry).filter(|retry| Pace::of(retry) != Pace::Never).collect();
    let mut told = Vec::new();
    if repeats.is_empty() {
        told.push("No request is to be repeated by itself: something has to change first.".to_owned());
        return told;
    }
    told.push(
        "Repeat a request by the rule of its code and never faster, then give up and hand the error on."
            .to_owned(),
    );
    let has = |when: When| repeats.iter().any(|retry| retry.when == when);
    if has(When::IfIdempotent) {
        let is_asked_by_all = repeats.iter().all(|retry| retry.when == When::IfIdempotent);
        let (which, such) = if is_asked_by_all {
            ("", "the request")
        } else {
            ("Where a rule says “safe to repeat”: ", "such a request")
        };
        told.push(format!(
            "{which}`GET`, `HEAD`, `OPTIONS`, `TRACE`, `PUT` and `DELETE` are safe to repeat. Send every other request with \
             an `Idempotency-Key`: a value that is new for each request, and the same whenever that one is repeated. \
             Without it, do not repeat {such}."
        ));
    }
    if has(When::IfSafe) {
        told.push(
            "Where a rule says “requests that read”, repeat `GET`, `HEAD`, `OPTIONS` and `TRACE` alone; any other \
             request may already have had its effect."
                .to_owned(),
        );
    }
    if repeats.iter().all(|retry| retry.when == When::Always) {
        told.push("What a rule lets you repeat is safe to repeat, whatever its method.".to_owned());
    } else if has(When::Always) {
        told.push("A rule that names no condition holds for every request, whatever its method.".to_owned());
    }
    if outline.contract.codes == Codes::Open {
        told.push(unknown_codes());
    }
    told
}

/// What to do about a code that is newer than its reader: the rule of its status.
fn unknown_codes() -> String {
    let mut rules: Vec<(Retry, Vec<String>)> = Vec::new();
    for status in (400..600).filter_map(|status| http::StatusCode::from_u16(status).ok()) {
        let retry = Retry::new(&RetryRule::for_status(status));
        if Pace::of(&retry) == Pace::Never {
            continue;
        }
        let number = status.as_u16().to_string();
        match rules.iter_mut().find(|(known, _)| *known == retry) {
            Some((_, numbers)) => numbers.push(number),
            None => rules.push((retry, vec![number])),
        }
    }
    let mut told = "A code that you do not know has the rule of its status.".to_owned();
    for (retry, numbers) in rules {
        let (verdict, more) = (verdict(&retry), verdict_more(&retry));
        let space = if more.is_empty() { "" } else { " " };
        put!(told, " {}: {verdict}{space}{more}", numbers.join(", "));
    }
    told.push_str(" Any other: Never.");
    told
}

/// How often a member is there.
pub(super) fn presence(member: &Member, contract: &Contract) -> &'static str {
    // Whoever tells the id of each request in a header has one for each body.
    let has_id = member.slot == "request_id" && contract.request_id_header.is_some();
    if member.required || has_id { "always" } else { "sometimes" }
}

/// Who has something to do.
pub(crate) fn who(act: Act) -> &'static str {
    match act {
        Act::Caller => "The caller.",
        Act::Operator => "The operator of the service.",
        Act::Nobody => "Nobody: it passes.",
    }
}

/// What stays, what may grow, and what may change: a word and a sentence each.
pub(super) fn terms(contract: &Contract) -> [(&'static str, String); 3] {
    let shows_code =
        contract.bodies.iter().flat_map(|body| &body.members).any(|member| member.slot == "code");
    let may_lack = contract.errors.iter().any(|error| error.code_is_omitted);
    let branch = match (shows_code, may_lack) {
        (true, false) => " Branch on the code, then on the status.",
        _ => " Branch on the status, then on the code where there is one.",
    };
    let grow = match contract.codes {
        Codes::Open => {
            "Codes, members and details may be added at any time. Treat a code that you do not know as its status says, \
             and ignore a member that you do not know."
        }
        Codes::Closed => {
            "Members and details may be added at any time; ignore those that you do not know. The codes are complete: a \
             new one is a breaking change."
        }
    };
    [
        ("Stable", format!("A code, once published, keeps its name, its status and its meaning.{branch}")),
        ("May grow", grow.to_owned()),
        (
            "May change",
            "Messages. They are for people: show them, and never compare or parse them.".to_owned(),
        ),
    ]
}

/// What to send along with a report: a label and where it is found.
pub(super) fn report(contract: &Contract) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    let member = contract
        .bodies
        .iter()
        .flat_map(|body| &body.members)
        .find(|member| member.slot == "request_id")
        .map(|member| format!("the member {}", code(&member.pointer)));
    let header = contract.request_id_header.as_ref().map(|name| format!("the header {}", code(name)));
    match (header, member) {
        (Some(header), Some(member)) => lines.push(("Request id", format!("In {header}, and in {member}."))),
        (Some(one), None) | (None, Some(one)) => lines.push(("Request id", format!("In {one}."))),
        (None, None) => {}
    }
    lines.push(("Code and status", "As they were answered.".to_owned()));
    lines.push(("Time", "Of the call, with its time zone.".to_owned()));
    lines
}

/// Where the value of a member comes from.
pub(super) fn source(member: &Member, contract: &Contract) -> String {
    match &*member.slot {
        "code" if contract.errors.iter().any(|error| error.code_is_omitted) => {
            "What happened, where the error has a code.".to_owned()
        }
        "code" => "What happened. Branch on this.".to_owned(),
        "message" => "The same for people; safe to show.".to_owned(),
        "title" | "problem_title" => "A short summary, the same on each occurrence.".to_owned(),
        "remedy" => "What to do, for people.".to_owned(),
        "act" => "Who has to do something: `caller`, `operator` or `nobody`.".to_owned(),
        "retryable" => "Whether trying again may help.".to_owned(),
        "retry_after" => "How many seconds to wait before trying again.".to_owned(),
        "retry_after_ms" => "How many milliseconds to wait before trying again.".to_owned(),
        "status" | "status_string" => "The status of the response.".to_owned(),
        "reason" => "The reason phrase of the status.".to_owned(),
        "docs_url" => "The link for this code.".to_owned(),
        "request_id" => match &contract.request_id_header {
            Some(header) => format!("The id of this request, as in the header {}.", code(header)),
            None => "The id of this request.".to_owned(),
        },
        "details" => "Facts about this error for programs; each code tells which.".to_owned(),
        "..details" => "The members that a code’s details name, one by one.".to_owned(),
        slot => match slot.split_once('.') {
            Some(("context", name)) => format!("The {} that the request concerns.", code(name)),
            Some(("meta", name)) => format!("A constant of the code’s: its {}.", code(name)),
            _ => String::new(),
        },
    }
}

/// The JSON type of a member.
pub(super) fn member_type(member: &Member, body: &Body) -> String {
    let schemas = schemas_at(&body.schema, &tokens(&member.pointer));
    let mut types: Vec<String> = schemas.into_iter().map(json_type).collect();
    types.dedup();
    let ty = types.pop().filter(|_| types.is_empty()).unwrap_or_else(|| "any".to_owned());
    match ty {
        any if any == "any" && member.slot.ends_with("details") => "object or array".to_owned(),
        ty => ty,
    }
}

/// What a schema allows, in a word or three.
pub(super) fn json_type(schema: &Value) -> String {
    match &schema["type"] {
        Value::String(ty) if ty == "array" => match &*json_type(&schema["items"]) {
            "any" => "array".to_owned(),
            item => format!("array of {}", plural(item)),
        },
        Value::String(ty) => match schema["format"].as_str() {
            Some("date-time") => "date and time".to_owned(),
            Some("uuid") => "UUID".to_owned(),
            Some("uri") => "URL".to_owned(),
            _ => ty.clone(),
        },
        Value::Array(types) => {
            let types: Vec<&str> = types.iter().filter_map(Value::as_str).collect();
            types.join(" or ")
        }
        _ => match schema["anyOf"].as_array() {
            Some(forms) => {
                let mut types: Vec<String> = Vec::new();
                for ty in forms.iter().map(json_type) {
                    if !types.contains(&ty) {
                        types.push(ty);
                    }
                }
                if types.iter().any(|ty| ty == "any") { "any".to_owned() } else { types.join(" or ") }
            }
            None => "any".to_owned(),
        },
    }
}

/// `strings or nulls` of `string or null`, `arrays of strings` of `array of strings`.
fn plural(ty: &str) -> String {
    let one = |ty: &str| match ty.strip_prefix("array of ") {
        Some(items) => format!("arrays of {items}"),
        None if ty == "date and time" => "dates and times".to_owned(),
        None => format!("{ty}s"),
    };
    ty.split(" or ").map(one).collect::<Vec<_>>().join(" or ")
}

/// The name under which callers meet a field.
pub(super) fn field_name(field: &Field) -> &str {
    field.detail.as_deref().unwrap_or(if field.is_details { "details" } else { &field.name })
}

/// A sample value as readers see it; none of a list or an object, which the example of the body shows whole.
pub(super) fn sample(field: &Field) -> Option<String> {
    match field.example.as_ref()? {
        Value::String(text) => Some(text.clone()),
        Value::Array(_) | Value::Object(_) => None,
        other => Some(other.to_string()),
    }
}

/// The heading of an error: its code, if callers see it.
pub(super) fn name(entry: &Entry) -> &str {
    if entry.code_is_omitted { &entry.title } else { &entry.code }
}

/// `1 s`, `1, 2 and 4 s`, `1 s, then 5 s each time`
fn schedule(waits: &[u64], times: u32) -> String {
    let times = usize::try_from(times).unwrap_or(usize::MAX);
    let used = waits.get(..times).unwrap_or(waits);
    match used {
        [] => "a moment".to_owned(),
        [one] if times > 1 => format!("{} each time", amount(*one)),
        [.., last] if times > used.len() => format!("{}, then {} each time", list(used), amount(*last)),
        used => list(used),
    }
}

/// `30 to 60 s`, with what stands between the two.
pub(super) fn range(least: u64, most: u64, to: &str) -> String {
    if least == most { amount(least) } else { join(&[least, most], to) }
}

fn list(waits: &[u64]) -> String {
    join(waits, " and ")
}

fn join(waits: &[u64], before_last: &str) -> String {
    let amounts: Vec<String> = waits.iter().map(|wait| amount(*wait)).collect();
    let unit = |amount: &str| amount.split_once(' ').map(|(_, unit)| unit.to_owned());
    let is_shared = amounts.iter().all(|other| unit(other) == amounts.first().and_then(|first| unit(first)));
    let last = amounts.len().saturating_sub(1);
    let mut out = String::new();
    for (index, amount) in amounts.iter().enumerate() {
        if index > 0 {
            out.push_str(if index == last { before_last } else { ", " });
        }
        let number = amount.split(' ').next().unwrap_or(amount);
        out.push_str(if is_shared && index < last { number } else { amount });
    }
    out
}

/// A wait with its unit: `500 ms`, `1.5 s`, `2 min`.
pub(super) fn amount(ms: u64) -> String {
    let decimal = |value: u64, unit: u64| {
        let rest = format!("{:03}", value % unit * 1000 / unit);
        let rest = rest.trim_end_matches('0');
        if rest.is_empty() { format!("{}", value / unit) } else { format!("{}.{rest}", value / unit) }
    };
    match ms {
        ms if ms >= 3_600_000 && ms % 360_000 == 0 => format!("{} h", decimal(ms, 3_600_000)),
        ms if ms > 60_000 && ms % 30_000 == 0 => format!("{} min", decimal(ms, 60_000)),
        ms if ms >= 1000 => format!("{} s", decimal(ms, 1000)),
        ms => format!("{ms} ms"),
    }
}
