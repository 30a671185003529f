//! What stands beside the texts: the findings with their filters, a card each; the terms; the pair in numbers.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::marks::Marks;
use super::words::{Label, Words};
use super::{
    Entry, Escaped, Page, SIDES, clip, letter, nothing, of, overview, severity_name, side_words, terms, title,
};
use crate::check::{Message, Side, Status};
use crate::message::message;
use crate::report::places::spot;
use crate::report::scorecard::GRAVEST_FIRST as SEVERITIES;
use crate::report::{headline, place, side_title};
use crate::text::foreign::shown;

/// What stands beside the texts: the findings, the terms, and the pair in numbers. The script shows one at a time.
pub(super) fn write(page: &Page, out: &mut impl Write) -> io::Result<()> {
    let label = |words| Label("aria-label", words, page.tongue);
    let total = page.entries.len();
    writeln!(
        out,
        "<aside id=\"findings\" class=\"panel\" {} tabindex=\"-1\">\n\
         <div class=\"tabs\" role=\"tablist\" {} hidden=\"\">",
        label(message!("html-panel")),
        label(message!("html-views"))
    )?;
    let views = [
        ("list", Words::of(&message!("html-findings")), Some(total)),
        ("terms", Words::of(&message!("html-terms")), None),
        ("overview", Words::of(&message!("html-overview")), None),
    ];
    for (name, title, count) in &views {
        let count = count.map(|count| format!(" <span class=\"n\">{count}</span>")).unwrap_or_default();
        writeln!(
            out,
            "<button type=\"button\" role=\"tab\" id=\"tab-{name}\" aria-controls=\"view-{name}\" \
             aria-selected=\"{}\">{title}{count}</button>",
            *name == "list"
        )?;
    }
    writeln!(out, "</div>")?;
    for (name, title, _) in views {
        writeln!(
            out,
            "<section class=\"view {name}\" id=\"view-{name}\" aria-labelledby=\"tab-{name}\">\n<h2>{title}</h2>"
        )?;
        match name {
            "terms" => terms::write(page, out)?,
            "overview" => overview::write(page, out)?,
            _ => list(page, out)?,
        }
        writeln!(out, "</section>")?;
    }
    writeln!(
        out,
        "<p class=\"keys\" hidden=\"\"><kbd>n</kbd> <kbd>p</kbd> {} · <kbd>/</kbd> {} · <kbd>f</kbd> {}</p>\n\
         </aside>",
        Words::of(&message!("html-keys-step")),
        Words::of(&message!("html-keys-search")),
        Words::of(&message!("html-keys-fold"))
    )
}

/// The list of findings with its filters.
fn list(page: &Page, out: &mut impl Write) -> io::Result<()> {
    let total = page.entries.len();
    let label = |words| Label("aria-label", words, page.tongue);
    let option = |title: Message, count: usize| {
        Label("label", message!("html-option", title = title, count = count), page.tongue)
    };
    writeln!(
        out,
        "<div class=\"filters\" role=\"search\" hidden=\"\">\n\
         <div class=\"steps\"><p id=\"count\" role=\"status\">{}</p>\n\
         <button type=\"button\" id=\"narrow\" aria-expanded=\"false\">{}</button>\n\
         <button type=\"button\" id=\"previous\" aria-keyshortcuts=\"p\">{}</button>\n\
         <button type=\"button\" id=\"next\" aria-keyshortcuts=\"n\">{}</button></div>\n\
         <input id=\"words\" class=\"rest\" type=\"search\" {} aria-keyshortcuts=\"/\"/>\n\
         <div class=\"chips\" role=\"group\" {}>",
        Words::of(&message!("html-count", total = total)),
        Words::of(&message!("html-filter")),
        Words::of(&message!("html-previous")),
        Words::of(&message!("html-next")),
        Label("placeholder", message!("html-search-findings"), page.tongue),
        label(message!("html-severity"))
    )?;
    for severity in SEVERITIES {
        let name = severity.as_str();
        let count = page.entries.iter().filter(|entry| entry.finding.severity == severity).count();
        writeln!(
            out,
            "<button type=\"button\" class=\"chip {name}\" data-severity=\"{name}\" aria-pressed=\"true\">\
             {} <span class=\"n\">{count}</span></button>",
            severity_name(severity)
        )?;
    }
    let mut checks: BTreeMap<&str, usize> = BTreeMap::new();
    let mut statuses: BTreeMap<Status, usize> = BTreeMap::from([(Status::New, 0)]);
    for entry in &page.entries {
        *checks.entry(entry.finding.check).or_default() += 1;
        *statuses.entry(entry.finding.status).or_default() += 1;
    }
    writeln!(
        out,
        "</div>\n<div class=\"more rest\"><select id=\"check\" {}><option value=\"\" {}></option>",
        label(message!("html-check")),
        Label("label", message!("html-all-checks"), page.tongue)
    )?;
    for (check, count) in checks {
        let label = option(title(check), count);
        writeln!(out, "<option value=\"{}\" {label}></option>", Escaped(check))?;
    }
    writeln!(out, "</select>")?;
    if statuses.len() > 1 {
        writeln!(out, "<select id=\"status\" {}>", label(message!("html-status")))?;
        for (status, count) in statuses {
            let label = option(status.title(), count);
            writeln!(out, "<option value=\"{}\" {label}></option>", status.as_str())?;
        }
        let any = Label("label", message!("html-any-status", total = total), page.tongue);
        writeln!(out, "<option value=\"\" {any}></option></select>")?;
    }
    writeln!(
        out,
        "<label class=\"least\">{} <output id=\"percent\">0%</output> \
         <input id=\"confidence\" type=\"range\" min=\"0\" max=\"1\" step=\"0.05\" value=\"0\"/></label></div>\n\
         </div>\n<div class=\"cards\">",
        Words::of(&message!("html-confidence-from"))
    )?;
    if total == 0 {
        writeln!(
            out,
            "<div class=\"nothing good\"><p><b>{}</b></p><p>{}</p></div>",
            Words::of(&message!("html-nothing-found")),
            Words::of(&message!("html-nothing-found-why"))
        )?;
    } else {
        writeln!(
            out,
            "<div class=\"nothing\" id=\"none\" hidden=\"\"><p>{}</p><p><button type=\"button\" id=\"reset\">{}</button></p></div>",
            Words::of(&message!("html-none-passes")),
            Words::of(&message!("html-show-all"))
        )?;
    }
    // No `ol`: browsers count its items anew for every one that is hidden or shown.
    writeln!(out, "<div role=\"list\" {}>", label(message!("html-findings")))?;
    let marks = SIDES.map(|side| page.marks(side));
    for (index, entry) in page.entries.iter().enumerate() {
        page.card(entry, &marks, index, out)?;
    }
    writeln!(out, "</div>\n</div>")
}

impl Page<'_> {
    fn card(
        &self,
        entry: &Entry<'_>,
        marks: &[Marks; 2],
        index: usize,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let Entry { finding, number, anchor } = entry;
        let severity = finding.severity.as_str();
        let percent = (finding.confidence * 100.0).round();
        let status = match finding.status {
            Status::New => String::new(),
            status => format!(" <span class=\"status\">{}</span>", Words::of(&status.title())),
        };
        let message = Words::of(&finding.message);
        write!(
            out,
            "<div role=\"listitem\" class=\"card {severity}\" id=\"{anchor}\" data-n=\"{number}\" data-severity=\"{severity}\" \
             data-check=\"{check}\" data-confidence=\"{:.3}\" data-status=\"{}\">\
             <p class=\"tag\"><a class=\"no\" href=\"#{anchor}\" {}>{number}</a> \
             <span class=\"sev\">{}</span> <span class=\"check\">{}</span>{status} \
             <span class=\"conf\" {}>{percent}%</span></p>\
             <p class=\"msg\" dir=\"auto\">{}</p>",
            finding.confidence,
            finding.status.as_str(),
            Label("aria-label", message!("html-finding-permalink", number = *number), self.tongue),
            severity_name(finding.severity),
            Words::of(&title(finding.check)),
            Label("title", message!("html-confidence"), self.tongue),
            message.map(|words| headline(words).0),
            check = Escaped(finding.check),
        )?;
        let reasons = message.0.each_ref().map(|words| {
            let lines = headline(words).1.lines().map(str::trim);
            lines.filter(|line| !line.is_empty()).collect::<Vec<_>>()
        });
        for at in 0..reasons.iter().map(Vec::len).max().unwrap_or_default() {
            let line = |lines: &Vec<&str>| lines.get(at).copied().unwrap_or_default().to_owned().into();
            write!(out, "<p class=\"why\" dir=\"auto\">{}</p>", Words(reasons.each_ref().map(line)))?;
        }
        write!(out, "<ul class=\"places\">")?;
        for side in SIDES {
            self.place(side, entry, of(marks, side).has(index), out)?;
        }
        write!(out, "</ul>")?;
        if !finding.evidence.is_empty() {
            write!(
                out,
                "<ul class=\"evidence\" {}>",
                Label("aria-label", message!("html-evidence"), self.tongue)
            )?;
            for evidence in &finding.evidence {
                let document = self.pair.document(evidence.side);
                write!(
                    out,
                    "<li><q lang=\"{}\">{}</q> <span {}>{}</span></li>",
                    Escaped(document.lang.as_str()),
                    Escaped(&clip(&document.words(evidence.span), 60)),
                    Label("title", message!("html-in-side", side = side_title(evidence.side)), self.tongue),
                    Words::of(&evidence.note)
                )?;
            }
            write!(out, "</ul>")?;
        }
        writeln!(out, "</div>")
    }

    /// Where a finding is on one side: the line and column, and the words.
    fn place(&self, side: Side, entry: &Entry, linked: bool, out: &mut impl Write) -> io::Result<()> {
        let Some(span) = place(entry.finding, side) else { return Ok(()) };
        let document = self.pair.document(side);
        let at = of(&self.lines, side).position(span.start);
        let (name, letter, number) = (side_words(side), letter(side), entry.number);
        let words = shown(&spot(at, document.part(span.start)));
        let spot = Escaped(&words);
        write!(out, "<li>")?;
        if linked {
            write!(out, "<a href=\"#{letter}-{number}\">{name} {spot}</a> ")?;
        } else {
            write!(out, "<span>{name} {spot}</span> ")?;
        }
        if span.is_empty() {
            write!(out, "<i>{}</i></li>", nothing())
        } else {
            let words = clip(&document.words(span), 120);
            write!(out, "<q lang=\"{}\">{}</q></li>", Escaped(document.lang.as_str()), Escaped(&words))
        }
    }
}
