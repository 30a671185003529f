//! The page that leads to the pages of all pairs: what needs work first, then what does not.

use std::cmp::Reverse;
use std::io::{self, BufWriter, Write};

use super::words::{Label, Words};
use super::{Escaped, SCRIPT, SEVERITIES, banner, head, scorecard, severity_name};
use crate::check::Tongue;
use crate::message::message;
use crate::report::{Options, Tally, Totals, Verdict};

/// Writes the page that leads to the pages of all pairs.
pub fn index(totals: &Totals, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let out = &mut BufWriter::new(out);
    let (count, tongue) = (totals.pairs.len(), options.tongue);
    let title = message!("html-pairs", count = count);
    head(&title.said(tongue), tongue, ("texts", Words::of(&message!("html-skip-to-pairs"))), out)?;
    banner(Words::of(&title), totals.verdict, |severity| totals.count(severity), false, out)?;
    writeln!(out, "<main id=\"texts\" class=\"overview\" tabindex=\"-1\">")?;
    if let Some(scoring) = &options.scoring {
        writeln!(out, "<div class=\"facts\">")?;
        scorecard::write(&totals.scorecard, scoring, out)?;
        writeln!(out, "</div>")?;
    }
    let (mut work, clean): (Vec<&Tally>, Vec<&Tally>) = totals.pairs.iter().partition(|pair| pair.all() > 0);
    // the sort is stable: what is alike stays in the order of the paths
    work.sort_by_key(|pair| {
        let failed = pair.verdict == Verdict::Fail;
        Reverse((failed, SEVERITIES.map(|severity| pair.count(severity)), pair.all()))
    });
    if work.is_empty() {
        let words = match count {
            0 => Words::of(&message!("html-no-pairs")),
            _ => Words::of(&message!("html-nothing-in-pairs")),
        };
        writeln!(out, "<p class=\"nothing good\">{words}</p>")?;
    } else {
        table(&work, tongue, out)?;
    }
    if !clean.is_empty() {
        let summary = message!("html-pairs-clean", count = clean.len());
        writeln!(out, "<details class=\"clean\"><summary>{}</summary>\n<ul>", Words::of(&summary))?;
        for pair in clean {
            writeln!(out, "<li dir=\"auto\">{}</li>", Escaped(&pair.name()))?;
        }
        writeln!(out, "</ul></details>")?;
    }
    writeln!(out, "</main>\n<script>{SCRIPT}</script>\n</body>\n</html>")?;
    out.flush()
}

fn table(work: &[&Tally], tongue: Tongue, out: &mut impl Write) -> io::Result<()> {
    // What does not count for the verdict has a column where there is any.
    let others =
        |pair: &Tally| pair.all() - SEVERITIES.map(|severity| pair.count(severity)).iter().sum::<usize>();
    let known = work.iter().any(|pair| others(pair) > 0);
    writeln!(
        out,
        "<div class=\"find\" hidden=\"\"><input id=\"pairs\" type=\"search\" {}/></div>\n\
         <div class=\"wide\"><table class=\"pairs\">\n<thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th>",
        Label("placeholder", message!("html-find-pairs"), tongue),
        Words::of(&message!("html-pair")),
        Words::of(&message!("html-verdict")),
    )?;
    for severity in SEVERITIES {
        write!(out, "<th scope=\"col\" class=\"n\">{}</th>", severity_name(severity))?;
    }
    if known {
        write!(out, "<th scope=\"col\" class=\"n\">{}</th>", Words::of(&message!("html-not-counted")))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for pair in work {
        let name = pair.name();
        let name = Escaped(&name);
        write!(out, "<tr><th scope=\"row\" dir=\"auto\">")?;
        match &pair.page {
            Some(page) => write!(out, "<a href=\"{}\">{name}</a>", Escaped(&address(page)))?,
            None => write!(out, "{name}")?,
        }
        let (class, verdict) = super::verdict(pair.verdict);
        write!(out, "</th><td><span class=\"verdict {class}\">{verdict}</span></td>")?;
        for severity in SEVERITIES {
            number(severity.as_str(), pair.count(severity), out)?;
        }
        if known {
            number("old", others(pair), out)?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table></div>")
}

fn number(class: &str, count: usize, out: &mut impl Write) -> io::Result<()> {
    match count {
        0 => write!(out, "<td class=\"n\" data-n=\"0\"></td>"),
        count => write!(out, "<td class=\"n {class}\" data-n=\"{count}\">{count}</td>"),
    }
}

/// A relative path as an address: all but the plainest characters as percent signs and digits.
fn address(path: &str) -> String {
    let mut address = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => address.push(byte.into()),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}
