//! What a body said in whose place the envelope stands: a framework's reasons, say, which callers do not read. Takes what
//! of the body was at hand at once; gives a text for operators.

use http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use http::response;

use super::media_type::MediaType;
use crate::guard::Panicked;
use crate::observe::{Because, Said};

/// What is told of a body that was replaced.
#[derive(Debug)]
pub(crate) enum Replaced {
    /// Its beginning, or its size.
    Said(Said),
    /// It panicked when it was read or dropped.
    Panicked(Panicked),
}

impl Replaced {
    /// So many bytes of it are told.
    pub(crate) const MOST: usize = 1024;

    /// Whether operators can read the body of this response.
    pub(crate) fn is_readable(parts: &response::Parts) -> bool {
        !parts.headers.contains_key(CONTENT_ENCODING)
            && match MediaType::of(&parts.headers) {
                Some(media_type) => media_type.is_text(),
                // A service without a framework may well tell none.
                None => !parts.headers.contains_key(CONTENT_TYPE),
            }
    }

    /// `seen` is what the body began with; `None` where that was nothing.
    pub(crate) fn by_text(seen: &[u8], is_whole: bool) -> Option<Self> {
        let is_whole = is_whole && seen.len() <= Self::MOST;
        let seen = seen.get(..Self::MOST).unwrap_or(seen);
        let lossy = String::from_utf8_lossy(seen);
        // The bound may fall within a character.
        let text = if is_whole { &*lossy } else { lossy.trim_end_matches(char::REPLACEMENT_CHARACTER) };
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let cut = if is_whole { "" } else { "…" };
        Some(Self::Said(Said::text(&format!("{text}{cut}"))))
    }

    /// Of a body that nobody can read its size is told; `None` where it has none, or is empty.
    pub(crate) fn by_size(parts: &response::Parts, length: Option<u64>) -> Option<Self> {
        let length = length.filter(|length| *length > 0)?;
        let media_type = MediaType::of(&parts.headers).map_or("unknown type", MediaType::as_str);
        Some(Self::Said(Said::text(&format!("({length} bytes, {media_type})"))))
    }

    /// Told to operators as the reason of the answer in its place.
    pub(super) fn because(&self) -> Because<'_> {
        match self {
            Self::Said(said) => Because::Said(said),
            Self::Panicked(panicked) => Because::Panic(panicked),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(seen: &[u8], is_whole: bool) -> Option<String> {
        Replaced::by_text(seen, is_whole).map(|replaced| replaced.because().logged().to_string())
    }

    #[test]
    fn a_text_is_told_on_one_line_in_characters_that_can_be_seen() {
        assert_eq!(told(b"it's \"so\"\n", true).unwrap(), "it's \"so\"");
        let told = told("a\r\n2026 ERROR b\u{1b}[2J\u{2028}\u{202e}\0".as_bytes(), true).unwrap();
        assert_eq!(told, r"a\r\n2026 ERROR b\u{1b}[2J\u{2028}\u{202e}\0");
    }

    #[test]
    fn what_is_cut_ends_in_dots_at_a_whole_character() {
        assert_eq!(told("aü".as_bytes().split_last().unwrap().1, false).unwrap(), "a…");
        let long = "a".repeat(1023) + "ü";
        assert_eq!(told(long.as_bytes(), true).unwrap(), "a".repeat(1023) + "…");
    }

    #[test]
    fn bytes_that_are_no_text_are_replaced_and_blank_ones_are_nothing() {
        assert_eq!(told(b"caf\xe9!", true).unwrap(), "caf\u{fffd}!");
        assert_eq!((told(b" \r\n", true), told(b"", false)), (None, None));
    }
}
