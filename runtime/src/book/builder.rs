//! Puts a contract together. Takes catalogues and what else there is to say of an API; gives the whole.

use super::contract::{Body, Codes, Contract, Member, PageSection, Retired};
use super::entry::{Entry, Origin, Samples};
use super::source::Source;
use crate::envelope::{Envelope, NESTED};
use crate::spec::{Catalog, ErrorSpec};

static DEFAULT_ENVELOPE: Envelope = NESTED;

/// Collects what belongs to a [`Contract`]; made by [`Contract::builder`].
#[derive(Debug)]
#[must_use = "`build` gives the contract"]
pub struct ContractBuilder {
    contract: Contract,
    envelope: Option<&'static Envelope>,
    catalogs: Vec<&'static Catalog>,
    middleware: Vec<&'static ErrorSpec>,
    request_id: String,
    values: Vec<(String, String)>,
}

impl ContractBuilder {
    pub(super) fn new(title: String) -> Self {
        Self {
            contract: Contract::empty(title),
            envelope: None,
            catalogs: Vec::new(),
            middleware: Vec::new(),
            request_id: "req_01hq3k9vz8".to_owned(),
            values: Vec::new(),
        }
    }

    /// The errors of a type, and of those that it holds. Several add up.
    pub fn catalog(mut self, catalog: &'static Catalog) -> Self {
        self.catalogs.push(catalog);
        self
    }

    /// What the middleware around the service answers by itself.
    pub fn middleware(mut self, specs: impl IntoIterator<Item = &'static ErrorSpec>) -> Self {
        self.middleware.extend(specs);
        self
    }

    /// The envelope of the service, for the types that name none. Left out: that of the first catalogue that names one,
    /// else [`NESTED`].
    pub fn envelope(mut self, envelope: &'static Envelope) -> Self {
        self.envelope = Some(envelope);
        self
    }

    /// The API's own version.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.contract.version = Some(version.into());
        self
    }

    /// The introduction, in Markdown. Left out: the doc comment of the first type that has one.
    pub fn description(mut self, markdown: impl Into<String>) -> Self {
        self.contract.description = Some(markdown.into());
        self
    }

    /// The response header that tells the request id.
    pub fn request_id_header(mut self, name: impl Into<String>) -> Self {
        self.contract.request_id_header = Some(name.into());
        self
    }

    /// The request id that examples show.
    pub fn example_request_id(mut self, id: impl Into<String>) -> Self {
        self.request_id = id.into();
        self
    }

    /// What examples show in the envelope's slot `context.NAME`.
    pub fn example_value(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.push((name.into(), value.into()));
        self
    }

    /// A text of the service's own, in Markdown, under a heading of the page: `introduction`, `statuses`, `retrying` or
    /// `reporting`.
    pub fn note(mut self, place: impl Into<String>, markdown: impl Into<String>) -> Self {
        let section = PageSection { place: place.into(), title: None, markdown: markdown.into() };
        self.contract.sections.push(section);
        self
    }

    /// A part of the page of the service's own, in Markdown, under a heading of its own.
    pub fn part(
        mut self,
        name: impl Into<String>,
        title: impl Into<String>,
        markdown: impl Into<String>,
    ) -> Self {
        let section =
            PageSection { place: name.into(), title: Some(title.into()), markdown: markdown.into() };
        self.contract.sections.push(section);
        self
    }

    /// Says that no further codes will come.
    pub fn closed_codes(mut self) -> Self {
        self.contract.codes = Codes::Closed;
        self
    }

    /// The codes that are no more, as a lock file tells them.
    pub fn retired(mut self, retired: impl IntoIterator<Item = Retired>) -> Self {
        self.contract.retired.extend(retired);
        self
    }

    /// The contract.
    #[must_use]
    pub fn build(self) -> Contract {
        let Self { mut contract, envelope, catalogs, middleware, request_id, values } = self;
        let first = catalogs.iter().find_map(|catalog| catalog.envelope());
        let of_service = envelope.or(first).unwrap_or(&DEFAULT_ENVELOPE);
        let mut envelopes: Vec<&'static Envelope> = vec![of_service];
        if contract.description.is_none() {
            contract.description =
                catalogs.iter().find_map(|catalog| catalog.description()).map(str::to_owned);
        }
        let header = contract.request_id_header.clone();
        let mut seen = std::collections::HashSet::new();
        for catalog in &catalogs {
            let envelope = catalog.envelope().unwrap_or(of_service);
            let body = place_of(envelope, &mut envelopes);
            let samples = Samples {
                envelope,
                request_id: &request_id,
                request_id_header: header.as_deref(),
                values: &values,
            };
            let owners = owners(catalog);
            #[cfg(any(feature = "schemars", feature = "utoipa"))]
            let typed = super::typed::TypedFields::new(&owners);
            for (owner, spec, source) in with_owners(catalog, &owners) {
                if seen.insert(std::ptr::from_ref(spec)) {
                    #[allow(unused_mut, reason = "only types with a schema of their own change it")]
                    let mut entry = Entry::new(spec, owner, Origin::Service, body, source, &samples);
                    #[cfg(any(feature = "schemars", feature = "utoipa"))]
                    typed.fill(spec, &mut entry);
                    contract.errors.push(entry);
                }
            }
            for code in catalog.shared_codes() {
                if !contract.shared_codes.iter().any(|known| known == code) {
                    contract.shared_codes.push((*code).to_owned());
                }
            }
        }
        let samples = Samples {
            envelope: of_service,
            request_id: &request_id,
            request_id_header: header.as_deref(),
            values: &values,
        };
        for spec in middleware {
            if seen.insert(std::ptr::from_ref(spec)) {
                contract.errors.push(Entry::new(spec, "", Origin::Middleware, 0, None, &samples));
            }
        }
        contract.bodies = envelopes.into_iter().map(Body::new).collect();
        find_successors(&mut contract);
        contract
    }
}

/// What the builder has so far.
impl From<ContractBuilder> for Contract {
    fn from(builder: ContractBuilder) -> Self {
        builder.build()
    }
}

/// All errors of a type. The title is that of its catalogue, with `API` in place of `error` or `errors`.
impl From<&'static Catalog> for Contract {
    fn from(catalog: &'static Catalog) -> Self {
        Self::from(&[catalog])
    }
}

/// All errors of some types. The title is that of the first, with `API` in place of `error` or `errors`.
impl<const N: usize> From<&[&'static Catalog; N]> for Contract {
    fn from(catalogs: &[&'static Catalog; N]) -> Self {
        let title = catalogs.first().map_or("", |catalog| catalog.title());
        let of_what = title.strip_suffix(" errors").or_else(|| title.strip_suffix(" error"));
        let title = of_what.map_or_else(|| title.to_owned(), |of_what| format!("{of_what} API"));
        catalogs.iter().fold(Self::builder(title), |builder, catalog| builder.catalog(catalog)).build()
    }
}

/// Which of the envelopes this is; a new one is added.
fn place_of(envelope: &'static Envelope, envelopes: &mut Vec<&'static Envelope>) -> usize {
    // One constant may stand at several addresses; what looks alike is one to readers.
    let is_same = |known: &&'static Envelope| {
        known.is_same_constant(envelope) || Body::new(known) == Body::new(envelope)
    };
    envelopes.iter().position(is_same).unwrap_or_else(|| {
        envelopes.push(envelope);
        envelopes.len() - 1
    })
}

/// The catalogue and all that it holds, each once. Not by their tables: types that have no errors of their own all have the
/// empty one, and one type with several arguments has one table and holds something else with each.
fn owners(catalog: &'static Catalog) -> Vec<&'static Catalog> {
    let mut owners: Vec<&'static Catalog> = vec![catalog];
    let mut seen = std::collections::HashSet::from([std::ptr::from_ref(catalog)]);
    let mut index = 0;
    while let Some(catalog) = owners.get(index).copied() {
        for held in catalog.nested() {
            if seen.insert(std::ptr::from_ref(held)) {
                owners.push(held);
            }
        }
        index += 1;
    }
    owners
}

/// Every error once, with the type that declares it and the place where it stands.
fn with_owners(
    catalog: &'static Catalog,
    owners: &[&'static Catalog],
) -> Vec<(&'static str, &'static ErrorSpec, Option<Source>)> {
    let mut places = std::collections::HashMap::new();
    for owner in owners {
        let (file, lines) = owner.places;
        for (index, spec) in owner.specs.iter().enumerate() {
            let source = lines.get(index).map(|line| Source::new(file, *line));
            places.insert(std::ptr::from_ref(spec), (owner.type_name(), source));
        }
    }
    let with_owner = |spec: &'static ErrorSpec| {
        let (owner, source) = places.get(&std::ptr::from_ref(spec)).cloned().unwrap_or_default();
        (owner, spec, source)
    };
    catalog.entries().map(with_owner).collect()
}

/// What is to be used in place of a deprecated error: the first code that its note names in backticks.
fn find_successors(contract: &mut Contract) {
    let codes: Vec<String> = contract.errors.iter().map(|error| error.code.clone()).collect();
    for error in &mut contract.errors {
        let Some(deprecation) = &mut error.deprecated else { continue };
        let mut named = deprecation.note.split('`').skip(1).step_by(2);
        deprecation.successor = named
            .find(|word| *word != error.code && codes.iter().any(|code| code == word))
            .map(str::to_owned);
    }
}

impl Body {
    fn new(envelope: &'static Envelope) -> Self {
        let member = |slot: crate::envelope::EnvelopeSlot| Member {
            pointer: slot.pointer,
            slot: slot.name,
            required: !slot.may_be_left_out,
            nullable: slot.may_be_null,
        };
        Self {
            media_type: envelope.media_type().to_owned(),
            members: envelope.slots().map(member).collect(),
            schema: envelope.schema(),
        }
    }
}
