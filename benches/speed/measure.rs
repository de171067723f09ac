//! Timing whole processes in turn, A B A B …: CPU time as the operating system counts it, and the
//! ratio pair by pair, which holds where the machine's speed drifts.

use std::{
    process::{Command, Stdio},
    time::Duration,
};
use wait4::Wait4 as _;

/// What one run of a program took.
#[derive(Clone, Copy)]
struct Cost {
    cpu: Duration,
    memory: u64,
}

/// How often each program runs, after once without counting.
const RUNS: usize = 5;

/// Runs two programs in turn and prints a line: the CPU seconds of both, and their ratio.
pub fn compare(what: &str, mut ours: impl FnMut() -> Command, mut floor: impl FnMut() -> Command) {
    let (mut a, mut b) = (Vec::new(), Vec::new());
    for run in 0..=RUNS {
        let (ours, floor) = (cost(&mut ours()), cost(&mut floor()));
        if run > 0 {
            a.push(ours);
            b.push(floor);
        }
    }
    let ratios = a.iter().zip(&b).map(|(a, b)| a.cpu.as_secs_f64() / b.cpu.as_secs_f64());
    let [low, middle, high] = spread(ratios);
    let cpu = |costs: &[Cost]| spread(costs.iter().map(|c| c.cpu.as_secs_f64()))[1];
    let memory = a.iter().map(|c| c.memory).max().unwrap_or_default() / (1 << 20);
    println!(
        "{what:<44} {:>7.2} s {:>7.2} s   × {middle:.2} ({low:.2}–{high:.2}) {memory:>5} MiB",
        cpu(&a),
        cpu(&b)
    );
}

/// Runs one program and prints a line: its CPU seconds.
pub fn alone(what: &str, mut program: impl FnMut() -> Command) {
    let costs: Vec<Cost> = (0..=RUNS).map(|_| cost(&mut program())).skip(1).collect();
    let [low, middle, high] = spread(costs.iter().map(|c| c.cpu.as_secs_f64()));
    let memory = costs.iter().map(|c| c.memory).max().unwrap_or_default() / (1 << 20);
    println!("{what:<44} {middle:>7.2} s ({low:.2}–{high:.2}) {memory:>28} MiB");
}

/// The heading of the lines above.
pub fn heading() {
    println!("{:<44} {:>9} {:>9}   ratio", "CPU time, median of 5", "claimbook", "floor");
}

/// The least, the median and the most.
fn spread(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut values: Vec<f64> = values.collect();
    values.sort_unstable_by(f64::total_cmp);
    [values[0], values[values.len() / 2], values[values.len() - 1]]
}

fn cost(command: &mut Command) -> Cost {
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("it starts");
    let used = child.wait4().expect("it ends");
    // A program that found something has done its work too.
    assert!(matches!(used.status.code(), Some(0 | 1)), "{command:?} failed");
    Cost { cpu: used.rusage.utime + used.rusage.stime, memory: used.rusage.maxrss }
}
