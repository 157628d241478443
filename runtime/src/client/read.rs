//! A body made into what is known: through the envelope, by the errors that were declared, and whatever is odd about it.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::failure::{Flaw, Known};
use super::found::{Found, closest};
use super::index::{Index, Rows, stricter};
use super::kept::Kept;
use super::rebuild::rebuild;
use super::text::Text;
use super::walk::walk;
use super::{Details, Evidence, Told, broken, strange};
use crate::api_error::Catalogued;
use crate::envelope::{Envelope, Slot};
use crate::spec::Catalog;

/// What a response has before its body.
pub(super) struct Head {
    pub(super) status: StatusCode,
    pub(super) told: Told,
}

/// How much is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) max_bytes: usize,
    pub(super) max_depth: usize,
}

/// Reads a body.
#[inline]
pub(super) fn read<E: Catalogued>(
    envelope: &'static Envelope,
    limits: Limits,
    head: Option<Head>,
    body: Bytes,
) -> Known<E> {
    let catalog = E::CATALOG;
    let (body, flaw) = whole_text(body, limits.max_bytes);
    let text = std::str::from_utf8(&body).unwrap_or_default();
    let Reading { flaw, envelope, is_guess, mut found } = read_text(catalog, envelope, limits, text, flaw);

    let index = Index::of(catalog);
    let answered = head.as_ref().map(|head| head.status);
    let said = answered.or_else(|| StatusCode::from_u16(found.status?).ok());
    let rows = if is_guess { None } else { rows_of(index, envelope, &found, flaw, answered, said) };
    let first = rows.and_then(|(rows, _)| rows.specs.first());
    let status = said.or_else(|| Some(first?.response_status())).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);

    let mut told = head.map_or_else(|| Told::of_head(status, &HeaderMap::new()), |head| head.told);
    let wait = closest(told.wait(), found.wait());
    told = told.with_wait(wait);
    let (mut specs, mut error) = (&[][..], None);
    if let Some((rows, agrees)) = rows {
        specs = rows.specs;
        let mut rule = rows.rule;
        if matches!(flaw, None | Some(Flaw::OtherShape)) {
            let code = found.code.take();
            let evidence = Evidence { code, status: answered, wait, details: found.details };
            if let Some(made) = rebuild::<E>(&evidence) {
                let spec = made.spec();
                error = Some(made);
                // Of several that it could have been, it is this one.
                if let Some(place) = specs.iter().position(|known| std::ptr::eq(*known, spec)) {
                    specs = specs.get(place..=place).unwrap_or(specs);
                    rule = if rows.specs.len() == 1 { rule } else { spec.retry() };
                }
            }
            found.code = evidence.code;
            found.details = evidence.details;
        }
        // Whoever changed the status may have had a reason: what either rule does not repeat is not repeated.
        told = told.with_rule(if agrees { rule } else { stricter(rule, told.rule()) });
    }

    let declared = first.filter(|_| found.code.is_some()).map(|spec| Text::Declared(spec.code()));
    let code = declared.unwrap_or_else(|| Text::keep(found.code, text));
    let message = Text::keep(found.message.or(found.title), text);
    let request_id = Text::keep(found.request_id, text);
    let details = Kept::new(&found.details, text);
    let contradicts = rows.is_some_and(|(_, agrees)| !agrees);
    Known {
        status,
        told,
        error,
        specs,
        flaw,
        contradicts,
        code,
        message,
        request_id,
        details,
        envelope,
        body,
    }
}

/// The text that is read of a body, which is all of it but where it is too long or no text.
fn whole_text(body: Bytes, max_bytes: usize) -> (Bytes, Option<Flaw>) {
    let (mut body, flaw) =
        if body.len() > max_bytes { (body.slice(..max_bytes), Some(Flaw::TooLarge)) } else { (body, None) };
    match std::str::from_utf8(&body) {
        Ok(_) => (body, flaw),
        // The end of what is read is in the middle of a character.
        Err(error) if flaw.is_some() && error.error_len().is_none() => {
            body.truncate(error.valid_up_to());
            (body, flaw)
        }
        Err(_) => {
            let text = String::from_utf8_lossy(&body).into_owned();
            (Bytes::from(text), flaw.or(Some(Flaw::NotUtf8)))
        }
    }
}

/// A text that was read.
struct Reading<'b> {
    flaw: Option<Flaw>,
    /// By which it was read.
    envelope: &'static Envelope,
    /// Whether it was read by none.
    is_guess: bool,
    found: Found<'b>,
}

fn read_text<'b>(
    catalog: &'static Catalog,
    envelope: &'static Envelope,
    limits: Limits,
    text: &'b str,
    mut flaw: Option<Flaw>,
) -> Reading<'b> {
    // Whoever reads JSON may pass over a byte order mark (RFC 8259 section 8.1).
    let json = text.strip_prefix('\u{feff}').unwrap_or(text);
    let nothing = |flaw| Reading { flaw: Some(flaw), envelope, is_guess: true, found: Found::default() };
    match json.trim_ascii_start().as_bytes().first() {
        Some(b'{' | b'[') => {}
        Some(_) if serde_json::from_str::<serde::de::IgnoredAny>(json).is_ok() => {
            return nothing(Flaw::OtherShape);
        }
        Some(_) => return nothing(flaw.unwrap_or(Flaw::NotJson)),
        None => return nothing(flaw.unwrap_or(Flaw::Empty)),
    }
    let is_deep = broken::is_deeper(json, limits.max_depth);
    if is_deep {
        flaw = flaw.or(Some(Flaw::TooDeep));
    }
    let (mut found, error) = walk(envelope, json);
    if let Some(error) = error {
        if error.is_eof() {
            flaw = flaw.or(Some(Flaw::Cut));
            if let Some(mended) = broken::mended(json) {
                // Nobody can tell whether its details are whole, so they are none.
                found.fill(walk(envelope, &mended).0.into_owned());
            }
        } else {
            flaw = flaw.or(Some(Flaw::NotJson));
        }
    }
    let (mut read_by, mut is_guess) = (envelope, false);
    if found.misfit {
        flaw = flaw.or(Some(Flaw::OtherShape));
        if found.code.is_none() || found.message.is_none() {
            match strange::by_another(envelope, &Index::of(catalog).held, json) {
                Some((other, by)) => {
                    is_guess = other.code.is_none();
                    (found, read_by) = (other, by);
                }
                None => {
                    is_guess = found.code.is_none();
                    found.fill(strange::guess(json));
                }
            }
        }
    }
    if is_deep || is_guess {
        found.details = Details::Nothing;
    }
    Reading { flaw, envelope: read_by, is_guess, found }
}

/// The errors that it may be, and whether the status of the response is one of theirs.
#[inline]
fn rows_of(
    index: &Index,
    envelope: &Envelope,
    found: &Found<'_>,
    flaw: Option<Flaw>,
    answered: Option<StatusCode>,
    said: Option<StatusCode>,
) -> Option<(Rows, bool)> {
    if let Some(code) = &found.code {
        return index.of_code(code, answered);
    }
    // Of a body that is not a whole one, the code may be what is missing.
    if flaw.is_some() {
        return None;
    }
    let shows_code = envelope.shows(|slot| slot == Slot::Code);
    let rows = if shows_code { index.omitting(said?) } else { index.of_status(said?) };
    Some((rows?, true))
}
