//! A body made into what is known: through the envelope, by the errors that were declared, and whatever is odd about it.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::failure::{Flaw, Known};
use super::found::{Found, closest};
use super::index::{Index, OfCode};
use super::kept::Kept;
use super::text::Text;
use super::walk::{found_in, walk};
use super::{broken, strange};
use crate::api_error::Catalogued;
use crate::client::rebuilding::rebuild;
use crate::client::{Details, Evidence, Told};
use crate::envelope::{Envelope, NESTED, Slot};
use crate::retry::RetryRule;
use crate::spec::ErrorSpec;

static DEFAULT_ENVELOPE: Envelope = NESTED;

/// What a response has before its body.
pub(super) struct Head {
    pub(super) status: StatusCode,
    pub(super) told: Told,
}

/// What a reader was told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Settings {
    /// The service's.
    pub(super) envelope: Option<&'static Envelope>,
    pub(super) max_bytes: usize,
    pub(super) max_depth: usize,
}

/// Reads a body.
#[inline]
pub(super) fn read<E: Catalogued>(settings: &Settings, head: Option<Head>, mut body: Bytes) -> Box<Known<E>> {
    let mut flaw = None;
    if body.len() > settings.max_bytes {
        body.truncate(settings.max_bytes);
        flaw = Some(Flaw::TooLarge);
    }
    let mut known = match std::str::from_utf8(&body) {
        Ok(text) => read_text(settings, head, text, flaw),
        Err(error) => {
            if flaw.is_some() && error.error_len().is_none() {
                // The end of what is read is in the middle of a character.
                body.truncate(error.valid_up_to());
            } else {
                body = Bytes::from(String::from_utf8_lossy(&body).into_owned());
                flaw = flaw.or(Some(Flaw::NotUtf8));
            }
            read_text(settings, head, std::str::from_utf8(&body).unwrap_or_default(), flaw)
        }
    };
    known.body = body;
    known
}

/// Reads the text of a body. Whose it is, is put into what this gives.
#[inline]
fn read_text<E: Catalogued>(
    settings: &Settings,
    head: Option<Head>,
    text: &str,
    flaw: Option<Flaw>,
) -> Box<Known<E>> {
    let index = Index::of(E::CATALOG);
    let mut found = Found::default();
    let envelope = E::CATALOG.envelope().or(settings.envelope).unwrap_or(&DEFAULT_ENVELOPE);
    let by = By { envelope, is_guess: false, flaw };
    let By { envelope, is_guess, flaw } = find(index, by, settings, text, &mut found);
    let answered = head.as_ref().map(|head| head.status);
    let Match { specs, rule, contradicts, code } =
        if is_guess { Match::NONE } else { matching(index, envelope, &found, flaw, answered) };
    let said = answered.or_else(|| StatusCode::from_u16(found.status?).ok());
    let status = said.or_else(|| Some(specs.first()?.response_status()));
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);

    let told = head.map_or_else(|| Told::of_head(status, &HeaderMap::new()), |head| head.told);
    let wait = closest(told.wait(), found.wait());
    let (mut specs, mut rule, mut error) = (specs, rule, None);
    if let Some(OfCode { code, hash, .. }) = code
        && matches!(flaw, None | Some(Flaw::OtherShape))
    {
        // That there are none is known where they would have stood in the body.
        let is_told =
            !matches!(found.details, Details::Nothing) || !found.misfit && envelope.shows_all_details();
        let details = is_told.then_some(&found.details);
        error = rebuild::<E>(&Evidence { code, hash: *hash, wait, details });
        // Of several that it could have been, it is this one.
        if let (Some(error), [_, _, ..]) = (&error, specs) {
            let spec = error.spec();
            if let Some(place) = specs.iter().position(|known| std::ptr::eq(*known, spec)) {
                (specs, rule) = (specs.get(place..=place).unwrap_or(specs), Some(spec.retry()));
            }
        }
    }
    let rule = match rule {
        None => told.rule(),
        // Whoever changed the status may have had a reason: what either rule does not repeat is not repeated.
        Some(rule) if contradicts => rule.or_stricter(told.rule()),
        Some(rule) => rule,
    };
    let declared = match specs {
        // Where the body shows no code, the status may tell which it is.
        [one] => Some(one.code()),
        _ => code.map(|known| known.code),
    };
    let message = if found.message.is_some() { &mut found.message } else { &mut found.title };
    Box::new(Known {
        status,
        told: told.with_wait(wait).with_rule(rule).with_code(declared),
        error,
        specs,
        flaw,
        contradicts,
        code: code.map_or_else(|| Text::keep(&mut found.code, text), |known| Text::Declared(known.code)),
        message: Text::keep(message, text),
        request_id: Text::keep(&mut found.request_id, text),
        details: Kept::new(&found, text),
        envelope,
        body: Bytes::new(),
    })
}

/// How a text was read.
struct By {
    envelope: &'static Envelope,
    /// Whether it was in no envelope.
    is_guess: bool,
    flaw: Option<Flaw>,
}

/// Finds in a text what there is to find.
#[inline]
fn find<'b>(index: &Index, mut by: By, settings: &Settings, text: &'b str, found: &mut Found<'b>) -> By {
    // Whoever reads JSON may pass over a byte order mark (RFC 8259 section 8.1).
    let json = text.strip_prefix('\u{feff}').unwrap_or(text);
    let error = walk(by.envelope, json, found);
    let is_deep = broken::is_deeper(json, settings.max_depth);
    if error.is_none() && !is_deep && !found.misfit {
        return by;
    }
    odd(index, settings, &mut by, json, error, is_deep, found);
    by
}

/// Finds in an odd text what there is besides.
#[cold]
fn odd<'b>(
    index: &Index,
    settings: &Settings,
    by: &mut By,
    json: &'b str,
    error: Option<serde_json::Error>,
    is_deep: bool,
    found: &mut Found<'b>,
) {
    let is_structured = json.trim_ascii_start().starts_with(['{', '[']);
    if error.is_some() && !matches!(found.details, Details::Whole(_)) {
        // More of them may have stood behind.
        found.details = Details::Nothing;
        found.fields.clear();
    }
    let flaw = match error {
        _ if json.trim_ascii().is_empty() => Flaw::Empty,
        _ if is_deep => Flaw::TooDeep,
        Some(error) if error.is_eof() && is_structured => Flaw::Cut,
        Some(_) => Flaw::NotJson,
        None => Flaw::OtherShape,
    };
    by.flaw = by.flaw.or(Some(flaw));
    if !is_structured {
        by.is_guess = true;
        return;
    }
    if matches!(by.flaw, Some(Flaw::Cut | Flaw::TooLarge))
        && let Some(mended) = broken::mended(json)
    {
        // Nobody can tell whether its details are whole, so they are none.
        found.fill(found_in(by.envelope.shape(), by.envelope.reserved(), &mended).into_owned());
    }
    if found.misfit && (found.code.is_none() || found.message.is_none()) {
        let others = index.held.iter().copied().chain(settings.envelope);
        match strange::by_another(by.envelope, others, json) {
            Some((other, envelope)) => {
                by.is_guess = other.code.is_none();
                by.envelope = envelope;
                *found = other;
            }
            None => {
                by.is_guess = found.code.is_none();
                found.fill(strange::guess(json));
            }
        }
    }
    if is_deep || by.is_guess {
        found.details = Details::Nothing;
        found.fields.clear();
    }
}

/// What of the declarations a body tells of.
struct Match<'i> {
    specs: &'static [&'static ErrorSpec],
    rule: Option<RetryRule>,
    contradicts: bool,
    code: Option<&'i OfCode>,
}

impl Match<'_> {
    const NONE: Self = Self { specs: &[], rule: None, contradicts: false, code: None };
}

#[inline]
fn matching<'i>(
    index: &'i Index,
    envelope: &Envelope,
    found: &Found<'_>,
    flaw: Option<Flaw>,
    answered: Option<StatusCode>,
) -> Match<'i> {
    if let Some(code) = &found.code {
        let Some(known) = index.of_code(code) else { return Match::NONE };
        let contradicts = answered.is_some_and(|status| status != known.status);
        return Match {
            specs: known.rows.specs,
            rule: Some(known.rows.rule),
            contradicts,
            code: Some(known),
        };
    }
    // Of a body that is not a whole one, the code may be what is missing.
    let status = answered.or_else(|| StatusCode::from_u16(found.status?).ok());
    let (None, Some(status)) = (flaw, status) else { return Match::NONE };
    let shows_code = envelope.shows(|slot| slot == Slot::Code);
    let rows = if shows_code { index.omitting(status) } else { index.of_status(status) };
    rows.map_or(Match::NONE, |rows| Match { specs: rows.specs, rule: Some(rows.rule), ..Match::NONE })
}
