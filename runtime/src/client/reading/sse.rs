//! A server-sent event (HTML Living Standard, section 9.2.6) that may be an error's.

use std::borrow::Cow;

/// An event that was read.
pub(super) struct Event<'e> {
    pub(super) name: Option<&'e [u8]>,
    pub(super) data: Cow<'e, [u8]>,
}

impl<'e> Event<'e> {
    /// Reads the lines of one event. `None`: it has no data, so that nobody would be told of it.
    pub(super) fn parse(event: &'e [u8]) -> Option<Self> {
        let event = event.strip_prefix("\u{feff}".as_bytes()).unwrap_or(event);
        let (mut name, mut data) = (None, None::<Cow<'_, [u8]>>);
        // A line ends with LF, CR or both; the empty one between those two says nothing.
        for line in event.split(|byte| matches!(byte, b'\n' | b'\r')) {
            let colon = line.iter().position(|byte| *byte == b':');
            let (field, value) = line.split_at(colon.unwrap_or(line.len()));
            let value = value.strip_prefix(b":").unwrap_or(value);
            let value = value.strip_prefix(b" ").unwrap_or(value);
            match (field, &mut data) {
                (b"event", _) => name = Some(value),
                (b"data", None) => data = Some(Cow::Borrowed(value)),
                (b"data", Some(lines)) => {
                    lines.to_mut().push(b'\n');
                    lines.to_mut().extend_from_slice(value);
                }
                _ => {}
            }
        }
        // An event without a name is a `message`.
        Some(Self { name: name.filter(|name| !matches!(*name, b"" | b"message")), data: data? })
    }
}
