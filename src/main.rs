//! The `duizhao` command.

use std::process::ExitCode;

/// Aligning makes many small vectors on all cores at once, which the system's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    duizhao::cli::run_with(std::env::args_os().collect())
}
