//! Messages off the wire, with no more room for one than what has come of it.

use std::io::{self, BufRead, Read};

use lsp_server::Message;

/// The longest message that is read, in bytes: a document of the most that is read of a file (64 MiB), every
/// character of which is escaped.
const LONGEST: u64 = 128 << 20;
/// The longest line of a head.
const LINE: u64 = 4096;
/// How many characters are told of what is no message.
const TOLD: usize = 100;

/// The next message; `None` at the end. What is no message is an error of the kind `InvalidData`, and has been read
/// over.
///
/// # Errors
/// When what comes is no message, or is longer than any may be; after that nothing can be read.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Message>> {
    let Some(length) = length(input)? else { return Ok(None) };
    if length > LONGEST {
        let what = format!("a message of {length} bytes; {LONGEST} are the most that is read");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, what));
    }
    let mut body = Vec::new();
    if (input.by_ref().take(length).read_to_end(&mut body)? as u64) < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    serde_json::from_slice(&body).map(Some).map_err(|error| {
        let begin: String = String::from_utf8_lossy(&body).chars().take(TOLD).collect();
        invalid(format!("{error}: {begin}"))
    })
}

fn invalid(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// Reads a head: how long the message behind it is; `None` at the end.
fn length(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.len() as u64 == LINE {
            let what = format!("a head with a line longer than {LINE} bytes");
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, what));
        }
        let line = String::from_utf8_lossy(&line);
        let Some(field) = line.strip_suffix("\r\n") else {
            return Err(invalid(format!("a head with the line {line:?}")));
        };
        if field.is_empty() {
            return length.map(Some).ok_or_else(|| invalid("a head without Content-Length".to_owned()));
        }
        let (name, value) =
            field.split_once(": ").ok_or_else(|| invalid(format!("a head with the line {line:?}")))?;
        if name.eq_ignore_ascii_case("Content-Length") {
            length = Some(value.parse().map_err(|_| invalid(format!("Content-Length: {value:?}")))?);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_from_what_is_none() {
        let exit = "{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}";
        let sound = format!("Content-Type: x\r\ncontent-length: {}\r\n\r\n{exit}", exit.len());
        assert!(matches!(read(&mut sound.as_bytes()), Ok(Some(Message::Notification(_)))));
        assert!(matches!(read(&mut &b""[..]), Ok(None)));
        for (sent, kind, said) in [
            ("Content-Length: 100000000000\r\n\r\n{", io::ErrorKind::FileTooLarge, "100000000000 bytes"),
            (&"x".repeat(10_000), io::ErrorKind::FileTooLarge, "longer than 4096"),
            ("Content-Length: 100\r\n\r\n{", io::ErrorKind::UnexpectedEof, "end of file"),
            ("Content-Length: -1\r\n\r\n", io::ErrorKind::InvalidData, "Content-Length: \"-1\""),
            ("X: y\r\n\r\n", io::ErrorKind::InvalidData, "without Content-Length"),
            ("hello\n", io::ErrorKind::InvalidData, "hello"),
            ("Content-Length: 2\r\n\r\n{}", io::ErrorKind::InvalidData, ""),
        ] {
            let error = read(&mut sent.as_bytes()).expect_err(sent);
            assert_eq!(error.kind(), kind, "{sent}");
            assert!(error.to_string().contains(said), "{error}");
        }
    }
}
