//! Takes the codes of a declaration; reports those in another case than the type's, those that stand for several errors,
//! and those that are called shared and are not. What many codes have in common is told once, with the one line that mends
//! it: whoever ports a contract of hundred codes made one mistake and not hundred.

use std::collections::{HashMap, HashSet};

use quote::ToTokens;
use syn::LitStr;

use super::{MANY, MOST_UNKNOWN};
use crate::attrs::keys::{ContainerKey, ErrorKey};
use crate::errors::Errors;
use crate::lang::case::Case;
use crate::lang::words::{did_you_mean, list, nearest, shortened};
use crate::lang::{Reason, code};
use crate::model::{Input, Variant};

/// So many codes that recur are told of one by one.
const MOST_APART: usize = 8;

pub(super) fn check(input: &Input<'_>, errors: &mut Errors) {
    for variant in input.own() {
        check_left_out(variant, errors);
    }
    check_case(input, errors);
    check_recurring(input, errors);
    check_shared_codes(input, errors);
}

/// A code that is left out is made of the variant's name, which may have letters that no code has.
fn check_left_out(variant: &Variant<'_>, errors: &mut Errors) {
    if !variant.attrs.attempted.has(ErrorKey::Code)
        && let Err(reason) = code::check(&variant.code)
    {
        let rule = reason.note.unwrap_or(reason.help);
        let reason = Reason::new(reason.wrong, "give it a `code` of its own").with_note(rule);
        errors.at(variant.ident, &reason);
    }
}

/// Codes follow the spelling of their type, so that a client's author can guess the next one.
fn check_case(input: &Input<'_>, errors: &mut Errors) {
    // Which case is meant is not known where its name is misspelt.
    if input.attrs.rename_all.is_none() && input.attempted(ContainerKey::RenameAll) {
        return;
    }
    let case = input.attrs.case();
    let broken: Vec<(&Variant<'_>, &LitStr)> =
        written(input).filter(|(variant, _)| !case.holds(&variant.code)).collect();
    let fitting =
        if broken.is_empty() { None } else { Case::OFFERED.into_iter().find(|other| fits(input, *other)) };
    // Where others keep to the case, and are the most by far, these few are slips.
    let are_slips = fitting.is_none() && 4 * broken.len() < written(input).count();
    if broken.len() < MANY || are_slips {
        for (variant, written) in broken {
            errors.at(written, &in_another_case(input, variant));
        }
        return;
    }
    let mut seen = HashSet::new();
    let codes: Vec<&str> =
        broken.iter().map(|(variant, _)| &*variant.code).filter(|code| seen.insert(*code)).collect();
    let wrong = format!(
        "{} codes of `{}` are not in {}: {}",
        codes.len(),
        input.ident,
        case.name(),
        shortened(&codes, MANY)
    );
    let rename_all = fitting.unwrap_or(Case::Any).name();
    let as_they_are = if fitting.is_none() { ", which takes codes as they are" } else { "" };
    let mut reason = Reason::new(wrong, format!("{}{as_they_are}", rename(input, rename_all)));
    if let Some(first) = left_out(input).next() {
        let (name, then) = (first.name(), fitting.unwrap_or(Case::Any).of_variant(&first.name()));
        if then != first.code {
            reason = reason
                .with_note(format!("codes that are left out follow: that of `{name}` is `{then}` then"));
        }
    }
    match &input.attrs.rename_all {
        Some(written) => errors.at(&written.tokens, &reason),
        None => errors.at(input.ident, &reason),
    }
}

fn in_another_case(input: &Input<'_>, variant: &Variant<'_>) -> Reason {
    let (case, code) = (input.attrs.case(), &variant.code);
    let respelled = case.respell(code);
    let is_free = !respelled.is_empty() && input.own().all(|other| other.code != respelled);
    let write = if is_free { format!("write `{respelled}`") } else { "write another one".to_owned() };
    let wrong = format!("code `{code}` is not in {}", case.name());
    Reason::new(wrong, format!("{write}, or {}", rename(input, Case::Any.name())))
}

/// What to do for codes of this case: a key stands once in each place.
fn rename(input: &Input<'_>, case: &str) -> String {
    match input.attrs.rename_all {
        Some(_) => format!("write `rename_all = \"{case}\"`"),
        None => format!("put `#[api(rename_all = \"{case}\")]` on the {}", input.kind()),
    }
}

/// Whether the type would be well spelled in this case: its written codes are in it, and those that are left out, which
/// follow, are then neither another error's nor called shared by the name that they have now.
fn fits(input: &Input<'_>, case: Case) -> bool {
    let (taken, shared) =
        (written(input).map(|(other, _)| &*other.code).collect::<HashSet<_>>(), shared(input));
    written(input).all(|(variant, _)| case.holds(&variant.code))
        && left_out(input).all(|variant| {
            let then = case.of_variant(&variant.name());
            !taken.contains(&*then) && !shared.contains(&variant.code)
        })
}

fn written<'i>(input: &'i Input<'_>) -> impl Iterator<Item = (&'i Variant<'i>, &'i LitStr)> {
    input.own().filter_map(|variant| Some((variant, variant.attrs.code.as_ref()?)))
}

fn left_out<'i>(input: &'i Input<'_>) -> impl Iterator<Item = &'i Variant<'i>> {
    input.own().filter(|variant| !variant.attrs.attempted.has(ErrorKey::Code))
}

/// A code stands for one error: what a client does by it must not depend on who answered.
fn check_recurring(input: &Input<'_>, errors: &mut Errors) {
    // Which codes may be shared is unknown where that could not be read, which is reported.
    if input.attrs.shared_codes.is_empty() && is_shared_codes_meant(input) {
        return;
    }
    let shared = shared(input);
    let recurring: Vec<(&str, Vec<&Variant<'_>>)> = by_code(input)
        .into_iter()
        .filter(|(code, having)| having.len() > 1 && !shared.contains(*code))
        .collect();
    if recurring.len() > MOST_APART {
        let codes: Vec<&str> = recurring.iter().map(|(code, _)| *code).collect();
        let wrong = format!(
            "{} codes stand for several errors of `{}` each: {}",
            recurring.len(),
            input.ident,
            shortened(&codes, MANY)
        );
        errors.at(input.ident, &Reason::new(wrong, share(input, &recurring)));
        return;
    }
    for (index, (code, having)) in recurring.iter().enumerate() {
        let [first, second, ..] = having.as_slice() else { continue };
        let count = if having.len() == 2 { "two".to_owned() } else { having.len().to_string() };
        let wrong = format!(
            "code `{code}` stands for {count} errors of `{}`: {}",
            input.ident,
            list(having.iter().map(|variant| variant.name()))
        );
        // Of many the names say where it stands.
        if recurring.len() < MANY {
            errors.first_was_here(first.code_tokens(), &format!("code `{code}` is first used here"));
        }
        // The line that mends all of them stands at the first.
        if index == 0 {
            errors.at(second.code_tokens(), &Reason::new(wrong, share(input, &recurring)));
        } else {
            errors.without_help(second.code_tokens(), &wrong);
        }
    }
}

fn share(input: &Input<'_>, recurring: &[(&str, Vec<&Variant<'_>>)]) -> String {
    let shared = input.attrs.shared_codes.iter().map(LitStr::value);
    let codes = shared.chain(recurring.iter().map(|(code, _)| (*code).to_owned()));
    let codes: Vec<String> = codes.map(|code| format!("\"{code}\"")).collect();
    let line = format!("shared_codes({})", codes.join(", "));
    let how = if input.attrs.shared_codes.is_empty() {
        format!("put `#[api({line})]` on the enum")
    } else {
        format!("write `{line}` on the enum")
    };
    match recurring {
        [(_, having)] if having.len() == 2 => format!("rename one, or {how}"),
        [_] => format!("rename them, or {how}"),
        _ => format!("rename them, or {how}, which lets all of these recur"),
    }
}

/// The errors that have each code, in the order of the declaration.
fn by_code<'i>(input: &'i Input<'_>) -> Vec<(&'i str, Vec<&'i Variant<'i>>)> {
    let mut found: Vec<(&str, Vec<&Variant<'_>>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for variant in input.own().filter(|variant| !is_unknown(variant)) {
        let place = *places.entry(&variant.code).or_insert(found.len());
        match found.get_mut(place) {
            Some((_, having)) => having.push(variant),
            None => found.push((&variant.code, vec![variant])),
        }
    }
    found
}

fn shared(input: &Input<'_>) -> HashSet<String> {
    input.attrs.shared_codes.iter().map(LitStr::value).collect()
}

/// Whether a code was written that cannot be read, which is reported.
fn is_unknown(variant: &Variant<'_>) -> bool {
    variant.attrs.attempted.has(ErrorKey::Code) && variant.attrs.code.is_none()
}

fn is_shared_codes_meant(input: &Input<'_>) -> bool {
    input.attempted(ContainerKey::SharedCodes)
        || input.variants.iter().any(|variant| variant.attrs.attempted.means(ContainerKey::SharedCodes))
}

/// A list that names what is not shared misleads whoever reads it. Which codes a held type has is not known here.
fn check_shared_codes(input: &Input<'_>, errors: &mut Errors) {
    if input.variants.iter().any(|variant| variant.is_transparent() || is_unknown(variant)) {
        return;
    }
    // The list itself cannot be empty.
    let take_out = || match *input.attrs.shared_codes {
        [_] => "take `shared_codes` away".to_owned(),
        _ => "take it out of `shared_codes`".to_owned(),
    };
    if input.attrs.shared_codes.is_empty() {
        return;
    }
    let codes = by_code(input);
    let having: HashMap<&str, &[&Variant<'_>]> =
        codes.iter().map(|(code, having)| (*code, having.as_slice())).collect();
    let mut unknown = 0;
    for shared in &input.attrs.shared_codes {
        let code = shared.value();
        let reason = match having.get(code.as_str()) {
            Some([only]) => {
                let wrong = format!("the code `{code}` is not shared: `{}` alone has it", only.name());
                Reason::new(wrong, take_out())
            }
            Some(_) => continue,
            None => {
                let recurring = codes.iter().filter(|(_, having)| having.len() > 1).map(|(code, _)| *code);
                unknown += 1;
                let near = if unknown > MOST_UNKNOWN { None } else { nearest(&code, recurring) };
                let help = did_you_mean(near, take_out);
                Reason::new(format!("no error of `{}` has the code `{code}`", input.ident), help)
            }
        };
        errors.at(shared.to_token_stream(), &reason);
    }
}
