//! How loudly an error is logged.

/// The level at which an error is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not at all.
    Off,
    /// The most urgent.
    Error,
    /// Something that an operator should know.
    Warn,
    /// Something worth noting.
    Info,
    /// For those who look for the cause of something.
    Debug,
    /// Everything.
    Trace,
}
