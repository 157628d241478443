//! Which errors tests produced: written down by processes of their own, as runners of tests start them, and read by the
//! command.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use errorbook::ApiError;
use errorbook::book::Contract;
use errorbook::cli::{self, Session};

use crate::folder::Folder;

#[derive(Debug, ApiError)]
#[api(shared_codes("busy"))]
enum StoryError {
    #[api(status = 404, message = "No such story.")]
    NotFound,
    #[api(status = 402, message = "Too poor.")]
    TooPoor,
    #[api(status = none, message = "It failed.")]
    Failed,
    #[api(status = 503, code = "busy", message = "Busy.")]
    Busy,
    #[api(status = 503, code = "busy", message = "Too busy.")]
    BusyToo,
    #[api(status = 500)]
    Broken,
}

/// What a child does that this test starts: the words of the variable `PRODUCE`.
#[test]
#[ignore = "other tests run it as a process of its own"]
fn child() {
    let mut ends = false;
    for word in std::env::var("PRODUCE").unwrap_or_default().split(' ') {
        match word {
            "not_found" => drop(StoryError::NotFound.respond()),
            "too_poor" => StoryError::TooPoor.record(),
            // It never answers by itself: it is shown inside a story.
            "failed" => assert!(serde_json::json!({ "failure": StoryError::Failed.body() }).is_object()),
            "busy" => drop(StoryError::Busy.respond()),
            "busy_too" => drop(StoryError::BusyToo.respond()),
            "converted" => {
                drop(StoryError::Broken.to_response());
                drop(Contract::from(StoryError::catalog()));
                drop(serde_json::json!(StoryError::Broken.body()));
            }
            "many" => {
                (0..100).for_each(|_| drop((StoryError::NotFound.respond(), StoryError::Busy.respond())));
            }
            "abort" => ends = true,
            "read" => {
                let status = cli::run(
                    StoryError::catalog(),
                    ["errors", "coverage"],
                    Session::new(&mut std::io::stdout(), &mut std::io::stdout()),
                );
                println!("status {status}");
            }
            word => panic!("{word:?} is nothing that a child does"),
        }
    }
    if ends {
        std::process::abort();
    }
}

fn start(program: &Path, folder: Option<&Path>, what: &str) -> Child {
    let mut command = Command::new(program);
    command.args(["--ignored", "--exact", "--nocapture", "coverage::child"]).env("PRODUCE", what);
    match folder {
        Some(folder) => command.env("ERRORBOOK_COVERAGE", folder),
        None => command.env_remove("ERRORBOOK_COVERAGE"),
    };
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// What a child prints.
fn produce(program: &Path, folder: Option<&Path>, what: &str) -> String {
    let output = start(program, folder, what).wait_with_output().unwrap();
    assert_eq!(output.status.success(), !what.contains("abort"), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

fn this() -> PathBuf {
    std::env::current_exe().unwrap()
}

/// The codes and variants that the command lists, what it says above them, and its status.
fn missing(folder: &Folder) -> (Vec<String>, String, u8) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["errors", "coverage", "--from", &folder.path("")];
    let status = cli::run(StoryError::catalog(), arguments, Session::new(&mut out, &mut err));
    let out = String::from_utf8([out, err].concat()).unwrap();
    let rows = out.lines().skip(3).map(|line| line.split(' ').next().unwrap().to_owned());
    (rows.collect(), out.lines().next().unwrap_or_default().to_owned(), status)
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let files = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    files
        .map(|file| (file.file_name().into_string().unwrap(), std::fs::read_to_string(file.path()).unwrap()))
        .collect()
}

#[test]
fn what_no_test_produced_is_listed_with_its_place() {
    let folder = Folder::new("coverage-listed");
    produce(&this(), Some(&folder.0), "not_found too_poor failed busy converted");
    let (missing, told, status) = missing(&folder);
    assert_eq!(missing, ["busy", "broken"]);
    assert_eq!(told, "2 of 6 errors were never produced by a test (1 test program):");
    assert_eq!(status, cli::ATTENTION);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["errors", "coverage", "--from", &folder.path("")];
    cli::run(StoryError::catalog(), arguments, Session::new(&mut out, &mut err));
    let out = String::from_utf8(out).unwrap();
    let line = 1 + include_str!("coverage.rs").lines().position(|line| line.trim() == "Broken,").unwrap();
    assert!(out.contains(&format!("broken  500     tests/tests/book/coverage.rs:{line}\n")), "{out}");
    // Two errors of one code and status are told apart by their names.
    let line = 1 + include_str!("coverage.rs").lines().position(|line| line.trim() == "BusyToo,").unwrap();
    assert!(out.contains(&format!("busy    503     tests/tests/book/coverage.rs:{line}\n")), "{out}");
}

#[test]
fn processes_that_run_side_by_side_share_a_file_and_repeat_nothing() {
    let folder = Folder::new("coverage-parallel");
    for _ in 0..2 {
        let children: Vec<Child> = ["many", "not_found", "failed", "too_poor many", "busy", "many failed"]
            .map(|what| start(&this(), Some(&folder.0), what))
            .into();
        for mut child in children {
            assert!(child.wait().unwrap().success());
        }
    }
    let files = files(&folder.0);
    assert_eq!(files.len(), 1, "{files:?}");
    let (name, text) = &files[0];
    assert!(name.starts_with("book-"), "{name}");
    for line in text.lines() {
        let is_known = [
            "errorbook coverage 1",
            "404 not_found NotFound",
            "402 too_poor TooPoor",
            "none failed Failed",
            "503 busy Busy",
        ]
        .contains(&line)
            || line.starts_with("of ");
        assert!(is_known, "{line:?}\n{text}");
    }
    // Those of the first round may have begun at once; those of the second have read what is there.
    assert!(text.lines().filter(|line| line.starts_with("404 ")).count() <= 4, "{text}");
    let before = text.clone();
    produce(&this(), Some(&folder.0), "many failed too_poor");
    assert_eq!(self::files(&folder.0)[0].1, before);
}

#[test]
fn a_process_that_ends_badly_has_written_what_it_produced() {
    let folder = Folder::new("coverage-abort");
    produce(&this(), Some(&folder.0), "not_found too_poor abort");
    assert_eq!(missing(&folder).0, ["failed", "busy", "busy", "broken"]);
}

#[test]
fn a_line_that_was_cut_off_and_files_of_others_are_passed_over() {
    let folder = Folder::new("coverage-cut");
    produce(&this(), Some(&folder.0), "not_found");
    let path = folder.0.join(&files(&folder.0)[0].0);
    std::fs::write(&path, std::fs::read_to_string(&path).unwrap() + "402 too_poor TooPoor").unwrap();
    std::fs::write(folder.0.join("notes.txt"), "503 busy Busy\n").unwrap();
    std::fs::write(folder.0.join("data.bin"), [0xff, 0xfe]).unwrap();
    assert_eq!(missing(&folder).0, ["too_poor", "failed", "busy", "busy", "broken"]);
}

#[test]
fn where_nothing_was_written_it_is_said_what_to_do() {
    let folder = Folder::new("coverage-empty");
    for from in [folder.path(""), folder.path("nowhere")] {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let arguments = ["errors", "coverage", "--from", &from];
        assert_eq!(cli::run(StoryError::catalog(), arguments, Session::new(&mut out, &mut err)), cli::INPUT);
        let err = String::from_utf8(err).unwrap();
        assert!(err.contains("help: give errorbook the feature `coverage` in [dev-dependencies]"), "{err}");
    }
}

#[test]
fn all_is_well_where_each_error_was_produced_and_forgotten_where_it_is_asked_for() {
    let folder = Folder::new("coverage-all");
    produce(&this(), Some(&folder.0), "not_found");
    let run = |arguments: &[&str]| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let from = folder.path("");
        let arguments = [&["errors", "coverage", "--from", &from], arguments].concat();
        let contract = Contract::builder("x").catalog(errorbook::catalog!(StoryError: NotFound));
        let status = cli::run(contract, arguments, Session::new(&mut out, &mut err));
        (String::from_utf8(out).unwrap(), status)
    };
    assert_eq!(run(&[]), ("Tests produced the one error (1 test program).\n".to_owned(), cli::OK));
    std::fs::write(folder.0.join("notes.txt"), "mine").unwrap();
    let (out, status) = run(&["--clear"]);
    assert!(out.starts_with("removed 1 file from ") && status == cli::OK, "{out}");
    assert_eq!(run(&[]).1, cli::INPUT);
    assert!(folder.0.join("notes.txt").exists());
}

#[test]
fn what_earlier_builds_of_a_test_binary_wrote_counts_no_more() {
    let folder = Folder::new("coverage-stale");
    // A target directory with the test and the example of one build, as cargo lays it out.
    let (test, example) =
        (folder.0.join("target/debug/deps/book-0123"), folder.0.join("target/debug/examples/errors"));
    for program in [&test, &example] {
        std::fs::create_dir_all(program.parent().unwrap()).unwrap();
        std::fs::copy(this(), program).unwrap();
    }
    std::fs::write(folder.0.join("target/CACHEDIR.TAG"), "").unwrap();
    let of_run = folder.0.join("target/errorbook-coverage");
    produce(&test, None, "not_found too_poor failed busy");
    assert_eq!(files(&of_run).len(), 1);
    let out = produce(&example, None, "read");
    assert!(out.contains("2 of 6 errors were never produced by a test (1 test program)"), "{out}");

    // Built again, and not run: what it would produce now nobody knows.
    let later = std::time::SystemTime::now() + std::time::Duration::from_secs(10);
    std::fs::File::options().write(true).open(&test).unwrap().set_modified(later).unwrap();
    let out = produce(&example, None, "read");
    assert!(
        out.contains("were all built again since\n  help: cargo test") && out.contains("status 66"),
        "{out}"
    );

    // Run: what the earlier build wrote is gone.
    produce(&test, None, "not_found");
    assert_eq!(files(&of_run).len(), 1);
    let out = produce(&example, None, "read");
    assert!(out.contains("5 of 6 errors were never produced") && out.contains("status 1"), "{out}");
}
