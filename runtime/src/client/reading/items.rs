//! The items of an array, each to the part of the envelope that it belongs to; and of those of a `for`, the field errors.

use std::borrow::Cow;

use serde_json::value::RawValue;

use super::found::{Found, FoundField};
use super::walk::found_in;
use crate::client::Details;
use crate::envelope::{Node, Part, Slot};
use crate::field_errors::{FieldError, FieldErrors};

/// Reads the items of an array that stands in the envelope as these parts.
pub(super) fn read<'b>(parts: &[Part], items: &[&'b RawValue], found: &mut Found<'b>) {
    let mut rest = items;
    for (place, part) in parts.iter().enumerate() {
        let behind = parts.iter().skip(place + 1).map(least).sum();
        let (taken, left) = rest.split_at(rest.len().saturating_sub(behind));
        match &part.node {
            Node::Spread => {
                if !taken.is_empty() {
                    found.note_details(Details::Items(taken.to_vec()));
                }
                rest = left;
            }
            Node::Each(shapes) => {
                read_each(shapes, taken, found);
                rest = left;
            }
            node => match taken.first() {
                Some(item) if !part.optional || may_be(item, node) => {
                    found.fill(found_in(node, &[], item.get()));
                    rest = rest.get(1..).unwrap_or_default();
                }
                _ if part.optional => {}
                _ => found.misfit = true,
            },
        }
    }
}

/// How many items of this part there are at least.
fn least(part: &Part) -> usize {
    match &part.node {
        Node::Spread => 0,
        Node::Each(shapes) => usize::from(shapes.len() > 1),
        _ => usize::from(!part.optional),
    }
}

/// Whether an item is of the kind that stands there: an item behind a `?` may be left out, and this one be another's.
fn may_be(item: &RawValue, node: &Node) -> bool {
    let first = item.get().as_bytes().first();
    match node {
        Node::Object(_) => first == Some(&b'{'),
        Node::Array(_) => first == Some(&b'['),
        Node::Literal(text) => item.get() == *text,
        Node::Slot(Slot::Details | Slot::Meta(_)) => true,
        Node::Slot(Slot::Status | Slot::RetryAfter | Slot::RetryAfterMs) => {
            first.is_some_and(u8::is_ascii_digit)
        }
        Node::Slot(Slot::Retryable) => matches!(item.get(), "true" | "false"),
        Node::Slot(_) => first == Some(&b'"'),
        Node::Spread | Node::Each(_) => false,
    }
}

/// The items of a `for`: one for each field error; or that of its `else`.
fn read_each<'b>(shapes: &[Part], items: &[&'b RawValue], found: &mut Found<'b>) {
    let Some((of_field, otherwise)) = shapes.split_first() else { return };
    let read_as = |part: &Part, item: &&'b RawValue| found_in(&part.node, &[], item.get());
    if let ([item], [other, ..]) = (items, otherwise) {
        let (mut as_field, as_other) = (read_as(of_field, item), read_as(other, item));
        let is_field = if as_field.misfit == as_other.misfit {
            !as_field.misfit && as_field.field.pointer.is_some()
        } else {
            as_other.misfit
        };
        if !is_field {
            return found.fill(as_other);
        }
        let field = std::mem::take(&mut as_field.field);
        found.fill(as_field);
        return note_fields(vec![field], found);
    }
    if items.is_empty() && !otherwise.is_empty() {
        found.misfit = true;
    }
    let mut fields = Vec::with_capacity(items.len());
    for item in items {
        let mut read = read_as(of_field, item);
        fields.push(std::mem::take(&mut read.field));
        found.fill(read);
    }
    note_fields(fields, found);
}

/// Field errors are details where all is there that makes one; else what there is of them can still be told.
fn note_fields<'b>(fields: Vec<FoundField<'b>>, found: &mut Found<'b>) {
    let is_whole =
        |field: &FoundField<'_>| field.pointer.is_some() && field.code.is_some() && field.message.is_some();
    if !fields.iter().all(is_whole) {
        found.fields = fields;
        return;
    }
    let own = |text: Option<Cow<'b, str>>| text.unwrap_or_default().into_owned();
    let mut read = FieldErrors::new();
    for FoundField { pointer, code, message } in fields {
        read.push_read(FieldError::new(own(pointer), own(code), own(message)));
    }
    if !read.is_empty() {
        found.note_details(Details::Fields(read));
    }
}
