//! What texts of odd shapes take, as large as they come: `cargo bench --bench shapes [NAME…]`, or with another build
//! `DUIZHAO=path/to/duizhao cargo bench --bench shapes`.
//!
//! Ends with 1 when one takes more than 2 s of processor time a megabyte, or more memory than 60 times its size and
//! 100 MB.

#[expect(dead_code, reason = "what only the test looks at")]
#[path = "../tests/it/shapes.rs"]
mod shapes;

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;

use duizhao::check::Tongue;
use duizhao::read::Limits;
use duizhao::review::{Server, Session};
use shapes::{SHAPES, findings, run};

#[expect(clippy::print_stdout, reason = "the table is what it is for")]
fn main() -> ExitCode {
    let program =
        std::env::var_os("DUIZHAO").map_or(PathBuf::from(env!("CARGO_BIN_EXE_duizhao")), PathBuf::from);
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let mut all = true;
    println!(
        "| shape | parts | MB | s | s/MB | memory, MB | allowed |  |\n|---|---|---|---|---|---|---|---|"
    );
    for shape in SHAPES
        .iter()
        .filter(|shape| wanted.is_empty() || wanted.iter().any(|name| shape.name.contains(name.as_str())))
    {
        let cost = run(&program, shape, shape.large);
        let (size, memory) = (cost.bytes as f64 / 1e6, cost.memory / 1e6);
        let allowed = 60.0 * size + 100.0;
        let verdict = match (cost.seconds <= 2.0 * size.max(0.5), memory <= allowed, cost.code) {
            (_, _, code) if !matches!(code, Some(0 | 1)) => "fails",
            (false, _, _) => "slow",
            (_, false, _) => "large",
            _ => "",
        };
        all &= verdict.is_empty();
        println!(
            "| {} | {} | {size:.1} | {:.1} | {:.2} | {memory:.0} | {allowed:.0} | {verdict} |",
            shape.name,
            shape.large,
            cost.seconds,
            cost.seconds / size
        );
    }
    if wanted.is_empty() {
        println!(
            "\nThe page of a review with 20,000 findings is there after {:.1} s.",
            page(&program, 20_000)
        );
    }
    if all { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// How long it takes until the page of a review is there, in seconds.
fn page(program: &Path, count: usize) -> f64 {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    for (name, content) in findings(count) {
        fs::write(path(name), content).expect("a file");
    }
    let args = ["check", "--quiet", "zh.md", "en.md", "--report", "json=report.json"];
    Command::new(program).args(args).current_dir(&folder).output().expect("the program");
    let session =
        Session::open(&path("report.json"), &path("baseline"), &Limits::default()).expect("a report");
    let server = Server::bind(session, Tongue::English).expect("a port");
    let url = server.url();
    let (host, rest) = url.trim_start_matches("http://").split_once('/').expect("a path");
    std::thread::spawn(move || server.run());
    let began = Instant::now();
    let mut stream = TcpStream::connect(host).expect("the server");
    write!(stream, "GET /{rest} HTTP/1.1\r\nHost: {host}\r\n\r\n").expect("a request");
    stream.shutdown(std::net::Shutdown::Write).expect("the end of the request");
    let mut page = Vec::new();
    stream.read_to_end(&mut page).expect("the page");
    assert!(page.len() > 100 * count, "{}", String::from_utf8_lossy(&page));
    began.elapsed().as_secs_f64()
}
