//! Diagnostics for reviewdog: as one JSON object, or as a line each. Columns count bytes of UTF-8, as reviewdog does.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::places::{Place, Places, counted};
use super::{Options, Pair, Totals};
use crate::check::Severity;

/// Writes what comes before the diagnostics.
pub fn head(_: &Totals, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{{\"source\": {}, \"diagnostics\": [", source())
}

/// Writes the findings of a pair that count, a line each.
pub fn pair(pair: &Pair, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let diagnostics: Vec<String> = diagnostics(pair, options).iter().map(Value::to_string).collect();
    out.write_all(diagnostics.join(",\n").as_bytes())
}

/// Writes what comes after the diagnostics.
pub fn tail(_: &Totals, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"\n]}\n")
}

/// Writes the findings of a pair that count, an object of its own each.
pub fn lines(pair: &Pair, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    diagnostics(pair, options).iter().try_for_each(|diagnostic| writeln!(out, "{diagnostic}"))
}

fn diagnostics(pair: &Pair, options: &Options) -> Vec<Value> {
    let places = Places::of(pair);
    let diagnostic = |finding| {
        let mut diagnostic = json!({
            "message": places.told(finding, options.tongue),
            "location": location(&places.main(finding)),
            "severity": severity(finding.severity),
            "code": {"value": finding.check},
            "source": source(),
        });
        if let Some(other) = places.other(finding) {
            diagnostic["related_locations"] =
                json!([{"message": other.side.title().said(options.tongue), "location": location(&other)}]);
        }
        diagnostic
    };
    counted(pair).map(diagnostic).collect()
}

fn source() -> Value {
    json!({"name": env!("CARGO_PKG_NAME")})
}

fn location(place: &Place) -> Value {
    let [start, end] = place.bytes;
    json!({"path": place.path, "range": {
        "start": {"line": place.start.line, "column": start},
        "end": {"line": place.end.line, "column": end},
    }})
}

/// What fails by default is an error.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::Major => "ERROR",
        Severity::Minor => "WARNING",
    }
}
