//! The review in a browser, as others than the page might ask for it, and reports that are none.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use duizhao::check::Tongue;
use duizhao::read::Limits;
use duizhao::review::{Server, Session};
use tempfile::TempDir;

use crate::asking::sent;

fn report() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/decide.in/report.json");
    fs::read_to_string(path).expect("the report")
}

fn session(folder: &TempDir, report: &str) -> Result<Session, String> {
    let path = folder.path().join("report.json");
    fs::write(&path, report).expect("written");
    let opened = Session::open(&path, &folder.path().join("baseline.txt"), &Limits::default());
    opened.map_err(|failure| failure.to_string())
}

/// A server on a folder, its host and the path of its page.
fn served() -> (TempDir, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let server =
        Server::bind(session(&folder, &report()).expect("a report"), Tongue::English).expect("a port");
    let url = server.url();
    let (host, token) = url.trim_start_matches("http://").split_once('/').expect("a path");
    let (host, path) = (host.to_owned(), format!("/{token}"));
    std::thread::spawn(move || server.run());
    (folder, host, path)
}

fn post(path: &str, fields: &str, body: &str) -> String {
    format!("POST {path}decision HTTP/1.1\r\n{fields}Content-Length: {}\r\n\r\n{body}", body.len())
}

#[test]
fn only_the_page_and_decisions_are_answered() {
    let (folder, host, path) = served();
    let asked = |line: &str, fields: &str| sent(&host, &format!("{line} HTTP/1.1\r\n{fields}\r\n"));
    let own = format!("Host: {host}\r\n");
    let json = "Content-Type: application/json\r\n";
    let origin = format!("Origin: http://{host}\r\n");
    let fits = format!("{own}{origin}{json}");
    let dismiss = r#"{"finding": 0, "choice": "dismiss", "reason": "so <agreed>"}"#;
    let long = "x".repeat(20_000);
    let other = format!("/{}/", "0".repeat(32));
    let cases = [
        ("a wrong token", asked(&format!("GET {other}"), &own), "404"),
        ("no token", asked("GET /", &own), "404"),
        ("an unknown path", asked(&format!("GET {path}report.json"), &own), "404"),
        ("a path that climbs", asked(&format!("GET {path}../../etc/passwd"), &own), "404"),
        ("a name for this machine", asked(&format!("GET {path}"), "Host: evil.example\r\n"), "403"),
        ("no host", asked(&format!("GET {path}"), ""), "403"),
        ("two hosts", asked(&format!("GET {path}"), &format!("{own}{own}")), "403"),
        ("another method", asked(&format!("DELETE {path}"), &own), "405"),
        ("a decision by GET", asked(&format!("GET {path}decision"), &own), "405"),
        ("a head without end", sent(&host, &format!("GET {path} HTTP/1.1\r\nX: {long}")), "431"),
        ("no HTTP", sent(&host, "\u{16}\u{3}\u{1}\r\n\r\n"), "400"),
        (
            "another page",
            sent(&host, &post(&path, &format!("{own}{json}Origin: http://evil.example\r\n"), dismiss)),
            "403",
        ),
        ("no page", sent(&host, &post(&path, &format!("{own}{json}"), dismiss)), "403"),
        (
            "a form",
            sent(&host, &post(&path, &format!("{own}{origin}Content-Type: text/plain\r\n"), dismiss)),
            "415",
        ),
        ("a long body", sent(&host, &post(&path, &fits, &long)), "413"),
        (
            "chunks",
            asked(&format!("POST {path}decision"), &format!("{fits}Transfer-Encoding: chunked\r\n")),
            "501",
        ),
        ("a wrong token for a decision", sent(&host, &post(&other, &fits, dismiss)), "404"),
        ("no JSON", sent(&host, &post(&path, &fits, "finding=0")), "400"),
        (
            "no reason",
            sent(&host, &post(&path, &fits, r#"{"finding": 0, "choice": "dismiss", "reason": " "}"#)),
            "400",
        ),
        ("no finding", sent(&host, &post(&path, &fits, r#"{"finding": 99, "choice": "accept"}"#)), "404"),
    ];
    for (what, answer, status) in cases {
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{what}: {answer}");
        assert!(!answer.contains(path.trim_matches('/')), "{what} tells the token: {answer}");
    }
    let baseline = folder.path().join("baseline.txt");
    assert!(!baseline.exists(), "what was refused decided nothing");

    let answer = sent(&host, &post(&path, &fits, dismiss));
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(fs::read_to_string(&baseline).expect("a baseline").contains(" # so <agreed>\n"));
    let page = asked(&format!("GET {path}"), &own);
    assert!(page.starts_with("HTTP/1.1 200 ") && page.contains("default-src 'none'"), "{page}");
    assert!(page.contains("so \\u003cagreed>") && !page.contains("so <agreed>"), "{page}");
    let answer = sent(&host, &post(&path, &fits, r#"{"finding": 0, "choice": null}"#));
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(!fs::read_to_string(&baseline).expect("a baseline").contains("agreed"));
}

/// Whoever holds connections open, or sends a byte now and then, keeps nobody out, and not for ever.
#[test]
fn drips_keep_nobody_out() {
    let (_folder, host, path) = served();
    let mut drips: Vec<TcpStream> =
        (0..40).map(|_| TcpStream::connect(&host).expect("a connection")).collect();
    drips.iter_mut().for_each(|drip| {
        let _ = drip.write_all(b"GET");
    });
    let answer = sent(&host, &format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"));
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let mut last = drips.pop().expect("forty");
    let from = std::time::Instant::now();
    last.set_read_timeout(Some(std::time::Duration::from_millis(300))).expect("a time");
    // a byte at a time; the connection ends, with an answer or without
    let ended = std::iter::repeat_with(|| {
        let _ = last.write_all(b" ");
        !last.read(&mut [0; 64]).is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
    });
    assert!(ended.take(100).any(|ended| ended), "open after {:?}", from.elapsed());
}

#[test]
fn decisions_survive_what_others_write() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut mine = session(&folder, &report()).expect("a report");
    let mut theirs = session(&folder, &report()).expect("a report");
    let accept = duizhao::gate::Decision::new(duizhao::gate::Choice::Accept, "yes");
    mine.decide(0, Some(accept.clone())).expect("written");
    theirs.decide(1, Some(accept.clone())).expect("written");
    let tomorrow = session(&folder, &report()).expect("a report");
    assert_eq!([0, 1, 2].map(|at| tomorrow.decision(at)), [Some(accept.clone()), Some(accept), None]);
    assert_eq!(mine.undo().expect("written"), Some(0));
    assert_eq!(mine.undo().expect("nothing to do"), None);
}

/// Two reviewers and a run that updates the baseline may write to it at once.
#[test]
fn nothing_is_lost_when_several_decide_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("baseline.txt");
    std::thread::scope(|scope| {
        for reviewer in 0..2 {
            let path = &path;
            scope.spawn(move || {
                for finding in 0..100 {
                    let entry = duizhao::gate::Entry {
                        fingerprint: format!("{reviewer:08x}{finding:08x}"),
                        check: "number-mismatch".to_owned(),
                        path: "en.md".to_owned(),
                    };
                    let decision = duizhao::gate::Decision::new(duizhao::gate::Choice::Dismiss, "so");
                    duizhao::review::change(path, |baseline| baseline.decide(&entry, Some(decision)))
                        .expect("written");
                }
            });
        }
    });
    let written = fs::read_to_string(&path).expect("a baseline");
    assert_eq!(written.lines().filter(|line| line.ends_with(" # so")).count(), 200);
}

#[test]
fn what_is_no_report_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = report();
    let cases = [
        ("{}".to_owned(), "missing field"),
        (report.replacen("\"version\": 1", "\"version\": 2", 1), "of version 2"),
        (report.replacen("\"line\": 3", "\"line\": 99999999999", 1), "lines that no file has"),
        (report.replacen("\"column\": 1", "\"column\": 0", 1), "count from 1"),
        (report.replacen("number-mismatch", "nombre-mismatch", 1), "did you mean"),
    ];
    for (text, told) in cases {
        assert_ne!(text, report, "the case changes nothing: {told}");
        let failure = session(&folder, &text).expect_err(told);
        assert!(failure.contains(told) && failure.contains("report.json"), "{failure}");
    }
}
