//! Which context is the ambient one of a thread. Takes contexts to change places with it; lends it to whoever renders or
//! tells of an error.

#[cfg(feature = "tower")]
use std::cell::Cell;
use std::cell::RefCell;
use std::mem;
#[cfg(feature = "tower")]
use std::sync::atomic::{AtomicU64, Ordering};

use super::Context;
use crate::envelope::Envelope;
use crate::json::Buffer;

thread_local! {
    static CURRENT: RefCell<Option<Context>> = const { RefCell::new(None) };
}

/// Runs `f` with `context` as the ambient one, and then puts the former one back, also when `f` panics. What was
/// added meanwhile is in `context` then.
///
/// The two change places, so that a context moves nowhere else however often its future is polled.
#[inline]
pub(crate) fn within<R>(context: &mut Option<Context>, f: impl FnOnce() -> R) -> R {
    let _entered = enter(context);
    f()
}

/// Makes `context` the ambient one, until what this returns is dropped.
#[inline]
pub(crate) fn enter(context: &mut Option<Context>) -> Entered<'_> {
    swap_current(context);
    Entered(context)
}

/// While this is there, the context is the ambient one.
pub(crate) struct Entered<'a>(&'a mut Option<Context>);

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        swap_current(self.0);
    }
}

/// A number that no other request of this process has. Each thread has its own to give, so that they need not wait for one
/// another.
#[cfg(feature = "tower")]
pub(super) fn next_number() -> Option<u64> {
    static NEXT_THREAD: AtomicU64 = AtomicU64::new(0);
    thread_local! {
        static NEXT: Cell<u64> = Cell::new(NEXT_THREAD.fetch_add(1, Ordering::Relaxed) << 40);
    }
    // 2^40 requests are more than a thread serves, and 2^24 threads more than a process starts. Were it ever otherwise, an
    // answer that is kept could go untold.
    NEXT.try_with(|next| next.replace(next.get().wrapping_add(1))).ok()
}

/// The number of the request that is being served.
pub(crate) fn request_number() -> Option<u64> {
    #[cfg(feature = "tower")]
    return with_current(|context| context.0.number).flatten();
    #[cfg(not(feature = "tower"))]
    None
}

/// A thread that is being torn down has no context; setting one there has no effect.
pub(super) fn swap_current(context: &mut Option<Context>) {
    let swap = |current: &RefCell<Option<Context>>| {
        // Never borrowed here, as what `with_current` is given runs no code of the user's.
        if let Ok(mut current) = current.try_borrow_mut() {
            mem::swap(&mut *current, context);
        }
    };
    // A thread without a context has none to change places with.
    let _ = CURRENT.try_with(swap);
}

/// Lends the ambient context, where there is one. `read` must run no code of the user's, which could enter
/// a scope meanwhile.
#[inline]
pub(super) fn with_current<R>(read: impl FnOnce(&Context) -> R) -> Option<R> {
    CURRENT.try_with(|current| current.try_borrow().ok()?.as_ref().map(read)).ok().flatten()
}

/// The envelope of the service that is ambient.
pub(crate) fn ambient_envelope() -> Option<&'static Envelope> {
    with_current(Context::envelope).flatten()
}

/// Whether this code runs in a context.
#[cfg(all(feature = "tower", feature = "tracing"))]
pub(crate) fn is_ambient() -> bool {
    with_current(|_| ()).is_some()
}

/// The ambient request id.
#[cfg(feature = "tracing")]
pub(crate) fn request_id() -> Option<String> {
    with_current(|context| context.request_id().map(str::to_owned)).flatten()
}

/// All ambient values, each with its name.
#[cfg(feature = "tracing")]
pub(crate) fn values() -> Vec<(String, String)> {
    let owned = |context: &Context| {
        let values = context.0.values.iter();
        values.map(|(name, value)| (name.to_string(), value.plain.clone())).collect()
    };
    with_current(owned).unwrap_or_default()
}

/// Whether errors are told as gRPC has them.
#[cfg(feature = "tower")]
pub(crate) fn is_by_grpc() -> bool {
    with_current(|context| context.0.is_by_grpc).unwrap_or_default()
}

/// Whether there is an ambient request id.
pub(crate) fn has_request_id() -> bool {
    with_current(|context| context.0.request_id.is_some()).unwrap_or_default()
}

/// Lends the ambient request id.
#[inline]
pub(crate) fn with_request_id<R>(read: impl FnOnce(&str) -> R) -> Option<R> {
    with_current(|context| context.request_id().map(read)).flatten()
}

/// Whether there is an ambient value of this name.
pub(crate) fn has_value(name: &str) -> bool {
    with_current(|context| context.value(name).is_some()).unwrap_or_default()
}

/// Lends the ambient request id, as it stands inside a JSON string.
#[inline]
pub(crate) fn with_json_request_id<R>(read: impl FnOnce(&str) -> R) -> Option<R> {
    with_current(|context| context.json_request_id().map(read)).flatten()
}

/// Appends the ambient request id as it stands inside a JSON string.
pub(crate) fn push_request_id(out: &mut Buffer) {
    with_json_request_id(|id| out.push_str(id));
}

/// Likewise the ambient value of this name.
pub(crate) fn push_value(out: &mut Buffer, name: &str) {
    with_current(|context| context.json_value(name).map(|value| out.push_str(value)));
}
