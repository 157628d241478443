//! What was found in a body, slot by slot.

use std::borrow::Cow;
use std::time::Duration;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::walk::visit_others;
use crate::client::Details;
use crate::envelope::Slot;

/// What stood in the slots of a body. Of a slot that stands in several places the first counts that has a value.
#[derive(Debug, Default)]
pub(super) struct Found<'b> {
    pub(super) code: Option<Cow<'b, str>>,
    pub(super) message: Option<Cow<'b, str>>,
    pub(super) title: Option<Cow<'b, str>>,
    pub(super) request_id: Option<Cow<'b, str>>,
    pub(super) status: Option<u16>,
    pub(super) seconds: Option<Duration>,
    pub(super) exact: Option<Duration>,
    pub(super) details: Details<'b>,
    /// The field errors, where the envelope does not tell all of one.
    pub(super) fields: Vec<FoundField<'b>>,
    /// What was found of the field error that is being read.
    pub(super) field: FoundField<'b>,
    /// Whether something is missing that is always there, or is of another kind.
    pub(super) misfit: bool,
}

/// What stood in the slots of one field error.
#[derive(Debug, Default)]
pub(super) struct FoundField<'b> {
    pub(super) pointer: Option<Cow<'b, str>>,
    pub(super) code: Option<Cow<'b, str>>,
    pub(super) message: Option<Cow<'b, str>>,
}

impl<'b> Found<'b> {
    /// Notes details, unless there are some already that tell more.
    pub(super) fn note_details(&mut self, details: Details<'b>) {
        let rank = |details: &Details<'_>| match details {
            Details::Nothing => 0,
            Details::Items(_) => 1,
            Details::Spread(_) => 2,
            Details::Fields(_) => 3,
            Details::Whole(_) => 4,
        };
        if rank(&details) > rank(&self.details) {
            self.details = details;
        }
    }

    /// Takes over what another place tells, where this one does not.
    pub(super) fn fill(&mut self, other: Self) {
        fn fill<T>(own: &mut Option<T>, other: Option<T>) {
            if own.is_none() {
                *own = other;
            }
        }
        fill(&mut self.code, other.code);
        fill(&mut self.message, other.message);
        fill(&mut self.title, other.title);
        fill(&mut self.request_id, other.request_id);
        fill(&mut self.status, other.status);
        fill(&mut self.seconds, other.seconds);
        fill(&mut self.exact, other.exact);
        fill(&mut self.field.pointer, other.field.pointer);
        fill(&mut self.field.code, other.field.code);
        fill(&mut self.field.message, other.field.message);
        self.note_details(other.details);
        self.fields.extend(other.fields);
        self.misfit |= other.misfit;
    }

    /// The same without what it borrows; of the details nothing.
    pub(super) fn into_owned(self) -> Found<'static> {
        let own = |text: Option<Cow<'b, str>>| text.map(|text| Cow::Owned(text.into_owned()));
        let field = FoundField::default();
        Found {
            code: own(self.code),
            message: own(self.message),
            title: own(self.title),
            request_id: own(self.request_id),
            status: self.status,
            seconds: self.seconds,
            exact: self.exact,
            details: Details::Nothing,
            fields: Vec::new(),
            field,
            misfit: self.misfit,
        }
    }

    /// The wait that the body tells: the exact one, where the other says no more than that.
    pub(super) fn wait(&self) -> Option<Duration> {
        closest(self.seconds, self.exact)
    }

    fn text(&mut self, slot: Slot) -> Option<&mut Option<Cow<'b, str>>> {
        match slot {
            Slot::Code => Some(&mut self.code),
            Slot::Message => Some(&mut self.message),
            Slot::Title | Slot::ProblemTitle => Some(&mut self.title),
            Slot::RequestId => Some(&mut self.request_id),
            Slot::FieldPointer | Slot::FieldFragment => Some(&mut self.field.pointer),
            Slot::FieldCode => Some(&mut self.field.code),
            Slot::FieldMessage => Some(&mut self.field.message),
            _ => None,
        }
    }
}

/// The longer of two waits of which one is in whole seconds, rounded up: where both say the same, the exact one.
pub(super) fn closest(seconds: Option<Duration>, exact: Option<Duration>) -> Option<Duration> {
    match (seconds, exact) {
        (Some(seconds), Some(exact))
            if seconds <= exact || seconds.as_secs() == crate::retry::whole_seconds(exact) =>
        {
            Some(exact)
        }
        (seconds, exact) => seconds.or(exact),
    }
}

/// Reads what stands in one slot.
pub(super) struct SlotSeed<'f, 'b> {
    pub(super) slot: Slot,
    pub(super) found: &'f mut Found<'b>,
}

impl<'b> DeserializeSeed<'b> for SlotSeed<'_, 'b> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'b>>(self, json: D) -> Result<(), D::Error> {
        match self.slot {
            Slot::Code
            | Slot::Message
            | Slot::Title
            | Slot::ProblemTitle
            | Slot::RequestId
            | Slot::FieldPointer
            | Slot::FieldFragment
            | Slot::FieldCode
            | Slot::FieldMessage => json.deserialize_any(self),
            Slot::Details => {
                let details = <&RawValue>::deserialize(json)?;
                if details.get() != "null" {
                    self.found.note_details(Details::Whole(details));
                }
                Ok(())
            }
            Slot::Status | Slot::StatusString | Slot::RetryAfter | Slot::RetryAfterMs => {
                self.note_number(<&RawValue>::deserialize(json)?.get());
                Ok(())
            }
            // Nothing that a client needs, or that a spec would not tell.
            Slot::DocsUrl
            | Slot::Remedy
            | Slot::Act
            | Slot::Reason
            | Slot::Context(_)
            | Slot::Retryable
            | Slot::Meta(_) => json.deserialize_ignored_any(IgnoredAny).map(|_| ()),
        }
    }
}

impl<'b> SlotSeed<'_, 'b> {
    #[inline]
    fn note(self, text: Cow<'b, str>) {
        let text = match self.slot {
            Slot::FieldFragment => match of_fragment(&text) {
                Some(pointer) => Cow::Owned(pointer),
                None => return self.found.misfit = true,
            },
            _ => text,
        };
        if let Some(place @ None) = self.found.text(self.slot) {
            *place = Some(text);
        }
    }

    /// A number, or one in quotes.
    fn note_number(self, json: &str) {
        let digits = json.strip_prefix('"').and_then(|json| json.strip_suffix('"')).unwrap_or(json);
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number {
            self.found.misfit |= json != "null";
            return;
        }
        // One that is too large is the largest, as in a header.
        let number = digits.parse().unwrap_or(u64::MAX);
        match self.slot {
            Slot::RetryAfter => self.found.seconds = Some(Duration::from_secs(number)),
            Slot::RetryAfterMs => self.found.exact = Some(Duration::from_millis(number)),
            _ => self.found.status = u16::try_from(number).ok(),
        }
    }
}

impl<'b> Visitor<'b> for SlotSeed<'_, 'b> {
    type Value = ();

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("a string")
    }

    #[inline]
    fn visit_borrowed_str<Er: Error>(self, text: &'b str) -> Result<(), Er> {
        self.note(Cow::Borrowed(text));
        Ok(())
    }

    fn visit_str<Er: Error>(self, text: &str) -> Result<(), Er> {
        self.note(Cow::Owned(text.to_owned()));
        Ok(())
    }

    // A slot without a value is `null` where no `?` stands behind it.
    fn visit_unit<Er: Error>(self) -> Result<(), Er> {
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'b>>(self, mut items: S) -> Result<(), S::Error> {
        self.found.misfit = true;
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<M: MapAccess<'b>>(self, mut members: M) -> Result<(), M::Error> {
        self.found.misfit = true;
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }

    visit_others! { visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) }
}

/// The JSON pointer that this URI fragment is (RFC 6901 section 6): without its `#`, and without the `%` forms.
fn of_fragment(fragment: &str) -> Option<String> {
    let mut rest = fragment.strip_prefix('#')?.bytes();
    let mut pointer = Vec::with_capacity(fragment.len());
    while let Some(byte) = rest.next() {
        let is_escaped = byte == b'%';
        let mut digit = || char::from(rest.next()?).to_digit(16);
        let byte = if is_escaped { u8::try_from(digit()? * 16 + digit()?).ok()? } else { byte };
        pointer.push(byte);
    }
    String::from_utf8(pointer).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_is_a_pointer() {
        for (fragment, pointer) in [
            ("#", Some("")),
            ("#/age", Some("/age")),
            ("#/a%20b/%C3%BC~1", Some("/a b/ü~1")),
            ("/age", None),
            ("#/a%2", None),
            ("#/a%zz", None),
            ("#/%ff", None),
        ] {
            assert_eq!(of_fragment(fragment).as_deref(), pointer, "{fragment}");
        }
    }

    #[test]
    fn of_two_waits_the_exact_one_counts_where_the_other_is_that_rounded_up() {
        let (seconds, millis) = (Duration::from_secs, Duration::from_millis);
        for (whole, exact, wait) in [
            (None, None, None),
            (Some(seconds(2)), None, Some(seconds(2))),
            (None, Some(millis(1500)), Some(millis(1500))),
            (Some(seconds(2)), Some(millis(1500)), Some(millis(1500))),
            (Some(seconds(3)), Some(millis(1500)), Some(seconds(3))),
            (Some(seconds(1)), Some(millis(1500)), Some(millis(1500))),
        ] {
            assert_eq!(closest(whole, exact), wait, "{whole:?} {exact:?}");
        }
    }
}
