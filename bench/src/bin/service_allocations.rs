//! Counts the allocations and reallocations of each call of `bin/service.rs`, a line each, in the order of its
//! tables. A program of its own, so that counting takes no time where time is measured.

use std::alloc::System;
use std::hint::black_box;

use errorbook_bench::service::{ERRORS, SUCCESSES, request, respond, service};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What is put together once and kept does not count.
const WARM_UP: usize = 10;

fn main() {
    for call in ERRORS.iter().chain(SUCCESSES) {
        let service = service(call.around);
        for _ in 0..WARM_UP {
            drop(respond(&service, request(call)));
        }
        let request = request(call);
        let region = Region::new(ALLOCATOR);
        let response = black_box(respond(&service, request));
        let counted = region.change();
        drop(response);
        println!("{} {}", counted.allocations, counted.reallocations);
    }
}
