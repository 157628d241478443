//! What is different in the envelopes. Takes the locks of before and now; gives the changes of the members. A body is known
//! again by what it looks like, not by its number, which follows the order in which types are named.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Class};
use super::compare::Comparison;
use super::facts::{Facts, Lock};
use super::shape::Shape;

const MEMBER: [Class; 4] =
    [Class::MemberRetyped, Class::MemberOptional, Class::MemberNullable, Class::MemberAdded];

/// What may stand at a place.
type Slots<'l> = BTreeMap<&'l str, &'l Shape>;

impl Lock {
    /// This lock with its bodies numbered as those of `before`: those that look alike, then those in which most of the same
    /// codes are written. A new one gets a number that `before` does not have.
    pub(super) fn numbered_as(&self, before: &Self) -> Self {
        let mut free: Vec<usize> = before.media_types.keys().copied().collect();
        let mut left: Vec<usize> = self.media_types.keys().copied().collect();
        let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
        free.retain(|was| {
            let alike = left.iter().position(|is| before.body(*was) == self.body(*is));
            let Some(alike) = alike else { return true };
            numbers.insert(left.remove(alike), *was);
            false
        });
        free.retain(|was| {
            let shared = |is: &usize| before.codes_in_both(*was, self, *is);
            let most = left.iter().enumerate().max_by_key(|(place, is)| (shared(is), usize::MAX - place));
            let Some((place, _)) = most.filter(|(_, is)| shared(is) > 0) else { return true };
            numbers.insert(left.remove(place), *was);
            false
        });
        let next = before.media_types.keys().next_back().map_or(0, |last| last + 1);
        numbers.extend(left.into_iter().zip(next..));
        let number = |number: &usize| numbers.get(number).copied().unwrap_or(*number);
        let mut numbered = self.clone();
        numbered.media_types =
            self.media_types.iter().map(|(body, media_type)| (number(body), media_type.clone())).collect();
        let member = |((body, pointer, slot), shape): (&(usize, String, String), &Shape)| {
            ((number(body), pointer.clone(), slot.clone()), shape.clone())
        };
        numbered.members = self.members.iter().map(member).collect();
        for all in numbered.codes.values_mut() {
            for facts in &mut *all {
                facts.body = number(&facts.body);
            }
            all.sort_by_cached_key(Facts::to_words);
        }
        numbered
    }

    /// All that there is to say of a body.
    fn body(&self, number: usize) -> (Option<&String>, BTreeMap<&str, Slots<'_>>) {
        (self.media_types.get(&number), self.places(number))
    }

    fn places(&self, number: usize) -> BTreeMap<&str, Slots<'_>> {
        let mut places: BTreeMap<&str, Slots<'_>> = BTreeMap::new();
        let from = (number, String::new(), String::new());
        for ((body, pointer, slot), shape) in self.members.range(from..) {
            if *body != number {
                break;
            }
            places.entry(pointer).or_default().insert(slot, shape);
        }
        places
    }

    /// How many codes are written in this body of the one and in that of the other.
    fn codes_in_both(&self, number: usize, other: &Self, others: usize) -> usize {
        let is_in = |lock: &Self, code: &str, body: usize| {
            lock.codes.get(code).is_some_and(|all| all.iter().any(|facts| facts.body == body))
        };
        self.codes.keys().filter(|code| is_in(self, code, number) && is_in(other, code, others)).count()
    }
}

impl Comparison<'_> {
    pub(super) fn envelopes(&mut self) {
        let (before, now) = (self.before, self.now);
        for (number, is) in &now.media_types {
            match before.media_types.get(number) {
                Some(was) => {
                    if was != is {
                        let what = format!("the bodies were `{was}` and are `{is}`");
                        self.found.push(Change::new(Class::MediaTypeChanged, what));
                    }
                    self.members(&before.places(*number), &now.places(*number));
                }
                // What nobody has yet is no news.
                None if before.media_types.is_empty() => {}
                None => {
                    let what = format!("there are bodies in a further envelope, `{is}`");
                    self.found.push(Change::new(Class::MemberAdded, what));
                }
            }
        }
    }

    fn members(&mut self, before: &BTreeMap<&str, Slots<'_>>, now: &BTreeMap<&str, Slots<'_>>) {
        let nothing = Slots::new();
        let places: BTreeSet<&str> = before.keys().chain(now.keys()).copied().collect();
        for place in places {
            let (was, is) = (before.get(place).unwrap_or(&nothing), now.get(place).unwrap_or(&nothing));
            let first = self.found.len();
            let told = if place.is_empty() { "the body itself".to_owned() } else { format!("`{place}`") };
            let mut add = |class, what| self.found.push(Change::new(class, what));
            let new = || is.keys().filter(|slot| !was.contains_key(*slot));
            match (was.is_empty(), is.is_empty()) {
                (true, _) => add(Class::MemberAdded, format!("the bodies have {}", of(&told, is.keys()))),
                (_, true) => add(Class::MemberRemoved, format!("the bodies no longer have {told}")),
                _ if new().next().is_some() => {
                    let (was, is) = (slots(was.keys()), slots(is.keys()));
                    add(Class::MemberRetyped, format!("the member {told} was {was} and is {is}"));
                }
                _ if is.len() < was.len() => {
                    add(Class::MemberAdded, format!("the member {told} promises more than it did"));
                }
                _ => {}
            }
            for (slot, was) in was {
                if let Some(is) = is.get(slot) {
                    self.shape(None, &format!("the member {told}"), was, is, MEMBER);
                }
            }
            for change in self.found.iter_mut().skip(first) {
                change.place = Some(place.to_owned());
            }
        }
    }
}

fn of<'s>(place: &str, all: impl Iterator<Item = &'s &'s str>) -> String {
    format!("{place}, which is {}", slots(all))
}

/// What may stand there, as `envelope!` has it.
fn slots<'s>(all: impl Iterator<Item = &'s &'s str>) -> String {
    let told = |slot: &&str| match slot.strip_prefix('=') {
        Some(constant) => format!("the constant `{constant}`"),
        None => format!("`{slot}`"),
    };
    all.map(told).collect::<Vec<_>>().join(" or ")
}
