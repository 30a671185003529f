//! Checks in a browser: a page onto which two files or folders are dropped, and which then shows what was found, takes
//! decisions and gives out the reports.
//!
//! All of it stays in memory and goes with the process, but for the decisions where a baseline is named.

mod bundle;
mod checks;
mod upload;
mod words;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use self::checks::{Check, Checks};
use self::upload::Upload;
use crate::check::{Severity, Tongue};
use crate::loopback::{Listener, Request, Response, inert, locked};
use crate::message::Message;
use crate::report::{FORMATS, Format, Frame, Options, Pair, Tally};
use crate::review;
use crate::run::Settings;

const PAGE: &str = include_str!("serve/page.html");
const ZONE: &str = include_str!("serve/zone.html");
const STYLE: &str = include_str!("serve/page.css");
const SCRIPT: &str = include_str!("serve/page.js");

/// How much a session takes; how large one file may be is a limit of its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most files of one check.
    pub files: usize,
    /// The most bytes that all checks of the session hold together.
    pub total: u64,
    /// How long no page may be open before the session ends; without it, it never does.
    pub idle: Option<Duration>,
}

impl Default for Limits {
    /// Two thousand files, as large documentations have; 256 MiB, four of the largest files; an hour.
    fn default() -> Limits {
        Limits { files: 2000, total: 256 << 20, idle: Some(Duration::from_secs(3600)) }
    }
}

/// A session that waits for a browser.
pub struct Server {
    listener: Listener,
    service: Arc<Service>,
}

/// What holds for the session, and its checks.
struct Service {
    settings: Settings,
    limits: Limits,
    /// Where decisions go; without it they last as long as the session.
    baseline: Option<PathBuf>,
    checks: Checks,
}

/// What somebody is told whose wish is not granted.
type Refusal = (&'static str, Message);

impl Server {
    /// Makes an address for a session with these settings, whose baseline takes the decisions.
    ///
    /// # Errors
    /// Those of [`Listener::bind`].
    pub fn bind(settings: Settings, limits: Limits) -> io::Result<Server> {
        let baseline = settings.meant.baseline.value.clone();
        let service = Service { checks: Checks::new(limits.total), settings, limits, baseline };
        Ok(Server { listener: Listener::bind()?, service: Arc::new(service) })
    }

    /// Where the page is.
    pub fn url(&self) -> String {
        format!("{}{}/", self.listener.url(), self.service.settings.meant.lang.value.as_str())
    }

    /// Answers and checks until the process ends, or no page has been open for too long.
    ///
    /// # Errors
    /// Those of [`Listener::run`].
    pub fn run(self) -> io::Result<()> {
        let Server { listener, service } = self;
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..workers {
            let service = Arc::clone(&service);
            std::thread::spawn(move || {
                while let Some(check) = service.checks.next() {
                    let service = Arc::clone(&service);
                    let own = Arc::clone(&check);
                    let work = move || own.run(&service.settings, service.baseline.as_deref());
                    // what a file makes the program stumble over is no end of the session
                    if std::thread::spawn(work).join().is_err() {
                        check.fail(words::stumbled());
                    }
                }
            });
        }
        let idle = service.limits.idle;
        listener.run(idle, move |request| {
            answer(request, &service)
                .unwrap_or_else(|(tongue, (status, message))| Response::text(status, message.said(tongue)))
        })
    }
}

/// Answers what is asked at `LANG/…`; what is refused, in that language.
fn answer(request: &mut Request, service: &Service) -> Result<Response, (Tongue, Refusal)> {
    let path = request.path.clone();
    let Some((tongue, path)) =
        path.split_once('/').and_then(|(lang, path)| Some((Tongue::parse(lang)?, path)))
    else {
        return Ok(Response::nothing());
    };
    let parts: Vec<&str> = path.split('/').collect();
    let answered = match (request.method.as_str(), &parts[..]) {
        ("GET", [""]) => Ok(page(service, tongue)),
        ("GET", ["checks"]) => Ok(Response::json(&listed(service, tongue))),
        ("POST", ["checks"]) => begin(request, service),
        (_, ["" | "checks"]) => Ok(Response::not_so()),
        (method, ["checks", number, rest @ ..]) => {
            let Some(check) = number.parse().ok().and_then(|number| service.checks.get(number)) else {
                return Err((tongue, words::no_check()));
            };
            match (method, rest) {
                ("GET", []) => detail(&check, tongue),
                ("POST", ["cancel"]) => {
                    check.cancel();
                    Ok(Response::text("200 OK", ""))
                }
                ("POST", ["remove"]) => {
                    check.cancel();
                    service.checks.remove(check.number);
                    Ok(Response::text("200 OK", ""))
                }
                (_, ["review", at @ ..]) => decide(request, &check, &at.join("/"), tongue, service),
                ("GET", ["decisions"]) => decisions(&check),
                ("GET", ["reports", format]) => report(&check, None, format, tongue, service),
                ("GET", ["pairs", at, "reports", format]) => {
                    report(&check, Some(at), format, tongue, service)
                }
                ("GET", ["pairs", at, "page"]) => shown(&check, at, tongue, service),
                (_, [] | ["cancel" | "remove" | "decisions"]) => Ok(Response::not_so()),
                _ => Ok(Response::nothing()),
            }
        }
        _ => Ok(Response::nothing()),
    };
    answered.map_err(|refusal| (tongue, refusal))
}

/// What the page knows from the beginning.
#[derive(Serialize)]
struct Known {
    /// The largest file, the most files, and the most bytes of all.
    file: u64,
    files: usize,
    total: u64,
    /// Where decisions go, if anywhere.
    baseline: Option<String>,
}

fn page(service: &Service, tongue: Tongue) -> Response {
    let Service { settings, limits, baseline, .. } = service;
    let known = Known {
        file: settings.limits.file,
        files: limits.files,
        total: limits.total,
        baseline: baseline.as_ref().map(|path| path.to_string_lossy().into_owned()),
    };
    match serde_json::to_string(&known) {
        Ok(data) => {
            let zone = |side| ZONE.replace("{{side}}", side);
            let values = [
                ("source", &*zone("source")),
                ("target", &*zone("target")),
                ("style", STYLE),
                ("script", SCRIPT),
                ("data", &*inert(&data)),
                ("lang", tongue.as_str()),
            ];
            Response::page(PAGE, &values, "frame-src 'self'; frame-ancestors 'none'")
        }
        Err(error) => Response::text("500 Internal Server Error", error.to_string()),
    }
}

/// The checks of the session, the last one first.
#[derive(Serialize)]
struct Listed {
    checks: Vec<checks::View>,
    /// How many bytes they hold together.
    held: u64,
}

fn listed(service: &Service, tongue: Tongue) -> Listed {
    let checks = service.checks.all().iter().rev().map(|check| check.view(tongue)).collect();
    Listed { checks, held: service.checks.held() }
}

/// Takes up what is to be checked, and tells under which number.
fn begin(request: &mut Request, service: &Service) -> Result<Response, Refusal> {
    #[derive(Serialize)]
    struct Begun {
        number: u32,
    }
    if request.kind != "application/octet-stream" {
        return Ok(Response::text("415 Unsupported Media Type", "write application/octet-stream"));
    }
    // the bytes are reckoned before they come, so that many at once cannot take more than is allowed
    let room = service.checks.room(request.length).ok_or_else(|| words::no_room(service.limits.total))?;
    let bytes = match request.body(service.limits.total) {
        Ok(bytes) => bytes,
        Err(refused) => return Ok(refused),
    };
    let upload = Upload::read(bytes, service.settings.limits.file, service.limits.files)?;
    let number = service.checks.begin(upload, room).ok_or_else(words::too_many_checks)?;
    Ok(Response::json(&Begun { number }))
}

/// What is known of a check that is done.
#[derive(Serialize)]
struct Detail {
    pairs: Vec<PairView>,
    /// The reports on all pairs.
    formats: Vec<FormatView>,
    /// What could not be checked, and what else is to be said.
    failed: Vec<String>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct PairView {
    name: String,
    counts: [usize; 3],
    passes: bool,
    formats: Vec<FormatView>,
}

#[derive(Serialize)]
struct FormatView {
    name: &'static str,
    summary: &'static str,
}

fn formats(pairs: &[Pair]) -> Vec<FormatView> {
    let fitting = FORMATS.iter().filter(|format| format.is_for(pairs));
    fitting.map(|Format { name, summary, .. }| FormatView { name, summary }).collect()
}

/// The severities, the gravest first.
const SEVERITIES: [Severity; 3] = [Severity::Critical, Severity::Major, Severity::Minor];

fn detail(check: &Check, tongue: Tongue) -> Result<Response, Refusal> {
    let done = check.done().ok_or_else(words::not_done)?;
    let session = locked(&done.session);
    let pairs = session.pairs().iter().map(|pair| {
        let tally = Tally::of(pair);
        PairView {
            name: tally.name(),
            counts: SEVERITIES.map(|severity| tally.count(severity)),
            passes: pair.verdict == crate::report::Verdict::Pass,
            formats: formats(std::slice::from_ref(pair)),
        }
    });
    let pairs = pairs.collect();
    let formats = if session.pairs().len() > 1 { formats(session.pairs()) } else { Vec::new() };
    let said = |told: &[Message]| told.iter().map(|one| one.said(tongue).into_owned()).collect();
    let (failed, notes) = (said(&done.failed), said(&done.notes));
    Ok(Response::json(&Detail { pairs, formats, failed, notes }))
}

fn decide(
    request: &mut Request,
    check: &Check,
    at: &str,
    tongue: Tongue,
    service: &Service,
) -> Result<Response, Refusal> {
    let done = check.done().ok_or_else(words::not_done)?;
    let answered = review::answer(at, request, &done.session, tongue, "frame-ancestors 'self'");
    done.count(service.settings.gate());
    Ok(answered)
}

fn decisions(check: &Check) -> Result<Response, Refusal> {
    let done = check.done().ok_or_else(words::not_done)?;
    let mut body = Vec::new();
    let written = locked(&done.session).baseline().write(&mut body);
    Ok(match written {
        Ok(()) => saved(format!("{}.decisions.txt", check.upload.stem()), body),
        Err(error) => Response::text("500 Internal Server Error", error.to_string()),
    })
}

fn saved(name: String, body: Vec<u8>) -> Response {
    let kind = "application/octet-stream";
    Response { kind, name: Some(name), body, ..Response::text("200 OK", "") }
}

/// Some of the pairs: all of them, or the one of that number.
fn chosen<'p>(pairs: &'p [Pair], at: Option<&str>) -> Option<&'p [Pair]> {
    match at {
        None => Some(pairs),
        Some(at) => Some(std::slice::from_ref(pairs.get(at.parse::<usize>().ok()?)?)),
    }
}

fn options(tongue: Tongue, service: &Service) -> Options {
    let scoring = Some(service.settings.meant.scorecard.value.unwrap_or_default());
    Options { tongue, scoring, ..Options::default() }
}

fn report(
    check: &Check,
    at: Option<&str>,
    format: &str,
    tongue: Tongue,
    service: &Service,
) -> Result<Response, Refusal> {
    let done = check.done().ok_or_else(words::not_done)?;
    let session = locked(&done.session);
    let (Some(pairs), Some(format)) = (chosen(session.pairs(), at), Format::parse(format)) else {
        return Ok(Response::nothing());
    };
    if !format.is_for(pairs) {
        return Ok(Response::nothing());
    }
    let (options, mut body) = (options(tongue, service), Vec::new());
    let content = |path: &Path| {
        let content = check.upload.content(path).map(<[u8]>::to_vec);
        content.ok_or_else(|| io::ErrorKind::NotFound.into())
    };
    let is_one = pairs.len() == 1;
    let written = match (&format.frame, pairs) {
        (Frame::Copies { copy, .. }, [pair]) => copy(pair, &options, &content, &mut body),
        (Frame::Copies { .. } | Frame::Pages { .. }, _) if !is_one => {
            bundle::zip(format, pairs, &options, &content).map(|zip| body = zip)
        }
        _ => format.write(pairs, &options, &mut body),
    };
    Ok(match written {
        Ok(()) => saved(file_name(check, pairs, at.is_some(), format), body),
        Err(error) => Response::text("500 Internal Server Error", error.to_string()),
    })
}

/// By which name a report is saved: `guide.en.findings.json`, `guide.en.docx-comments.docx`, `docs.findings.html.zip`.
fn file_name(check: &Check, pairs: &[Pair], is_one: bool, format: &Format) -> String {
    let own = pairs.first().filter(|_| is_one).map(|pair| Path::new(&pair.bitext.target.path));
    let stem = own.and_then(Path::file_stem);
    let stem = stem.map_or_else(|| check.upload.stem(), |stem| stem.to_string_lossy().into_owned());
    let end = match (&format.frame, format.end, own.and_then(Path::extension)) {
        (Frame::Copies { .. } | Frame::Pages { .. }, ..) if pairs.len() > 1 => "zip".into(),
        (_, "", Some(end)) => end.to_string_lossy(),
        (_, end, _) => end.into(),
    };
    let what = match &format.frame {
        Frame::Copies { .. } => format.name.to_owned(),
        _ if format.name == end => "findings".to_owned(),
        _ => format!("findings.{}", format.name),
    };
    format!("{stem}.{what}.{end}")
}

/// The page of a pair, to be framed: it has nothing of this server, and may do nothing but run its own scripts.
fn shown(check: &Check, at: &str, tongue: Tongue, service: &Service) -> Result<Response, Refusal> {
    let done = check.done().ok_or_else(words::not_done)?;
    let session = locked(&done.session);
    let (Some(pairs), Some(format)) = (chosen(session.pairs(), Some(at)), Format::parse("html")) else {
        return Ok(Response::nothing());
    };
    let mut body = Vec::new();
    Ok(match format.write(pairs, &options(tongue, service), &mut body) {
        Ok(()) => Response {
            kind: "text/html; charset=utf-8",
            policy: "sandbox allow-scripts; frame-ancestors 'self'".to_owned(),
            body,
            ..Response::text("200 OK", "")
        },
        Err(error) => Response::text("500 Internal Server Error", error.to_string()),
    })
}
