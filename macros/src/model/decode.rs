//! From what each field of an error is rebuilt by whoever reads its response, and what stands in the way.

use std::borrow::Cow;

use syn::{Path, Type};

use super::types::{bare, only_argument, option_argument};
use super::{Field, Input, Variant};

/// Where a client has the value of a field from.
pub(crate) enum Source<'f> {
    /// A member of the details.
    Member(Cow<'f, str>),
    /// All of the details.
    Whole,
    /// What `Retry-After` tells.
    Wait,
    /// It is not sent, and an `Option`.
    NotSent,
    /// It has no value.
    Phantom,
}

/// Why a field cannot be rebuilt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// What a cause says is for operators, and is never sent.
    Cause,
    NotSent,
    /// It is a header, and those are not read.
    Header,
    /// A function gave its form, and none reads that.
    Form,
    /// What is read is gone when the error is rebuilt.
    Reference,
}

impl Input<'_> {
    /// Whether clients rebuild its errors.
    pub(crate) fn is_decoded(&self) -> bool {
        self.attrs.decode.is_some()
    }

    /// Whether clients rebuild this error of it.
    pub(crate) fn rebuilds(&self, variant: &Variant<'_>) -> bool {
        self.is_decoded()
            && variant.may_be_rebuilt()
            && variant.other_fields().all(|field| field.source().is_ok())
    }
}

impl<'a> Variant<'a> {
    /// Whether nothing but its fields can keep it from being rebuilt. A code that is not on the wire names nobody.
    pub(crate) fn may_be_rebuilt(&self) -> bool {
        self.attrs.not_decoded.is_none() && self.attrs.omits_code.is_none()
    }

    /// The fields, without the one that answers.
    pub(crate) fn other_fields(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| !self.is_held(field))
    }
}

impl Field<'_> {
    /// From what it is rebuilt.
    pub(crate) fn source(&self) -> Result<Source<'_>, Obstacle> {
        let is_readable = self.function().is_none() || self.reader().is_some();
        if self.is_in_details() && is_readable {
            if is_reference(self.ty) {
                return Err(Obstacle::Reference);
            }
            return Ok(self.detail_name().map_or(Source::Whole, Source::Member));
        }
        if self.is_wait() {
            return if is_reference(self.ty) { Err(Obstacle::Reference) } else { Ok(Source::Wait) };
        }
        if self.is_in_details() {
            return Err(Obstacle::Form);
        }
        if self.is_option() {
            return Ok(Source::NotSent);
        }
        if is_phantom(self.ty) {
            return Ok(Source::Phantom);
        }
        Err(match (self.is_cause, self.is_header()) {
            (true, _) => Obstacle::Cause,
            (false, true) => Obstacle::Header,
            (false, false) => Obstacle::NotSent,
        })
    }

    /// The function that makes it of what was sent.
    pub(crate) fn reader(&self) -> Option<&Path> {
        self.attrs.decode.as_ref().map(|(_, function)| function)
    }
}

/// Whether it is a reference, perhaps in an `Option`. Missed: one in any other type, which rustc tells.
fn is_reference(ty: &Type) -> bool {
    matches!(bare(option_argument(ty).unwrap_or(ty)), Type::Reference(_))
}

/// Whether the type looks like a `PhantomData`. Taken wrongly: a type of the user's own that is called so; missed: an alias.
fn is_phantom(ty: &Type) -> bool {
    only_argument(ty, "PhantomData").is_some()
}
