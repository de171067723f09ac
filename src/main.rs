//! The `claimbook` program; everything it does is in the library.

/// Records are many small texts: this allocator takes a seventh off the CPU time of a check
/// (`cargo bench -- check`), and more where the C library's own is slow, as in static binaries.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    claimbook::cli::main()
}
