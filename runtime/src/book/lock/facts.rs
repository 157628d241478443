//! What clients rely on, of which a lock holds every fact. Takes a contract; gives the facts.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Map, Value};

use super::shape::{Shape, types_of};
use crate::book::contract::{Body, Codes, Contract, Retired};
use crate::book::entry::Entry;
use crate::book::pointer::{child, schemas_at, tokens};
use crate::book::retry::{self, Retry, Wait, When};

/// The facts of a contract that clients rely on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    pub(super) codes_are_closed: bool,
    pub(super) request_id_header: Option<String>,
    /// By the number of the body.
    pub(super) media_types: BTreeMap<usize, String>,
    /// By the number of the body, the place in it, and what stands there: a slot, or a constant behind a `=`.
    pub(super) members: BTreeMap<(usize, String, String), Shape>,
    /// By code: what each error that has it looks like; one, unless the code is shared.
    pub(super) codes: BTreeMap<String, Vec<Facts>>,
    pub(super) retired: BTreeMap<String, Retired>,
    /// The breaks that were accepted, as they are written.
    pub(super) accepted: BTreeSet<String>,
}

/// What one error looks like from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::book) struct Facts {
    /// 0: none.
    pub(super) status: u16,
    pub(super) code_is_omitted: bool,
    pub(super) rule: Rule,
    pub(super) details: BTreeMap<String, Shape>,
    /// All of the details, where one field is.
    pub(super) whole: Option<Shape>,
    /// Names in lower case, and whether a response may be without it.
    pub(super) headers: BTreeMap<String, bool>,
    pub(in crate::book) body: usize,
    /// Of the variant, by which a code that was renamed is known again. It is no fact.
    pub(in crate::book) name: String,
}

/// When a client sends the request again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) wait: Wait,
    pub(super) times: u32,
    pub(super) when: When,
}

impl Lock {
    /// The facts of this contract, with the codes that it says went. What a file has besides, the breaks that were accepted
    /// and its own tombstones, [`update`](super::update) keeps.
    #[must_use]
    pub fn of(contract: &Contract) -> Self {
        let mut lock = Self {
            codes_are_closed: contract.codes == Codes::Closed,
            request_id_header: contract.request_id_header.as_ref().map(|name| name.to_ascii_lowercase()),
            ..Self::default()
        };
        for (number, body) in contract.bodies.iter().enumerate() {
            lock.media_types.insert(number, body.media_type.clone());
            for (pointer, slot, shape) in members_of(body) {
                lock.members.insert((number, pointer, slot), shape);
            }
        }
        for entry in &contract.errors {
            let all = lock.codes.entry(entry.code.clone()).or_default();
            let facts = Facts::of(entry);
            if !all.iter().any(|known| known.is_same(&facts)) {
                all.push(facts);
            }
        }
        for facts in lock.codes.values_mut() {
            facts.sort_by_cached_key(Facts::to_words);
        }
        // What is answered with is in use, whatever else is said of it.
        let is_used = |gone: &&Retired| lock.codes.get(&gone.code).is_some_and(|all| is_on_the_wire(all));
        let gone = contract.retired.iter().filter(|gone| !is_used(gone));
        lock.retired = gone.map(|gone| (gone.code.clone(), gone.clone())).collect();
        lock
    }

    /// The codes that are no more, for [`ContractBuilder::retired`](crate::book::ContractBuilder::retired).
    pub fn retired(&self) -> impl Iterator<Item = Retired> {
        self.retired.values().cloned()
    }
}

/// The members of a body, its constants among them: place, what stands there, and its shape.
fn members_of(body: &Body) -> Vec<(String, String, Shape)> {
    let of_slots = body.members.iter().map(|member| {
        let shape = Shape {
            types: types_of(&schemas_at(&body.schema, &tokens(&member.pointer))),
            is_optional: !member.required,
            is_nullable: member.nullable,
        };
        (member.pointer.clone(), member.slot.clone(), shape)
    });
    let mut members = of_slots.collect();
    constants(&body.schema, "", false, &mut members);
    members
}

/// Adds the constants that stand in a schema at this place or below.
fn constants(schema: &Value, place: &str, may_lack: bool, found: &mut Vec<(String, String, Shape)>) {
    if let Some(constant) = schema.get("const") {
        let told = constant.as_str().map_or_else(|| constant.to_string(), str::to_owned);
        let shape = Shape::of(schema, may_lack, constant.is_null());
        found.push((place.to_owned(), format!("={told}"), shape));
    }
    let required = schema.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|names| names.iter().any(|known| known == name));
    let members = schema.get("properties").and_then(Value::as_object);
    for (name, member) in members.into_iter().flat_map(Map::iter) {
        constants(member, &child(place, name), may_lack || !is_required(name), found);
    }
    for (index, item) in schema.get("prefixItems").and_then(Value::as_array).into_iter().flatten().enumerate()
    {
        constants(item, &format!("{place}/{index}"), may_lack, found);
    }
    if let Some(item) = schema.get("items") {
        let may_be_empty = schema.get("minItems").and_then(Value::as_u64).unwrap_or_default() == 0;
        constants(item, &format!("{place}/0"), may_lack || may_be_empty, found);
    }
    for one in schema.get("anyOf").and_then(Value::as_array).into_iter().flatten() {
        constants(one, place, true, found);
    }
}

/// Whether some body shows the code.
pub(super) fn is_on_the_wire(all: &[Facts]) -> bool {
    all.iter().any(|facts| !facts.code_is_omitted)
}

impl Facts {
    pub(in crate::book) fn of(entry: &Entry) -> Self {
        let details = entry.fields.iter().filter_map(|field| {
            Some((
                field.detail.clone()?,
                Shape::of(&field.schema, field.is_optional && !field.is_nullable, field.is_nullable),
            ))
        });
        let whole = entry.fields.iter().find(|field| field.is_details);
        Self {
            status: entry.status.unwrap_or_default(),
            code_is_omitted: entry.code_is_omitted,
            rule: Rule::of(&entry.retry),
            details: details.collect(),
            whole: whole.map(|field| Shape::of(&field.schema, field.is_optional, false)),
            headers: entry.header_names(),
            body: entry.body,
            name: entry.name.clone(),
        }
    }

    /// Whether a client sees no difference.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.body == other.body
            && self.code_is_omitted == other.code_is_omitted
            && self.differences(other).is_empty()
    }

    /// In what a client could tell one from the other, whatever envelope they stand in.
    pub(in crate::book) fn differences(&self, other: &Self) -> Vec<&'static str> {
        let details = (&self.details, &self.whole) == (&other.details, &other.whole);
        [
            ("status", self.status == other.status),
            ("retry rule", self.rule == other.rule),
            ("details", details),
            ("headers", self.headers == other.headers),
        ]
        .into_iter()
        .filter_map(|(what, is_same)| (!is_same).then_some(what))
        .collect()
    }
}

impl Rule {
    pub(super) const fn never() -> Self {
        Self { wait: Wait::Never, times: 0, when: When::IfSafe }
    }

    fn of(retry: &Retry) -> Self {
        match retry.wait {
            // Of what is never repeated all else is beside the point.
            Wait::Never => Self::never(),
            _ if retry.times == 0 => Self::never(),
            _ => Self { wait: retry.wait.clone(), times: retry.times, when: retry.when },
        }
    }

    pub(super) fn from_text(text: &str) -> Option<Self> {
        let (wait, times, when) = retry::from_text(text)?;
        Some(Self { wait, times, when })
    }
}

/// As it is written in a declaration.
impl fmt::Display for Rule {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&retry::to_whole_text(&self.wait, self.times, self.when))
    }
}
