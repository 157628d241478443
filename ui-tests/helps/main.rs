//! Does to each source in `reject/` what the helps of its errors say, one at a time and all together, and compiles: the
//! mistake must be gone and no other have come. So no help proposes what would be refused.
//!
//! What a help says is read from its words:
//!
//! | words | what is done |
//! |---|---|
//! | did you mean `x`, write `x` | `x` stands in place of what the error quotes or, where that is not in it, of what the caret covers |
//! | write `key = x`, write `key(x)` | … in place of the whole key; where the error is not about that key, beside the others |
//! | add `x` | … beside the keys that are there |
//! | write `x` alone | … in place of all that the caret covers |
//! | put `x` on the enum, on the struct | … above it |
//! | put `x` on the field | … before the field that the error names |
//! | put a `,`, drop the `x` | before the caret; from it |
//! | or `x` | again what the last such words say |
//! | as in `x`, looks like `x` | an example: nothing |
//! | any other | a mention: nothing, so it must be a single word, or a form with `…` in it |
//!
//! A help with other code than that has a line in [`ELSEWHERE`]: its first words, or the name of the source.

mod check;
mod proposal;

use std::collections::BTreeMap;
use std::path::Path;

use check::{Mistake, check, sources};
use proposal::{Edit, edited, proposals};

/// Helps that show code and cannot be done by these rules, each with the reason.
const ELSEWHERE: &[(&str, &str)] = &[
    ("leak__from_a_macro", "what is mended stands in the macro, and not at the caret"),
    (
        "give it another name, as in `detail = \"…\"`, or write `details` instead",
        "the envelope stands elsewhere",
    ),
    ("rename the detail, or write `details` instead", "the envelope stands elsewhere"),
    ("write `code?` in the envelope", "the envelope stands elsewhere"),
    ("write `status?` in the envelope", "the envelope stands elsewhere"),
    ("write `status_string?` in the envelope", "the envelope stands elsewhere"),
    (
        "write `kind` in place of `knid`",
        "the caret is at the error, as no constant knows where its keys stand",
    ),
    ("write `kind` in place of `kinds`", "as above"),
    ("give it, or its type, a `meta(kind = \"…\")`", "what it says, only who declares the error knows"),
    ("give it, or its type, a `docs = \"…\"`", "as above"),
    ("give it a `remedy = \"…\"`", "as above"),
    ("write `retry_after` on the field that holds the wait", "the header goes, and the field is chosen"),
    ("write `#[from]`, beside", "the key goes, and an attribute comes beside it"),
    ("close it with `}`", "where, only who wrote it knows"),
    ("write `}}` for a brace that readers see", "which brace, only who wrote it knows"),
    ("name a field, as in `{need}` or `{0}`", "which field, only who wrote it knows"),
    ("take `{code}` out, or `omit(code)` away", "which of them, only who wrote it knows"),
    ("decode__not_sent", "the caret is at the type of a field, and the key goes to the variant"),
    ("take `public` away", "it tells on which types the key stands"),
];

#[test]
fn what_a_help_proposes_compiles() {
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("reject"));
    let found = check(&sources);
    for (known, _) in ELSEWHERE {
        let is_said = |mistake: &Mistake| mistake.text.contains(&format!("help: {known}"));
        let is_there = sources.contains_key(*known) || found.values().flatten().any(is_said);
        assert!(is_there, "no source has the help {known:?} any more");
    }
    let mut cured = BTreeMap::new();
    let mut done = Vec::new();
    let mut unclear = Vec::new();
    for (name, source) in &sources {
        let mistakes = found.get(name).unwrap_or_else(|| panic!("{name} compiles"));
        let mut together = Vec::new();
        for (index, mistake) in mistakes.iter().enumerate() {
            match proposals(name, mistake) {
                Err(code) => unclear.push(format!("{name}: `{code}` in {:?}", mistake.text)),
                Ok(proposals) => {
                    let edits = proposals.iter().map(|proposal| proposal.edit(source, mistake));
                    let edits: Vec<Edit> = edits.collect();
                    together.extend(edits.first().cloned());
                    for (edit, proposal) in edits.into_iter().zip(proposals) {
                        let case = format!("{name}__{}", done.len());
                        cured.insert(case.clone(), edited(source, vec![edit]));
                        done.push((case, name, vec![index], format!("{proposal:?}")));
                    }
                }
            }
        }
        let case = format!("{name}__together");
        cured.insert(case.clone(), edited(source, together));
        done.push((case, name, Vec::new(), "what all propose".to_owned()));
    }
    let left = check(&cured);
    let mut failed = Vec::new();
    for (case, name, cured, proposal) in &done {
        let before = &found[*name];
        let mut expected = texts(before);
        for index in cured {
            expected.remove(*index);
        }
        let now = left.get(case).map(|now| texts(now)).unwrap_or_default();
        // Fewer may be left: what was said of a first place goes with what was said of the second.
        let new: Vec<&str> = now.into_iter().filter(|text| !take(&mut expected, text)).collect();
        if !new.is_empty() {
            let of: Vec<&str> = cured.iter().map(|index| before[*index].text.as_str()).collect();
            failed.push(format!("{name}: {proposal}, of {of:?}\ngives {new:#?}"));
        }
    }
    assert!(unclear.is_empty(), "code that is neither done nor listed:\n{}", unclear.join("\n"));
    assert!(failed.is_empty(), "{} helps are refused in turn:\n\n{}", failed.len(), failed.join("\n\n"));
    assert!(done.len() > 100, "only {} helps were found", done.len());
}

fn texts(mistakes: &[Mistake]) -> Vec<&str> {
    mistakes.iter().map(|mistake| mistake.text.as_str()).collect()
}

/// Takes one of these from the list, if it is there.
fn take(list: &mut Vec<&str>, text: &str) -> bool {
    let place = list.iter().position(|known| *known == text);
    place.map(|place| list.remove(place)).is_some()
}
