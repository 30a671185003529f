//! The scorecard as a table on a page.

use std::io::{self, Write};

use super::words::Both;
use super::{SEVERITIES, severity_name};
use crate::check::Tongue;
use crate::report::scorecard::{Row, Scorecard, Scoring};

/// Writes the errors by type and severity with what they cost, and the score.
pub(super) fn write(card: &Scorecard, scoring: &Scoring, out: &mut impl Write) -> io::Result<()> {
    let both = |of: &dyn Fn(Tongue) -> String| [Tongue::English, Tongue::Chinese].map(of);
    let [en, zh] = both(&|tongue| card.extent(tongue));
    let (en, zh) = (format!("MQM, {en} of the original"), format!("MQM，原文 {zh}"));
    writeln!(
        out,
        "<div>\n<h3>{}</h3>\n<table>\n<thead><tr><th scope=\"col\">{}</th>",
        Both(&en, &zh),
        Both("Error type", "错误类型")
    )?;
    for severity in SEVERITIES {
        write!(out, "<th scope=\"col\">{}</th>", severity_name(severity))?;
    }
    writeln!(out, "<th scope=\"col\">{}</th></tr></thead>\n<tbody>", Both("Penalty", "扣分"))?;
    for Row { kind, counts, penalty } in card.rows(scoring) {
        let [en, zh] = both(&|tongue| kind.title(tongue));
        write!(out, "<tr><th scope=\"row\">{}</th>", Both(&en, &zh))?;
        for (severity, count) in SEVERITIES.into_iter().zip(counts) {
            match count {
                0 => write!(out, "<td></td>")?,
                count => write!(out, "<td class=\"{}\">{count}</td>", severity.as_str())?,
            }
        }
        writeln!(out, "<td>{penalty}</td></tr>")?;
    }
    let [en, zh] = both(&|tongue| card.told(scoring, tongue));
    writeln!(out, "</tbody>\n</table>\n<p>{}</p>\n</div>", Both(&en, &zh))
}
