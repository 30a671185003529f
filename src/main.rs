//! The `duizhao` command: exit code and error chain, nothing else.

use std::process::ExitCode;

/// Aligning makes many small vectors on all cores at once, which the system's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    duizhao::cli::run().unwrap_or_else(|error| {
        duizhao::cli::tell(&format!("error: {error:#}"));
        ExitCode::from(2)
    })
}
