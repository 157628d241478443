//! What operators read, with the `tracing` feature; without it, nothing.

/// A service that failed without a response.
#[cfg(feature = "tower")]
pub(crate) fn failure(error: &(dyn std::error::Error + 'static)) {
    let _ = error;
}

/// A panic that was answered.
#[cfg(feature = "tower")]
pub(crate) fn panic(text: &str) {
    let _ = text;
}
