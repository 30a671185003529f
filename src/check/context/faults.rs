//! What rooms of [`meaning`](crate::meaning) find, as faults: which words a finding names, how grave it is, and what it
//! rests on. Nothing is looked for here.

use super::{Context, Evidence, Fault, Id, Message, Severity, Side, message};
use crate::meaning::clashes::Clash;
use crate::meaning::content::{self, Unexplained};
use crate::meaning::marks::Class;
use crate::meaning::substitutions::{Relation, Substitution};
use crate::meaning::titles;
use crate::text::Span;

impl Context<'_> {
    /// The members of families that stand against others of the family, as faults of the check that owns the family.
    pub(in crate::check) fn family_faults(&self, check: &str) -> Vec<Fault> {
        let fault = |one: &Substitution| {
            let Relation::Other(family) = one.relation else { return None };
            (family.check == check && !self.is_of_title(one)).then(|| {
                self.substituted(one, one.firm && family.grave, |zh, en| {
                    message!("stands-against-other", zh = zh, en = en, noun = family.noun)
                })
            })
        };
        self.substitutions().iter().filter_map(fault).collect()
    }

    /// The words that stand against their opposites, as faults.
    pub(in crate::check) fn opposite_faults(&self) -> Vec<Fault> {
        let opposed = self.substitutions().iter().filter(|one| matches!(one.relation, Relation::Opposite));
        opposed
            .filter(|one| !self.is_of_title(one))
            .map(|one| {
                self.substituted(one, one.firm, |zh, en| {
                    message!("stands-against-opposite", zh = zh, en = en)
                })
            })
            .collect()
    }

    /// Whether it makes another title or quotation of one that is told to stand against another.
    fn is_of_title(&self, one: &Substitution) -> bool {
        titles::is_told_of_its_title(one) && self.titles().iter().any(|title| title.zh.contains(one.zh))
    }

    fn substituted(&self, one: &Substitution, grave: bool, message: impl Fn(&str, &str) -> Message) -> Fault {
        let chinese = self.chinese();
        let text = |side: Side, span: Span| self.document(side).words(span);
        let note = |side: Side, span: Span| Evidence { side, span, note: message!("no-counterpart") };
        let (source, target) = if chinese == Side::Source { (one.zh, one.en) } else { (one.en, one.zh) };
        Fault {
            source: Some(source),
            target: Some(target),
            message: message(&text(chinese, one.zh), &text(chinese.other(), one.en)),
            confidence: one.confidence,
            severity: Some(if grave { Severity::Major } else { Severity::Minor }),
            evidence: vec![note(Side::Source, source), note(Side::Target, target)],
        }
    }

    /// The marks of a class that contradict each other, as faults; `noun` is what they differ in.
    pub(in crate::check) fn clash_faults(&self, class: Class, noun: Id) -> Vec<Fault> {
        let chinese = self.chinese();
        let fault = |clash: &Clash| {
            let sides = |zh: Span, en: Span| if chinese == Side::Source { (zh, en) } else { (en, zh) };
            let (source, target) = sides(clash.zh, clash.en);
            let text = |side: Side, span: Span| self.document(side).words(span);
            let (one, other) = (text(Side::Source, source), text(Side::Target, target));
            let mark = |side: Side, span: Span| Evidence { side, span, note: message!("says-otherwise") };
            let mut evidence = vec![mark(Side::Source, source), mark(Side::Target, target)];
            if let Some([zh, en]) = clash.about {
                let (source, target) = sides(zh, en);
                let about =
                    |side: Side, span: Span| Evidence { side, span, note: message!("said-of-the-same") };
                evidence.extend([about(Side::Source, source), about(Side::Target, target)]);
            }
            Fault {
                source: Some(source),
                target: Some(target),
                message: message!("clash", one = one, other = other, noun = noun),
                confidence: clash.confidence,
                severity: (!clash.grave).then_some(Severity::Minor),
                evidence,
            }
        };
        self.clashes(class).map(fault).collect()
    }
}

/// Sentences that share a link with others and have nothing of their own on the other side, as faults. `remedy` says
/// what to do.
pub(in crate::check) fn hidden_faults(context: &Context, side: Side, remedy: &Message) -> Vec<Fault> {
    let fault = |(span, place, alone): (Span, Span, f64)| {
        let message = message!("sentence-hidden", side = side.other(), remedy = remedy);
        let severity = Some(if alone >= SENTENCE { Severity::Major } else { Severity::Minor });
        let fault =
            Fault { source: None, target: None, message, confidence: alone, severity, evidence: Vec::new() };
        placed(side, span, place, fault)
    };
    content::hidden(context, side).into_iter().map(fault).collect()
}

/// The runs of words of one side that nothing accounts for, as faults. `remedy` says what to do.
pub(in crate::check) fn content_faults(context: &Context, side: Side, remedy: &Message) -> Vec<Fault> {
    let sentences = content::hidden(context, side);
    let mut faults = Vec::new();
    let judged: Vec<&(Unexplained, f64)> = context
        .unexplained()
        .iter()
        .filter(|(run, _)| run.side == side && !sentences.iter().any(|(span, ..)| span.overlaps(run.span)))
        .collect();
    for of_link in judged.chunk_by(|a, b| a.0.place == b.0.place) {
        let best = of_link.iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.span.cmp(&a.0.span)));
        let Some((run, sure)) = best else { continue };
        // what else the same sentences may leave out makes it likelier that they leave out something
        let more: Vec<&(Unexplained, f64)> = of_link
            .iter()
            .copied()
            .filter(|(other, likely)| other.span != run.span && *likely >= ALSO)
            .collect();
        let doubt: f64 = more.iter().map(|(_, likely)| 1.0 - SHARED * likely).product();
        let sure = 1.0 - (1.0 - sure) * doubt;
        faults.push(of_run(context, run, sure, &more, remedy));
    }
    faults
}

/// From this confidence on a second run of a sentence is mentioned with the first.
const ALSO: f64 = 0.25;
/// How many such runs the message names; the evidence shows them all.
const MENTIONED: usize = 2;
/// How much of its confidence counts: runs of one sentence often share a cause.
const SHARED: f64 = 0.6;

fn of_run(
    context: &Context,
    run: &Unexplained,
    sure: f64,
    more: &[&(Unexplained, f64)],
    remedy: &Message,
) -> Fault {
    let side = run.side;
    let (document, other) = (context.document(side), context.document(side.other()));
    let place = run.clause.unwrap_or(run.span);
    let others = more.iter().map(|(run, _)| run.span).filter(|span| !place.contains(*span)).take(MENTIONED);
    let quoted = |span: Span| message!("quoted", text = document.words(span));
    let text = others
        .map(quoted)
        .fold(quoted(place), |before, more| message!("quoted-list", before = before, more = more));
    // what is unexplained on both sides is more often another rendering than none
    let against = run.against.filter(|span| run.features[LOST] > 0.25 && other.slice(*span).len() < 120);
    // the encoder looks at what words mean in their sentence, the lexicon at what they may mean at all
    let nothing = match run.seen {
        Some(_) => message!("content-nothing-near", side = side.other(), text = text),
        None => message!("content-nothing", side = side.other(), text = text),
    };
    let message = match against {
        Some(span) => {
            let instead = other.words(span);
            message!("content-unless", nothing = nothing, instead = instead)
        }
        None => message!("content-and-remedy", nothing = nothing, remedy = remedy),
    };
    let words = more.iter().flat_map(|(run, _)| &run.words);
    let mut evidence: Vec<Evidence> = run
        .words
        .iter()
        .chain(words)
        .map(|&span| Evidence { side, span, note: message!("no-counterpart") })
        .collect();
    evidence.extend(against.map(|span| Evidence {
        side: side.other(),
        span,
        note: message!("no-counterpart-either"),
    }));
    // a clause of which a little is left may be said in other words after all
    let least = if run.clause == Some(run.span) { GRAVE } else { GRAVER };
    let grave =
        against.is_none() && run.clause.is_some() && run.words.len() >= content::CLAUSE && sure >= least;
    let fault = Fault {
        source: None,
        target: None,
        message,
        confidence: sure,
        severity: grave.then_some(Severity::Major),
        evidence,
    };
    placed(side, place, run.place, fault)
}

/// The feature that says how much the other side leaves unexplained.
const LOST: usize = 3;
/// From this confidence on a sentence without a counterpart is a grave fault: of those less sure than a clause must be,
/// the pairs in sync have none (`score.py noise`).
const SENTENCE: f64 = 0.75;
/// From this confidence on a whole clause of several words is a grave fault.
const GRAVE: f64 = 0.93;
/// The same for a clause of which little is left.
const GRAVER: f64 = 0.96;

fn placed(side: Side, own: Span, place: Span, fault: Fault) -> Fault {
    match side {
        Side::Source => Fault { source: Some(own), target: Some(place), ..fault },
        Side::Target => Fault { source: Some(place), target: Some(own), ..fault },
    }
}
