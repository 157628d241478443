//! A body as a server-sent event (HTML Living Standard, section 9.2).

/// The event that is called `error` and has this JSON as its data. JSON may have line breaks between its values, never
/// in its strings; the data is then several lines, which whoever reads it puts together again.
pub(crate) fn event(json: &[u8]) -> Vec<u8> {
    let mut event = Vec::with_capacity(json.len() + 24);
    event.extend_from_slice(b"event: error\n");
    for line in json.split(|byte| matches!(byte, b'\n' | b'\r')) {
        event.extend_from_slice(b"data: ");
        event.extend_from_slice(line);
        event.push(b'\n');
    }
    event.push(b'\n');
    event
}
