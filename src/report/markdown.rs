//! A summary in Markdown, for a comment on a pull request or the summary of a job.

use std::cmp::Reverse;
use std::fmt::Write as _;
use std::io::{self, BufRead, Write};

use serde::{Deserialize, Serialize};

use super::html::clip;
use super::places::{Place, Places, counted};
use super::scorecard::{GRAVEST_FIRST, Row};
use super::{Options, Pair, Tally, Totals, Verdict, check_name, headline};
use crate::check::{Finding, Message, Side, Status, Tongue};
use crate::message::{Argument, id, message};
use crate::text::foreign::shown;

/// The most characters of a report: a comment on GitHub may have 65,536.
const LIMIT: usize = 60_000;
/// How many of them the table of the pairs may take.
const TABLE: usize = 20_000;
/// How many are kept back for what says that something was left out.
const SPARE: usize = 500;
/// The most characters of a text, a message or a path that are shown.
const EXCERPT: usize = 300;

/// The findings of a pair that count.
#[derive(Serialize, Deserialize)]
struct Part {
    /// What stands over them.
    title: String,
    /// Each as an item of a list.
    findings: Vec<String>,
}

/// Writes the findings of a pair that count as a line of JSON; [`page`] makes a report of the lines.
pub fn pair(pair: &Pair, options: &Options, out: &mut dyn Write) -> io::Result<()> {
    let (places, tongue) = (Places::of(pair), options.tongue);
    let mut gravest_first: Vec<&Finding> = counted(pair).collect();
    gravest_first.sort_by_key(|finding| Reverse(finding.severity));
    let findings: Vec<String> = gravest_first
        .into_iter()
        .map(|finding| {
            let main = places.main(finding);
            let message = finding.message.said(tongue);
            let (first, rest) = headline(&message);
            let mut item = format!(
                "- **{}** `{}` {}: {}\n",
                finding.severity.title().said(tongue),
                check_name(finding.check, tongue),
                at(&main),
                escaped(first)
            );
            for line in rest.lines().filter(|line| !line.trim().is_empty()) {
                item.push_str(&format!("  <br>{}\n", escaped(line)));
            }
            for place in places.other(finding).iter().chain([&main]).filter(|place| !place.text.is_empty()) {
                let text = escaped(place.text);
                item.push_str(&format!(
                    "  - {} {}: <code>{text}</code>\n",
                    place.side.title().said(tongue),
                    at(place)
                ));
            }
            item
        })
        .collect();
    if findings.is_empty() {
        return Ok(());
    }
    let tally = Tally::of(pair);
    let title = format!("{}: {}", escaped(&tally.name()), counts(&tally, tongue));
    serde_json::to_writer(&mut *out, &Part { title, findings })?;
    out.write_all(b"\n")
}

/// Writes the report: the verdict, the totals, the pairs in which something counts, and what that is. What would
/// make it longer than a comment may be is left out, and it says so.
pub fn page(
    parts: &mut dyn BufRead,
    totals: &Totals,
    options: &Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let tongue = options.tongue;
    let mut page = summary(totals, tongue);
    scorecard(totals, options, &mut page);
    table(totals, tongue, &mut page);
    let mut chars = page.chars().count();
    let (mut findings, mut pairs) = (0, 0);
    for part in parts.lines() {
        let Part { title, findings: items } = serde_json::from_str(&part?)?;
        let (open, close) = (format!("<details><summary>{title}</summary>\n\n"), "\n</details>\n\n");
        let mut room = (LIMIT - SPARE).saturating_sub(chars + open.chars().count() + close.chars().count());
        let mut shown = String::new();
        let mut left = items.len();
        for item in &items {
            let length = item.chars().count();
            if length > room {
                break;
            }
            room -= length;
            left -= 1;
            shown.push_str(item);
        }
        if left > 0 {
            findings += left;
            pairs += 1;
        }
        if !shown.is_empty() {
            let block = format!("{open}{shown}{close}");
            chars += block.chars().count();
            page.push_str(&block);
        }
    }
    if findings > 0 {
        let left_out = message!("markdown-left-out", findings = findings, pairs = pairs);
        page.push_str(&format!("*{}*\n", left_out.said(tongue)));
    }
    out.write_all(page.as_bytes())
}

fn summary(totals: &Totals, tongue: Tongue) -> String {
    let verdict = match totals.verdict {
        Verdict::Pass => id!("passed"),
        Verdict::Fail => id!("failed"),
    };
    let mut page = format!("## {}\n\n", message!("markdown-title", verdict = verdict).said(tongue));
    let severities =
        GRAVEST_FIRST.map(|severity| format!("{} {}", totals.count(severity), severity.title().said(tongue)));
    let (listed, pairs) = (severities.join(&id!("comma").said(tongue)), totals.pairs.len());
    let mut notes = vec![message!("markdown-totals", counts = listed, pairs = pairs)];
    for status in [Status::Known, Status::Existing, Status::Suppressed] {
        match totals.with_status(status) {
            0 => {}
            count => notes.push(message!("markdown-not-counted", count = count, status = status.title())),
        }
    }
    if totals.unchanged > 0 {
        notes.push(message!("markdown-unchanged", pairs = totals.unchanged));
    }
    if !totals.unused_suppressions.is_empty() {
        notes.push(message!("markdown-idle", count = totals.unused_suppressions.len()));
    }
    let notes: Vec<_> = notes.iter().map(|note| note.said(tongue)).collect();
    sentence(notes.join(&id!("semicolon").said(tongue)).into(), tongue, &mut page);
    page
}

/// Adds a paragraph of one sentence.
fn sentence(words: Argument, tongue: Tongue, page: &mut String) {
    page.push_str(&message!("markdown-sentence", words = words).said(tongue));
    page.push_str("\n\n");
}

/// The scorecard as a table, where it is to be shown.
fn scorecard(totals: &Totals, options: &Options, page: &mut String) {
    let Some(scoring) = &options.scoring else { return };
    let (card, tongue) = (&totals.scorecard, options.tongue);
    let score = message!("markdown-scorecard", extent = card.extent(), score = card.told(scoring));
    sentence(score.into(), tongue, page);
    let rows = card.rows(scoring);
    if rows.is_empty() {
        return;
    }
    let (first, last) = (id!("markdown-error-type"), id!("markdown-penalty"));
    heads(&[first.into()], &[last.into()], tongue, page);
    page.push_str("|---|--:|--:|--:|--:|\n");
    for Row { kind, counts: [critical, major, minor], penalty } in rows {
        let title = kind.title().said(tongue);
        page.push_str(&format!("| {title} | {critical} | {major} | {minor} | {penalty} |\n"));
    }
    page.push('\n');
}

/// The heads of a table: the severities between others.
fn heads(before: &[Message], after: &[Message], tongue: Tongue, page: &mut String) {
    let severities = GRAVEST_FIRST.map(|severity| severity.title());
    for head in before.iter().chain(&severities).chain(after) {
        page.push_str("| ");
        page.push_str(&head.said(tongue));
        page.push(' ');
    }
    page.push_str("|\n");
}

fn table(totals: &Totals, tongue: Tongue, page: &mut String) {
    let concerned: Vec<&Tally> = totals
        .pairs
        .iter()
        .filter(|pair| GRAVEST_FIRST.iter().any(|&severity| pair.count(severity) > 0))
        .collect();
    if concerned.is_empty() {
        return;
    }
    heads(&[Side::Source.title(), Side::Target.title()], &[], tongue, page);
    page.push_str("|---|---|--:|--:|--:|\n");
    let mut room = TABLE;
    for (index, pair) in concerned.iter().enumerate() {
        let [source, target] = pair.paths.each_ref().map(|path| escaped(path));
        let mut row = format!("| {source} | {target} |");
        for severity in GRAVEST_FIRST {
            // writing to a string cannot fail
            let _ = write!(row, " {} |", pair.count(severity));
        }
        row.push('\n');
        let length = row.chars().count();
        if length > room {
            let more = concerned.len() - index;
            page.push_str(&format!("\n*{}*\n", message!("markdown-more", pairs = more).said(tongue)));
            break;
        }
        room -= length;
        page.push_str(&row);
    }
    page.push('\n');
}

/// "2 critical, 1 minor"
fn counts(tally: &Tally, tongue: Tongue) -> String {
    let counts = GRAVEST_FIRST.map(|severity| (tally.count(severity), severity));
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    counts
        .map(|(count, severity)| format!("{count} {}", severity.title().said(tongue)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// "en.md:3:1", "en.xlsx:3:1, 库存!B2"
fn at(place: &Place) -> String {
    format!("{}:{}", escaped(place.path), escaped(&place.spot()))
}

/// Text on one line, of which nothing is taken for Markdown, HTML, a mention, a reference or an address; cut in the
/// middle if it is long.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in shown(&clip(text, EXCERPT)).chars() {
        match c {
            // GitHub looks for these in the text of the page that Markdown has become
            '@' | '#' => {
                escaped.push(c);
                escaped.push_str("<!-- -->");
            }
            '\\' | '`' | '*' | '_' | '~' | '[' | ']' | '<' | '>' | '&' | '|' | '$' => {
                escaped.push_str(&format!("&#{};", u32::from(c)));
            }
            c => escaped.push(c),
        }
    }
    escaped.replace("www.", "www&#46;").replace("://", ":<!-- -->//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_taken_for_markup() {
        let cases = [
            ("网络 主权", "网络 主权"),
            ("*a* `b`\n| c", "&#42;a&#42; &#96;b&#96; &#124; c"),
            ("@who #1 www.a.b", "@<!-- -->who #<!-- -->1 www&#46;a.b"),
            ("http://a", "http:<!-- -->//a"),
            ("</details>", "&#60;/details&#62;"),
            ("a-b (c) 50% \"d\"", "a-b (c) 50% \"d\""),
            ("a\u{1b}\u{202e}", "a␛\u{fffd}"),
        ];
        for (text, written) in cases {
            assert_eq!(escaped(text), written);
        }
    }

    proptest::proptest! {
        /// Whatever stands in a text, a reader of Markdown finds nothing but that text.
        #[test]
        fn a_reader_finds_the_text_itself(
            text in "([ -~]|[*_`~|$\\\\\\[\\]<>&!#-]{1,4}|</?(b|details|!--)|&lt;|https?://a[.]b|www[.]a|\n|中){1,30}"
        ) {
            use pulldown_cmark::{Event, Options, Parser};
            let page = format!("- **minor** `check` place: {}\n", escaped(&text));
            let options = Options::ENABLE_TABLES
                | Options::ENABLE_FOOTNOTES
                | Options::ENABLE_STRIKETHROUGH
                | Options::ENABLE_TASKLISTS
                | Options::ENABLE_MATH
                | Options::ENABLE_GFM;
            let (mut read, mut depth) = (String::new(), 0);
            for event in Parser::new_ext(&page, options) {
                match event {
                    Event::Start(_) => depth += 1,
                    Event::End(_) => depth -= 1,
                    Event::Text(words) => read.push_str(&words),
                    Event::Code(words) => proptest::prop_assert_eq!(&*words, "check"),
                    Event::InlineHtml(tag) => proptest::prop_assert_eq!(&*tag, "<!-- -->"),
                    event => proptest::prop_assert!(false, "{:?} in {:?}", event, page),
                }
                // a list, its item, what is strong
                proptest::prop_assert!(depth <= 3, "{:?}", page);
            }
            let written = format!("minor  place: {}", clip(&text, EXCERPT));
            proptest::prop_assert_eq!(read.trim_end(), written.trim_end());
        }
    }
}
