//! Reports in JSON, read back to be reviewed: what is there can be decided on, and that is written and read again.
#![no_main]

use duizhao::gate::{Choice, Decision};
use duizhao::read::Limits;
use duizhao::review::Session;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let folder = duizhao_fuzz::folder();
    let (report, baseline) = (folder.join("report.json"), folder.join("baseline"));
    std::fs::write(&report, bytes).expect("a file");
    let _ = std::fs::remove_file(&baseline);
    // a report that says impossible things is refused
    let Ok(mut session) = Session::open(&report, &baseline, &Limits::default()) else { return };
    if session.is_empty() {
        return;
    }
    let decision = Decision::new(Choice::Dismiss, "#\tso");
    if session.decide(0, Some(decision.clone())).is_ok() {
        let again = Session::open(&report, &baseline, &Limits::default()).expect("what was written is a baseline");
        assert_eq!(again.decision(0), Some(decision));
    }
});
