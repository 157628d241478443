//! What clients can rely on where one code stands for several errors. Takes the facts of each; gives those that hold for all.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::{Facts, Rule};
use super::shape::Shape;

/// What a client may meet, whichever of the errors it is.
pub(super) struct Joint<'f> {
    /// Whether some body is without the code.
    pub(super) code_is_omitted: bool,
    pub(super) bodies: BTreeSet<usize>,
    /// Those that there are, each once.
    pub(super) rules: Vec<&'f Rule>,
    /// One that only some of them have may be missing.
    pub(super) details: BTreeMap<&'f str, Shape>,
    pub(super) whole: Option<Shape>,
    /// Whether a response may be without it.
    pub(super) headers: BTreeMap<&'f str, bool>,
}

impl<'f> Joint<'f> {
    /// That of these errors; none of none.
    pub(super) fn of(all: impl Iterator<Item = &'f Facts>) -> Option<Self> {
        all.map(Self::of_one).reduce(Self::and)
    }

    fn of_one(facts: &'f Facts) -> Self {
        Self {
            code_is_omitted: facts.code_is_omitted,
            bodies: [facts.body].into(),
            rules: vec![&facts.rule],
            details: facts.details.iter().map(|(name, shape)| (name.as_str(), shape.clone())).collect(),
            whole: facts.whole.clone(),
            headers: facts.headers.iter().map(|(name, may_lack)| (name.as_str(), *may_lack)).collect(),
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.code_is_omitted |= other.code_is_omitted;
        self.bodies.extend(other.bodies);
        for rule in other.rules {
            if !self.rules.contains(&rule) {
                self.rules.push(rule);
            }
        }
        self.details = of_both(self.details, other.details, Shape::or, Shape::optional);
        self.headers = of_both(self.headers, other.headers, |one, other| one | other, |_| true);
        self.whole = match (self.whole, other.whole) {
            (Some(one), Some(other)) => Some(one.or(&other)),
            (one, other) => one.or(other).map(|whole| whole.optional()),
        };
        self
    }
}

/// Everything of two maps: what is in both together, and what is in one of them as it is then.
fn of_both<'f, T>(
    one: BTreeMap<&'f str, T>,
    mut other: BTreeMap<&'f str, T>,
    together: impl Fn(&T, &T) -> T,
    alone: impl Fn(&T) -> T,
) -> BTreeMap<&'f str, T> {
    let mut all = BTreeMap::new();
    for (name, value) in one {
        let value = match other.remove(name) {
            Some(further) => together(&value, &further),
            None => alone(&value),
        };
        all.insert(name, value);
    }
    all.extend(other.iter().map(|(name, value)| (*name, alone(value))));
    all
}
