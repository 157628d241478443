//! The bytes of a body. Takes the fields that an error has handed over and what is known of the request; gives JSON, put
//! together in the thread's buffer and copied once, at its exact size. First is asked which parts there are, so that
//! the layout is known; then each part is written once, in its place.

use std::borrow::Cow;
use std::fmt::Display;
use std::ops::Range;
use std::time::Duration;

use bytes::Bytes;

use super::each::{self, Item};
use super::field::{ByTraits, Field, Value};
use super::headers::longer;
use super::look::{self, Words};
use super::{Overrides, takes_ambient_id};
use crate::context;
use crate::envelope::layout::{Found, Layout, Source};
use crate::envelope::prepare::PreparedBody;
use crate::json::{self, Buffer, EscapingWriter, Members};
use crate::retry::{whole_milliseconds, whole_seconds};

/// So many optional details need no list of their own.
const FEW: usize = 8;

/// Where a part stands in the buffer that had to be rendered to know whether it is there.
type Span = Range<u32>;

/// The body of an error that has handed over these fields.
#[inline]
pub(super) fn render(
    body: &PreparedBody,
    words: Option<&Words<'_>>,
    fields: &[&dyn Field],
    overrides: &Overrides<'_>,
) -> Bytes {
    if body.is_constant_but_for_id && words.is_none() && overrides.wait.is_none() {
        constant_but_for_id(body, overrides)
    } else {
        render_varying(body, words, fields, overrides)
    }
}

fn render_varying(
    body: &PreparedBody,
    words: Option<&Words<'_>>,
    fields: &[&dyn Field],
    overrides: &Overrides<'_>,
) -> Bytes {
    json::with_scratch(|out| {
        out.set_levels(body.levels);
        let (details, spreads, items) = (&[][..], &[][..], &[][..]);
        let rendering = Rendering { body, words, fields, overrides, details, spreads, items, item: None };
        if body.asks_more || overrides.wait.is_some() {
            return ask_and_write(rendering, out);
        }
        let found = rendering.likely();
        rendering.write(found, out)
    })
}

/// The body in which the request id alone may vary: its length is known, so it is put together where it stays.
#[inline]
fn constant_but_for_id(body: &PreparedBody, overrides: &Overrides<'_>) -> Bytes {
    if body.envelope.uses_request() {
        match &overrides.request_id {
            Some(id) if json::is_plain(id.as_bytes()) => return around_id(body, id),
            Some(id) => return around_id(body, &escaped(id)),
            None => {}
        }
        if takes_ambient_id(body.spec, overrides)
            && let Some(bytes) = context::with_json_request_id(|id| around_id(body, id))
        {
            return bytes;
        }
    }
    body.with_layout(Found::NOTHING, |layout| layout.around_id(""))
}

#[inline]
fn around_id(body: &PreparedBody, id: &str) -> Bytes {
    body.with_layout(Found::REQUEST_ID, |layout| layout.around_id(id))
}

/// A text of the request as it stands inside a JSON string.
fn escaped(text: &str) -> Cow<'_, str> {
    json::escape(text).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// One body that is being rendered.
#[derive(Clone, Copy)]
struct Rendering<'r, 'f> {
    body: &'r PreparedBody,
    /// What a holder says in place of the message.
    words: Option<&'r Words<'r>>,
    fields: &'r [&'f dyn Field],
    overrides: &'r Overrides<'r>,
    /// The optional details and the spread ones, where there are any, in the order in which the body counts them.
    details: &'r [Span],
    spreads: &'r [Span],
    /// The field errors through which the envelope goes, and the one that is being written.
    items: &'r [Item<'r>],
    item: Option<&'r Item<'r>>,
}

/// First finds out which of the parts that are often missing there are. What must be rendered to know that is rendered,
/// and copied to its place later.
#[inline(never)]
fn ask_and_write(rendering: Rendering<'_, '_>, out: &mut Buffer) -> Bytes {
    let Rendering { body, overrides, .. } = rendering;
    let mut found = rendering.likely();
    let (mut few, mut many) = ([const { 0..0 }; FEW], Vec::new());
    let details = match few.get_mut(..body.optional.len()) {
        Some(few) => few,
        None => {
            many.resize(body.optional.len(), 0..0);
            &mut many[..]
        }
    };
    for (place, detail) in body.optional.iter().zip(&mut *details) {
        let start = out.len();
        if rendering.push_detail(*place, out) {
            found = found.with(Found::detail(*place));
            *detail = span(start, out.len());
        }
    }
    let rendering = Rendering { details, ..rendering };
    // A wait that the rule alone tells stands in the layout.
    let is_in_layout = body.wait.is_none() && overrides.wait.is_none();
    if !is_in_layout && rendering.wait().is_some() {
        found = found.with(Found::WAIT);
    }
    for (index, name) in body.context.iter().enumerate() {
        if overrides.value(name).is_some() || context::has_value(name) {
            found = found.with(Found::context(index));
        }
    }
    let (mut json, mut items, mut spreads) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(whole) = body.whole.filter(|_| body.has_each || !body.spreads.is_empty()) {
        let start = out.len();
        rendering.push_detail(whole, out);
        json.extend_from_slice(out.since(start));
    }
    if body.has_each {
        items = each::items(&json);
    }
    if items.is_empty() {
        for (index, place) in body.spreads.iter().enumerate() {
            let start = out.len();
            match &place.fixed {
                Some(fixed) => push_members(out, &json, fixed),
                None => push_items(out, &json),
            }
            spreads.push(span(start, out.len()));
            if out.len() > start {
                found = found.with(Found::spread(index));
            }
        }
    } else {
        found = found.with(Found::FIELD_ERRORS);
    }
    Rendering { spreads: &spreads, items: &items, ..rendering }.write(found, out)
}

impl Rendering<'_, '_> {
    /// The parts that are there as far as is known without asking.
    #[inline]
    fn likely(&self) -> Found {
        let has_ambient_id = || takes_ambient_id(self.body.spec, self.overrides) && context::has_request_id();
        let has_id =
            self.body.envelope.uses_request() && (self.overrides.request_id.is_some() || has_ambient_id());
        let found = if has_id { self.body.likely.with(Found::REQUEST_ID) } else { self.body.likely };
        if self.words.is_some() { found.with(Found::WORDS) } else { found }
    }

    /// Writes the body as if all that was found is there, and again without what turns out not to be.
    #[inline]
    fn write(&self, mut found: Found, out: &mut Buffer) -> Bytes {
        let start = out.len();
        loop {
            let right = self.body.with_layout(found, |layout| self.write_layout(layout, found, out));
            if right == found {
                return Bytes::copy_from_slice(out.since(start));
            }
            out.truncate(start);
            found = right;
        }
    }

    /// Tells what was there in truth.
    #[inline]
    fn write_layout(&self, layout: &Layout, mut found: Found, out: &mut Buffer) -> Found {
        out.push_constant(&layout.start);
        for (source, behind) in &layout.parts {
            match *source {
                Source::Shown(place) => {
                    if !self.push_shown(place, out) {
                        found = found.with(Found::MESSAGE_FAILED);
                    }
                }
                Source::Words => {
                    if self.words.is_some_and(|words| !push_displayed(words, out)) {
                        found = found.with(Found::MESSAGE_FAILED);
                    }
                }
                Source::Detail(place) => {
                    if !self.push_detail(place, out) {
                        found = found.without(Found::detail(place));
                    }
                }
                Source::RequestId => match &self.overrides.request_id {
                    Some(id) => json::push_escaped(out, id),
                    // The layout has no id where none is to be shown.
                    None => context::push_request_id(out),
                },
                Source::Spread(index) => copy(self.spreads.get(index), out),
                Source::Each(index) => {
                    if let Some(layout) = layout.items.get(index) {
                        found = self.write_items(layout, found, out);
                    }
                }
                Source::Field(part) => {
                    if let Some(item) = self.item {
                        item.push(part, out);
                    }
                }
                Source::Wait => json::push_integer(out, whole_seconds(self.wait().unwrap_or_default())),
                Source::WaitMs => {
                    json::push_integer(out, whole_milliseconds(self.wait().unwrap_or_default()));
                }
                Source::Context(name) => match self.overrides.value(name) {
                    Some(value) => json::push_escaped(out, value),
                    None => context::push_value(out, name),
                },
            }
            out.push_constant(behind);
        }
        found
    }

    /// What stands for each field error.
    #[inline(never)]
    fn write_items(&self, layout: &Layout, mut found: Found, out: &mut Buffer) -> Found {
        for (index, item) in self.items.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            found = Rendering { item: Some(item), ..*self }.write_layout(layout, found, out);
        }
        found
    }

    /// The error's own wait or that of its rule, or a longer one of which it knows nothing.
    fn wait(&self) -> Option<Duration> {
        let own = self.body.wait.and_then(|place| self.fields.get(place));
        let own = own.and_then(|field| look::wait(*field));
        longer(own.or_else(|| self.body.spec.retry().retry_after()), self.overrides.wait)
    }

    /// `false` where a `Display` fails.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "measured: a call for each value of a body is a tenth of it")]
    fn push_shown(&self, place: usize, out: &mut Buffer) -> bool {
        match self.fields.get(place).map(|field| field.value()) {
            Some(Value::Unsigned(number)) => json::push_integer(out, number),
            Some(Value::Signed(number)) => json::push_integer(out, number),
            Some(Value::Bool(is)) => out.push_str(if is { "true" } else { "false" }),
            Some(Value::Text(text)) => json::push_escaped(out, text),
            Some(Value::ByTraits(ByTraits { shown: Some(shown), .. })) => return push_displayed(*shown, out),
            Some(Value::ByTraits(_)) | None => {}
        }
        true
    }

    /// `false`, and nothing appended, where there is no such detail.
    #[inline(always)]
    #[allow(clippy::inline_always, reason = "measured: a call for each value of a body is a tenth of it")]
    fn push_detail(&self, place: usize, out: &mut Buffer) -> bool {
        match self.fields.get(place).map(|field| field.value()) {
            Some(Value::Unsigned(number)) => json::push_integer(out, number),
            Some(Value::Signed(number)) => json::push_integer(out, number),
            Some(Value::Bool(is)) => out.push_str(if is { "true" } else { "false" }),
            Some(Value::Text(text)) => json::push_string(out, text),
            Some(Value::ByTraits(traits)) => return self.render_detail(place, traits, out),
            None => return false,
        }
        true
    }

    /// A detail is not there where it fails or is `null` (a `None`), or where all of the details are an empty list. One
    /// that is kept as `null` is always there.
    #[inline(never)]
    fn render_detail(&self, place: usize, traits: &ByTraits<'_>, out: &mut Buffer) -> bool {
        let asked = self.body.optional.iter().position(|known| *known == place);
        if let Some(span) = asked.and_then(|index| self.details.get(index)) {
            copy(Some(span), out);
            return true;
        }
        let start = out.len();
        let is_written = traits.json.is_some_and(|json| json.push_json(out));
        let json = out.since(start);
        let is_there =
            is_written && json != b"null" && !(self.body.whole == Some(place) && is_empty_list(json));
        if is_there {
            return true;
        }
        out.truncate(start);
        let is_kept = self.body.kept.contains(&place);
        if is_kept {
            out.push_str("null");
        }
        is_kept
    }
}

fn push_displayed(value: &dyn Display, out: &mut Buffer) -> bool {
    use std::fmt::Write;

    write!(EscapingWriter(out), "{value}").is_ok()
}

/// A body of more than 4 GiB is cut there, and can only be nonsense.
fn span(start: usize, end: usize) -> Span {
    u32::try_from(start).unwrap_or(u32::MAX)..u32::try_from(end).unwrap_or(u32::MAX)
}

fn copy(span: Option<&Span>, out: &mut Buffer) {
    if let Some(span) = span {
        out.push_again(span.start as usize..span.end as usize);
    }
}

/// Whether the JSON is `[]`; a text of the user's own may have white space in it.
fn is_empty_list(json: &[u8]) -> bool {
    matches!(json, [b'[', between @ .., b']'] if between.iter().all(u8::is_ascii_whitespace))
}

/// A value as items of an array: a list's own; anything else as one.
fn push_items(out: &mut Buffer, value: &[u8]) {
    match value {
        [b'[', items @ .., b']'] => out.push_bytes(items),
        value => out.push_bytes(value),
    }
}

/// A value as members of an object: an object's own; a list as `errors`, if no other member is called so; anything else
/// as `details`.
fn push_members(out: &mut Buffer, value: &[u8], fixed: &[&str]) {
    let mut separator = "";
    let mut push = |name: &str, value: &[u8]| {
        if !fixed.contains(&name) {
            out.push_str(separator);
            separator = ",";
            json::push_string(out, name);
            out.push(b':');
            out.push_bytes(value);
        }
    };
    match value.first() {
        Some(b'{') => {
            if let Ok(Members(found)) = serde_json::from_slice(value) {
                for (name, value) in found {
                    push(&name, value.get().as_bytes());
                }
            }
        }
        Some(b'[') if !fixed.contains(&"errors") => push("errors", value),
        Some(_) => push("details", value),
        None => {}
    }
}
