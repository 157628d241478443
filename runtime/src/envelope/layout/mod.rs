//! A body laid out: the constant texts of envelope and error put together, and between them what varies. Takes the
//! envelope's shape, what was declared, and which of the varying values there are; gives a flat list, so that all
//! decisions about commas, `null` and what is left out are taken once, in `writer.rs`.

mod writer;

use bytes::Bytes;

use super::prepare::PreparedBody;
use crate::json::Constant;
use writer::Writer;

/// What varies in a body. Values are counted as they are handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// A value as the message shows it, inside a JSON string.
    Shown(usize),
    /// A value as JSON.
    Detail(usize),
    /// What a holder says in place of the message, inside a JSON string.
    Words,
    /// The members or items that the details are where they are spread in the place of this number.
    Spread(usize),
    /// The field errors, each in the layout of this number.
    Each(usize),
    /// A part of the field error that is being written.
    Field(FieldPart),
    /// Whole seconds.
    Wait,
    /// Whole milliseconds.
    WaitMs,
    /// The inside of a JSON string.
    RequestId,
    /// The inside of a JSON string.
    Context(&'static str),
}

/// What there is to tell of a field error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldPart {
    Pointer,
    Fragment,
    Code,
    Message,
}

/// Which parts of a body there are, whose message it has, and whether that failed: what a [`Layout`] is chosen by. The macros let no
/// error have more parts than there are bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found(u128);

impl Found {
    pub(crate) const NOTHING: Self = Self(0);
    pub(crate) const MESSAGE_FAILED: Self = Self(1);
    pub(crate) const REQUEST_ID: Self = Self(1 << 1);
    pub(crate) const WAIT: Self = Self(1 << 2);

    /// Whether the details are field errors through which a `for` goes.
    pub(crate) const FIELD_ERRORS: Self = Self(1 << 10);

    /// The details where they are spread in the place of this number.
    pub(crate) const fn spread(index: usize) -> Self {
        Self(1 << (3 + index % 7))
    }

    /// The value of the application of this number.
    pub(crate) const fn context(index: usize) -> Self {
        Self(1 << (11 + index % 16))
    }

    /// A message of a holder's.
    pub(crate) const WORDS: Self = Self(1 << 127);

    /// The value of this number as a detail.
    pub(crate) const fn detail(place: usize) -> Self {
        Self(1 << (27 + place % 100))
    }

    #[inline]
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    #[inline]
    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    const fn has(self, part: Self) -> bool {
        self.0 & part.0 != 0
    }
}

/// Constant text, and then again and again what varies and the constant text behind it.
#[derive(Debug)]
pub(crate) struct Layout {
    /// The whole body, where nothing in it varies and the layout is kept.
    pub(crate) constant: Option<&'static str>,
    /// What stands before the request id and what behind, where that alone varies.
    around_id: Option<[String; 2]>,
    pub(crate) start: Constant,
    pub(crate) parts: Vec<(Source, Constant)>,
    /// What is written for each field error.
    pub(crate) items: Vec<Layout>,
}

impl Layout {
    pub(crate) fn new(body: &PreparedBody, found: Found) -> Self {
        let mut layout = Writer::new(body, found);
        layout.value(body.envelope.shape());
        layout.finish()
    }

    /// The text of a layout in which at most the request id varies.
    #[inline]
    pub(crate) fn around_id(&self, id: &str) -> Bytes {
        match (self.constant, &self.around_id) {
            (Some(text), _) => Bytes::from_static(text.as_bytes()),
            (None, Some([before, behind])) => {
                let mut text = Vec::with_capacity(before.len() + id.len() + behind.len());
                text.extend_from_slice(before.as_bytes());
                text.extend_from_slice(id.as_bytes());
                text.extend_from_slice(behind.as_bytes());
                Bytes::from(text)
            }
            // One that shows it several times, or that is not kept.
            (None, None) => {
                let parts = self.parts.iter().flat_map(|(_, behind)| [id, behind.as_str()]);
                Bytes::from(std::iter::once(self.start.as_str()).chain(parts).collect::<String>())
            }
        }
    }

    /// The same, to stay for as long as the program runs.
    pub(in crate::envelope) fn kept(mut self) -> Self {
        if self.parts.is_empty() {
            self.constant = Some(self.start.as_str().to_owned().leak());
        }
        self
    }
}
