//! The command line, as its user sees it: every session in `tests/cli/` prints what stands there.

/// A file `tests/cli/NAME.md` holds sessions in `console` blocks, run inside `tests/cli/NAME.in/`: after `$ duizhao …`
/// comes `? CODE`, unless that is 0, and then all that is printed, where `[..]` stands for anything in a line and a
/// line `...` for any lines. What reads standard input is a file `NAME.toml` with `NAME.stdin` beside it. A new file is a new case; `TRYCMD=overwrite cargo test` fills in what is printed.
#[test]
fn sessions_print_what_is_written() {
    let not_of_this_program =
        if cfg!(feature = "deep") { "tests/cli/without-deep.md" } else { "tests/cli/deep.md" };
    trycmd::TestCases::new()
        .env("NO_COLOR", "1")
        .case("tests/cli/*.md")
        .case("tests/cli/*.toml")
        .skip(not_of_this_program);
}
