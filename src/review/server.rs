//! The review in a browser: a server on the loopback interface that gives out one page and takes decisions.
//!
//! Whoever asks must know the token in the address. `Host` must be the address itself, so that no name that somebody
//! points at this machine will do; `Origin` must be it, too, so that no other page can decide. Every connection
//! carries one request.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::{Counts, Session};
use crate::check::{Finding, Side, Tongue};
use crate::gate::{Choice, Decision};
use crate::message::message;
use crate::report::lines::Lines;
use crate::report::{Pair, check_name};
use crate::text::{Document, Span};

/// The most bytes of a head, and of a body.
const MOST: usize = 16 * 1024;
/// The most header fields.
const FIELDS: usize = 64;
/// The most connections at once. When one more comes, the oldest must go, so that whoever holds them open without
/// asking anything keeps nobody out.
const AT_ONCE: usize = 32;
/// How long a request may take to arrive, whole, and an answer to leave.
const PATIENCE: Duration = Duration::from_secs(10);
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
    listener: TcpListener,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// `127.0.0.1:PORT`, as `Host` must say it.
    host: String,
    token: String,
    /// In which language the page speaks.
    tongue: Tongue,
    session: Mutex<Session>,
    /// The connections that are open, by the order in which they came.
    open: Mutex<BTreeMap<u64, TcpStream>>,
}

impl Server {
    /// Takes a free port of the loopback interface and makes a token.
    ///
    /// # Errors
    /// When there is no port, or the system has no random bytes.
    pub fn bind(session: Session, tongue: Tongue) -> io::Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let host = listener.local_addr()?.to_string();
        let session = Mutex::new(session);
        let shared = Shared { host, token: random()?, tongue, session, open: Mutex::default() };
        Ok(Server { listener, shared: Arc::new(shared) })
    }

    /// Where the page is.
    pub fn url(&self) -> String {
        format!("http://{}/{}/", self.shared.host, self.shared.token)
    }

    /// Answers until the process ends.
    ///
    /// # Errors
    /// When no more connections can be taken.
    pub fn run(self) -> io::Result<()> {
        for number in 0.. {
            let stream = match self.listener.accept() {
                Ok((stream, _)) => stream,
                // the one who asked has left
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => continue,
                Err(error) => return Err(error),
            };
            let shared = Arc::clone(&self.shared);
            let Ok(own) = stream.try_clone() else { continue };
            {
                let mut open = shared.open();
                if open.len() >= AT_ONCE
                    && let Some((_, oldest)) = open.pop_first()
                {
                    // it may be gone already
                    let _ = oldest.shutdown(Shutdown::Both);
                }
                open.insert(number, own);
            }
            std::thread::spawn(move || {
                // a browser that left is no concern of the others
                let _ = serve(stream, &shared);
                shared.open().remove(&number);
            });
        }
        Ok(())
    }
}

impl Shared {
    fn open(&self) -> MutexGuard<'_, BTreeMap<u64, TcpStream>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection on which all that is read or written until a moment must be over by then, however often a byte comes.
struct Timed {
    stream: TcpStream,
    end: Instant,
}

impl Timed {
    fn new(stream: TcpStream) -> Timed {
        Timed { stream, end: Instant::now() + PATIENCE }
    }

    /// Begins the time anew.
    fn again(&mut self) {
        self.end = Instant::now() + PATIENCE;
    }

    fn left(&self) -> io::Result<Option<Duration>> {
        match self.end.saturating_duration_since(Instant::now()) {
            Duration::ZERO => Err(io::ErrorKind::TimedOut.into()),
            left => Ok(Some(left)),
        }
    }
}

impl Read for Timed {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(self.left()?)?;
        self.stream.read(bytes)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(self.left()?)?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// 128 random bits in hexadecimal digits.
fn random() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What is asked for.
struct Request {
    method: String,
    path: String,
    /// The values of `Host`, `Origin` and `Content-Type`, each all that were sent.
    host: Vec<String>,
    origin: Vec<String>,
    kind: Vec<String>,
    body: Vec<u8>,
}

/// What is answered.
struct Response {
    status: &'static str,
    kind: &'static str,
    /// What the page may use, if this is one.
    policy: String,
    body: Vec<u8>,
}

impl Response {
    fn text(status: &'static str, body: impl Into<String>) -> Response {
        let policy = "default-src 'none'; frame-ancestors 'none'".to_owned();
        Response { status, kind: "text/plain; charset=utf-8", policy, body: body.into().into_bytes() }
    }
}

fn serve(stream: TcpStream, shared: &Shared) -> io::Result<()> {
    let mut stream = Timed::new(stream);
    let Response { status, kind, policy, body } = match request(&mut stream)? {
        Ok(request) => answer(&request, shared),
        Err(refused) => refused,
    };
    stream.again();
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nContent-Security-Policy: {policy}\r\n\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n\
         Connection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)?;
    stream.flush()?;
    // closing while something is unread would reset the connection before the answer is there
    stream.stream.shutdown(Shutdown::Write)?;
    io::copy(&mut stream.take(8 * MOST as u64), &mut io::sink()).map(|_| ())
}

/// Reads a request, or says why it is none.
fn request(stream: &mut impl Read) -> io::Result<Result<Request, Response>> {
    let refuse = |status| Ok(Err(Response::text(status, status)));
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    let (mut request, start, length) = loop {
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            return refuse("400 Bad Request");
        }
        bytes.extend_from_slice(&buffer[..read]);
        let mut fields = [httparse::EMPTY_HEADER; FIELDS];
        let mut head = httparse::Request::new(&mut fields);
        match head.parse(&bytes) {
            Ok(httparse::Status::Complete(start)) if start <= MOST => {
                let all = |name: &str| {
                    let own = head.headers.iter().filter(|field| field.name.eq_ignore_ascii_case(name));
                    own.map(|field| String::from_utf8_lossy(field.value).into_owned()).collect::<Vec<_>>()
                };
                if !all("transfer-encoding").is_empty() {
                    return refuse("501 Not Implemented");
                }
                let length = match &all("content-length")[..] {
                    [] => 0,
                    [one] => match one.parse::<usize>() {
                        Ok(length) if length <= MOST => length,
                        Ok(_) => return refuse("413 Content Too Large"),
                        Err(_) => return refuse("400 Bad Request"),
                    },
                    _ => return refuse("400 Bad Request"),
                };
                let request = Request {
                    method: head.method.unwrap_or_default().to_owned(),
                    path: head.path.unwrap_or_default().to_owned(),
                    host: all("host"),
                    origin: all("origin"),
                    kind: all("content-type"),
                    body: Vec::new(),
                };
                break (request, start, length);
            }
            Ok(_) if bytes.len() > MOST => return refuse("431 Request Header Fields Too Large"),
            Ok(_) => {}
            Err(httparse::Error::TooManyHeaders) => return refuse("431 Request Header Fields Too Large"),
            Err(_) => return refuse("400 Bad Request"),
        }
    };
    while bytes.len() < start + length {
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            return refuse("400 Bad Request");
        }
        bytes.extend_from_slice(&buffer[..read]);
    }
    request.body = bytes[start..start + length].to_vec();
    Ok(Ok(request))
}

/// Answers a request: the page, a decision, or a refusal.
fn answer(request: &Request, shared: &Shared) -> Response {
    if request.host != [shared.host.as_str()] {
        return Response::text("403 Forbidden", "this is not the host that was asked for");
    }
    let own = format!("http://{}", shared.host);
    let mut path = request.path.strip_prefix('/').unwrap_or_default().splitn(2, '/');
    let (token, rest) = (path.next().unwrap_or_default(), path.next());
    if !same(token, &shared.token) {
        return Response::text("404 Not Found", "there is nothing here");
    }
    let foreign = request.origin.iter().any(|origin| *origin != own);
    match (rest, request.method.as_str()) {
        _ if foreign => Response::text("403 Forbidden", "another page asked"),
        (Some(""), "GET") => page(shared),
        (Some("decision"), "POST") if request.origin.len() != 1 => {
            Response::text("403 Forbidden", "no page asked")
        }
        (Some("decision"), "POST") if request.kind != ["application/json"] => {
            Response::text("415 Unsupported Media Type", "write application/json")
        }
        (Some("decision"), "POST") => decide(&request.body, shared),
        (Some("" | "decision"), _) => Response::text("405 Method Not Allowed", "that cannot be done here"),
        _ => Response::text("404 Not Found", "there is nothing here"),
    }
}

/// Compares in a time that does not tell where the difference is.
fn same(one: &str, other: &str) -> bool {
    let different = one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && different == 0
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

fn decide(body: &[u8], shared: &Shared) -> Response {
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
    let mut session = shared.session.lock().unwrap_or_else(PoisonError::into_inner);
    if wanted.finding >= session.len() {
        return Response::text("404 Not Found", "there is no such finding");
    }
    if let Err(failure) = session.decide(wanted.finding, decision) {
        return Response::text("500 Internal Server Error", failure.to_string());
    }
    let outcome = Outcome { decided: decided(&session, wanted.finding), counts: session.counts() };
    match serde_json::to_vec(&outcome) {
        Ok(body) => Response { kind: "application/json", body, ..Response::text("200 OK", "") },
        Err(error) => Response::text("500 Internal Server Error", error.to_string()),
    }
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
    lang: String,
    before: String,
    words: &'a str,
    after: String,
}

fn page(shared: &Shared) -> Response {
    let session = shared.session.lock().unwrap_or_else(PoisonError::into_inner);
    // findings come pair by pair
    let mut open: Option<(&Pair, [Lines; 2])> = None;
    let views = (0..session.len()).filter_map(|at| {
        let (pair, finding) = session.finding(at)?;
        let (_, lines) = match open.take() {
            Some(same) if std::ptr::eq(same.0, pair) => open.insert(same),
            _ => open.insert((pair, SIDES.map(|side| Lines::of(pair.document(side))))),
        };
        Some(view(pair, lines, finding, shared.tongue, decided(&session, at)))
    });
    let findings = views.collect();
    let shown = Shown { findings, counts: session.counts(), words: words(shared.tongue) };
    let (data, nonce) = match (serde_json::to_string(&shown), random()) {
        (Ok(data), Ok(nonce)) => (data, nonce),
        (Err(error), _) => return Response::text("500 Internal Server Error", error.to_string()),
        (_, Err(error)) => return Response::text("500 Internal Server Error", error.to_string()),
    };
    // nothing in the texts can end the element that holds them
    let data = data.replace('<', "\\u003c");
    let mut body = String::new();
    for part in PAGE.split("{{") {
        let (name, rest) = part.split_once("}}").unwrap_or(("", part));
        body.push_str(match name {
            "nonce" => &nonce,
            "style" => STYLE,
            "script" => SCRIPT,
            "data" => &data,
            "lang" => shared.tongue.as_str(),
            _ => "",
        });
        body.push_str(rest);
    }
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    Response { status: "200 OK", kind: "text/html; charset=utf-8", policy, body: body.into_bytes() }
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
