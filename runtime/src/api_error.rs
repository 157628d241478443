//! The trait that the derive implements: a handful of hidden methods that tell what was declared and hand
//! over the fields, and on top of them what users call.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use http::{Response, StatusCode};

use crate::body::Body;
#[cfg(feature = "client")]
use crate::client::Found;
use crate::const_checks::{Codes, Flat, flatten};
use crate::envelope::Envelope;
use crate::observe::{self, Logged, Record};
use crate::render::look::{Look, spec_and_wait_of, spec_of};
use crate::render::{self, Overrides};
use crate::retry::Retry;
use crate::spec::{Catalog, ErrorSpec, Nested};

/// An error that can answer an HTTP request.
///
/// `#[derive(ApiError)]` is the only way to implement it; [the manual](macro@crate::ApiError) tells the
/// attributes. `Box<E>`, `Arc<E>` and `&E` of an `ApiError` are one too, and the trait can be used as
/// `dyn ApiError`.
///
/// ```
/// use errorbook::ApiError;
///
/// #[derive(ApiError)]
/// enum StoryError {
///     #[api(status = 402, message = "Insufficient credits: need {need}, have {have} remaining.")]
///     InsufficientCredits { #[api(detail)] need: u64, #[api(detail)] have: u64 },
/// }
///
/// let error = StoryError::InsufficientCredits { need: 10, have: 3 };
/// assert_eq!(error.status(), http::StatusCode::PAYMENT_REQUIRED);
/// assert_eq!(error.code(), "insufficient_credits");
/// assert_eq!(error.message(), "Insufficient credits: need 10, have 3 remaining.");
///
/// let response = error.to_response();
/// assert_eq!(response.headers()["content-type"], "application/json");
/// assert_eq!(
///     response.body(),
///     concat!(
///         r#"{"error":{"code":"insufficient_credits","#,
///         r#""message":"Insufficient credits: need 10, have 3 remaining.","#,
///         r#""details":{"need":10,"have":3}}}"#,
///     ),
/// );
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not tell how it answers a request",
    label = "not an `ApiError`",
    note = "put `#[derive(errorbook::ApiError)]` on the type; it needs a status for each error, as in `#[api(status = 404)]`",
    note = "a type of another crate goes into a variant of yours, as in `#[api(status = 500)] Storage(#[from] std::io::Error)`"
)]
pub trait ApiError {
    /// Names the row of the tables and hands over the fields, once.
    #[doc(hidden)]
    fn __errorbook_look(&self, __look: &mut Look<'_>);

    #[doc(hidden)]
    fn __errorbook_erased(&self) -> &dyn ApiError;

    #[doc(hidden)]
    fn __errorbook_envelope(&self) -> Option<&'static Envelope> {
        None
    }

    #[doc(hidden)]
    fn __errorbook_logged(&self) -> Logged<'_> {
        Logged::NOTHING
    }

    /// The status of the response. 500 for an error that was declared with `status = none`.
    fn status(&self) -> StatusCode {
        self.spec().response_status()
    }

    /// The stable machine-readable code.
    fn code(&self) -> &'static str {
        self.spec().code()
    }

    /// What end users read; safe to show. Where a `Display` in it fails: the status' reason phrase.
    fn message(&self) -> Cow<'_, str> {
        render::message(self.__errorbook_erased())
    }

    /// The retry rule, with this value's own wait.
    fn retry(&self) -> Retry {
        let (spec, wait) = spec_and_wait_of(self.__errorbook_erased());
        Retry::new(spec.retry(), wait)
    }

    /// All that was declared of this error.
    fn spec(&self) -> &'static ErrorSpec {
        spec_of(self.__errorbook_erased())
    }

    /// The response: status, content type, the declared headers, `Retry-After` where the rule sends one, and
    /// the body in the type's envelope. The request id and what else the envelope shows of the request come
    /// from the ambient [context](crate::context).
    ///
    /// Operators learn nothing of it: what answers a request is [`respond`](Self::respond). Where it answers one all the
    /// same, the layer tells what is left then, which is nothing of what the error says of itself.
    fn to_response(&self) -> Response<Bytes> {
        render::response(self.__errorbook_erased(), &Overrides::NONE)
    }

    /// Answers a request with this error: the [response](Self::to_response), of which operators learn by the same event
    /// and count as of a [record](Self::record), with the status. Frameworks call it for you.
    fn respond(&self) -> Response<Bytes> {
        render::respond(self.__errorbook_erased(), &Overrides::NONE, None)
    }

    /// Tells operators of an error that answers no request: one that ends a stream, or that a job failed with.
    ///
    /// With the feature `tracing` that is one event: target `errorbook`, level as declared (`log`), the title as its
    /// message, and the fields `error.type` (the code), `http.response.status_code` (of what answers a request),
    /// `request_id` and `context` (id and values of the ambient [context](crate::context)), `exception.type` (the type's
    /// name), `exception.message` (its `Display`) and `error.causes` (its sources, the nearest first, between colons),
    /// each where there is one. A text that fails or panics is told to have done so.
    ///
    /// With the feature `metrics` the counter `errorbook_errors_total` goes up by one; its labels are `code` and
    /// `status`, which is `none` where no request was answered.
    ///
    /// ```
    /// use errorbook::ApiError;
    ///
    /// #[derive(ApiError)]
    /// #[api(status = none, code = "render_failed", message = "The story could not be rendered.")]
    /// struct RenderFailed;
    ///
    /// fn finish(job: Result<(), RenderFailed>) {
    ///     if let Err(error) = job {
    ///         error.record();
    ///     }
    /// }
    /// # finish(Err(RenderFailed));
    /// ```
    fn record(&self) {
        let record = Record { status: None, overrides: &Overrides::NONE, because: None };
        observe::record(Some(self.__errorbook_erased()), self.spec(), record);
    }

    /// The body, to be completed by hand and then rendered: the request id, values of the application,
    /// another envelope. It is `Serialize` too, for an error that stands inside a resource.
    fn body(&self) -> Body<'_> {
        Body::new(self.__errorbook_erased())
    }

    /// The catalogue of all errors of this type and of those that it holds transparently.
    #[must_use]
    fn catalog() -> &'static Catalog
    where
        Self: Sized + Catalogued,
    {
        Self::CATALOG
    }
}

/// A type whose errors are all known without a value: each that derives [`ApiError`], and a `Box`, an `Arc` or
/// a reference of one. A `dyn ApiError` is none.
///
/// The bound of code that reads the catalogue of any such type. Only the derive implements it.
///
/// ```
/// use errorbook::{ApiError, Catalogued};
///
/// fn codes<E: Catalogued>() -> Vec<&'static str> {
///     E::catalog().entries().map(|spec| spec.code()).collect()
/// }
///
/// #[derive(ApiError)]
/// #[api(status = 410, message = "This run has expired.")]
/// struct Gone;
///
/// assert_eq!(codes::<Gone>(), ["gone"]);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not tell how it answers a request",
    label = "does not derive `ApiError`",
    note = "derive `ApiError` on that type; or, where it is held here, declare a `status` instead of `transparent`",
    note = "a `dyn ApiError` does not do, as nobody can tell beforehand which errors it answers with"
)]
pub trait Catalogued: ApiError + Sized {
    /// The enum of its codes, or what stands in for one.
    #[doc(hidden)]
    type __ErrorbookCode;

    #[doc(hidden)]
    const CATALOG: &'static Catalog;

    /// What the types that hold this one are checked against.
    #[doc(hidden)]
    const CODES: &'static Codes;

    /// Its own codes and those of the types that it holds, where its parameters decide which they are.
    #[doc(hidden)]
    const LISTS: &'static [&'static Codes] = &[];

    /// The same in one list.
    #[doc(hidden)]
    const FLAT: &'static Flat = &flatten(Self::LISTS);

    /// Adds the errors of the type that answer so. Without `#[api(decode)]`: that there is one, and nobody can tell which.
    #[cfg(feature = "client")]
    #[doc(hidden)]
    fn __errorbook_rebuild(__found: &mut Found<'_, Self>) {
        __found.unknowable_held::<Self>();
    }
}

/// The type that answers in place of the one that holds it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Held<E> {
    pub catalog: Nested,
    /// Only constants read it.
    pub codes: &'static Codes,
    pub erased: fn(&E) -> &dyn ApiError,
}

/// All at once, so that a type which is no `ApiError` gives rustc the same error wherever it is held: it tells the
/// same error once.
#[doc(hidden)]
#[must_use]
pub const fn held<E: Catalogued>() -> Held<E> {
    Held { catalog: Nested::By(E::catalog), codes: E::CODES, erased: E::__errorbook_erased }
}

macro_rules! forward {
    ($([$($generics:tt)*] $pointer:ty { $($rebuild:ident)? }),* $(,)?) => {$(
        impl<$($generics)* E: ApiError + ?Sized> ApiError for $pointer {
            fn __errorbook_look(&self, look: &mut Look<'_>) {
                E::__errorbook_look(self, look);
            }

            fn __errorbook_erased(&self) -> &dyn ApiError {
                E::__errorbook_erased(self)
            }

            fn __errorbook_envelope(&self) -> Option<&'static Envelope> {
                E::__errorbook_envelope(self)
            }

            fn __errorbook_logged(&self) -> Logged<'_> {
                E::__errorbook_logged(self)
            }
        }

        impl<$($generics)* E: Catalogued> Catalogued for $pointer {
            type __ErrorbookCode = E::__ErrorbookCode;

            const CATALOG: &'static Catalog = E::CATALOG;
            const CODES: &'static Codes = E::CODES;

            $(#[cfg(feature = "client")]
            fn __errorbook_rebuild(found: &mut Found<'_, Self>) {
                found.$rebuild();
            })?
        }
    )*};
}

// Of a reference nobody would own what is read.
forward!(['e,] &'e E {}, [] Box<E> { behind_pointer }, [] Arc<E> { behind_pointer });
