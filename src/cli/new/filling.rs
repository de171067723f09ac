//! A new record as flags and files tell it, and where it goes.

use super::{Given, flags, flags::Answer, note};
use crate::{
    authoring::{Desk, Draft, Names, Unknown, facts, intake::Flag, is_plain, weigh},
    error::{Error, Result},
    model::Target,
    text::{code_list, count, shorten, visible},
};
use std::{fs, path::Path};

/// The record as the flags tell it, and what each says. Names become the ids that are meant; what
/// leads nowhere is told all at once.
pub fn answered(desk: &Desk, given: &Given) -> Result<(Draft, Vec<Flag>)> {
    let schema = desk.schema(given.kind);
    let names = Names::of(&desk.loaded.dataset);
    let mut draft = Draft::new(given.kind);
    let mut flags = Vec::new();
    let mut unknown = Vec::new();
    for Answer { flag, pointer, text, adds } in &given.answers {
        let found = match Target::of(given.kind, pointer) {
            Some(target) if *adds => names.list(target, text),
            Some(target) => vec![names.find(target, text).map_err(|why| (text.clone(), why))],
            None => vec![Ok(text.clone())],
        };
        let target = Target::of(given.kind, pointer).filter(|_| given.common.force);
        let mut ids = Vec::new();
        for found in found {
            match found {
                Ok(id) => ids.push(id),
                // Who forces it may name what is still to come.
                Err((name, Unknown { message, help })) => {
                    match target.and_then(|target| names.resolve(target, &name).ok()) {
                        Some(id) => ids.push(id),
                        None => unknown.push((format!("--{flag}: {message}"), help)),
                    }
                }
            }
        }
        if ids.is_empty() {
            continue;
        }
        let said = ids.join(";");
        let from = draft.entries(pointer);
        match adds {
            true => draft.add(schema, pointer, &said),
            false => draft.say(schema, pointer, &said),
        }
        let name = format!("--{flag}");
        let mut told = |pointer: String| {
            flags.push(Flag { name: name.clone(), pointer, text: text.clone() });
        };
        match adds {
            true => (from..draft.entries(pointer)).for_each(|at| told(format!("{pointer}/{at}"))),
            false => told(pointer.clone()),
        }
    }
    for (key, value) in &given.common.set {
        let pointer = format!("/{key}");
        draft.say(schema, &pointer, value);
        flags.push(Flag { name: format!("--set {key}"), pointer, text: value.clone() });
    }
    match unknown.as_slice() {
        [] => Ok((draft, flags)),
        [(message, help)] => Err(Error::new(message).hint(help)),
        all => {
            let error = Error::new(format!("{} lead nowhere", count(all.len(), "answer")));
            let hints = all.iter().map(|(message, help)| format!("{message}: {help}"));
            Err(hints.fold(error, Error::hint))
        }
    }
}

/// Fills in what a file tells, and says what.
pub fn take_from(desk: &Desk, draft: &mut Draft, from: &str) -> Result<()> {
    let (file, key) = match from.rsplit_once('#') {
        Some((file, key)) if !Path::new(from).exists() => (file, Some(key)),
        _ => (from, None),
    };
    let bytes = fs::read(file).map_err(|e| Error::new(format!("cannot read {file}: {e}")))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        Error::new(format!("{file} is not UTF-8")).hint("save the page, or export it, as UTF-8")
    })?;
    let taken = facts::take(desk, draft, file, &text, key)?;
    for (member, told_by) in &taken.filled {
        let value = draft.value.get(member).map(ToString::to_string).unwrap_or_default();
        note(&format!("{member}: {} ({})", visible(&shorten(&value, 100)), visible(told_by)));
    }
    for why in &taken.left {
        note(&format!("left out: {}", visible(why)));
    }
    Ok(())
}

/// Makes sure that nothing is missing, and says which flags would give it.
pub fn complete(desk: &Desk, draft: &Draft, undecided: &[usize]) -> Result<()> {
    let kind = draft.kind;
    let wanted = desk.wanted(draft);
    if wanted.is_empty() {
        return Ok(());
    }
    let mut names = Vec::new();
    let mut hints = Vec::new();
    for pointers in wanted {
        let mut about = String::new();
        let mut one = Vec::new();
        for pointer in &pointers {
            let (flag, words) = flags::for_member(kind, pointer);
            about = if one.is_empty() { words } else { "one of them is enough".to_owned() };
            one.push(flag);
        }
        hints.push(format!("{}: {about}", one.join(" or ")));
        names.push(one.swap_remove(0));
    }
    let mut error = Error::new(format!(
        "a {} needs {}: {}",
        kind.as_str(),
        count(names.len(), "more answer"),
        code_list(&names, "and")
    ));
    for hint in hints {
        error = error.hint(hint);
    }
    let ceiling = weigh::ceiling(&desk.loaded.dataset, &[], draft);
    if let Some(ceiling) = ceiling.filter(|_| !draft.has("/confidence")) {
        error = error.hint(ceiling.to_string());
        error = at_first_hand(desk, draft, undecided).into_iter().fold(error, Error::hint);
    }
    Err(error)
}

/// What the citations that do not say how direct they are could carry, if they were first-hand; none
/// where that is no more.
pub fn at_first_hand(desk: &Desk, draft: &Draft, undecided: &[usize]) -> Option<String> {
    let ceiling = |draft: &Draft| weigh::ceiling(&desk.loaded.dataset, &[], draft)?.confidence;
    let mut direct = draft.clone();
    for at in undecided {
        direct.set(&format!("/citations/{at}/directness"), "primary".into());
    }
    let (now, then) = (ceiling(draft)?, ceiling(&direct)?);
    (then < now).then(|| {
        format!(
            "if the source is the act itself or first-hand, say `--directness primary` after its \
             --cite: then the citations can carry `{then}`"
        )
    })
}

/// Where the record goes: a file that is not there yet.
pub fn place(desk: &Desk, draft: &Draft, folder: Option<&str>) -> Result<String> {
    let kind = draft.kind.as_str();
    if !is_plain(draft.id()) {
        let complaint = draft.complaint(desk.schema(draft.kind), "/id");
        return Err(Error::new(complaint.unwrap_or_else(|| format!("a {kind} needs an --id"))));
    }
    let path = desk.path(draft, folder);
    if desk.is_taken(draft.kind, draft.id()) || desk.has_file(&path) {
        return Err(Error::new(format!("there is a {kind} `{}` already", draft.id()))
            .hint(format!("`claimbook show {}` shows it; `--id` gives another id", draft.id())));
    }
    Ok(path)
}
