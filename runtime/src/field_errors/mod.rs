//! What is wrong with one field of a request, and the list of these that an error holds as its details. The
//! reports of validation crates and of extractors become such lists in files of their own.

#[cfg(feature = "garde")]
pub mod garde;
#[cfg(any(feature = "garde", feature = "validator"))]
pub(crate) mod names;
mod read;
#[cfg(feature = "validator")]
pub mod validator;

use std::borrow::Cow;
use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::one_line::OneLine;

/// What is wrong with one field of a request.
///
/// It serializes as `{"pointer":"/items/0/price","code":"out_of_range","message":"must be at least 1"}`.
///
/// ```
/// use errorbook::FieldError;
///
/// let error = FieldError::new("/items/0/price", "out_of_range", "must be at least 1");
/// assert_eq!(error, FieldError::at(["items", "0", "price"], "out_of_range", "must be at least 1"));
/// assert_eq!(error.to_string(), "/items/0/price: must be at least 1");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FieldError {
    /// Where it stands: a JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)), empty for the whole.
    pub pointer: Cow<'static, str>,
    /// What is wrong, for programs.
    pub code: Cow<'static, str>,
    /// What is wrong, for people. Callers read it, so it tells nothing that only operators may know.
    pub message: Cow<'static, str>,
}

impl FieldError {
    /// The error at this JSON pointer, which is taken as it is.
    #[must_use]
    pub fn new(
        pointer: impl Into<Cow<'static, str>>,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { pointer: pointer.into(), code: code.into(), message: message.into() }
    }

    /// The error at the place to which these names and indices lead, in the form that people read.
    ///
    /// ```
    /// let error = errorbook::FieldError::at(["headers", "a/b"], "unknown", "there is no such header");
    /// assert_eq!(error.pointer, "/headers/a~1b");
    /// ```
    #[must_use]
    pub fn at<T: AsRef<str>>(
        tokens: impl IntoIterator<Item = T>,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        let mut pointer = String::new();
        for token in tokens {
            push_token(&mut pointer, token.as_ref());
        }
        Self::new(pointer, code, message)
    }

    /// One name as it stands between the slashes of a JSON pointer (RFC 6901 section 3): `~` as `~0`, `/` as `~1`.
    ///
    /// ```
    /// use errorbook::FieldError;
    ///
    /// assert_eq!(FieldError::escape_token("price"), "price");
    /// assert_eq!(FieldError::escape_token("~a/b"), "~0a~1b");
    /// ```
    #[must_use]
    pub fn escape_token(token: &str) -> Cow<'_, str> {
        if token.contains(['~', '/']) {
            // In this order, or the tildes of the second would be escaped again.
            Cow::Owned(token.replace('~', "~0").replace('/', "~1"))
        } else {
            Cow::Borrowed(token)
        }
    }
}

/// A message quotes what was sent, and that may be as long as the body. In characters.
#[cfg(any(feature = "axum-extract", feature = "garde", feature = "validator"))]
const LONGEST_MESSAGE: usize = 300;
/// Keys of a map are the caller's too. Where they are longer, the pointer is that of a value around. In bytes.
#[cfg(any(feature = "axum-extract", feature = "garde", feature = "validator"))]
const LONGEST_POINTER: usize = 500;

/// The pointer to which these steps lead, or to a value around, if a caller chose longer ones.
#[cfg(any(feature = "axum-extract", feature = "garde", feature = "validator"))]
pub(crate) fn pointer<T: AsRef<str>>(steps: impl IntoIterator<Item = T>) -> String {
    let mut pointer = String::new();
    for step in steps {
        let (around, step) = (pointer.len(), step.as_ref());
        if around + step.len() >= LONGEST_POINTER {
            break;
        }
        push_token(&mut pointer, step);
        // What is escaped is longer.
        if pointer.len() > LONGEST_POINTER {
            pointer.truncate(around);
            break;
        }
    }
    pointer
}

/// A message of which a caller may have chosen the length.
#[cfg(any(feature = "axum-extract", feature = "garde", feature = "validator"))]
pub(crate) fn shortened(message: Cow<'_, str>) -> String {
    let mut starts = message.char_indices().map(|(start, _)| start);
    let Some(end) = starts.nth(LONGEST_MESSAGE) else { return message.into_owned() };
    format!("{}…", message.get(..end).unwrap_or_default())
}

/// Appends a slash and one name or index to a JSON pointer.
pub(crate) fn push_token(pointer: &mut String, token: &str) {
    pointer.push('/');
    pointer.push_str(&FieldError::escape_token(token));
}

/// For operators, on one line: names that callers chose stand in it, and their line breaks and other control characters
/// are escaped. Callers get the parts as they are.
///
/// ```
/// let error = errorbook::FieldError::at(["tags", "a\nb"], "unknown_field", "there is no such tag");
/// assert_eq!(error.to_string(), "/tags/a\\nb: there is no such tag");
/// ```
impl fmt::Display for FieldError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            write!(out, "{}: ", OneLine(&self.pointer))?;
        }
        OneLine(&self.message).fmt(out)
    }
}

impl Serialize for FieldError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut parts = serializer.serialize_struct("FieldError", 3)?;
        parts.serialize_field("pointer", &self.pointer)?;
        parts.serialize_field("code", &self.code)?;
        parts.serialize_field("message", &self.message)?;
        parts.end()
    }
}

/// All that is wrong with the fields of a request, in the order in which callers read it.
///
/// It is meant for a field that is all of an error's details, and serializes as the list. An empty one is no details.
///
/// ```
/// use errorbook::{ApiError, FieldError, FieldErrors};
///
/// #[derive(ApiError)]
/// #[api(status = 422, message = "Some fields are not right.")]
/// struct InvalidRequest {
///     #[api(details)]
///     fields: FieldErrors,
/// }
///
/// let mut fields = FieldErrors::new();
/// fields.push(FieldError::new("/title", "missing_field", "a title is needed"));
/// assert_eq!(
///     InvalidRequest { fields }.body().to_bytes(),
///     concat!(
///         r#"{"error":{"code":"invalid_request","message":"Some fields are not right.","#,
///         r#""details":[{"pointer":"/title","code":"missing_field","message":"a title is needed"}]}}"#,
///     ),
/// );
/// ```
///
/// With the features `validator` and `garde` it is made `From` their reports.
///
/// # How many
///
/// A request of 2 MB can have a million mistakes, and each is longer told than made. So a list holds the first
/// [`MOST`](Self::MOST), whoever adds them, and counts the rest. Callers read the count as a last entry:
///
/// ```
/// use errorbook::{FieldError, FieldErrors};
///
/// let fields: FieldErrors = (0..1334).map(|row| FieldError::at([row.to_string()], "odd", "is odd")).collect();
/// assert_eq!((fields.len(), fields.more()), (100, 1234));
/// let shown = serde_json::to_value(&fields)?;
/// assert_eq!(shown[100], serde_json::json!({ "pointer": "", "code": "more", "message": "and 1234 more" }));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Where callers are to read all of them, make the field a `Vec<FieldError>`. What is made of a request or a report
/// also has pointers of at most 500 bytes and messages of at most 300 characters; what you push is taken as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors {
    errors: Vec<FieldError>,
    /// So many were left out.
    more: usize,
}

impl FieldErrors {
    /// Nothing is wrong yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { errors: Vec::new(), more: 0 }
    }

    /// So many does a list hold at most.
    pub const MOST: usize = 100;

    /// Appends one, or counts it where the list is full.
    pub fn push(&mut self, error: FieldError) {
        self.push_with(|| error);
    }

    /// Appends what is made, if there is room for it.
    pub(crate) fn push_with(&mut self, make: impl FnOnce() -> FieldError) {
        if self.errors.len() < Self::MOST {
            self.errors.push(make());
        } else {
            self.more = self.more.saturating_add(1);
        }
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// How many it holds: [`MOST`](Self::MOST) of them, if there are [`more`](Self::more).
    #[must_use]
    pub fn len(&self) -> usize {
        self.errors.len()
    }

    /// How many there are beside those that it holds.
    #[must_use]
    pub fn more(&self) -> usize {
        self.more
    }

    /// What callers read of these.
    fn rest(&self) -> Option<FieldError> {
        (self.more > 0).then(|| FieldError::new("", "more", format!("and {} more", self.more)))
    }

    /// Each that it holds.
    pub fn iter(&self) -> std::slice::Iter<'_, FieldError> {
        self.errors.iter()
    }

    /// Each that it holds, to be changed: where the names in a report are not those in the JSON, say.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, FieldError> {
        self.errors.iter_mut()
    }

    /// The same errors, of a value that stands at this JSON pointer in the request.
    ///
    /// ```
    /// use errorbook::{FieldError, FieldErrors};
    ///
    /// let address = FieldErrors::from(vec![FieldError::new("/zip", "pattern", "must be five digits")]);
    /// let order: FieldErrors = address.under("/customer/address");
    /// assert_eq!(order.iter().next().map(|error| &*error.pointer), Some("/customer/address/zip"));
    /// ```
    #[must_use]
    pub fn under(mut self, pointer: &str) -> Self {
        for error in &mut self {
            error.pointer.to_mut().insert_str(0, pointer);
        }
        self
    }

    /// `Ok` where nothing is wrong, else the list.
    ///
    /// # Errors
    ///
    /// The list itself, unless it is empty.
    ///
    /// ```
    /// use errorbook::{FieldError, FieldErrors};
    ///
    /// fn check(title: &str) -> Result<(), FieldErrors> {
    ///     let mut wrong = FieldErrors::new();
    ///     if title.is_empty() {
    ///         wrong.push(FieldError::new("/title", "empty", "must not be empty"));
    ///     }
    ///     wrong.into_result()
    /// }
    /// assert!(check("Otters").is_ok());
    /// assert_eq!(check("").unwrap_err().to_string(), "/title: must not be empty");
    /// ```
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}

/// For operators, on one line, as each of them.
impl fmt::Display for FieldErrors {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.iter().chain(&self.rest()).enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(out, "{separator}{error}")?;
        }
        Ok(())
    }
}

impl Serialize for FieldErrors {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().chain(&self.rest()))
    }
}

impl From<Vec<FieldError>> for FieldErrors {
    fn from(errors: Vec<FieldError>) -> Self {
        Self::from_iter(errors)
    }
}

impl From<FieldError> for FieldErrors {
    fn from(error: FieldError) -> Self {
        Self { errors: vec![error], more: 0 }
    }
}

/// Those that the list holds.
impl From<FieldErrors> for Vec<FieldError> {
    fn from(errors: FieldErrors) -> Self {
        errors.errors
    }
}

impl FromIterator<FieldError> for FieldErrors {
    fn from_iter<I: IntoIterator<Item = FieldError>>(errors: I) -> Self {
        let mut list = Self::new();
        list.extend(errors);
        list
    }
}

impl Extend<FieldError> for FieldErrors {
    fn extend<I: IntoIterator<Item = FieldError>>(&mut self, errors: I) {
        for error in errors {
            self.push(error);
        }
    }
}

impl IntoIterator for FieldErrors {
    type Item = FieldError;
    type IntoIter = std::vec::IntoIter<FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.errors.into_iter()
    }
}

impl<'a> IntoIterator for &'a FieldErrors {
    type Item = &'a FieldError;
    type IntoIter = std::slice::Iter<'a, FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'a> IntoIterator for &'a mut FieldErrors {
    type Item = &'a mut FieldError;
    type IntoIter = std::slice::IterMut<'a, FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}
