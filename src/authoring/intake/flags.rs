//! A record that flags made: what the check says of it is told at the flags, for its file was never
//! written.

use super::{
    super::{Desk, Draft, Trial},
    Form, Incoming, Input, Say, Spot, place,
    settle::Settled,
    words::Called,
};
use std::collections::BTreeMap;

/// What a flag says of a record.
pub struct Flag {
    /// The flag, as it is written.
    pub name: String,
    /// The member, by JSON pointer.
    pub pointer: String,
    /// What was given.
    pub text: String,
}

/// Moves what is said about a new record, to be written to `path`, to the flags that made it, one a
/// line. `called` names the flag of a member.
pub fn tell_at_flags(
    desk: &Desk,
    trial: &mut Trial,
    (draft, path): (&Draft, &str),
    flags: &[Flag],
    called: Called,
) {
    let mut text = format!("claimbook new {}", draft.kind.as_str());
    let spot = |range, words| Spot { input: 0, range, words };
    let whole = spot(0..text.len(), String::new());
    let mut incoming = Incoming::new(draft.kind, None, whole);
    for Flag { name, pointer, text: given } in flags {
        text.push_str(&format!("\n  {name} "));
        let start = text.len();
        let given = given.replace(char::is_control, " ");
        let shown = if given.contains(' ') { format!("'{given}'") } else { given.clone() };
        text.push_str(&shown);
        let spot = spot(start..text.len(), format!("`{name}`"));
        incoming.says.push(Say { pointer: pointer.clone(), text: given, json: false, spot });
    }
    let input = Input { name: "command line".to_owned(), text, form: Form::Flags };
    let settled = [Settled { incoming, draft: draft.clone(), known: false }];
    let mut places = BTreeMap::new();
    places.insert((path.to_owned(), draft.id().to_owned()), 0);
    place::tell(desk, trial, vec![input], &settled, &places, Vec::new(), called);
}
