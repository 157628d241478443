//! Takes two errors of one code; gives what a client that goes by the code would get wrong about one of them: status,
//! retry rule, headers or details. Words for humans (message, title, link) may differ, and so may the values in a
//! header or a detail.

use std::time::Duration;

use super::text::{is_same, is_same_ignoring_case};
use crate::retry::{RetryRule, RetryWait};
use crate::spec::{ErrorSpec, FieldSpec};

/// The first thing in which two errors of one code contradict each other, with both of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Difference {
    pub(super) kind: Kind,
    pub(super) first: &'static ErrorSpec,
    pub(super) second: &'static ErrorSpec,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Status,
    Rule,
    Headers,
    /// Not the same names, or members in the one and a whole in the other.
    Details,
    /// The detail of this name is one kind of JSON in the one and another in the other.
    Detail(&'static str, JsonKind, JsonKind),
}

/// What a type is in JSON, as far as its looks tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum JsonKind {
    Number,
    String,
    Bool,
    Unknown,
}

/// What a client has learnt about the one and would be wrong about the other. Two errors that agree with a third have to
/// agree with each other.
pub(super) const fn difference(first: &'static ErrorSpec, second: &'static ErrorSpec) -> Option<Difference> {
    let kind = if first.status != second.status {
        Kind::Status
    } else if !is_same_rule(&rule(first), &rule(second)) {
        Kind::Rule
    } else if !has_same_headers(first, second) {
        Kind::Headers
    } else if !has_same_details(first, second) {
        Kind::Details
    } else if let Some(kind) = differing_detail(first, second) {
        kind
    } else {
        return None;
    };
    Some(Difference { kind, first, second })
}

/// Whether two errors of one code are alike in all that is checked where they are held.
pub(super) const fn is_alike(one: &'static ErrorSpec, other: &'static ErrorSpec) -> bool {
    difference(one, other).is_none()
        && one.more.omits_code == other.more.omits_code
        && has_same_link(one, other)
        && one.more.remedy.is_empty() == other.more.remedy.is_empty()
        && has_same_meta(one, other)
}

pub(super) const fn rule(spec: &ErrorSpec) -> RetryRule {
    let (fields, mut has_wait, mut index) = (spec.more.fields, false, 0);
    while index < fields.len() {
        has_wait = has_wait || fields[index].retry_after;
        index += 1;
    }
    spec.more.retry.resolve(spec.status, has_wait)
}

const fn is_same_rule(one: &RetryRule, other: &RetryRule) -> bool {
    // Not what was written, but what follows: a rule that says no number has that of its schedule.
    if one.times() != other.times() || one.when() as u8 != other.when() as u8 {
        return false;
    }
    match (one.wait(), other.wait()) {
        (RetryWait::Never, RetryWait::Never) => true,
        (RetryWait::Given(one), RetryWait::Given(other))
        | (RetryWait::Backoff(one), RetryWait::Backoff(other)) => has_same_waits(one, other),
        (RetryWait::Between(least, most), RetryWait::Between(other_least, other_most)) => {
            least.as_nanos() == other_least.as_nanos() && most.as_nanos() == other_most.as_nanos()
        }
        _ => false,
    }
}

const fn has_same_waits(one: &[Duration], other: &[Duration]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut index = 0;
    while index < one.len() {
        if one[index].as_nanos() != other[index].as_nanos() {
            return false;
        }
        index += 1;
    }
    true
}

/// The same constants in the same order, and the same names of those whose values are fields.
const fn has_same_headers(one: &ErrorSpec, other: &ErrorSpec) -> bool {
    let (headers, others) = (one.more.headers, other.more.headers);
    if headers.len() != others.len() {
        return false;
    }
    let mut index = 0;
    while index < headers.len() {
        let (header, other) = (&headers[index], &others[index]);
        let is_alike = header.varies == other.varies && (header.varies || is_same(header.value, other.value));
        if !is_same_ignoring_case(header.name, other.name) || !is_alike {
            return false;
        }
        index += 1;
    }
    fills_all_headers(one.more.fields, other.more.fields)
        && fills_all_headers(other.more.fields, one.more.fields)
}

/// Whether each header that is a field of the one is a field of the other.
const fn fills_all_headers(fields: &[FieldSpec], others: &[FieldSpec]) -> bool {
    let mut index = 0;
    while index < fields.len() {
        let (names, mut name) = (fields[index].headers, 0);
        while name < names.len() {
            if !fills_header(others, names[name]) {
                return false;
            }
            name += 1;
        }
        index += 1;
    }
    true
}

const fn fills_header(fields: &[FieldSpec], wanted: &str) -> bool {
    let mut index = 0;
    while index < fields.len() {
        let (names, mut name) = (fields[index].headers, 0);
        while name < names.len() {
            if is_same_ignoring_case(names[name], wanted) {
                return true;
            }
            name += 1;
        }
        index += 1;
    }
    false
}

const fn has_same_details(one: &ErrorSpec, other: &ErrorSpec) -> bool {
    let (fields, others) = (one.more.fields, other.more.fields);
    has_all_details(fields, others) && has_all_details(others, fields)
}

const fn has_all_details(fields: &[FieldSpec], others: &[FieldSpec]) -> bool {
    let mut index = 0;
    while index < fields.len() {
        let field = &fields[index];
        let is_there = match field.detail {
            Some(name) => detail(others, name).is_some(),
            None => !field.details || has_whole(others),
        };
        if !is_there {
            return false;
        }
        index += 1;
    }
    true
}

const fn detail<'f>(fields: &'f [FieldSpec], wanted: &str) -> Option<&'f FieldSpec> {
    let mut index = 0;
    while index < fields.len() {
        if let Some(name) = fields[index].detail
            && is_same(name, wanted)
        {
            return Some(&fields[index]);
        }
        index += 1;
    }
    None
}

const fn has_whole(fields: &[FieldSpec]) -> bool {
    let mut index = 0;
    while index < fields.len() {
        if fields[index].details {
            return true;
        }
        index += 1;
    }
    false
}

/// A detail that both have and that is not the same kind of JSON in both.
const fn differing_detail(one: &ErrorSpec, other: &ErrorSpec) -> Option<Kind> {
    let mut index = 0;
    while index < one.more.fields.len() {
        let field = &one.more.fields[index];
        if let Some(name) = field.detail
            && let Some(other) = detail(other.more.fields, name)
            // What a function makes of a field, its type does not tell.
            && field.with.is_none()
            && other.with.is_none()
            && !is_same(field.ty, other.ty)
        {
            let (kind, other) = (json_kind(field.ty), json_kind(other.ty));
            let is_known = !matches!(kind, JsonKind::Unknown) && !matches!(other, JsonKind::Unknown);
            if is_known && kind as u8 != other as u8 {
                return Some(Kind::Detail(name, kind, other));
            }
        }
        index += 1;
    }
    None
}

/// Taken wrongly: a type of the user's own that is called `String`. Missed: an alias of `u64`.
const fn json_kind(ty: &str) -> JsonKind {
    const NUMBERS: [&str; 14] = [
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64",
    ];
    let ty = without_option(ty);
    let mut index = 0;
    while index < NUMBERS.len() {
        if is_same(ty, NUMBERS[index]) {
            return JsonKind::Number;
        }
        index += 1;
    }
    if is_same(ty, "bool") {
        JsonKind::Bool
    } else if is_same(ty, "String") || is_same(ty, "&str") || is_same(ty, "&'static str") {
        JsonKind::String
    } else {
        JsonKind::Unknown
    }
}

/// `Option<u64>` is `u64` where it is there.
const fn without_option(ty: &str) -> &str {
    const OPTION: &str = "Option<";
    if ty.len() <= OPTION.len() || !ty.is_char_boundary(OPTION.len()) {
        return ty;
    }
    let (option, argument) = ty.split_at(OPTION.len());
    if is_same(option, OPTION) { argument.split_at(argument.len() - 1).0 } else { ty }
}

const fn has_same_link(one: &ErrorSpec, other: &ErrorSpec) -> bool {
    match (one.more.docs, other.more.docs) {
        (None, None) => true,
        (Some(link), Some(other)) => !one.more.omits_code || is_same(link, other),
        _ => false,
    }
}

/// The same names.
const fn has_same_meta(one: &ErrorSpec, other: &ErrorSpec) -> bool {
    let (meta, others) = (one.more.meta, other.more.meta);
    if meta.len() != others.len() {
        return false;
    }
    let mut index = 0;
    while index < meta.len() {
        if !is_same(meta[index].0, others[index].0) {
            return false;
        }
        index += 1;
    }
    true
}
