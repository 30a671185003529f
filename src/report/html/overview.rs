//! Says in numbers how the two versions stand to one another.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::words::Words;
use super::{Page, SEVERITIES, SIDES, ratios, scorecard, severity_name, side_words, title, units};
use crate::align::Link;
use crate::check::{Severity, Side};
use crate::message::message;
use crate::report::scorecard::Scorecard;

/// Writes the numbers of the pair, what was found by check, and the plot of lengths.
pub(super) fn write(page: &Page, out: &mut impl Write) -> io::Result<()> {
    let links = &page.pair.bitext.alignment.blocks;
    let sides = SIDES.map(|side| page.pair.document(side));
    writeln!(out, "<div class=\"facts\">\n<table>\n<thead><tr><td></td>")?;
    for side in SIDES {
        write!(out, "<th scope=\"col\">{}</th>", side_words(side))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    let alone = |side: Side| {
        let alone = links.iter().filter(|link| link.is_null()).map(|link| units(link, side).len());
        alone.sum::<usize>()
    };
    let facts = [
        (Words::of(&message!("html-blocks")), sides.map(|document| document.blocks.len())),
        (Words::of(&message!("html-sentences")), sides.map(|document| document.sentences.len())),
        (Words::of(&message!("html-characters")), sides.map(|document| document.text.chars().count())),
        (Words::of(&message!("html-blocks-alone")), SIDES.map(alone)),
    ];
    for (name, [source, target]) in facts {
        writeln!(out, "<tr><th scope=\"row\">{name}</th><td>{source}</td><td>{target}</td></tr>")?;
    }
    writeln!(out, "</tbody>\n<tbody>")?;
    let count = |test: &dyn Fn(&Link) -> bool| links.iter().filter(|link| test(link)).count();
    let single = |link: &Link| link.source.len() == 1 && link.target.len() == 1;
    let facts = [
        (Words::of(&message!("html-one-to-one")), count(&single)),
        (Words::of(&message!("html-split-or-merged")), count(&|link| !link.is_null() && !single(link))),
        (Words::of(&message!("html-moved-count")), count(&|link| link.moved)),
    ];
    for (name, count) in facts {
        writeln!(out, "<tr><th scope=\"row\">{name}</th><td colspan=\"2\">{count}</td></tr>")?;
    }
    writeln!(out, "</tbody>\n</table>")?;
    if let Some(scoring) = &page.scoring {
        scorecard::write(&Scorecard::of(page.pair), scoring, out)?;
    }
    by_check(page, out)?;
    ratios::write(page.pair, page.tongue, out)?;
    writeln!(out, "</div>")
}

fn by_check(page: &Page, out: &mut impl Write) -> io::Result<()> {
    let mut checks: BTreeMap<&str, BTreeMap<Severity, usize>> = BTreeMap::new();
    for entry in &page.entries {
        let counts = checks.entry(entry.finding.check).or_default();
        *counts.entry(entry.finding.severity).or_default() += 1;
    }
    if checks.is_empty() {
        return Ok(());
    }
    writeln!(out, "<table>\n<thead><tr><th scope=\"col\">{}</th>", Words::of(&message!("html-check")))?;
    for severity in SEVERITIES {
        write!(out, "<th scope=\"col\">{}</th>", severity_name(severity))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for (check, counts) in checks {
        write!(out, "<tr><th scope=\"row\">{}</th>", Words::of(&title(check)))?;
        for severity in SEVERITIES {
            match counts.get(&severity) {
                Some(count) => write!(out, "<td class=\"{}\">{count}</td>", severity.as_str())?,
                None => write!(out, "<td></td>")?,
            }
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>")
}
