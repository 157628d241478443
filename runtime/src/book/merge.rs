//! Several services' contracts as one. Takes contracts, most often from the JSON of each; gives one with all their errors, or
//! every code that means one thing here and another there, with both owners.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::contract::{Codes, Contract, PageSection};
use super::entry::Entry;
use super::lock::facts::Facts;

impl Contract {
    /// One contract of several services', for the page and the types of all of them.
    ///
    /// An error that is the same in two of them is there once; one that differs in its texts alone, or in its envelope, is
    /// there for each, and [`services`](Entry::services) tells whose it is. What they say of themselves becomes a part of the
    /// page for each. The title names all of them; the members are there to be set.
    ///
    /// ```
    /// # use errorbook::ApiError;
    /// use errorbook::book::Contract;
    ///
    /// # #[derive(ApiError)]
    /// # #[api(status = 404, code = "not_found", message = "There is no story with this id.")]
    /// # struct NotFound;
    /// # #[derive(ApiError)]
    /// # #[api(status = 410, code = "not_found", message = "There is no run with this id.")]
    /// # struct Gone;
    /// let story = Contract::builder("Story API").catalog(NotFound::catalog()).build().to_json();
    /// let runs = Contract::builder("Runs API").catalog(Gone::catalog()).build();
    ///
    /// // That of another service is read from what it published.
    /// let clashes = Contract::merge([Contract::from_json(&story).unwrap(), runs]).unwrap_err();
    /// assert_eq!(clashes.to_string(), "\
    /// 1 code means one thing in one service and another in another:
    ///
    /// `not_found`: another status
    ///     404 retry=none   in Story API, by NotFound
    ///     410 retry=none   in Runs API, by Gone
    ///   help: rename it in one of them, or give it the same facts in both");
    /// ```
    ///
    /// # Errors
    ///
    /// A code has other facts in one of them than in another: status, rule, details or headers. Texts and envelopes may differ,
    /// and a code may that stands for several errors in each of them by itself (`shared_codes`). What one of them has retired
    /// and another answers with is in use.
    pub fn merge(contracts: impl IntoIterator<Item = Self>) -> Result<Self, Clashes> {
        let contracts: Vec<Self> = contracts.into_iter().collect();
        let clashes = clashes(&contracts);
        if !clashes.is_empty() {
            return Err(Clashes { all: clashes });
        }
        let mut merged = Self::empty(titles(&contracts));
        merged.version = same(&contracts, |contract| contract.version.clone());
        merged.request_id_header = same(&contracts, |contract| {
            contract.request_id_header.as_ref().map(|name| name.to_ascii_lowercase())
        })
        .and_then(|_| contracts.first()?.request_id_header.clone());
        merged.description = same(&contracts, |contract| contract.description.clone());
        if !contracts.is_empty() && contracts.iter().all(|contract| contract.codes == Codes::Closed) {
            merged.codes = Codes::Closed;
        }
        for contract in contracts {
            merged.add(contract);
        }
        merged.errors.sort_by_key(|entry| entry.origin == super::Origin::Middleware);
        let Self { errors, retired, .. } = &mut merged;
        retired.retain(|gone| errors.iter().all(|entry| entry.code != gone.code));
        merged.share();
        Ok(merged)
    }

    fn add(&mut self, contract: Self) {
        let Self {
            title,
            description,
            request_id_header,
            bodies,
            sections,
            errors,
            shared_codes,
            retired,
            ..
        } = contract;
        let mut add_section = |place: &str, title: Option<String>, markdown: String| {
            let section = PageSection { place: place.to_owned(), title, markdown };
            if !self.sections.contains(&section) {
                self.sections.push(section);
            }
        };
        if let Some(description) =
            description.filter(|description| self.description.as_ref() != Some(description))
        {
            add_section(&super::identifiers::snake(&title), Some(title.clone()), description);
        }
        if let Some(name) = request_id_header.filter(|_| self.request_id_header.is_none()) {
            add_section("reporting", None, format!("{title} tells the request id in the header `{name}`."));
        }
        for PageSection { place, title, markdown } in sections {
            add_section(&place, title, markdown);
        }
        let places: Vec<usize> = bodies
            .into_iter()
            .map(|body| {
                self.bodies.iter().position(|known| *known == body).unwrap_or_else(|| {
                    self.bodies.push(body);
                    self.bodies.len() - 1
                })
            })
            .collect();
        for mut entry in errors {
            // A contract that was read has the body of each of its errors.
            entry.body = places.get(entry.body).copied().unwrap_or_default();
            if entry.services.is_empty() {
                entry.services.push(title.clone());
            }
            match self.errors.iter_mut().find(|known| known.code == entry.code && reads_alike(known, &entry))
            {
                Some(known) => {
                    entry.services.retain(|service| !known.services.contains(service));
                    known.services.append(&mut entry.services);
                }
                None => self.errors.push(entry),
            }
        }
        for code in shared_codes {
            if !self.shared_codes.contains(&code) {
                self.shared_codes.push(code);
            }
        }
        for gone in retired {
            if !self.retired.iter().any(|known| known.code == gone.code) {
                self.retired.push(gone);
            }
        }
    }

    /// Names the codes that stand for several errors now.
    fn share(&mut self) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in self.errors.iter().filter(|entry| !entry.code_is_omitted) {
            *counts.entry(&entry.code).or_default() += 1;
        }
        let mut shared: Vec<String> = Vec::new();
        for entry in &self.errors {
            let is_shared = counts.get(entry.code.as_str()).is_some_and(|count| *count > 1);
            if is_shared && !self.shared_codes.contains(&entry.code) && !shared.contains(&entry.code) {
                shared.push(entry.code.clone());
            }
        }
        self.shared_codes.append(&mut shared);
    }
}

/// Whether a reader learns the same from both, and a client gets the same.
fn reads_alike(one: &Entry, other: &Entry) -> bool {
    let bare = |entry: &Entry| Entry {
        name: String::new(),
        type_name: String::new(),
        section: None,
        example: None,
        example_request: None,
        services: Vec::new(),
        source: None,
        ..entry.clone()
    };
    bare(one) == bare(other)
}

/// What all of them have alike.
fn same<T: PartialEq>(contracts: &[Contract], of: impl Fn(&Contract) -> Option<T>) -> Option<T> {
    let first = of(contracts.first()?)?;
    contracts.iter().all(|contract| of(contract).as_ref() == Some(&first)).then_some(first)
}

fn titles(contracts: &[Contract]) -> String {
    let mut titles: Vec<&str> = Vec::new();
    for contract in contracts {
        if !titles.contains(&contract.title.as_str()) {
            titles.push(&contract.title);
        }
    }
    match &*titles {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The codes that mean one thing in one service and another in another; see [`Contract::merge`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clashes {
    all: Vec<Clash>,
}

impl Clashes {
    /// Every one of them, by code.
    pub fn iter(&self) -> std::slice::Iter<'_, Clash> {
        self.all.iter()
    }
}

impl<'c> IntoIterator for &'c Clashes {
    type Item = &'c Clash;
    type IntoIter = std::slice::Iter<'c, Clash>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A code that means one thing in one service and another in another.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Clash {
    /// The code.
    pub code: String,
    /// What is different: `status`, `retry rule`, `details`, `headers`.
    pub differs: Vec<&'static str>,
    /// Who has the code, and for what. At least two of them differ.
    pub owners: Vec<Owner>,
}

/// Who has a code.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Owner {
    /// The title of the service's contract.
    pub service: String,
    /// The type that declares the error; empty where none is known.
    pub type_name: String,
    /// What it looks like from outside, as a line of a [lock](super::lock) has it.
    pub facts: String,
}

impl fmt::Display for Clashes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.all {
            [_] => write!(out, "1 code means one thing in one service and another in another:")?,
            all => write!(out, "{} codes mean one thing in one service and another in another:", all.len())?,
        }
        for clash in &self.all {
            write!(out, "\n\n{clash}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Clash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let other = |what: &&str| {
            let is_one = ["status", "retry rule"].contains(what);
            format!("{} {what}", if is_one { "another" } else { "other" })
        };
        let differs: Vec<String> = self.differs.iter().map(other).collect();
        write!(out, "`{}`: {}", self.code, differs.join(", "))?;
        let width = self.owners.iter().map(|owner| owner.facts.chars().count()).max().unwrap_or_default();
        for Owner { service, type_name, facts } in &self.owners {
            write!(out, "\n    {facts:width$}   in {service}")?;
            if !type_name.is_empty() {
                write!(out, ", by {type_name}")?;
            }
        }
        write!(out, "\n  help: rename it in one of them, or give it the same facts in both")
    }
}

impl std::error::Error for Clashes {}

/// What one contract has for a code.
struct Had<'c> {
    contract: &'c Contract,
    entries: Vec<(&'c Entry, Facts)>,
}

fn clashes(contracts: &[Contract]) -> Vec<Clash> {
    let mut codes: BTreeMap<&str, Vec<Had<'_>>> = BTreeMap::new();
    for contract in contracts {
        let mut own: BTreeMap<&str, Had<'_>> = BTreeMap::new();
        // What is kept off the wire clashes with nothing.
        for entry in contract.errors.iter().filter(|entry| !entry.code_is_omitted) {
            let mut facts = Facts::of(entry);
            facts.body = 0;
            facts.name.clear();
            let had = own.entry(&entry.code).or_insert_with(|| Had { contract, entries: Vec::new() });
            had.entries.push((entry, facts));
        }
        for (code, had) in own {
            codes.entry(code).or_default().push(had);
        }
    }
    codes.into_iter().filter_map(|(code, all)| clash(code, &all)).collect()
}

fn clash(code: &str, all: &[Had<'_>]) -> Option<Clash> {
    let mut differs: BTreeSet<&'static str> = BTreeSet::new();
    for (index, one) in all.iter().enumerate() {
        for other in all.iter().skip(index + 1) {
            let is_shared = |had: &Had<'_>| had.contract.shared_codes.iter().any(|shared| shared == code);
            if !(is_shared(one) && is_shared(other)) {
                differs.extend(differences(one, other));
            }
        }
    }
    if differs.is_empty() {
        return None;
    }
    let mut owners: Vec<Owner> = Vec::new();
    for had in all {
        for (entry, facts) in &had.entries {
            let service = match &*entry.services {
                [] => had.contract.title.clone(),
                services => services.join(" and "),
            };
            let owner = Owner { service, type_name: entry.type_name.clone(), facts: facts.to_words() };
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
    }
    Some(Clash { code: code.to_owned(), differs: differs.into_iter().collect(), owners })
}

/// In what a client could tell the errors of the one from those of the other.
fn differences(one: &Had<'_>, other: &Had<'_>) -> Vec<&'static str> {
    let mut differs = Vec::new();
    for (had, others) in [(one, other), (other, one)] {
        for (_, facts) in &had.entries {
            // The one that is most alike is what it is compared with.
            let unlike = others.entries.iter().map(|(_, known)| facts.differences(known));
            differs.extend(unlike.min_by_key(Vec::len).unwrap_or_default());
        }
    }
    differs
}
