//! Cues of subtitles that are shown when something else is said.

use super::{Category, Check, Context, Evidence, Fault, Findings, Severity, Side, id, message};
use crate::markup::cues::{Cue, cues};
use crate::text::script::width;
use crate::text::{Document, Format};

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

        It leaves alone how a sentence is divided among cues, and in which order its clauses stand, as long as all of
        its cues together are shown with their counterparts. Where one cue says what two do in the original, it may be
        shown with either. In languages other than Chinese and English nothing but lengths tells which cues belong
        together, so what is shown just when another cue is, is left alone.

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

        ```fires
        format: subtitles
        en: 1\n00:00:01,000 --> 00:00:03,500\nThe harbour freezes in January.
        en: 2\n00:00:04,000 --> 00:00:06,500\nNobody can reach the island then.
        en: 3\n00:00:07,000 --> 00:00:09,500\nTwelve families stay all winter.
        en: 4\n00:00:10,000 --> 00:00:12,500\nThey fish through holes in the ice.
        en: 5\n00:00:13,000 --> 00:00:15,500\nIn April the first ship comes.
        zh: 1\n00:00:01,000 --> 00:00:03,500\n港口一月封冻。
        zh: 2\n00:00:04,000 --> 00:00:06,500\n有十二户人家整个冬天都留下。
        zh: 3\n00:00:07,000 --> 00:00:09,500\n他们凿冰捕鱼。
        zh: 4\n00:00:10,000 --> 00:00:12,500\n四月第一艘船到来。
        zh: 5\n00:00:13,000 --> 00:00:15,500\n那时没有人能到岛上。
        ```

        ```passes
        format: subtitles
        en: 1\n00:00:01,000 --> 00:00:03,500\nWe will leave for the coast
        en: 2\n00:00:04,000 --> 00:00:06,500\nif the rain stops before noon.
        en: 3\n00:00:07,000 --> 00:00:09,500\nTwelve families stay all winter.
        zh: 1\n00:00:01,000 --> 00:00:03,500\n如果中午之前雨停，
        zh: 2\n00:00:04,000 --> 00:00:06,500\n我们就出发去海边。
        zh: 3\n00:00:07,000 --> 00:00:09,500\n有十二户人家整个冬天都留下。
        ```

        ```passes
        format: subtitles
        en: 1\n00:00:01,000 --> 00:00:02,000\nOk.
        en: 2\n00:00:04,000 --> 00:00:06,500\nGood, Emo.
        zh: 1\n00:00:04,200 --> 00:00:06,500\n好，很好，伊莫。
        ```

        ```passes
        format: subtitles
        en: 1\n00:08:16,090 --> 00:08:21,919\nThe colossus of Rhodes and it is here just for you.
        en: 2\n00:08:51,001 --> 00:08:52,923\nIt is there...
        ru: 1\n00:08:16,667 --> 00:08:21,125\nКолосс Родосский! И он здесь для тебя.
        ru: 2\n00:08:21,167 --> 00:08:22,208\nСпециально для тебя...
        ru: 3\n00:08:51,333 --> 00:08:53,167\nОна здесь есть!
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

/// So much two cues may be shown together, in thousandths of a second: two frames and what rounding makes of them.
const TOGETHER: u64 = 100;

fn run(context: &Context, findings: &mut Findings) {
    let documents = [Side::Source, Side::Target].map(|side| context.document(side));
    if documents.iter().any(|document| document.format != Format::Subtitles) {
        return;
    }
    let sides = documents.map(cues);
    shifted(context, findings);
    if overlaps(&sides[0]).is_empty() {
        overlapping(&sides[1], findings);
    }
    if let Some(limit) = context.reading_speed() {
        fast(documents[1], &sides[1], limit, findings);
    }
}

fn shifted(context: &Context, findings: &mut Findings) {
    for stretch in &context.slips().stretches {
        let (cues, places, mut by) = (stretch.cues, stretch.places, stretch.by.clone());
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

    /// What all checks say of cues with these words, shown at the same times as the originals.
    fn said(words: &[[&str; 2]], order: &[usize]) -> Vec<String> {
        let read = |side: usize, name: &str| {
            let cue = |at: usize, words: usize, all: &[[&str; 2]]| {
                format!("{0}\n00:00:{0:02},000 --> 00:00:{0:02},900\n{1}\n\n", at * 3, all[words][side])
            };
            let text: String = match side {
                0 => (0..words.len()).map(|at| cue(at, at, words)).collect(),
                _ => order.iter().enumerate().map(|(at, &of)| cue(at, of, words)).collect(),
            };
            segment(bytes(name, text.as_bytes(), Format::Subtitles, None).expect("cues"))
        };
        let findings = check(&align(read(0, "en.srt"), read(1, "zh.srt")), &Settings::default());
        let of_order =
            findings.iter().filter(|finding| ["cue-timing", "moved-passage"].contains(&finding.check));
        let told =
            |message: &Message| message.said(Tongue::English).lines().next().unwrap_or_default().to_owned();
        of_order.map(|finding| format!("{} {}", finding.severity.as_str(), told(&finding.message))).collect()
    }

    #[test]
    fn what_slipped_is_one_finding_and_what_grammar_turns_is_none() {
        let cases: [(&[usize], &[&str]); 4] = [
            (&[0, 1, 2, 3, 4], &[]),
            (&[0, 2, 3, 4, 1], &["major 4 cues in a row are shown about 3.0 seconds early"]),
            (&[4, 0, 1, 2, 3], &["major 5 cues in a row are shown about 3.0 seconds late"]),
            (&[0, 1, 3, 2, 4], &["minor this paragraph stands at another place in the translation"]),
        ];
        for (order, told) in cases {
            assert_eq!(said(&WORDS, order), told, "{order:?}");
        }
        const CLAUSES: [[&str; 2]; 6] = [
            ["We will leave for the coast", "我们就出发去海边。"],
            ["if the rain stops before noon.", "如果中午之前雨停，"],
            ["She sold the boat", "她卖掉了那条船。"],
            ["because she needed the money.", "因为需要钱，"],
            ["They have lived there", "他们一直住在那里。"],
            ["since the war ended.", "自从战争结束以来，"],
        ];
        assert_eq!(said(&CLAUSES, &[1, 0, 3, 2, 5, 4]), [""; 0]);
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
