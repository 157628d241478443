//! What the middleware itself answers, as data. Takes the settings; gives a catalogue of the errors that they put in place
//! of foreign ones, and of those that follow from a status where they name none. Each stands there itself, and not as a
//! copy: a document that is made of several catalogues knows an error by its address, and tells it once.

use std::{ptr, slice};

use super::Settings;
use super::settings::Mapping;
use super::status_error;
use crate::render::look::spec_of;
use crate::spec::{Catalog, ErrorSpec, Nested};

/// The catalogue of these settings, whose parts stay for as long as the program runs, like those of types.
pub(super) fn of(settings: &Settings) -> Catalog {
    let made: Vec<&'static Catalog> = settings.mappings().filter_map(made).collect();
    let is_made = |spec: &ErrorSpec| made.iter().any(|catalog| has(catalog, spec));
    let mut parts: Vec<&'static Catalog> = Vec::new();
    for mapping in settings.mappings() {
        match mapping {
            // A type that stands there twice is shown once.
            Mapping::Made { catalog, .. } => parts.push(catalog),
            Mapping::Fixed(error) => {
                let spec = spec_of(&**error);
                if !is_made(spec) && !parts.iter().any(|part| has(part, spec)) {
                    parts.push(part(slice::from_ref(spec)));
                }
            }
        }
    }
    let is_mapped = |spec: &ErrorSpec| spec.status().and_then(|status| settings.mapping(status)).is_some();
    let others = status_error::table().split(is_mapped).filter(|others| !others.is_empty());
    parts.extend(others.map(part));
    let nested: Vec<_> = parts.into_iter().map(|part| (0, Nested::At(part))).collect();
    Catalog {
        description: "What the service answers where no handler of it does.",
        envelope: settings.envelope,
        nested: nested.leak(),
        ..NOTHING
    }
}

/// What all of it is called.
const NOTHING: Catalog = Catalog { type_name: "ErrorLayer", title: "Any request", ..Catalog::NOTHING };

fn part(specs: &'static [ErrorSpec]) -> &'static Catalog {
    Box::leak(Box::new(Catalog { specs, ..NOTHING }))
}

fn made(mapping: &Mapping) -> Option<&'static Catalog> {
    match mapping {
        Mapping::Made { catalog, .. } => Some(catalog),
        Mapping::Fixed(_) => None,
    }
}

/// Whether this very error stands in the catalogue.
fn has(catalog: &Catalog, spec: &ErrorSpec) -> bool {
    catalog.entries().any(|known| ptr::eq(known, spec))
}
