//! The lock on a contract: each class of change, and what the file holds. How a file is kept is in `lock_file`.

use std::collections::BTreeSet;

use errorbook::ApiError;
use errorbook::book::Contract;
use errorbook::book::lock::{Change, Class, Lock, Outcome, ParseError, Severity};
use errorbook_tests::apis::{RunsError, StoryError};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::reference;

#[derive(ApiError)]
#[api(
    status = 402,
    message = "Need {need}.",
    retry = "after 30s, 2 times, if idempotent",
    header("X-Kind", "a")
)]
struct TooPoor {
    #[api(detail, header = "X-Need")]
    need: u64,
    #[api(detail)]
    plan: Option<String>,
}

pub(crate) fn contract() -> Contract {
    Contract::builder("Runs").catalog(TooPoor::catalog()).request_id_header("x-request-id").build()
}

/// The contract with something else in it.
pub(crate) fn edited(edit: impl FnOnce(&mut Value)) -> Contract {
    let mut json: Value = serde_json::from_str(&contract().to_json()).unwrap();
    edit(&mut json);
    Contract::from_json(&json.to_string()).unwrap()
}

pub(crate) fn classes(before: &Contract, now: &Contract) -> BTreeSet<Class> {
    let changes = Lock::of(before).compare(now);
    assert!(changes.iter().all(|change| !change.what.is_empty()), "{changes:?}");
    changes.into_iter().map(|change| change.class).collect()
}

/// What is edited, and the classes that the edit and its reverse are of.
type Case = (fn(&mut Value), &'static [Class], &'static [Class]);

pub(crate) fn error(json: &mut Value) -> &mut Value {
    &mut json["errors"][0]
}

pub(crate) fn second(json: &mut Value) {
    let mut other = error(json).clone();
    other["code"] = json!("gone");
    other["name"] = json!("Gone");
    json["errors"].as_array_mut().unwrap().push(other);
}

const CASES: &[Case] = &[
    (second, &[Class::CodeAdded], &[Class::CodeRemoved]),
    (
        |json| error(json)["code"] = json!("insufficient_credits"),
        &[Class::CodeRenamed],
        &[Class::CodeRenamed],
    ),
    (
        |json| error(json)["status"] = json!(403),
        &[Class::StatusChanged, Class::StatusAdded],
        &[Class::StatusChanged, Class::StatusAdded],
    ),
    (|json| error(json)["code_is_omitted"] = json!(true), &[Class::CodeOmitted], &[Class::CodeShown]),
    (|json| json["codes"] = json!("closed"), &[Class::CodesClosed], &[Class::CodesOpened]),
    (
        |json| json["bodies"][0]["media_type"] = json!("application/problem+json"),
        &[Class::MediaTypeChanged],
        &[Class::MediaTypeChanged],
    ),
    (
        |json| {
            let mut other = json["bodies"][0].clone();
            other["media_type"] = json!("application/problem+json");
            json["bodies"].as_array_mut().unwrap().push(other);
            error(json)["body"] = json!(1);
        },
        &[Class::BodyChanged, Class::MemberAdded],
        &[Class::BodyChanged],
    ),
    (
        |json| drop(json["bodies"][0]["members"].as_array_mut().unwrap().pop()),
        &[Class::MemberRemoved],
        &[Class::MemberAdded],
    ),
    (
        |json| {
            json["bodies"][0]["schema"]["properties"]["error"]["properties"]["code"]["type"] =
                json!("integer");
        },
        &[Class::MemberRetyped],
        &[Class::MemberRetyped],
    ),
    (
        |json| json["bodies"][0]["members"][0]["required"] = json!(false),
        &[Class::MemberOptional],
        &[Class::MemberAdded],
    ),
    (
        |json| json["bodies"][0]["members"][0]["nullable"] = json!(true),
        &[Class::MemberNullable],
        &[Class::MemberAdded],
    ),
    (|json| error(json)["fields"][0]["detail"] = Value::Null, &[Class::DetailRemoved], &[Class::DetailAdded]),
    (
        |json| error(json)["fields"][0]["schema"] = json!({ "type": "string" }),
        &[Class::DetailRetyped],
        &[Class::DetailRetyped],
    ),
    (
        |json| error(json)["fields"][0]["is_optional"] = json!(true),
        &[Class::DetailOptional],
        &[Class::DetailAdded],
    ),
    (
        |json| error(json)["fields"][0]["is_nullable"] = json!(true),
        &[Class::DetailNullable],
        &[Class::DetailAdded],
    ),
    (
        |json| drop(error(json)["headers"].as_array_mut().unwrap().remove(0)),
        &[Class::HeaderRemoved],
        &[Class::HeaderAdded],
    ),
    (
        |json| error(json)["headers"][0]["is_optional"] = json!(true),
        &[Class::HeaderOptional],
        &[Class::HeaderAdded],
    ),
    (|json| json["request_id_header"] = json!("x-trace"), &[Class::RequestIdMoved], &[Class::RequestIdMoved]),
    (|json| error(json)["retry"]["times"] = json!(3), &[Class::RetryMore], &[Class::RetryLess]),
    (
        |json| error(json)["retry"]["wait"]["least_ms"] = json!(5000),
        &[Class::RetrySooner],
        &[Class::RetryLess],
    ),
    (
        |json| error(json)["retry"]["when"] = json!("always"),
        &[Class::RetryConditionDropped],
        &[Class::RetryLess],
    ),
    // Another slot at the same place, and another constant.
    (
        |json| json["bodies"][0]["members"][0]["slot"] = json!("title"),
        &[Class::MemberRetyped],
        &[Class::MemberRetyped],
    ),
    (
        |json| {
            json["bodies"][0]["schema"]["properties"]["v"] = json!({ "const": 1 });
            json["bodies"][0]["schema"]["required"] = json!(["error", "v"]);
        },
        &[Class::MemberAdded],
        &[Class::MemberRemoved],
    ),
    // A wait of the error's own is a header.
    (
        |json| error(json)["retry"]["wait"] = json!({ "kind": "given", "schedule_ms": [30_000] }),
        &[Class::HeaderRemoved, Class::RetryLess],
        &[Class::HeaderAdded, Class::RetryLess],
    ),
    // The range ends sooner.
    (
        |json| error(json)["retry"]["wait"]["most_ms"] = json!(60_000),
        &[Class::RetryLess],
        &[Class::RetrySooner],
    ),
    // Of two headers that have one name, one that is always there is enough.
    (
        |json| {
            let mut second = error(json)["headers"][0].clone();
            second["name"] = json!("x-kind");
            second["is_optional"] = json!(true);
            error(json)["headers"].as_array_mut().unwrap().push(second);
        },
        &[],
        &[],
    ),
    // What is for people may change.
    (
        |json| {
            for text in ["title", "description", "remedy", "section", "name"] {
                error(json)[text] = json!("other");
            }
            error(json)["message"]["pieces"] = json!([{ "text": "other" }]);
            json["title"] = json!("other");
        },
        &[],
        &[],
    ),
];

#[test]
fn each_kind_of_change_has_its_class_in_both_directions() {
    for (number, (edit, there, back)) in CASES.iter().enumerate() {
        let (before, now) = (contract(), edited(edit));
        assert_eq!(classes(&before, &now), there.iter().copied().collect(), "case {number}");
        assert_eq!(classes(&now, &before), back.iter().copied().collect(), "case {number}, back");
    }
}

#[test]
fn every_class_is_tried() {
    let mut tried: BTreeSet<Class> =
        CASES.iter().flat_map(|(_, there, back)| there.iter().chain(*back)).copied().collect();
    // These two have tests of their own.
    tried.extend([Class::CodeAddedToClosed, Class::CodeReused]);
    assert_eq!(tried, Class::ALL.iter().copied().collect());
    let ids: BTreeSet<&str> = Class::ALL.iter().map(|class| class.id()).collect();
    assert_eq!(ids.len(), Class::ALL.len());
}

#[test]
fn where_codes_are_closed_a_new_one_breaks() {
    let before = edited(|json| json["codes"] = json!("closed"));
    let now = edited(|json| {
        json["codes"] = json!("closed");
        second(json);
    });
    assert_eq!(classes(&before, &now), [Class::CodeAddedToClosed].into());
    assert_eq!(Class::CodeAddedToClosed.severity(), Severity::Breaking);
}

#[test]
fn two_errors_of_one_code_are_compared_together() {
    let shared = |statuses: &[u16]| {
        edited(|json| {
            let one = error(json).clone();
            json["errors"] = statuses
                .iter()
                .map(|status| {
                    let mut error = one.clone();
                    error["status"] = json!(status);
                    error["name"] = json!(format!("E{status}"));
                    error
                })
                .collect();
        })
    };
    assert_eq!(classes(&shared(&[500, 503]), &shared(&[503, 500])), [].into());
    assert!(classes(&shared(&[500, 503]), &shared(&[500, 504])).contains(&Class::StatusChanged));
}

#[test]
fn the_file_reads_back_as_it_was_written() {
    for contract in [
        contract(),
        edited(|json| error(json)["fields"][0]["detail"] = json!("a name: \"quoted\"")),
        // Members whose names hold spaces, and constants that do.
        edited(|json| {
            json["bodies"][0]["members"][0]["pointer"] = json!("/error/the code");
            json["bodies"][0]["schema"]["properties"]["a b"] = json!({ "const": "c d" });
            json["bodies"][0]["schema"]["properties"]["none"] = json!({ "const": null });
        }),
        Contract::builder("Story").catalog(StoryError::catalog()).build(),
        Contract::builder("Runs").catalog(RunsError::catalog()).closed_codes().build(),
    ] {
        let lock = Lock::of(&contract);
        let text = lock.to_text();
        assert_eq!(Lock::parse(&text).unwrap(), lock, "{text}");
        assert_eq!(lock.compare(&contract), []);
        let lines: Vec<&str> = text.lines().skip_while(|line| line.starts_with('#')).collect();
        assert!(lines.is_sorted(), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_lock_reads_back_as_it_was_written_and_holds_its_contract(contract in reference::any()) {
        let lock = Lock::of(&contract);
        let text = lock.to_text();
        let read = Lock::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        prop_assert_eq!(&read, &lock, "{}", text);
        prop_assert_eq!(read.compare(&contract), []);
    }

    #[test]
    fn what_breaks_one_way_is_told_whatever_the_contracts(one in reference::any(), other in reference::any()) {
        // A code that went is told in one direction or, where it is new, in the other.
        let (there, back) = (Lock::of(&one).compare(&other), Lock::of(&other).compare(&one));
        let of = |changes: &[Change], wanted: &[Class]| -> BTreeSet<String> {
            let all = changes.iter().filter(|change| wanted.contains(&change.class));
            all.filter_map(|change| change.code.clone()).collect()
        };
        let gone = [Class::CodeRemoved, Class::CodeRenamed];
        for code in of(&there, &gone) {
            let shown = |contract: &Contract| {
                contract.errors.iter().any(|error| error.code == code && !error.code_is_omitted)
            };
            prop_assert!(shown(&one) && !shown(&other), "{}", code);
        }
        // What one of them promises more than the other, the other promises less.
        prop_assert_eq!(there.is_empty(), back.is_empty());
    }
}

#[test]
fn hostile_texts_read_back_too() {
    let contract = reference::nasty();
    let text = Lock::of(&contract).to_text();
    assert_eq!(Lock::parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}")), Lock::of(&contract));
}

#[test]
fn a_line_that_is_none_is_told_with_its_number() {
    let error = Lock::parse("# head\nbody 0 application/json\ncode x 99q\n").unwrap_err();
    assert_eq!(error, ParseError::Line(3, "code x 99q".to_owned()));
    assert!(error.to_string().contains("help:"));
    for bad in ["cod x 400", "code x 400 retry=sometimes", "member 0 /a", "gone x when=now", "code \"x"] {
        assert!(Lock::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn what_stands_without_a_name_is_never_taken_for_what_was_renamed() {
    let unnamed = |code: &'static str| {
        edited(move |json| {
            error(json)["code"] = json!(code);
            error(json)["name"] = json!("");
            // Nothing else tells it.
            error(json)["fields"] = json!([]);
            error(json)["headers"] = json!([]);
        })
    };
    assert_eq!(
        classes(&unnamed("no_route"), &unnamed("bad_method")),
        [Class::CodeRemoved, Class::CodeAdded].into()
    );
    // What is alike in all and has a word in common is.
    assert_eq!(classes(&unnamed("no_route"), &unnamed("route_unknown")), [Class::CodeRenamed].into());
}

#[test]
fn what_one_of_two_errors_of_a_code_lacks_is_promised_by_none() {
    let two = |edit: fn(&mut Value)| {
        edited(move |json| {
            let mut other = error(json).clone();
            other["name"] = json!("Other");
            edit(&mut other);
            json["errors"].as_array_mut().unwrap().push(other);
        })
    };
    let lacking = |edit: fn(&mut Value)| classes(&contract(), &two(edit));
    assert_eq!(lacking(|_| {}), [].into());
    assert_eq!(lacking(|other| other["fields"][0]["detail"] = Value::Null), [Class::DetailOptional].into());
    assert_eq!(lacking(|other| other["headers"] = json!([])), [Class::HeaderOptional].into());
    assert_eq!(lacking(|other| other["code_is_omitted"] = json!(true)), [Class::CodeOmitted].into());
    assert_eq!(lacking(|other| other["retry"]["times"] = json!(5)), [Class::RetryMore].into());
    // A status that they do not share is told by itself.
    let other = two(|other| {
        other["status"] = json!(403);
        other["fields"][0]["detail"] = Value::Null;
    });
    assert_eq!(classes(&contract(), &other), [Class::StatusChanged, Class::StatusAdded].into());
}

#[test]
fn a_body_is_known_by_what_it_looks_like_and_not_by_its_number() {
    let two = |numbers: [usize; 2]| {
        edited(move |json| {
            let mut other = json["bodies"][0].clone();
            other["media_type"] = json!("application/problem+json");
            let bodies = json["bodies"].as_array_mut().unwrap();
            bodies.insert(numbers[1], other);
            second(json);
            json["errors"][0]["body"] = json!(numbers[0]);
            json["errors"][1]["body"] = json!(numbers[1]);
        })
    };
    assert_eq!(classes(&two([0, 1]), &two([1, 0])), [].into());
}

#[test]
fn no_help_proposes_to_accept_what_is_refused() {
    let gone = "gone too_poor status=402 date=2026-11-26\n";
    let outcome = Outcome::Breaking(Lock::parse(gone).unwrap().compare(&contract()));
    assert_eq!(outcome.changes()[0].class, Class::CodeReused);
    let told = outcome.to_string();
    assert!(told.contains("give the error another") && !told.contains("lock accept"), "{told}");
}

#[test]
fn the_manual_has_every_class_with_its_outcome() {
    let manual = include_str!("../../../runtime/docs/lock.md");
    let rows = || manual.lines().filter_map(|line| line.strip_prefix("| `"));
    for class in Class::ALL {
        let row =
            rows().find(|row| row.contains(&format!("{}`", class.id())) && row.contains(class.id())).unwrap();
        let (names, outcome) = (row.split('|').next().unwrap(), row.split('|').nth(2).unwrap().trim());
        let place = names.split(", ").position(|name| name.trim().trim_matches('`') == class.id()).unwrap();
        let outcomes: Vec<&str> = outcome.split(", ").collect();
        let told = outcomes.get(place).or(outcomes.last()).unwrap();
        let expected = if class.severity() == Severity::Breaking { "breaking" } else { "additive" };
        assert_eq!(*told, expected, "{class}");
    }
}
