//! The lock on a contract: each class of change, what the file holds, how branches merge, and what is accepted.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use errorbook::ApiError;
use errorbook::book::Contract;
use errorbook::book::lock::{self, Class, Lock, LockError, Outcome, ParseError, Severity};
use errorbook_tests::apis::{RunsError, StoryError};
use serde_json::{Value, json};

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

fn contract() -> Contract {
    Contract::builder("Runs").catalog(TooPoor::catalog()).request_id_header("x-request-id").build()
}

/// The contract with something else in it.
fn edited(edit: impl FnOnce(&mut Value)) -> Contract {
    let mut json: Value = serde_json::from_str(&contract().to_json()).unwrap();
    edit(&mut json);
    Contract::from_json(&json.to_string()).unwrap()
}

fn classes(before: &Contract, now: &Contract) -> BTreeSet<Class> {
    let changes = Lock::of(before).compare(now);
    assert!(changes.iter().all(|change| !change.what.is_empty()), "{changes:?}");
    changes.into_iter().map(|change| change.class).collect()
}

/// What is edited, and the classes that the edit and its reverse are of.
type Case = (fn(&mut Value), &'static [Class], &'static [Class]);

fn error(json: &mut Value) -> &mut Value {
    &mut json["errors"][0]
}

fn second(json: &mut Value) {
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
            let other = json["bodies"][0].clone();
            json["bodies"].as_array_mut().unwrap().push(other);
            error(json)["body"] = json!(1);
        },
        &[Class::BodyChanged],
        &[Class::BodyChanged, Class::MemberRemoved],
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

#[test]
fn a_line_that_is_none_is_told_with_its_number() {
    let error = Lock::parse("# head\nbody 0 application/json\ncode x 99q\n").unwrap_err();
    assert_eq!(error, ParseError::Line(3, "code x 99q".to_owned()));
    assert!(error.to_string().contains("help:"));
    for bad in ["cod x 400", "code x 400 retry=sometimes", "member 0 /a", "gone x when=now", "code \"x"] {
        assert!(Lock::parse(bad).is_err(), "{bad}");
    }
}

/// A folder of its own, gone with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("lock-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn lock(&self) -> PathBuf {
        self.0.join("errors.lock")
    }

    #[track_caller]
    fn git(&self, arguments: &[&str]) -> bool {
        let output = Command::new("git")
            .current_dir(&self.0)
            .args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .output()
            .unwrap();
        output.status.success()
    }

    fn commit(&self) {
        assert!(self.git(&["add", "-A"]) && self.git(&["commit", "-qm", "change"]));
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn what_is_added_is_recorded_and_what_breaks_is_not() {
    let folder = Folder::new("update");
    let Ok(Outcome::Additive(changes)) = lock::outcome(folder.lock(), &contract()) else { panic!() };
    assert!(changes.iter().any(|change| change.class == Class::CodeAdded));
    assert_eq!(lock::update(folder.lock(), &contract()).unwrap(), Outcome::Same);
    assert_eq!(lock::outcome(folder.lock(), &contract()).unwrap(), Outcome::Same);

    let more = edited(second);
    assert!(matches!(lock::outcome(folder.lock(), &more), Ok(Outcome::Additive(_))));
    let written = std::fs::read_to_string(folder.lock()).unwrap();
    let breaking = edited(|json| {
        second(json);
        error(json)["status"] = json!(403);
    });
    let Ok(Outcome::Breaking(changes)) = lock::update(folder.lock(), &breaking) else { panic!() };
    assert_eq!(changes[0].class, Class::StatusChanged);
    assert_eq!(std::fs::read_to_string(folder.lock()).unwrap(), written);
    let statuses = [Outcome::Same, Outcome::Additive(vec![]), Outcome::Breaking(vec![])];
    assert_eq!(statuses.map(|outcome| outcome.exit_status()), [0, 1, 2]);
}

#[test]
fn the_two_failures_of_a_test_have_different_words() {
    let folder = Folder::new("words");
    lock::update(folder.lock(), &contract()).unwrap();
    let additive = lock::outcome(folder.lock(), &edited(second)).unwrap().to_string();
    assert!(additive.contains("ERRORBOOK_LOCK=update") && !additive.contains("accept"), "{additive}");
    // Where the error is declared is known as long as the contract comes from the code.
    let breaking = {
        let text =
            std::fs::read_to_string(folder.lock()).unwrap().replace("code too_poor 402", "code too_poor 403");
        Lock::parse(&text).unwrap().compare(&contract())
    };
    let breaking = Outcome::Breaking(breaking).to_string();
    let source = contract().errors[0].source.clone().unwrap();
    for part in [
        "status-changed: `too_poor` was answered with 403 and is with 402".to_owned(),
        format!("at: {}:{}", source.file, source.line),
        "hits: clients and proxies".to_owned(),
        "lock accept too_poor --because".to_owned(),
    ] {
        assert!(breaking.contains(&part), "{breaking}");
    }
}

#[test]
fn a_test_panics_with_what_is_to_be_done() {
    let folder = Folder::new("check");
    let path = folder.lock();
    let panicked = std::panic::catch_unwind(|| lock::check(&path, &contract())).unwrap_err();
    let text = panicked.downcast_ref::<String>().unwrap();
    assert!(text.contains("more than the lock records"), "{text}");
    lock::update(&path, &contract()).unwrap();
    lock::check(&path, &contract());
}

#[test]
fn a_break_is_accepted_with_its_reason_and_leaves_a_tombstone() {
    let folder = Folder::new("accept");
    let both = edited(second);
    lock::update(folder.lock(), &both).unwrap();
    // `gone` is removed, and the other has another status.
    let now = edited(|json| error(json)["status"] = json!(403));
    let accept = |code, because| lock::accept(folder.lock(), &now, code, because);
    assert!(matches!(accept("gone", " "), Err(LockError::NoReason)));
    assert!(matches!(accept("other", "x"), Err(LockError::NothingToAccept(_))));
    let Ok(Outcome::Breaking(left)) = accept("gone", "nobody asked for it") else { panic!() };
    assert!(left.iter().all(|change| change.code.as_deref() != Some("gone")));
    assert!(!matches!(accept("too_poor", "the plan says so"), Ok(Outcome::Breaking(_))));
    assert_eq!(lock::update(folder.lock(), &now).unwrap(), Outcome::Same);

    let text = std::fs::read_to_string(folder.lock()).unwrap();
    assert!(
        text.contains("accepted gone code-removed 20") && text.contains("\"nobody asked for it\""),
        "{text}"
    );
    let lock = Lock::parse(&text).unwrap();
    let gone: Vec<_> = lock.retired().collect();
    assert_eq!((&*gone[0].code, gone[0].status), ("gone", Some(402)));
    assert_eq!(gone[0].reason.as_deref(), Some("nobody asked for it"));
    // The page is told of it.
    let page = Contract::builder("x").retired(lock.retired()).build();
    assert_eq!(page.retired, gone);

    // Used again it is refused, whatever the reason.
    assert_eq!(classes_of(lock.compare(&both)).into_iter().next(), Some(Class::CodeReused));
    let again = edited(|json| {
        second(json);
        error(json)["status"] = json!(403);
    });
    assert!(matches!(lock::accept(folder.lock(), &again, "gone", "please"), Err(LockError::Reused(_))));
}

fn classes_of(changes: Vec<lock::Change>) -> BTreeSet<Class> {
    changes
        .into_iter()
        .filter(|change| change.code.as_deref() == Some("gone"))
        .map(|change| change.class)
        .collect()
}

#[test]
fn a_rename_leaves_a_tombstone_that_names_its_successor() {
    let folder = Folder::new("rename");
    lock::update(folder.lock(), &contract()).unwrap();
    let now = edited(|json| error(json)["code"] = json!("insufficient_credits"));
    assert_eq!(lock::accept(folder.lock(), &now, "too_poor", "clearer").unwrap(), Outcome::Same);
    let lock = Lock::parse(&std::fs::read_to_string(folder.lock()).unwrap()).unwrap();
    let gone: Vec<_> = lock.retired().collect();
    assert_eq!(gone[0].successor.as_deref(), Some("insufficient_credits"));
}

#[test]
fn branches_that_add_codes_merge_and_those_that_change_one_do_not() {
    let folder = Folder::new("merge");
    std::fs::write(folder.0.join(".gitattributes"), "errors.lock merge=union\n").unwrap();
    assert!(folder.git(&["init", "-qb", "main"]));
    lock::update(folder.lock(), &contract()).unwrap();
    folder.commit();
    let with = |codes: &'static [&'static str], status: u16| {
        edited(move |json| {
            let one = error(json).clone();
            for code in codes {
                let mut other = one.clone();
                other["code"] = json!(code);
                other["name"] = json!(code);
                json["errors"].as_array_mut().unwrap().push(other);
            }
            error(json)["retry"]["times"] = json!(status);
        })
    };
    for (branch, code) in [("one", "aaa"), ("two", "zzz")] {
        assert!(folder.git(&["checkout", "-qb", branch, "main"]));
        let contract = with(if code == "aaa" { &["aaa"] } else { &["zzz"] }, 2);
        assert_eq!(lock::update(folder.lock(), &contract).unwrap(), Outcome::Same);
        folder.commit();
    }
    assert!(folder.git(&["merge", "-q", "-m", "merge", "one"]));
    assert_eq!(lock::outcome(folder.lock(), &with(&["aaa", "zzz"], 2)).unwrap(), Outcome::Same);

    // Both change one code: git merges the lines, and the lock tells both.
    for (branch, times) in [("three", 0), ("four", 1)] {
        assert!(folder.git(&["checkout", "-qb", branch, "main"]));
        assert_eq!(lock::update(folder.lock(), &with(&[], times)).unwrap(), Outcome::Same);
        folder.commit();
    }
    assert!(folder.git(&["merge", "-q", "-m", "merge", "three"]));
    let Err(LockError::Parse(_, ParseError::Conflict(conflict))) = lock::outcome(folder.lock(), &contract())
    else {
        panic!("{}", std::fs::read_to_string(folder.lock()).unwrap())
    };
    assert_eq!(conflict.entry, "code too_poor");
    assert!(conflict.lines.iter().all(|line| line.starts_with("code too_poor 402 retry=")));
    assert_ne!(conflict.lines[0], conflict.lines[1]);
}

#[test]
fn a_lock_that_was_edited_hides_no_break() {
    let folder = Folder::new("against");
    assert!(folder.git(&["init", "-qb", "main"]));
    lock::update(folder.lock(), &contract()).unwrap();
    folder.commit();
    assert!(folder.git(&["checkout", "-qb", "branch"]));
    let now = edited(|json| error(json)["status"] = json!(403));
    std::fs::remove_file(folder.lock()).unwrap();
    assert_eq!(lock::update(folder.lock(), &now).unwrap(), Outcome::Same);
    folder.commit();
    assert_eq!(lock::outcome(folder.lock(), &now).unwrap(), Outcome::Same);
    assert!(matches!(lock::against("main", folder.lock(), &now), Ok(Outcome::Breaking(_))));
    assert!(matches!(lock::against("no-such-ref", folder.lock(), &now), Err(LockError::Git(_))));
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
