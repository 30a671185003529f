//! What every target asserts: the invariants of ARCHITECTURE.md, on whatever was read.

use std::borrow::Cow;
use std::io::{Cursor, Write};
use std::path::PathBuf;

use duizhao::align::{Aligned, Link};
use duizhao::check::{self, Settings};
use duizhao::gate::Gate;
use duizhao::read::{self, Format, Paired};
use duizhao::report::{FORMATS, Frame, Options, Pair};
use duizhao::segment::segment;
use duizhao::text::{Document, Span};

/// Reads the bytes as one version in this format, segments it, and asserts what holds of every document.
pub fn one(bytes: &[u8], format: Format) -> Option<Document> {
    let document = read::bytes("fuzz", bytes, format, None).ok()?;
    sound(&document);
    let document = segment(document);
    sound(&document);
    Some(document)
}

/// Reads what a program prints of a PDF, segments it, and asserts what holds of every document.
pub fn printed(pages: &str) {
    let document = read::printed("fuzz", pages);
    sound(&document);
    sound(&segment(document));
}

/// Reads the bytes as both versions in this format, and asserts that every block is in exactly one link.
pub fn paired(bytes: &[u8], format: Format) {
    let Ok(Paired { source, target, links }) = read::paired_bytes("fuzz", bytes, format, None, None) else {
        return;
    };
    sound(&source);
    sound(&target);
    each_once(links.iter().flat_map(|(source, _)| source), source.blocks.len());
    each_once(links.iter().flat_map(|(_, target)| target), target.blocks.len());
    sound(&segment(source));
    sound(&segment(target));
}

/// Aligns and checks two documents, writes every report, and asserts what holds of every alignment and finding.
pub fn whole(source: Document, target: Document) {
    judged(duizhao::align::align(source, target));
}

/// Checks aligned documents, writes every report, and asserts what holds of every alignment and finding.
pub fn judged(aligned: Aligned) {
    let bitext = aligned.bitext();
    let (source, target) = (&bitext.source, &bitext.target);
    linked(&bitext.alignment.blocks, source.blocks.len(), target.blocks.len());
    linked(&bitext.alignment.sentences, source.sentences.len(), target.sentences.len());
    let (findings, [terms, _]) = check::check_and_count(&aligned, &Settings { min_confidence: 0.0, ..Settings::default() });
    for finding in &findings {
        assert!((0.0..=1.0).contains(&finding.confidence), "{finding:?}");
        for (document, span) in [(source, finding.source), (target, finding.target)] {
            span.into_iter().for_each(|span| on_boundaries(document, span));
        }
    }
    let verdict = Gate::default().judge(&findings);
    let pairs = [Pair { id: None, bitext: aligned.into_bitext(), findings, terms, verdict }];
    // documents are given back from files, and there is none
    let written = FORMATS.iter().filter(|format| !matches!(format.frame, Frame::Copies { .. }));
    for format in written {
        format.write(&pairs, &Options::default(), &mut std::io::sink()).expect("a sink does not fail");
    }
}

/// A folder of this process alone, for what is read from files only.
pub fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("duizhao-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// A package of these parts.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        archive.start_file(*name, stored).expect("memory");
        archive.write_all(content).expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

/// A Word document whose text is this XML.
pub fn docx(xml: &[u8]) -> Vec<u8> {
    package(&[("word/document.xml", xml)])
}

/// A workbook: bytes that are an archive as they are, and of any others one made of shared strings and, behind a line
/// end, a sheet.
pub fn book(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.starts_with(b"PK") {
        return Cow::Borrowed(bytes);
    }
    let (strings, sheet) = halves(bytes);
    Cow::Owned(workbook(strings, sheet))
}

/// A workbook with these shared strings and this sheet.
pub fn workbook(strings: &[u8], sheet: &[u8]) -> Vec<u8> {
    package(&[
        ("xl/workbook.xml", b"<workbook><sheets><sheet id=\"a\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<r><r Id=\"a\" Type=\"/worksheet\" Target=\"sheet.xml\"/></r>"),
        ("xl/sharedStrings.xml", strings),
        ("xl/sheet.xml", sheet),
    ])
}

/// What stands before the first line end of the bytes, and what stands behind it.
pub fn halves(bytes: &[u8]) -> (&[u8], &[u8]) {
    bytes.split_at(bytes.iter().position(|&byte| byte == b'\n').unwrap_or(0))
}

/// Asserts what holds of every document: blocks and sentences are in order and apart, sentences lie in their blocks,
/// pieces tile them, and all spans fall on char boundaries.
pub fn sound(document: &Document) {
    let mut end = 0;
    let mut sentences = 0;
    for block in &document.blocks {
        on_boundaries(document, block.span);
        assert!(block.span.start >= end && !block.span.is_empty(), "{block:?}");
        end = block.span.end;
        let mut at = block.span.start;
        for piece in &block.pieces {
            assert!(piece.span.start == at && !piece.span.is_empty(), "{piece:?} of {block:?}");
            on_boundaries(document, piece.span);
            at = piece.span.end;
        }
        assert_eq!(at, block.span.end, "the pieces of {block:?}");
        if let Some(numbering) = &block.numbering {
            on_boundaries(document, numbering.span);
            assert!(block.span.contains(numbering.span), "{block:?}");
        }
        if !document.sentences.is_empty() {
            assert!(block.sentences.start == sentences || block.sentences.is_empty(), "{block:?}");
            sentences += block.sentences.len();
        }
    }
    assert_eq!(sentences, document.sentences.len(), "sentences outside of blocks");
    let mut end = 0;
    for sentence in &document.sentences {
        on_boundaries(document, sentence.span);
        assert!(sentence.span.start >= end && !sentence.span.is_empty(), "{sentence:?}");
        assert!(document.blocks[sentence.block].span.contains(sentence.span), "{sentence:?}");
        end = sentence.span.end;
    }
}

fn on_boundaries(document: &Document, span: Span) {
    assert!(span.start <= span.end && document.text.get(span.range()).is_some(), "{span:?}");
}

fn linked(links: &[Link], sources: usize, targets: usize) {
    assert!(links.iter().all(|link| !(link.source.is_empty() && link.target.is_empty())), "an empty link");
    assert!(links.iter().all(|link| (0.0..=1.0).contains(&link.score)), "a score");
    each_once(links.iter().flat_map(|link| &link.source), sources);
    each_once(links.iter().flat_map(|link| &link.target), targets);
}

fn each_once<'a>(found: impl Iterator<Item = &'a usize>, all: usize) {
    let mut found: Vec<usize> = found.copied().collect();
    found.sort_unstable();
    assert!(found.into_iter().eq(0..all), "not each once");
}
