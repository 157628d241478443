//! Compiles what must not compile and compares what a user reads, then compiles and runs what must.
//!
//! Messages are those of one compiler, so `reject/` and `rustc/` are compared on the pinned one alone. Another
//! compiles `accept/` only, and says what it left out; in CI that is a failure. Bless with
//! `TRYBUILD=overwrite cargo test -p errorbook-ui-tests`.

use std::env::var_os;
use std::io::Write;
use std::process::Command;

/// The compiler whose messages stand in the `.stderr` files, with the component `rust-src`. It is named here alone.
const PINNED: &str = "rustc 1.95.0 ";

// Two sets, because one that holds anything to run is built: what is rejected must be so by a mere
// `cargo check`.

#[test]
fn what_must_not_compile_says_why() {
    let rustc = rustc_version();
    if !rustc.starts_with(PINNED) {
        let reason = format!("the messages in reject/ and rustc/ are those of {PINNED}and this is {rustc}");
        // What CI leaves out looks like what it has passed.
        assert!(
            var_os("CI").is_none_or(|ci| ci.is_empty()),
            "{reason}: run it with the pinned toolchain, or bless them and pin this one in ui.rs"
        );
        // Not by `eprintln!`, which is kept from the terminal in a test that passes.
        let _ = writeln!(std::io::stderr(), "NOT COMPARED: {reason}");
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

/// What the compiler that trybuild will call, which is the one that cargo calls, says of itself.
fn rustc_version() -> String {
    let rustc = var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).arg("--version").output();
    let version = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    version.unwrap_or_else(|error| format!("no rustc: {error}"))
}
