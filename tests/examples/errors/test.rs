//! What holds the story API to its contract, and the command line as a program of its own.

#[path = "../story/billing.rs"]
pub mod billing;
#[path = "../story/common.rs"]
pub mod common;
mod contract;
#[path = "../story/story.rs"]
pub mod story;

use std::path::PathBuf;
use std::process::{Command, Output};

#[test]
fn the_contract_is_kept() {
    errorbook::book::lock::check("errors.lock", &contract::contract().build());
}

/// The example, which cargo builds beside its tests; `None` where it was told to build this test alone.
fn program() -> Option<PathBuf> {
    let test = std::env::current_exe().ok()?;
    let program =
        test.parent()?.parent()?.join("examples").join(format!("errors{}", std::env::consts::EXE_SUFFIX));
    program.is_file().then_some(program)
}

fn run(arguments: &[&str]) -> Option<Output> {
    let Some(program) = program() else {
        assert!(std::env::var_os("CI").is_none(), "the example `errors` was not built");
        eprintln!("not looked at: the example `errors` was not built");
        return None;
    };
    Some(Command::new(program).args(arguments).output().expect("the example runs"))
}

#[test]
fn the_program_lists_plainly_in_a_pipe_and_finds_its_lock() {
    let Some(listed) = run(&["list"]) else { return };
    let text = String::from_utf8(listed.stdout).expect("UTF-8");
    assert!(
        text.contains(
            "\nrate_limit_exceeded   429     once, after Retry-After             nobody    Rate limiting\n"
        ),
        "{text}"
    );
    assert!(!text.contains('\x1b'), "{text:?}");
    let Some(checked) = run(&["lock", "check"]) else { return };
    assert_eq!(checked.status.code(), Some(0), "{checked:?}");
    let Some(mistyped) = run(&["lsit"]) else { return };
    assert_eq!(mistyped.status.code(), Some(64));
    assert!(String::from_utf8_lossy(&mistyped.stderr).contains("list"), "{mistyped:?}");
}
