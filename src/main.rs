//! The `claimbook` program; everything it does is in the library.

fn main() -> std::process::ExitCode {
    claimbook::cli::main()
}
