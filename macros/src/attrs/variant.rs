//! What `#[api(…)]` declares of one error. Takes the attributes of a variant, or one key of a struct; gives the values of
//! the error's keys.

use proc_macro2::Ident;
use syn::parse::ParseStream;
use syn::{Attribute, LitStr, Token};

use super::either::{Header, Meta, Status, extend_headers, extend_meta, read_level, read_status};
use super::keys::ErrorKey;
use super::list::{Attempted, KeyAt, each_key, ends_here, take_to_comma};
use super::unquoted::not_a_string;
use super::values::{
    Spanned, constant, empty, expected, flag, holds, is_plain, language, link, listed, literal, one_of,
    refuse_value, string, text,
};
use crate::errors::Errors;
use crate::lang::case::Case;
use crate::lang::template::Template;
use crate::lang::{Reason, code, retry, template};

/// Where the message comes from, as it stands there.
pub(crate) enum Message {
    Template(Template, String),
    Display,
}

/// Who must do something, by the words of `act`.
const ACTORS: &[(&str, &str)] = &[("caller", "Caller"), ("operator", "Operator"), ("nobody", "Nobody")];

/// The values of one error's keys.
#[derive(Default)]
pub(crate) struct VariantAttrs {
    pub(crate) attempted: Attempted,
    pub(crate) status: Option<Spanned<Status>>,
    pub(crate) code: Option<LitStr>,
    pub(crate) retry: Option<Spanned<retry::Rule>>,
    pub(crate) message: Option<Spanned<Message>>,
    pub(crate) title: Option<Spanned<Template>>,
    pub(crate) description: Option<Spanned<Template>>,
    pub(crate) remedy: Option<Spanned<Template>>,
    /// The name of the `Act` constant.
    pub(crate) act: Option<&'static str>,
    pub(crate) example_request: Option<LitStr>,
    pub(crate) section: Option<Spanned<Template>>,
    pub(crate) docs: Option<LitStr>,
    pub(crate) headers: Vec<Header>,
    pub(crate) meta: Vec<Meta>,
    pub(crate) omits_code: Option<Ident>,
    /// The name of the `Level` constant.
    pub(crate) log: Option<&'static str>,
    pub(crate) transparent: Option<Ident>,
    /// The word in `decode = false`.
    pub(crate) not_decoded: Option<Ident>,
}

impl VariantAttrs {
    pub(crate) fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut found = Self::default();
        found.attempted =
            each_key(attrs, errors, |key, at, input, errors| found.read(key, at, input, errors));
        found
    }

    pub(super) fn read(&mut self, key: ErrorKey, at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) {
        match key {
            ErrorKey::Status => self.status = read_status(at, input, errors),
            ErrorKey::Code => {
                // In which case the type's codes are is not known here; most are in this one.
                let fits = |text: &str| code::check(text).is_ok() && Case::Snake.holds(text);
                self.code = string(at, input, fits, errors).filter(|text| holds(text, code::check, errors));
            }
            ErrorKey::Retry => self.retry = language(at, input, retry::parse, errors),
            ErrorKey::Message => self.message = read_message(at, input, errors),
            ErrorKey::Title => self.title = constant(at, input, errors),
            ErrorKey::Description => self.description = constant(at, input, errors),
            ErrorKey::Remedy => self.remedy = constant(at, input, errors),
            ErrorKey::Act => self.act = read_act(at, input, errors),
            ErrorKey::ExampleRequest => self.example_request = text(at, input, errors),
            ErrorKey::Section => self.section = constant(at, input, errors),
            ErrorKey::Docs => self.docs = link(at, input, errors),
            ErrorKey::Header => extend_headers(&mut self.headers, at, input, errors),
            ErrorKey::Meta => extend_meta(&mut self.meta, at, input, errors),
            ErrorKey::Omit => {
                let is_code = |content: ParseStream<'_>| {
                    let ident: Ident = content.parse()?;
                    if ident == "code" { Ok(ident) } else { Err(content.error("not `code`")) }
                };
                let words = listed(at, input, "the word `code`", errors, is_code);
                self.omits_code = words.and_then(|mut words| words.pop());
            }
            ErrorKey::Log => self.log = read_level(at, input, errors),
            ErrorKey::Decode => self.not_decoded = read_not_decoded(at, input, errors),
            ErrorKey::Transparent => self.transparent = flag(at, input, errors).then(|| at.ident.clone()),
        }
    }
}

/// `= "…"` or `= display`.
fn read_message(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<Spanned<Message>> {
    if input.peek(Token![=]) {
        let _ = input.parse::<Token![=]>();
        if let Some(text) = literal::<LitStr>(input) {
            if !is_plain(&text, errors) {
                return None;
            }
            let value = text.value();
            if value.trim().is_empty() {
                errors.at(text, &empty(at.key));
                return None;
            }
            return match template::parse(&value) {
                Ok(template) => Some(Spanned::new(Message::Template(template, value), text)),
                Err(reason) => {
                    errors.at(text, &reason);
                    None
                }
            };
        }
        if let Ok(word) = input.fork().parse::<Ident>()
            && word == "display"
        {
            let _ = input.parse::<Ident>();
            return Some(Spanned::new(Message::Display, word));
        }
    }
    let found = take_to_comma(&input.fork());
    let is_string = |text: &str| found.to_string().contains('"') && template::parse(text).is_ok();
    let mut reason = not_a_string(expected(at, "a string, or the word `display`"), at, &found, is_string);
    if found.to_string().eq_ignore_ascii_case("display") {
        "write `message = display`".clone_into(&mut reason.help);
    }
    refuse_value(at, input, &reason, errors);
    None
}

/// `= false`: what is rebuilt of all others is said on the enum.
fn read_not_decoded(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<Ident> {
    if input.peek(Token![=]) {
        let fork = input.fork();
        let _ = fork.parse::<Token![=]>();
        if fork.parse::<syn::LitBool>().is_ok_and(|word| !word.value) && ends_here(&fork) {
            take_to_comma(input);
            return Some(at.ident.clone());
        }
    }
    let reason = Reason::new(
        "on a variant, `decode` says that this error is not rebuilt",
        "write `decode = false`, or put `decode` on the enum, which is for all of its errors",
    );
    refuse_value(at, input, &reason, errors);
    None
}

/// `= "caller"`, as the name of the `Act` constant.
fn read_act(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<&'static str> {
    one_of(at, input, ACTORS, ["unknown actor", "those who can act are"], errors)
}
