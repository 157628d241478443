//! Measures all participants in turns and prints a table for each case. `--smoke` does a few rounds only: enough
//! to see that everything still runs and that every participant says what it should.
//!
//! Where code and heap happen to lie is drawn anew for each process and moves a figure by up to a tenth, so
//! several processes measure one after the other (`--measure`), and the tables show the median of them.

use std::env;
use std::error::Error;
use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use errorbook_bench::checks::{check_all, check_allocations};
use errorbook_bench::failure::{CASES, Case};
use errorbook_bench::participants::{ALL, Participant};

/// How long to measure. Many short batches rather than a few long ones: what disturbs one leaves the others.
struct Plan {
    processes: usize,
    rounds: usize,
    calls_in_a_batch: u32,
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
        _ => return Err("the only argument is `--smoke`".into()),
    }
    Ok(())
}

fn print_tables(plan: &Plan, measure: &[&str]) -> Result<(), Box<dyn Error>> {
    check_all()?;
    if cfg!(debug_assertions) {
        println!("Not optimised: the times say nothing. Run it with `--release`.\n");
    }
    let counts = count_allocations()?;
    check_allocations(&counts)?;
    let mut processes = Vec::with_capacity(plan.processes);
    for _ in 0..plan.processes {
        processes.push(numbers(Command::new(env::current_exe()?).args(measure))?);
    }
    let mut lines = 0..;
    for case in &CASES {
        println!("### {}\n", case.name);
        println!(
            "| | ns | middle half | times the limit | in the processes | allocations | reallocations | body, bytes |"
        );
        println!("|---|--:|--:|--:|--:|--:|--:|--:|");
        for participant in ALL {
            let line = lines.next().unwrap_or_default();
            let times: Vec<&[f64]> = processes.iter().map(|lines| &lines[line][..]).collect();
            print_row(case, participant, &counts[line], &times);
        }
        println!();
    }
    print_notes();
    Ok(())
}

/// What a process measured, a line for each participant in each case, in the order of the tables.
fn print_measured(plan: &Plan) {
    for case in &CASES {
        for Times { median, quartiles, ratio } in measure(case, plan) {
            println!("{median} {} {} {ratio}", quartiles.0, quartiles.1);
        }
    }
}

/// Allocations and reallocations, a line for each participant in each case. The program that counts runs in the
/// same profile; cargo builds it where that has not been done.
fn count_allocations() -> Result<Vec<Vec<f64>>, Box<dyn Error>> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["run", "--quiet", "--bin", "allocations", "--manifest-path"]);
    command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    if !cfg!(debug_assertions) {
        command.arg("--release");
    }
    numbers(&mut command)
}

/// The lines of numbers that a program prints: one for each participant in each case.
fn numbers(command: &mut Command) -> Result<Vec<Vec<f64>>, Box<dyn Error>> {
    let output = command.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let text = String::from_utf8(output.stdout)?;
    let lines: Vec<Vec<f64>> =
        text.lines().map(|line| line.split(' ').map(str::parse).collect()).collect::<Result<_, _>>()?;
    if lines.len() != CASES.len() * ALL.len() {
        return Err(format!("{command:?} printed {} lines", lines.len()).into());
    }
    Ok(lines)
}

/// The times of one participant in one case, in nanoseconds a call.
struct Times {
    median: f64,
    /// The middle half of all batches lies between these.
    quartiles: (f64, f64),
    /// The median of what each round says about this participant and the first one.
    ratio: f64,
}

fn measure(case: &Case, plan: &Plan) -> Vec<Times> {
    let mut order: Vec<usize> = (0..ALL.len()).collect();
    let mut random = 0x2545_F491_4F6C_DD1D;
    let mut rounds: Vec<Vec<f64>> = Vec::with_capacity(plan.rounds);
    for participant in ALL {
        time_batch(participant, case, plan.calls_in_a_batch);
    }
    for _ in 0..plan.rounds {
        // Another order in each round, so that nobody always follows the same one.
        shuffle(&mut order, &mut random);
        let mut round = vec![0.0; ALL.len()];
        for &participant in &order {
            round[participant] = time_batch(&ALL[participant], case, plan.calls_in_a_batch);
        }
        rounds.push(round);
    }
    (0..ALL.len())
        .map(|participant| {
            let times = sorted(rounds.iter().map(|round| round[participant]));
            let ratios = sorted(rounds.iter().map(|round| round[participant] / round[0]));
            Times {
                median: quantile(&times, 2),
                quartiles: (quantile(&times, 1), quantile(&times, 3)),
                ratio: quantile(&ratios, 2),
            }
        })
        .collect()
}

fn time_batch(participant: &Participant, case: &Case, calls: u32) -> f64 {
    let respond = black_box(participant.respond);
    let start = Instant::now();
    for _ in 0..calls {
        drop(black_box(respond(black_box(&case.failure), black_box(case.request_id))));
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
}

/// Fisher and Yates, with an xorshift generator: the same orders in every run.
fn shuffle(order: &mut [usize], random: &mut u64) {
    for last in (1..order.len()).rev() {
        *random ^= *random << 13;
        *random ^= *random >> 7;
        *random ^= *random << 17;
        let other = usize::try_from(*random >> 32).unwrap_or_default() % (last + 1);
        order.swap(last, other);
    }
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The first, second or third quartile.
fn quantile(sorted: &[f64], quarter: usize) -> f64 {
    sorted[(sorted.len() - 1) * quarter / 4]
}

/// `times` has what each process measured.
fn print_row(case: &Case, participant: &Participant, counts: &[f64], times: &[&[f64]]) {
    let column = |column: usize| sorted(times.iter().map(|times| times[column]));
    let median_of = |index: usize| quantile(&column(index), 2);
    let ratios = column(3);
    println!(
        "| {}{} | {:.0} | {:.0} to {:.0} | {:.2} | {:.2} to {:.2} | {} | {} | {} |",
        participant.name,
        note_mark(participant),
        median_of(0),
        median_of(1),
        median_of(2),
        median_of(3),
        ratios[0],
        ratios[ratios.len() - 1],
        counts[0],
        counts[1],
        (participant.respond)(&case.failure, case.request_id).body().len(),
    );
}

fn note_mark(participant: &Participant) -> String {
    let position =
        ALL.iter().filter(|other| other.note.is_some()).position(|other| other.name == participant.name);
    position.map_or_else(String::new, |position| format!(" [{}]", position + 1))
}

fn print_notes() {
    for participant in ALL {
        if let Some(note) = participant.note {
            println!("{} {}: {note}\n", note_mark(participant).trim_start(), participant.name);
        }
    }
}
