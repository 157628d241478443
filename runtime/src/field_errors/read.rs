//! Field errors back from what was made of them, on the side of those who call. Takes the list as a service sent it; gives
//! the list that it had, with the count of those that were left out.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{FieldError, FieldErrors};

impl<'de> Deserialize<'de> for FieldError {
    /// From `{"pointer":"…","code":"…","message":"…"}`; other members are passed over.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Parts;

        impl<'de> Visitor<'de> for Parts {
            type Value = FieldError;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("an object with `pointer`, `code` and `message`")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<FieldError, A::Error> {
                const NAMES: [&str; 3] = ["pointer", "code", "message"];
                let mut parts: [Option<String>; 3] = [None, None, None];
                while let Some(name) = object.next_key::<std::borrow::Cow<'de, str>>()? {
                    match NAMES.iter().position(|known| *known == name) {
                        Some(place) => parts[place] = Some(object.next_value()?),
                        None => {
                            object.next_value::<IgnoredAny>()?;
                        }
                    }
                }
                let [pointer, code, message] = parts;
                let lacks = |place: usize| A::Error::missing_field(NAMES[place]);
                Ok(FieldError::new(
                    pointer.ok_or_else(|| lacks(0))?,
                    code.ok_or_else(|| lacks(1))?,
                    message.ok_or_else(|| lacks(2))?,
                ))
            }
        }

        deserializer.deserialize_struct("FieldError", &["pointer", "code", "message"], Parts)
    }
}

impl<'de> Deserialize<'de> for FieldErrors {
    /// From the list. A last entry that tells how many more there were is that count again.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;

        impl<'de> Visitor<'de> for List {
            type Value = FieldErrors;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a list of field errors")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<FieldErrors, A::Error> {
                let mut read = FieldErrors::new();
                while let Some(error) = list.next_element()? {
                    read.push_read(error);
                }
                Ok(read)
            }
        }

        deserializer.deserialize_seq(List)
    }
}

impl FieldErrors {
    /// Appends one as it was sent.
    pub(crate) fn push_read(&mut self, error: FieldError) {
        match rest(&error).filter(|_| self.len() == Self::MOST) {
            Some(more) => self.more = self.more.saturating_add(more),
            None => self.push(error),
        }
    }
}

/// How many were left out, if that is what it tells.
fn rest(error: &FieldError) -> Option<usize> {
    if error.code != "more" || !error.pointer.is_empty() {
        return None;
    }
    error.message.strip_prefix("and ")?.strip_suffix(" more")?.parse().ok()
}
