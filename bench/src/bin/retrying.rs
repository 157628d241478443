//! Measures what the retry policy adds to a call that succeeds, and prints a table. `--smoke` does a few rounds only.
//!
//! All stacks run in turns in each round, beside tower's `Retry` with a policy that never repeats anything: what that takes, it
//! takes for any policy. Of several processes, as where code and heap happen to lie is drawn anew for each.

use std::convert::Infallible;
use std::env;
use std::error::Error;
use std::future::{Ready, ready};
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::process::Command;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use bytes::Bytes;
use errorbook::client::Policy;
use errorbook::client::tower::{ReadFailuresLayer, RetryPolicy};
use http::{Request, Response};
use http_body::{Body, Frame};
use tower::retry::{self, Retry};
use tower::{Layer, Service, service_fn};

#[derive(errorbook::ApiError)]
#[api(status = 503, message = "Busy.")]
struct Busy;

/// Repeats nothing, and copies the request, as each policy does that could repeat it.
#[derive(Clone)]
struct Never;

impl<A: Clone, B> retry::Policy<Request<A>, Response<B>, Infallible> for Never {
    type Future = Ready<()>;

    fn retry(&mut self, _: &mut Request<A>, _: &mut Result<Response<B>, Infallible>) -> Option<Self::Future> {
        None
    }

    fn clone_request(&mut self, request: &Request<A>) -> Option<Request<A>> {
        Some(request.clone())
    }
}

/// A body in one piece.
struct Whole(Option<Bytes>);

impl Body for Whole {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|data| Ok(Frame::data(data))))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => print_table(9, "501"),
        ["--smoke"] => print_table(1, "3"),
        ["--measure", rounds] => {
            measure(rounds.parse()?);
            Ok(())
        }
        _ => Err("the only argument is `--smoke`".into()),
    }
}

fn print_table(processes: usize, rounds: &str) -> Result<(), Box<dyn Error>> {
    let mut measured: Vec<Vec<(String, f64, f64)>> = Vec::new();
    for _ in 0..processes {
        let output = Command::new(env::current_exe()?).args(["--measure", rounds]).output()?;
        let text = String::from_utf8(output.stdout)?;
        let line = |line: &str| -> Option<(String, f64, f64)> {
            let mut columns = line.split('|');
            let name = columns.next()?.to_owned();
            Some((name, columns.next()?.parse().ok()?, columns.next()?.parse().ok()?))
        };
        measured.push(text.lines().map(line).collect::<Option<_>>().ok_or("a process failed")?);
    }
    println!("| a success | ns | ns more | in the processes |");
    println!("|---|--:|--:|--:|");
    for (place, (name, ..)) in measured[0].iter().enumerate() {
        let times = sorted(measured.iter().map(|lines| lines[place].1));
        let more = sorted(measured.iter().map(|lines| lines[place].2));
        println!(
            "| {name} | {:.0} | {:.0} | {:.0} to {:.0} |",
            times[times.len() / 2],
            more[more.len() / 2],
            more[0],
            more[more.len() - 1],
        );
    }
    Ok(())
}

/// Prints a line for each stack: its name, the median time of a call, and the median of what it takes more than the first.
fn measure(rounds: usize) {
    const CALLS: u32 = 200;
    let inner = || {
        service_fn(|request: Request<Bytes>| {
            ready(Ok::<_, Infallible>(Response::new(Whole(Some(black_box(request).into_body())))))
        })
    };
    let read = || ReadFailuresLayer::<Busy>::new().layer(inner());
    let policy = RetryPolicy::<Busy>::new;
    let mut never = Retry::new(Never, inner());
    let mut plain = Retry::new(policy(Policy::new().without_budget()), inner());
    let mut budget = Retry::new(policy(Policy::new()), inner());
    let mut both = Retry::new(policy(Policy::new()), read());
    let stacks: [(&str, &mut dyn FnMut()); 4] = [
        ("tower's `Retry` with a policy that repeats nothing", &mut || call(&mut never)),
        ("the policy, without a budget", &mut || call(&mut plain)),
        ("**the policy**", &mut || call(&mut budget)),
        ("the policy, and the layer that reads errors", &mut || call(&mut both)),
    ];
    let mut times: Vec<Vec<f64>> = Vec::with_capacity(rounds);
    for round in 0..rounds {
        let mut of_round = vec![0.0; stacks.len()];
        for step in 0..stacks.len() {
            let step = if round % 2 == 0 { step } else { stacks.len() - 1 - step };
            let stack = (round / 2 + step) % stacks.len();
            let start = Instant::now();
            for _ in 0..CALLS {
                (stacks[stack].1)();
            }
            of_round[stack] = start.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS);
        }
        times.push(of_round);
    }
    for (stack, (name, _)) in stacks.iter().enumerate() {
        let time = sorted(times.iter().map(|round| round[stack]));
        let more = sorted(times.iter().map(|round| round[stack] - round[0]));
        println!("{name}|{}|{}", time[rounds / 2], more[rounds / 2]);
    }
}

/// One call, to the end of its response's body.
fn call<S, B>(service: &mut S)
where
    S: Service<Request<Bytes>, Response = Response<B>>,
    S::Error: std::fmt::Debug,
    B: Body + Unpin,
{
    let mut polling = Context::from_waker(Waker::noop());
    let request = Request::post("/v1/stories").body(Bytes::from_static(b"{}")).expect("it is a request");
    let mut answer = pin!(service.call(black_box(request)));
    let Poll::Ready(response) = answer.as_mut().poll(&mut polling) else { panic!("nothing waits here") };
    let response = response.expect("it succeeds");
    assert!(response.status().is_success());
    let mut body = response.into_body();
    while let Poll::Ready(Some(frame)) = Pin::new(&mut body).poll_frame(&mut polling) {
        drop(black_box(frame));
    }
}

fn sorted(numbers: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut numbers: Vec<f64> = numbers.into_iter().collect();
    numbers.sort_by(f64::total_cmp);
    numbers
}
