//! Percent encoding (RFC 3986 section 2.1), as headers and fragments have it.

/// A byte as `%XX`, in upper case.
pub(crate) fn encoded(byte: u8) -> [u8; 3] {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |value: u8| DIGITS[usize::from(value & 15)];
    [b'%', digit(byte >> 4), digit(byte)]
}
