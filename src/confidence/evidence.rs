//! From what is known of all sources to what the citations of a claim can carry.

use super::{
    Assessment, Group, LeftOut, Limit, Line, Member, Suggestion,
    group::{group, roots},
};
use crate::model::{
    Claim, Confidence, Dataset, Directness, Entry, Letter, Lookup, Policy, Publisher, Source,
    Stance,
};

/// What is known of every source, worked out once.
pub struct Evidence<'d> {
    policy: &'d Policy,
    /// In the order of the dataset.
    sources: Lookup<'d, Cited<'d>>,
}

/// A source that can be cited.
#[derive(Clone)]
struct Cited<'d> {
    entry: &'d Entry<Source>,
    /// None where it is not sound enough to tell.
    known: Option<Known<'d>>,
}

/// What is known of one source.
#[derive(Clone)]
pub(super) struct Known<'d> {
    pub source: &'d Source,
    pub publisher: &'d Publisher,
    pub letter: Letter,
    /// The sources at the beginning of what it repeats; itself where it repeats none.
    pub roots: Vec<&'d str>,
}

impl<'d> Evidence<'d> {
    /// Works out letters and roots of a dataset's sources. Sources that are flawed, or whose
    /// publisher is missing or flawed, are unknown here: claims that cite them are not judged.
    #[must_use]
    pub fn new(dataset: &'d Dataset) -> Self {
        let sound = |flaws: &[String]| flaws.is_empty();
        let known = |id: &'d str, entry: &'d Entry<Source>| {
            let publisher = dataset.publishers.get(&entry.record.publisher)?;
            if !sound(&entry.flaws) || !sound(&publisher.flaws) {
                return None;
            }
            let (source, publisher) = (&entry.record, &publisher.record);
            let letter = match &source.reliability {
                Some(own) => publisher.reliability.worse(own),
                None => publisher.reliability.clone(),
            };
            let roots = match source.derived_from.as_slice() {
                [] => vec![id],
                _ => roots(dataset, id),
            };
            Some(Known { source, publisher, letter, roots })
        };
        let cited =
            |(id, entry): (&'d String, _)| (id.as_str(), Cited { entry, known: known(id, entry) });
        let sources = Lookup::new(dataset.sources.iter().map(cited).collect());
        Self { policy: &dataset.policy, sources }
    }

    /// A source of the dataset, whether it is sound or not.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&'d Entry<Source>> {
        self.sources.get(id).map(|cited| cited.entry)
    }

    /// The place of a source among those of the dataset.
    #[must_use]
    pub fn place(&self, source: &str) -> Option<u32> {
        self.sources.find(source).map(|(place, _)| place)
    }

    fn known(&self, source: &str) -> Option<&Known<'d>> {
        self.sources.get(source)?.known.as_ref()
    }

    /// The effective letter of a source.
    #[must_use]
    pub fn letter(&self, source: &str) -> Option<&Letter> {
        self.known(source).map(|known| &known.letter)
    }

    /// Whether a source counts for a claim that it supports.
    #[must_use]
    pub fn counts(&self, source: &str) -> bool {
        let counts = |known: &Known| !known.source.is_retracted() && known.letter != Letter::E;
        self.known(source).is_some_and(counts)
    }

    /// Whether a source carries something else than in another version of the dataset.
    #[must_use]
    pub fn differs(&self, other: &Evidence, source: &str) -> bool {
        match (self.known(source), other.known(source)) {
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
            known.push(self.known(&citation.source)?);
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
            let letter = &known[*i].letter;
            let why = match best {
                None => LeftOut::Unopposed,
                Some(_) if !letter.reaches(&Letter::D) => LeftOut::Unjudged,
                Some(best) if letter.rank() > best + self.policy.dispute_margin => LeftOut::TooWeak,
                Some(_) => return true,
            };
            leave(*i, why);
            false
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

    /// The same, if one source were what it is in another version of the dataset.
    #[must_use]
    pub fn assess_but(
        &self,
        claim: &Entry<Claim>,
        other: &Evidence<'d>,
        source: &str,
    ) -> Option<Assessment<'d>> {
        let cited = claim.record.citations.iter().filter_map(|citation| {
            let version = if citation.source == source { other } else { self };
            version.sources.find(&citation.source)
        });
        let sources = cited.map(|(_, (id, cited))| (*id, cited.clone())).collect();
        Evidence { policy: self.policy, sources: Lookup::new(sources) }.assess(claim)
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

    /// The higher ceiling that there would be if the sources that support it were cited as the act
    /// itself or first-hand, should there be one.
    #[must_use]
    pub fn at_first_hand(&self, claim: &Claim, assessment: &Assessment) -> Option<Confidence> {
        let mut support = assessment.support.clone();
        support.iter_mut().flat_map(|g| &mut g.members).for_each(|member| member.primary = true);
        let (.., ceiling) = self.judge(claim, &support, assessment.against.len());
        ceiling.filter(|ceiling| assessment.ceiling.as_ref().is_some_and(|now| ceiling < now))
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
