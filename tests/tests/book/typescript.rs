//! The TypeScript declarations: that they compile with `tsc --strict`, narrow as the manual says, and take nothing that a body
//! has not. The programs that use them stand in `tests/typescript/use`; what they expect not to compile is marked there.
//!
//! `tsc` comes by `npm ci` from `tests/typescript/package-lock.json`, into `target/typescript`; CONTRIBUTING says how.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use errorbook::ApiError;
use errorbook::book::{self, Codes, Contract};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::reference;

/// The folder in which node's packages are installed.
fn installed() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("../typescript")
}

/// `tsc`, if it is installed. In CI it is.
fn tsc() -> Option<PathBuf> {
    let tsc = installed().join("node_modules/.bin/tsc");
    if tsc.exists() {
        return Some(tsc);
    }
    assert!(std::env::var_os("CI").is_none(), "{} is not there, so nothing was compiled", tsc.display());
    eprintln!(
        "skipped: TypeScript is not installed. `mkdir -p target/typescript && cp tests/typescript/package*.json \
         target/typescript && npm ci --prefix target/typescript` does so."
    );
    None
}

/// Compiles the declarations of these contracts, and the programs.
fn compile(project: &str, contracts: &[(String, Contract)], programs: &[(String, String)]) {
    let Some(tsc) = tsc() else { return };
    let folder = installed().join(project);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("errors")).unwrap();
    for (name, contract) in contracts {
        fs::write(folder.join(format!("errors/{name}.d.ts")), book::typescript(contract)).unwrap();
    }
    for (name, program) in programs {
        fs::write(folder.join(format!("{name}.ts")), program).unwrap();
    }
    let options = r#"{ "compilerOptions": {
        "strict": true, "exactOptionalPropertyTypes": true, "noUncheckedIndexedAccess": true, "noEmit": true,
        "skipLibCheck": false, "module": "esnext", "target": "es2022", "types": []
    }, "include": ["**/*.ts"] }"#;
    fs::write(folder.join("tsconfig.json"), options).unwrap();
    let output =
        Command::new(tsc).arg("--project").arg(&folder).arg("--pretty").arg("false").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

fn named(contracts: Vec<(&str, Contract)>) -> Vec<(String, Contract)> {
    contracts.into_iter().map(|(name, contract)| (name.to_owned(), contract)).collect()
}

#[test]
fn what_the_declarations_say_is_what_compiles() {
    let mut contracts = named(reference::all());
    contracts.extend(named(reference::kinds()));
    contracts.push(("nasty".to_owned(), reference::nasty()));
    let merged = Contract::merge(reference::story_and_pull_story()).unwrap();
    contracts.push(("merged".to_owned(), merged));
    let mut closed = reference::kinds().remove(0).1;
    closed.codes = Codes::Closed;
    contracts.push(("closed".to_owned(), closed));
    contracts.push(("empty".to_owned(), Contract::builder("Empty").build()));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("typescript/use");
    let programs: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|file| {
            let path = file.unwrap().path();
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap())
        })
        .collect();
    assert!(programs.len() > 5);
    compile("reference", &contracts, &programs);
}

/// As in the manual.
#[derive(ApiError)]
#[expect(dead_code, reason = "what is declared is looked at, and no value made")]
enum StoryError {
    /// No story has this id.
    #[api(status = 404, message = "There is no story with this id.")]
    NotFound,
    /// The balance is too low.
    #[api(status = 402, message = "Need {need} credits.")]
    TooPoor {
        /// What it costs.
        #[api(detail, example = 10)]
        need: u64,
    },
}

#[test]
fn the_programs_of_the_manual_compile() {
    let manual = include_str!("../../../runtime/docs/typescript.md");
    let programs: Vec<(String, String)> = manual
        .split("```ts\n")
        .skip(1)
        .enumerate()
        .map(|(index, rest)| (format!("manual{index}"), rest.split("```").next().unwrap().to_owned()))
        .collect();
    assert!(!programs.is_empty());
    let contract = Contract::builder("Story API").catalog(StoryError::catalog()).build();
    compile("manual", &[("story".to_owned(), contract)], &programs);
}

#[test]
fn every_contract_gives_declarations() {
    let strategy = reference::any();
    let mut runner = TestRunner::deterministic();
    let contracts: Vec<(String, Contract)> = (0..100)
        .map(|index| (format!("any{index}"), strategy.new_tree(&mut runner).unwrap().current()))
        .collect();
    // What is made without `tsc` is made all the same.
    for (_, contract) in &contracts {
        assert!(book::typescript(contract).contains("export type ErrorBody"));
    }
    compile("any", &contracts, &[]);
}

#[test]
fn the_names_are_those_of_the_codes() {
    let (_, contract) = reference::kinds().remove(0);
    let text = book::typescript(&contract);
    for line in [
        "export type KnownErrorCode = \"too_poor\" | \"invalid\" | \"too_many\" | \"names\" | \"internal\";",
        "export type ErrorCode = KnownErrorCode | (string & {});",
        "export interface TooPoorError {",
        "export interface InternalError {",
        "export type ErrorBody = KnownErrorBody | UnknownErrorBody;",
        "  too_poor: { status: 402; headers: { \"retry-after\": string; \"x-need\": string }; body: TooPoorError };",
        "  too_many: { status: 429; headers: { \"retry-after\"?: string }; body: TooManyError };",
        " * @see https://docs.example/errors#too_poor",
    ] {
        assert!(text.contains(line), "{line:?} is not in:\n{text}");
    }
}
