//! The whole declaration, understood: what each attribute means together with the defaults, borrowed from
//! the syntax tree. Whether it all fits together is for `check` to say; tokens are for `expand`.

pub(crate) mod code_enum;
pub(crate) mod declared;
pub(crate) mod decode;
mod field;
pub(crate) mod types;
mod variant;

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Data, DeriveInput, Fields, Generics, LitStr, Type, Visibility};

use crate::attrs::container::ContainerAttrs;
use crate::attrs::either::{Header, Meta};
use crate::attrs::field::FieldAttrs;
use crate::attrs::foreign::{ErrorText, allowed_lints, derives_display, doc_comment};
use crate::attrs::keys::PlaceKey;
use crate::attrs::of_struct;
use crate::attrs::variant::VariantAttrs;
use crate::errors::Errors;
use crate::lang::Reason;
use crate::lang::case::{self, Case};
use crate::lang::template::Template;
use crate::runtime_path::RuntimePath;
use types::{mentions, only_argument, tidy};

/// A type that derives `ApiError`.
pub(crate) struct Input<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    pub(crate) generics: &'a Generics,
    pub(crate) attrs: ContainerAttrs,
    pub(crate) description: String,
    /// What the user allows on the type, on a variant or on a field, in the words of `#[allow(…)]`.
    allowed_lints: Vec<&'a TokenStream>,
    pub(crate) is_enum: bool,
    /// Whether an attribute of another derive says what its `Display` shows.
    pub(crate) derives_display: bool,
    /// A struct is its own only variant; a union, which is a mistake, has none.
    pub(crate) variants: Vec<Variant<'a>>,
}

/// One error, or one place where another type answers.
pub(crate) struct Variant<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) is_enum: bool,
    pub(crate) attrs: VariantAttrs,
    pub(crate) doc_comment: String,
    pub(crate) deprecated: Option<String>,
    pub(crate) error_text: Option<ErrorText>,
    pub(crate) fields: Vec<Field<'a>>,
    /// Where the fields with a name are: a message asks for as many as it has places.
    named: HashMap<String, usize>,
    pub(crate) code: String,
    /// Its own and those of its type, `{code}` and `{status}` filled in.
    pub(crate) headers: Vec<Header>,
    /// Its own and those of its type, by name.
    pub(crate) meta: Vec<Meta>,
    /// Message and headers in which `{code}` stands for its code.
    pub(crate) code_shown: Vec<TokenStream>,
}

/// A field of an error.
pub(crate) struct Field<'a> {
    pub(crate) member: syn::Member,
    pub(crate) ty: &'a Type,
    pub(crate) attrs: FieldAttrs,
    pub(crate) description: String,
    pub(crate) is_cause: bool,
    /// Whether it stands in the text of a header.
    pub(crate) is_in_header: bool,
    /// The case of its name among the details.
    detail_case: Case,
}

/// Where the message comes from, defaults applied.
pub(crate) enum MessageForm<'v> {
    ReasonPhrase,
    /// The same for every value.
    Constant(String),
    Template(&'v Template, &'v str),
    Display,
}

impl<'a> Input<'a> {
    /// Reads the whole declaration.
    pub(crate) fn from_syn(input: &'a DeriveInput, errors: &mut Errors) -> Self {
        let is_enum = matches!(input.data, Data::Enum(_));
        let (attrs, variants) = match &input.data {
            Data::Enum(data) => {
                let attrs = ContainerAttrs::from_syn(&input.attrs, errors);
                let variant = |variant: &'a syn::Variant| {
                    let own = VariantAttrs::from_syn(&variant.attrs, errors);
                    let written = [&*variant.attrs, &*input.attrs];
                    Variant::new(&variant.ident, true, &attrs, own, written, &variant.fields, errors)
                };
                let variants = data.variants.iter().map(variant).collect();
                (attrs, variants)
            }
            Data::Struct(data) => {
                let (attrs, container) = of_struct(&input.attrs, errors);
                let written = [&*input.attrs; 2];
                let variant =
                    Variant::new(&input.ident, false, &container, attrs, written, &data.fields, errors);
                (container, vec![variant])
            }
            Data::Union(data) => {
                let reason = Reason::new(
                    "an `ApiError` is an enum or a struct, not a union",
                    "make it an enum with a variant for each error",
                );
                errors.at(data.union_token, &reason);
                let (_, attrs) = of_struct(&input.attrs, errors);
                (attrs, Vec::new())
            }
        };
        let on_a_variant = match &input.data {
            Data::Enum(data) => data.variants.iter().any(|variant| derives_display(&variant.attrs)),
            Data::Struct(_) | Data::Union(_) => false,
        };
        Self {
            ident: &input.ident,
            vis: &input.vis,
            generics: &input.generics,
            attrs,
            description: doc_comment(&input.attrs),
            allowed_lints: all_attributes(input).into_iter().flat_map(allowed_lints).collect(),
            is_enum,
            derives_display: derives_display(&input.attrs) || on_a_variant,
            variants,
        }
    }

    /// What the user allows in the declaration, each in the words of an `#[allow(…)]`.
    pub(crate) fn allowed_lints(&self) -> &[&'a TokenStream] {
        &self.allowed_lints
    }

    /// What messages call it.
    pub(crate) fn kind(&self) -> &'static str {
        if self.is_enum { "enum" } else { "struct" }
    }

    /// Whether a key of the container stands there, well written or not.
    pub(crate) fn attempted(&self, key: impl PlaceKey) -> bool {
        // A struct's keys are all read as those of its one error.
        let of_struct = || self.variants.iter().any(|variant| variant.attrs.attempted.has(key));
        self.attrs.attempted.has(key) || !self.is_enum && of_struct()
    }

    pub(crate) fn runtime(&self) -> RuntimePath<'_> {
        RuntimePath(self.attrs.runtime.as_ref())
    }

    /// The errors that are this type's own, in order.
    pub(crate) fn own(&self) -> impl Iterator<Item = &Variant<'a>> {
        self.variants.iter().filter(|variant| !variant.is_transparent())
    }

    /// The fields that answer in place of this type, in order.
    pub(crate) fn held(&self) -> impl Iterator<Item = &Field<'a>> {
        self.variants.iter().filter_map(Variant::held)
    }

    /// Whether these tokens name a type parameter of this type.
    pub(crate) fn is_generic(&self, tokens: impl ToTokens) -> bool {
        self.generics.type_params().next().is_some()
            && mentions(tokens.into_token_stream(), &|word, is_lifetime| {
                !is_lifetime && self.generics.type_params().any(|param| param.ident == *word)
            })
    }

    /// Whether a constant outside the impl can name this type: it has no parameter of this one's, no `Self` and
    /// no lifetime that is left out.
    pub(crate) fn is_constant(&self, ty: &Type) -> bool {
        !mentions(ty.to_token_stream(), &|word, is_lifetime| {
            if is_lifetime {
                return word == "_" || self.generics.lifetimes().any(|param| param.lifetime.ident == *word);
            }
            word == "Self"
                || self.generics.type_params().any(|param| param.ident == *word)
                || self.generics.const_params().any(|param| param.ident == *word)
        })
    }

    /// Whether the type is this one itself, perhaps behind a pointer: `Self`, `Box<StoryError>`, `&self::Chained<T>`. A
    /// type of the same name elsewhere (`auth::Error` held by `Error`) is another one, and so is one with other
    /// arguments. Missed: an alias and other paths, which rustc then tells to be a cycle.
    pub(crate) fn is_recursive(&self, ty: &Type) -> bool {
        match ty {
            Type::Reference(reference) => self.is_recursive(&reference.elem),
            Type::Paren(inner) => self.is_recursive(&inner.elem),
            Type::Group(inner) => self.is_recursive(&inner.elem),
            Type::Path(path) if path.qself.is_none() => {
                let segments = &path.path.segments;
                let (first, last) = (&segments[0], &segments[segments.len() - 1]);
                let is_near = segments.len() == 1 || segments.len() == 2 && first.ident == "self";
                if is_near
                    && path.path.leading_colon.is_none()
                    && (last.ident == "Self"
                        || last.ident == *self.ident && self.has_arguments(&last.arguments))
                {
                    return true;
                }
                ["Box", "Arc"]
                    .iter()
                    .any(|pointer| only_argument(ty, pointer).is_some_and(|held| self.is_recursive(held)))
            }
            _ => false,
        }
    }

    /// Whether these are this type's own parameters.
    fn has_arguments(&self, arguments: &syn::PathArguments) -> bool {
        let syn::PathArguments::AngleBracketed(given) = arguments else { return true };
        let own = self.generics.params.iter().map(|param| match param {
            syn::GenericParam::Lifetime(param) => param.lifetime.to_string(),
            syn::GenericParam::Type(param) => param.ident.to_string(),
            syn::GenericParam::Const(param) => param.ident.to_string(),
        });
        own.eq(given.args.iter().map(|argument| tidy(&argument.to_token_stream().to_string())))
    }

    pub(crate) fn catalog_title(&self) -> String {
        self.attrs.catalog_title.as_ref().map_or_else(|| case::title(&self.ident.to_string()), LitStr::value)
    }
}

/// The attributes of the type, its variants and its fields.
fn all_attributes(input: &DeriveInput) -> Vec<&[syn::Attribute]> {
    let mut all = vec![&*input.attrs];
    let fields: Vec<&Fields> = match &input.data {
        Data::Enum(data) => {
            all.extend(data.variants.iter().map(|variant| &*variant.attrs));
            data.variants.iter().map(|variant| &variant.fields).collect()
        }
        Data::Struct(data) => vec![&data.fields],
        Data::Union(_) => Vec::new(),
    };
    all.extend(fields.into_iter().flatten().map(|field| &*field.attrs));
    all
}

impl ContainerAttrs {
    pub(crate) fn case(&self) -> Case {
        self.rename_all.as_ref().map_or(Case::Snake, |case| case.value)
    }

    fn case_of_details(&self) -> Case {
        self.rename_all_details.as_ref().map_or(Case::Snake, |case| case.value)
    }
}
