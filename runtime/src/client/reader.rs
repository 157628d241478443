//! How responses are read: the settings, and the way from a response to a [`Failure`].

use std::fmt::{self, Debug};
use std::marker::PhantomData;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};

use super::failure::Known;
use super::rebuild::rebuild;
use super::{Evidence, Failure, Told};
use crate::api_error::Catalogued;
use crate::envelope::Envelope;

/// Reads error responses of a service whose errors are `E`.
pub struct Reader<E> {
    envelope: Option<&'static Envelope>,
    max_bytes: usize,
    max_depth: usize,
    of: PhantomData<fn() -> E>,
}

impl<E> Reader<E> {
    /// A reader of bodies of at most 1 MiB.
    #[must_use]
    pub const fn new() -> Self {
        Self { envelope: None, max_bytes: 1 << 20, max_depth: 64, of: PhantomData }
    }

    /// The service's envelope, for errors whose type declares none.
    #[must_use]
    pub const fn with_envelope(self, envelope: &'static Envelope) -> Self {
        Self { envelope: Some(envelope), ..self }
    }

    /// How many bytes of a body are read.
    #[must_use]
    pub const fn with_max_bytes(self, max_bytes: usize) -> Self {
        Self { max_bytes, ..self }
    }

    /// How many objects and arrays may stand in one another in a body that is read.
    #[must_use]
    pub const fn with_max_depth(self, max_depth: usize) -> Self {
        Self { max_depth, ..self }
    }

    /// How many bytes of a body are read: who buffers one needs no more than one more.
    #[must_use]
    pub const fn max_bytes(&self) -> usize {
        self.max_bytes
    }
}

impl<E: Catalogued> Reader<E> {
    /// Reads a response that is an error.
    #[must_use]
    pub fn read(&self, response: &Response<impl AsRef<[u8]>>) -> Failure<E> {
        let body = Bytes::copy_from_slice(response.body().as_ref());
        self.read_parts(response.status(), response.headers(), body)
    }

    /// Reads a response that is an error, of which the body is there as `Bytes`: nothing of it is copied.
    #[must_use]
    pub fn read_parts(&self, status: StatusCode, headers: &HeaderMap, body: Bytes) -> Failure<E> {
        let _ = (body, self.envelope, self.max_depth);
        let told = Told::of_head(status, headers);
        let error = rebuild(&Evidence { status: Some(status), ..Evidence::default() });
        Failure::new(Known { status, told, error })
    }
}

impl<E> Default for Reader<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> Clone for Reader<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Reader<E> {}

impl<E> Debug for Reader<E> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Reader")
            .field("envelope", &self.envelope)
            .field("max_bytes", &self.max_bytes)
            .field("max_depth", &self.max_depth)
            .finish_non_exhaustive()
    }
}
