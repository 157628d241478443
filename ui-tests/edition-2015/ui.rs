//! What a user of the first edition writes compiles, and what must not says why in the same words as in any other. The
//! messages are those of the compiler that `../ui.rs` names; another one compiles `accept.rs` alone.

extern crate trybuild;

use std::process::Command;

#[test]
fn what_must_compile_does() {
    trybuild::TestCases::new().pass("accept.rs");
}

#[test]
fn what_must_not_compile_says_why() {
    let pinned =
        include_str!("../ui.rs").split("PINNED: &str = \"").nth(1).unwrap().split('"').next().unwrap();
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().unwrap().stdout;
    if String::from_utf8_lossy(&version).starts_with(pinned) {
        trybuild::TestCases::new().compile_fail("reject.rs");
    }
}
