//! Measures how long it takes to read an error response back to the error, beside code written by hand, and prints a table.
//! A reading that takes longer than 1.3 times as long as by hand is a failure. `--smoke` does a few rounds only, of which
//! nobody can tell.
//!
//! Both run in turns in each round, and the table has the median of the rounds' ratios; of several processes, as where code
//! and heap happen to lie is drawn anew for each.

use std::env;
use std::error::Error;
use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use errorbook::client::Reader;
use errorbook_bench::reading::{ByHand, StoryError, cases, check, response};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => match print_table(9, "501")? {
            most if most > 1.3 => Err(format!("{most:.2} times as long as by hand is more than 1.3").into()),
            _ => Ok(()),
        },
        ["--smoke"] => print_table(1, "3").map(drop),
        ["--measure", rounds] => {
            measure(rounds.parse()?);
            Ok(())
        }
        _ => Err("the only argument is `--smoke`".into()),
    }
}

/// Gives the highest of the ratios.
fn print_table(processes: usize, rounds: &str) -> Result<f64, Box<dyn Error>> {
    check();
    let mut measured: Vec<Vec<[f64; 3]>> = Vec::new();
    for _ in 0..processes {
        let output = Command::new(env::current_exe()?).args(["--measure", rounds]).output()?;
        let text = String::from_utf8(output.stdout)?;
        let line = |line: &str| -> Option<[f64; 3]> {
            let numbers: Vec<f64> = line.split(' ').map(str::parse).collect::<Result<_, _>>().ok()?;
            numbers.try_into().ok()
        };
        measured.push(text.lines().map(line).collect::<Option<_>>().ok_or("a process failed")?);
    }
    println!("| | by hand, ns | errorbook, ns | times by hand | in the processes |");
    println!("|---|--:|--:|--:|--:|");
    let names =
        cases().into_iter().flat_map(|(name, _)| [format!("{name}: body"), format!("{name}: response")]);
    let mut most = 0.0_f64;
    for (place, name) in names.enumerate() {
        let column = |column: usize| sorted(measured.iter().map(|lines| lines[place][column]));
        let (by_hand, errorbook, ratios) = (column(0), column(1), column(2));
        println!(
            "| {name} | {:.0} | {:.0} | {:.2} | {:.2} to {:.2} |",
            by_hand[by_hand.len() / 2],
            errorbook[errorbook.len() / 2],
            ratios[ratios.len() / 2],
            ratios[0],
            ratios[ratios.len() - 1],
        );
        most = most.max(ratios[ratios.len() / 2]);
    }
    Ok(most)
}

/// A line for each case and for body and response.
fn measure(rounds: usize) {
    let reader = Reader::<StoryError>::new();
    for (_, error) in cases() {
        let sent = response(&error);
        let (status, headers, body) = (sent.status(), sent.headers(), sent.body());
        race(
            rounds,
            || drop(black_box(ByHand::read_body(black_box(status), black_box(None), black_box(body)))),
            || drop(black_box(reader.read_json(black_box(body)))),
        );
        race(
            rounds,
            || drop(black_box(ByHand::read(black_box(status), black_box(headers), black_box(body)))),
            || {
                drop(black_box(reader.read_parts(
                    black_box(status),
                    black_box(headers),
                    black_box(body).clone(),
                )));
            },
        );
    }
}

/// Two candidates in turns; prints the median time of a call of each, and the median of their ratios.
fn race(rounds: usize, by_hand: impl Fn(), errorbook: impl Fn()) {
    const CALLS: u32 = 200;
    let time = |call: &dyn Fn()| {
        let start = Instant::now();
        for _ in 0..CALLS {
            call();
        }
        start.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS)
    };
    let (mut first, mut second, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds {
        let (one, other) = if round % 2 == 0 {
            let one = time(&by_hand);
            (one, time(&errorbook))
        } else {
            let other = time(&errorbook);
            (time(&by_hand), other)
        };
        first.push(one);
        second.push(other);
        ratios.push(other / one);
    }
    let median = |times: Vec<f64>| sorted(times)[rounds / 2];
    println!("{} {} {}", median(first), median(second), median(ratios));
}

fn sorted(numbers: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.into_iter().collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}
