//! What `align` writes for other programs holds every unit exactly once: read back by this program and by others.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use duizhao::align::{self, Bitext, Link};
use duizhao::read::{self, Format, Paired};
use duizhao::report::links::{self, FORMATS, Unit};
use duizhao::segment;
use duizhao::text::{Document, Lang};

/// A sample with what is missing, added, moved, long, and hostile to XML and to spreadsheets.
fn sample() -> Bitext {
    let source = "# 港口 & <海湾>\n\n学校就在寺庙旁边。孩子们走路上学。\n\n=2+3是公\u{1}式。\n\n山上的雪到五月才化。\n\n\
                  2021年，镇上修了一座新桥。桥很长。\n";
    let target = "# The harbour & <bay>\n\nThe school stands beside the temple.\n\n=2+3 is a for\u{1}mula.\n\n\
                  In 2021 the town built a new bridge. The bridge is long.\n\nThe old one was \"sold\" for its timber.\n";
    let document = |text: &str, lang| {
        let name = if lang == Lang::ZH { "a & b.zh.md" } else { "a & b.en.md" };
        segment::segment(read::bytes(name, text.as_bytes(), Format::Markdown, Some(lang)).expect("a text"))
    };
    let links = [
        (Some(0), Some(0)),
        (Some(1), Some(1)),
        (Some(2), Some(2)),
        (Some(3), None),
        (Some(4), Some(3)),
        (None, Some(4)),
    ];
    let links = links
        .map(|(ours, theirs): (Option<usize>, Option<usize>)| (Vec::from_iter(ours), Vec::from_iter(theirs)));
    let (source, target) = (document(source, Lang::ZH), document(target, Lang::EN));
    let mut bitext = align::align_within(source, target, links.to_vec()).into_bitext();
    for links in [&mut bitext.alignment.blocks, &mut bitext.alignment.sentences] {
        links[1].moved = true;
    }
    bitext
}

fn written(bitext: &Bitext, unit: Unit, format: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let format = links::Format::parse(format).expect("a format");
    links::write(bitext, unit, format, &mut out).expect("written to memory");
    out
}

/// The texts of every link, in order, as all formats write them.
fn texts(bitext: &Bitext, unit: Unit) -> Vec<[String; 2]> {
    let json: serde_json::Value = serde_json::from_slice(&written(bitext, unit, "json")).expect("JSON");
    let side = |link: &serde_json::Value, name: &str| {
        link[name].as_str().expect("a text").replace('\u{1}', "\u{fffd}")
    };
    let links = json["links"].as_array().expect("links").iter();
    links.map(|link| [side(link, "source_text"), side(link, "target_text")]).collect()
}

fn links_of(bitext: &Bitext, unit: Unit) -> &[Link] {
    match unit {
        Unit::Block => &bitext.alignment.blocks,
        Unit::Sentence => &bitext.alignment.sentences,
    }
}

const UNITS: [Unit; 2] = [Unit::Block, Unit::Sentence];

#[test]
fn every_sentence_of_the_sample_is_written_once() {
    let bitext = sample();
    for unit in UNITS {
        let links = links_of(&bitext, unit);
        assert!(links.iter().any(|link| link.source.is_empty()), "the sample has an addition");
        assert!(links.iter().any(|link| link.moved), "the sample has a move");
        let whole: String =
            texts(&bitext, unit).into_iter().flatten().collect::<String>().split_whitespace().collect();
        for document in [&bitext.source, &bitext.target] {
            for sentence in &document.sentences {
                let words = document.slice(sentence.span).replace('\u{1}', "\u{fffd}");
                let words: String = words.split_whitespace().collect();
                assert_eq!(whole.matches(&words).count(), 1, "{words}");
            }
        }
    }
}

#[test]
fn xliff_reads_back_as_the_same_links() {
    let bitext = sample();
    for unit in UNITS {
        let bytes = written(&bitext, unit, "xliff");
        let Paired { source, target, links } =
            read::paired_bytes("links.xlf", &bytes, Format::Xliff, None, None).expect("XLIFF");
        assert_eq!((source.lang, target.lang), (Lang::ZH, Lang::EN));
        let side = |document: &Document, blocks: &[usize]| -> String {
            let texts = blocks.iter().map(|&block| document.slice(document.blocks[block].span));
            unescaped(&texts.collect::<String>())
        };
        let read: Vec<_> =
            links.iter().map(|(ours, theirs)| [side(&source, ours), side(&target, theirs)]).collect();
        assert_eq!(read, texts(&bitext, unit));
    }
}

fn unescaped(xml: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
        .into_iter()
        .fold(xml.to_owned(), |text, (entity, c)| text.replace(entity, c))
}

#[test]
fn word_reads_back_as_the_same_links() {
    let bitext = sample();
    for unit in UNITS {
        let bytes = written(&bitext, unit, "docx");
        let document = read::bytes("links.docx", &bytes, Format::Docx, None).expect("a Word document");
        let read: Vec<&str> = document.blocks.iter().map(|block| document.slice(block.span).trim()).collect();
        let mut expected = vec!["a & b.zh.md – a & b.en.md".to_owned()];
        expected.extend(["#", "zh", "en", "score", "remark"].map(str::to_owned));
        for (index, (texts, link)) in
            texts(&bitext, unit).into_iter().zip(links_of(&bitext, unit)).enumerate()
        {
            expected.push((index + 1).to_string());
            expected.extend(texts);
            expected.push(((link.score * 1000.0).round() / 1000.0).to_string());
            expected.push(remark(link).to_owned());
        }
        expected.retain(|cell| !cell.is_empty());
        assert_eq!(read, expected);
    }
}

fn remark(link: &Link) -> &'static str {
    match (link.source.is_empty(), link.target.is_empty()) {
        (true, _) => "not in the original",
        (_, true) => "not in the translation",
        _ if link.moved => "moved",
        _ => "",
    }
}

#[test]
fn excel_reads_back_as_the_same_links() {
    let bitext = sample();
    for unit in UNITS {
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(written(&bitext, unit, "xlsx"))).expect("a workbook");
        let sheet = book.worksheet_range_at(0).expect("a sheet").expect("readable");
        let rows: Vec<&[Data]> = sheet.rows().skip(1).collect();
        let texts = texts(&bitext, unit);
        assert_eq!(rows.len(), texts.len());
        for ((row, texts), (index, link)) in
            rows.iter().zip(texts).zip(links_of(&bitext, unit).iter().enumerate())
        {
            let score = (link.score * 1000.0).round() / 1000.0;
            assert_eq!(row[0], Data::Float((index + 1) as f64));
            // text that begins with = stays text
            assert_eq!([row[1].to_string(), row[2].to_string()], texts);
            assert_eq!(row[3], Data::Float(score));
            assert_eq!(row[4].to_string(), remark(link));
        }
    }
}

#[test]
fn the_same_links_give_the_same_bytes() {
    let bitext = sample();
    for format in FORMATS {
        let name = format.name;
        assert_eq!(written(&bitext, Unit::Block, name), written(&bitext, Unit::Block, name), "{name}");
    }
}

#[test]
fn files_of_offices_hold_no_time() {
    for format in ["docx", "xlsx"] {
        let bytes = written(&sample(), Unit::Sentence, format);
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        for index in 0..archive.len() {
            let part = archive.by_index(index).expect("a part");
            let time = part.last_modified().expect("a time");
            assert_eq!((time.year(), time.month(), time.day()), (1980, 1, 1));
        }
        if let Ok(part) = archive.by_name("docProps/core.xml") {
            let text = std::io::read_to_string(part).expect("text");
            assert_eq!(text.matches("1980-01-01T00:00:00Z").count(), 2, "{text}");
        }
    }
}
