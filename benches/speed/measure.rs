//! Timing whole processes in turn, A B B A …: CPU time as the operating system counts it, and the
//! ratio pair by pair, which holds where the machine's speed drifts. Who follows the other program pays
//! for memory that it gave back, so each does.

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};
use wait4::Wait4 as _;

/// What one run of a program took.
#[derive(Clone, Copy)]
struct Cost {
    cpu: Duration,
    elapsed: Duration,
    memory: u64,
}

/// How often each program runs, after once without counting.
const RUNS: usize = 5;

/// Runs two programs in turn and prints a line: the CPU seconds of both, and their ratio.
pub fn compare(what: &str, ours: impl FnMut() -> Command, floor: impl FnMut() -> Command) {
    Turns::take(ours, floor).print(what);
}

/// The same of several pairs of programs: the line is that of the pair with the highest ratio.
pub fn worst<A: FnMut() -> Command, B: FnMut() -> Command>(
    what: &str,
    pairs: impl Iterator<Item = (A, B)>,
) {
    let turns = pairs.map(|(ours, floor)| Turns::take(ours, floor));
    let worst = turns.max_by(|a, b| a.ratios(|c| c.cpu)[1].total_cmp(&b.ratios(|c| c.cpu)[1]));
    worst.expect("a pair").print(what);
}

/// What two programs took, turn by turn.
struct Turns {
    ours: Vec<Cost>,
    floor: Vec<Cost>,
}

impl Turns {
    fn take(mut ours: impl FnMut() -> Command, mut floor: impl FnMut() -> Command) -> Self {
        let mut turns = Self { ours: Vec::new(), floor: Vec::new() };
        for run in 0..=RUNS {
            let (ours, floor) = if run % 2 == 0 {
                let ours = cost(&mut ours());
                (ours, cost(&mut floor()))
            } else {
                let floor = cost(&mut floor());
                (cost(&mut ours()), floor)
            };
            if run > 0 {
                turns.ours.push(ours);
                turns.floor.push(floor);
            }
        }
        turns
    }

    /// The least, the median and the highest ratio.
    fn ratios(&self, time: impl Fn(&Cost) -> Duration) -> [f64; 3] {
        let pairs = self.ours.iter().zip(&self.floor);
        spread(pairs.map(|(a, b)| time(a).as_secs_f64() / time(b).as_secs_f64()))
    }

    fn print(&self, what: &str) {
        let [low, middle, high] = self.ratios(|cost| cost.cpu);
        let elapsed = self.ratios(|cost| cost.elapsed)[1];
        let cpu = |costs: &[Cost]| spread(costs.iter().map(|c| c.cpu.as_secs_f64()))[1];
        let memory = self.ours.iter().map(|c| c.memory).max().unwrap_or_default() / (1 << 20);
        println!(
            "{what:<44} {:>7.3} s {:>7.3} s   × {middle:.2} ({low:.2}–{high:.2}) {memory:>5} MiB, elapsed × {elapsed:.2}",
            cpu(&self.ours),
            cpu(&self.floor)
        );
    }
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
    let started = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("it starts");
    let used = child.wait4().expect("it ends");
    // A program that found something has done its work too.
    assert!(matches!(used.status.code(), Some(0 | 1)), "{command:?} failed");
    let elapsed = started.elapsed();
    Cost { cpu: used.rusage.utime + used.rusage.stime, elapsed, memory: used.rusage.maxrss }
}
