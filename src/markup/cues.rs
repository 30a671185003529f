//! Cues of subtitles with the times at which they are shown.

use crate::text::{Document, Span};

/// A cue: when it is shown, in thousandths of a second, and where its words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cue {
    pub(crate) start: u64,
    pub(crate) end: u64,
    /// Its blocks: what each speaker says.
    pub(crate) blocks: std::ops::Range<usize>,
    /// Where its words stand.
    pub(crate) span: Span,
}

/// The cues of subtitles that say something, in the order of the text.
pub(crate) fn cues(document: &Document) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    let mut block = 0;
    let mut at = 0;
    let mut open: Option<(u64, u64)> = None;
    for line in document.text.split_inclusive('\n') {
        let times = times(line);
        if times.is_some() {
            close(document, open.take(), at, &mut block, &mut cues);
            open = times;
        }
        at += line.len();
    }
    close(document, open, at, &mut block, &mut cues);
    cues
}

/// The most cues that a sentence runs over: what has no stop for longer is not punctuated.
const LONGEST: usize = 4;

/// The sentences that run over several cues, each as these: all but the last of them end without a stop.
pub(crate) fn sentences(document: &Document, cues: &[Cue]) -> Vec<std::ops::Range<usize>> {
    let goes_on = |cue: &Cue| {
        let words = document.slice(cue.span).trim_end_matches(['"', '\'', '”', '’', '」', '』', ')', '）']);
        !words.ends_with(['.', '!', '?', '…', '。', '！', '？', ';', '；', '♪'])
    };
    let mut found = Vec::new();
    let mut first = 0;
    for (at, cue) in cues.iter().enumerate() {
        if !goes_on(cue) {
            if (2..=LONGEST).contains(&(at + 1 - first)) {
                found.push(first..at + 1);
            }
            first = at + 1;
        }
    }
    found
}

/// Ends the cue whose blocks stand before `end`.
fn close(document: &Document, times: Option<(u64, u64)>, end: usize, block: &mut usize, cues: &mut Vec<Cue>) {
    let first = *block;
    *block = document.blocks.partition_point(|block| block.span.start < end).max(first);
    let span = document.blocks[first..*block].iter().map(|block| block.span).reduce(Span::join);
    if let (Some((start, end)), Some(span)) = (times, span) {
        cues.push(Cue { start, end: end.max(start), blocks: first..*block, span });
    }
}

/// The times of a line such as `00:01:02,500 --> 00:01:04,000`.
fn times(line: &str) -> Option<(u64, u64)> {
    let (from, to) = line.split_once("-->")?;
    Some((time(from)?, time(to.split_whitespace().next()?)?))
}

/// A time with hours or without: `01:02:03,500`, `02:03.500`.
fn time(written: &str) -> Option<u64> {
    let (whole, fraction) = written.trim().split_once([',', '.']).unwrap_or((written.trim(), "0"));
    let mut seconds = 0u64;
    for part in whole.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(part.parse().ok()?)?;
    }
    let thousandths: u64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    seconds.checked_mul(1000)?.checked_add(thousandths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_written() {
        for (line, want) in [
            ("00:01:02,500 --> 00:01:04,000", Some((62_500, 64_000))),
            ("01:02.5 --> 01:04.000 align:start", Some((62_500, 64_000))),
            ("1:00:00,000 --> 1:00:01,000", Some((3_600_000, 3_601_000))),
            ("a --> b", None),
            ("99999999999999999999:00 --> 1:00", None),
        ] {
            assert_eq!(times(line), want, "{line}");
        }
    }
}
