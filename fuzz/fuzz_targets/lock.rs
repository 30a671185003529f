//! Locks, on any text: what is read and written again reads as the same.
#![no_main]

use std::path::Path;

use duizhao::gate::Lock;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let path = Path::new("fuzz");
    // what is no lock is refused
    let Ok(lock) = Lock::read(path, text) else { return };
    let mut written = Vec::new();
    lock.write(&mut written).expect("memory");
    let written = String::from_utf8(written).expect("locks are text");
    assert_eq!(Lock::read(path, &written).expect("what was written is a lock"), lock);
});
