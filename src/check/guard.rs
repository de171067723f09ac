//! When a part of a dataset is enough to tell what a change brings: for each rule, what must not
//! change. Where a guard does not hold, everything is read; see [`super::local`].

use crate::{
    confidence::Evidence,
    diff::{self, Weight},
    load::Pair,
    model::{Claim, Confidence, Dataset, Entry, RecordKind, RelationType, Status, Table},
    rules::weakened_in_silence,
};
use std::collections::BTreeSet;

/// Something that must not change, for the sake of records that are not read.
pub struct Guard {
    /// What stays.
    pub keeps: &'static str,
    /// What would happen otherwise.
    pub why: &'static str,
    holds: fn(&Part) -> bool,
}

/// What a rule needs to be told in full by a part of a dataset.
pub struct Reach {
    /// The id of the rule.
    pub rule: &'static str,
    /// How far it looks from the record that it speaks about.
    pub looks_at: &'static str,
    /// What must not change.
    pub guards: &'static [&'static Guard],
}

/// A part of two versions of a dataset, and the records that changed.
pub struct Part<'p> {
    pub pair: &'p Pair,
    pub changed: &'p BTreeSet<(RecordKind, String)>,
}

const SOUND: Guard = Guard {
    keeps: "records that can be read, with their ids, and had no flaw before",
    why: "rules keep quiet about what a broken record may have meant, and speak once it is mended",
    holds: sound,
};
const CLAIMS: Guard = Guard {
    keeps: "the statement, subjects, relations and status of a claim",
    why: "statements are compared with each other, and the others bind two records",
    holds: claims_keep,
};
const CITED: Guard = Guard {
    keeps: "every source that was cited",
    why: "a source that loses its last citation is unused",
    holds: citations_keep,
};
const HIGH: Guard = Guard {
    keeps: "claims that are not high from becoming so",
    why: "one that contradicts it may be high too",
    holds: none_becomes_high,
};
const OTHERS: Guard = Guard {
    keeps: "to claims that show what disputes them, and that nothing supersedes",
    why: "the claim that does may be the only one to say so",
    holds: others_show,
};
const SOURCES: Guard = Guard {
    keeps: "what claims rest on in sources and publishers, without a flaw",
    why: "it counts for every claim that cites them",
    holds: sources_keep,
};
const WAIVERS: Guard = Guard {
    keeps: "waivers about other records only",
    why: "a waiver that has nothing left to accept is an error of its own",
    holds: no_waiver,
};
const FEW: Guard = Guard {
    keeps: "claims from being weakened, but for one",
    why: "how many are too many depends on how many there are",
    holds: few_weakened,
};

/// For each rule how far it looks, and what must not change for it.
pub const REACH: &[Reach] = &[
    reach("syntax", "one file", &[&SOUND]),
    reach("encoding", "one file", &[&SOUND]),
    reach("duplicate-key", "one record", &[]),
    reach("too-large", "one file", &[&SOUND]),
    reach("unknown-file", "one path", &[]),
    reach("schema", "one record", &[]),
    reach("file-name", "one record and its path", &[&SOUND]),
    reach("duplicate-id", "the ids of all records", &[&SOUND]),
    reach("unknown-reference", "a record, and whether what it names is there", &[&SOUND]),
    reach("relation-cycle", "the relations of all claims", &[&SOUND, &CLAIMS]),
    reach("relation-target", "relations, and the status of the other claim", &[&SOUND, &CLAIMS]),
    reach("derivation-cycle", "the origins of all sources", &[&SOUND, &SOURCES]),
    reach("missing-successor", "the relations of all claims", &[&SOUND, &CLAIMS, &OTHERS]),
    reach("unused-record", "what all records name", &[&SOUND, &CLAIMS, &CITED, &SOURCES]),
    reach("duplicate-claim", "the statements of all claims", &[&SOUND, &CLAIMS]),
    reach("similar-claim", "the statements of all claims", &[&SOUND, &CLAIMS]),
    reach("duplicate-source", "the addresses of all sources", &[&SOUND, &SOURCES]),
    reach("date-order", "a claim and what it cites", &[&SOUND, &SOURCES]),
    reach("future-date", "one record", &[]),
    reach("stale-claim", "one claim", &[]),
    reach("confidence-ceiling", "a claim and what it cites", &[&SOUND, &SOURCES]),
    reach("no-support", "a claim and what it cites", &[&SOUND, &SOURCES]),
    reach("unexplained-contradiction", "a claim and what it cites", &[&SOUND, &SOURCES]),
    reach(
        "dispute-status",
        "a claim, its evidence and who disputes it",
        &[&SOUND, &CLAIMS, &OTHERS, &SOURCES],
    ),
    reach(
        "high-contradiction",
        "two claims, of which one names the other",
        &[&SOUND, &CLAIMS, &HIGH],
    ),
    reach("unrated-publisher", "a publisher and the sources that name it", &[&SOUND, &SOURCES]),
    reach("retracted-source", "a claim and what it cites", &[&SOUND, &SOURCES]),
    reach("untranslated-quote", "a claim and what it cites", &[&SOUND, &SOURCES]),
    reach("single-origin", "a claim and what it cites", &[&SOUND, &SOURCES]),
    reach("not-canonical", "one file", &[]),
    reach("tracking-parameter", "one record", &[]),
    reach("invisible-text", "one record", &[]),
    reach("quantity-range", "one claim", &[]),
    reach("unused-waiver", "the findings about all records", &[&WAIVERS]),
    reach("expired-waiver", "the findings about all records", &[&WAIVERS]),
    reach("record-removed", "which records are there", &[&SOUND]),
    reach("released-id-missing", "which records are there", &[&SOUND]),
    reach("status-transition", "two versions of a claim", &[]),
    reach("confidence-unearned", "two versions of a claim and what it cites", &[&SOURCES]),
    reach("unexplained-correction", "two versions of a claim", &[]),
    reach("corrections-rewritten", "two versions of a claim", &[]),
    reach("mass-change", "how many claims there are", &[&FEW]),
];

const fn reach(
    rule: &'static str,
    looks_at: &'static str,
    guards: &'static [&'static Guard],
) -> Reach {
    Reach { rule, looks_at, guards }
}

/// Whether the part tells everything that is new.
pub fn hold(part: &Part) -> bool {
    REACH.iter().flat_map(|reach| reach.guards).all(|guard| (guard.holds)(part))
}

/// What others see of a claim, by pointer.
const SEEN_OF_CLAIMS: [&str; 5] = ["/id", "/statement", "/subjects", "/relations", "/status"];

impl Part<'_> {
    /// Whether all records of a kind that changed are there, both before and after, and alike in what
    /// `keeps` looks at.
    fn all<T>(
        &self,
        kind: RecordKind,
        table: fn(&Dataset) -> &Table<T>,
        keeps: impl Fn(&Entry<T>, &Entry<T>) -> bool,
    ) -> bool {
        let tables = [&self.pair.base, &self.pair.head].map(|loaded| table(&loaded.dataset));
        let mut ids = self.changed.iter().filter(|(of, _)| *of == kind);
        ids.all(|(_, id)| match tables.map(|table| table.get(id)) {
            [Some(old), Some(new)] => keeps(old, new),
            _ => false,
        })
    }

    fn claims(&self, keeps: impl Fn(&Entry<Claim>, &Entry<Claim>) -> bool) -> bool {
        self.all(RecordKind::Claim, |d| &d.claims, keeps)
    }
}

fn sound(part: &Part) -> bool {
    fn was_sound<T>(old: &Entry<T>, new: &Entry<T>) -> bool {
        !old.is_flawed() && !new.flawed("/id")
    }
    part.claims(was_sound)
        && part.all(RecordKind::Source, |d| &d.sources, was_sound)
        && part.all(RecordKind::Publisher, |d| &d.publishers, was_sound)
        && part.all(RecordKind::Subject, |d| &d.subjects, was_sound)
}

fn claims_keep(part: &Part) -> bool {
    part.claims(|old, new| {
        let (a, b) = (&old.record, &new.record);
        a.statement == b.statement
            && a.subjects == b.subjects
            && a.relations == b.relations
            && a.status == b.status
            && !SEEN_OF_CLAIMS.iter().any(|pointer| new.flawed(pointer))
    })
}

fn citations_keep(part: &Part) -> bool {
    part.claims(|old, new| {
        let cited = |id: &str| new.record.citations.iter().any(|citation| citation.source == id);
        old.record.citations.iter().all(|citation| cited(&citation.source))
    })
}

fn none_becomes_high(part: &Part) -> bool {
    let high = |entry: &Entry<Claim>| entry.record.confidence == Confidence::High;
    part.claims(|old, new| high(old) || !high(new))
}

fn others_show(part: &Part) -> bool {
    let Pair { base, head } = part.pair;
    let [before, after] = [&base.dataset, &head.dataset].map(Evidence::new);
    let shows = |evidence: &Evidence, entry: &Entry<Claim>| {
        let own = entry.record.relations.iter().any(|r| r.kind == RelationType::Contradicts);
        let judged = evidence.assess(entry);
        match entry.record.status {
            Status::Disputed => own || judged.is_none_or(|judged| !judged.against.is_empty()),
            Status::Superseded => false,
            _ => true,
        }
    };
    part.claims(|old, new| shows(&before, old) && shows(&after, new))
}

fn sources_keep(part: &Part) -> bool {
    part.all(
        RecordKind::Source,
        |d| &d.sources,
        |old, new| {
            let (a, b) = (&old.record, &new.record);
            !new.is_flawed()
                && a.publisher == b.publisher
                && a.issued == b.issued
                && a.lang == b.lang
                && (&a.url, &a.doi) == (&b.url, &b.doi)
                && a.reliability == b.reliability
                && a.derived_from == b.derived_from
                && a.status == b.status
        },
    ) && part.all(
        RecordKind::Publisher,
        |d| &d.publishers,
        |old, new| {
            let (a, b) = (&old.record, &new.record);
            !new.is_flawed()
                && a.reliability == b.reliability
                && a.owner == b.owner
                && a.kind == b.kind
        },
    )
}

fn no_waiver(part: &Part) -> bool {
    let Pair { head, .. } = part.pair;
    let waivers = head.dataset.waivers.iter().flat_map(|entry| &entry.record.waivers);
    let about = |(_, id): &(RecordKind, String), waiver: &crate::model::Waiver| {
        let named = |path: &String| path.ends_with(&format!("/{id}.json"));
        waiver.id.as_ref() == Some(id)
            || waiver.path.as_ref().is_some_and(named)
            || (&waiver.id, &waiver.path) == (&None, &None)
    };
    waivers.into_iter().all(|waiver| !part.changed.iter().any(|record| about(record, waiver)))
}

fn few_weakened(part: &Part) -> bool {
    let Pair { base, head } = part.pair;
    let weakened = diff::compare(&base.dataset, &head.dataset).claims(Weight::Weakens).len();
    weakened <= weakened_in_silence(base.dataset.policy.mass_change_percent, 0)
}
