//! Confidence as a contract: what the citations of a claim can carry, and why.
//!
//! Sources of one owner, or of one origin, are one group, however many there are. The ceiling
//! follows from the groups, their letters and the directness of the citations, by the table that
//! [`Line`] spells out; the thresholds are the dataset's [`Policy`].

use crate::{
    date::Day,
    model::{
        Claim, Confidence, Dataset, Directness, Entry, Letter, Policy, Publisher, Source, Stance,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// What the citations of one claim can carry.
#[derive(Clone, Debug)]
pub struct Assessment<'d> {
    /// The highest confidence the claim may declare; none without usable support.
    pub ceiling: Option<Confidence>,
    /// The line of the table that the support reaches.
    pub line: Line,
    /// What lowers that, in order.
    pub limits: Vec<Limit>,
    /// The independent groups of supporting sources.
    pub support: Vec<Group<'d>>,
    /// The groups of contradicting sources that count.
    pub against: Vec<Group<'d>>,
    /// Citations that count neither way, by index, and why.
    pub left_out: Vec<(usize, LeftOut)>,
}

/// Sources that count as one voice.
#[derive(Clone, Debug)]
pub struct Group<'d> {
    /// The best letter among its members.
    pub letter: Letter,
    /// The citations in it.
    pub members: Vec<Member<'d>>,
    /// Why they are one: each member after the first that another one explains.
    pub joins: Vec<Join<'d>>,
}

impl Group<'_> {
    /// Whether a member is a primary citation of at least this letter.
    fn has_primary(&self, least: &Letter) -> bool {
        self.members.iter().any(|member| member.primary && member.letter.reaches(least))
    }
}

/// A citation in a group.
#[derive(Clone, Debug)]
pub struct Member<'d> {
    /// Its index in the claim's citations.
    pub citation: usize,
    /// The source.
    pub source: &'d Source,
    /// The publisher of the source.
    pub publisher: &'d Publisher,
    /// The effective letter: the worse of the publisher's and the source's own.
    pub letter: Letter,
    /// Whether the citation is primary.
    pub primary: bool,
}

/// Why two citations are one voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Join<'d> {
    /// The two citations, by index.
    pub citations: (usize, usize),
    /// What they share.
    pub shared: Shared<'d>,
}

/// What makes two sources one voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shared<'d> {
    /// The publisher, or the owner of their publishers.
    Owner(&'d str),
    /// A source that both repeat, or that one of them is.
    Root(&'d str),
}

/// Why a citation counts neither way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// It only gives context.
    Context,
    /// The source was retracted.
    Retracted,
    /// The source is unreliable (E).
    Unreliable,
    /// A contradicting source that is not judged, or too much worse than the best support.
    TooWeak,
}

/// The lines of the table, from the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// High: enough good groups and a primary citation among them.
    Corroborated,
    /// High: the source is the act itself.
    Act,
    /// Moderate: enough fair groups.
    Credible,
    /// Moderate: one good group with a primary citation.
    FirstHand,
    /// Low: somebody says so.
    Said,
    /// Nothing that counts.
    Nothing,
}

impl Line {
    /// The confidence the line carries.
    #[must_use]
    pub fn carries(self) -> Option<Confidence> {
        match self {
            Self::Corroborated | Self::Act => Some(Confidence::High),
            Self::Credible | Self::FirstHand => Some(Confidence::Moderate),
            Self::Said => Some(Confidence::Low),
            Self::Nothing => None,
        }
    }
}

/// What holds a ceiling below what the support would carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The kind of claim never carries more than moderate.
    Kind,
    /// The claim is still running and its newest source is too old.
    Age {
        /// The last day the newest source may have been issued.
        newest: Day,
        /// How many months old a source may be.
        months: u32,
    },
    /// Contradicting groups count.
    Dispute {
        /// How many groups support the claim.
        support: usize,
        /// How many contradict it.
        against: usize,
    },
}

/// One citation that is not there, for asking what it would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The letter its source would need.
    pub letter: Letter,
    /// Whether it would have to be primary.
    pub primary: bool,
    /// The ceiling with it.
    pub ceiling: Confidence,
}

/// What is known of every source, worked out once.
pub struct Evidence<'d> {
    policy: &'d Policy,
    sources: BTreeMap<&'d str, Known<'d>>,
}

struct Known<'d> {
    source: &'d Source,
    publisher: &'d Publisher,
    letter: Letter,
    /// The sources at the beginning of what it repeats; itself where it repeats none.
    roots: Vec<&'d str>,
}

impl<'d> Evidence<'d> {
    /// Works out letters and roots of a dataset's sources. Sources that are flawed, or whose
    /// publisher is missing or flawed, are unknown here: claims that cite them are not judged.
    #[must_use]
    pub fn new(dataset: &'d Dataset) -> Self {
        let sound = |flaws: &[String]| flaws.is_empty();
        let known = |(id, entry): (&'d String, &'d Entry<Source>)| {
            let publisher = dataset.publishers.get(&entry.record.publisher)?;
            if !sound(&entry.flaws) || !sound(&publisher.flaws) {
                return None;
            }
            let (source, publisher) = (&entry.record, &publisher.record);
            let letter = match &source.reliability {
                Some(own) => publisher.reliability.worse(own),
                None => publisher.reliability.clone(),
            };
            let roots = roots(dataset, id);
            Some((id.as_str(), Known { source, publisher, letter, roots }))
        };
        Self {
            policy: &dataset.policy,
            sources: dataset.sources.iter().filter_map(known).collect(),
        }
    }

    /// The effective letter of a source.
    #[must_use]
    pub fn letter(&self, source: &str) -> Option<&Letter> {
        self.sources.get(source).map(|known| &known.letter)
    }

    /// Whether a source carries something else than in another version of the dataset.
    #[must_use]
    pub fn differs(&self, other: &Evidence, source: &str) -> bool {
        match (self.sources.get(source), other.sources.get(source)) {
            (None, None) => false,
            (Some(a), Some(b)) => {
                a.letter != b.letter
                    || a.source.is_retracted() != b.source.is_retracted()
                    || a.source.issued != b.source.issued
                    || a.publisher.voice() != b.publisher.voice()
                    || a.publisher.kind != b.publisher.kind
                    || a.roots != b.roots
            }
            _ => true,
        }
    }

    /// What the citations of a claim can carry; none where the claim or something it cites is not
    /// sound enough to tell.
    #[must_use]
    pub fn assess(&self, claim: &Entry<Claim>) -> Option<Assessment<'d>> {
        if claim.is_flawed() || claim.record.is_removed() {
            return None;
        }
        let claim = &claim.record;
        let mut known = Vec::with_capacity(claim.citations.len());
        for citation in &claim.citations {
            known.push(self.sources.get(citation.source.as_str())?);
        }
        let mut left_out = Vec::new();
        let mut leave = |i: usize, why: LeftOut| left_out.push((i, why));
        let (mut support, mut contra) = (Vec::new(), Vec::new());
        for (i, citation) in claim.citations.iter().enumerate() {
            let source = known[i];
            match citation.stance {
                Stance::Supports | Stance::Contradicts if source.source.is_retracted() => {
                    leave(i, LeftOut::Retracted)
                }
                Stance::Supports | Stance::Contradicts if source.letter == Letter::E => {
                    leave(i, LeftOut::Unreliable)
                }
                Stance::Supports => support.push(i),
                Stance::Contradicts => contra.push(i),
                _ => leave(i, LeftOut::Context),
            }
        }
        let best = support.iter().map(|i| known[*i].letter.rank()).min();
        contra.retain(|i| {
            let rank = known[*i].letter.rank();
            let counts = best.is_some_and(|best| rank <= best + self.policy.dispute_margin)
                && known[*i].letter.reaches(&Letter::D);
            if !counts {
                leave(*i, LeftOut::TooWeak);
            }
            counts
        });
        left_out.sort_unstable_by_key(|(i, _)| *i);
        let member = |i: usize| Member {
            citation: i,
            source: known[i].source,
            publisher: known[i].publisher,
            letter: known[i].letter.clone(),
            primary: claim.citations[i].directness == Directness::Primary,
        };
        let support = group(&support, &known, member);
        let against = group(&contra, &known, member);
        let (line, limits, ceiling) = self.judge(claim, &support, against.len());
        Some(Assessment { ceiling, line, limits, support, against, left_out })
    }

    fn judge(
        &self,
        claim: &Claim,
        support: &[Group],
        against: usize,
    ) -> (Line, Vec<Limit>, Option<Confidence>) {
        let line = self.line(claim, support);
        let Some(mut ceiling) = line.carries() else { return (line, Vec::new(), None) };
        let mut limits = Vec::new();
        if self.policy.moderate_at_most.contains(&claim.kind) && ceiling < Confidence::Moderate {
            ceiling = Confidence::Moderate;
            limits.push(Limit::Kind);
        }
        if let Some(age) = self.age(claim, support) {
            ceiling =
                if ceiling == Confidence::High { Confidence::Moderate } else { Confidence::Low };
            limits.push(age);
        }
        if against > 0 {
            let most = if against < support.len() { Confidence::Moderate } else { Confidence::Low };
            ceiling = ceiling.max(most);
            limits.push(Limit::Dispute { support: support.len(), against });
        }
        (line, limits, Some(ceiling))
    }

    fn line(&self, claim: &Claim, support: &[Group]) -> Line {
        let policy = self.policy;
        let reaching = |least: &Letter| support.iter().filter(|g| g.letter.reaches(least)).count();
        let good = |group: &&Group| group.letter.reaches(&policy.high_letter);
        let primary = |group: &Group| group.has_primary(&policy.primary_letter);
        if reaching(&policy.high_letter) >= policy.high_groups
            && support.iter().filter(good).any(primary)
        {
            return Line::Corroborated;
        }
        let is_act = |member: &Member| {
            member.primary
                && member.letter.reaches(&policy.act_letter)
                && policy.act_publishers.contains(&member.publisher.kind)
        };
        if policy.act_kinds.contains(&claim.kind)
            && support.iter().flat_map(|g| &g.members).any(is_act)
        {
            return Line::Act;
        }
        if reaching(&policy.moderate_letter) >= policy.moderate_groups {
            return Line::Credible;
        }
        let first_hand = |group: &Group| {
            group.letter.reaches(&policy.primary_letter) && group.members.iter().any(|m| m.primary)
        };
        if support.iter().any(first_hand) {
            return Line::FirstHand;
        }
        if support.is_empty() { Line::Nothing } else { Line::Said }
    }

    /// Whether the claim is still running and its newest source too old. Sources without a date
    /// tell nothing; where none has one, neither does their age.
    fn age(&self, claim: &Claim, support: &[Group]) -> Option<Limit> {
        let months = *self.policy.age_months.get(&claim.kind)?;
        let reviewed = claim.reviewed_day()?;
        let ends = claim.date.span()?.latest;
        if ends.is_some_and(|ends| ends <= reviewed) {
            return None;
        }
        let issued = |member: &Member| member.source.issued.span().and_then(|span| span.latest);
        let newest = support.iter().flat_map(|g| &g.members).filter_map(issued).max()?;
        (newest.plus_months(months) < reviewed).then_some(Limit::Age { newest, months })
    }

    /// The least that one more citation, of a publisher not cited yet and issued lately, would
    /// have to be for each higher ceiling it could bring.
    #[must_use]
    pub fn suggestions(&self, claim: &Claim, assessment: &Assessment) -> Vec<Suggestion> {
        let source = Source {
            issued: crate::date::Edtf::lenient(claim.reviewed.as_deref().unwrap_or_default()),
            ..Source::default()
        };
        let publisher = Publisher::default();
        let mut found: Vec<Suggestion> = Vec::new();
        // From the easiest to find.
        for (letter, primary) in [
            (Letter::D, false),
            (Letter::C, false),
            (Letter::B, false),
            (Letter::B, true),
            (Letter::A, true),
        ] {
            let member = Member {
                citation: usize::MAX,
                source: &source,
                publisher: &publisher,
                letter: letter.clone(),
                primary,
            };
            let mut support = assessment.support.clone();
            support.push(Group {
                letter: letter.clone(),
                members: vec![member],
                joins: Vec::new(),
            });
            let (.., ceiling) = self.judge(claim, &support, assessment.against.len());
            let (Some(ceiling), before) = (ceiling, assessment.ceiling.as_ref()) else { continue };
            let better = before.is_none_or(|before| ceiling < *before);
            if better && found.iter().all(|earlier| ceiling < earlier.ceiling) {
                found.push(Suggestion { letter, primary, ceiling });
            }
        }
        found
    }
}

/// The sources at the beginning of what a source repeats. A circle has none but its members.
fn roots<'d>(dataset: &'d Dataset, id: &'d str) -> Vec<&'d str> {
    let parents = |id: &str| {
        dataset
            .sources
            .get(id)
            .map(|entry| entry.record.derived_from.as_slice())
            .unwrap_or_default()
    };
    if parents(id).is_empty() {
        return vec![id];
    }
    let mut seen = BTreeSet::from([id]);
    let mut open = vec![id];
    let mut roots = BTreeSet::new();
    while let Some(at) = open.pop() {
        if parents(at).is_empty() {
            roots.insert(at);
        }
        open.extend(parents(at).iter().map(String::as_str).filter(|parent| seen.insert(*parent)));
    }
    (if roots.is_empty() { seen } else { roots }).into_iter().collect()
}

/// Divides citations into groups of one voice each.
fn group<'d>(
    citations: &[usize],
    known: &[&Known<'d>],
    member: impl Fn(usize) -> Member<'d>,
) -> Vec<Group<'d>> {
    let mut groups: Vec<Group> = Vec::new();
    for &citation in citations {
        let mut group = Group {
            letter: known[citation].letter.clone(),
            members: vec![member(citation)],
            joins: Vec::new(),
        };
        // It may join several groups that were apart until now.
        let mut i = 0;
        while i < groups.len() {
            let shared = groups[i].members.iter().find_map(|m| {
                Some(Join {
                    citations: (m.citation, citation),
                    shared: shared(known[m.citation], known[citation])?,
                })
            });
            let Some(join) = shared else {
                i += 1;
                continue;
            };
            let mut earlier = groups.remove(i);
            earlier.members.append(&mut group.members);
            earlier.joins.push(join);
            earlier.joins.append(&mut group.joins);
            if group.letter.rank() < earlier.letter.rank() {
                earlier.letter = group.letter;
            }
            group = earlier;
        }
        groups.push(group);
    }
    for group in &mut groups {
        group.members.sort_unstable_by_key(|m| m.citation);
    }
    groups.sort_unstable_by_key(|g| g.members[0].citation);
    groups
}

fn shared<'d>(a: &Known<'d>, b: &Known<'d>) -> Option<Shared<'d>> {
    if a.publisher.voice() == b.publisher.voice() {
        return Some(Shared::Owner(a.publisher.voice()));
    }
    a.roots.iter().find(|root| b.roots.contains(root)).map(|root| Shared::Root(root))
}
