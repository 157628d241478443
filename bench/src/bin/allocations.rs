//! Counts the allocations and reallocations of each participant in each case and prints them, a line each. A
//! program of its own, so that counting takes no time where time is measured. Only `main.rs` calls it.

use std::alloc::System;
use std::hint::black_box;

use errorbook_bench::failure::CASES;
use errorbook_bench::participants::ALL;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What is put together once and kept does not count; neither does a buffer that has yet to grow.
const WARM_UP: usize = 10;

fn main() {
    for case in &CASES {
        for participant in ALL {
            let call = || (participant.respond)(black_box(&case.failure), black_box(case.request_id));
            for _ in 0..WARM_UP {
                drop(black_box(call()));
            }
            // After the warm-up every call is like the other: one tells all.
            let region = Region::new(ALLOCATOR);
            let response = black_box(call());
            let counted = region.change();
            drop(response);
            println!("{} {}", counted.allocations, counted.reallocations);
        }
    }
}
