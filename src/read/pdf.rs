//! PDF to blocks: what `pdftotext` of Poppler makes of it, in the order in which it is read, page by page.

mod running;

use std::io::{self, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::{Limits, Unpacked, plain};
use crate::error::ErrorKind;
use crate::message::{Message, message};
use crate::text::script::width;

/// What `pdftotext` is told: to be quiet, to write UTF-8, to read the file from its input, and to write to its output.
/// Nothing of it comes from a user or a file, so no name can be taken for an option.
const ARGUMENTS: [&str; 5] = ["-q", "-enc", "UTF-8", "-", "-"];

/// How long it is waited for: a thousand pages take seconds, and a file may be made so that it never ends.
const LONGEST: Duration = Duration::from_secs(60);

/// The pages of a PDF as a text.
///
/// # Errors
/// When nobody has agreed to run a program, it is not installed, it fails, takes too long or writes too much, or there is
/// no text on the pages.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Unpacked, ErrorKind> {
    if !limits.programs {
        return Err(ErrorKind::NotAgreed);
    }
    if !bytes.windows(5).take(HEAD).any(|start| start == b"%PDF-") {
        return Err(fail(message!("read-no-pdf")));
    }
    let written = output(Command::new("pdftotext").args(ARGUMENTS), bytes.to_vec(), limits.file, LONGEST)?;
    let written = String::from_utf8(written).map_err(|_| fail(message!("read-pdf-no-utf-8")))?;
    let unpacked = pages(&written);
    match unpacked.blocks.is_empty() && !written.trim().is_empty() || unpacked.text.trim().is_empty() {
        true => Err(fail(message!("read-pdf-pictures"))),
        false => Ok(unpacked),
    }
}

/// How far into a file its mark may stand (ISO 32000, its notes on implementation).
const HEAD: usize = 1024;

fn fail(what: Message) -> ErrorKind {
    ErrorKind::Format { what }
}

/// The text of all pages, which end with form feeds: every paragraph a line, with a blank line behind it. Heads, feet and
/// numbers of pages are no part of it, and a paragraph may go on behind them.
pub(super) fn pages(written: &str) -> Unpacked {
    let cleaned: String =
        written.chars().map(|c| if c.is_control() && !"\n\u{c}".contains(c) { ' ' } else { c }).collect();
    let pages: Vec<&str> = cleaned.split('\u{c}').collect();
    let (mut body, mut starts) = (String::new(), Vec::new());
    for (number, lines) in running::taken_out(&pages).into_iter().enumerate() {
        if pages[number].trim().is_empty() {
            continue;
        }
        starts.push((body.len(), number));
        let mut goes_on = true;
        for line in lines.into_iter().map(|line| line.map(str::trim_end)) {
            match line {
                None => goes_on = true,
                Some("") if goes_on => {}
                Some(line) => {
                    if std::mem::take(&mut goes_on) && !plain::is_open(body.trim_end()) {
                        body.push('\n');
                    }
                    body.push_str(line);
                    body.push('\n');
                }
            }
        }
    }
    let (mut text, mut parts) = (String::new(), Vec::new());
    let mut begun = starts.iter().peekable();
    for paragraph in plain::printed(&body, starts.iter().map(|(start, _)| *start)) {
        while let Some((_, number)) = begun.next_if(|(start, _)| *start <= paragraph.start) {
            parts.push((text.len(), format!("page {}", number + 1)));
        }
        join(&body[paragraph.range()], &cleaned, &mut text);
        text.push_str("\n\n");
    }
    let blocks = plain::blocks(&text);
    Unpacked { text, blocks, parts, ..Unpacked::default() }
}

/// Writes the lines of a paragraph as one: Chinese, Japanese and full-width marks go on without a space, and a word that
/// was divided at the end of a line is whole again. Whether its hyphen is its own is known from where else it stands.
fn join(paragraph: &str, everywhere: &str, text: &mut String) {
    let start = text.len();
    for line in paragraph.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (before, after) = (text[start..].chars().next_back(), line.chars().next());
        let (Some(before), Some(after)) = (before, after) else {
            text.push_str(line);
            continue;
        };
        let stem = text[start..].trim_end_matches(['-', '\u{2010}']);
        let divided = before == '\u{ad}' || start + stem.len() < text.len() && after.is_lowercase();
        if divided && stem.ends_with(char::is_alphabetic) || before == '\u{ad}' {
            let head = stem.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            let tail = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            // the second hyphen of `state-to-state` says what the first is
            let compound = line[tail.len()..].starts_with('-');
            if before == '\u{ad}' || !compound && !everywhere.contains(&format!("{head}-{tail}")) {
                text.pop();
            }
        } else if !(width(before) == 2 || width(after) == 2) {
            text.push(' ');
        }
        text.push_str(line);
    }
}

/// What a program writes when it is given these bytes: at most `most` bytes, within `longest`.
///
/// # Errors
/// When it cannot be started, fails, writes more, or has not ended by then; it is ended in that case.
fn output(command: &mut Command, bytes: Vec<u8>, most: u64, longest: Duration) -> Result<Vec<u8>, ErrorKind> {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = piped.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => fail(message!("read-pdf-not-installed")),
        _ => fail(message!("read-pdf-not-started", error = error.to_string())),
    })?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    // it may end before it has read all, which its exit code tells
    std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(&bytes)));
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        let mut written = Vec::new();
        let read = stdout.map(|stdout| stdout.take(most.saturating_add(1)).read_to_end(&mut written));
        // nobody waits for it any more if the time was over
        let _ = sender.send(read.transpose().map(|_| written));
    });
    let answer = answer(&receiver, &mut child, longest);
    let too_much = matches!(&answer, Ok(Ok(written)) if written.len() as u64 > most);
    if too_much || answer.is_err() {
        // an error says that it has ended by itself just now
        let _ = child.kill();
        let _ = child.wait();
    }
    let failed = |error: io::Error| fail(message!("read-pdf-failed", error = error.to_string()));
    let written = match answer {
        Ok(written) => written,
        Err(Silence::Working) => {
            return Err(fail(message!("read-pdf-too-slow", seconds = longest.as_secs().to_string())));
        }
        Err(Silence::Held) => return Err(fail(message!("read-pdf-held"))),
    };
    if too_much {
        return Err(fail(message!("read-pdf-too-large", most = most.to_string())));
    }
    let ended = child.wait().map_err(failed)?;
    match written {
        Ok(written) if ended.success() => Ok(written),
        Err(error) => Err(failed(error)),
        // its manual: 1 for a file that cannot be opened, 3 for one whose permissions forbid it
        Ok(_) if ended.code() == Some(3) => Err(fail(message!("read-pdf-forbidden"))),
        Ok(_) => Err(fail(message!("read-pdf-damaged", ended = ended.to_string()))),
    }
}

/// Why nothing more comes of a program.
enum Silence {
    /// It has not ended in time.
    Working,
    /// It has ended, and its output is still open.
    Held,
}

/// How often it is looked whether a program has ended.
const LOOK: Duration = Duration::from_millis(100);
/// How long what a program wrote may take to come once it has ended: a pipe holds 64 KiB on Linux.
const GRACE: Duration = Duration::from_secs(1);

/// What comes of the output of a program, within `longest`, and soon once the program has ended.
fn answer<T>(receiver: &Receiver<T>, child: &mut Child, longest: Duration) -> Result<T, Silence> {
    let (begun, mut ended) = (Instant::now(), None::<Instant>);
    loop {
        match receiver.recv_timeout(LOOK) {
            Ok(answer) => return Ok(answer),
            _ if ended.is_some_and(|ended| ended.elapsed() > GRACE) => return Err(Silence::Held),
            _ if begun.elapsed() > longest => return Err(Silence::Working),
            Err(RecvTimeoutError::Disconnected) => return Err(Silence::Held),
            Err(RecvTimeoutError::Timeout) => {
                let has_ended = ended.is_none() && child.try_wait().is_ok_and(|status| status.is_some());
                ended = ended.or_else(|| has_ended.then(Instant::now));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_named() {
        let unpacked = pages("One.\n\nTwo.\n\u{c}\u{c}Three.\n\u{c}");
        let parts: Vec<(&str, &str)> =
            unpacked.parts.iter().map(|(at, name)| (name.as_str(), &unpacked.text[*at..][..3])).collect();
        assert_eq!(parts, [("page 1", "One"), ("page 3", "Thr")]);
        assert_eq!(unpacked.blocks.len(), 3);
    }

    #[test]
    fn lines_become_paragraphs() {
        let cases = [
            (
                "The gauge was read twice a day, and the readings were entered into the book of the inter-\n\
                 national station, which had been kept without interruption since the flood, when the well-\n\
                 known bridge was carried away.\nEverybody knew the well-known bridge.",
                "The gauge was read twice a day, and the readings were entered into the book of the international \
                 station, which had been kept without interruption since the flood, when the well-known bridge was \
                 carried away.\n\nEverybody knew the well-known bridge.\n\n",
            ),
            (
                "春天的河流\n水位每天读两次，分别在六点和十八点，读数记入测站的簿册；自 1931 年那场冲走了著名大桥的大洪水\n\
                 以来，这本簿册从未中断。\n1. 清理闸门。\n2. 给铰链上油。",
                "春天的河流\n\n水位每天读两次，分别在六点和十八点，读数记入测站的簿册；自 1931 年那场冲走了著名大桥的大洪水\
                 以来，这本簿册从未中断。\n\n1. 清理闸门。\n\n2. 给铰链上油。\n\n",
            ),
            (
                "A state-\nto-state treaty of great age was kept.",
                "A state-to-state treaty of great age was kept.\n\n",
            ),
            (
                "基于主权原则在网络空间多元的适用场景和领域国际社会\n“信息主权”“技术主权”“数据主权”“数字主权”等\n概念有广义与狭义之分。",
                "基于主权原则在网络空间多元的适用场景和领域国际社会“信息主权”“技术主权”“数据主权”“数字主权”等\
                 概念有广义与狭义之分。\n\n",
            ),
            (
                "The Yel\u{ad}\nlow River rises in spring and\nfalls in the autumn.",
                "The Yellow River rises in spring and falls in the autumn.\n\n",
            ),
        ];
        for (written, text) in cases {
            assert_eq!(pages(written).text, text);
        }
    }

    #[test]
    fn nothing_runs_unless_somebody_agreed() {
        let error = read(b"%PDF-1.7\n", &Limits::default()).err().map(|error| error.to_string());
        assert!(error.is_some_and(|error| error.contains("--allow-programs")));
    }

    #[cfg(unix)]
    #[test]
    fn a_program_has_its_limits() {
        let shell = |script: &str, most: u64| {
            let mut command = Command::new("sh");
            let written =
                output(command.args(["-c", script]), vec![b'a'; 1 << 20], most, Duration::from_secs(2));
            written.map(|written| written.len()).map_err(|error| error.to_string())
        };
        let told = |script: &str, most: u64| shell(script, most).err().unwrap_or_default();
        assert_eq!(shell("cat", 1 << 20), Ok(1 << 20));
        assert_eq!(shell("echo a", 2), Ok(2));
        assert!(told("cat", 1 << 10).contains("more than 1024 bytes"));
        assert!(told("yes", 1 << 10).contains("more than 1024 bytes"));
        assert!(told("exec sleep 60", 9).contains("within 2 seconds"));
        let begun = Instant::now();
        assert!(told("sleep 9 & echo a", 9).contains("keeps its output open"));
        assert!(begun.elapsed() < Duration::from_secs(2));
        assert!(told("echo a; exit 1", 9).contains("damaged"));
        assert!(told("exit 3", 9).contains("permissions"));
    }
}
