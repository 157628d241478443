//! What a field is, apart from what was declared of it: its names, what a response needs it for, and what its type's looks
//! tell.

use std::borrow::Cow;

use proc_macro2::Ident;
use quote::{ToTokens, format_ident};
use syn::ext::IdentExt;
use syn::{LitStr, Type};

use super::Field;
use super::types::{bare, option_argument, tidy};

impl Field<'_> {
    /// The name, or the index in a tuple.
    pub(crate) fn name(&self) -> String {
        match &self.member {
            syn::Member::Named(ident) => ident.unraw().to_string(),
            syn::Member::Unnamed(index) => index.index.to_string(),
        }
    }

    /// The local to which the expansion binds it; a prefix of its own, since a field may be called `out`.
    pub(crate) fn binding(&self) -> Ident {
        format_ident!("__field_{}", self.name())
    }

    /// The member of `details` that it is.
    pub(crate) fn detail_name(&self) -> Option<Cow<'_, str>> {
        let (_, name) = self.attrs.detail.as_ref()?;
        Some(name.as_ref().map_or_else(|| self.detail_case.of_field(&self.name()), LitStr::value).into())
    }

    /// Whether a response needs its value, apart from its message.
    pub(crate) fn has_use(&self) -> bool {
        self.is_in_details() || self.is_header() || self.is_wait()
    }

    /// Whether there is more to say of it than that a message shows it.
    pub(crate) fn is_keyed(&self) -> bool {
        self.has_use() || self.is_in_header || self.example().is_some() || !self.description.is_empty()
    }

    /// Whether its type looks like one that the runtime takes as it is, whatever it is used for: an integer of up to 64
    /// bits, `bool`, `&str` or `String`. Taken wrongly: a type of the user's own that is called `u64`, which rustc then
    /// refuses; `self::u64` helps. Missed: an alias of `u64`, which goes the long way to the same text.
    pub(crate) fn is_handed_over_as_it_is(&self) -> bool {
        const KNOWN: [&str; 12] =
            ["u8", "u16", "u32", "u64", "usize", "i8", "i16", "i32", "i64", "isize", "bool", "String"];
        if self.is_wait() || self.function().is_some() {
            return false;
        }
        match bare(self.ty) {
            Type::Reference(reference) => {
                reference.mutability.is_none()
                    && matches!(bare(&reference.elem), Type::Path(path) if path.path.is_ident("str"))
            }
            Type::Path(path) => {
                path.qself.is_none()
                    && path.path.get_ident().is_some_and(|ident| KNOWN.iter().any(|name| ident == name))
            }
            _ => false,
        }
    }

    /// The type as one would write it.
    pub(crate) fn type_text(&self) -> String {
        tidy(&self.ty.to_token_stream().to_string())
    }

    /// The path of the function as one would write it.
    pub(crate) fn function_text(&self) -> Option<String> {
        self.function().map(|path| tidy(&path.to_token_stream().to_string()))
    }

    /// Whether the type looks like an `Option`. Taken wrongly: a type of the user's own that is called
    /// `Option`; missed: an alias.
    pub(crate) fn is_option(&self) -> bool {
        option_argument(self.ty).is_some()
    }
}
