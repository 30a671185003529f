//! What comes to the server of the local pages: who may ask what.
#![no_main]

use std::io::Read;

use duizhao::loopback;
use libfuzzer_sys::fuzz_target;

const HOST: &str = "127.0.0.1:8000";
const TOKEN: &str = "0123456789abcdef";

/// Bytes that come one by one.
struct Dripping<'b>(&'b [u8]);

impl Read for Dripping<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let len = buffer.len().min(1);
        self.0.read(&mut buffer[..len])
    }
}

fuzz_target!(|bytes: &[u8]| {
    let asked = loopback::asked(bytes, HOST, TOKEN).expect("memory");
    let sent = String::from_utf8_lossy(bytes);
    if let Ok(asked) = &asked {
        assert!(sent.contains(HOST) && sent.contains(&format!("/{TOKEN}/")), "let in: {asked}");
        assert!(asked.starts_with("GET ") || sent.contains(&format!("http://{HOST}")), "no page: {asked}");
    }
    // a head of this length is read byte by byte in no time
    if bytes.len() <= 1024 {
        assert_eq!(loopback::asked(Dripping(bytes), HOST, TOKEN).expect("memory"), asked);
    }
});
