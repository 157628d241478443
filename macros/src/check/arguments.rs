//! Takes what stands behind a message as if it were an argument, as behind `#[error("…")]`; reports it with the message that
//! says the same with fields in its text.

use proc_macro2::{Literal, TokenStream};

use crate::attrs::variant::Message;
use crate::errors::Errors;
use crate::lang::Reason;
use crate::lang::template::{self, FieldRef, Piece, Template};
use crate::model::Variant;

/// A message shows fields and computes nothing: what it shows can be told of an error without a value.
pub(super) fn check(variant: &Variant<'_>, errors: &mut Errors) {
    let arguments = variant.attrs.attempted.arguments();
    if arguments.is_empty() {
        return;
    }
    let help = match rewritten(variant, arguments) {
        Some(text) => format!("write `message = {}` alone", Literal::string(&text)),
        None => "name fields in the text, as in `{id}` or `{0}`".to_owned(),
    };
    let tokens: TokenStream = arguments.iter().cloned().collect();
    let reason = Reason::new("a message has no arguments behind its text", help)
        .with_note("what has to be computed goes into the type's `Display`, which `message = display` shows");
    errors.at(tokens, &reason);
}

/// `"a {}"` with `.0` is `"a {0}"`; `None` where an argument is not a mere field.
fn rewritten(variant: &Variant<'_>, arguments: &[TokenStream]) -> Option<String> {
    let Message::Template(written, _) = &variant.attrs.message.as_ref()?.value else { return None };
    let arguments: Vec<Argument> = arguments.iter().map(Argument::from_tokens).collect::<Option<_>>()?;
    let mut pieces = written.pieces.clone();
    let mut next = 0;
    for piece in &mut pieces {
        let Piece::Field { field, .. } = piece else { continue };
        let argument = match field {
            FieldRef::Next => {
                next += 1;
                Some(arguments.get(next - 1)?)
            }
            FieldRef::Index(index) => Some(arguments.get(*index)?),
            FieldRef::Named(name) => arguments.iter().find(|argument| argument.name.as_ref() == Some(name)),
        };
        if let Some(argument) = argument {
            *field = FieldRef::Named(argument.field.clone());
        }
    }
    let text = Template { pieces }.written();
    let read = template::parse(&text).ok()?;
    read.fields().all(|field| variant.field(&field).is_some()).then_some(text)
}

/// An argument that shows a field: `.0`, `.id`, `self.id`, `id`, each perhaps behind a `name =`.
struct Argument {
    name: Option<String>,
    field: String,
}

impl Argument {
    fn from_tokens(tokens: &TokenStream) -> Option<Self> {
        let texts: Vec<String> = tokens.clone().into_iter().map(|token| token.to_string()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (name, value) = match texts.as_slice() {
            [name, "=", value @ ..] => (Some((*name).to_owned()), value),
            value => (None, value),
        };
        match value {
            [field] | [".", field] | ["self", ".", field] => Some(Self { name, field: (*field).to_owned() }),
            _ => None,
        }
    }
}
