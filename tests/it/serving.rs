//! The page of `duizhao serve`, as it and others might ask it: over connections to a server of its own.

use std::io::Write;
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use duizhao::run::Settings;
use duizhao::serve::{Limits, Server};
use duizhao::{config, read};
use serde_json::Value;

use crate::asking::{answered, sent};

const ZH: &str = "学校成立于1998年。\n\n今天有35名学生。\n";
const EN: &str = "The school was founded in 1989.\n\nToday it has 35 students.\n";

/// Whoever has the page open.
struct Page {
    host: String,
    /// `/TOKEN/en/`
    path: String,
}

impl Page {
    fn of(limits: Limits, file: u64) -> Page {
        let settings = Settings {
            limits: read::Limits { file, ..read::Limits::default() },
            meant: config::Settings::default(),
            ..Settings::default()
        };
        let server = Server::bind(settings, limits).expect("a port");
        let url = server.url();
        let (host, path) = url.trim_start_matches("http://").split_once('/').expect("a path");
        let page = Page { host: host.to_owned(), path: format!("/{path}") };
        std::thread::spawn(move || server.run());
        page
    }

    fn open() -> Page {
        Page::of(Limits::default(), 1 << 20)
    }

    /// The fields by which the page is known.
    fn own(&self) -> String {
        format!("Host: {host}\r\nOrigin: http://{host}\r\n", host = self.host)
    }

    fn get(&self, path: &str) -> String {
        sent(&self.host, &format!("GET {}{path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.path, self.host))
    }

    /// The body of an answer that is no text.
    fn bytes(&self, path: &str) -> Vec<u8> {
        let request = format!("GET {}{path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.path, self.host);
        let answer = answered(&self.host, &request);
        let at = answer.windows(4).position(|end| end == b"\r\n\r\n").expect("a body");
        answer[at + 4..].to_vec()
    }

    fn post(&self, path: &str, fields: &str, body: &str) -> String {
        let head =
            format!("POST {}{path} HTTP/1.1\r\n{fields}Content-Length: {}\r\n\r\n", self.path, body.len());
        sent(&self.host, &format!("{head}{body}"))
    }

    fn upload(&self, body: &str) -> String {
        self.post("checks", &format!("{}Content-Type: application/octet-stream\r\n", self.own()), body)
    }

    /// Has two texts checked; the number of the check.
    fn begin(&self, zh: &str, en: &str) -> u64 {
        json(&self.upload(&pair(zh, en)))["number"].as_u64().expect("a number")
    }

    /// What becomes of a check.
    fn ended(&self, number: u64) -> Value {
        let from = Instant::now();
        loop {
            let listed = json(&self.get("checks"));
            let checks = listed["checks"].as_array().expect("a list");
            let check = checks.iter().find(|check| check["number"] == number).expect("listed").clone();
            if !["waiting", "running"].contains(&check["state"].as_str().expect("a state")) {
                return check;
            }
            assert!(from.elapsed() < Duration::from_secs(60), "{check}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

fn pair(zh: &str, en: &str) -> String {
    files(&[("zh.md", zh)], &[("en.md", en)])
}

/// What the page sends for some files with their texts.
fn files(source: &[(&str, &str)], target: &[(&str, &str)]) -> String {
    let named = |files: &[(&str, &str)]| -> Value {
        files.iter().map(|(path, text)| serde_json::json!({"path": path, "size": text.len()})).collect()
    };
    let line = serde_json::json!({"source": named(source), "target": named(target)});
    let texts: String = source.iter().chain(target).map(|(_, text)| *text).collect();
    format!("{line}\n{texts}")
}

fn body(answer: &str) -> &str {
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    answer.split_once("\r\n\r\n").expect("a body").1
}

fn json(answer: &str) -> Value {
    serde_json::from_str(body(answer)).expect("JSON")
}

#[test]
fn a_pair_is_checked_decided_on_and_given_out() {
    let page = Page::open();
    let number = page.begin(ZH, EN);
    let check = page.ended(number);
    assert_eq!((&check["state"], &check["summary"]["passes"]), (&"done".into(), &false.into()), "{check}");
    assert_eq!(check["name"], "zh.md ↔ en.md");

    let at = |path: &str| page.get(&format!("checks/{number}/{path}"));
    let shown = at("pairs/0/page");
    assert!(shown.contains("sandbox allow-scripts; frame-ancestors 'self'") && body(&shown).contains("1989"));
    let detail = json(&page.get(&format!("checks/{number}")));
    let formats: Vec<&str> = detail["pairs"][0]["formats"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|format| format["name"].as_str().expect("a name"))
        .collect();
    // all that `--report` knows, but for documents that are given back, which these are not
    let known = duizhao::report::FORMATS.iter().map(|format| format.name);
    let known: Vec<&str> = known.filter(|name| !name.starts_with("docx-") && *name != "annotated").collect();
    assert_eq!(formats, known);
    for format in formats {
        let answer = at(&format!("pairs/0/reports/{format}"));
        assert!(!body(&answer).is_empty() && answer.contains("Content-Disposition: attachment;"), "{format}");
    }
    assert!(at("pairs/0/reports/json").contains("filename*=UTF-8''en%2Efindings%2Ejson"));

    let json_kind = format!("{}Content-Type: application/json\r\n", page.own());
    let decision = r#"{"finding": 0, "choice": "dismiss", "reason": "as agreed"}"#;
    body(&page.post(&format!("checks/{number}/review/decision"), &json_kind, decision));
    let check = page.ended(number);
    assert_eq!(
        (&check["summary"]["passes"], &check["summary"]["review"]["dismissed"]),
        (&true.into(), &1.into())
    );
    assert!(body(&at("decisions")).contains(" en.md # as agreed\n"));
    assert!(body(&at("pairs/0/reports/json")).contains("\"status\": \"known\""));
    assert!(body(&at("review/")).contains("as agreed"));

    body(&page.post(&format!("checks/{number}/remove"), &json_kind, "{}"));
    assert!(at("decisions").starts_with("HTTP/1.1 404 "));
    assert_eq!(json(&page.get("checks")), serde_json::json!({"checks": [], "held": 0}));
}

#[test]
fn folders_are_paired_and_what_cannot_be_read_is_told() {
    let page = Page::open();
    let source = [
        ("docs/a.md", ZH),
        ("docs/b.md", ZH),
        ("docs/c.md", ZH),
        ("docs/x.png", "no"),
        ("docs/bad.md", "\0"),
    ];
    let target = [("docs/a.md", EN), ("docs/b.md", EN), ("docs/bad.md", "\0")];
    let number = json(&page.upload(&files(&source, &target)))["number"].as_u64().expect("a number");
    let check = page.ended(number);
    assert_eq!(check["name"], "original/docs/ ↔ translation/docs/");
    assert_eq!((&check["summary"]["pairs"], &check["summary"]["failed"]), (&3.into(), &1.into()), "{check}");
    let detail = json(&page.get(&format!("checks/{number}")));
    let names: Vec<&str> =
        detail["pairs"].as_array().expect("a list").iter().filter_map(|pair| pair["name"].as_str()).collect();
    assert_eq!(names[2], "original/docs/c.md ↔ translation/docs/c.md");
    assert!(detail["failed"][0].as_str().expect("told").contains("docs/bad.md"), "{detail}");
    assert!(detail["notes"][0].as_str().expect("told").contains(".png"), "{detail}");
    let one = |path: &str| page.get(&format!("checks/{number}/{path}"));
    assert!(body(&one("reports/sarif")).contains("original/docs/a.md"));
    let pages = page.bytes(&format!("checks/{number}/reports/html"));
    let mut pages = zip::ZipArchive::new(std::io::Cursor::new(pages)).expect("an archive");
    let mut index = String::new();
    std::io::Read::read_to_string(&mut pages.by_name("index.html").expect("an index"), &mut index)
        .expect("text");
    for name in
        ["pages/original/docs/a.md.html", "pages/original/docs/b.md.html", "pages/original/docs/c.md.html"]
    {
        assert!(index.contains(name) && pages.by_name(name).is_ok(), "{name}: {index}");
    }
    assert!(body(&one("pairs/1/reports/html")).contains("1989"));
}

#[test]
fn documents_are_given_back_from_memory() {
    let page = Page::open();
    let po = "msgid \"\"\nmsgstr \"Language: zh\\n\"\n\n# a\nmsgid \"It has 35 students.\"\nmsgstr \"有53名学生。\"\n";
    let number =
        json(&page.upload(&files(&[("messages.po", po)], &[])))["number"].as_u64().expect("a number");
    assert_eq!(page.ended(number)["state"], "done");
    let answer = page.get(&format!("checks/{number}/pairs/0/reports/annotated"));
    assert!(answer.contains("filename*=UTF-8''messages%2Eannotated%2Epo"), "{answer}");
    assert!(body(&answer).contains("number-mismatch"), "{answer}");
}

#[test]
fn ten_come_at_once_and_each_can_be_cancelled() {
    let page = Page::open();
    let numbers: Vec<u64> = std::thread::scope(|scope| {
        let begun: Vec<_> = (0..10).map(|_| scope.spawn(|| page.begin(ZH, EN))).collect();
        begun.into_iter().map(|begun| begun.join().expect("begun")).collect()
    });
    for number in numbers {
        assert_eq!(page.ended(number)["state"], "done");
    }
    // long enough to be there when it is cancelled
    let (zh, en) = (ZH.repeat(2000), EN.repeat(2000));
    let number = page.begin(&zh, &en);
    let fields = format!("{}Content-Type: application/json\r\n", page.own());
    body(&page.post(&format!("checks/{number}/cancel"), &fields, "{}"));
    assert_eq!(page.ended(number)["state"], "cancelled");
    assert!(page.get(&format!("checks/{number}")).starts_with("HTTP/1.1 409 "), "nothing is shown of it");
    // what comes next is not kept waiting, and what was cancelled stays so
    assert_eq!(page.ended(page.begin(ZH, EN))["state"], "done");
    assert_eq!(page.ended(number)["state"], "cancelled");
}

#[test]
fn what_others_ask_is_refused() {
    let page = Page::of(Limits { files: 3, total: 5000, idle: None }, 100);
    let Page { host, path } = &page;
    let token = path.trim_matches('/').trim_end_matches("/en");
    let octets = "Content-Type: application/octet-stream\r\n";
    let own = page.own();
    let fits = pair("学校。", "A school.");
    let other = format!("/{}/en/", "0".repeat(32));
    let raw = |line: &str, fields: &str| sent(host, &format!("{line} HTTP/1.1\r\n{fields}\r\n"));
    let upload = |line: &str, fields: &str, body: &str| {
        sent(
            host,
            &format!(
                "POST {line}checks HTTP/1.1\r\n{fields}{octets}Content-Length: {}\r\n\r\n{body}",
                body.len()
            ),
        )
    };
    let only = format!("Host: {host}\r\n");
    let large = "x".repeat(101);
    let cases = [
        ("a wrong token", raw(&format!("GET {other}"), &only), "404"),
        ("no token", raw("GET /en/", &only), "404"),
        ("no language", raw(&format!("GET /{token}/"), &only), "404"),
        ("another language", raw(&format!("GET /{token}/fr/"), &only), "404"),
        ("a path that climbs", page.get("../../etc/passwd"), "404"),
        ("a report that climbs", page.get("checks/../../x"), "404"),
        ("another host", raw(&format!("GET {path}"), "Host: evil.example\r\n"), "403"),
        (
            "a name for this machine",
            raw(
                &format!("GET {path}"),
                &format!("Host: localhost:{}\r\n", host.rsplit(':').next().expect("a port")),
            ),
            "403",
        ),
        ("two hosts", raw(&format!("GET {path}"), &format!("{only}{only}")), "403"),
        (
            "a read from another page",
            raw(&format!("GET {path}checks"), &format!("{only}Origin: null\r\n")),
            "403",
        ),
        ("an upload with a wrong token", upload(&other, &own, &fits), "404"),
        (
            "an upload to another host",
            upload(path, "Host: evil.example\r\nOrigin: http://evil.example\r\n", &fits),
            "403",
        ),
        (
            "an upload from another page",
            upload(path, &format!("{only}Origin: http://evil.example\r\n"), &fits),
            "403",
        ),
        ("an upload from a framed page", upload(path, &format!("{only}Origin: null\r\n"), &fits), "403"),
        ("an upload from no page", upload(path, &only, &fits), "403"),
        (
            "a form",
            page.post("checks", &format!("{own}Content-Type: multipart/form-data; boundary=x\r\n"), &fits),
            "415",
        ),
        ("another method", raw(&format!("PUT {path}checks"), &own), "405"),
        ("a name that climbs", page.upload(&files(&[("../zh.md", ZH)], &[])), "400"),
        ("a name from the root", page.upload(&files(&[("/etc/zh.md", ZH)], &[])), "400"),
        ("a name of another system", page.upload(&files(&[("..\\zh.md", ZH)], &[])), "400"),
        (
            "less than was announced",
            page.upload(&pair("学校。", "A school.").replace("\"size\":9", "\"size\":19")),
            "400",
        ),
        ("no announcement", page.upload("学校。"), "400"),
        ("a large file", page.upload(&pair(&large, "x")), "413"),
        ("many files", page.upload(&files(&[("a", ""), ("b", ""), ("c", ""), ("d", "")], &[])), "413"),
        ("a body over the limit", page.upload(&"x".repeat(5001)), "413"),
        (
            "a body over any limit",
            raw(
                &format!("POST {path}checks"),
                &format!("{own}{octets}Content-Length: 18446744073709551615\r\n"),
            ),
            "413",
        ),
        (
            "a length that is none",
            raw(&format!("POST {path}checks"), &format!("{own}{octets}Content-Length: +5\r\n")),
            "400",
        ),
        (
            "two lengths",
            raw(
                &format!("POST {path}checks"),
                &format!("{own}{octets}Content-Length: 5\r\nContent-Length: 6\r\n"),
            ),
            "400",
        ),
        (
            "chunks",
            raw(&format!("POST {path}checks"), &format!("{own}{octets}Transfer-Encoding: chunked\r\n")),
            "501",
        ),
        (
            "half a body",
            raw(&format!("POST {path}checks"), &format!("{own}{octets}Content-Length: 50\r\n")),
            "400",
        ),
        ("no such check", page.get("checks/7/reports/json"), "404"),
        ("a number that is none", page.get("checks/-1"), "404"),
    ];
    for (what, answer, status) in cases {
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{what}: {answer}");
        assert!(!answer.contains(token), "{what} tells the token: {answer}");
    }
    assert_eq!(json(&page.get("checks"))["held"], 0, "what was refused holds nothing");
    let number = page.begin("学校。", "A school.");
    assert_eq!(page.ended(number)["state"], "done");
    for (what, answer) in [
        ("no such pair", page.get(&format!("checks/{number}/pairs/1/page"))),
        ("no such format", page.get(&format!("checks/{number}/reports/exe"))),
        ("a format for others", page.get(&format!("checks/{number}/pairs/0/reports/docx-comments"))),
    ] {
        assert!(answer.starts_with("HTTP/1.1 404 "), "{what}: {answer}");
    }
}

/// Many uploads together take no more than one that is allowed.
#[test]
fn all_checks_together_keep_to_the_limit() {
    let page = Page::of(Limits { total: 1000, ..Limits::default() }, 1000);
    let (zh, en) = ("学校。".repeat(30), "A school. ".repeat(30));
    let number = page.begin(&zh, &en);
    let answer = page.upload(&pair(&zh, &en));
    assert!(answer.starts_with("HTTP/1.1 413 ") && answer.contains("--max-total-size"), "{answer}");
    page.ended(number);
    let fields = format!("{}Content-Type: application/json\r\n", page.own());
    body(&page.post(&format!("checks/{number}/remove"), &fields, "{}"));
    page.begin(&zh, &en);
}

/// An upload that never ends keeps its room, but neither its connection nor the others out.
#[test]
fn dripping_uploads_keep_nobody_out() {
    let page = Page::open();
    let head = format!(
        "POST {}checks HTTP/1.1\r\n{}Content-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\n",
        page.path,
        page.own()
    );
    let mut drips: Vec<TcpStream> =
        (0..40).map(|_| TcpStream::connect(&page.host).expect("a connection")).collect();
    drips.iter_mut().for_each(|drip| {
        let _ = drip.write_all(head.as_bytes());
    });
    assert_eq!(page.ended(page.begin(ZH, EN))["state"], "done");
    drips.iter().for_each(|drip| {
        let _ = drip.shutdown(Shutdown::Both);
    });
    let from = Instant::now();
    while json(&page.get("checks"))["held"].as_u64() > Some(1000) {
        assert!(from.elapsed() < Duration::from_secs(30), "what never came is still reckoned with");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_session_ends_when_no_page_is_open() {
    let limits = Limits { idle: Some(Duration::from_millis(300)), ..Limits::default() };
    let server = Server::bind(Settings::default(), limits).expect("a port");
    let url = server.url();
    let (host, path) = url.trim_start_matches("http://").split_once('/').expect("a path");
    let (host, path) = (host.to_owned(), path.to_owned());
    let other = "0".repeat(32);
    std::thread::spawn(move || {
        // a page asks five times; whoever does not know the token keeps nothing alive
        for token in std::iter::repeat_n(&path, 5).chain(std::iter::repeat_n(&other, 1000)) {
            std::thread::sleep(Duration::from_millis(150));
            let Ok(mut stream) = TcpStream::connect(&host) else { return };
            let _ = write!(stream, "GET /{token}checks HTTP/1.1\r\nHost: {host}\r\n\r\n");
        }
    });
    let from = Instant::now();
    server.run().expect("ended");
    let took = from.elapsed();
    assert!(took > Duration::from_millis(900) && took < Duration::from_secs(100), "{took:?}");
}
