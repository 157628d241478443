//! The operator's log. Takes the events of `tracing`; gives their text, a line for each field.

use std::io::{self, Write};
use std::mem;
use std::sync::{Mutex, PoisonError};

use tracing_subscriber::field::MakeExt;
use tracing_subscriber::fmt::format::debug_fn;

static WRITTEN: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Writes events from here on: to the terminal, or where [`taken`] finds them.
///
/// `tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).init()` is all that a service needs: a 5xx is an
/// error there, a 4xx is for debugging.
pub(crate) fn start(is_kept: bool) {
    // By itself it would write the fields of an event on one long line.
    let fields = debug_fn(|writer, field, value| match field.name() {
        "message" => write!(writer, "{value:?}"),
        name => write!(writer, "\n  {name}: {value:?}"),
    });
    let log = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::DEBUG)
        .without_time()
        .fmt_fields(fields.delimited(""));
    if is_kept { log.with_writer(|| Kept).init() } else { log.init() }
}

/// What was written since this was called last.
pub(crate) fn taken() -> String {
    let written = mem::take(&mut *WRITTEN.lock().unwrap_or_else(PoisonError::into_inner));
    String::from_utf8_lossy(&written).into_owned()
}

struct Kept;

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        WRITTEN.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
