//! What every command prints, held against files in `tests/cases/`.
//!
//! `TRYCMD=overwrite cargo test --test cases` writes them anew; read what changed.

#[test]
fn commands_print_what_they_did_before() {
    trycmd::TestCases::new()
        .env("GITHUB_ACTIONS", "false")
        .env("NO_COLOR", "1")
        .insert_var("[VERSION]", env!("CARGO_PKG_VERSION"))
        .expect("a variable")
        .case("tests/cases/*.toml");
}
