//! What rules do to a service that fails for half a minute: the figures of the manual's page on retrying, by the policy that
//! clients have. Seconds pass one by one, chance is seeded, and nothing sleeps.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a model counts in shares of seconds and calls"
)]

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use errorbook::ApiError;
use errorbook::client::{Budget, Decision, Policy, Told};
use errorbook::retry::{Attempt, RetryRule};
use http::{HeaderMap, Method, StatusCode};

/// Requests in a second, a new one each.
const LOAD: usize = 70;
/// Successes in a second that the service is able to.
const CAPACITY: f64 = 100.0;
const OUTAGE: std::ops::Range<usize> = 60..90;
const END: usize = 400;
const RUNS: u64 = 20;

#[derive(ApiError)]
enum Error {
    #[api(status = 503, message = "…", retry = "backoff 1s 2s 4s 8s")]
    Schedule,
    #[api(status = 503, message = "…", retry = "after 30s..60s, once")]
    Spread,
    #[api(status = 503, message = "…", retry = "none")]
    Never,
}

/// A service that serves whom it draws by lot, and the clients that call it.
struct Model {
    rule: RetryRule,
    /// Each client's.
    policies: Vec<Policy>,
    /// What it costs to turn a request away, as a part of what a success costs.
    rejection: f64,
}

/// A request on its way: whose, and which attempt of it.
struct Call {
    client: usize,
    number: u32,
}

/// What became of the requests in the end.
#[derive(Debug, PartialEq, Eq)]
struct Lost {
    in_all: usize,
    /// Of those that were sent in the last minute, long after the outage.
    at_the_end: usize,
}

impl Model {
    fn new(error: &Error, policy: &Policy) -> Self {
        Self { rule: error.spec().retry(), policies: vec![policy.clone()], rejection: 0.0 }
    }

    fn run(&self, seed: u64) -> Lost {
        let (mut random, start) = (fastrand::Rng::with_seed(seed), Instant::now());
        // What is sent in this second, in the next, and so on.
        let mut due: VecDeque<Vec<Call>> = VecDeque::new();
        let mut lost = Lost { in_all: 0, at_the_end: 0 };
        for second in 0..END {
            let mut calls = due.pop_front().unwrap_or_default();
            calls.extend((0..LOAD).map(|nth| Call { client: nth % self.policies.len(), number: 1 }));
            random.shuffle(&mut calls);
            let rejected = calls.split_off(self.served(second, calls.len()));
            for call in &calls {
                self.policies[call.client].succeeded(&attempt(call.number));
            }
            for call in rejected {
                let now = start + Duration::from_secs(second as u64);
                match self.wait(&call, random.u64(..), now) {
                    Some(wait) => {
                        let seconds = (wait.as_secs_f64().round() as usize).max(1);
                        due.resize_with(due.len().max(seconds), Vec::new);
                        due[seconds - 1].push(Call { number: call.number + 1, ..call });
                    }
                    None => {
                        lost.in_all += 1;
                        lost.at_the_end += usize::from(second >= END - 60);
                    }
                }
            }
        }
        lost
    }

    /// How many of so many calls the service serves.
    fn served(&self, second: usize, calls: usize) -> usize {
        if OUTAGE.contains(&second) {
            return 0;
        }
        // Served and turned away, they fill the second: served + rejection · (calls − served) = capacity.
        let served = (CAPACITY - self.rejection * calls as f64) / (1.0 - self.rejection);
        (served.max(0.0) as usize).min(calls)
    }

    fn wait(&self, call: &Call, random: u64, now: Instant) -> Option<Duration> {
        let told = Told::of_head(StatusCode::SERVICE_UNAVAILABLE, &HeaderMap::new()).with_rule(self.rule);
        match self.policies[call.client].decide(&attempt(call.number), told, random, now) {
            Decision::Retry { after } => Some(after),
            _ => None,
        }
    }
}

fn attempt(number: u32) -> Attempt<'static> {
    Attempt::first(&Method::POST).nth(number)
}

/// Of those that are lost without any retry, how many per cent are not, less those that are lost because of the others'
/// retries.
fn saved(error: &Error, policy: &Policy) -> f64 {
    saved_by(|| Model::new(error, policy))
}

/// A budget is used up in each run anew.
fn saved_by(model: impl Fn() -> Model) -> f64 {
    let without = Model { rule: RetryRule::NEVER, ..model() };
    let lost = |model: &Model, seed| model.run(seed).in_all as f64;
    let (mut all, mut rest) = (0.0, 0.0);
    for seed in 0..RUNS {
        all += lost(&without, seed);
        rest += lost(&model(), seed);
    }
    (1.0 - rest / all) * 100.0
}

/// Without a budget, so that each rule does what it says.
fn unbounded() -> Policy {
    Policy::new().without_budget()
}

#[track_caller]
fn assert_about(measured: f64, figure: f64) {
    assert!((measured - figure).abs() < 1.0, "{measured:.1} instead of {figure}");
}

#[test]
fn without_retries_half_a_minute_loses_its_requests_and_no_more() {
    let lost = Model::new(&Error::Never, &unbounded()).run(0);
    assert_eq!(lost, Lost { in_all: LOAD * OUTAGE.len(), at_the_end: 0 });
}

#[test]
fn a_schedule_of_15_seconds_saves_27_per_cent_of_an_outage_of_30() {
    assert_about(saved(&Error::Schedule, &unbounded().without_jitter()), 27.0);
}

#[test]
fn with_full_jitter_it_saves_16_per_cent() {
    assert_about(saved(&Error::Schedule, &unbounded()), 16.0);
}

#[test]
fn one_retry_after_30_to_60_seconds_saves_85_per_cent() {
    assert_about(saved(&Error::Spread, &unbounded()), 85.0);
}

#[test]
fn where_a_rejection_costs_a_third_of_a_success_a_plain_schedule_never_recovers() {
    let costly = |error, policy: Policy| {
        let model = Model { rejection: 0.3, ..Model::new(error, &policy) };
        (0..RUNS).map(|seed| model.run(seed).at_the_end).sum::<usize>() / RUNS as usize
    };
    // Of the 4,200 of the last minute, four minutes after the outage.
    assert!(costly(&Error::Schedule, unbounded().without_jitter()) > 4000);
    assert!(costly(&Error::Schedule, unbounded()) > 4000);
    assert_eq!(costly(&Error::Spread, unbounded()), 0);
    let spread = || Model { rejection: 0.3, ..Model::new(&Error::Spread, &unbounded()) };
    assert_about(saved_by(spread), 79.0);
}

#[test]
fn with_a_budget_a_plain_schedule_recovers_there_too_and_saves_nothing() {
    // Ten clients, each with the budget that a policy has by itself.
    let model = || Model {
        rejection: 0.3,
        policies: (0..10).map(|_| Policy::new().with_budget(Budget::new()).without_jitter()).collect(),
        ..Model::new(&Error::Schedule, &unbounded())
    };
    for seed in 0..RUNS {
        assert_eq!(model().run(seed).at_the_end, 0);
    }
    assert_about(saved_by(model), 0.0);
}
