//! How tests ask a server on this machine.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

/// Sends bytes as they are and gives the whole answer, which is text.
pub(crate) fn sent(host: &str, request: &str) -> String {
    String::from_utf8_lossy(&answered(host, request)).into_owned()
}

/// Sends bytes as they are and gives the whole answer.
pub(crate) fn answered(host: &str, request: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(host).expect("a connection");
    // who is refused early may not be read to the end
    let _ = stream.write_all(request.as_bytes());
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    answer
}
