//! Compiles what must not compile and compares what a user reads, then compiles and runs what must.
//!
//! Messages are those of one compiler, so `reject/` and `rustc/` are compared on the pinned one alone; other
//! toolchains compile `accept/` only. Bless with `TRYBUILD=overwrite cargo test -p errorbook-ui-tests`.

use std::process::Command;

/// The compiler whose messages stand in the `.stderr` files, with the component `rust-src`.
const PINNED: &str = "rustc 1.95.0 ";

// Two sets, because one that holds anything to run is built: what is rejected must be so by a mere
// `cargo check`.

#[test]
fn what_must_not_compile_says_why() {
    if !is_pinned() {
        eprintln!("messages are compared on {PINNED}alone");
        return;
    }
    let cases = trybuild::TestCases::new();
    cases.compile_fail("reject/**/*.rs");
    cases.compile_fail("rustc/*.rs");
}

#[test]
fn what_must_compile_does() {
    let cases = trybuild::TestCases::new();
    cases.pass("accept/*.rs");
}

/// Whether the compiler that trybuild will call, which is the one that cargo calls, is the pinned one.
fn is_pinned() -> bool {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output();
    version.is_ok_and(|version| version.stdout.starts_with(PINNED.as_bytes()))
}
