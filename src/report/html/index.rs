//! The page that leads to the pages of all pairs: what needs work first, then what does not.

use std::cmp::Reverse;
use std::io::{self, BufWriter, Write};

use super::words::{Both, Label};
use super::{Escaped, SCRIPT, SEVERITIES, banner, head, scorecard, severity_name};
use crate::check::Tongue;
use crate::report::{Options, Tally, Totals, Verdict};

/// Writes the page that leads to the pages of all pairs.
pub fn index(totals: &Totals, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let out = &mut BufWriter::new(out);
    let (count, tongue) = (totals.pairs.len(), options.tongue);
    let title = tongue.pick(format!("{count} pairs of documents"), format!("{count} 对文件"));
    head(&title, tongue, ("texts", Both("Skip to the pairs", "跳到文件列表")), out)?;
    let shown = Both(&format!("{count} pairs of documents"), &format!("{count} 对文件")).to_string();
    banner(&shown, totals.verdict, |severity| totals.count(severity), false, out)?;
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
            0 => Both("There are no pairs.", "没有文件对。"),
            _ => Both("Nothing was found in any pair.", "所有文件对均未发现问题。"),
        };
        writeln!(out, "<p class=\"nothing good\">{words}</p>")?;
    } else {
        table(&work, tongue, out)?;
    }
    if !clean.is_empty() {
        let (en, zh) = match clean.len() {
            1 => ("1 pair without findings".to_owned(), "1 对文件没有问题".to_owned()),
            count => (format!("{count} pairs without findings"), format!("{count} 对文件没有问题")),
        };
        writeln!(out, "<details class=\"clean\"><summary>{}</summary>\n<ul>", Both(&en, &zh))?;
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
        Label("placeholder", "Find pairs by name", "按文件名查找", tongue),
        Both("Pair", "文件"),
        Both("Verdict", "结论"),
    )?;
    for severity in SEVERITIES {
        write!(out, "<th scope=\"col\" class=\"n\">{}</th>", severity_name(severity))?;
    }
    if known {
        write!(out, "<th scope=\"col\" class=\"n\">{}</th>", Both("not counted", "不计入"))?;
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
