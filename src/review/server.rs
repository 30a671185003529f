//! The review in a browser: one page, and the decisions that it takes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use super::{Counts, Session};
use crate::check::{Finding, Side, Tongue};
use crate::gate::{Choice, Decision};
use crate::loopback::{Listener, Request, Response, SMALL, inert, locked};
use crate::message::message;
use crate::report::lines::Lines;
use crate::report::{Pair, check_name};
use crate::text::{Document, Span};

/// How many characters are shown on each side of the words concerned.
const AROUND: usize = 160;
/// How far they are looked for, in bytes: room for all of them and as many blank lines again.
const BESIDE: usize = 8 * AROUND;

const PAGE: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// A session that waits for a browser.
#[derive(Debug)]
pub struct Server {
    listener: Listener,
    session: Mutex<Session>,
    /// In which language the page speaks.
    tongue: Tongue,
}

impl Server {
    /// Makes an address for a session.
    ///
    /// # Errors
    /// Those of [`Listener::bind`].
    pub fn bind(session: Session, tongue: Tongue) -> io::Result<Server> {
        Ok(Server { listener: Listener::bind()?, session: Mutex::new(session), tongue })
    }

    /// Where the page is.
    pub fn url(&self) -> String {
        self.listener.url()
    }

    /// Answers until the process ends.
    ///
    /// # Errors
    /// Those of [`Listener::run`].
    pub fn run(self) -> io::Result<()> {
        let Server { listener, session, tongue } = self;
        listener.run(None, move |request| {
            let path = request.path.clone();
            answer(&path, request, &session, tongue, "frame-ancestors 'none'")
        })
    }
}

/// Answers what is asked of a review at `path`: its page, or a decision. `frames` says who may frame the page.
pub fn answer(
    path: &str,
    request: &mut Request,
    session: &Mutex<Session>,
    tongue: Tongue,
    frames: &str,
) -> Response {
    match (path, request.method.as_str()) {
        ("", "GET") => page(session, tongue, frames),
        ("decision", "POST") if request.kind != "application/json" => {
            Response::text("415 Unsupported Media Type", "write application/json")
        }
        ("decision", "POST") => match request.body(SMALL as u64) {
            Ok(body) => decide(&body, session),
            Err(refused) => refused,
        },
        ("" | "decision", _) => Response::not_so(),
        _ => Response::nothing(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    finding: usize,
    /// `None` takes the decision back.
    choice: Option<Named>,
    #[serde(default)]
    reason: String,
}

#[derive(Deserialize, Serialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Named {
    Accept,
    Dismiss,
}

#[derive(Serialize)]
struct Decided {
    choice: Option<Named>,
    reason: String,
}

#[derive(Serialize)]
struct Outcome {
    decided: Decided,
    counts: Counts,
}

fn decide(body: &[u8], session: &Mutex<Session>) -> Response {
    let wanted: Wanted = match serde_json::from_slice(body) {
        Ok(wanted) => wanted,
        Err(error) => return Response::text("400 Bad Request", error.to_string()),
    };
    let decision = wanted.choice.map(|choice| {
        let choice = match choice {
            Named::Accept => Choice::Accept,
            Named::Dismiss => Choice::Dismiss,
        };
        Decision::new(choice, &wanted.reason)
    });
    if decision.as_ref().is_some_and(|one| one.choice == Choice::Dismiss && one.reason.is_empty()) {
        return Response::text("400 Bad Request", "say why the finding is dismissed");
    }
    let mut session = locked(session);
    if wanted.finding >= session.len() {
        return Response::text("404 Not Found", "there is no such finding");
    }
    if let Err(failure) = session.decide(wanted.finding, decision) {
        return Response::text("500 Internal Server Error", failure.to_string());
    }
    let outcome = Outcome { decided: decided(&session, wanted.finding), counts: session.counts() };
    Response::json(&outcome)
}

fn decided(session: &Session, at: usize) -> Decided {
    match session.decision(at) {
        None => Decided { choice: None, reason: String::new() },
        Some(Decision { choice, reason }) => {
            let choice = match choice {
                Choice::Accept => Named::Accept,
                Choice::Dismiss => Named::Dismiss,
            };
            Decided { choice: Some(choice), reason }
        }
    }
}

/// All that the page shows.
#[derive(Serialize)]
struct Shown<'a> {
    findings: Vec<FindingView<'a>>,
    counts: Counts,
    words: BTreeMap<&'static str, Cow<'static, str>>,
}

/// What the page says, by the names that its script has for it; what the script puts in stands in braces.
fn words(tongue: Tongue) -> BTreeMap<&'static str, Cow<'static, str>> {
    let [dismissed, accepted, undecided] = ["{dismissed}", "{accepted}", "{undecided}"];
    let words = [
        ("title", message!("review-page-title")),
        ("only", message!("review-page-only")),
        ("nothing", message!("nothing-here")),
        ("why", message!("review-page-why")),
        ("accept", message!("review-page-accept")),
        ("dismiss", message!("review-page-dismiss")),
        ("undo", message!("review-page-undo")),
        ("accepted", message!("review-accepted")),
        ("dismissed", message!("review-dismissed")),
        (
            "counts",
            message!("review-counts", dismissed = dismissed, accepted = accepted, undecided = undecided),
        ),
        ("at", message!("review-page-at", at = "{at}", all = "{all}", sure = "{sure}")),
        ("empty", message!("review-page-empty")),
        ("lost", message!("review-page-lost")),
        ("done", message!("review-page-done")),
        ("step", message!("review-page-step")),
        ("toAccept", message!("review-page-to-accept")),
        ("toDismiss", message!("review-page-to-dismiss")),
    ];
    words.into_iter().map(|(name, message)| (name, message.said(tongue))).collect()
}

#[derive(Serialize)]
struct FindingView<'a> {
    /// The check as the reader calls it.
    title: String,
    severity: &'static str,
    /// The severity as the reader calls it.
    degree: Cow<'static, str>,
    confidence: f64,
    message: Cow<'static, str>,
    excerpts: Vec<Excerpt<'a>>,
    decided: Decided,
}

#[derive(Serialize)]
struct Excerpt<'a> {
    path: &'a str,
    line: usize,
    /// See [`Document::part`].
    part: Option<&'a str>,
    lang: String,
    before: String,
    words: &'a str,
    after: String,
}

fn page(session: &Mutex<Session>, tongue: Tongue, frames: &str) -> Response {
    let session = locked(session);
    // findings come pair by pair
    let mut open: Option<(&Pair, [Lines; 2])> = None;
    let views = (0..session.len()).filter_map(|at| {
        let (pair, finding) = session.finding(at)?;
        let (_, lines) = match open.take() {
            Some(same) if std::ptr::eq(same.0, pair) => open.insert(same),
            _ => open.insert((pair, SIDES.map(|side| Lines::of(pair.document(side))))),
        };
        Some(view(pair, lines, finding, tongue, decided(&session, at)))
    });
    let findings = views.collect();
    let shown = Shown { findings, counts: session.counts(), words: words(tongue) };
    match serde_json::to_string(&shown) {
        Ok(data) => {
            let values =
                [("style", STYLE), ("script", SCRIPT), ("data", &*inert(&data)), ("lang", tongue.as_str())];
            Response::page(PAGE, &values, frames)
        }
        Err(error) => Response::text("500 Internal Server Error", error.to_string()),
    }
}

const SIDES: [Side; 2] = [Side::Source, Side::Target];

fn view<'a>(
    pair: &'a Pair,
    lines: &[Lines; 2],
    finding: &'a Finding,
    tongue: Tongue,
    decided: Decided,
) -> FindingView<'a> {
    let sides = SIDES.into_iter().zip(lines).zip([finding.source, finding.target]);
    let excerpts = sides.filter_map(|((side, lines), span)| Some(excerpt(pair.document(side), lines, span?)));
    FindingView {
        title: check_name(finding.check, tongue),
        severity: finding.severity.as_str(),
        degree: finding.severity.title().said(tongue),
        confidence: finding.confidence,
        message: finding.message.said(tongue),
        excerpts: excerpts.collect(),
        decided,
    }
}

/// The words with what stands around them in the paragraph; what is cut off is shown by dots.
fn excerpt<'a>(document: &'a Document, lines: &Lines, span: Span) -> Excerpt<'a> {
    let text = &document.text;
    let first = text.floor_char_boundary(span.start.saturating_sub(BESIDE));
    let last = text.ceil_char_boundary(span.end.saturating_add(BESIDE).min(text.len()));
    let before = text.get(first..span.start).unwrap_or_default();
    let after = text.get(span.end..last).unwrap_or_default();
    // where nothing but blank lines comes before or after, the paragraph beyond them is shown
    let paragraph =
        |side: &str, from: usize| side.get(from..).and_then(|rest| rest.find("\n\n")).map(|at| from + at);
    let start = before.trim_end().rfind("\n\n").map_or(0, |at| at + 2);
    let end = paragraph(after, after.len() - after.trim_start().len()).unwrap_or(after.len());
    let (before, after) = (before.get(start..).unwrap_or_default(), after.get(..end).unwrap_or_default());
    let inside = |c: char| c.is_ascii_alphanumeric();
    let mut cut = before.char_indices().rev().nth(AROUND).map_or(0, |(at, c)| at + c.len_utf8());
    if cut > 0 {
        // no word is shown in part
        cut += before.get(cut..).map_or(0, |rest| rest.len() - rest.trim_start_matches(inside).len());
    }
    let dots = |cut: bool| if cut { "…" } else { "" };
    let shown = one_line(before.get(cut..).unwrap_or_default());
    let before = format!("{}{}", dots(cut > 0), if cut > 0 { shown.as_str() } else { shown.trim_start() });
    let cut = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    let head = after.get(..cut).unwrap_or_default();
    let whole = cut == after.len();
    let shown = one_line(if whole { head } else { head.trim_end_matches(inside) });
    let after = format!("{}{}", if whole { shown.trim_end() } else { shown.as_str() }, dots(!whole));
    Excerpt {
        path: &document.path,
        line: lines.position(span.start).line,
        part: document.part(span.start),
        lang: document.lang.to_string(),
        before,
        words: document.slice(span),
        after,
    }
}

/// The text with one space for every run of white space.
fn one_line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let ends = [text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace)];
    let space = |there| if there && !words.is_empty() { " " } else { "" };
    format!("{}{words}{}", space(ends[0]), space(ends[1]))
}
