//! What both forms of the page stand on. Takes a contract; gives its errors with their anchors, by section, by status and
//! by retry rule, each in the order of declaration.

use std::collections::HashSet;

use crate::book::{Contract, Entry, Field, Origin, PageSection, Piece, Retired, Retry, Wait};

/// The ids that the page gives itself, and which nothing declared takes.
const OWN_IDS: [&str; 12] = [
    "page~top",
    "page~said",
    "page~codes",
    "page~none",
    "page~envelope",
    "page~retrying",
    "page~statuses",
    "page~reporting",
    "page~found",
    "page~clear",
    "page~section",
    "section~retired",
];

/// The places under headings of the page's, for the service's own texts.
const PLACES: [&str; 4] = ["introduction", "statuses", "retrying", "reporting"];

/// A contract, sorted for reading.
pub(super) struct Outline<'c> {
    pub(super) contract: &'c Contract,
    pub(super) items: Vec<Item<'c>>,
    pub(super) groups: Vec<Group<'c>>,
    /// From those that are never repeated to those with the longest waits.
    pub(super) rules: Vec<Rule<'c>>,
    /// By number; errors that never answer a request come last.
    pub(super) statuses: Vec<Status<'c>>,
    /// The service's own parts, each with its anchor.
    pub(super) parts: Vec<(&'c PageSection, String)>,
    /// The codes that are no more, each with its anchor.
    pub(super) retired: Vec<(&'c Retired, String)>,
}

/// An error and its place.
#[derive(Clone)]
pub(super) struct Item<'c> {
    pub(super) entry: &'c Entry,
    /// The bare code. The page's own ids have a `~`, which no code has; so has the second error of a code, and one whose
    /// code nobody sees.
    pub(super) anchor: String,
    /// The anchor of its section.
    pub(super) group: String,
}

/// A section of the codes.
pub(super) struct Group<'c> {
    title: Option<&'c str>,
    /// None where no error of the service names a section.
    pub(super) heading: Option<&'c str>,
    pub(super) id: String,
    pub(super) origin: Origin,
    pub(super) items: Vec<Item<'c>>,
}

/// A retry rule and the errors that have it.
pub(super) struct Rule<'c> {
    pub(super) retry: &'c Retry,
    pub(super) items: Vec<Item<'c>>,
}

/// A status and the errors that have it.
pub(super) struct Status<'c> {
    pub(super) number: Option<u16>,
    pub(super) items: Vec<Item<'c>>,
}

/// Whether trying again helps: what colour says on the page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pace {
    Never,
    Once,
    Often,
}

impl Pace {
    pub(super) fn of(retry: &Retry) -> Self {
        match (&retry.wait, retry.times) {
            (Wait::Never, _) | (_, 0) => Self::Never,
            (_, 1) => Self::Once,
            _ => Self::Often,
        }
    }

    /// As classes and filters are called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Never => "never",
            Self::Once => "once",
            Self::Often => "often",
        }
    }
}

impl<'c> Outline<'c> {
    pub(super) fn new(contract: &'c Contract) -> Self {
        let mut taken: HashSet<String> = OWN_IDS.into_iter().map(str::to_owned).collect();
        let mut unique = |wanted: String| {
            let mut id = wanted.clone();
            let mut number = 2;
            while !taken.insert(id.clone()) {
                id = format!("{wanted}~{number}");
                number += 1;
            }
            id
        };
        let mut groups: Vec<Group<'c>> = Vec::new();
        let (mut items, mut seen) = (Vec::new(), HashSet::new());
        for entry in &contract.errors {
            let code = entry.code.split_whitespace().collect::<Vec<_>>().join("-");
            let is_first = !entry.code_is_omitted && seen.insert(code.clone());
            // What follows from a status has no name.
            let name = if entry.name.is_empty() {
                entry.status.map(|status| status.to_string()).unwrap_or_default()
            } else {
                slug(&entry.name)
            };
            let anchor = unique(if entry.code_is_omitted {
                format!("error~{}", slug(&entry.title))
            } else if is_first {
                code
            } else {
                format!("{code}~{name}")
            });
            let key = (entry.origin, entry.section.as_deref());
            let key = if entry.origin == Origin::Middleware { (entry.origin, None) } else { key };
            let known = groups.iter().position(|group| (group.origin, group.title) == key);
            let at = known.unwrap_or_else(|| {
                let slug = match key {
                    (Origin::Middleware, _) => "middleware".to_owned(),
                    (_, title) => title.map_or_else(|| "others".to_owned(), slug),
                };
                let id = unique(format!("section~{slug}"));
                groups.push(Group {
                    title: key.1,
                    heading: key.1,
                    id,
                    origin: entry.origin,
                    items: Vec::new(),
                });
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(at) {
                let item = Item { entry, anchor, group: group.id.clone() };
                group.items.push(item.clone());
                items.push(item);
            }
        }
        // Those of the service come first, wherever another contract's JSON has them.
        groups.sort_by_key(|group| group.origin == Origin::Middleware);
        let has_titles = groups.iter().any(|group| group.title.is_some());
        for group in &mut groups {
            if group.origin == Origin::Middleware {
                group.heading = Some("What the service answers by itself");
            } else if group.title.is_none() && has_titles {
                group.heading = Some("Others");
            }
        }
        let is_own = |section: &&PageSection| !PLACES.contains(&&*section.place);
        let parts = contract.sections.iter().filter(is_own);
        let parts = parts.map(|part| (part, unique(format!("page~{}", slug(&part.place))))).collect();
        let retired = contract.retired.iter().map(|one| {
            let code = one.code.split_whitespace().collect::<Vec<_>>().join("-");
            let is_alive = !seen.insert(code.clone());
            (one, unique(if is_alive { format!("{code}~retired") } else { code }))
        });
        let retired = retired.collect();
        let told: Vec<_> = items.iter().filter(|item| !item.is_plain()).cloned().collect();
        let rules = rules(&told);
        let statuses = statuses(&told);
        Self { contract, items, groups, rules, statuses, parts, retired }
    }

    /// The items of one code, which callers see.
    pub(super) fn of_code(&self, code: &str) -> Vec<&Item<'c>> {
        let is_it = |item: &&Item<'_>| !item.entry.code_is_omitted && item.entry.code == code;
        self.items.iter().filter(is_it).collect()
    }

    /// Where a code stands, if it is one of those that callers see.
    pub(super) fn anchor(&self, code: &str) -> Option<&str> {
        let mut seen = self.items.iter().filter(|item| !item.entry.code_is_omitted);
        seen.find(|item| item.entry.code == code).map(|item| &*item.anchor)
    }
}

/// Each code once, by its first error: in a list of links the second says nothing new, and that first one names it.
pub(super) fn each_code<'i, 'c>(items: &'i [Item<'c>]) -> Vec<&'i Item<'c>> {
    let mut seen = HashSet::new();
    items.iter().filter(|item| item.entry.code_is_omitted || seen.insert(&*item.entry.code)).collect()
}

fn rules<'c>(items: &[Item<'c>]) -> Vec<Rule<'c>> {
    let mut rules: Vec<Rule<'c>> = Vec::new();
    for item in items {
        let retry = &item.entry.retry;
        let is_same = |rule: &&mut Rule<'_>| match (Pace::of(rule.retry), Pace::of(retry)) {
            (Pace::Never, Pace::Never) => true,
            (Pace::Never, _) | (_, Pace::Never) => false,
            _ => {
                rule.retry.wait == retry.wait
                    && rule.retry.times == retry.times
                    && rule.retry.when == retry.when
            }
        };
        match rules.iter_mut().find(is_same) {
            Some(rule) => rule.items.push(item.clone()),
            None => rules.push(Rule { retry, items: vec![item.clone()] }),
        }
    }
    rules.sort_by_key(|rule| (Pace::of(rule.retry), matches!(rule.retry.wait, Wait::Backoff { .. })));
    rules
}

fn statuses<'c>(items: &[Item<'c>]) -> Vec<Status<'c>> {
    let mut statuses: Vec<Status<'c>> = Vec::new();
    for item in items {
        let number = item.entry.status;
        match statuses.iter_mut().find(|status| status.number == number) {
            Some(status) => status.items.push(item.clone()),
            None => statuses.push(Status { number, items: vec![item.clone()] }),
        }
    }
    statuses.sort_by_key(|status| status.number.unwrap_or(u16::MAX));
    statuses
}

impl Item<'_> {
    /// Whether there is no more to say of it than its status does: an answer of the middleware that nobody described. A
    /// line of a table does for it.
    pub(super) fn is_plain(&self) -> bool {
        let entry = self.entry;
        entry.origin == Origin::Middleware
            && entry.description.is_none()
            && entry.remedy.is_none()
            && entry.fields.is_empty()
            && entry.headers.is_empty()
            && entry.deprecated.is_none()
    }

    /// The fields whose values the message shows.
    pub(super) fn in_message(&self) -> impl Iterator<Item = &Field> {
        self.entry.fields.iter().filter(|field| field.is_shown && field.detail.is_none() && !field.is_details)
    }

    /// The fields that are details.
    pub(super) fn in_details(&self) -> impl Iterator<Item = &Field> {
        self.entry.fields.iter().filter(|field| field.detail.is_some() || field.is_details)
    }

    /// The header of that name in the example.
    pub(super) fn example_header(&self, name: &str) -> Option<&str> {
        let headers = &self.entry.example.as_ref()?.headers;
        headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The link, where the body has it and a page may: what omits its code omits its link too.
    pub(super) fn link(&self) -> Option<&str> {
        let docs = self.entry.docs.as_deref().filter(|_| !self.entry.code_is_omitted);
        docs.filter(|docs| super::prose::is_safe(docs))
    }

    /// The title, where it says more than the code or the status.
    pub(super) fn title(&self) -> Option<&str> {
        let entry = self.entry;
        let title = slug(&entry.title);
        let phrase = entry.status.map_or("", super::words::phrase);
        let is_known = [&*entry.code, &*entry.name, phrase].into_iter().any(|known| slug(known) == title);
        (!is_known && !entry.title.is_empty()).then_some(&*entry.title)
    }

    /// Whether a message is worth a line: not where it is the reason phrase.
    pub(super) fn has_message(&self) -> bool {
        let phrase = self.entry.status.map_or("", super::words::phrase);
        self.entry.message.is_known
            && !matches!(&*self.entry.message.pieces, [Piece::Text(text)] if text == phrase)
            && !self.entry.message.pieces.is_empty()
    }
}

/// Words as they stand in an id: `Rate limiting` as `rate-limiting`, `NoRoute` as `no-route`.
pub(super) fn slug(words: &str) -> String {
    let mut slug = String::new();
    let mut was_lower = false;
    for letter in words.chars() {
        if letter.is_alphanumeric() {
            if letter.is_uppercase() && was_lower {
                slug.push('-');
            }
            slug.extend(letter.to_lowercase());
        } else if !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
        was_lower = letter.is_lowercase();
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "part".to_owned() } else { slug.to_owned() }
}
