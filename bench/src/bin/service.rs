//! What the layer costs a whole axum service: measures its calls in turns and prints a table for errors and one for
//! successes. `--smoke` does a few rounds only. `--serve` listens on two ports instead, with the layer and without,
//! for the script `sockets`.

use std::env;
use std::error::Error;
use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use axum::body::Body;
use axum::http::Request;
use errorbook_bench::service::{App, Around, Call, ERRORS, SUCCESSES, request, respond, router, service};
use tokio::net::TcpListener;

/// How long to measure.
struct Plan {
    processes: usize,
    rounds: usize,
    calls_in_a_batch: usize,
}

const FULL: Plan = Plan { processes: 11, rounds: 501, calls_in_a_batch: 200 };
const SMOKE: Plan = Plan { processes: 1, rounds: 3, calls_in_a_batch: 5 };

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => print_tables(&FULL, &["--measure"])?,
        ["--smoke"] => print_tables(&SMOKE, &["--measure", "--smoke"])?,
        ["--measure"] => print_measured(&FULL),
        ["--measure", "--smoke"] => print_measured(&SMOKE),
        ["--serve"] => serve()?,
        _ => return Err("the only arguments are `--smoke` and `--serve`".into()),
    }
    Ok(())
}

fn print_tables(plan: &Plan, measure: &[&str]) -> Result<(), Box<dyn Error>> {
    check()?;
    if cfg!(debug_assertions) {
        println!("Not optimised: the times say nothing. Run it with `--release`.\n");
    }
    let counts = count_allocations()?;
    let mut processes = Vec::with_capacity(plan.processes);
    for _ in 0..plan.processes {
        processes.push(numbers(Command::new(env::current_exe()?).args(measure))?);
    }
    let mut line = 0;
    for (name, calls) in [("An error", ERRORS), ("A success", SUCCESSES)] {
        println!("### {name}\n");
        println!("| | ns | ns more | times | in the processes | allocations | reallocations |");
        println!("|---|--:|--:|--:|--:|--:|--:|");
        for call in calls {
            let column = |column: usize| sorted(processes.iter().map(|lines| lines[line][column]));
            let ratios = column(2);
            println!(
                "| {} | {:.0} | {:.0} | {:.2} | {:.2} to {:.2} | {} | {} |",
                call.name,
                median(&column(0)),
                median(&column(1)),
                median(&ratios),
                ratios[0],
                ratios[ratios.len() - 1],
                counts[line][0],
                counts[line][1],
            );
            line += 1;
        }
        println!();
    }
    Ok(())
}

/// Nothing is measured that does not answer as it should.
fn check() -> Result<(), Box<dyn Error>> {
    for call in ERRORS.iter().chain(SUCCESSES) {
        let response = respond(&service(call.around), request(call));
        let has_id = response.headers.contains_key("x-request-id");
        if response.status.as_u16() != call.status || has_id != call.around.tells_id() {
            return Err(format!("{}: {response:?}", call.name).into());
        }
    }
    Ok(())
}

/// What a process measured, a line for each call, in the order of the tables: nanoseconds, nanoseconds more than
/// the first call of its table, times those of the first call.
fn print_measured(plan: &Plan) {
    for calls in [ERRORS, SUCCESSES] {
        for (time, more, ratio) in measure(calls, plan) {
            println!("{time} {more} {ratio}");
        }
    }
}

fn measure(calls: &[Call], plan: &Plan) -> Vec<(f64, f64, f64)> {
    let services: Vec<App> = calls.iter().map(|call| service(call.around)).collect();
    let mut rounds: Vec<Vec<f64>> = Vec::with_capacity(plan.rounds);
    let time = |call: usize| time_batch(&services[call], &calls[call], plan.calls_in_a_batch);
    for call in 0..calls.len() {
        time(call);
    }
    for round in 0..plan.rounds {
        // Each begins in its turn, forwards and backwards.
        let mut times = vec![0.0; calls.len()];
        for step in 0..calls.len() {
            let step = if round % 2 == 0 { step } else { calls.len() - 1 - step };
            let call = (round / 2 + step) % calls.len();
            times[call] = time(call);
        }
        rounds.push(times);
    }
    let of = |value: &dyn Fn(&Vec<f64>) -> f64| median(&sorted(rounds.iter().map(value)));
    (0..calls.len())
        .map(|call| {
            (
                of(&|times| times[call]),
                of(&|times| times[call] - times[0]),
                of(&|times| times[call] / times[0]),
            )
        })
        .collect()
}

/// Nanoseconds a call. The requests are made before and the responses dropped within.
fn time_batch(service: &App, call: &Call, calls: usize) -> f64 {
    let mut requests: Vec<Request<Body>> = (0..calls).map(|_| request(call)).collect();
    let start = Instant::now();
    for request in requests.drain(..) {
        drop(black_box(respond(black_box(service), request)));
    }
    #[allow(clippy::cast_precision_loss, reason = "a batch has a few hundred calls")]
    let calls = calls as f64;
    start.elapsed().as_secs_f64() * 1e9 / calls
}

/// Allocations and reallocations, a line for each call. Cargo builds the program that counts where that has not
/// been done.
fn count_allocations() -> Result<Vec<Vec<f64>>, Box<dyn Error>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args([
        "run",
        "--quiet",
        "--features",
        "service",
        "--bin",
        "service_allocations",
        "--manifest-path",
    ]);
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    numbers(&mut command)
}

/// The lines of numbers that a program prints: one for each call.
fn numbers(command: &mut Command) -> Result<Vec<Vec<f64>>, Box<dyn Error>> {
    let output = command.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let text = String::from_utf8(output.stdout)?;
    let lines: Vec<Vec<f64>> =
        text.lines().map(|line| line.split(' ').map(str::parse).collect()).collect::<Result<_, _>>()?;
    if lines.len() != ERRORS.len() + SUCCESSES.len() {
        return Err(format!("{command:?} printed {} lines", lines.len()).into());
    }
    Ok(lines)
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

fn median(sorted: &[f64]) -> f64 {
    sorted[(sorted.len() - 1) / 2]
}

/// Prints the two addresses, without the layer and with it, and serves until it is ended.
fn serve() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async {
        let bare = TcpListener::bind("127.0.0.1:0").await?;
        let layered = TcpListener::bind("127.0.0.1:0").await?;
        println!("{} {}", bare.local_addr()?, layered.local_addr()?);
        let other = tokio::spawn(async { axum::serve(bare, router(Around::Nothing)).await });
        axum::serve(layered, router(Around::ErrorLayer)).await?;
        other.abort();
        Ok(())
    })
}
