//! Enums of codes, which `#[api(codes = …)]` makes. The expansion says which row of the table each variant is; what every
//! such enum can do besides stands here.

#![allow(missing_docs, reason = "only expansions name what is hidden here")]

use std::fmt;
use std::hash::Hash;
use std::str::FromStr;
use std::sync::Arc;

use serde::Serialize;
use serde::de::{DeserializeOwned, Deserializer, Visitor};

use crate::const_checks::hash_of_code;
use crate::spec::ErrorSpec;

/// A type whose codes are an enum: `#[api(codes = …)]` stands on it, as [the manual](macro@crate::ApiError#codes) tells.
///
/// ```
/// use errorbook::{ApiError, Coded};
///
/// #[derive(ApiError)]
/// #[api(codes = StoryCode)]
/// enum StoryError {
///     #[api(status = 404, message = "No such story.")]
///     NotFound,
/// }
///
/// fn code_of<E: ApiError + Coded>(error: &E) -> E::Code {
///     error.code().parse().unwrap_or_else(|never| match never {})
/// }
/// assert_eq!(code_of(&StoryError::NotFound), StoryCode::NotFound);
/// ```
#[diagnostic::on_unimplemented(
    message = "the codes of `{Self}` are no enum, so that another enum of codes cannot hold them",
    label = "has no `codes`",
    note = "put `#[api(codes = …)]` on that type, with a name for the enum of its codes"
)]
pub trait Coded {
    /// The enum.
    type Code: CodeEnum
        + Clone
        + fmt::Debug
        + fmt::Display
        + Eq
        + Hash
        + FromStr<Err = std::convert::Infallible>
        + for<'a> From<&'a str>
        + Serialize
        + DeserializeOwned
        + Send
        + Sync
        + 'static;
}

impl<E: Coded + ?Sized> Coded for &E {
    type Code = E::Code;
}

impl<E: Coded + ?Sized> Coded for Box<E> {
    type Code = E::Code;
}

impl<E: Coded + ?Sized> Coded for Arc<E> {
    type Code = E::Code;
}

/// A code that a type does not declare, as it was sent. Only a code that was read can be one.
///
/// ```
/// use errorbook::ApiError;
///
/// #[derive(ApiError)]
/// #[api(codes = StoryCode, status = 404, code = "not_found", message = "No such story.")]
/// struct NotFound;
///
/// let StoryCode::Unknown(unknown) = StoryCode::from("gone") else { panic!("it is declared") };
/// assert_eq!(unknown.as_str(), "gone");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct UnknownCode(Box<str>);

impl UnknownCode {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&self.0)
    }
}

/// What an expansion tells of an enum of codes.
#[doc(hidden)]
pub trait CodeEnum: Sized {
    /// The variant of this code, in the enum of a held type too.
    fn __errorbook_known(hash: u64, code: &str) -> Option<Self>;

    fn __errorbook_unknown(code: UnknownCode) -> Self;

    fn __errorbook_declared(&self) -> Declared<'_>;
}

/// What a type without `codes` has in the place of an enum of them.
#[doc(hidden)]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NoCodes(UnknownCode);

impl CodeEnum for NoCodes {
    fn __errorbook_known(_hash: u64, _code: &str) -> Option<Self> {
        None
    }

    fn __errorbook_unknown(code: UnknownCode) -> Self {
        Self(code)
    }

    fn __errorbook_declared(&self) -> Declared<'_> {
        Declared::Not(&self.0)
    }
}

/// Does not compile where the type has no `codes`.
#[doc(hidden)]
pub const fn has_codes<E: Coded>() {}

/// What is declared of a code.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Declared<'c> {
    As(&'static ErrorSpec),
    Not(&'c UnknownCode),
}

/// The variant, if it has this code and not only its hash.
#[doc(hidden)]
#[must_use]
pub fn code_is<C: CodeEnum>(variant: C, code: &str) -> Option<C> {
    (text_of_code(&variant) == code).then_some(variant)
}

#[doc(hidden)]
#[must_use]
pub fn text_of_code<C: CodeEnum>(code: &C) -> &str {
    match code.__errorbook_declared() {
        Declared::As(spec) => spec.code,
        Declared::Not(unknown) => unknown.as_str(),
    }
}

#[doc(hidden)]
#[must_use]
pub fn spec_of_code<C: CodeEnum>(code: &C) -> Option<&'static ErrorSpec> {
    match code.__errorbook_declared() {
        Declared::As(spec) => Some(spec),
        Declared::Not(_) => None,
    }
}

#[doc(hidden)]
#[must_use]
pub fn code_from<C: CodeEnum>(code: &str) -> C {
    let known = C::__errorbook_known(hash_of_code(code), code);
    known.unwrap_or_else(|| C::__errorbook_unknown(UnknownCode(code.into())))
}

/// A code is a string to serde, whatever it stands in.
///
/// # Errors
///
/// Those of the deserializer: what stands there is no string.
#[doc(hidden)]
pub fn read_code<'de, C: CodeEnum, D: Deserializer<'de>>(deserializer: D) -> Result<C, D::Error> {
    struct Code;

    impl Visitor<'_> for Code {
        type Value = String;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("a code, which is a string")
        }

        fn visit_str<E>(self, code: &str) -> Result<String, E> {
            Ok(code.to_owned())
        }

        fn visit_string<E>(self, code: String) -> Result<String, E> {
            Ok(code)
        }
    }

    deserializer.deserialize_string(Code).map(|code| code_from(&code))
}

/// What every enum of codes can do.
#[doc(hidden)]
#[macro_export]
macro_rules! __errorbook_impls_of_codes {
    ($codes:ident) => {
        #[automatically_derived]
        impl $codes {
            /// The code as it stands in a body.
            #[must_use]
            pub fn as_str(&self) -> &$crate::__private::str {
                $crate::__private::text_of_code(self)
            }

            /// What is declared of the code; of one that several errors share, of the first. `None` for an unknown one.
            #[must_use]
            pub fn spec(&self) -> $crate::__private::Option<&'static $crate::ErrorSpec> {
                $crate::__private::spec_of_code(self)
            }
        }

        #[automatically_derived]
        impl $crate::__private::Display for $codes {
            fn fmt(&self, out: &mut $crate::__private::fmt::Formatter<'_>) -> $crate::__private::fmt::Result {
                out.pad($crate::__private::text_of_code(self))
            }
        }

        #[automatically_derived]
        impl<'__c> $crate::__private::From<&'__c $crate::__private::str> for $codes {
            fn from(code: &'__c $crate::__private::str) -> Self {
                $crate::__private::code_from(code)
            }
        }

        #[automatically_derived]
        impl $crate::__private::FromStr for $codes {
            type Err = $crate::__private::Infallible;

            fn from_str(code: &$crate::__private::str) -> $crate::__private::Result<Self, Self::Err> {
                $crate::__private::Result::Ok($crate::__private::code_from(code))
            }
        }

        #[automatically_derived]
        impl $crate::__private::PartialEq<$crate::__private::str> for $codes {
            fn eq(&self, code: &$crate::__private::str) -> bool {
                $crate::__private::PartialEq::eq($crate::__private::text_of_code(self), code)
            }
        }

        #[automatically_derived]
        impl<'__c> $crate::__private::PartialEq<&'__c $crate::__private::str> for $codes {
            fn eq(&self, code: &&'__c $crate::__private::str) -> bool {
                $crate::__private::PartialEq::eq($crate::__private::text_of_code(self), *code)
            }
        }

        #[automatically_derived]
        impl $crate::__private::Serialize for $codes {
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> $crate::__private::Result<S::Ok, S::Error> {
                $crate::__private::Serializer::serialize_str(
                    serializer,
                    $crate::__private::text_of_code(self),
                )
            }
        }

        #[automatically_derived]
        impl<'de> $crate::__private::Deserialize<'de> for $codes {
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> $crate::__private::Result<Self, D::Error> {
                $crate::__private::read_code(deserializer)
            }
        }
    };
}
