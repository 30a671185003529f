//! The review in a browser: who may ask what, and what a decision leaves on disk.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use duizhao::read::Limits;
use duizhao::review::{Server, Session};

/// A server on a report of the command line's tests, with a baseline in this folder.
fn serve(folder: &Path) -> (String, String) {
    let report = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/decide.in/report.json");
    let session = Session::open(&report, &folder.join("known.txt"), &Limits::default()).expect("a report");
    let server = Server::bind(session).expect("a port");
    let url = server.url();
    std::thread::spawn(move || server.run());
    let (host, token) = url.trim_start_matches("http://").split_once('/').expect("a path");
    (host.to_owned(), token.trim_end_matches('/').to_owned())
}

/// The status and the whole answer to a request whose `HOST` and `TOKEN` stand for the server's own.
fn ask((host, token): &(String, String), head: &str, body: &str) -> (u16, String) {
    let head = head.replace("HOST", host).replace("TOKEN", token).replace('\n', "\r\n");
    let mut stream = TcpStream::connect(host).expect("a connection");
    // a server that refuses the head may leave before the body has come
    let _ = write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    (status, answer)
}

const DECIDE: &str =
    "POST /TOKEN/decision HTTP/1.1\nHost: HOST\nOrigin: http://HOST\nContent-Type: application/json";
const DISMISS: &str = r#"{"finding": 0, "choice": "dismiss", "reason": "said elsewhere"}"#;

#[test]
fn only_the_page_itself_is_answered() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = serve(folder.path());
    let large = "x".repeat(20_000);
    let cases = [
        (200, "GET /TOKEN/ HTTP/1.1\nHost: HOST", ""),
        (404, "GET / HTTP/1.1\nHost: HOST", ""),
        (404, "GET /00000000000000000000000000000000/ HTTP/1.1\nHost: HOST", ""),
        (404, "GET /TOKEN/../../etc/passwd HTTP/1.1\nHost: HOST", ""),
        (405, "DELETE /TOKEN/ HTTP/1.1\nHost: HOST", ""),
        (403, "GET /TOKEN/ HTTP/1.1\nHost: example.org", ""),
        (403, "GET /TOKEN/ HTTP/1.1\nHost: HOST\nOrigin: http://example.org", ""),
        (403, "POST /TOKEN/decision HTTP/1.1\nHost: HOST\nContent-Type: application/json", DISMISS),
        (
            415,
            "POST /TOKEN/decision HTTP/1.1\nHost: HOST\nOrigin: http://HOST\nContent-Type: text/plain",
            DISMISS,
        ),
        (400, DECIDE, "{}"),
        (400, DECIDE, r#"{"finding": 0, "choice": "dismiss"}"#),
        (404, DECIDE, r#"{"finding": 99999, "choice": "accept"}"#),
        (413, DECIDE, &large),
        (400, "nonsense", ""),
    ];
    for (status, head, body) in cases {
        assert_eq!(ask(&server, head, body).0, status, "{head}");
    }
    assert!(!folder.path().join("known.txt").exists(), "what is refused leaves nothing");
}

#[test]
fn a_decision_is_on_disk_and_can_be_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = serve(folder.path());
    let known = || std::fs::read_to_string(folder.path().join("known.txt")).expect("a baseline");
    assert_eq!(ask(&server, DECIDE, DISMISS).0, 200);
    assert!(known().contains("said elsewhere"));
    let again = serve(folder.path());
    assert!(ask(&again, "GET /TOKEN/ HTTP/1.1\nHost: HOST", "").1.contains("said elsewhere"), "tomorrow");
    assert_eq!(ask(&again, DECIDE, r#"{"finding": 0, "choice": null}"#).0, 200);
    assert!(!known().contains("said elsewhere"));
}
