//! The buffer behind every body: one reusable piece of memory a thread, so that a body is written in one
//! pass, without measuring, and then allocated once at its exact size. It is zeroed when it grows and has a
//! length of its own, so that a short text is copied with a few fixed-size moves instead of a call.

use std::cell::Cell;
use std::fmt;
use std::io;

/// A buffer that grew past this is not kept: one huge body must not cost every thread its memory.
const KEPT_CAPACITY: usize = 16 * 1024;

/// Room for an ordinary body, so that a thread's first one does not grow step by step.
const FIRST_CAPACITY: usize = 1024;

thread_local! {
    static SCRATCH: Cell<Buffer> = const { Cell::new(Buffer::new()) };
}

/// JSON text that is being written.
#[derive(Default)]
pub struct Buffer {
    /// Zeros from `length` on.
    bytes: Vec<u8>,
    length: usize,
}

/// Lends the thread's buffer, empty, to `write`. A `Display` of the user's that renders an error of its own
/// meanwhile gets a fresh buffer; so does a thread that is being torn down.
pub(crate) fn with_scratch<R>(write: impl FnOnce(&mut Buffer) -> R) -> R {
    let mut buffer = SCRATCH.try_with(Cell::take).unwrap_or_default();
    buffer.length = 0;
    let result = write(&mut buffer);
    if buffer.bytes.len() <= KEPT_CAPACITY {
        // On a thread that is being torn down there is nowhere to keep it.
        let _ = SCRATCH.try_with(|scratch| scratch.set(buffer));
    }
    result
}

impl Buffer {
    pub(crate) const fn new() -> Self {
        Self { bytes: Vec::new(), length: 0 }
    }

    pub(crate) fn len(&self) -> usize {
        self.length
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// What was appended since the buffer was `start` long.
    pub(crate) fn since(&self, start: usize) -> &[u8] {
        self.bytes.get(start..self.length).unwrap_or_default()
    }

    pub(crate) fn last(&self) -> Option<u8> {
        self.as_slice().last().copied()
    }

    /// Takes back what was appended since the buffer was `length` long.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
    }

    #[inline]
    pub(crate) fn push(&mut self, byte: u8) {
        match self.bytes.get_mut(self.length) {
            Some(place) => *place = byte,
            None => self.grow_and_append(&[byte]),
        }
        self.length += 1;
    }

    #[inline]
    pub(crate) fn push_str(&mut self, text: &str) {
        self.push_bytes(text.as_bytes());
    }

    #[inline]
    pub(crate) fn push_bytes(&mut self, text: &[u8]) {
        let end = self.length + text.len();
        match self.bytes.get_mut(self.length..end) {
            Some(place) => copy_short(place, text),
            None => self.grow_and_append(text),
        }
        self.length = end;
    }

    #[cold]
    #[inline(never)]
    fn grow_and_append(&mut self, text: &[u8]) {
        let needed = self.length + text.len();
        self.bytes.resize((needed * 2).max(FIRST_CAPACITY), 0);
        if let Some(place) = self.bytes.get_mut(self.length..needed) {
            place.copy_from_slice(text);
        }
    }
}

/// `to.copy_from_slice(from)` for two slices of one length. Up to 32 bytes, two overlapping moves of a fixed size
/// do what would otherwise be a call to `memcpy`, of which a body has one or two dozen.
#[inline]
fn copy_short(to: &mut [u8], from: &[u8]) {
    #[inline]
    fn both_ends<const N: usize>(to: &mut [u8], from: &[u8]) {
        if let (Some(to), Some(from)) = (to.first_chunk_mut::<N>(), from.first_chunk::<N>()) {
            *to = *from;
        }
        if let (Some(to), Some(from)) = (to.last_chunk_mut::<N>(), from.last_chunk::<N>()) {
            *to = *from;
        }
    }
    match from.len() {
        16..=32 => both_ends::<16>(to, from),
        8..=15 => both_ends::<8>(to, from),
        4..=7 => both_ends::<4>(to, from),
        2..=3 => both_ends::<2>(to, from),
        _ => to.copy_from_slice(from),
    }
}

impl io::Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.push_bytes(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl fmt::Debug for Buffer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Buffer").field(&String::from_utf8_lossy(self.as_slice())).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_every_length_arrive() {
        let text: Vec<u8> = (0..=255).cycle().take(3000).collect();
        for length in (0..70).chain([1023, 1024, 1025, 3000]) {
            let mut out = Buffer::new();
            out.push(b'<');
            out.push_bytes(&text[..length]);
            out.push(b'>');
            assert_eq!(out.as_slice(), [b"<", &text[..length], b">"].concat());
        }
    }

    #[test]
    fn the_buffer_can_be_borrowed_again_while_it_is_in_use() {
        let text = with_scratch(|outer| {
            outer.push(b'a');
            let inner = with_scratch(|inner| {
                inner.push(b'b');
                inner.as_slice().to_vec()
            });
            outer.push_bytes(&inner);
            outer.as_slice().to_vec()
        });
        assert_eq!(text, b"ab");
    }

    #[test]
    fn a_huge_buffer_is_not_kept() {
        with_scratch(|out| out.push_bytes(&[0; KEPT_CAPACITY + 1]));
        with_scratch(|out| assert!(out.bytes.len() <= KEPT_CAPACITY));
    }
}
