//! What reading asks of a catalogue: the errors of a code or a status, the rule that they have in common, and the envelopes
//! of the types that are held. Found once for each type, and kept for as long as the program runs.

use std::sync::OnceLock;

use http::StatusCode;

use crate::const_checks::hash_of_code;
use crate::envelope::Envelope;
use crate::retry::RetryRule;
use crate::spec::{Catalog, ErrorSpec};

/// Errors that a response may be, and the rule for all of them.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) specs: &'static [&'static ErrorSpec],
    /// It repeats nothing that one of theirs does not.
    pub(super) rule: RetryRule,
}

/// What there is to know of a type.
#[derive(Debug)]
pub(super) struct Index {
    /// Sorted by length and code.
    codes: Vec<OfCode>,
    /// Those that omit their code, by status.
    omitting: Vec<(u16, Rows)>,
    /// All of a status, for envelopes that show no code.
    statuses: Vec<(u16, Rows)>,
    /// The envelopes of the types that are held, each once, without the type's own.
    pub(super) held: Vec<&'static Envelope>,
}

#[derive(Debug)]
pub(super) struct OfCode {
    pub(super) code: &'static str,
    /// By which expansions look it up.
    pub(super) hash: u64,
    pub(super) rows: Rows,
    /// The derive lets several errors of one code have no other.
    pub(super) status: StatusCode,
}

impl Index {
    /// That of this catalogue.
    #[inline]
    pub(super) fn of(catalog: &'static Catalog) -> &'static Self {
        kept(catalog)
    }

    fn new(catalog: &'static Catalog) -> Self {
        let mut specs: Vec<_> = catalog.entries().collect();
        let omitting = by_status(specs.iter().copied().filter(|spec| spec.omits_code()));
        let statuses = by_status(specs.iter().copied());
        // Stable: those of one code stay in the order of declaration.
        specs.sort_by_key(|spec| by_length(spec.code()));
        let codes = specs.chunk_by(|one, next| one.code() == next.code()).map(|of_code| OfCode {
            code: of_code.first().map_or("", |spec| spec.code()),
            hash: of_code.first().map_or(0, |spec| hash_of_code(spec.code())),
            rows: rows(of_code.to_vec()),
            status: of_code.first().map_or(StatusCode::INTERNAL_SERVER_ERROR, |spec| spec.response_status()),
        });
        let codes = codes.collect();
        Self { codes, omitting, statuses, held: held_envelopes(catalog) }
    }

    /// The errors of this code.
    #[inline]
    pub(super) fn of_code(&self, code: &str) -> Option<&OfCode> {
        let place = self.codes.binary_search_by(|known| by_length(known.code).cmp(&by_length(code))).ok()?;
        self.codes.get(place)
    }

    /// The errors of this status that omit their code.
    pub(super) fn omitting(&self, status: StatusCode) -> Option<&Rows> {
        find(&self.omitting, status)
    }

    /// The errors of this status.
    pub(super) fn of_status(&self, status: StatusCode) -> Option<&Rows> {
        find(&self.statuses, status)
    }
}

fn find(rows: &[(u16, Rows)], status: StatusCode) -> Option<&Rows> {
    rows.iter().find(|(of, _)| *of == status.as_u16()).map(|(_, rows)| rows)
}

/// Most codes differ in length, and lengths are compared faster than texts.
fn by_length(code: &str) -> (usize, &str) {
    (code.len(), code)
}

fn by_status(specs: impl Iterator<Item = &'static ErrorSpec>) -> Vec<(u16, Rows)> {
    let mut found: Vec<_> = specs.map(|spec| (spec.response_status().as_u16(), spec)).collect();
    found.sort_by_key(|(status, _)| *status);
    let of_status = found.chunk_by(|(one, _), (next, _)| one == next);
    let rows_of = |of_status: &[(u16, &'static ErrorSpec)]| {
        let (status, _) = of_status.first()?;
        Some((*status, rows(of_status.iter().map(|(_, spec)| *spec).collect())))
    };
    of_status.filter_map(rows_of).collect()
}

fn rows(specs: Vec<&'static ErrorSpec>) -> Rows {
    let rule =
        specs.iter().map(|spec| spec.retry()).reduce(RetryRule::or_stricter).unwrap_or(RetryRule::NEVER);
    Rows { specs: specs.leak(), rule }
}

fn held_envelopes(catalog: &'static Catalog) -> Vec<&'static Envelope> {
    let mut found: Vec<&'static Envelope> = Vec::new();
    let mut catalogs = vec![catalog];
    // Types may hold each other in layers: each is looked at once.
    let mut place = 0;
    while let Some(catalog) = catalogs.get(place).copied() {
        place += 1;
        if let Some(envelope) = catalog.envelope()
            && !found.iter().any(|known| known.is_same_constant(envelope))
        {
            found.push(envelope);
        }
        for held in catalog.nested() {
            if !catalogs.iter().any(|known| std::ptr::eq(*known, held)) {
                catalogs.push(held);
            }
        }
    }
    found.retain(|envelope| !catalog.envelope().is_some_and(|own| own.is_same_constant(envelope)));
    found
}

/// One index of a chain. A program has a number of types that it was written with, so that chains stay short.
struct Kept {
    of: &'static Catalog,
    index: Index,
    next: OnceLock<Box<Kept>>,
}

/// As many chains, so that a service with a type for each of its parts finds each at once.
const CHAINS: usize = 64;

static KEPT: [OnceLock<Box<Kept>>; CHAINS] = [const { OnceLock::new() }; CHAINS];

#[inline]
fn kept(catalog: &'static Catalog) -> &'static Index {
    // What is allocated or laid out begins at multiples of 8 or 16.
    let chain = (std::ptr::from_ref(catalog).addr() >> 4) % CHAINS;
    let mut place = KEPT.get(chain).unwrap_or(&KEPT[0]);
    loop {
        let new = || Box::new(Kept { of: catalog, index: Index::new(catalog), next: OnceLock::new() });
        let kept = place.get_or_init(new);
        if std::ptr::eq(kept.of, catalog) {
            return &kept.index;
        }
        place = &kept.next;
    }
}
