//! What `#[api(…)]` declares of all errors of a type. Takes the attributes of an enum, or one key of a struct; gives the
//! values of the container's keys.

use proc_macro2::Ident;
use std::time::Duration;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, LitStr, Path, Token, WherePredicate};

use super::either::{Header, Meta, Status, extend_headers, extend_meta, read_level, read_status};
use super::keys::ContainerKey;
use super::list::{Attempted, KeyAt, each_key};
use super::values::{
    Spanned, constant, filled, flag, holds, language, link, listed, name, path, string, text,
};
use crate::errors::Errors;
use crate::lang::case::{self, Case};
use crate::lang::template::Template;
use crate::lang::words::{did_you_mean, list, nearest};
use crate::lang::{Reason, code, retry};

/// The integrations that `skip(…)` may name.
pub(crate) const INTEGRATIONS: &[&str] = &["axum", "utoipa"];

/// The values of a container's keys.
#[derive(Default)]
pub(crate) struct ContainerAttrs {
    pub(crate) attempted: Attempted,
    /// `none`, which alone can be the status of several errors.
    pub(crate) status: Option<Spanned<Status>>,
    pub(crate) retry: Option<Spanned<retry::Rule>>,
    pub(crate) headers: Vec<Header>,
    pub(crate) meta: Vec<Meta>,
    /// The name of the `Level` constant.
    pub(crate) log: Option<&'static str>,
    pub(crate) section: Option<Spanned<Template>>,
    pub(crate) docs: Option<LitStr>,
    pub(crate) envelope: Option<Path>,
    pub(crate) rename_all: Option<Spanned<Case>>,
    pub(crate) rename_all_details: Option<Spanned<Case>>,
    pub(crate) backoff: Option<Spanned<Vec<Duration>>>,
    pub(crate) shared_codes: Vec<LitStr>,
    pub(crate) catalog_title: Option<LitStr>,
    /// The word itself.
    pub(crate) decode: Option<Ident>,
    /// The name of the enum of the codes.
    pub(crate) codes: Option<Ident>,
    pub(crate) skip: Vec<Ident>,
    pub(crate) bound: Vec<WherePredicate>,
    pub(crate) runtime: Option<Path>,
}

impl ContainerAttrs {
    pub(crate) fn from_syn(attrs: &[Attribute], errors: &mut Errors) -> Self {
        let mut found = Self::default();
        found.attempted =
            each_key(attrs, errors, |key, at, input, errors| found.read(key, at, input, errors));
        found
    }

    pub(super) fn read(
        &mut self,
        key: ContainerKey,
        at: &KeyAt,
        input: ParseStream<'_>,
        errors: &mut Errors,
    ) {
        match key {
            ContainerKey::Status => self.status = read_status_of_all(at, input, errors),
            ContainerKey::Retry => self.retry = language(at, input, retry::parse, errors),
            ContainerKey::Header => extend_headers(&mut self.headers, at, input, errors),
            ContainerKey::Meta => extend_meta(&mut self.meta, at, input, errors),
            ContainerKey::Log => self.log = read_level(at, input, errors),
            ContainerKey::Section => self.section = constant(at, input, errors),
            ContainerKey::Docs => self.docs = link(at, input, errors),
            ContainerKey::Envelope => self.envelope = path(at, input, "the path of a constant", errors),
            ContainerKey::RenameAll => {
                self.rename_all = language(at, input, case::from_name, errors);
            }
            ContainerKey::RenameAllDetails => {
                self.rename_all_details = language(at, input, case::of_details, errors);
            }
            ContainerKey::Backoff => {
                self.backoff = language(at, input, retry::parse_schedule, errors);
            }
            ContainerKey::SharedCodes => {
                let codes = listed(at, input, "codes, as strings", errors, <LitStr as Parse>::parse);
                self.shared_codes = codes.unwrap_or_default();
                self.shared_codes.retain(|text| holds(text, code::check, errors));
            }
            ContainerKey::CatalogTitle => self.catalog_title = text(at, input, errors),
            ContainerKey::Decode => self.decode = flag(at, input, errors).then(|| at.ident.clone()),
            ContainerKey::Codes => {
                self.codes = name(at, input, "the name of an enum, which it makes", errors);
            }
            ContainerKey::Skip => {
                self.skip =
                    listed(at, input, "names of integrations", errors, Ident::parse_any).unwrap_or_default();
                self.skip.iter().for_each(|name| check_integration(name, errors));
            }
            ContainerKey::Bound => self.bound = read_bound(at, input, errors),
            ContainerKey::Crate => self.runtime = path(at, input, "a path", errors),
        }
    }
}

/// `= none`: what never answers a request needs no status; what does has one of its own.
fn read_status_of_all(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Option<Spanned<Status>> {
    let status = read_status(at, input, errors)?;
    if status.value == Status::None {
        return Some(status);
    }
    let reason =
        Reason::new("a status belongs to one error, so it stands on a variant", "move it to the variant")
            .with_note(
                "on the enum only `status = none` can stand, where none of its errors answers a request",
            );
    errors.at(&status.tokens, &reason);
    None
}

/// `= "T: Display, Self: Error"`: what may stand behind `where`.
fn read_bound(at: &KeyAt, input: ParseStream<'_>, errors: &mut Errors) -> Vec<WherePredicate> {
    let parser = Punctuated::<WherePredicate, Token![,]>::parse_terminated;
    let fits = |text: &str| parser.parse_str(text).is_ok_and(|predicates| !predicates.is_empty());
    let Some(text) = filled(string(at, input, fits, errors), at, errors) else { return Vec::new() };
    match text.parse_with(parser) {
        Ok(predicates) => predicates.into_iter().collect(),
        Err(_) => {
            let wrong = format!("`{}` is nothing that may stand behind `where`", text.value());
            errors.at(&text, &Reason::new(wrong, format!("it looks like `{}`", at.key.form(at.place))));
            Vec::new()
        }
    }
}

fn check_integration(name: &Ident, errors: &mut Errors) {
    let word = name.to_string();
    if !INTEGRATIONS.contains(&word.as_str()) {
        let near = nearest(&word, INTEGRATIONS.iter().copied());
        let help = did_you_mean(near, || format!("what can be skipped is {}", list(INTEGRATIONS)));
        errors.at(name, &Reason::new(format!("unknown integration `{word}`"), help));
    }
}
