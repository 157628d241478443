//! The story API's errors as a command line: `cargo run --example errors -- list`. In a service of your
//! own the file is as short as this one, with no feature to name where errorbook's `cli` stands in `[dev-dependencies]`.

#[path = "../story/billing.rs"]
pub mod billing;
#[path = "../story/common.rs"]
pub mod common;
mod contract;
#[path = "../story/story.rs"]
pub mod story;

fn main() -> std::process::ExitCode {
    errorbook::cli::main(contract::contract())
}
