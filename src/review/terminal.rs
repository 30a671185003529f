//! The review as a conversation: a finding is shown, a line is read, until there are no more lines.

use std::io::{self, BufRead, Write};

use super::{Failure, Session};
use crate::check::Tongue;
use crate::gate::{Choice, Decision};
use crate::report::{Options, text};
use crate::text::foreign::shown;

const HELP: &str = "a [why]  accept: the text is to be mended
d why    dismiss: the text may stay as it is
u        undo: take the last decision back, or the one on this finding
s        skip to the next finding that is not decided
n, p     the next, the previous finding
q        quit; what was decided is kept";

const CHINESE_HELP: &str = "a [说明]  接受：这处要改
d 理由    驳回：原样保留
u         撤销：撤回上一个决定，或对这一处的决定
s         跳到下一处未决的
n, p      下一处、上一处
q         退出；已作的决定都已保存";

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
        return writeln!(out, "{}", options.tongue.pick("there is nothing to decide", "没有需要决定的结果"));
    }
    let prompt = options.tongue.pick(
        "[a]ccept [d]ismiss [u]ndo [s]kip [n]ext [p]revious [q]uit, ? for help> ",
        "[a]接受 [d]驳回 [u]撤销 [s]跳过 [n]下一处 [p]上一处 [q]退出，? 帮助> ",
    );
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
        writeln!(out, "{}: {}", tongue.pick("error", "错误"), shown(&failure.to_string()))
            .map(|()| Step::Stay)
    };
    let say = |en, zh, out: &mut dyn Write| writeln!(out, "{}", tongue.pick(en, zh)).map(|()| Step::Stay);
    match command {
        "a" => match session.decide(at, Some(Decision::new(Choice::Accept, words))) {
            Ok(()) => after(session, at, tongue, out),
            Err(failure) => told(failure, out),
        },
        "d" => {
            let mut decision = Decision::new(Choice::Dismiss, words);
            if decision.reason.is_empty() {
                write!(out, "{}", tongue.pick("reason: ", "理由："))?;
                out.flush()?;
                let reason = self::line(input)?.unwrap_or_default();
                decision = Decision::new(Choice::Dismiss, &reason);
            }
            if decision.reason.is_empty() {
                return say("not dismissed: say why", "未驳回：请说明理由", out);
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
            Ok(None) => say("there is nothing to take back", "没有可撤回的决定", out),
            Err(failure) => told(failure, out),
        },
        "s" => after(session, at, tongue, out),
        "n" if at + 1 < session.len() => Ok(Step::To(at + 1)),
        "n" => say("this is the last finding", "已是最后一处", out),
        "p" if at > 0 => Ok(Step::To(at - 1)),
        "p" => say("this is the first finding", "已是第一处", out),
        "q" => Ok(Step::Leave),
        _ => say(HELP, CHINESE_HELP, out),
    }
}

/// Goes to the next finding that is not decided: behind this one, or else from the start.
fn after(session: &Session, at: usize, tongue: Tongue, out: &mut dyn Write) -> io::Result<Step> {
    let say = |en, zh, out: &mut dyn Write| writeln!(out, "{}", tongue.pick(en, zh)).map(|()| Step::Stay);
    match undecided(session, at + 1).or_else(|| undecided(session, 0)) {
        Some(next) if next != at => Ok(Step::To(next)),
        Some(_) => say("no other finding is undecided", "其余各处均已决定", out),
        None => say("all are decided", "全部已决定", out),
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
                Choice::Accept => options.tongue.pick("accepted", "待改"),
                Choice::Dismiss => options.tongue.pick("dismissed", "保留"),
            };
            let comma = options.tongue.pick(", ", "，");
            let colon = if reason.is_empty() { "" } else { options.tongue.pick(": ", "：") };
            format!("{comma}{choice}{colon}{}", shown(&reason))
        }
    };
    let (number, all) = (at + 1, session.len());
    match options.tongue {
        Tongue::English => writeln!(out, "\nfinding {number} of {all}{decided}")?,
        Tongue::Chinese => writeln!(out, "\n第 {number} 处，共 {all} 处{decided}")?,
    }
    text::finding(pair, finding, options, out)
}

/// The next line, without its end and the space around; `None` when there are no more.
fn line(input: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let read = input.read_until(b'\n', &mut bytes)?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&bytes).trim().to_owned()))
}
