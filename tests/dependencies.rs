//! What the program is made of: no crate that opens connections, encrypts them or waits for them.
//! `check`, `diff`, `publish` and `verify` read strangers' files, and never call anybody.

use std::{collections::BTreeSet, process::Command};

/// Crates that would be a way into the network, and the runtimes that they come with. A name that
/// ends in `*` stands for all that begin so.
const UNWANTED: &[&str] = &[
    "actix*",
    "async-io",
    "async-std",
    "attohttpc",
    "aws-lc*",
    "boring*",
    "curl*",
    "dns-lookup",
    "gix-transport",
    "h2",
    "h3",
    "hickory*",
    "http",
    "http-body*",
    "httparse",
    "hyper*",
    "isahc",
    "libssh2-sys",
    "mio",
    "minreq",
    "native-tls",
    "openssl*",
    "quinn*",
    "reqwest*",
    "ring",
    "russh*",
    "rustls*",
    "schannel",
    "security-framework*",
    "smol",
    "socket2",
    "ssh2",
    "surf",
    "tokio*",
    "tungstenite",
    "ureq*",
    "webpki*",
];

fn unwanted(name: &str) -> bool {
    UNWANTED.iter().any(|entry| match entry.strip_suffix('*') {
        Some(begin) => name.starts_with(begin),
        None => name == *entry,
    })
}

#[test]
fn no_crate_opens_connections() {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--offline", "--all-features"])
        .args(["--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).expect("UTF-8");
    let names: BTreeSet<&str> =
        tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains("git2") && names.contains("jsonschema"), "not the tree: {names:?}");
    let found: Vec<_> = names.iter().filter(|name| unwanted(name)).collect();
    assert!(found.is_empty(), "{found:?}: `cargo tree --invert NAME` says who wants it");
}

#[test]
fn the_list_catches_what_it_should() {
    for name in ["reqwest", "tokio", "rustls-webpki", "openssl-sys", "aws-lc-sys", "hyper-util"] {
        assert!(unwanted(name), "{name}");
    }
    for name in ["httpdate", "serde_json", "rayon", "stringprep", "same-file"] {
        assert!(!unwanted(name), "{name}");
    }
}
