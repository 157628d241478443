//! What an error is: its declaration with the defaults applied, and what checking and expanding ask of it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Fields, LitStr};

use super::{Field, MessageForm, Variant};
use crate::attrs::container::ContainerAttrs;
use crate::attrs::either::{Header, Status};
use crate::attrs::field::FieldAttrs;
use crate::attrs::foreign::{ErrorText, deprecation, doc_comment, is_cause};
use crate::attrs::values::Spanned;
use crate::attrs::variant::{Message, VariantAttrs};
use crate::errors::Errors;
use crate::lang::template::{FieldRef, Piece, Template};
use crate::lang::{case, constant};

impl<'a> Variant<'a> {
    pub(super) fn new(
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
    pub(super) fn constant(&self, text: &Spanned<Template>) -> String {
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
