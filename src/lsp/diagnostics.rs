//! Findings as the protocol has them.

use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location, NumberOrString, Position, Range,
    Uri,
};

use super::places::{Places, Units};
use crate::check::{Finding, Severity, Side, Status, Tongue};
use crate::message::message;
use crate::report::Pair;
use crate::text::Span;

/// By what editors name the program.
pub(super) const SOURCE: &str = "duizhao";

/// A pair as the editor has it.
pub(super) struct View<'a> {
    pair: &'a Pair,
    uris: &'a [Uri; 2],
    /// None for files that a text editor does not show.
    places: [Option<Places<'a>>; 2],
    tongue: Tongue,
}

/// A finding in one of the two documents.
pub(super) struct Shown<'a> {
    pub(super) finding: &'a Finding,
    pub(super) side: Side,
    pub(super) span: Span,
    pub(super) diagnostic: Diagnostic,
}

impl<'a> View<'a> {
    /// A pair, the texts of its documents as the editor has them, and their addresses.
    pub(super) fn new(
        pair: &'a Pair,
        texts: &'a [String; 2],
        uris: &'a [Uri; 2],
        units: Units,
        tongue: Tongue,
    ) -> View<'a> {
        let places = [Side::Source, Side::Target].map(|side| {
            let document = pair.document(side);
            let shown = document.format.is_editable();
            shown.then(|| Places::new(document, &texts[side as usize], units))
        });
        View { pair, uris, places, tongue }
    }

    pub(super) fn places(&self, side: Side) -> Option<&Places<'a>> {
        self.places[side as usize].as_ref()
    }

    /// What is to be shown: the findings that count, in both documents; where these are one file, once.
    pub(super) fn shown(&self) -> Vec<Shown<'a>> {
        let one_file = self.uris[0] == self.uris[1];
        let mut shown = Vec::new();
        for finding in self.pair.findings.iter().filter(|finding| finding.status == Status::New) {
            let mut sides: Vec<(Side, Span)> = [Side::Source, Side::Target]
                .into_iter()
                .filter_map(|side| Some((side, place(finding, side)?)))
                .collect();
            if one_file {
                // the words of the translation say most
                sides.sort_by_key(|&(side, span)| (span.is_empty(), side == Side::Source));
                sides.truncate(1);
            }
            for (side, span) in sides {
                let Some(range) = self.places(side).map(|places| places.range(span)) else { continue };
                let diagnostic = self.diagnostic(finding, side, range);
                shown.push(Shown { finding, side, span, diagnostic });
            }
        }
        shown
    }

    fn diagnostic(&self, finding: &Finding, side: Side, range: Range) -> Diagnostic {
        let other = side.other();
        let related = self.location(finding, other).map(|location| {
            vec![DiagnosticRelatedInformation {
                location,
                message: message!("lsp-side", side = other).said(self.tongue).into_owned(),
            }]
        });
        Diagnostic {
            range,
            severity: Some(severity(finding.severity)),
            code: Some(NumberOrString::String(finding.check.to_owned())),
            source: Some(SOURCE.to_owned()),
            message: finding.message.said(self.tongue).into_owned(),
            related_information: related,
            data: Some(serde_json::Value::String(finding.fingerprint.clone())),
            ..Diagnostic::default()
        }
    }

    /// Where a finding is on a side; the top of a file that a text editor does not show.
    pub(super) fn location(&self, finding: &Finding, side: Side) -> Option<Location> {
        let span = place(finding, side)?;
        let range = self.places(side).map_or_else(Range::default, |places| places.range(span));
        Some(Location::new(self.uris[side as usize].clone(), range))
    }
}

/// That a file cannot be checked, at a line of it, from 1.
pub(super) fn unusable(message: String, line: usize) -> Diagnostic {
    let row = u32::try_from(line.saturating_sub(1)).unwrap_or(u32::MAX);
    Diagnostic {
        range: Range::new(Position::new(row, 0), Position::new(row, 0)),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message,
        ..Diagnostic::default()
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Critical => DiagnosticSeverity::ERROR,
        Severity::Major => DiagnosticSeverity::WARNING,
        Severity::Minor => DiagnosticSeverity::INFORMATION,
    }
}

fn place(finding: &Finding, side: Side) -> Option<Span> {
    match side {
        Side::Source => finding.source,
        Side::Target => finding.target,
    }
}
