//! claimbook checks, diffs and publishes datasets of sourced claims that live in a git repository.
pub mod check;
pub mod cli;
pub mod confidence;
pub mod date;
pub mod document;
pub mod error;
pub mod finding;
pub mod load;
pub mod model;
pub mod publish;
pub mod report;
pub mod rules;
pub mod schema;
pub mod snapshot;
pub mod templates;
pub mod text;
pub mod write;
