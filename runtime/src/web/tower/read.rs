//! Bodies that the envelope takes the place of. Takes one; gives its whole text, where that is to be kept as the message,
//! or what operators are to read of it. A body is not ours: it may panic, never end, or come in frames of nothing.

use std::pin::{Pin, pin};
use std::task::{Context as Polling, Poll, Waker, ready};

use bytes::Bytes;
use http::response;
use http_body::Body;

use crate::guard::{Panicked, guarded};
use crate::service::Replaced;

/// So many frames are taken at one go.
const MOST_FRAMES: usize = 64;

/// So many frames of a text may have no bytes.
const MOST_EMPTY: usize = 64;

/// A text that is being read.
#[derive(Debug, Default)]
pub(super) struct Text {
    bytes: Vec<u8>,
    empty: usize,
}

impl Text {
    /// Whether the text is whole: no longer than `limit` bytes, and without too many frames of nothing.
    pub(super) fn poll<B: Body<Data = Bytes>>(
        &mut self,
        mut body: Pin<&mut B>,
        limit: usize,
        polling: &mut Polling<'_>,
    ) -> Poll<bool> {
        for _ in 0..MOST_FRAMES {
            let Some(frame) = ready!(body.as_mut().poll_frame(polling)) else { return Poll::Ready(true) };
            let Ok(frame) = frame else { return Poll::Ready(false) };
            let data = frame.data_ref().map_or(&[][..], |data| data);
            if !push(&mut self.bytes, data, limit) {
                return Poll::Ready(false);
            }
            self.empty += usize::from(data.is_empty());
            if self.empty > MOST_EMPTY {
                return Poll::Ready(false);
            }
        }
        // Others have their turn, a time-out among them.
        polling.waker().wake_by_ref();
        Poll::Pending
    }

    /// The text to keep, if it was read to its end and there is one; and what operators are to read.
    pub(super) fn end(self, read: Result<bool, Panicked>) -> (Option<String>, Option<Replaced>) {
        let is_whole = match read {
            Ok(is_whole) => is_whole,
            Err(panicked) => return (None, Some(Replaced::Panicked(panicked))),
        };
        let replaced = if TELLS { Replaced::by_text(&self.bytes, is_whole) } else { None };
        let text = String::from_utf8(self.bytes).ok().filter(|text| is_whole && !text.trim().is_empty());
        (text, replaced)
    }
}

/// Appends as much as the limit allows; tells whether that was all.
fn push(bytes: &mut Vec<u8>, data: &[u8], limit: usize) -> bool {
    let fitting = data.get(..limit.saturating_sub(bytes.len())).unwrap_or(data);
    bytes.extend_from_slice(fitting);
    fitting.len() == data.len()
}

/// Only events tell what a body said.
const TELLS: bool = cfg!(feature = "tracing");

/// What operators are to read of a body, as far as it is there without waiting for any of it; then it is dropped.
pub(super) fn replaced<B: Body<Data = Bytes>>(parts: &response::Parts, body: B) -> Option<Replaced> {
    let mut seen = Vec::new();
    let mut body = pin!(Some(body));
    let read = guarded(|| match body.as_mut().as_pin_mut() {
        Some(body) if TELLS && Replaced::is_readable(parts) => {
            let is_whole = read_ready(body, &mut seen);
            Replaced::by_text(&seen, is_whole)
        }
        Some(body) if TELLS => Replaced::by_size(parts, body.size_hint().exact()),
        _ => None,
    });
    let dropped = guarded(|| body.set(None));
    match (read, dropped) {
        (Ok(replaced), Ok(())) => replaced,
        (Err(panicked), _) | (Ok(_), Err(panicked)) => Some(Replaced::Panicked(panicked)),
    }
}

/// Tells whether that was all.
fn read_ready<B: Body<Data = Bytes>>(mut body: Pin<&mut B>, bytes: &mut Vec<u8>) -> bool {
    // Nobody waits for the rest.
    let mut polling = Polling::from_waker(Waker::noop());
    for _ in 0..MOST_FRAMES {
        match body.as_mut().poll_frame(&mut polling) {
            Poll::Ready(Some(Ok(frame))) => {
                let data = frame.data_ref().map_or(&[][..], |data| data);
                if !push(bytes, data, Replaced::MOST) {
                    return false;
                }
            }
            Poll::Ready(None) => return true,
            Poll::Ready(Some(Err(_))) | Poll::Pending => return false,
        }
    }
    false
}
