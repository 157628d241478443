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
    // Boxed, so that lending it moves a pointer and not the buffer's own words.
    static SCRATCH: Cell<Option<Box<Buffer>>> = const { Cell::new(None) };
}

/// JSON text that is being written.
#[derive(Default)]
pub struct Buffer {
    /// Zeros from `length` on.
    bytes: Vec<u8>,
    length: usize,
}

/// The thread's buffer, empty, for as long as this lives. A `Display` of the user's that renders an error of
/// its own meanwhile gets a fresh buffer; so does a thread that is being torn down.
pub(crate) struct Scratch(Option<Box<Buffer>>);

impl Scratch {
    pub(crate) fn take() -> Self {
        let mut buffer = SCRATCH.try_with(Cell::take).ok().flatten().unwrap_or_default();
        buffer.length = 0;
        Self(Some(buffer))
    }

    /// The buffer: there is one until this is dropped.
    pub(crate) fn buffer(&mut self) -> &mut Buffer {
        self.0.get_or_insert_default()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let buffer = self.0.take().filter(|buffer| buffer.bytes.len() <= KEPT_CAPACITY);
        if buffer.is_some() {
            // On a thread that is being torn down there is nowhere to keep it.
            let _ = SCRATCH.try_with(|scratch| scratch.set(buffer));
        }
    }
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
    let length = from.len();
    if length > 32 {
        to.copy_from_slice(from);
    } else if length >= 16 {
        both_ends::<16>(to, from);
    } else if length >= 8 {
        both_ends::<8>(to, from);
    } else if length >= 4 {
        both_ends::<4>(to, from);
    } else if length >= 2 {
        both_ends::<2>(to, from);
    } else {
        both_ends::<1>(to, from);
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
        let mut outer = Scratch::take();
        outer.buffer().push(b'a');
        let mut inner = Scratch::take();
        inner.buffer().push(b'b');
        assert_eq!(outer.buffer().as_slice(), b"a");
        assert_eq!(inner.buffer().as_slice(), b"b");
    }

    #[test]
    fn it_is_empty_when_it_is_taken_again() {
        Scratch::take().buffer().push_str("former");
        assert_eq!(Scratch::take().buffer().as_slice(), b"");
    }

    #[test]
    fn a_huge_buffer_is_not_kept() {
        Scratch::take().buffer().push_bytes(&vec![0; KEPT_CAPACITY + 1]);
        assert!(Scratch::take().buffer().bytes.len() <= KEPT_CAPACITY);
    }
}
