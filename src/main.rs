//! The `duizhao` command: exit code and error chain, nothing else.

use std::process::ExitCode;

/// Aligning makes many small vectors on all cores at once, which the system's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[expect(clippy::print_stderr, reason = "the one place that tells the user of a failed run")]
fn main() -> ExitCode {
    match duizhao::cli::run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}
