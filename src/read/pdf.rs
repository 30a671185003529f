//! PDF to blocks: what `pdftotext` of Poppler makes of it, in the order in which it is read, page by page.

use std::io::{self, Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use super::{Limits, Unpacked, plain};
use crate::error::ErrorKind;
use crate::message::{Message, message};

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
        return Err(fail(message!("read-pdf-not-asked")));
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

/// The text of all pages, which end with form feeds, with a blank line between them.
fn pages(written: &str) -> Unpacked {
    let (mut text, mut parts) = (String::new(), Vec::new());
    for (number, page) in written.split('\u{c}').enumerate() {
        let page = page.trim_end();
        if !page.is_empty() {
            parts.push((text.len(), format!("page {}", number + 1)));
            text.extend(page.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }));
            text.push_str("\n\n");
        }
    }
    let blocks = plain::blocks(&text);
    Unpacked { text, blocks, parts, ..Unpacked::default() }
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
    let answer = receiver.recv_timeout(longest);
    let too_much = matches!(&answer, Ok(Ok(written)) if written.len() as u64 > most);
    if too_much || answer.is_err() {
        // an error says that it has ended by itself just now
        let _ = child.kill();
        let _ = child.wait();
    }
    let failed = |error: io::Error| fail(message!("read-pdf-failed", error = error.to_string()));
    let Ok(written) = answer else {
        return Err(fail(message!("read-pdf-too-slow", seconds = longest.as_secs().to_string())));
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
        assert!(told("echo a; exit 1", 9).contains("damaged"));
        assert!(told("exit 3", 9).contains("permissions"));
    }
}
