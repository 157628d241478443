//! A small story service over real HTTP: what `StoryError` declares is what callers get. It prints an address
//! and `curl` lines that fail in each way, and answers them until Ctrl-C; with `--once` it makes these calls
//! itself, shows what the caller gets and what the log says, and ends. The errors are declared in `story.rs`, the service
//! that returns them is in `service.rs`.

pub mod billing;
mod calls;
pub mod common;
mod log;
mod print;
pub mod service;
pub mod story;

use std::process::ExitCode;

use tokio::net::TcpListener;

use calls::CALLS;

const HELP: &str = "\
A small story service that fails in every way it can.

  cargo run --example story             serves until Ctrl-C; prints a curl line for each way, and the log
  cargo run --example story -- --once   makes these calls itself; shows what the caller gets and what the log says";

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let is_once = match &*arguments.iter().map(String::as_str).collect::<Vec<_>>() {
        [] => false,
        ["--once"] => true,
        ["--help" | "-h"] => {
            println!("{HELP}");
            return Ok(ExitCode::SUCCESS);
        }
        unknown => {
            eprintln!("error: unknown arguments `{}`; there are `--once` and `--help`", unknown.join(" "));
            return Ok(ExitCode::from(2));
        }
    };
    // The layer logs what the panic says; the standard library would print it as well.
    std::panic::set_hook(Box::new(|_| {}));
    log::start(is_once);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    let server = tokio::spawn(async move { axum::serve(listener, service::service()).await });
    if is_once {
        return make_all_calls(&address).await;
    }
    println!(
        "The story service answers on {}. Stop it with Ctrl-C.\n",
        print::paint("1", &format!("http://{address}"))
    );
    for call in CALLS {
        println!("{}\n{}\n", print::paint("2", &format!("# {}", call.what)), call.curl(&address));
    }
    server.await??;
    Ok(ExitCode::SUCCESS)
}

async fn make_all_calls(address: &str) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let (mut logged, mut leaked) = (0, 0);
    for call in CALLS {
        let response = call.send(address).await?;
        let log = log::taken();
        print::call(call, &response, &log);
        logged += usize::from(log.contains("hunter2"));
        leaked += usize::from(response.body.contains("hunter2"));
    }
    println!(
        "{} calls. The password of the database is in the log of {logged} of them, and in {leaked} responses.",
        CALLS.len()
    );
    Ok(if leaked == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
