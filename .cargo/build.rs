//! Leaves the tables for unwinding out of the release binary: there a panic ends the program, so
//! that nothing reads them, and they are a twelfth of what is fetched.

use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=.cargo/build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    // Linkers of the user's choice may not read scripts.
    let own_linker = env::var("RUSTC_LINKER").is_ok()
        || env::var("CARGO_ENCODED_RUSTFLAGS").is_ok_and(|flags| flags.contains("fuse-ld"));
    if is("PROFILE", "release")
        && is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
        && !own_linker
    {
        let script = Path::new(&env::var("OUT_DIR").expect("set by cargo")).join("tables.ld");
        fs::write(&script, "SECTIONS { /DISCARD/ : { *(.eh_frame) } } INSERT AFTER .text;\n")
            .expect("the folder is ours");
        println!("cargo::rustc-link-arg-bins=-Wl,-T,{}", script.display());
    }
}
