//! What changed. Takes a lock and the facts of today; gives each difference with its class, those of one code together.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Class};
use super::facts::{Facts, Lock, Rule, Shape};
use crate::book::contract::Contract;
use crate::book::entry::{Source, Wait, When};

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
        let mut comparison = Comparison { before: self, now, sources, found: Vec::new() };
        comparison.whole();
        comparison.members();
        comparison.codes();
        let mut found = comparison.found;
        found.sort_by(|one, other| {
            let key = |change: &Change| (std::cmp::Reverse(change.class.severity()), change.code.clone());
            key(one).cmp(&key(other))
        });
        found
    }
}

struct Comparison<'c> {
    before: &'c Lock,
    now: &'c Lock,
    sources: BTreeMap<&'c str, &'c Source>,
    found: Vec<Change>,
}

impl Comparison<'_> {
    fn add(&mut self, class: Class, code: Option<&str>, what: String) {
        let source = code.and_then(|code| self.sources.get(code)).map(|source| (*source).clone());
        self.found.push(Change { class, code: code.map(str::to_owned), what, source });
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
        for (number, was) in &before.media_types {
            if let Some(is) = now.media_types.get(number).filter(|is| *is != was) {
                self.add(Class::MediaTypeChanged, None, format!("the bodies were `{was}` and are `{is}`"));
            }
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

    fn members(&mut self) {
        let (before, now) = (self.before, self.now);
        let name = |place: &(usize, String)| {
            place.1.split_once(' ').map_or(&*place.1, |(pointer, _)| pointer).to_owned()
        };
        for (place, was) in &before.members {
            let pointer = name(place);
            match now.members.get(place) {
                None => {
                    self.add(Class::MemberRemoved, None, format!("the bodies no longer have `{pointer}`"));
                }
                Some(is) => {
                    let classes = [
                        Class::MemberRetyped,
                        Class::MemberOptional,
                        Class::MemberNullable,
                        Class::MemberAdded,
                    ];
                    self.shape(None, &format!("the member `{pointer}`"), was, is, classes);
                }
            }
        }
        for place in now.members.keys().filter(|place| !before.members.contains_key(*place)) {
            if before.media_types.contains_key(&place.0) {
                self.add(Class::MemberAdded, None, format!("the bodies have `{}`", name(place)));
            }
        }
    }

    fn shape(
        &mut self,
        code: Option<&str>,
        what: &str,
        was: &Shape,
        is: &Shape,
        [retyped, optional, nullable, more]: [Class; 4],
    ) {
        // What is known now and was not before promises more; what is not known any more, less.
        let is_narrower = was.types.is_empty() || !is.types.is_empty() && is.types.is_subset(&was.types);
        if !is_narrower {
            self.add(retyped, code, format!("{what} was {} and is {}", types(was), types(is)));
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
        let mut gone: BTreeMap<&str, &Facts> = BTreeMap::new();
        let mut new: BTreeMap<&str, &Facts> = BTreeMap::new();
        for (code, was) in &before.codes {
            match now.codes.get(code) {
                Some(is) => self.code(code, was, is),
                None => drop(was.first().map(|was| gone.insert(code, was))),
            }
        }
        for (code, is) in now.codes.iter().filter(|(code, _)| !before.codes.contains_key(*code)) {
            if let Some(retired) = before.retired.get(code) {
                let date = retired.date.as_ref().map(|date| format!(" on {date}")).unwrap_or_default();
                self.add(
                    Class::CodeReused,
                    Some(code),
                    format!("`{code}` went{date}, and stands for an error again"),
                );
                continue;
            }
            new.extend(is.first().map(|is| (code.as_str(), is)));
        }
        for (old, was) in gone {
            if let Some(renamed) = renamed(old, was, &new) {
                new.remove(renamed);
                self.add(Class::CodeRenamed, Some(old), format!("`{old}` is called `{renamed}` now"));
                if let (Some(change), Some(source)) = (self.found.last_mut(), self.sources.get(renamed)) {
                    change.source = Some((*source).clone());
                }
            } else {
                self.add(Class::CodeRemoved, Some(old), format!("no error has the code `{old}` any more"));
            }
        }
        let added = if before.codes_are_closed { Class::CodeAddedToClosed } else { Class::CodeAdded };
        for code in new.into_keys() {
            self.add(added, Some(code), format!("`{code}` is new"));
        }
    }

    fn code(&mut self, code: &str, was: &[Facts], is: &[Facts]) {
        let ([was], [is]) = (was, is) else { return self.shared(code, was, is) };
        if was.status != is.status {
            let what = format!("`{code}` was answered with {} and is with {}", status(was), status(is));
            self.add(Class::StatusChanged, Some(code), what);
        }
        match (was.code_is_omitted, is.code_is_omitted) {
            (false, true) => {
                self.add(Class::CodeOmitted, Some(code), format!("`{code}` is no longer in the body"));
            }
            (true, false) => self.add(Class::CodeShown, Some(code), format!("`{code}` is in the body now")),
            _ => {}
        }
        if was.body != is.body {
            let what = format!("`{code}` was written in body {} and is in body {}", was.body, is.body);
            self.add(Class::BodyChanged, Some(code), what);
        }
        self.details(code, was, is);
        self.headers(code, was, is);
        self.rule(code, &was.rule, &is.rule);
    }

    /// A code that stands for several errors: what a client can meet with it, all together.
    fn shared(&mut self, code: &str, was: &[Facts], is: &[Facts]) {
        let statuses = |all: &[Facts]| all.iter().map(|facts| facts.status).collect::<BTreeSet<_>>();
        let (had, has) = (statuses(was), statuses(is));
        if !has.is_subset(&had) {
            let what = format!("`{code}` was answered with {} and is with {}", numbers(&had), numbers(&has));
            self.add(Class::StatusChanged, Some(code), what);
        }
        for was in was.iter().filter(|was| has.contains(&was.status)) {
            let same =
                is.iter().find(|is| is.name == was.name).or(is.iter().find(|is| is.status == was.status));
            if let Some(is) = same {
                self.details(code, was, is);
                self.headers(code, was, is);
                self.rule(code, &was.rule, &is.rule);
            }
        }
    }

    fn details(&mut self, code: &str, was: &Facts, is: &Facts) {
        let classes =
            [Class::DetailRetyped, Class::DetailOptional, Class::DetailNullable, Class::DetailAdded];
        for (name, shape) in &was.details {
            let what = format!("the detail `{name}` of `{code}`");
            match is.details.get(name) {
                Some(now) => self.shape(Some(code), &what, shape, now, classes),
                None => self.add(Class::DetailRemoved, Some(code), format!("{what} is gone")),
            }
        }
        for name in is.details.keys().filter(|name| !was.details.contains_key(*name)) {
            self.add(Class::DetailAdded, Some(code), format!("`{code}` has the detail `{name}`"));
        }
        let what = format!("the `details` of `{code}`");
        match (&was.whole, &is.whole) {
            (Some(was), Some(is)) => self.shape(Some(code), &what, was, is, classes),
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

    fn headers(&mut self, code: &str, was: &Facts, is: &Facts) {
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

    fn rule(&mut self, code: &str, was: &Rule, is: &Rule) {
        if was == is {
            return;
        }
        let what = format!("the rule of `{code}` was `{}` and is `{}`", was.to_text(), is.to_text());
        let strictness = |when: When| match when {
            When::Always => 0,
            When::IfIdempotent => 1,
            When::IfSafe => 2,
        };
        let mut is_worse = false;
        if is.times > was.times {
            is_worse = true;
            self.add(Class::RetryMore, Some(code), what.clone());
        }
        if was.times > 0 && is.times > 0 {
            if strictness(is.when) < strictness(was.when) {
                is_worse = true;
                self.add(Class::RetryConditionDropped, Some(code), what.clone());
            }
            if waits_less(was, is) {
                is_worse = true;
                self.add(Class::RetrySooner, Some(code), what.clone());
            }
        }
        if !is_worse {
            self.add(Class::RetryLess, Some(code), what);
        }
    }
}

/// Whether some wait of the new rule is shorter than that of the old one.
fn waits_less(was: &Rule, is: &Rule) -> bool {
    (0..usize::try_from(was.times.min(is.times)).unwrap_or(usize::MAX).min(100)).any(|retry| {
        match (least_wait(&was.wait, retry), least_wait(&is.wait, retry)) {
            (Some(was), Some(is)) => is < was,
            _ => false,
        }
    }) || matches!((&was.wait, &is.wait), (Wait::Given { .. }, Wait::Backoff { .. }))
}

/// The shortest wait before the retry of this number, counted from 0.
fn least_wait(wait: &Wait, retry: usize) -> Option<u64> {
    match wait {
        Wait::Never => None,
        Wait::Between { least_ms, .. } => Some(*least_ms),
        Wait::Given { schedule_ms } | Wait::Backoff { schedule_ms } => {
            schedule_ms.get(retry).or(schedule_ms.last()).copied()
        }
    }
}

/// The new code that stands for the same error: by the name of its variant, or as the only one that is like it.
fn renamed<'n>(old: &str, was: &Facts, new: &BTreeMap<&'n str, &Facts>) -> Option<&'n str> {
    let by_name = new.iter().find(|(_, is)| is.name == was.name && is.status == was.status);
    if let Some((code, _)) = by_name {
        return Some(code);
    }
    let mut alike = new.iter().filter(|(code, is)| is.is_same(was) && is_near(old, code));
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

fn types(shape: &Shape) -> String {
    if shape.types.is_empty() {
        return "of any type".to_owned();
    }
    shape.types.iter().map(String::as_str).collect::<Vec<_>>().join(" or ")
}

fn status(facts: &Facts) -> String {
    match facts.status {
        0 => "no status".to_owned(),
        status => status.to_string(),
    }
}

fn numbers(statuses: &BTreeSet<u16>) -> String {
    statuses.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
}
