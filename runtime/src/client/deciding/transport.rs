//! Failures without a response. Takes an error of the connection; gives what matters of it: whether the request can have
//! reached the service.

use std::error::Error;
use std::io;

use crate::bounded::MOST_CAUSES;

/// How an attempt ended to which there was no response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Transport {
    /// There was no connection, so nothing was sent: any request may be repeated, as after a 503.
    NotSent,
    /// It is not known whether the request arrived: a connection that broke, or a time-out. Only idempotent requests are
    /// repeated, as after a 502.
    Lost,
}

impl Transport {
    /// What an error tells by itself, or by one of its causes: [`NotSent`](Self::NotSent) where a connection was refused;
    /// of all others it is not known.
    ///
    /// Clients know more: of hyper-util's and reqwest's errors, ask `is_connect()`.
    ///
    /// ```
    /// use std::io;
    /// use errorbook::client::Transport;
    ///
    /// let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
    /// assert_eq!(Transport::of(&refused), Transport::NotSent);
    /// let reset = io::Error::from(io::ErrorKind::ConnectionReset);
    /// assert_eq!(Transport::of(&reset), Transport::Lost);
    /// ```
    #[must_use]
    pub fn of(error: &(dyn Error + 'static)) -> Self {
        let mut next = Some(error);
        // A chain may go in circles.
        for _ in 0..MOST_CAUSES {
            let Some(cause) = next else { break };
            let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
            if kind == Some(io::ErrorKind::ConnectionRefused) {
                return Self::NotSent;
            }
            next = cause.source();
        }
        Self::Lost
    }

    /// One word for it, for the fields of events.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotSent => "not_sent",
            Self::Lost => "lost",
        }
    }
}
