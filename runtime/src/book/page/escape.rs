//! Text where HTML stands. Takes any text; gives it as what shows exactly that.

use std::fmt::{self, Display, Formatter, Write as _};

/// Writes to a `String`, which cannot fail.
macro_rules! put {
    ($out:expr, $($argument:tt)*) => {{
        use std::fmt::Write as _;
        let _ = write!($out, $($argument)*);
    }};
}
pub(super) use put;

/// A text, for between tags and for within the quotes of an attribute.
pub(super) struct Text<'t>(pub(super) &'t str);

impl Display for Text<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            out.write_str(&rest[..at])?;
            out.write_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => "&#39;",
            })?;
            rest = &rest[at + 1..];
        }
        out.write_str(rest)
    }
}

/// A code, which may break behind each of its words.
pub(super) struct Breaking<'t>(pub(super) &'t str);

impl Display for Breaking<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for part in self.0.split_inclusive(['_', '.', '/', ':', '-']) {
            if part.as_ptr() != self.0.as_ptr() {
                out.write_str("<wbr>")?;
            }
            Text(part).fmt(out)?;
        }
        Ok(())
    }
}

/// Words of ours, in which `` `code` `` is code.
pub(super) struct Words<'t>(pub(super) &'t str);

impl Display for Words<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for (index, part) in self.0.split('`').enumerate() {
            if index % 2 == 0 {
                // A number and its unit stay on one line.
                for (index, word) in part.split(' ').enumerate() {
                    let is_unit = ["s", "ms", "min", "h"].contains(&word.trim_end_matches(['.', ',']));
                    if index > 0 {
                        out.write_char(if is_unit { '\u{a0}' } else { ' ' })?;
                    }
                    Text(word).fmt(out)?;
                }
            } else {
                write!(out, "<code>{}</code>", Text(part))?;
            }
        }
        Ok(())
    }
}

/// What stands behind the `#` of a link (RFC 3986 section 3.5), or as one part of a path.
pub(super) struct Encoded<'t>(pub(super) &'t str);

impl Display for Encoded<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        for byte in self.0.bytes() {
            if byte.is_ascii_alphanumeric() || b"-_.~:/".contains(&byte) {
                out.write_char(byte.into())?;
            } else {
                write!(out, "%{byte:02X}")?;
            }
        }
        Ok(())
    }
}
