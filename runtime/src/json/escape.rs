//! Texts and numbers as JSON writes them (RFC 8259 sections 6 and 7).

use std::fmt;

use super::Buffer;

/// What stands behind the backslash for a byte that JSON does not allow in a string (RFC 8259 section 7):
/// the letter, `u` where only `\u00XX` will do, or 0 where the byte stands for itself.
const ESCAPES: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = b'u';
        byte += 1;
    }
    table[0x08] = b'b';
    table[0x09] = b't';
    table[0x0A] = b'n';
    table[0x0C] = b'f';
    table[0x0D] = b'r';
    table[b'"' as usize] = b'"';
    table[b'\\' as usize] = b'\\';
    table
};

/// How many bytes at the start of `text` stand for themselves. Eight at a time: the sign bit of each lane tells
/// whether a control character, a quote or a backslash is in it.
fn plain_prefix(text: &[u8]) -> usize {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const SIGNS: u64 = u64::from_ne_bytes([0x80; 8]);
    const QUOTES: u64 = u64::from_ne_bytes([b'"'; 8]);
    const BACKSLASHES: u64 = u64::from_ne_bytes([b'\\'; 8]);
    // Sets the sign bit of each lane that is below `limit` (at most 0x80), and of none before the first such.
    const fn below(lanes: u64, limit: u64) -> u64 {
        lanes.wrapping_sub(ONES * limit) & !lanes & SIGNS
    }
    let (chunks, _) = text.as_chunks::<8>();
    let mut length = 0;
    for chunk in chunks {
        let lanes = u64::from_le_bytes(*chunk);
        let special = below(lanes, 0x20) | below(lanes ^ QUOTES, 1) | below(lanes ^ BACKSLASHES, 1);
        if special != 0 {
            return length + (special.trailing_zeros() / 8) as usize;
        }
        length += 8;
    }
    let tail = text.get(length..).unwrap_or_default();
    length + tail.iter().take_while(|&&byte| ESCAPES[usize::from(byte)] == 0).count()
}

/// Appends `text` as it stands inside a JSON string.
pub(crate) fn push_escaped(out: &mut Buffer, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut rest = text.as_bytes();
    loop {
        let (plain, special) = rest.split_at(plain_prefix(rest));
        out.push_bytes(plain);
        let Some((&byte, behind)) = special.split_first() else { return };
        match ESCAPES[usize::from(byte)] {
            b'u' => {
                let (high, low) = (HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]);
                out.push_bytes(&[b'\\', b'u', b'0', b'0', high, low]);
            }
            letter => out.push_bytes(&[b'\\', letter]),
        }
        rest = behind;
    }
}

/// `text` as it stands inside a JSON string; `None` where that is what it is already.
pub(crate) fn escape(text: &str) -> Option<String> {
    if plain_prefix(text.as_bytes()) == text.len() {
        return None;
    }
    let mut escaped = Buffer::new();
    push_escaped(&mut escaped, text);
    std::str::from_utf8(escaped.as_slice()).ok().map(str::to_owned)
}

/// Appends `text` as a JSON string, quotes included.
pub(crate) fn push_string(out: &mut Buffer, text: &str) {
    out.push(b'"');
    push_escaped(out, text);
    out.push(b'"');
}

/// Appends an integer in decimal digits.
#[inline]
pub(crate) fn push_integer(out: &mut Buffer, value: impl itoa::Integer) {
    out.push_str(itoa::Buffer::new().format(value));
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
        for text in
            ["", "plain", "say \"hi\"\n", "ü\u{2028}\u{7f}🦀", "0123456789abcdef\"0123456789abcdef0\\"]
        {
            assert_eq!(escaped(text), serde_json::to_string(text).unwrap());
        }
    }
}
