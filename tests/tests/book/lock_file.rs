//! The lock's file: what is recorded, how branches merge and are held to where they began, and what is accepted.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use errorbook::book::Contract;
use errorbook::book::lock::{self, Class, Lock, LockError, Outcome, ParseError};
use serde_json::json;

use crate::lock::{classes, contract, edited, error, second};

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
        text.contains("accepted gone code-removed 20") && text.contains("any more\" \"nobody asked for it\""),
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

/// A repository with the contract's lock on `main`, on a branch of it.
fn branched(name: &str, before: &Contract) -> Folder {
    let folder = Folder::new(name);
    assert!(folder.git(&["init", "-qb", "main"]));
    lock::update(folder.lock(), before).unwrap();
    folder.commit();
    assert!(folder.git(&["checkout", "-qb", "branch"]));
    folder
}

fn against_main(folder: &Folder, now: &Contract) -> Outcome {
    lock::against("main", folder.lock(), now).unwrap()
}

#[test]
fn a_lock_that_was_edited_hides_no_break() {
    let folder = branched("against", &contract());
    let now = edited(|json| error(json)["status"] = json!(403));
    std::fs::remove_file(folder.lock()).unwrap();
    assert_eq!(lock::update(folder.lock(), &now).unwrap(), Outcome::Same);
    folder.commit();
    assert_eq!(lock::outcome(folder.lock(), &now).unwrap(), Outcome::Same);
    assert_eq!(against_main(&folder, &now).exit_status(), 2);
    assert!(matches!(lock::against("no-such-ref", folder.lock(), &now), Err(LockError::Git(_))));
}

#[test]
fn a_branch_that_recorded_what_it_added_is_well_and_one_that_did_not_is_told() {
    let folder = branched("recorded", &contract());
    let more = edited(second);
    assert_eq!(against_main(&folder, &more).exit_status(), 1);
    lock::update(folder.lock(), &more).unwrap();
    assert_eq!(against_main(&folder, &more), Outcome::Same);
}

#[test]
fn a_branch_that_accepted_what_it_breaks_is_well_as_long_as_it_breaks_that_alone() {
    let folder = branched("accepted", &edited(second));
    // A header goes along.
    let status = |status: u16| {
        edited(move |json| {
            error(json)["status"] = json!(status);
            drop(error(json)["headers"].as_array_mut().unwrap().pop());
        })
    };
    // `gone` is removed, and the other has another status.
    assert_eq!(against_main(&folder, &status(403)).exit_status(), 2);
    lock::accept(folder.lock(), &status(403), "gone", "nobody asked for it").unwrap();
    assert_eq!(against_main(&folder, &status(403)).exit_status(), 2);
    lock::accept(folder.lock(), &status(403), "too_poor", "the plan says so").unwrap();
    lock::update(folder.lock(), &status(403)).unwrap();
    assert_eq!(against_main(&folder, &status(403)), Outcome::Same);

    // An edit behind what was accepted.
    let text = std::fs::read_to_string(folder.lock()).unwrap();
    let edited_text = text.replace("code too_poor 403", "code too_poor 410");
    assert_ne!(edited_text, text);
    std::fs::write(folder.lock(), edited_text).unwrap();
    assert_eq!(against_main(&folder, &status(410)).exit_status(), 2);

    // The same in two steps, both accepted.
    std::fs::write(folder.lock(), text).unwrap();
    lock::accept(folder.lock(), &status(410), "too_poor", "and again").unwrap();
    assert_eq!(against_main(&folder, &status(410)).exit_status(), 0);
}

#[test]
fn what_main_accepted_before_a_branch_began_excuses_nothing_on_it() {
    let folder = Folder::new("before");
    assert!(folder.git(&["init", "-qb", "main"]));
    lock::update(folder.lock(), &contract()).unwrap();
    let status = |status: u16| edited(move |json| error(json)["status"] = json!(status));
    lock::accept(folder.lock(), &status(403), "too_poor", "once").unwrap();
    lock::accept(folder.lock(), &status(402), "too_poor", "and back").unwrap();
    folder.commit();
    assert!(folder.git(&["checkout", "-qb", "branch"]));
    let text = std::fs::read_to_string(folder.lock()).unwrap();
    std::fs::write(folder.lock(), text.replace("code too_poor 402", "code too_poor 403")).unwrap();
    assert_eq!(against_main(&folder, &status(403)).exit_status(), 2);
}

#[test]
fn a_branch_cannot_take_a_tombstone_away() {
    let folder = Folder::new("tombstone");
    assert!(folder.git(&["init", "-qb", "main"]));
    lock::update(folder.lock(), &edited(second)).unwrap();
    lock::accept(folder.lock(), &contract(), "gone", "nobody asked for it").unwrap();
    folder.commit();
    assert!(folder.git(&["checkout", "-qb", "branch"]));
    assert_eq!(against_main(&folder, &contract()), Outcome::Same);
    let text = std::fs::read_to_string(folder.lock()).unwrap();
    let without: Vec<&str> = text.lines().filter(|line| !line.starts_with("gone ")).collect();
    std::fs::write(folder.lock(), without.join("\n")).unwrap();
    assert_eq!(lock::outcome(folder.lock(), &contract()).unwrap(), Outcome::Same);
    let Outcome::Breaking(changes) = against_main(&folder, &contract()) else { panic!() };
    assert_eq!((changes[0].class, changes[0].subject()), (Class::CodeReused, "gone"));
    // Used again it is told once.
    let Outcome::Breaking(changes) = against_main(&folder, &edited(second)) else { panic!() };
    assert_eq!(classes_of(changes), [Class::CodeReused, Class::CodeAdded].into());
}

#[test]
fn where_main_has_no_lock_yet_a_branch_may_bring_one() {
    let folder = Folder::new("first");
    assert!(folder.git(&["init", "-qb", "main"]));
    std::fs::write(folder.0.join("README.md"), "x").unwrap();
    folder.commit();
    assert!(folder.git(&["checkout", "-qb", "branch"]));
    assert_eq!(against_main(&folder, &contract()).exit_status(), 1);
    lock::update(folder.lock(), &contract()).unwrap();
    assert_eq!(against_main(&folder, &contract()), Outcome::Same);
}

#[test]
fn a_successor_is_told_with_the_change_and_stands_on_the_tombstone_of_a_rename_alone() {
    let folder = Folder::new("successor");
    let both = edited(second);
    lock::update(folder.lock(), &both).unwrap();
    // `gone` went; another error, of another status, is called as its variant was.
    let now = edited(|json| {
        second(json);
        json["errors"][1]["code"] = json!("other");
        json["errors"][1]["status"] = json!(410);
    });
    let changes = Lock::of(&both).compare(&now);
    let change = changes.iter().find(|change| change.code.as_deref() == Some("gone")).unwrap();
    assert_eq!((change.class, &change.successor), (Class::CodeRemoved, &None));
    lock::accept(folder.lock(), &now, "gone", "x").unwrap();
    let lock = Lock::parse(&std::fs::read_to_string(folder.lock()).unwrap()).unwrap();
    assert_eq!(lock.retired().next().unwrap().successor, None);
}

#[test]
fn an_error_that_leaves_out_its_code_is_not_removed_whatever_the_code_is_called_then() {
    let now = edited(|json| {
        error(json)["code"] = json!("unseen");
        error(json)["code_is_omitted"] = json!(true);
    });
    assert_eq!(classes(&contract(), &now), [Class::CodeOmitted].into());
    // Nobody sees how it is called from then on, nor that it goes.
    let again = edited(|json| {
        error(json)["code"] = json!("other");
        error(json)["code_is_omitted"] = json!(true);
    });
    assert_eq!(classes(&now, &again), [].into());
    let folder = Folder::new("omitted");
    lock::update(folder.lock(), &contract()).unwrap();
    assert_eq!(lock::accept(folder.lock(), &now, "too_poor", "the message tells").unwrap(), Outcome::Same);
    let lock = Lock::parse(&std::fs::read_to_string(folder.lock()).unwrap()).unwrap();
    let gone = lock.retired().next().unwrap();
    assert_eq!((&*gone.code, gone.successor), ("too_poor", None));
    // Called as what went it is seen by nobody either.
    let unseen = edited(|json| error(json)["code_is_omitted"] = json!(true));
    assert_eq!(lock::update(folder.lock(), &unseen).unwrap(), Outcome::Same);
    assert_eq!(lock::outcome(folder.lock(), &unseen).unwrap(), Outcome::Same);
    // On the wire again it is.
    assert_eq!(lock::outcome(folder.lock(), &contract()).unwrap().exit_status(), 2);
}

#[test]
fn a_member_is_accepted_by_its_place_and_the_file_tells_what_was_accepted() {
    let folder = Folder::new("member");
    lock::update(folder.lock(), &contract()).unwrap();
    let now = edited(|json| {
        json["bodies"][0]["members"][0]["slot"] = json!("title");
        json["bodies"][0]["members"][1]["required"] = json!(false);
        json["request_id_header"] = json!("x-trace");
    });
    let outcome = lock::outcome(folder.lock(), &now).unwrap();
    let subjects: Vec<&str> = outcome.changes().iter().map(lock::Change::subject).collect();
    assert_eq!(subjects, ["*", "/error/code", "/error/message"]);
    // A shell would take a bare `*` for all files.
    assert!(outcome.to_string().contains("lock accept '*' --because"), "{outcome}");
    for subject in ["*", "/error/code"] {
        let Ok(Outcome::Breaking(_)) = lock::accept(folder.lock(), &now, subject, "new names") else {
            panic!()
        };
    }
    assert_eq!(lock::accept(folder.lock(), &now, "/error/message", "it may lack").unwrap(), Outcome::Same);
    let text = std::fs::read_to_string(folder.lock()).unwrap();
    assert!(text.contains("accepted /error/code member-retyped 20"), "{text}");
    assert!(text.contains("\"the member `/error/code` was `code` and is `title`\" \"new names\""), "{text}");
    assert_eq!(Lock::parse(&text).unwrap().compare(&now), []);
}

#[test]
fn an_error_accepted_into_a_new_envelope_brings_it_along() {
    let folder = Folder::new("envelope");
    lock::update(folder.lock(), &contract()).unwrap();
    let now = edited(|json| {
        let mut other = json["bodies"][0].clone();
        other["media_type"] = json!("application/problem+json");
        json["bodies"].as_array_mut().unwrap().insert(0, other);
    });
    assert_eq!(lock::accept(folder.lock(), &now, "too_poor", "a standard").unwrap(), Outcome::Same);
    let text = std::fs::read_to_string(folder.lock()).unwrap();
    assert!(text.contains("body 1 application/problem+json"), "{text}");
    assert!(text.contains("member 1 /error/code code string"), "{text}");
    assert!(text.contains("code too_poor 402 retry=\"after 30s, 2 times, if idempotent\" body=1"), "{text}");
}

/// What the tests below run in a process of its own, as the variables of a process are all threads'.
#[test]
#[ignore = "run by others, with variables set"]
fn held_to_the_lock_that_a_variable_names() {
    let status = std::env::var("STATUS").unwrap().parse::<u16>().unwrap();
    let now = edited(|json| error(json)["status"] = json!(status));
    lock::check(std::env::var("LOCK").unwrap(), &now);
}

/// Whether `lock::check` passes with these variables, and what it says.
fn checked(folder: &Folder, status: u16, variables: &[(&str, &str)]) -> (bool, String) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "lock_file::held_to_the_lock_that_a_variable_names", "--ignored", "--nocapture"])
        .env_remove("CI")
        .env_remove("ERRORBOOK_LOCK")
        .env("STATUS", status.to_string())
        .env("LOCK", folder.lock())
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("running 1 test"), "{said}");
    (output.status.success(), said.into_owned())
}

#[test]
fn a_test_records_what_was_added_when_it_is_told_to_and_nothing_in_ci() {
    let folder = Folder::new("variables");
    let update = ("ERRORBOOK_LOCK", "update");
    assert!(!checked(&folder, 402, &[update, ("CI", "true")]).0);
    assert!(!folder.lock().exists());
    // Anything else asks for nothing.
    assert!(!checked(&folder, 402, &[("ERRORBOOK_LOCK", "1")]).0);
    assert!(!folder.lock().exists());
    assert!(checked(&folder, 402, &[update, ("CI", "")]).0);
    assert!(checked(&folder, 402, &[("CI", "true")]).0);

    // No variable records a break.
    let before = std::fs::read_to_string(folder.lock()).unwrap();
    let (passed, said) = checked(&folder, 403, &[update]);
    assert!(
        !passed && said.contains("status-changed: `too_poor` was answered with 402 and is with 403"),
        "{said}"
    );
    assert_eq!(std::fs::read_to_string(folder.lock()).unwrap(), before);
}
