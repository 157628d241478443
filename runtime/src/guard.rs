//! Code that is not ours, run so that no panic of it goes on. Takes what is to run; gives what came of it, or what the
//! panic says. What it panicked with is dropped in here: that may panic as well.

use std::any::Any;
use std::fmt::{self, Display};
use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::bounded::{LONGEST_TEXT, prefix};

/// What `run` gives, or that it panicked.
#[inline]
pub(crate) fn guarded<R>(run: impl FnOnce() -> R) -> Result<R, Panicked> {
    catch_unwind(AssertUnwindSafe(run)).map_err(caught)
}

#[cold]
fn caught(payload: Box<dyn Any + Send>) -> Panicked {
    let panicked = Panicked::new(&*payload);
    if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
        // It may be one more of its kind: this could go on for ever.
        mem::forget(another);
    }
    panicked
}

/// A panic, as operators read of it.
#[derive(Debug)]
pub(crate) struct Panicked(pub(crate) String);

impl Panicked {
    fn new(payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
        let text = text.unwrap_or("it gave no text");
        let told = prefix(text, LONGEST_TEXT);
        let cut = if told.len() < text.len() { "…" } else { "" };
        Self(format!("the service panicked: {told}{cut}"))
    }
}

impl Display for Panicked {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::panic::panic_any;

    use super::*;

    /// Panics with one more of its kind when it is dropped.
    struct Bomb;

    impl Drop for Bomb {
        fn drop(&mut self) {
            panic_any(Self);
        }
    }

    #[test]
    fn a_payload_that_panics_again_and_again_ends_here() {
        assert!(guarded(|| drop(Bomb)).is_err());
        assert!(guarded(|| panic_any(Bomb)).is_err());
        assert_eq!(guarded(|| 7).ok(), Some(7));
    }

    #[test]
    fn a_long_text_is_cut() {
        let told = guarded(|| panic_any("x".repeat(100_000))).unwrap_err().to_string();
        assert_eq!(told, format!("the service panicked: {}…", "x".repeat(LONGEST_TEXT)));
    }
}
