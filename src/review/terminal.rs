//! The review as a conversation: a finding is shown, a line is read, until there are no more lines.

use std::io::{self, BufRead, Write};

use super::{Counts, Failure, Session};
use crate::gate::{Choice, Decision};
use crate::report::{Options, text};

const HELP: &str = "a [why]  accept: the text is to be mended
d why    dismiss: the text may stay as it is
u        undo: take the last decision back, or the one on this finding
s        skip to the next finding that is not decided
n, p     the next, the previous finding
q        quit; what was decided is kept";

/// What became of a line.
enum Step {
    /// Show this finding.
    To(usize),
    /// Ask again.
    Stay,
    Leave,
}

/// Goes through the findings with what stands in the lines of `input`, from the first that is not decided.
///
/// # Errors
/// When something cannot be read or written.
pub fn converse(
    session: &mut Session,
    options: &Options,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> io::Result<()> {
    if session.is_empty() {
        return writeln!(out, "there is nothing to decide");
    }
    let mut at = undecided(session, 0).unwrap_or(0);
    show(session, at, options, out)?;
    loop {
        write!(out, "[a]ccept [d]ismiss [u]ndo [s]kip [n]ext [p]revious [q]uit, ? for help> ")?;
        out.flush()?;
        let Some(line) = line(input)? else {
            writeln!(out)?;
            break;
        };
        match step(session, at, &line, input, out)? {
            Step::To(next) => {
                at = next;
                show(session, at, options, out)?;
            }
            Step::Stay => {}
            Step::Leave => break,
        }
    }
    let Counts { dismissed, accepted, undecided } = session.counts();
    writeln!(out, "{dismissed} dismissed, {accepted} accepted, {undecided} undecided")
}

fn step(
    session: &mut Session,
    at: usize,
    line: &str,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> io::Result<Step> {
    let (command, words) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let told = |failure: Failure, out: &mut dyn Write| writeln!(out, "error: {failure}").map(|()| Step::Stay);
    match command {
        "a" => match session.decide(at, Some(Decision::new(Choice::Accept, words))) {
            Ok(()) => after(session, at, out),
            Err(failure) => told(failure, out),
        },
        "d" => {
            let mut decision = Decision::new(Choice::Dismiss, words);
            if decision.reason.is_empty() {
                write!(out, "reason: ")?;
                out.flush()?;
                let reason = self::line(input)?.unwrap_or_default();
                decision = Decision::new(Choice::Dismiss, &reason);
            }
            if decision.reason.is_empty() {
                writeln!(out, "not dismissed: say why")?;
                return Ok(Step::Stay);
            }
            match session.decide(at, Some(decision)) {
                Ok(()) => after(session, at, out),
                Err(failure) => told(failure, out),
            }
        }
        "u" => match session.undo() {
            Ok(Some(back)) => Ok(Step::To(back)),
            Ok(None) if session.decision(at).is_some() => match session.decide(at, None) {
                Ok(()) => Ok(Step::To(at)),
                Err(failure) => told(failure, out),
            },
            Ok(None) => writeln!(out, "there is nothing to take back").map(|()| Step::Stay),
            Err(failure) => told(failure, out),
        },
        "s" => after(session, at, out),
        "n" if at + 1 < session.len() => Ok(Step::To(at + 1)),
        "n" => writeln!(out, "this is the last finding").map(|()| Step::Stay),
        "p" if at > 0 => Ok(Step::To(at - 1)),
        "p" => writeln!(out, "this is the first finding").map(|()| Step::Stay),
        "q" => Ok(Step::Leave),
        _ => writeln!(out, "{HELP}").map(|()| Step::Stay),
    }
}

/// Goes to the next finding that is not decided: behind this one, or else from the start.
fn after(session: &Session, at: usize, out: &mut dyn Write) -> io::Result<Step> {
    match undecided(session, at + 1).or_else(|| undecided(session, 0)) {
        Some(next) if next != at => Ok(Step::To(next)),
        Some(_) => writeln!(out, "no other finding is undecided").map(|()| Step::Stay),
        None => writeln!(out, "all are decided").map(|()| Step::Stay),
    }
}

fn undecided(session: &Session, from: usize) -> Option<usize> {
    (from..session.len()).find(|&at| session.decision(at).is_none())
}

fn show(session: &Session, at: usize, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let Some((pair, finding)) = session.finding(at) else { return Ok(()) };
    let decided = match session.decision(at) {
        None => String::new(),
        Some(Decision { choice, reason }) => {
            let choice = match choice {
                Choice::Accept => "accepted",
                Choice::Dismiss => "dismissed",
            };
            let colon = if reason.is_empty() { "" } else { ": " };
            format!(", {choice}{colon}{}", text::shown(&reason))
        }
    };
    writeln!(out, "\nfinding {} of {}{decided}", at + 1, session.len())?;
    text::finding(pair, finding, options, out)
}

/// The next line, without its end and the space around; `None` when there are no more.
fn line(input: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = input.read_until(b'\n', &mut bytes)?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).trim().to_owned()))
}
