//! The scorecard as a table on a page.

use std::io::{self, Write};

use super::words::Words;
use super::{SEVERITIES, severity_name};
use crate::message::message;
use crate::report::scorecard::{Row, Scorecard, Scoring};

/// Writes the errors by type and severity with what they cost, and the score.
pub(super) fn write(card: &Scorecard, scoring: &Scoring, out: &mut impl Write) -> io::Result<()> {
    let title = message!("html-mqm", extent = card.extent());
    writeln!(
        out,
        "<div>\n<h3>{}</h3>\n<table>\n<thead><tr><th scope=\"col\">{}</th>",
        Words::of(&title),
        Words::of(&message!("html-error-type"))
    )?;
    for severity in SEVERITIES {
        write!(out, "<th scope=\"col\">{}</th>", severity_name(severity))?;
    }
    writeln!(out, "<th scope=\"col\">{}</th></tr></thead>\n<tbody>", Words::of(&message!("html-penalty")))?;
    for Row { kind, counts, penalty } in card.rows(scoring) {
        write!(out, "<tr><th scope=\"row\">{}</th>", Words::of(&kind.title()))?;
        for (severity, count) in SEVERITIES.into_iter().zip(counts) {
            match count {
                0 => write!(out, "<td></td>")?,
                count => write!(out, "<td class=\"{}\">{count}</td>", severity.as_str())?,
            }
        }
        writeln!(out, "<td>{penalty}</td></tr>")?;
    }
    writeln!(out, "</tbody>\n</table>\n<p>{}</p>\n</div>", Words::of(&card.told(scoring)))
}
