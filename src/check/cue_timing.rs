//! Cues of subtitles that are shown when something else is said.

use super::{Category, Check, Context, Evidence, Fault, Findings, Severity, Side, id, message};
use crate::markup::cues::{Cue, cues};
use crate::meaning::own;
use crate::text::script::width;
use crate::text::{Document, Format, Span};

pub(super) static CHECK: Check = Check {
    name: "cue-timing",
    title: id!("cue-timing"),
    category: Category::Structure,
    severity: Severity::Major,
    summary: "a cue of subtitles is shown early or late, over another one, or too briefly to be read",
    docs: r#"
        Words that are right are wrong when somebody else is speaking. The check reads the times of linked cues, in
        SRT and VTT, and reports those that begin and end more than a second before or after their counterpart; cues
        in a row that are off in the same direction, because a line slipped into the next cue or a file was made for
        another cut, are one finding. It also reports cues of the translation that are shown over one another where
        those of the original are not, and, if the settings name a `reading-speed` under `[subtitles]`, cues with
        more columns of text a second than that (a Chinese character takes two).

        It leaves alone how a sentence is divided among cues, as long as all of its cues together are shown with
        their counterparts, and clauses that change places because of grammar.

        ```fires
        format: subtitles
        en: 1\n00:00:01,000 --> 00:00:03,500\nThe harbour freezes in January.
        en: 2\n00:00:04,000 --> 00:00:06,500\nNobody can reach the island then.
        en: 3\n00:00:07,000 --> 00:00:09,500\nTwelve families stay all winter.
        zh: 1\n00:00:04,000 --> 00:00:06,500\n港口一月封冻。
        zh: 2\n00:00:07,000 --> 00:00:09,500\n那时没有人能到岛上。
        zh: 3\n00:00:10,000 --> 00:00:12,500\n有十二户人家整个冬天都留下。
        ```

        ```fires
        format: subtitles
        en: 1\n00:00:01,000 --> 00:00:03,500\nThe harbour freezes in January.
        en: 2\n00:00:04,000 --> 00:00:06,500\nNobody can reach the island then.
        zh: 1\n00:00:01,000 --> 00:00:04,400\n港口一月封冻。
        zh: 2\n00:00:04,000 --> 00:00:06,500\n那时没有人能到岛上。
        ```

        ```passes
        format: subtitles
        en: 1\n00:00:01,000 --> 00:00:03,500\nThe harbour freezes in January,
        en: 2\n00:00:04,000 --> 00:00:06,500\nand nobody can reach the island then.
        zh: 1\n00:00:01,200 --> 00:00:03,000\n港口一月封冻，
        zh: 2\n00:00:03,300 --> 00:00:06,500\n那时没有人能到岛上。
        ```
    "#,
    run,
};

/// How much later or earlier a cue may begin and end than its counterpart, in thousandths of a second. Chosen, not
/// measured: what differs by less is how a sentence was cut, and a cue that slipped is off by its own length.
const TOLERANCE: i64 = 1000;
/// So much two cues may be shown together, in thousandths of a second: two frames and what rounding makes of them.
const TOGETHER: u64 = 100;

fn run(context: &Context, findings: &mut Findings) {
    let documents = [Side::Source, Side::Target].map(|side| context.document(side));
    if documents.iter().any(|document| document.format != Format::Subtitles) {
        return;
    }
    let sides = documents.map(cues);
    shifted(context, &sides, findings);
    if overlaps(&sides[0]).is_empty() {
        overlapping(&sides[1], findings);
    }
    if let Some(limit) = context.reading_speed() {
        fast(documents[1], &sides[1], limit, findings);
    }
}

/// A stretch of cues that are all late, or all early.
struct Stretch {
    cues: usize,
    places: [Span; 2],
    /// How late each is; negative where it is early.
    by: Vec<i64>,
}

fn shifted(context: &Context, sides: &[Vec<Cue>; 2], findings: &mut Findings) {
    let links = &context.bitext().alignment.blocks;
    // when the blocks of a side are shown, and where they stand
    let shown = |side: Side, blocks: &[usize]| -> Option<(u64, u64, Span)> {
        let cues = &sides[side as usize];
        let of = blocks.iter().filter_map(|block| {
            let at = cues.partition_point(|cue| cue.blocks.end <= *block);
            cues.get(at).filter(|cue| cue.blocks.contains(block))
        });
        of.map(|cue| (cue.start, cue.end, cue.span))
            .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1), one.2.join(other.2)))
    };
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut open = false;
    let mut before = 0;
    for link in links.iter().filter(|link| !link.is_null()) {
        let (Some(from), Some(to)) =
            (shown(Side::Source, own(link, Side::Source)), shown(Side::Target, own(link, Side::Target)))
        else {
            continue;
        };
        // what stands in another order was moved, by grammar or on purpose
        let moved = to.2.start < before;
        before = before.max(to.2.end);
        let late = |from: u64, to: u64| {
            i64::try_from(to).unwrap_or(i64::MAX) - i64::try_from(from).unwrap_or(i64::MAX)
        };
        let (begins, ends) = (late(from.0, to.0), late(from.1, to.1));
        let off = begins.signum() == ends.signum() && begins.abs().min(ends.abs()) > TOLERANCE && !moved;
        let goes_on = open
            && stretches
                .last()
                .is_some_and(|last| last.by.last().is_some_and(|by| by.signum() == begins.signum()));
        match stretches.last_mut() {
            Some(last) if off && goes_on => {
                last.cues += 1;
                last.places = [last.places[0].join(from.2), last.places[1].join(to.2)];
                last.by.push(begins);
            }
            _ if off => stretches.push(Stretch { cues: 1, places: [from.2, to.2], by: vec![begins] }),
            _ => {}
        }
        open = off;
    }
    for Stretch { cues, places, mut by } in stretches {
        by.sort_unstable_by_key(|by| by.abs());
        let seconds = by[by.len() / 2] as f64 / 1000.0;
        let early = seconds < 0.0;
        let seconds = format!("{:.1}", seconds.abs());
        let message = match (early, cues) {
            (true, 1) => message!("cue-timing-early", seconds = seconds),
            (false, 1) => message!("cue-timing-late", seconds = seconds),
            (true, _) => message!("cue-timing-early-in-a-row", cues = cues, seconds = seconds),
            (false, _) => message!("cue-timing-late-in-a-row", cues = cues, seconds = seconds),
        };
        findings.add(Fault {
            source: Some(places[0]),
            target: Some(places[1]),
            message,
            confidence: if cues > 1 { 0.85 } else { 0.7 },
            severity: (cues == 1).then_some(Severity::Minor),
            evidence: Vec::new(),
        });
    }
}

/// The cues that begin before the one before them ends.
fn overlaps(cues: &[Cue]) -> Vec<usize> {
    (1..cues.len())
        .filter(|&at| cues[at].start + TOGETHER < cues[at - 1].end && cues[at].start >= cues[at - 1].start)
        .collect()
}

fn overlapping(cues: &[Cue], findings: &mut Findings) {
    let found = overlaps(cues);
    let Some(&first) = found.first() else { return };
    findings.add(Fault {
        source: None,
        target: Some(cues[first].span),
        message: message!("cue-timing-over", more = found.len() - 1),
        confidence: 0.8,
        severity: Some(Severity::Minor),
        evidence: vec![Evidence {
            side: Side::Target,
            span: cues[first - 1].span,
            note: message!("cue-timing-still-shown"),
        }],
    });
}

fn fast(document: &Document, cues: &[Cue], limit: f64, findings: &mut Findings) {
    for cue in cues {
        let words = document.blocks[cue.blocks.clone()].iter().flat_map(|block| {
            let prose = block.pieces.iter().filter(|piece| piece.kind == crate::text::PieceKind::Prose);
            prose.flat_map(|piece| document.slice(piece.span).chars())
        });
        let columns: usize = words.filter(|c| !c.is_control()).map(width).sum();
        let seconds = (cue.end - cue.start) as f64 / 1000.0;
        let speed = columns as f64 / seconds.max(0.001);
        if speed <= limit {
            continue;
        }
        findings.add(Fault {
            source: None,
            target: Some(cue.span),
            message: message!(
                "cue-timing-brief",
                columns = columns,
                seconds = format!("{seconds:.1}"),
                limit = limit.to_string()
            ),
            confidence: 0.9,
            severity: Some(Severity::Minor),
            evidence: Vec::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Message, Settings, Tongue, check};
    use crate::align::align;
    use crate::read::bytes;
    use crate::segment::segment;
    use crate::text::Format;

    const WORDS: [[&str; 2]; 5] = [
        ["The harbour freezes in January.", "港口一月封冻。"],
        ["Nobody can reach the island then.", "那时没有人能到岛上。"],
        ["Twelve families stay all winter.", "有十二户人家整个冬天都留下。"],
        ["They fish through holes in the ice.", "他们凿冰捕鱼。"],
        ["In April the first ship comes.", "四月第一艘船到来。"],
    ];

    /// Cues with these times in tenths of a second, and words of these numbers.
    fn file(side: usize, times: &[(u32, u32)]) -> String {
        let time = |tenths: u32| format!("00:{:02}:{:02},{}00", tenths / 600, tenths / 10 % 60, tenths % 10);
        let cue = |(at, (from, to)): (usize, &(u32, u32))| {
            format!("{}\n{} --> {}\n{}\n\n", at + 1, time(*from), time(*to), WORDS[at][side])
        };
        times.iter().enumerate().map(cue).collect()
    }

    /// What is said of a translation with these times.
    fn told(target: &[(u32, u32)], reading_speed: Option<f64>) -> Vec<String> {
        const TIMES: [(u32, u32); 5] = [(10, 35), (40, 65), (70, 95), (100, 125), (130, 155)];
        let read = |text: String, name: &str| {
            segment(bytes(name, text.as_bytes(), Format::Subtitles, None).expect("cues"))
        };
        let aligned = align(read(file(0, &TIMES), "en.srt"), read(file(1, target), "zh.srt"));
        let settings = Settings { reading_speed, ..Settings::default() };
        let findings = check(&aligned, &settings);
        let own = findings.iter().filter(|finding| finding.check == "cue-timing");
        let first =
            |message: &Message| message.said(Tongue::English).lines().next().unwrap_or_default().to_owned();
        own.map(|finding| first(&finding.message)).collect()
    }

    #[test]
    fn times_are_held_to_those_of_the_original_and_to_the_settings() {
        let near = [(12, 36), (40, 60), (71, 95), (102, 127), (130, 150)];
        let early = [(12, 36), (40, 52), (53, 75), (102, 127), (130, 150)];
        assert_eq!(told(&near, None), [""; 0]);
        assert_eq!(told(&early, None), ["this cue is shown 1.7 seconds early"]);
        assert_eq!(told(&near, Some(15.0)), [""; 0]);
        assert_eq!(
            told(&near, Some(11.0)),
            ["28 columns in 2.4 seconds are more than the 11 a second that the settings allow"]
        );
    }
}
