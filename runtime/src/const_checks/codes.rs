//! Takes the rows of a type and the codes of the types that it holds; gives one list of them all, and what in it
//! contradicts something else. It runs in rustc, which takes a microsecond for a few steps of a constant: so the
//! macro hashes the codes, a hash table finds those that recur, and no call stands where each code passes.

use super::difference::{Difference, difference, is_alike};
use super::text::is_same;
use crate::spec::ErrorSpec;

/// The number by which a code is compared and looked up: FNV-1a, 64 bits, as the macro has it.
pub(crate) fn hash_of_code(code: &str) -> u64 {
    code.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The codes of all errors that a type can answer with. Constants read it, and a client of types that are held.
#[doc(hidden)]
#[derive(Debug)]
pub struct Codes {
    /// Its own errors, unless they are in `merged`.
    specs: &'static [ErrorSpec],
    /// The hashes of their codes.
    hashes: &'static [u64],
    /// Its own errors and those of the types that it holds; of those that are alike in all that is checked, one.
    merged: &'static [Code],
    /// Where it has parameters and more errors than [`Flat`] has room for: its own and those of the types that it holds.
    lists: &'static [&'static Self],
}

impl Codes {
    /// Of a type that holds no others.
    #[must_use]
    pub const fn new(specs: &'static [ErrorSpec], hashes: &'static [u64]) -> Self {
        Self { specs, hashes, merged: &[], lists: &[] }
    }

    /// Of a type that holds others.
    #[must_use]
    pub const fn of_merged<const N: usize, const HELD: usize>(merged: &'static Merged<N, HELD>) -> Self {
        Self { specs: &[], hashes: &[], merged: merged.codes.split_at(merged.count).0, lists: &[] }
    }

    /// Of a type that holds some that its parameters decide.
    #[must_use]
    pub const fn of_flat(flat: &'static Flat) -> Self {
        let (merged, lists): (&[Code], &[&Self]) = match flat.count {
            Some(count) => (flat.codes.split_at(count).0, &[]),
            None => (&[], flat.lists),
        };
        Self { specs: &[], hashes: &[], merged, lists }
    }

    pub(super) const fn specs(&self) -> &'static [ErrorSpec] {
        self.specs
    }

    pub(super) const fn merged(&self) -> &'static [Code] {
        self.merged
    }

    pub(super) const fn lists(&self) -> &'static [&'static Self] {
        self.lists
    }

    /// Whether an error has the code of this hash.
    #[cfg(feature = "client")]
    pub(crate) fn contains(&self, hash: u64) -> bool {
        self.hashes.contains(&hash)
            || self.merged.iter().any(|code| code.hash == hash)
            || self.lists.iter().any(|codes| codes.contains(hash))
    }

    const fn count(&self) -> usize {
        let (mut count, mut index) = (self.specs.len() + self.merged.len(), 0);
        while index < self.lists.len() {
            count += self.lists[index].count();
            index += 1;
        }
        count
    }
}

/// The codes of a type that has parameters and holds others that depend on them, in one list: no item can have it, which
/// would know how long it is. It does not lead on to the lists that it was made of. rustc hashes what a constant leads
/// to by every way that leads there, and in layers each of which holds all of the next the ways double with each.
#[doc(hidden)]
#[derive(Debug)]
pub struct Flat {
    codes: [Code; Self::MOST],
    /// `None`: there are more than it has room for.
    count: Option<usize>,
    /// What it was made of, where it has no room for all.
    lists: &'static [&'static Codes],
}

impl Flat {
    const MOST: usize = 128;

    const fn add(&mut self, codes: &Codes) {
        let mut index = 0;
        while index < codes.specs.len() {
            self.add_code(Code { hash: codes.hashes[index], spec: &codes.specs[index] });
            index += 1;
        }
        index = 0;
        while index < codes.merged.len() {
            self.add_code(codes.merged[index]);
            index += 1;
        }
        if !codes.lists.is_empty() {
            self.count = None;
        }
    }

    const fn add_code(&mut self, code: Code) {
        let Some(count) = self.count else { return };
        let mut index = 0;
        while index < count {
            let known = self.codes[index];
            if known.hash == code.hash && is_alike(known.spec, code.spec) {
                return;
            }
            index += 1;
        }
        if count == Self::MOST {
            self.count = None;
            return;
        }
        self.codes[count] = code;
        self.count = Some(count + 1);
    }
}

/// Puts these lists into one.
pub(crate) const fn flatten(lists: &'static [&'static Codes]) -> Flat {
    let nothing = Code { hash: 0, spec: &ErrorSpec::UNKNOWN };
    let mut flat = Flat { codes: [nothing; Flat::MOST], count: Some(0), lists };
    let mut index = 0;
    while index < lists.len() {
        flat.add(lists[index]);
        index += 1;
    }
    if flat.count.is_some() {
        flat.lists = &[];
    }
    flat
}

/// An error, with the hash of its code: so long that no two codes of a service share it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Code {
    hash: u64,
    pub(super) spec: &'static ErrorSpec,
}

/// What became of a type's codes and those of the types that it holds; `N` as [`count_codes`] gives it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Merged<const N: usize, const HELD: usize> {
    codes: [Code; N],
    count: usize,
    conflicts: [Option<Conflict>; HELD],
}

impl<const N: usize, const HELD: usize> Merged<N, HELD> {
    /// What in this held type contradicts the holder or a type held before it.
    pub(super) const fn conflict(&self, held: usize) -> Option<Conflict> {
        self.conflicts[held]
    }
}

/// Two errors of one code that contradict each other, the later one in a held type.
#[derive(Debug, Clone, Copy)]
pub(super) struct Conflict {
    /// Where the first one is: 0 is the holder itself, 1 the first type that it holds.
    pub(super) list: usize,
    pub(super) difference: Difference,
}

/// How many codes [`merge`] needs room for.
#[doc(hidden)]
#[must_use]
pub const fn count_codes(own: &Codes, held: &[(&str, &Codes)]) -> usize {
    let (mut count, mut index) = (own.count(), 0);
    while index < held.len() {
        count += held[index].1.count();
        index += 1;
    }
    count
}

/// Merges the codes of a type and of those that it holds, and finds what contradicts.
#[doc(hidden)]
#[must_use]
pub const fn merge<const N: usize, const HELD: usize>(
    own: &Codes,
    held: &[(&str, &Codes); HELD],
) -> Merged<N, HELD> {
    let mut table = Table::<N>::new();
    table.add(own, 0);
    let mut index = 0;
    while index < HELD {
        table.add(held[index].1, index + 1);
        index += 1;
    }
    let mut conflicts = [None; HELD];
    if table.is_disputed {
        table.find_conflicts(&mut conflicts);
    }
    Merged { codes: table.codes, count: table.count, conflicts }
}

/// In place of an index: there is none.
const NONE: usize = usize::MAX;

/// The codes of several lists, each list with a number. Filled in the order of the lists.
struct Table<const N: usize> {
    /// Those that differ in something that is checked.
    codes: [Code; N],
    /// Where each of them is.
    places: [Place; N],
    count: usize,
    /// The last code whose hash leads here.
    buckets: [usize; N],
    /// Where those are that are alike to one that was there before.
    again: [Again; N],
    again_count: usize,
    /// Whether any two of one code contradict each other.
    is_disputed: bool,
}

#[derive(Clone, Copy)]
struct Place {
    list: usize,
    /// The last of the lists that have it again.
    again: usize,
    /// The code before it in its bucket.
    next: usize,
}

#[derive(Clone, Copy)]
struct Again {
    list: usize,
    next: usize,
}

impl<const N: usize> Table<N> {
    const fn new() -> Self {
        Self {
            codes: [Code { hash: 0, spec: &ErrorSpec::UNKNOWN }; N],
            places: [Place { list: 0, again: NONE, next: NONE }; N],
            count: 0,
            buckets: [NONE; N],
            again: [Again { list: 0, next: NONE }; N],
            again_count: 0,
            is_disputed: false,
        }
    }

    const fn add(&mut self, codes: &Codes, list: usize) {
        let &Codes { specs, hashes, merged, lists } = codes;
        let (count, mut index) = (specs.len(), 0);
        while index < count {
            self.add_code(Code { hash: hashes[index], spec: &specs[index] }, list);
            index += 1;
        }
        let (count, mut index) = (merged.len(), 0);
        while index < count {
            self.add_code(merged[index], list);
            index += 1;
        }
        let (count, mut index) = (lists.len(), 0);
        while index < count {
            self.add(lists[index], list);
            index += 1;
        }
    }

    const fn add_code(&mut self, code: Code, list: usize) {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "what is left of a division by a `usize` fits into one"
        )]
        let bucket = (code.hash % N as u64) as usize;
        let first = self.buckets[bucket];
        let mut known = first;
        while known != NONE {
            if self.codes[known].hash == code.hash {
                let spec = self.codes[known].spec;
                if is_alike(spec, code.spec) {
                    self.again[self.again_count] = Again { list, next: self.places[known].again };
                    self.places[known].again = self.again_count;
                    self.again_count += 1;
                    return;
                }
                self.is_disputed = self.is_disputed || difference(spec, code.spec).is_some();
            }
            known = self.places[known].next;
        }
        self.codes[self.count] = code;
        self.places[self.count] = Place { list, again: NONE, next: first };
        self.buckets[bucket] = self.count;
        self.count += 1;
    }

    /// Finds for each held list what in it contradicts a list before it.
    const fn find_conflicts(&self, conflicts: &mut [Option<Conflict>]) {
        let mut index = 0;
        while index < self.count {
            let spec = self.codes[index].spec;
            let mut other = self.places[index].next;
            while other != NONE {
                let other_spec = self.codes[other].spec;
                if is_same(spec.code, other_spec.code) && difference(spec, other_spec).is_some() {
                    self.compare_lists(other, index, conflicts);
                }
                other = self.places[other].next;
            }
            index += 1;
        }
    }

    /// Compares each list that has the one with each that has the other.
    const fn compare_lists(&self, one: usize, other: usize, conflicts: &mut [Option<Conflict>]) {
        let (mut list, mut next) = (self.places[one].list, self.places[one].again);
        loop {
            let (mut other_list, mut other_next) = (self.places[other].list, self.places[other].again);
            loop {
                // A list that has both is of a type that is told of it itself.
                if !self.has(list, other) && !self.has(other_list, one) {
                    self.note(list, one, other_list, other, conflicts);
                }
                if other_next == NONE {
                    break;
                }
                (other_list, other_next) = (self.again[other_next].list, self.again[other_next].next);
            }
            if next == NONE {
                break;
            }
            (list, next) = (self.again[next].list, self.again[next].next);
        }
    }

    /// Whether a list has something of this code that does not contradict it.
    const fn has(&self, list: usize, code: usize) -> bool {
        let Code { hash, spec } = self.codes[code];
        #[expect(
            clippy::cast_possible_truncation,
            reason = "what is left of a division by a `usize` fits into one"
        )]
        let bucket = (hash % N as u64) as usize;
        let mut known = self.buckets[bucket];
        while known != NONE {
            if self.codes[known].hash == hash && difference(self.codes[known].spec, spec).is_none() {
                let (mut place, mut next) = (self.places[known].list, self.places[known].again);
                while place != list && next != NONE {
                    (place, next) = (self.again[next].list, self.again[next].next);
                }
                if place == list {
                    return true;
                }
            }
            known = self.places[known].next;
        }
        false
    }

    const fn note(
        &self,
        list: usize,
        code: usize,
        other_list: usize,
        other: usize,
        conflicts: &mut [Option<Conflict>],
    ) {
        if list > other_list {
            return self.note(other_list, other, list, code, conflicts);
        }
        let known = &mut conflicts[other_list - 1];
        if let Some(conflict) = known
            && conflict.list <= list
        {
            return;
        }
        if let Some(difference) = difference(self.codes[code].spec, self.codes[other].spec) {
            *known = Some(Conflict { list, difference });
        }
    }
}
