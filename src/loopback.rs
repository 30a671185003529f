//! A server for the browser of one person: on the loopback interface, at a port and under a token that are made anew
//! each time.
//!
//! Whoever asks must know the token in the address. `Host` must be the address itself, so that no name that somebody
//! points at this machine will do; `Origin` must be it, too, so that no other page can change anything. All that is
//! looked at before a body is read. Every connection carries one request.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The most bytes of a head, and of a body that is no file.
pub const SMALL: usize = 16 * 1024;
/// The most header fields.
const FIELDS: usize = 64;
/// The most connections at once. When one more comes, the oldest must go, so that whoever holds them open without
/// asking anything keeps nobody out.
const AT_ONCE: usize = 32;
/// How long a request may take to arrive, whole, and an answer to leave; with files, longer, as [`PACE`] says.
const PATIENCE: Duration = Duration::from_secs(10);
/// How many bytes of a body come in a second at the least: a slow disk reads ten times as many.
const PACE: u64 = 1 << 20;
/// How much is read and thrown away of a body that nobody wants, so that the answer to it arrives.
const UNWANTED: u64 = 1 << 28;

/// What waits for a browser.
#[derive(Debug)]
pub struct Listener {
    listener: TcpListener,
    door: Arc<Door>,
}

#[derive(Debug)]
struct Door {
    /// `127.0.0.1:PORT`, as `Host` must say it.
    host: String,
    token: String,
    /// The connections that are open, by the order in which they came.
    open: Mutex<BTreeMap<u64, TcpStream>>,
    /// When somebody who knows the token asked last.
    asked: Mutex<Instant>,
}

impl Listener {
    /// Takes a free port of the loopback interface and makes a token.
    ///
    /// # Errors
    /// When there is no port, or the system has no random bytes.
    pub fn bind() -> io::Result<Listener> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let host = listener.local_addr()?.to_string();
        let asked = Mutex::new(Instant::now());
        let door = Door { host, token: random()?, open: Mutex::default(), asked };
        Ok(Listener { listener, door: Arc::new(door) })
    }

    /// Where the page is.
    pub fn url(&self) -> String {
        format!("http://{}/{}/", self.door.host, self.door.token)
    }

    /// Answers until the process ends, or until nobody who may has asked anything for as long as `idle` says.
    ///
    /// # Errors
    /// When no more connections can be taken.
    pub fn run(
        self,
        idle: Option<Duration>,
        answer: impl Fn(&mut Request) -> Response + Send + Sync + 'static,
    ) -> io::Result<()> {
        let Listener { listener, door } = self;
        let (send, ended) = channel();
        let shared = Arc::clone(&door);
        std::thread::spawn(move || {
            // who waited for it has left with the process
            let _ = send.send(accept(&listener, &shared, Arc::new(answer)));
        });
        let Some(idle) = idle else { return ended.recv().unwrap_or(Ok(())) };
        loop {
            let quiet = locked(&door.asked).elapsed();
            if quiet >= idle {
                return Ok(());
            }
            match ended.recv_timeout(idle - quiet) {
                Err(RecvTimeoutError::Timeout) => {}
                Ok(ended) => return ended,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    }
}

/// Takes one connection after the other and has each answered by a thread of its own.
fn accept(
    listener: &TcpListener,
    door: &Arc<Door>,
    answer: Arc<impl Fn(&mut Request) -> Response + Send + Sync + 'static>,
) -> io::Result<()> {
    for number in 0.. {
        let stream = match listener.accept() {
            Ok((stream, _)) => stream,
            // the one who asked has left
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => continue,
            Err(error) => return Err(error),
        };
        let Ok(own) = stream.try_clone() else { continue };
        {
            let mut open = locked(&door.open);
            if open.len() >= AT_ONCE
                && let Some((_, oldest)) = open.pop_first()
            {
                // it may be gone already
                let _ = oldest.shutdown(Shutdown::Both);
            }
            open.insert(number, own);
        }
        let (door, answer) = (Arc::clone(door), Arc::clone(&answer));
        std::thread::spawn(move || {
            // a browser that left is no concern of the others
            let _ = serve(stream, &door, &*answer);
            locked(&door.open).remove(&number);
        });
    }
    Ok(())
}

/// What a thread that panicked left is whole: nothing is changed in steps.
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A connection on which all that is read or written until a moment must be over by then, however often a byte comes.
struct Timed {
    stream: TcpStream,
    end: Instant,
}

impl Timed {
    fn new(stream: TcpStream) -> Timed {
        Timed { stream, end: Instant::now() + PATIENCE }
    }

    /// Begins the time anew, for so many bytes.
    fn again(&mut self, bytes: u64) {
        self.end = Instant::now() + PATIENCE + Duration::from_secs(bytes / PACE);
    }

    fn left(&self) -> io::Result<Option<Duration>> {
        match self.end.saturating_duration_since(Instant::now()) {
            Duration::ZERO => Err(io::ErrorKind::TimedOut.into()),
            left => Ok(Some(left)),
        }
    }
}

impl Read for Timed {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(self.left()?)?;
        self.stream.read(bytes)
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(self.left()?)?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// 128 random bits in hexadecimal digits.
fn random() -> io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What somebody asks for who may.
pub struct Request<'s> {
    /// `GET`, or `POST` by the page itself.
    pub method: String,
    /// The path behind the token.
    pub path: String,
    /// What the body is, as its sender says.
    pub kind: String,
    /// How many bytes the body has.
    pub length: u64,
    /// Those that came with the head.
    early: Vec<u8>,
    stream: &'s mut Timed,
}

impl Request<'_> {
    /// Reads the body.
    ///
    /// # Errors
    /// With what to answer: when it is longer than `most`, or does not come whole and in time.
    pub fn body(&mut self, most: u64) -> Result<Vec<u8>, Response> {
        let refused = |status| Response::text(status, status);
        if self.length > most {
            return Err(refused("413 Content Too Large"));
        }
        self.stream.again(self.length);
        let mut bytes = std::mem::take(&mut self.early);
        let missing = self.length.saturating_sub(bytes.len() as u64);
        match self.stream.take(missing).read_to_end(&mut bytes) {
            Ok(read) if read as u64 == missing => Ok(bytes),
            Ok(_) => Err(refused("400 Bad Request")),
            Err(_) => Err(refused("408 Request Timeout")),
        }
    }
}

/// What is answered.
#[derive(Debug)]
pub struct Response {
    /// The number and the words for it.
    pub status: &'static str,
    /// What the body is.
    pub kind: &'static str,
    /// What the page may use, if this is one.
    pub policy: String,
    /// By which name it is saved, if it is not to be shown.
    pub name: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// A line of text.
    pub fn text(status: &'static str, body: impl Into<String>) -> Response {
        let policy = "default-src 'none'; frame-ancestors 'none'".to_owned();
        Response {
            status,
            kind: "text/plain; charset=utf-8",
            policy,
            name: None,
            body: body.into().into_bytes(),
        }
    }

    /// A value as JSON.
    pub fn json(value: &impl serde::Serialize) -> Response {
        match serde_json::to_vec(value) {
            Ok(body) => Response { kind: "application/json", body, ..Response::text("200 OK", "") },
            Err(error) => Response::text("500 Internal Server Error", error.to_string()),
        }
    }

    /// A page made of a template, in which each `{{name}}` stands for a value. Only the elements that bear its
    /// `{{nonce}}` run or dress it, and it may ask this server alone; `more` says what it may besides.
    pub fn page(template: &str, values: &[(&str, &str)], more: &str) -> Response {
        let nonce = match random() {
            Ok(nonce) => nonce,
            Err(error) => return Response::text("500 Internal Server Error", error.to_string()),
        };
        let own = [("nonce", &*nonce)];
        let mut body = String::new();
        for part in template.split("{{") {
            let (name, rest) = part.split_once("}}").unwrap_or(("", part));
            let known = values.iter().chain(&own).find(|(known, _)| *known == name);
            body.push_str(known.map_or("", |(_, value)| value));
            body.push_str(rest);
        }
        let policy = format!(
            "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; connect-src 'self'; \
             base-uri 'none'; form-action 'none'; {more}"
        );
        let kind = "text/html; charset=utf-8";
        Response { status: "200 OK", kind, policy, name: None, body: body.into_bytes() }
    }

    /// That there is nothing at this path.
    pub fn nothing() -> Response {
        Response::text("404 Not Found", "there is nothing here")
    }

    /// That something is there, and this cannot be done with it.
    pub fn not_so() -> Response {
        Response::text("405 Method Not Allowed", "that cannot be done here")
    }
}

/// JSON that can stand in an element of a page: nothing in it can end that.
pub fn inert(json: &str) -> String {
    json.replace('<', "\\u003c")
}

fn serve(stream: TcpStream, door: &Door, answer: &dyn Fn(&mut Request) -> Response) -> io::Result<()> {
    let mut stream = Timed::new(stream);
    let Response { status, kind, policy, name, body } = match head(&mut stream)? {
        Ok(head) => match admitted(&head, &door.host, &door.token) {
            Ok(path) => {
                *locked(&door.asked) = Instant::now();
                let (path, kind) = (path.to_owned(), head.kind.join(", "));
                let Head { method, length, early, .. } = head;
                answer(&mut Request { method, path, kind, length, early, stream: &mut stream })
            }
            Err(refused) => refused,
        },
        Err(refused) => refused,
    };
    stream.again(body.len() as u64);
    let named = name.map_or_else(String::new, |name| {
        let name = percent_encoding::utf8_percent_encode(&name, percent_encoding::NON_ALPHANUMERIC);
        format!("Content-Disposition: attachment; filename*=UTF-8''{name}\r\n")
    });
    write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nContent-Security-Policy: {policy}\r\n{named}\
         Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\
         Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n\
         Connection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)?;
    stream.flush()?;
    // closing while something is unread would reset the connection before the answer is there
    stream.stream.shutdown(Shutdown::Write)?;
    io::copy(&mut stream.take(UNWANTED), &mut io::sink()).map(|_| ())
}

/// What stands before the body of a request.
struct Head {
    method: String,
    path: String,
    /// The values of `Host`, `Origin` and `Content-Type`, each all that were sent.
    host: Vec<String>,
    origin: Vec<String>,
    kind: Vec<String>,
    length: u64,
    /// What came of the body already.
    early: Vec<u8>,
}

/// Reads the head of a request, or says why it is none.
fn head(stream: &mut impl Read) -> io::Result<Result<Head, Response>> {
    let refuse = |status| Ok(Err(Response::text(status, status)));
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = stream.read(&mut buffer)?;
        if read == 0 {
            return refuse("400 Bad Request");
        }
        bytes.extend_from_slice(&buffer[..read]);
        let mut fields = [httparse::EMPTY_HEADER; FIELDS];
        let mut head = httparse::Request::new(&mut fields);
        match head.parse(&bytes) {
            Ok(httparse::Status::Complete(start)) if start <= SMALL => {
                let all = |name: &str| {
                    let own = head.headers.iter().filter(|field| field.name.eq_ignore_ascii_case(name));
                    own.map(|field| String::from_utf8_lossy(field.value).into_owned()).collect::<Vec<_>>()
                };
                if !all("transfer-encoding").is_empty() {
                    return refuse("501 Not Implemented");
                }
                let length = match &all("content-length")[..] {
                    [] => 0,
                    [one] if one.bytes().all(|byte| byte.is_ascii_digit()) => match one.parse() {
                        Ok(length) => length,
                        Err(_) => return refuse("400 Bad Request"),
                    },
                    _ => return refuse("400 Bad Request"),
                };
                let mut early = bytes[start..].to_vec();
                early.truncate(usize::try_from(length).unwrap_or(usize::MAX));
                return Ok(Ok(Head {
                    method: head.method.unwrap_or_default().to_owned(),
                    path: head.path.unwrap_or_default().to_owned(),
                    host: all("host"),
                    origin: all("origin"),
                    kind: all("content-type"),
                    length,
                    early,
                }));
            }
            Ok(_) if bytes.len() > SMALL => return refuse("431 Request Header Fields Too Large"),
            Ok(_) => {}
            Err(httparse::Error::TooManyHeaders) => return refuse("431 Request Header Fields Too Large"),
            Err(_) => return refuse("400 Bad Request"),
        }
    }
}

/// The path behind the token, for somebody who may ask for it; else what to say to somebody who may not.
fn admitted<'h>(head: &'h Head, host: &str, token: &str) -> Result<&'h str, Response> {
    if head.host != [host] {
        return Err(Response::text("403 Forbidden", "this is not the host that was asked for"));
    }
    let own = format!("http://{host}");
    let mut path = head.path.strip_prefix('/').unwrap_or_default().splitn(2, '/');
    let (said, rest) = (path.next().unwrap_or_default(), path.next());
    let Some(rest) = rest.filter(|_| same(said, token)) else { return Err(Response::nothing()) };
    if head.origin.iter().any(|origin| *origin != own) {
        return Err(Response::text("403 Forbidden", "another page asked"));
    }
    match head.method.as_str() {
        "GET" => Ok(rest),
        "POST" if head.origin.len() == 1 => Ok(rest),
        "POST" => Err(Response::text("403 Forbidden", "no page asked")),
        _ => Err(Response::not_so()),
    }
}

/// What these bytes ask of a server at `host` under `token`, as `METHOD path`, where they may ask it; else the status of
/// the answer.
///
/// # Errors
/// When they cannot be read.
pub fn asked(mut bytes: impl Read, host: &str, token: &str) -> io::Result<Result<String, &'static str>> {
    let head = match head(&mut bytes)? {
        Ok(head) => head,
        Err(refused) => return Ok(Err(refused.status)),
    };
    let path = admitted(&head, host, token);
    Ok(path.map(|path| format!("{} {path}", head.method)).map_err(|refused| refused.status))
}

/// Compares in a time that does not tell where the difference is.
fn same(one: &str, other: &str) -> bool {
    let different = one.bytes().zip(other.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && different == 0
}
