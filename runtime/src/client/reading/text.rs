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
    /// In the body, from here to there.
    Body(u32, u32),
    /// In a header, whose value shares its bytes with the response's.
    Header(Box<HeaderValue>),
    /// Nowhere else.
    Own(Box<str>),
}

impl Text {
    /// Keeps a text that was read in this body, and takes it where it is not as it stands there.
    #[inline]
    pub(super) fn keep(text: &mut Option<Cow<'_, str>>, body: &str) -> Self {
        match text {
            None => Self::Nowhere,
            Some(Cow::Borrowed(text)) => match place_in(text, body) {
                Some((start, end)) => Self::Body(start, end),
                None => Self::Own((*text).into()),
            },
            Some(Cow::Owned(text)) => Self::Own(std::mem::take(text).into_boxed_str()),
        }
    }

    /// The text.
    pub(super) fn get<'t>(&'t self, body: &'t Bytes) -> Option<&'t str> {
        match self {
            Self::Nowhere => None,
            Self::Declared(text) => Some(text),
            Self::Body(start, end) => std::str::from_utf8(body.get(range(*start, *end))?).ok(),
            Self::Header(value) => value.to_str().ok(),
            Self::Own(text) => Some(text),
        }
    }
}

/// Where a part of a text begins and ends in it; `None` where it is a part of another, or behind 4 GiB.
#[inline]
pub(super) fn place_in(part: &str, whole: &str) -> Option<(u32, u32)> {
    let start = part.as_ptr().addr().checked_sub(whole.as_ptr().addr())?;
    let end = start.checked_add(part.len()).filter(|end| *end <= whole.len())?;
    Some((u32::try_from(start).ok()?, u32::try_from(end).ok()?))
}

/// The bytes between two places.
pub(super) fn range(start: u32, end: u32) -> Range<usize> {
    start as usize..end as usize
}
