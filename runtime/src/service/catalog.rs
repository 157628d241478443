//! What the middleware itself answers, as data. Takes the settings; gives a catalogue of the errors that they put in place
//! of foreign ones, and of those that follow from a status where they name none.

use std::ptr;

use super::Settings;
use super::settings::Mapping;
use super::status_error;
use crate::render::look::spec_of;
use crate::spec::{Catalog, ErrorSpec, Nested};
use crate::status;

/// The catalogue of these settings, whose parts stay for as long as the program runs, like those of types.
pub(super) fn of(settings: &Settings) -> Catalog {
    let mut nested: Vec<&'static Catalog> = Vec::new();
    let mut fixed: Vec<&'static ErrorSpec> = Vec::new();
    for mapping in settings.mappings() {
        match mapping {
            Mapping::Fixed(error) => {
                let spec = spec_of(&**error);
                if !fixed.iter().any(|known| ptr::eq(*known, spec)) {
                    fixed.push(spec);
                }
            }
            // A type that stands there twice is shown once.
            Mapping::Made { catalog, .. } => nested.push(catalog),
        }
    }
    fixed.retain(|spec| !nested.iter().any(|catalog| catalog.entries().any(|known| ptr::eq(known, *spec))));
    let mut specs: Vec<ErrorSpec> = fixed.into_iter().map(|spec| ErrorSpec { ..*spec }).collect();
    let own = status::named().filter(|status| settings.mapping(*status).is_none());
    specs.extend(own.map(status_error::spec));
    Catalog {
        type_name: "ErrorLayer",
        title: "Any request",
        description: "What the service answers where no handler of it does.",
        envelope: settings.envelope,
        specs: specs.leak(),
        nested: nested.into_iter().map(|catalog| (0, Nested::At(catalog))).collect::<Vec<_>>().leak(),
        ..Catalog::NOTHING
    }
}
