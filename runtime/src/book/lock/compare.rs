//! What changed. Takes a lock and the facts of today; gives each difference with its class, those of one code together.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Class};
use super::facts::{Facts, Lock, Rule, is_on_the_wire};
use super::joint::Joint;
use super::shape::Shape;
use crate::book::contract::Contract;
use crate::book::retry::Wait;
use crate::book::source::Source;

impl Lock {
    /// What is different in this contract from what the lock holds, breaks first.
    #[must_use]
    pub fn compare(&self, contract: &Contract) -> Vec<Change> {
        let sources =
            contract.errors.iter().rev().filter_map(|entry| Some((&*entry.code, entry.source.as_ref()?)));
        self.compare_with(&Self::of(contract), sources.collect())
    }

    /// What is different in a later lock, breaks first. Where an error is declared no lock tells.
    #[must_use]
    pub fn compare_lock(&self, now: &Self) -> Vec<Change> {
        self.compare_with(now, BTreeMap::new())
    }

    fn compare_with(&self, now: &Self, sources: BTreeMap<&str, &Source>) -> Vec<Change> {
        let now = &now.numbered_as(self);
        let mut comparison = Comparison { before: self, now, sources, found: Vec::new() };
        comparison.whole();
        comparison.envelopes();
        comparison.codes();
        let mut found = comparison.found;
        found.sort_by(|one, other| {
            let key = |change: &Change| {
                (std::cmp::Reverse(change.class.severity()), change.code.clone(), change.place.clone())
            };
            key(one).cmp(&key(other))
        });
        found
    }
}

/// The classes of what may happen to a value: another type, left out, `null`, more promised.
type ShapeClasses = [Class; 4];

const DETAIL: ShapeClasses =
    [Class::DetailRetyped, Class::DetailOptional, Class::DetailNullable, Class::DetailAdded];

pub(super) struct Comparison<'c> {
    pub(super) before: &'c Lock,
    pub(super) now: &'c Lock,
    sources: BTreeMap<&'c str, &'c Source>,
    pub(super) found: Vec<Change>,
}

impl Comparison<'_> {
    fn add(&mut self, class: Class, code: Option<&str>, what: String) {
        let source = code.and_then(|code| self.sources.get(code)).map(|source| (*source).clone());
        self.found.push(Change { code: code.map(str::to_owned), source, ..Change::new(class, what) });
    }

    fn whole(&mut self) {
        match (self.before.codes_are_closed, self.now.codes_are_closed) {
            (true, false) => self.add(Class::CodesOpened, None, "codes may be added now".to_owned()),
            (false, true) => self.add(Class::CodesClosed, None, "no codes will be added".to_owned()),
            _ => {}
        }
        let (before, now) = (self.before, self.now);
        match (&before.request_id_header, &now.request_id_header) {
            (Some(was), is) if is.as_ref() != Some(was) => {
                let is = is.as_ref().map_or("no header".to_owned(), |is| format!("`{is}`"));
                self.add(
                    Class::RequestIdMoved,
                    None,
                    format!("the request id was in `{was}` and is in {is}"),
                );
            }
            (None, Some(is)) => {
                self.add(Class::HeaderAdded, None, format!("the request id is told in `{is}`"));
            }
            _ => {}
        }
        let statuses = |lock: &Lock| -> BTreeSet<u16> {
            lock.codes.values().flatten().map(|facts| facts.status).filter(|status| *status > 0).collect()
        };
        let known = statuses(before);
        for status in statuses(now).difference(&known) {
            if !known.is_empty() {
                self.add(Class::StatusAdded, None, format!("the status {status} is in use"));
            }
        }
    }

    pub(super) fn shape(
        &mut self,
        code: Option<&str>,
        what: &str,
        was: &Shape,
        is: &Shape,
        [retyped, optional, nullable, more]: ShapeClasses,
    ) {
        // What is known now and was not before promises more; what is not known any more, less.
        let is_narrower = was.types.is_empty() || !is.types.is_empty() && is.types.is_subset(&was.types);
        if !is_narrower {
            self.add(retyped, code, format!("{what} was {} and is {}", was.types_told(), is.types_told()));
        }
        if is.is_optional && !was.is_optional {
            self.add(optional, code, format!("{what} was always there and may be left out"));
        }
        if is.is_nullable && !was.is_nullable {
            self.add(nullable, code, format!("{what} always had a value and may be `null`"));
        }
        let promises_more = was.is_optional && !is.is_optional
            || was.is_nullable && !is.is_nullable
            || is_narrower && was.types != is.types;
        if promises_more {
            self.add(more, code, format!("{what} promises more than it did"));
        }
    }

    fn codes(&mut self) {
        let (before, now) = (self.before, self.now);
        let mut gone: Vec<(&str, &[Facts])> = Vec::new();
        let mut new: BTreeMap<&str, &[Facts]> = BTreeMap::new();
        for (code, was) in &before.codes {
            match now.codes.get(code) {
                Some(is) if !is_on_the_wire(was) && self.reused(code, is) => {}
                Some(is) => self.code(code, was, is),
                None => gone.push((code, was)),
            }
        }
        for (code, is) in now.codes.iter().filter(|(code, _)| !before.codes.contains_key(*code)) {
            if !self.reused(code, is) {
                new.insert(code, is);
            }
        }
        for (old, was) in gone {
            let renamed = was.first().and_then(|was| renamed(old, was, &new));
            let is = renamed.and_then(|renamed| new.remove(renamed)).unwrap_or_default();
            match (is_on_the_wire(was), is_on_the_wire(is), renamed) {
                // Nobody ever saw the code.
                (false, false, Some(renamed)) => self.code(renamed, was, is),
                (false, _, _) => new.extend(renamed.map(|renamed| (renamed, is))),
                (true, true, Some(renamed)) => {
                    let what = format!("`{old}` is called `{renamed}` now");
                    self.gone(Class::CodeRenamed, old, what, Some(renamed));
                }
                (true, false, Some(renamed)) => {
                    let what = format!("`{old}` is no longer in the body");
                    self.gone(Class::CodeOmitted, old, what, Some(renamed));
                }
                (true, _, None) => {
                    self.gone(
                        Class::CodeRemoved,
                        old,
                        format!("no error has the code `{old}` any more"),
                        None,
                    );
                }
            }
        }
        for (code, is) in new {
            let is_told = before.codes_are_closed && is_on_the_wire(is);
            let class = if is_told { Class::CodeAddedToClosed } else { Class::CodeAdded };
            self.add(class, Some(code), format!("`{code}` is new"));
        }
    }

    /// Whether the code went before and stands in bodies again, which is told then.
    fn reused(&mut self, code: &str, is: &[Facts]) -> bool {
        let Some(retired) = self.before.retired.get(code).filter(|_| is_on_the_wire(is)) else {
            return false;
        };
        let date = retired.date.as_ref().map(|date| format!(" on {date}")).unwrap_or_default();
        self.add(
            Class::CodeReused,
            Some(code),
            format!("`{code}` went{date}, and stands for an error again"),
        );
        true
    }

    fn gone(&mut self, class: Class, old: &str, what: String, successor: Option<&str>) {
        let source = successor.and_then(|code| self.sources.get(code)).map(|source| (*source).clone());
        let (code, successor) = (Some(old.to_owned()), successor.map(str::to_owned));
        self.found.push(Change { code, successor, source, ..Change::new(class, what) });
    }

    /// A code that was and is there: what a client can meet with each of its statuses, of all errors that share it.
    fn code(&mut self, code: &str, was: &[Facts], is: &[Facts]) {
        let statuses = |all: &[Facts]| all.iter().map(|facts| facts.status).collect::<BTreeSet<_>>();
        let (had, has) = (statuses(was), statuses(is));
        if !has.is_subset(&had) {
            let what = format!("`{code}` was answered with {} and is with {}", numbers(&had), numbers(&has));
            self.add(Class::StatusChanged, Some(code), what);
        }
        let mut found = std::mem::take(&mut self.found);
        for status in &had {
            let was = Joint::of(was.iter().filter(|facts| facts.status == *status));
            let same = Joint::of(is.iter().filter(|facts| facts.status == *status));
            let is = same.or_else(|| Joint::of(is.iter().filter(|facts| !had.contains(&facts.status))));
            if let (Some(was), Some(is)) = (was, is) {
                self.joint(code, &was, &is);
            }
        }
        // With two statuses the same may have happened.
        for change in std::mem::take(&mut self.found) {
            if !found.iter().rev().take_while(|known| known.code == change.code).any(|known| *known == change)
            {
                found.push(change);
            }
        }
        self.found = found;
    }

    fn joint(&mut self, code: &str, was: &Joint<'_>, is: &Joint<'_>) {
        match (was.code_is_omitted, is.code_is_omitted) {
            (false, true) => {
                self.add(Class::CodeOmitted, Some(code), format!("`{code}` is no longer in the body"));
            }
            (true, false) => self.add(Class::CodeShown, Some(code), format!("`{code}` is in the body now")),
            _ => {}
        }
        if !is.bodies.is_subset(&was.bodies) {
            self.add(Class::BodyChanged, Some(code), format!("`{code}` is written in another envelope"));
        }
        self.details(code, was, is);
        self.headers(code, was, is);
        self.rules(code, was, is);
    }

    fn details(&mut self, code: &str, was: &Joint<'_>, is: &Joint<'_>) {
        for (name, shape) in &was.details {
            let what = format!("the detail `{name}` of `{code}`");
            match is.details.get(name) {
                Some(now) => self.shape(Some(code), &what, shape, now, DETAIL),
                None => self.add(Class::DetailRemoved, Some(code), format!("{what} is gone")),
            }
        }
        for name in is.details.keys().filter(|name| !was.details.contains_key(*name)) {
            self.add(Class::DetailAdded, Some(code), format!("`{code}` has the detail `{name}`"));
        }
        let what = format!("the `details` of `{code}`");
        match (&was.whole, &is.whole) {
            (Some(was), Some(is)) => self.shape(Some(code), &what, was, is, DETAIL),
            (Some(_), None) => self.add(Class::DetailRemoved, Some(code), format!("{what} are gone")),
            (None, Some(_)) if was.details.is_empty() => {
                self.add(Class::DetailAdded, Some(code), format!("`{code}` has `details`"));
            }
            (None, Some(_)) => self.add(
                Class::DetailRetyped,
                Some(code),
                format!("{what} had members and are one value now"),
            ),
            (None, None) => {}
        }
    }

    fn headers(&mut self, code: &str, was: &Joint<'_>, is: &Joint<'_>) {
        for (name, was_optional) in &was.headers {
            let what = format!("the header `{name}` of `{code}`");
            match (was_optional, is.headers.get(name)) {
                (_, None) => self.add(Class::HeaderRemoved, Some(code), format!("{what} is no longer sent")),
                (false, Some(true)) => {
                    self.add(Class::HeaderOptional, Some(code), format!("{what} may be left out now"));
                }
                (true, Some(false)) => {
                    self.add(Class::HeaderAdded, Some(code), format!("{what} is always sent now"));
                }
                _ => {}
            }
        }
        for name in is.headers.keys().filter(|name| !was.headers.contains_key(*name)) {
            self.add(Class::HeaderAdded, Some(code), format!("`{code}` has the header `{name}`"));
        }
    }

    fn rules(&mut self, code: &str, was: &Joint<'_>, is: &Joint<'_>) {
        for rule in is.rules.iter().filter(|rule| !was.rules.contains(rule)) {
            // The one that is most alike is what it is compared with.
            let nearest = was.rules.iter().min_by_key(|known| worse(known, rule).len());
            let Some(nearest) = nearest else { continue };
            let what = format!("the rule of `{code}` was `{nearest}` and is `{rule}`");
            let classes = worse(nearest, rule);
            for class in &classes {
                self.add(*class, Some(code), what.clone());
            }
            if classes.is_empty() {
                self.add(Class::RetryLess, Some(code), what);
            }
        }
    }
}

/// In what the new rule asks more of the service than the old one.
fn worse(was: &Rule, is: &Rule) -> Vec<Class> {
    let both = was.times > 0 && is.times > 0;
    [
        (Class::RetryMore, is.times > was.times),
        // The least strict comes first.
        (Class::RetryConditionDropped, both && is.when < was.when),
        (Class::RetrySooner, both && waits_less(was, is)),
    ]
    .into_iter()
    .filter_map(|(class, is_so)| is_so.then_some(class))
    .collect()
}

/// Whether some wait of the new rule is shorter than that of the old one, or may be.
fn waits_less(was: &Rule, is: &Rule) -> bool {
    (0..usize::try_from(was.times.min(is.times)).unwrap_or(usize::MAX).min(100)).any(|retry| {
        match (wait_before(&was.wait, retry), wait_before(&is.wait, retry)) {
            (Some((was_least, was_most)), Some((least, most))) => least < was_least || most < was_most,
            _ => false,
        }
    }) || matches!((&was.wait, &is.wait), (Wait::Given { .. }, Wait::Backoff { .. }))
}

/// The shortest and the longest wait before the retry of this number, counted from 0.
fn wait_before(wait: &Wait, retry: usize) -> Option<(u64, u64)> {
    match wait {
        Wait::Never => None,
        Wait::Between { least_ms, most_ms } => Some((*least_ms, *most_ms)),
        Wait::Given { schedule_ms } | Wait::Backoff { schedule_ms } => {
            schedule_ms.get(retry).or(schedule_ms.last()).map(|wait| (*wait, *wait))
        }
    }
}

/// The new code that stands for the same error: by the name of its variant, or as the only one that is like it. What the
/// middleware declares has no name.
fn renamed<'n>(old: &str, was: &Facts, new: &BTreeMap<&'n str, &[Facts]>) -> Option<&'n str> {
    let is_named = |is: &Facts| !was.name.is_empty() && is.name == was.name && is.status == was.status;
    let by_name = new.iter().find(|(_, is)| is.iter().any(is_named));
    if let Some((code, _)) = by_name {
        return Some(code);
    }
    let is_alike = |is: &&[Facts]| is.first().is_some_and(|is| is.is_same(was));
    let mut alike = new.iter().filter(|(code, is)| is_alike(is) && is_near(old, code));
    match (alike.next(), alike.next()) {
        (Some((code, _)), None) => Some(code),
        _ => None,
    }
}

/// Whether two codes have a word in common.
fn is_near(one: &str, other: &str) -> bool {
    let words = |code: &str| -> BTreeSet<String> {
        code.split(|sign: char| !sign.is_ascii_alphanumeric()).map(str::to_ascii_lowercase).collect()
    };
    words(one).intersection(&words(other)).any(|word| word.len() > 2)
}

fn numbers(statuses: &BTreeSet<u16>) -> String {
    let told = |status: &u16| if *status == 0 { "no status".to_owned() } else { status.to_string() };
    statuses.iter().map(told).collect::<Vec<_>>().join(" or ")
}
