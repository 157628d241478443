//! The whole declaration, understood: what each attribute means together with the defaults, borrowed from
//! the syntax tree. Whether it all fits together is for `check` to say; tokens are for `expand`.

pub(crate) mod declared;
mod field;
pub(crate) mod types;

use std::collections::HashMap;

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, Generics, LitStr, Type};

use crate::attrs::container::ContainerAttrs;
use crate::attrs::either::{Header, Meta, Status};
use crate::attrs::field::FieldAttrs;
use crate::attrs::foreign::{ErrorText, allowed_lints, deprecation, derives_display, doc_comment, is_cause};
use crate::attrs::keys::PlaceKey;
use crate::attrs::of_struct;
use crate::attrs::values::Spanned;
use crate::attrs::variant::{Message, VariantAttrs};
use crate::errors::Errors;
use crate::lang::case::{self, Case};
use crate::lang::template::{FieldRef, Piece, Template};
use crate::lang::{Reason, constant};
use crate::runtime_path::RuntimePath;
use types::{mentions, only_argument, tidy};

/// A type that derives `ApiError`.
pub(crate) struct Input<'a> {
    pub(crate) ident: &'a Ident,
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

impl<'a> Variant<'a> {
    fn new(
        ident: &'a Ident,
        is_enum: bool,
        of_type: &ContainerAttrs,
        mut attrs: VariantAttrs,
        [syn_attrs, container_attrs]: [&[syn::Attribute]; 2],
        fields: &'a Fields,
        errors: &mut Errors,
    ) -> Self {
        // A variant without a text of its own has that of the enum.
        let error_text = ErrorText::from_syn(syn_attrs).or_else(|| ErrorText::from_syn(container_attrs));
        // Behind `#[error(transparent)]` the only field is the cause, marked or not.
        let is_passed_on = matches!(error_text, Some(ErrorText::Transparent(_)));
        let field = |(index, field): (u32, &'a syn::Field)| Field {
            // Not by `Fields::members`, which asks the compiler where each type ends.
            member: match &field.ident {
                Some(ident) => syn::Member::Named(ident.clone()),
                None => syn::Member::Unnamed(syn::Index { index, span: Span::call_site() }),
            },
            ty: &field.ty,
            attrs: FieldAttrs::from_syn(&field.attrs, errors),
            description: doc_comment(&field.attrs),
            is_cause: is_passed_on || is_cause(field),
            is_in_header: false,
            detail_case: of_type.case_of_details(),
        };
        let fields: Vec<Field<'a>> = (0..).zip(fields).map(field).collect();
        let named = (0..).zip(&fields).filter(|(_, field)| matches!(field.member, syn::Member::Named(_)));
        let named = named.map(|(index, field)| (field.name(), index)).collect();
        let derived = || of_type.case().of_variant(&ident.unraw().to_string());
        let code = attrs.code.as_ref().map_or_else(derived, LitStr::value);
        attrs.status = attrs.status.or_else(|| of_type.status.clone());
        let doc_comment = doc_comment(syn_attrs);
        let deprecated = deprecation(syn_attrs);
        let mut variant = Self {
            ident,
            is_enum,
            attrs,
            doc_comment,
            deprecated,
            error_text,
            fields,
            named,
            code,
            headers: Vec::new(),
            meta: Vec::new(),
            code_shown: Vec::new(),
        };
        // What is declared of all errors of the type is not of those that it holds.
        if !variant.is_transparent() {
            variant.fill_constants_of_message();
            variant.take_over(of_type);
        }
        variant
    }

    /// What its type declares for all of its errors, where it has not its own.
    fn take_over(&mut self, of_type: &ContainerAttrs) {
        let headers = of_type.headers.iter().filter(|header| self.sends_of_type(header));
        let mut headers: Vec<Header> = headers.chain(&self.attrs.headers).cloned().collect();
        for header in &mut headers {
            for (name, value) in self.constants_without_field() {
                if header.value.value.fill(name, &value) && name == constant::CODE {
                    self.code_shown.push(header.value.tokens.clone());
                }
            }
        }
        let in_headers = self.are_among(headers.iter().flat_map(|header| header.value.value.fields()));
        for (field, is_in_header) in self.fields.iter_mut().zip(in_headers) {
            field.is_in_header = is_in_header;
        }
        self.headers = headers;
        let own = |name: &Ident| self.attrs.meta.iter().any(|meta| meta.name.unraw() == name.unraw());
        let meta = of_type.meta.iter().filter(|meta| !own(&meta.name));
        self.meta = meta.chain(&self.attrs.meta).cloned().collect();
    }

    /// A name in the message that is no field's may stand for the code or the status.
    fn fill_constants_of_message(&mut self) {
        let constants = self.constants_without_field();
        let Some(message) = &mut self.attrs.message else { return };
        let Message::Template(template, text) = &mut message.value else { return };
        for (name, value) in constants {
            if template.fill(name, &value) {
                *text = template.written();
                self.code_shown.extend((name == constant::CODE).then(|| message.tokens.clone()));
            }
        }
    }

    /// What `{code}` and `{status}` stand for in a template, where no field is called so.
    fn constants_without_field(&self) -> Vec<(&'static str, String)> {
        let mut constants = vec![(constant::CODE, self.code.clone())];
        if self.status() > 0 {
            constants.push((constant::STATUS, self.status().to_string()));
        }
        constants.retain(|(name, _)| self.field(&FieldRef::Named((*name).to_owned())).is_none());
        constants
    }

    /// A text that is the same for every value.
    fn constant(&self, text: &Spanned<Template>) -> String {
        constant::fill(&text.value, &self.code, self.status())
    }

    /// Whether it sends this header of its type, and has none of that name itself.
    pub(crate) fn sends_of_type(&self, header: &Header) -> bool {
        !self.has_own_header(&header.name)
    }

    fn has_own_header(&self, name: &LitStr) -> bool {
        let is_same = |known: &LitStr| known.value().eq_ignore_ascii_case(&name.value());
        self.attrs.headers.iter().any(|header| is_same(&header.name))
            || self.fields.iter().any(|field| field.attrs.headers.iter().any(is_same))
    }

    pub(crate) fn is_transparent(&self) -> bool {
        self.attrs.transparent.is_some() || self.transparent_field().is_some()
    }

    /// The field that answers in place of this variant.
    pub(crate) fn held(&self) -> Option<&Field<'a>> {
        self.transparent_field().or(self.fields.first().filter(|_| self.is_transparent()))
    }

    /// The field that is marked as the one that answers, perhaps beside others.
    pub(crate) fn transparent_field(&self) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.attrs.transparent.is_some())
    }

    pub(crate) fn is_held(&self, field: &Field<'_>) -> bool {
        let is_first = || self.fields.first().is_some_and(|first| first.member == field.member);
        field.attrs.transparent.is_some() || self.attrs.transparent.is_some() && is_first()
    }

    /// What it says itself: its message, or the words in place of the held error's. `None`: the held error speaks.
    pub(crate) fn says(&self) -> Option<MessageForm<'_>> {
        (!self.is_transparent() || self.attrs.message.is_some()).then(|| self.message())
    }

    /// The name of the variant, without `r#`.
    pub(crate) fn name(&self) -> String {
        self.ident.unraw().to_string()
    }

    /// The status as a number; 0: none.
    pub(crate) fn status(&self) -> u16 {
        match &self.attrs.status {
            Some(status) => match status.value {
                Status::Number(number) => number,
                Status::None => 0,
            },
            None => 0,
        }
    }

    pub(crate) fn is_client_error(&self) -> bool {
        (400..500).contains(&self.status())
    }

    /// The tokens that stand for the code in errors: where it was written, else the variant's name.
    pub(crate) fn code_tokens(&self) -> TokenStream {
        self.attrs.code.as_ref().map_or_else(|| self.ident.to_token_stream(), ToTokens::to_token_stream)
    }

    pub(crate) fn title(&self) -> String {
        let title = self.attrs.title.as_ref();
        title.map_or_else(|| case::title(&self.ident.to_string()), |title| self.constant(title))
    }

    /// When it happens: the key, else the doc comment.
    pub(crate) fn description(&self) -> String {
        let written = self.attrs.description.as_ref();
        written.map_or_else(|| self.doc_comment.clone(), |text| self.constant(text))
    }

    pub(crate) fn message(&self) -> MessageForm<'_> {
        match self.attrs.message.as_ref().map(|message| &message.value) {
            Some(Message::Template(template, text)) => match constant_text(template) {
                Some(constant) => MessageForm::Constant(constant),
                None => MessageForm::Template(template, text),
            },
            Some(Message::Display) => MessageForm::Display,
            None if self.is_client_error() => MessageForm::Display,
            None => MessageForm::ReasonPhrase,
        }
    }

    /// The first field that holds the wait.
    pub(crate) fn wait_field(&self) -> Option<&Field<'a>> {
        self.fields.iter().find(|field| field.attrs.retry_after.is_some())
    }

    /// The field that a message means, if there is one.
    pub(crate) fn field(&self, wanted: &FieldRef) -> Option<&Field<'a>> {
        self.fields.get(self.position(wanted)?)
    }

    /// Which of the fields a message means.
    fn position(&self, wanted: &FieldRef) -> Option<usize> {
        match wanted {
            FieldRef::Named(name) => self.named.get(name).copied(),
            // A field is named or all of them are not.
            FieldRef::Index(index) => (*index < self.fields.len() && self.named.is_empty()).then_some(*index),
            FieldRef::Next => None,
        }
    }

    /// For each field whether it is among those that a message means.
    fn are_among(&self, wanted: impl IntoIterator<Item = FieldRef>) -> Vec<bool> {
        let mut are_among = vec![false; self.fields.len()];
        for position in wanted.into_iter().filter_map(|field| self.position(&field)) {
            are_among[position] = true;
        }
        are_among
    }

    /// The fields with a use in a response, or with a place in the message.
    pub(crate) fn needed_fields(&self) -> Vec<&Field<'a>> {
        let in_message = match self.message() {
            MessageForm::Template(template, _) => self.are_among(template.fields()),
            _ => self.are_among([]),
        };
        let fields = self.fields.iter().zip(in_message);
        fields
            .filter(|(field, is_shown)| {
                *is_shown || field.has_use() || field.is_in_header || self.is_held(field)
            })
            .map(|(field, _)| field)
            .collect()
    }

    pub(crate) fn has_header_fields(&self) -> bool {
        self.fields.iter().any(Field::is_header)
    }

    /// The fields of which the specs tell more than that a message shows them.
    pub(crate) fn keyed_fields(&self) -> impl Iterator<Item = &Field<'a>> {
        self.fields.iter().filter(|field| field.is_keyed())
    }

    /// The fields that the message shows and that have no key, in the order in which they first stand there.
    pub(crate) fn fields_shown_besides(&self) -> impl Iterator<Item = &Field<'a>> {
        self.shown().into_iter().map(|position| &self.fields[position]).filter(|field| !field.is_keyed())
    }

    /// The fields for which a value is handed over, in the order of the specs, each with whether it stands in the
    /// message without a format.
    pub(crate) fn handed_over(&self) -> Vec<(&Field<'a>, bool)> {
        let as_they_are = match self.message() {
            MessageForm::Template(template, _) => {
                self.are_among(template.pieces.iter().filter_map(|piece| match piece {
                    Piece::Field { field, spec } if spec.is_empty() => Some(field.clone()),
                    Piece::Field { .. } | Piece::Text(_) => None,
                }))
            }
            _ => self.are_among([]),
        };
        let keyed = self.fields.iter().zip(&as_they_are).filter(|(field, _)| field.is_keyed());
        let mut fields: Vec<_> = keyed.map(|(field, is_shown)| (field, *is_shown)).collect();
        let shown = self.shown().into_iter().filter(|position| !self.fields[*position].is_keyed());
        fields.extend(shown.map(|position| (&self.fields[position], as_they_are[position])));
        fields
    }

    /// Which fields stand in the message, each once, in the order in which they first stand there.
    fn shown(&self) -> Vec<usize> {
        let MessageForm::Template(template, _) = self.message() else { return Vec::new() };
        let (mut shown, mut is_known) = (Vec::new(), vec![false; self.fields.len()]);
        for piece in &template.pieces {
            if let Piece::Field { field, .. } = piece
                && let Some(position) = self.position(field)
                && !std::mem::replace(&mut is_known[position], true)
            {
                shown.push(position);
            }
        }
        shown
    }
}

/// The text of a template without places. One with braces stays a template, as nobody could tell one of them from a
/// place in what the specs say.
fn constant_text(template: &Template) -> Option<String> {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) if !text.contains(['{', '}']) => Some(text.clone()),
        Piece::Text(_) | Piece::Field { .. } => None,
    };
    template.pieces.iter().map(text).collect()
}
