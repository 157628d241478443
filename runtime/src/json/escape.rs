//! Texts as JSON writes them (RFC 8259 section 7).

use std::fmt;

use super::Buffer;

/// For each byte that JSON does not allow in a string (RFC 8259 section 7): what stands in its place, then zeros,
/// and last how long that is. Zeros throughout where the byte stands for itself.
static ESCAPES: [[u8; 8]; 256] = {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    const fn letter(letter: u8) -> [u8; 8] {
        [b'\\', letter, 0, 0, 0, 0, 0, 2]
    }
    let mut table = [[0; 8]; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = [b'\\', b'u', b'0', b'0', HEX[byte >> 4], HEX[byte & 15], 0, 6];
        byte += 1;
    }
    table[0x08] = letter(b'b');
    table[0x09] = letter(b't');
    table[0x0A] = letter(b'n');
    table[0x0C] = letter(b'f');
    table[0x0D] = letter(b'r');
    table[b'"' as usize] = letter(b'"');
    table[b'\\' as usize] = letter(b'\\');
    table
};

/// Sets the sign bit of each of these bytes that is a control character, a quote or a backslash, and of none before
/// the first such. Those behind it do not count.
const fn specials(bytes: [u8; 8]) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const SIGNS: u64 = u64::from_ne_bytes([0x80; 8]);
    const QUOTES: u64 = u64::from_ne_bytes([b'"'; 8]);
    const BACKSLASHES: u64 = u64::from_ne_bytes([b'\\'; 8]);
    // The same for the bytes below `limit`, which is at most 0x80.
    const fn below(lanes: u64, limit: u64) -> u64 {
        lanes.wrapping_sub(ONES * limit) & !lanes
    }
    let lanes = u64::from_le_bytes(bytes);
    (below(lanes, 0x20) | below(lanes ^ QUOTES, 1) | below(lanes ^ BACKSLASHES, 1)) & SIGNS
}

fn is_special(byte: u8) -> bool {
    ESCAPES[byte as usize][7] > 0
}

/// Whether JSON writes all of these bytes as they are. All are looked at, whatever comes up: so the compiler looks at
/// sixteen at once.
#[inline]
#[allow(clippy::needless_bitwise_bool, reason = "what is lazy is looked at one by one")]
fn all_plain(bytes: &[u8]) -> bool {
    bytes.iter().fold(true, |plain, &byte| plain & (byte >= b' ') & (byte != b'"') & (byte != b'\\'))
}

/// Whether JSON writes the text as it is. The last bytes are looked at in one go with some before them.
#[inline]
pub(crate) fn is_plain(text: &[u8]) -> bool {
    let (chunks, rest) = text.as_chunks::<16>();
    if let Some(last) = text.last_chunk::<16>() {
        return chunks.iter().all(|chunk| all_plain(chunk)) && all_plain(last);
    }
    if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        return specials(*first) | specials(*last) == 0;
    }
    all_plain(rest)
}

/// Appends `text` as it stands inside a JSON string.
pub(crate) fn push_escaped(out: &mut Buffer, text: &str) {
    if is_plain(text.as_bytes()) {
        out.push_str(text);
    } else {
        push_with_escapes(out, text.as_bytes());
    }
}

// In stretches, so that there can be room for the worst beforehand, which is six bytes for each one.
fn push_with_escapes(out: &mut Buffer, text: &[u8]) {
    const STRETCH: usize = 64;
    for stretch in text.chunks(STRETCH) {
        let written = write_with_escapes(out.room(STRETCH * 6 + 8), stretch);
        out.advance(written);
    }
}

/// Writes a stretch, and tells how long it has become. Each eight bytes are copied before they are looked at; what
/// must be escaped, and what is behind it, is written over.
#[inline]
fn write_with_escapes(room: &mut [u8], stretch: &[u8]) -> usize {
    let (mut from, mut to) = (0, 0);
    while let Some(bytes) = stretch.get(from..).and_then(<[u8]>::first_chunk) {
        let Some(place) = room.get_mut(to..).and_then(<[u8]>::first_chunk_mut) else { return to };
        *place = *bytes;
        let specials = specials(*bytes);
        if specials == 0 {
            (from, to) = (from + 8, to + 8);
            continue;
        }
        let plain = (specials.trailing_zeros() / 8) as usize;
        (from, to) = (from + plain, to + plain);
        let Some(byte) = stretch.get(from) else { return to };
        to += write_escape(room, to, *byte);
        from += 1;
    }
    for byte in stretch.get(from..).unwrap_or_default() {
        if is_special(*byte) {
            to += write_escape(room, to, *byte);
        } else if let Some(place) = room.get_mut(to) {
            *place = *byte;
            to += 1;
        }
    }
    to
}

#[inline]
fn write_escape(room: &mut [u8], to: usize, byte: u8) -> usize {
    let escape = &ESCAPES[usize::from(byte)];
    if let Some(place) = room.get_mut(to..).and_then(<[u8]>::first_chunk_mut) {
        *place = *escape;
    }
    usize::from(escape[7])
}

/// `text` as it stands inside a JSON string; `None` where that is what it is already.
pub(crate) fn escape(text: &str) -> Option<String> {
    if is_plain(text.as_bytes()) {
        return None;
    }
    let mut escaped = Buffer::new();
    push_escaped(&mut escaped, text);
    std::str::from_utf8(escaped.as_slice()).ok().map(str::to_owned)
}

/// Appends `text` as a JSON string, quotes included.
pub(crate) fn push_string(out: &mut Buffer, text: &str) {
    if is_plain(text.as_bytes()) {
        out.push_between([b'"'], text, [b'"']);
    } else {
        out.push(b'"');
        push_with_escapes(out, text.as_bytes());
        out.push(b'"');
    }
}

/// A `fmt::Write` whose text lands inside a JSON string.
pub(crate) struct EscapingWriter<'a>(pub(crate) &'a mut Buffer);

impl fmt::Write for EscapingWriter<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        push_escaped(self.0, text);
        Ok(())
    }
}

/// A `fmt::Write` whose text lands as it is.
pub(crate) struct PlainWriter<'a>(pub(crate) &'a mut Buffer);

impl fmt::Write for PlainWriter<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.push_str(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = Buffer::new();
        push_string(&mut out, text);
        String::from_utf8(out.as_slice().to_vec()).unwrap()
    }

    #[test]
    fn strings_are_escaped_as_serde_json_does() {
        for code in 0..=0x2FF {
            let letter = char::from_u32(code).unwrap();
            for text in
                [letter.to_string(), format!("1234567{letter}"), format!("{letter}{letter}12345678{letter}")]
            {
                assert_eq!(escaped(&text), serde_json::to_string(&text).unwrap());
            }
        }
        for (letter, length) in [('"', 63), ('\n', 64), ('\u{1}', 65), ('\\', 200)] {
            let text = "x".repeat(length) + &letter.to_string().repeat(length) + "é";
            assert_eq!(escaped(&text), serde_json::to_string(&text).unwrap());
        }
        for text in
            ["", "plain", "say \"hi\"\n", "ü\u{2028}\u{7f}🦀", "0123456789abcdef\"0123456789abcdef0\\"]
        {
            assert_eq!(escaped(text), serde_json::to_string(text).unwrap());
        }
    }
}
