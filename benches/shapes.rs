//! What texts of odd shapes take, as large as they come: `cargo bench --bench shapes [NAME…]`, or with another build
//! `DUIZHAO=path/to/duizhao cargo bench --bench shapes`.
//!
//! Ends with 1 when one takes more than 2 s of processor time a megabyte, or more memory than 60 times its size and
//! 100 MB.

#[path = "../tests/it/shapes.rs"]
mod shapes;

use std::path::PathBuf;
use std::process::ExitCode;

use shapes::{SHAPES, run};

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
    if all { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
