//! SARIF 2.1.0: what code scanning and editors read. It holds all findings, those too that do not count.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::places::{Place, Places};
use super::{Options, Pair, Totals};
use crate::check::{CHECKS, Check, Finding, Severity, Status, Tongue};
use crate::text::foreign::{shown, shown_lines};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes the program, its checks, and what else comes before the results. Columns count Unicode scalar values.
pub fn head(_: &Totals, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{{\"$schema\": \"{SCHEMA}\", \"version\": \"2.1.0\", \"runs\": [{{")?;
    writeln!(out, "\"columnKind\": \"unicodeCodePoints\",")?;
    let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    writeln!(
        out,
        "\"tool\": {{\"driver\": {{\"name\": \"{name}\", \"semanticVersion\": \"{version}\", \"rules\": ["
    )?;
    let rules: Vec<String> = CHECKS.iter().map(|check| rule(check).to_string()).collect();
    writeln!(out, "{}\n]}}}},\n\"results\": [", rules.join(",\n"))
}

/// Writes the findings of a pair, a line each.
pub fn pair(pair: &Pair, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::of(pair);
    let results: Vec<String> = pair
        .findings
        .iter()
        .map(|finding| result(pair, finding, &places, options.tongue).to_string())
        .collect();
    out.write_all(results.join(",\n").as_bytes())
}

/// Writes what comes after the results.
pub fn tail(totals: &Totals, _: &Options, out: &mut dyn Write) -> io::Result<()> {
    let properties = json!({"verdict": totals.verdict.as_str(), "unchanged": totals.unchanged});
    writeln!(out, "\n],\n\"invocations\": [{{\"executionSuccessful\": true}}],")?;
    writeln!(out, "\"properties\": {properties}\n}}]}}")
}

fn rule(check: &Check) -> Value {
    let manual = check.manual();
    json!({
        "id": check.name,
        "shortDescription": {"text": format!("{}.", check.summary)},
        "help": {"text": manual, "markdown": manual},
        "defaultConfiguration": {"level": level(check.severity)},
        "properties": {"category": check.category.as_str(), "tags": ["translation", check.category.as_str()]},
    })
}

fn result(pair: &Pair, finding: &Finding, places: &Places, tongue: Tongue) -> Value {
    let mut result = json!({
        "ruleId": finding.check,
        "level": level(finding.severity),
        "message": {"text": literal(&finding.message.said(tongue))},
        "locations": [location(&places.main(finding))],
        "partialFingerprints": {"duizhao/v1": finding.fingerprint},
        "baselineState": baseline_state(finding.status),
        "suppressions": suppressions(finding),
        "properties": {
            "confidence": (finding.confidence * 1000.0).round() / 1000.0,
            "severity": finding.severity.as_str(),
            "status": finding.status.as_str(),
        },
    });
    if let Some(index) = CHECKS.iter().position(|check| check.name == finding.check) {
        result["ruleIndex"] = json!(index);
    }
    if let Some(id) = &pair.id {
        result["properties"]["pair"] = id.clone();
    }
    let other = places.other(finding).map(|place| (place.side.title().said(tongue).into_owned(), place));
    let evidence = finding.evidence.iter().map(|evidence| {
        let place = places.at(evidence.side, evidence.span);
        (format!("{}: {}", place.side.title().said(tongue), evidence.note.said(tongue)), place)
    });
    let related = other.into_iter().chain(evidence).enumerate().map(|(index, (message, place))| {
        let mut location = location(&place);
        location["id"] = json!(index + 1);
        location["message"] = json!({"text": literal(&message)});
        location
    });
    result["relatedLocations"] = related.collect();
    result
}

fn location(place: &Place) -> Value {
    let mut location = json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(place.path)},
        "region": {
            "startLine": place.start.line,
            "startColumn": place.start.column,
            "endLine": place.end.line,
            "endColumn": place.end.column,
        },
    }});
    if let Some(part) = place.part {
        location["logicalLocations"] = json!([{"fullyQualifiedName": shown(part)}]);
    }
    location
}

/// What fails by default is an error.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::Major => "error",
        Severity::Minor => "warning",
    }
}

fn baseline_state(status: Status) -> &'static str {
    match status {
        Status::New | Status::Suppressed => "new",
        Status::Existing | Status::Known => "unchanged",
    }
}

/// Both comments and the settings file are kept with the texts, so that a suppression is always in the source.
fn suppressions(finding: &Finding) -> Value {
    match finding.status {
        Status::Suppressed => {
            json!([{"kind": "inSource", "status": "accepted", "justification": finding.suppression}])
        }
        Status::New | Status::Existing | Status::Known => json!([]),
    }
}

/// A message, shown, in which nothing is a link: SARIF reads `[text](target)` as one.
fn literal(text: &str) -> String {
    let text = shown_lines(text);
    match text.contains("](") {
        true => text.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]"),
        false => text,
    }
}

/// A path as a reference: relative if the path is.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let mut uri = String::with_capacity(path.len());
    match path.strip_prefix('/') {
        Some(_) => uri.push_str("file://"),
        // a drive
        None if cfg!(windows) && path.contains(':') => uri.push_str("file:///"),
        None => {}
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into())
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("../中/a b#c?:%.md"), "../%E4%B8%AD/a%20b%23c%3F%3A%25.md");
        assert_eq!(uri("/tmp/a.md"), "file:///tmp/a.md");
    }

    #[test]
    fn messages_hold_no_links() {
        assert_eq!(literal("see [a](b)"), "see \\[a\\](b)");
        assert_eq!(literal("[a] \\ (b)"), "[a] \\ (b)");
    }
}
