//! The command line: each command with what it prints and the status with which it ends, as a user would call it.

use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

use errorbook::ApiError;
use errorbook::book::openapi::{OpenApi, Version};
use errorbook::book::{self, Contract};
use errorbook::cli::{self, Session};

use crate::folder::Folder;

/// What can go wrong with a run.
#[derive(ApiError)]
#[api(section = "Runs", docs = "https://runs.example/errors#{code}")]
#[expect(dead_code, reason = "only their declarations are looked at")]
enum RunError {
    /// The plan has no credits left:
    ///
    /// - buy **more**, or
    /// - wait for [`Busy`](Self::Busy) to pass, which does not help here but makes this line a long one.
    #[api(
        status = 402,
        message = "Need {need}, have {have}.",
        remedy = "Buy credits.",
        header("X-Kind", "credits"),
        example_request = "POST /runs"
    )]
    TooPoor {
        /// What the run costs.
        #[api(detail, example = 10, header = "X-Need")]
        need: u64,
        #[api(detail, null)]
        plan: Option<String>,
        have: u64,
    },
    #[deprecated = "answered as `too_poor` since May"]
    #[api(status = 503, message = "Busy.", retry = "after 30s..60s, 2 times, if idempotent")]
    Busy,
    #[api(status = none, message = "The run failed.", act = "operator")]
    Failed,
}

#[derive(ApiError)]
#[api(status = 404, code = "not_found", message = "No such route.", retry = "after 500ms, once, always")]
struct NoRoute;

fn runs() -> Contract {
    Contract::builder("Runs API")
        .catalog(RunError::catalog())
        .middleware(NoRoute::catalog().entries())
        .build()
}

/// What a command printed, what it complained of, and its status.
struct Ran {
    out: String,
    err: String,
    status: u8,
}

fn run_with(
    contract: impl Into<Contract>,
    arguments: &[&str],
    change: impl for<'s> FnOnce(Session<'s>) -> Session<'s>,
) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = std::iter::once(&"errors").chain(arguments).copied();
    let status = cli::run(contract, arguments, change(Session::new(&mut out, &mut err)));
    Ran { out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap(), status }
}

fn run(arguments: &[&str]) -> Ran {
    run_with(runs(), arguments, |session| session)
}

/// Of a run that went well, what it printed.
fn printed(arguments: &[&str]) -> String {
    let Ran { out, err, status } = run(arguments);
    assert_eq!((&*err, status), ("", cli::OK), "{out}");
    out
}

#[test]
fn the_list_has_a_line_for_each_error_with_columns_on_one_edge() {
    assert_eq!(
        printed(&["list"]),
        "\
Code               Status  Retry?                                  Who acts  Section
too_poor           402     never                                   caller    Runs
busy (deprecated)  503     2 times, after 30s..60s, if idempotent  nobody    Runs
failed             -       never                                   operator  Runs
not_found          404     once, after 500ms                       nobody    -
"
    );
}

#[test]
fn on_a_terminal_the_colours_say_whether_trying_again_helps_and_lines_fit() {
    let Ran { out, .. } = run_with(runs(), &["list"], |session| session.with_colors().with_width(78));
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[1].starts_with("\x1b[1mtoo_poor\x1b[0m  "), "{out}");
    assert!(lines[1].contains(" never "), "{out}");
    assert!(lines[2].contains("\x1b[36m2 times, after"), "{out}");
    assert!(lines[4].contains("\x1b[33monce, after 500ms\x1b[0m"), "{out}");
    assert!(out.ends_with("\x1b[2m4 errors. All of one:\x1b[0m \x1b[1merrors show CODE\x1b[0m\n"), "{out}");
    let Ran { out, .. } = run_with(runs(), &["show", "too_poor"], |session| session.with_width(44));
    let prose = out.lines().take_while(|line| !line.contains("Link")).filter(|line| !line.contains("https"));
    for line in prose {
        assert!(line.chars().count() <= 44, "{line:?} is wider than the terminal\n{out}");
    }
}

#[test]
fn show_tells_everything_of_one_error() {
    let page = printed(&["show", "too_poor"]);
    let without_line: Vec<_> = page.lines().filter(|line| !line.contains("Declared")).collect();
    assert_eq!(
        without_line.join("\n"),
        "\
too_poor  402 Payment Required
Too poor

  Retry?      Do not try again automatically.
  Who acts    The caller.
  When        The plan has no credits left:

              - buy more, or
              - wait for `Busy` to pass, which does not help here but makes this
                line a long one.
  What to do  Buy credits.
  Message     Need {need}, have {have}.
  Fields      details.need  integer         What the run costs. For example
                                            `10`.
              details.plan  string or null
              {have}        integer
  Headers     X-Kind: credits
              X-Need: {need}
  Link        https://runs.example/errors#too_poor
  Request     POST /runs

    HTTP/1.1 402 Payment Required
    content-type: application/json
    x-kind: credits
    x-need: 10

    {
      \"error\": {
        \"code\": \"too_poor\",
        \"message\": \"Need 10, have 1.\",
        \"request_id\": \"req_01hq3k9vz8\",
        \"details\": {
          \"need\": 10,
          \"plan\": \"plan\"
        }
      }
    }"
    );
    let declared = page.lines().find(|line| line.contains("Declared")).unwrap();
    assert!(declared.starts_with("  Declared    RunError::TooPoor, tests/tests/book/cli.rs:"), "{declared}");
}

#[test]
fn show_tells_what_is_unusual_about_an_error() {
    let busy = printed(&["show", "busy"]);
    assert!(busy.contains("\n  Deprecated  answered as `too_poor` since May\n"), "{busy}");
    let failed = printed(&["show", "failed"]);
    assert!(failed.starts_with("failed  no status: it stands inside another answer\n"), "{failed}");
    assert!(
        failed.contains("Who acts    The operator of the service.") && !failed.contains("HTTP/1.1"),
        "{failed}"
    );
    let route = printed(&["show", "not_found"]);
    assert!(route.contains("\n  Answered by the middleware around the service\n"), "{route}");
}

#[test]
fn an_error_is_found_by_its_code_its_variant_or_its_status() {
    let page = printed(&["show", "too_poor"]);
    assert_eq!(printed(&["show", "TooPoor"]), page);
    assert_eq!(printed(&["show", "RunError::TooPoor"]), page);
    assert_eq!(printed(&["show", "402"]), page);
}

#[test]
fn a_code_that_is_none_is_answered_with_those_that_are_near() {
    for (asked, near) in [
        ("toopoor", "did you mean `too_poor`?"),
        ("TOO-POR", "did you mean `too_poor`?"),
        ("found", "did you mean `not_found`?"),
        ("zzz", "`errors list` lists the codes that there are"),
    ] {
        let Ran { out, err, status } = run(&["show", asked]);
        assert_eq!((&*out, status), ("", cli::USAGE));
        assert_eq!(err, format!("error: no error is called `{asked}`\n  help: {near}\n"));
    }
}

#[test]
fn json_goes_to_whoever_reads_or_into_a_file() {
    assert_eq!(printed(&["json"]), runs().to_json());
    let folder = Folder::new("cli-json");
    let path = folder.path("deep/er/errors.json");
    assert_eq!(printed(&["json", "--output", &path]), format!("wrote {path}\n"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), runs().to_json());
    // A folder is no file.
    let Ran { err, status, .. } = run(&["json", "--output", &folder.path("deep")]);
    assert_eq!(status, cli::OUTPUT);
    assert!(
        err.starts_with("error: cannot write ") && err.contains("\n  help: name another with `--output`"),
        "{err}"
    );
}

#[test]
fn what_cannot_be_written_is_told_with_the_option_that_named_it() {
    let folder = Folder::new("cli-unwritable");
    std::fs::write(folder.0.join("file"), "").unwrap();
    let inside = folder.path("file/pages");
    let Ran { err, status, .. } = run(&["html", "--pages", &inside]);
    assert_eq!(status, cli::OUTPUT);
    assert!(
        err.starts_with("error: cannot write ") && err.ends_with("help: name another with `--pages`\n"),
        "{err}"
    );
    // There is no such folder.
    let nowhere = folder.path("nowhere/errors.lock");
    let Ran { err, status, .. } = run(&["lock", "update", "--file", &nowhere]);
    assert_eq!(status, cli::OUTPUT);
    assert!(err.starts_with(&format!("error: cannot write {nowhere}: ")), "{err}");
}

#[test]
fn what_has_no_name_is_not_shown_by_none() {
    let mut contract = runs();
    contract.errors[3].name.clear();
    for asked in ["", "RunError::"] {
        let Ran { out, err, status } = run_with(contract.clone(), &["show", asked], |session| session);
        assert_eq!((&*out, status), ("", cli::USAGE));
        assert!(err.starts_with(&format!("error: no error is called `{asked}`")), "{err}");
    }
}

#[test]
fn each_document_is_what_the_library_makes() {
    assert_eq!(printed(&["typescript"]), book::typescript(&runs()));
    assert_eq!(printed(&["opentelemetry"]), book::opentelemetry(&runs()));
    assert_eq!(printed(&["markdown"]), book::markdown(&runs()));
    assert_eq!(printed(&["html"]), book::html(&runs()));
    let schema: serde_json::Value = serde_json::from_str(&printed(&["schema"])).unwrap();
    assert_eq!(schema, book::json_schema(&runs()));
}

#[test]
fn openapi_is_of_the_version_and_with_the_prefix_that_are_asked_for() {
    let contract = runs();
    let of = |version| OpenApi::new(&contract).version(version);
    assert_eq!(printed(&["openapi"]), of(Version::V3_1).to_json());
    assert_eq!(printed(&["openapi", "--version", "3.2"]), of(Version::V3_2).to_json());
    assert_ne!(of(Version::V3_1).to_json(), of(Version::V3_2).to_json());
    let with_prefix = printed(&["openapi", "--prefix", "Runs"]);
    assert_eq!(with_prefix, of(Version::V3_1).prefix("Runs").to_json());
    assert!(with_prefix.contains("\"RunsError402\""));
    let Ran { err, status, .. } = run(&["openapi", "--version", "2"]);
    assert_eq!(status, cli::USAGE);
    assert!(err.contains("3.1, 3.2"), "{err}");
}

#[test]
fn pages_are_files_in_a_folder() {
    let folder = Folder::new("cli-pages");
    let written = |command: &str, name: &str| {
        let path = folder.path(name);
        let said = printed(&[command, "--pages", &path]);
        let is_html = |file: &str| Path::new(file).extension().is_some_and(|extension| extension == "html");
        let pages = book::pages(&runs()).filter(|(file, _)| command == "html" || !is_html(file));
        let pages: Vec<_> = pages.collect();
        assert_eq!(said, format!("wrote {} files into {path}\n", pages.len()));
        for (file, text) in &pages {
            assert_eq!(&std::fs::read_to_string(folder.0.join(name).join(file)).unwrap(), text, "{file}");
        }
        pages.len()
    };
    let (html, markdown) = (written("html", "site"), written("markdown", "texts"));
    // A page of all and one for each code, in both forms; and one text beside them.
    assert!(html > markdown && markdown > runs().errors.len(), "{html} {markdown}");
    assert_eq!(run(&["html", "--pages", "x", "--output", "y"]).status, cli::USAGE);
    assert_eq!(run(&["json", "--pages", "x"]).status, cli::USAGE);
}

#[test]
fn a_contract_is_made_of_catalogues_too() {
    let Ran { out, .. } = run_with(RunError::catalog(), &["json"], |session| session);
    assert!(out.contains("\"title\": \"Run API\""), "{out}");
    let Ran { out, .. } = run_with(&[NoRoute::catalog(), RunError::catalog()], &["list"], |session| session);
    assert_eq!(out.lines().count(), 5);
    let builder = Contract::builder("Runs API").catalog(RunError::catalog());
    assert_eq!(run_with(builder, &["show", "busy"], |session| session).status, cli::OK);
}

#[test]
fn help_is_given_where_it_is_asked_for_and_where_nothing_is() {
    let help = printed(&["--help"]);
    for command in
        ["list", "show", "markdown", "html", "openapi", "json", "lock", "diff", "coverage", "completions"]
    {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is not in the help:\n{help}");
        assert!(printed(&[command, "--help"]).contains(&format!("Usage: errors {command}")), "{command}");
    }
    assert!(help.contains("Exit statuses: 0 all is well"), "{help}");
    let Ran { out, err, status } = run(&[]);
    assert_eq!((&*out, status), ("", cli::USAGE));
    assert_eq!(err, help);
    assert_eq!(run(&["lock"]).status, cli::USAGE);
}

#[test]
fn a_mistake_in_a_command_ends_with_64_and_says_what_was_meant() {
    for (arguments, word) in [
        (&["lits"][..], "similar subcommand exists: 'list'"),
        (&["json", "--outptu", "x"], "'--output'"),
        (&["lock", "accept", "busy"], "--because <REASON>"),
        (&["show"], "<CODE>"),
        (&["completions", "tcsh"], "bash"),
    ] {
        let Ran { out, err, status } = run(arguments);
        assert_eq!((&*out, status), ("", cli::USAGE), "{arguments:?}");
        assert!(err.contains(word), "{arguments:?}: {err}");
    }
}

#[test]
fn each_shell_completes_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell, "--name", "runs-errors"]);
        for word in ["runs-errors", "coverage", "accept", "output"] {
            assert!(script.contains(word), "{shell}: no {word}");
        }
    }
    assert!(printed(&["completions", "bash"]).contains("_errors()"));
}

fn edited(edit: impl FnOnce(&mut serde_json::Value)) -> Contract {
    let mut json = serde_json::from_str(&runs().to_json()).unwrap();
    edit(&mut json);
    Contract::from_json(&json.to_string()).unwrap()
}

#[test]
fn a_lock_is_made_checked_and_brought_up_to_date() {
    let folder = Folder::new("cli-lock");
    let lock = |contract: Contract, command: &str| {
        run_with(contract, &["lock", command], |session| session.with_folder(folder.0.clone()))
    };
    let Ran { out, status, .. } = lock(runs(), "check");
    assert_eq!(
        (&*out, status),
        ("There is no errors.lock yet.\n\n  help: errors lock update\n", cli::ATTENTION)
    );
    let Ran { out, status, .. } = lock(runs(), "update");
    assert!(out.starts_with("errors.lock: recorded ") && status == cli::OK, "{out}");
    let Ran { out, status, .. } = lock(runs(), "check");
    assert_eq!((&*out, status), ("4 errors, as errors.lock has them.\n", cli::OK));
    assert_eq!(lock(runs(), "update").out, "errors.lock: nothing to record\n");

    // What is read from JSON tells no place.
    let with_new = || {
        let mut contract = edited(|_| ());
        let mut new = contract.errors[0].clone();
        new.code = "poorer".to_owned();
        contract.errors.push(new);
        contract
    };
    let Ran { out, status, .. } = lock(with_new(), "check");
    assert_eq!(status, cli::ATTENTION);
    assert_eq!(
        out,
        "\
errors.lock does not record all that there is.

additive (1)
  code-added  `poorer` is new

  help: record it: errors lock update
"
    );
    assert_eq!(lock(with_new(), "update").status, cli::OK);
    assert_eq!(lock(with_new(), "check").status, cli::OK);
}

#[test]
fn a_break_says_whom_it_hits_and_is_accepted_with_a_reason() {
    let folder = Folder::new("cli-break");
    let file = folder.path("kept.lock");
    let lock = |contract: Contract, arguments: &[&str]| {
        let arguments: Vec<&str> = [&["lock"], arguments, &["--file", &file]].concat();
        run_with(contract, &arguments, |session| session)
    };
    assert_eq!(lock(runs(), &["update"]).status, cli::OK);
    let mut broken = runs();
    broken.errors[0].status = Some(403);
    broken.errors.remove(2);
    let line = broken.errors[0].source.as_ref().unwrap().line;
    let Ran { out, status, .. } = lock(broken.clone(), &["check"]);
    assert_eq!(status, cli::BREAKING);
    assert_eq!(
        out,
        format!(
            "\
The contract breaks what kept.lock promises.

breaking (2)
  code-removed    no error has the code `failed` any more
                  hits clients that branch on it: their branch is never taken again
  status-changed  `too_poor` was answered with 402 and is with 403
                  at   tests/tests/book/cli.rs:{line}
                  hits clients and proxies that go by the status

additive (1)
  status-added  the status 403 is in use

  help: take it back; or, if clients know of it, accept what breaks about each code with its reason:
        errors lock accept failed --because \"…\"
"
        )
    );
    assert_eq!(lock(broken.clone(), &["update"]).status, cli::BREAKING);
    let Ran { err, status, .. } = lock(broken.clone(), &["accept", "busy", "--because", "x"]);
    assert_eq!(status, cli::USAGE);
    assert!(
        err.starts_with("error: nothing about `busy` breaks the lock\n  help: `lock check` lists"),
        "{err}"
    );
    let Ran { out, status, .. } = lock(broken.clone(), &["accept", "failed", "--because", "runs tell it"]);
    assert_eq!(status, cli::OK);
    assert_eq!(
        out,
        "kept.lock: accepted what breaks about `failed`\n\n  2 changes left: errors lock check\n"
    );
    assert_eq!(lock(broken.clone(), &["accept", "too_poor", "--because", "a 402 is a bill"]).status, cli::OK);
    assert_eq!(lock(broken, &["check"]).status, cli::OK);
}

#[test]
fn a_branch_is_held_to_the_lock_where_it_began() {
    let folder = Folder::new("cli-against");
    let git = |arguments: &[&str]| {
        let author = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
        let mut git = Command::new("git");
        assert!(git.current_dir(&folder.0).args(author).args(arguments).output().unwrap().status.success());
    };
    let lock = |contract: Contract, arguments: &[&str]| {
        let arguments: Vec<&str> = [&["lock"], arguments].concat();
        run_with(contract, &arguments, |session| session.with_folder(folder.0.clone()))
    };
    let against = |contract: Contract| lock(contract, &["check", "--against", "main"]);
    git(&["init", "-qb", "main"]);
    assert_eq!(lock(runs(), &["update"]).status, cli::OK);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "lock"]);
    git(&["checkout", "-qb", "branch"]);

    let mut more = runs();
    let mut poorer = more.errors[0].clone();
    poorer.code = "poorer".to_owned();
    more.errors.push(poorer);
    assert_eq!(against(more.clone()).status, cli::ATTENTION);
    assert_eq!(lock(more.clone(), &["update"]).status, cli::OK);
    let Ran { out, status, .. } = against(more.clone());
    assert_eq!((&*out, status), ("5 errors, as errors.lock has them, and no break since main.\n", cli::OK));

    more.errors[0].status = Some(403);
    assert_eq!(against(more.clone()).status, cli::BREAKING);
    // The lock is written anew, so that it alone tells of no break.
    std::fs::remove_file(folder.path("errors.lock")).unwrap();
    assert_eq!(lock(more.clone(), &["update"]).status, cli::OK);
    let Ran { out, status, .. } = against(more.clone());
    assert_eq!(status, cli::BREAKING);
    let head = "The contract breaks what errors.lock promises, or promised at main.\n\nbreaking (1)\n  status-changed  ";
    assert!(out.starts_with(head), "{out}");
    // It could not be accepted as the file is; done as the help says, it can.
    assert!(out.contains("git restore --source=$(git merge-base HEAD main) "), "{out}");
    git(&["restore", "--source=main", "errors.lock"]);
    let accept = ["accept", "too_poor", "--because", "the plan says so"];
    assert_eq!(lock(more.clone(), &accept).status, cli::OK);
    assert_eq!(lock(more.clone(), &["update"]).status, cli::OK);
    assert_eq!(against(more.clone()).status, cli::OK);

    let Ran { err, status, .. } = lock(more, &["check", "--against", "nowhere"]);
    assert_eq!(status, cli::INPUT);
    assert!(err.starts_with("error: git does not show the lock: "), "{err}");
}

#[test]
fn a_code_that_went_is_known_from_the_lock() {
    let folder = Folder::new("cli-went");
    let run = |contract: Contract, arguments: &[&str]| {
        run_with(contract, arguments, |session| session.with_folder(folder.0.clone()).with_width(90))
    };
    let mut fewer = runs();
    fewer.errors.remove(2);
    run(runs(), &["lock", "update"]);
    run(fewer.clone(), &["lock", "accept", "failed", "--because", "runs tell it"]);
    let Ran { out, .. } = run(fewer.clone(), &["show", "failed"]);
    assert!(out.starts_with("failed  went on 20") && out.contains("\n  Because     runs tell it\n"), "{out}");
    assert!(run(fewer.clone(), &["list"]).out.contains("\n3 errors, and 1 code that went. All of one:"));
    assert!(run(fewer.clone(), &["json"]).out.contains("\"retired\": ["));
    // What a merge left is told, and keeps nobody from reading.
    let file = folder.0.join("errors.lock");
    std::fs::write(&file, std::fs::read_to_string(&file).unwrap() + "<<<<<<< main\n").unwrap();
    let Ran { out, err, status } = run(fewer, &["list"]);
    assert!(err.starts_with("warning: ") && err.contains("<<<<<<< main"), "{err}");
    assert!(out.contains("too_poor") && status == cli::OK, "{out}");
}

#[test]
fn where_others_work_is_checked_no_lock_is_written() {
    let folder = Folder::new("cli-ci");
    for arguments in [&["lock", "update"][..], &["lock", "accept", "busy", "--because", "x"]] {
        let Ran { err, status, .. } =
            run_with(runs(), arguments, |session| session.with_folder(folder.0.clone()).with_ci());
        assert_eq!(status, cli::USAGE);
        assert!(err.contains("where the variable `CI` is set nothing is written"), "{err}");
    }
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 0);
}

#[test]
fn diff_compares_contracts_and_locks_with_each_other_and_with_this_program() {
    let folder = Folder::new("cli-diff");
    let old = edited(|json| json["errors"][0]["status"] = 403.into());
    let (json, lock) = (folder.path("old.json"), folder.path("old.lock"));
    std::fs::write(&json, old.to_json()).unwrap();
    std::fs::write(&lock, book::lock::Lock::of(&old).to_text()).unwrap();
    let now = folder.path("now.json");
    std::fs::write(&now, runs().to_json()).unwrap();
    let changes = "`too_poor` was answered with 403 and is with 402\n";
    for arguments in [&["diff", &json][..], &["diff", &lock], &["diff", &json, &now], &["diff", &lock, &now]]
    {
        let Ran { out, status, .. } = run(arguments);
        assert_eq!(status, cli::BREAKING);
        assert!(out.contains(changes), "{arguments:?}: {out}");
        // Only this program knows where its errors are declared.
        assert_eq!(out.contains("cli.rs:"), arguments.len() == 2, "{out}");
    }
    let same = run(&["diff", &json, &lock]);
    assert_eq!((&*same.out, same.status), ("Nothing that clients rely on is different.\n", cli::OK));
    let fewer = folder.path("fewer.json");
    std::fs::write(&fewer, edited(|json| drop(json["errors"].as_array_mut().unwrap().pop())).to_json())
        .unwrap();
    assert_eq!(run(&["diff", &fewer]).status, cli::ATTENTION);
}

#[test]
fn a_file_that_cannot_be_read_says_what_to_name_instead() {
    let folder = Folder::new("cli-unread");
    let page = folder.path("page.html");
    std::fs::write(&page, "<html>").unwrap();
    let newer = folder.path("newer.json");
    std::fs::write(&newer, r#"{"errorbook": 99}"#).unwrap();
    let nowhere = folder.path("nowhere");
    assert_eq!(run(&["list", "--with", &nowhere]).status, cli::INPUT);
    for (arguments, word) in [
        (["diff", &*page], "help: name a lock file, or a file that the command `json` wrote"),
        (["diff", &newer], "use a newer errorbook"),
        (["diff", &nowhere], "cannot read"),
    ] {
        let Ran { out, err, status } = run(&arguments);
        assert_eq!((&*out, status), ("", cli::INPUT), "{arguments:?}");
        assert!(err.starts_with("error: ") && err.contains(word), "{err}");
    }
}

#[test]
fn other_services_are_added_and_a_clash_names_both_owners() {
    let folder = Folder::new("cli-with");
    let other = |code: &str, status: u16| {
        let mut contract = edited(|json| json["title"] = "Decks API".into());
        contract.errors.truncate(1);
        contract.errors[0].code = code.to_owned();
        contract.errors[0].status = Some(status);
        let path = folder.path(&format!("{code}.json"));
        std::fs::write(&path, contract.to_json()).unwrap();
        path
    };
    let out = printed(&["list", "--with", &other("deck_gone", 410)]);
    let codes: Vec<_> = out.lines().skip(1).filter_map(|line| line.split(' ').next()).collect();
    // What the middleware answers comes last.
    assert_eq!(codes, ["too_poor", "busy", "failed", "deck_gone", "not_found"]);
    let page = printed(&["show", "deck_gone", "--with", &folder.path("deck_gone.json")]);
    assert!(page.contains("\n  API         Decks API\n"), "{page}");
    let Ran { err, status, .. } = run(&["json", "--with", &other("too_poor", 409)]);
    assert_eq!(status, cli::BREAKING);
    assert!(
        err.starts_with("error: 1 code means one thing in one service and another in another:\n"),
        "{err}"
    );
    assert!(err.contains("in Runs API, by RunError") && err.contains("in Decks API, by RunError"), "{err}");
}

#[test]
fn no_text_of_a_contract_or_a_file_controls_the_terminal() {
    let folder = Folder::new("cli-escape");
    let mut evil = runs();
    evil.title = "x\x1b]0;owned\x07".to_owned();
    evil.errors[0].code = "a\x1b[2J\nb".to_owned();
    evil.errors[0].section = Some("s\x1b[31m".to_owned());
    evil.errors[0].description = Some("d\x1b[31m `c\x1b[31m`\n\n```\ne\x1b[31m\n```".to_owned());
    evil.errors[0].remedy = Some("r\x1b[31m".to_owned());
    evil.errors[0].docs = Some("l\x1b[31m\u{202e}".to_owned());
    let went = serde_json::json!({
        "code": "gone", "status": 404, "date": "2026\x1b[2J\u{202e}", "successor": "s\x1b[2J", "reason": "b\x1b[2J",
    });
    evil.retired = edited(|json| json["retired"] = [went].into()).retired;
    std::fs::write(folder.0.join("errors.lock"), book::lock::Lock::of(&evil).to_text()).unwrap();
    let path = folder.path("evil.json");
    std::fs::write(&path, evil.to_json()).unwrap();
    let ran = [
        run(&["show", "\x1b[31m"]),
        // Each tells of the code that is gone, and how to accept that.
        run_with(runs(), &["lock", "check"], |session| session.with_folder(folder.0.clone())),
        run_with(runs(), &["show", "gone"], |session| session.with_folder(folder.0.clone())),
        run_with(evil.clone(), &["show", "gone"], |session| session),
        run(&["diff", &path]),
        run_with(evil.clone(), &["list"], |session| session),
        run_with(evil.clone(), &["show", "TooPoor"], |session| session),
        run_with(evil, &["--help"], |session| session),
    ];
    assert!(ran[1].out.contains("lock accept") && ran[2].out.contains("went on 2026"), "{}", ran[1].out);
    for Ran { out, err, .. } in ran {
        let controls = ['\x1b', '\x07', '\u{202e}'];
        assert!(!out.contains(controls) && !err.contains(controls), "{out:?} {err:?}");
    }
}

struct Pipe(io::ErrorKind);

impl Write for Pipe {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn who_stops_reading_has_seen_enough_and_a_full_disk_is_told() {
    for (kind, expected) in [(io::ErrorKind::BrokenPipe, cli::OK), (io::ErrorKind::StorageFull, cli::OUTPUT)]
    {
        let (mut out, mut err) = (Pipe(kind), Vec::new());
        assert_eq!(cli::run(runs(), ["errors", "list"], Session::new(&mut out, &mut err)), expected);
        assert_eq!(err.is_empty(), expected == cli::OK, "{err:?}");
    }
}

#[test]
fn the_statuses_are_told_apart_and_are_in_the_manual() {
    const MANUAL: &str = include_str!("../../../runtime/docs/cli.md");
    let mut seen = std::collections::HashSet::new();
    for status in [cli::OK, cli::ATTENTION, cli::BREAKING, cli::USAGE, cli::INPUT, cli::OUTPUT] {
        assert!(seen.insert(status), "{status} says two things");
        assert!(MANUAL.contains(&format!("\n| {status} | ")), "the manual does not tell {status}");
    }
}

mod story {
    pub(super) use errorbook_tests::apis::StoryError;
}
#[path = "../../examples/errors/contract.rs"]
mod contract;

/// Runs what stands behind `$ cargo run --example errors --` in the manual, on the story API.
fn run_of_manual(command: &str, folder: &Folder) -> String {
    let arguments: Vec<String> = command
        .split(' ')
        .map(|word| match word {
            "old.lock" => folder.path(word),
            word => word.to_owned(),
        })
        .collect();
    let mut arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let from = folder.path("coverage");
    if arguments == ["coverage"] {
        arguments.extend(["--from", &from]);
    }
    let program = std::iter::once("cargo run --example errors --");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let session = Session::new(&mut out, &mut err).with_folder(folder.0.clone());
    cli::run(contract::contract(), program.chain(arguments), session);
    String::from_utf8([out, err].concat()).unwrap()
}

#[test]
fn the_manual_shows_what_the_commands_print() {
    const MANUAL: &str = include_str!("../../../runtime/docs/cli.md");
    let folder = Folder::new("cli-manual");
    std::fs::write(folder.0.join("errors.lock"), include_str!("../../examples/errors.lock")).unwrap();
    let mut old: serde_json::Value = serde_json::from_str(&contract::contract().build().to_json()).unwrap();
    old["errors"].as_array_mut().unwrap().retain(|error| error["code"] != "invalid_id");
    old["errors"][3]["status"] = 410.into();
    let old = Contract::from_json(&old.to_string()).unwrap();
    std::fs::write(folder.0.join("old.lock"), book::lock::Lock::of(&old).to_text()).unwrap();
    std::fs::create_dir(folder.0.join("coverage")).unwrap();
    let produced: Vec<String> = errorbook_tests::apis::StoryError::catalog()
        .entries()
        .filter(|spec| !["failed", "corrupt_cache_entry"].contains(&spec.code()))
        .map(|spec| format!("{} {} {}\n", spec.status().unwrap().as_str(), spec.code(), spec.name()))
        .collect();
    std::fs::write(folder.0.join("coverage/a.txt"), format!("errorbook coverage 1\n{}", produced.concat()))
        .unwrap();

    let mut shown = String::new();
    let mut rest = MANUAL;
    let start = "```text\n$ cargo run --example errors -- ";
    let mut commands = 0;
    while let Some((before, block)) = rest.split_once(start) {
        let (block, after) = block.split_once("```").unwrap();
        let (command, _) = block.split_once('\n').unwrap();
        let printed = run_of_manual(command, &folder);
        shown += &[before, start, command, "\n", &printed, "```"].concat();
        rest = after;
        commands += 1;
    }
    shown.push_str(rest);
    assert_eq!(commands, 6);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/../runtime/docs/cli.md"), &shown).unwrap();
        return;
    }
    assert!(MANUAL == shown, "the manual shows something else; `BLESS=1` writes what is printed:\n{shown}");
}
