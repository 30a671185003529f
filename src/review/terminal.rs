//! The review as a conversation: a finding is shown, a line is read, until there are no more lines.

use std::borrow::Cow;
use std::io::{self, BufRead, Write};

use super::{Failure, Session};
use crate::check::Tongue;
use crate::gate::{Choice, Decision};
use crate::message::{Id, id, message};
use crate::report::{Options, text};
use crate::text::foreign::shown;

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
        return writeln!(out, "{}", id!("review-nothing").said(options.tongue));
    }
    let prompt = id!("review-prompt").said(options.tongue);
    let mut at = undecided(session, 0).unwrap_or(0);
    show(session, at, options, out)?;
    loop {
        write!(out, "{prompt}")?;
        out.flush()?;
        let Some(line) = line(input)? else {
            writeln!(out)?;
            break;
        };
        match step(session, at, &line, options.tongue, input, out)? {
            Step::To(next) => {
                at = next;
                show(session, at, options, out)?;
            }
            Step::Stay => {}
            Step::Leave => break,
        }
    }
    writeln!(out, "{}", session.counts().told(options.tongue))
}

fn step(
    session: &mut Session,
    at: usize,
    line: &str,
    tongue: Tongue,
    input: &mut dyn BufRead,
    out: &mut dyn Write,
) -> io::Result<Step> {
    let (command, words) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let told = |failure: Failure, out: &mut dyn Write| {
        writeln!(out, "{}: {}", id!("error").said(tongue), shown(&failure.to_string())).map(|()| Step::Stay)
    };
    let say = |what: Id, out: &mut dyn Write| writeln!(out, "{}", what.said(tongue)).map(|()| Step::Stay);
    match command {
        "a" => match session.decide(at, Some(Decision::new(Choice::Accept, words))) {
            Ok(()) => after(session, at, tongue, out),
            Err(failure) => told(failure, out),
        },
        "d" => {
            let mut decision = Decision::new(Choice::Dismiss, words);
            if decision.reason.is_empty() {
                write!(out, "{}", id!("review-reason").said(tongue))?;
                out.flush()?;
                let reason = self::line(input)?.unwrap_or_default();
                decision = Decision::new(Choice::Dismiss, &reason);
            }
            if decision.reason.is_empty() {
                return say(id!("review-say-why"), out);
            }
            match session.decide(at, Some(decision)) {
                Ok(()) => after(session, at, tongue, out),
                Err(failure) => told(failure, out),
            }
        }
        "u" => match session.undo() {
            Ok(Some(back)) => Ok(Step::To(back)),
            Ok(None) if session.decision(at).is_some() => match session.decide(at, None) {
                Ok(()) => Ok(Step::To(at)),
                Err(failure) => told(failure, out),
            },
            Ok(None) => say(id!("review-nothing-to-undo"), out),
            Err(failure) => told(failure, out),
        },
        "s" => after(session, at, tongue, out),
        "n" if at + 1 < session.len() => Ok(Step::To(at + 1)),
        "n" => say(id!("review-last"), out),
        "p" if at > 0 => Ok(Step::To(at - 1)),
        "p" => say(id!("review-first"), out),
        "q" => Ok(Step::Leave),
        _ => say(id!("review-help"), out),
    }
}

/// Goes to the next finding that is not decided: behind this one, or else from the start.
fn after(session: &Session, at: usize, tongue: Tongue, out: &mut dyn Write) -> io::Result<Step> {
    let say = |what: Id, out: &mut dyn Write| writeln!(out, "{}", what.said(tongue)).map(|()| Step::Stay);
    match undecided(session, at + 1).or_else(|| undecided(session, 0)) {
        Some(next) if next != at => Ok(Step::To(next)),
        Some(_) => say(id!("review-no-other"), out),
        None => say(id!("review-all-decided"), out),
    }
}

fn undecided(session: &Session, from: usize) -> Option<usize> {
    (from..session.len()).find(|&at| session.decision(at).is_none())
}

fn show(session: &Session, at: usize, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let Some((pair, finding)) = session.finding(at) else { return Ok(()) };
    let tongue = options.tongue;
    let decided = match session.decision(at) {
        None => String::new(),
        Some(Decision { choice, reason }) => {
            let choice = match choice {
                Choice::Accept => id!("review-accepted").said(tongue),
                Choice::Dismiss => id!("review-dismissed").said(tongue),
            };
            let colon = if reason.is_empty() { Cow::default() } else { id!("colon").said(tongue) };
            format!("{}{choice}{colon}{}", id!("comma").said(tongue), shown(&reason))
        }
    };
    let (number, all) = (at + 1, session.len());
    writeln!(out, "\n{}{decided}", message!("review-at", number = number, all = all).said(tongue))?;
    text::finding(pair, finding, options, out)
}

/// The next line, without its end and the space around; `None` when there are no more.
fn line(input: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = input.read_until(b'\n', &mut bytes)?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).trim().to_owned()))
}
