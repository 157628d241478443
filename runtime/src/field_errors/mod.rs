//! What is wrong with one field of a request, and the list of these that an error holds as its details. The
//! reports of validation crates and of extractors become such lists in files of their own.

#[cfg(feature = "garde")]
mod garde;
#[cfg(feature = "validator")]
mod validator;

use std::borrow::Cow;
use std::fmt;

use serde::ser::{Serialize, SerializeStruct, Serializer};

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

/// Appends a slash and one name or index to a JSON pointer.
pub(crate) fn push_token(pointer: &mut String, token: &str) {
    pointer.push('/');
    pointer.push_str(&FieldError::escape_token(token));
}

/// For operators; callers get the parts.
impl fmt::Display for FieldError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            write!(out, "{}: ", self.pointer)?;
        }
        out.write_str(&self.message)
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// Nothing is wrong yet.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Appends one.
    pub fn push(&mut self, error: FieldError) {
        self.0.push(error);
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Each of them.
    pub fn iter(&self) -> std::slice::Iter<'_, FieldError> {
        self.0.iter()
    }

    /// Each of them, to be changed: where the names in a report are not those in the JSON, say.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, FieldError> {
        self.0.iter_mut()
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

/// For operators, on one line.
impl fmt::Display for FieldErrors {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(out, "{separator}{error}")?;
        }
        Ok(())
    }
}

impl Serialize for FieldErrors {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl From<Vec<FieldError>> for FieldErrors {
    fn from(errors: Vec<FieldError>) -> Self {
        Self(errors)
    }
}

impl From<FieldError> for FieldErrors {
    fn from(error: FieldError) -> Self {
        Self(vec![error])
    }
}

impl From<FieldErrors> for Vec<FieldError> {
    fn from(errors: FieldErrors) -> Self {
        errors.0
    }
}

impl FromIterator<FieldError> for FieldErrors {
    fn from_iter<I: IntoIterator<Item = FieldError>>(errors: I) -> Self {
        Self(errors.into_iter().collect())
    }
}

impl Extend<FieldError> for FieldErrors {
    fn extend<I: IntoIterator<Item = FieldError>>(&mut self, errors: I) {
        self.0.extend(errors);
    }
}

impl IntoIterator for FieldErrors {
    type Item = FieldError;
    type IntoIter = std::vec::IntoIter<FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
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
