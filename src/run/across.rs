//! What a pair of a folder says otherwise than the pairs before it: one sentence of the original with several
//! renderings, and terms that waver between files.
//!
//! Pairs are looked at in their order, once each, and only what they said is kept, so a finding stands in the later of
//! two files and names the earlier one; what a run keeps grows with the sentences that are long enough and with the
//! terms, up to limits.

use std::collections::{BTreeSet, HashMap};

use super::{Checked, Failure, Settings};
use crate::check::{self, Fault, Said};
use crate::gate;
use crate::message::message;
use crate::report::lines::Lines;
use crate::terms::Tally;
use crate::text::foreign;

/// What the pairs so far said.
#[derive(Debug, Default)]
pub struct Across {
    /// By a fingerprint of each sentence of an original: how it was rendered, and where.
    sentences: HashMap<u64, Place>,
    /// The translations, as places name them.
    files: Vec<String>,
    terms: Tally,
    /// Terms that were told of: one finding each.
    told: BTreeSet<String>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    /// A fingerprint of the rendering.
    words: u64,
    file: u32,
    line: u32,
    /// Whether another rendering was told of.
    told: bool,
}

/// So many sentences are remembered; at 40 bytes each with what a table leaves empty, some 80 MB.
const MOST: usize = 2_000_000;

impl Across {
    /// Adds to a pair what it says otherwise than those before it, and remembers what it says.
    ///
    /// # Errors
    /// When a remark in one of its documents cannot be understood.
    pub fn look(&mut self, checked: &mut Checked, settings: &Settings) -> Result<(), Failure> {
        let mut faults: Vec<(&'static str, Fault)> = Vec::new();
        faults.extend(self.sentences(checked).into_iter().map(|fault| (check::INCONSISTENT_SENTENCE, fault)));
        faults.extend(self.terms(checked).into_iter().map(|fault| (check::INCONSISTENT_TERM, fault)));
        let pair = &mut checked.pair;
        let mut found = check::further(faults, &pair.bitext, &settings.meant.checks());
        // what was found inside of the pair says the same
        let known: BTreeSet<&str> =
            pair.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
        found.retain(|finding| !known.contains(finding.fingerprint.as_str()));
        if found.is_empty() {
            return Ok(());
        }
        let paths = [&pair.bitext.source.path, &pair.bitext.target.path].map(std::path::Path::new);
        let own = settings.meant.rules_for(paths[0], paths[1]);
        let held: Vec<&gate::Rule> = own.iter().map(|&at| &settings.rules[at]).collect();
        let told = gate::suppress(&pair.bitext, &mut found, &held)?;
        checked.matched.extend(told.matched.iter().map(|&at| own[at]));
        let idle: Vec<_> = told.unused.iter().map(gate::Rule::unused).collect();
        checked.unused.retain(|unused| idle.contains(unused));
        pair.findings.extend(found);
        pair.findings.sort_by_key(|finding| (finding.source.map(|span| span.start), finding.target));
        pair.verdict = settings.gate().judge(&pair.findings);
        Ok(())
    }

    fn sentences(&mut self, checked: &Checked) -> Vec<Fault> {
        let bitext = &checked.pair.bitext;
        let file = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.files.push(bitext.target.path.clone());
        let lines = Lines::of(&bitext.target);
        let mut faults = Vec::new();
        for Said { key, words, source, target } in check::said(bitext) {
            let line = u32::try_from(lines.position(target.start).line).unwrap_or(u32::MAX);
            let Some(before) = self.sentences.get_mut(&key) else {
                if self.sentences.len() < MOST {
                    self.sentences.insert(key, Place { words, file, line, told: false });
                }
                continue;
            };
            // one finding for a sentence, and none for what the check of the document itself tells
            if before.words == words || before.told || before.file == file {
                continue;
            }
            before.told = true;
            let path = self.files.get(before.file as usize).map_or("", String::as_str);
            let message = message!(
                "inconsistent-sentence-elsewhere",
                path = foreign::shown(path),
                line = before.line as usize
            );
            faults.push(Fault {
                source: Some(source),
                target: Some(target),
                message,
                confidence: 0.6,
                severity: None,
                evidence: Vec::new(),
            });
        }
        faults
    }

    fn terms(&mut self, checked: &Checked) -> Vec<Fault> {
        let mut faults = Vec::new();
        for term in &checked.pair.terms {
            let usual_here = term.renderings.iter().filter(|rendering| !rendering.odd);
            for rendering in usual_here {
                let Some((usual, many)) = self.terms.otherwise(&term.text, &rendering.text) else { continue };
                let Some(&(source, target)) = rendering.places.first() else { continue };
                if !self.told.insert(term.text.clone()) {
                    continue;
                }
                faults.push(Fault {
                    source: Some(source),
                    target: Some(target),
                    message: message!(
                        "inconsistent-term-elsewhere",
                        term = &term.text,
                        odd = &rendering.text,
                        usual = usual,
                        many = many
                    ),
                    confidence: 0.6,
                    severity: None,
                    evidence: Vec::new(),
                });
            }
        }
        self.terms.add(&checked.pair.terms);
        faults
    }
}
