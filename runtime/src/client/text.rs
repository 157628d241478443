//! A text of a body that is kept: as its place in the body, where it stands there as it is.

use std::borrow::Cow;
use std::ops::Range;

use bytes::Bytes;
use http::HeaderValue;

/// Where a text is.
#[derive(Debug, Clone, Default)]
pub(super) enum Text {
    #[default]
    Nowhere,
    /// In what was declared.
    Declared(&'static str),
    /// In the body, at this place.
    Body(Range<usize>),
    /// In a header, whose value shares its bytes with the response's.
    Header(HeaderValue),
    /// Nowhere else.
    Own(Box<str>),
}

impl Text {
    /// Keeps a text that was read in this body.
    #[inline]
    pub(super) fn keep(text: Option<Cow<'_, str>>, body: &str) -> Self {
        match text {
            None => Self::Nowhere,
            Some(Cow::Borrowed(text)) => match place_in(text, body) {
                Some(place) => Self::Body(place),
                None => Self::Own(text.into()),
            },
            Some(Cow::Owned(text)) => Self::Own(text.into_boxed_str()),
        }
    }

    /// The text.
    pub(super) fn get<'t>(&'t self, body: &'t Bytes) -> Option<&'t str> {
        match self {
            Self::Nowhere => None,
            Self::Declared(text) => Some(text),
            Self::Body(place) => std::str::from_utf8(body.get(place.clone())?).ok(),
            Self::Header(value) => value.to_str().ok(),
            Self::Own(text) => Some(text),
        }
    }
}

/// Where a part of a text stands in it; `None` where it is a part of another.
#[inline]
pub(super) fn place_in(part: &str, whole: &str) -> Option<Range<usize>> {
    let start = part.as_ptr().addr().checked_sub(whole.as_ptr().addr())?;
    let end = start.checked_add(part.len())?;
    (end <= whole.len()).then_some(start..end)
}
