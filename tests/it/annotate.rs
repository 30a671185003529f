//! Documents given back with comments: where these stand, and that all else stays as it was.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use duizhao::align::{Alignment, Bitext};
use duizhao::check::{Category, Finding, Message, Severity, Side, Status};
use duizhao::gate::{Choice, review};
use duizhao::read::{self, Format, Limits};
use duizhao::report::{self, Options, Pair, Verdict};
use duizhao::segment;
use duizhao::text::{Document, Lang, Span};
use proptest::prelude::*;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

const DOCUMENT: &str = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"r\" xmlns:mc=\"mc\" xmlns:wps=\"wps\" xmlns:v=\"v\" xmlns:m=\"m\"><w:body>";
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
const RELATIONS: &str = "word/_rels/document.xml.rels";
const OPEN: char = '⟦';
const CLOSE: char = '⟧';

/// Parts by their names.
type Parts = Vec<(String, Vec<u8>)>;

/// A document with this body, and with notes if there are any.
fn parts(body: &str, notes: &str) -> Parts {
    let mut parts = vec![
        ("[Content_Types].xml", TYPES.to_owned()),
        ("word/document.xml", format!("{DOCUMENT}{body}</w:body></w:document>")),
        ("word/media/image1.png", "\u{89}PNG, as it were".to_owned()),
    ];
    if !notes.is_empty() {
        parts.push(("word/footnotes.xml", format!("<w:footnotes xmlns:w=\"w\">{notes}</w:footnotes>")));
    }
    parts.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect()
}

/// A document with this body, notes, and a header if there is one, whose link `rId9` leads somewhere if it does.
fn related(body: &str, notes: &str, header: &str, link: &str) -> Parts {
    let mut parts = parts(body, notes);
    let relation = |id: &str, kind: &str, target: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"of/{kind}\" Target=\"{target}\"/>")
    };
    let mut relations = String::new();
    if !link.is_empty() {
        relations += &relation("rId9", "hyperlink", link).replace("/>", " TargetMode=\"External\"/>");
    }
    if !header.is_empty() {
        relations += &relation("rId8", "header", "header1.xml");
        let header = format!("<w:hdr xmlns:w=\"w\">{header}</w:hdr>");
        parts.push(("word/header1.xml".to_owned(), header.into_bytes()));
    }
    if !relations.is_empty() {
        let relations = format!("<Relationships>{relations}</Relationships>");
        parts.push((RELATIONS.to_owned(), relations.into_bytes()));
    }
    parts
}

fn packed(parts: &Parts) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).expect("a part");
        archive.write_all(content).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

fn unpacked(bytes: &[u8]) -> Parts {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let part = |index| {
        let mut file = archive.by_index(index).expect("a part");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("its content");
        (file.name().expect("a name").into_owned(), content)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).expect("an archive").len()).map(part).collect()
}

fn part<'p>(parts: &'p Parts, name: &str) -> &'p str {
    let (_, content) = parts.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name}"));
    std::str::from_utf8(content).expect("text")
}

fn document(path: &Path, bytes: &[u8]) -> Document {
    let name = read::name_of(path);
    segment::segment(read::bytes(&name, bytes, Format::Docx, Some(Lang::EN)).expect("a document"))
}

/// A finding on a span of the translation.
fn finding(index: usize, span: Span) -> Finding {
    Finding {
        check: "missing-content",
        category: Category::Accuracy,
        severity: Severity::Minor,
        confidence: 1.0,
        message: Message::alike("<odd> & so on\nmend it"),
        source: None,
        target: Some(span),
        evidence: Vec::new(),
        fingerprint: format!("{index:016x}"),
        status: Status::New,
        suppression: None,
    }
}

/// What the report gives back of a document, with a finding on each span.
fn commented(parts: &Parts, spans: &[Span]) -> (Document, Vec<u8>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("en.docx");
    let bytes = packed(parts);
    fs::write(&path, &bytes).expect("written");
    let target = document(&path, &bytes);
    let source = read::string("zh.txt", "学校。", None).expect("a text");
    let findings = spans.iter().enumerate().map(|(index, span)| finding(index, *span)).collect();
    let bitext = Bitext { source, target: target.clone(), alignment: Alignment::default() };
    let pair = Pair { id: None, bitext, findings, terms: Vec::new(), verdict: Verdict::Fail };
    let mut out = Vec::new();
    let format = report::Format::parse("docx-comments").expect("a format");
    format.write(&[pair], &Options::default(), &mut out).expect("a document");
    (target, out)
}

/// The text without the marks, and the spans that they mark.
fn spans(marked: &str) -> (String, Vec<Span>) {
    let (mut text, mut open, mut spans) = (String::new(), Vec::new(), Vec::new());
    for c in marked.chars() {
        match c {
            OPEN => {
                open.push(spans.len());
                spans.push(Span::new(text.len(), text.len()));
            }
            CLOSE => {
                let at: usize = open.pop().expect("an open mark");
                spans[at] = Span::new(spans[at].start, text.len());
            }
            c => text.push(c),
        }
    }
    (text, spans)
}

/// What a body became, with `{0` and `0}` for the beginning and the end of a comment.
fn shown(document: &str, count: usize, first: usize) -> String {
    let body = document.split_once("<w:body>").expect("a body").1;
    let mut body = body.strip_suffix("</w:body></w:document>").expect("an end").to_owned();
    for id in first..first + count {
        let start = format!("<w:commentRangeStart w:id=\"{id}\"/>");
        let end = format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>");
        for mark in [&start, &end] {
            assert_eq!(body.matches(mark.as_str()).count(), 1, "{mark} in {body}");
        }
        body = body.replace(&start, &format!("{{{id}")).replace(&end, &format!("{id}}}"));
    }
    body
}

/// Whether nothing was taken out of one to get the other.
fn grew(before: &str, after: &str) -> bool {
    let mut rest = after.chars();
    before.chars().all(|c| rest.any(|other| other == c))
}

#[test]
fn comments_stand_at_their_words() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/annotate/docx.txt");
    let kept = fs::read_to_string(&path).expect("the cases");
    let mut made = Vec::new();
    for case in kept.split("\n\n") {
        let field = |name: &str| {
            let found = case.lines().find_map(|line| line.strip_prefix(name));
            found.map_or("", str::trim).to_owned()
        };
        let [body, notes, header, link] = ["body:", "notes:", "header:", "link:"].map(field);
        let plain = |text: &str| text.replace([OPEN, CLOSE], "");
        let marked =
            document(Path::new("marked.docx"), &packed(&related(&body, &notes, &header, &link))).text;
        let (_, mut marks) = spans(&marked);
        if marks.is_empty() {
            marks.push(Span::new(0, 0));
        }
        let before = related(&plain(&body), &plain(&notes), &plain(&header), &plain(&link));
        let (read_before, bytes) = commented(&before, &marks);
        let after = unpacked(&bytes);
        let (old, new) = (part(&before, "word/document.xml"), part(&after, "word/document.xml"));
        assert!(grew(old, new), "{case}");
        if !marked.trim().is_empty() {
            let read_after = document(Path::new("after.docx"), &bytes);
            assert_eq!(read_before.text, read_after.text, "{case}");
            assert_eq!(read_before.blocks, read_after.blocks, "{case}");
        }
        for (name, content) in &before {
            if !["word/document.xml", "[Content_Types].xml", RELATIONS].contains(&name.as_str()) {
                assert!(after.contains(&(name.clone(), content.clone())), "{name} of {case}");
            }
        }
        let first = usize::from(body.contains("w:id=\"0\""));
        let want = shown(new, marks.len(), first);
        let (head, _) = case.split_once("want:").expect("what is wanted");
        made.push(format!("{head}want: {want}"));
        for (name, content) in before.iter().filter(|(name, _)| name == RELATIONS) {
            let content = std::str::from_utf8(content).expect("text");
            assert!(grew(content, part(&after, name)), "{name} of {case}");
        }
        let comments = part(&after, "word/comments.xml");
        assert_eq!(comments.matches("<w:comment ").count(), marks.len());
        assert!(comments.contains("&lt;odd&gt; &amp; so on"), "{comments}");
    }
    let made = made.join("\n\n") + "\n";
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &made).expect("written");
    }
    assert!(
        made == fs::read_to_string(&path).expect("the cases"),
        "run `UPDATE=1 cargo test` and read what changed"
    );
}

/// A document with a comment of somebody else, and an answer to it.
fn discussed() -> Parts {
    let body = "<w:p><w:commentRangeStart w:id=\"3\"/><w:r><w:t>The school</w:t></w:r><w:commentRangeEnd w:id=\"3\"/><w:r><w:commentReference w:id=\"3\"/></w:r></w:p>";
    let mut parts = parts(body, "");
    for (name, text) in [
        (
            "word/_rels/document.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"remarks/all.xml\"/><Relationship Id=\"rId2\" Type=\"http://schemas.microsoft.com/office/2011/relationships/commentsExtended\" Target=\"/word/more.xml\"/></Relationships>",
        ),
        (
            "word/remarks/all.xml",
            "<x:comments xmlns:x=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><x:comment x:id=\"0\"><x:p/></x:comment><x:comment x:id=\"3\"><x:p><x:r><x:t>Why?</x:t></x:r></x:p></x:comment></x:comments>",
        ),
        ("word/more.xml", "<w15:commentsEx xmlns:w15=\"w15\"/>"),
    ] {
        parts.push((name.to_owned(), text.as_bytes().to_vec()));
    }
    parts
}

#[test]
fn comments_of_others_stay_and_numbers_are_not_taken_twice() {
    let before = discussed();
    let (_, bytes) = commented(&before, &[Span::new(0, 3), Span::new(4, 10)]);
    let after = unpacked(&bytes);
    let (old, new) = (part(&before, "word/remarks/all.xml"), part(&after, "word/remarks/all.xml"));
    assert!(grew(old, new) && new.contains("<x:t>Why?</x:t>"));
    let ids: Vec<&str> =
        new.split("omment ").skip(1).filter_map(|tag| tag.split("id=\"").nth(1)?.split('"').next()).collect();
    assert_eq!(ids, ["0", "3", "1", "2"]);
    let names = |parts: &Parts| parts.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&before), names(&after), "no part is new, and all are in their order");
    for name in ["[Content_Types].xml", "word/_rels/document.xml.rels", "word/more.xml"] {
        assert_eq!(part(&before, name), part(&after, name));
    }
}

#[test]
fn parts_that_are_not_there_are_made_known() {
    let mut before = parts("<w:p><w:r><w:t>The school</w:t></w:r></w:p>", "");
    let odd = [
        ("word/comments.xml", "<not-known-to-anybody/>"),
        (
            "word/_rels/document.xml.rels",
            "<p:Relationships xmlns:p=\"http://schemas.openxmlformats.org/package/2006/relationships\" />",
        ),
    ];
    before.extend(odd.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())));
    let (_, bytes) = commented(&before, &[Span::new(0, 3)]);
    let after = unpacked(&bytes);
    let types = part(&after, "[Content_Types].xml");
    assert!(types.contains("<Override PartName=\"/word/comments2.xml\"") && types.ends_with("</Types>"));
    let related = part(&after, "word/_rels/document.xml.rels");
    assert!(related.contains("Target=\"comments2.xml\"/></p:Relationships>"), "{related}");
    assert!(related.contains("<Relationship xmlns="), "{related}");
    assert_eq!(part(&after, "word/comments.xml"), "<not-known-to-anybody/>");
    assert_eq!(read::comments(&bytes, &Limits::default()).expect("comments").len(), 1);
}

#[test]
fn what_is_told_already_is_not_told_again() {
    let before = parts("<w:p><w:r><w:t>The school</w:t></w:r></w:p>", "");
    let (_, once) = commented(&before, &[Span::new(0, 3)]);
    let (_, twice) = commented(&unpacked(&once), &[Span::new(0, 3)]);
    assert_eq!(unpacked(&once), unpacked(&twice));
    let (_, more) = commented(&unpacked(&once), &[Span::new(0, 3), Span::new(4, 10)]);
    assert_eq!(read::comments(&more, &Limits::default()).expect("comments").len(), 2);
}

#[test]
fn answers_are_read_back() {
    let (_, bytes) = commented(&discussed(), &[Span::new(0, 3), Span::new(4, 10), Span::new(0, 10)]);
    let mut parts = unpacked(&bytes);
    let change = |parts: &mut Parts, name: &str, change: &dyn Fn(&str) -> String| {
        let made = change(part(parts, name)).into_bytes();
        parts.iter_mut().find(|(known, _)| known == name).expect("the part").1 = made;
    };
    change(&mut parts, "word/remarks/all.xml", &|xml| {
        let mut xml = xml.to_owned();
        // as Word does when it saves: the last paragraph of a comment has a mark
        for (id, mark) in [("1", "A1"), ("2", "A2"), ("4", "A4")] {
            let (before, comment) = xml.split_once(&format!("w:id=\"{id}\" w:author")).expect("the comment");
            let (own, rest) = comment.split_once("</w:comment>").expect("its end");
            let (lines, last) = own.rsplit_once("<w:p>").expect("its last paragraph");
            xml = format!(
                "{before}w:id=\"{id}\" w:author{lines}<w:p w14:paraId=\"{mark}\">{last}</w:comment>{rest}"
            );
        }
        let answer = "<w:comment xmlns:w=\"w\" w:id=\"9\"><w:p w14:paraId=\"B2\"><w:r><w:t>O</w:t></w:r><w:r><w:t>k!</w:t></w:r></w:p></w:comment></x:comments>";
        xml.replace("</x:comments>", answer)
    });
    change(&mut parts, "word/more.xml", &|_| {
        "<w15:commentsEx xmlns:w15=\"w15\"><w15:commentEx w15:paraId=\"A1\" w15:done=\"1\"/><w15:commentEx w15:paraId=\"A2\" w15:done=\"0\"/><w15:commentEx w15:paraId=\"B2\" w15:paraIdParent=\"A2\" w15:done=\"0\"/></w15:commentsEx>".to_owned()
    });
    let comments = read::comments(&packed(&parts), &Limits::default()).expect("comments");
    let decided = review::of_comments(&comments).expect("ours");
    let made: Vec<_> =
        decided.made.iter().map(|(entry, made)| (entry.fingerprint.as_str(), made.choice)).collect();
    assert_eq!(made, [("0000000000000000", Choice::Dismiss), ("0000000000000001", Choice::Dismiss)]);
    assert_eq!(decided.undecided, 1);
}

#[test]
fn what_changed_meanwhile_is_not_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("en.docx");
    let bytes = packed(&parts("<w:p><w:r><w:t>The school</w:t></w:r></w:p>", ""));
    let target = document(&path, &bytes);
    let pair = |findings| Pair {
        id: None,
        bitext: Bitext { source: target.clone(), target: target.clone(), alignment: Alignment::default() },
        findings,
        terms: Vec::new(),
        verdict: Verdict::Fail,
    };
    let say = |body: &str| {
        fs::write(&path, packed(&parts(body, ""))).expect("written");
        let format = report::Format::parse("docx-comments").expect("a format");
        let pairs = [pair(vec![finding(0, Span::new(0, 3))])];
        format.write(&pairs, &Options::default(), &mut Vec::new()).expect_err("not written").to_string()
    };
    let said = say("<w:p><w:r><w:t>The school is new</w:t></w:r></w:p>");
    assert!(said.contains("en.docx") && said.contains("was changed while it was checked"), "{said}");
}

/// A stretch of a paragraph.
fn stretch() -> impl Strategy<Value = String> {
    let text = "[ab ]{1,6}";
    prop_oneof![
        text.prop_map(|text| format!("<w:r><w:t>{text}</w:t></w:r>")),
        text.prop_map(|text| format!(
            "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>"
        )),
        (text, text).prop_map(|(one, two)| format!("<w:r><w:t>{one}</w:t><w:tab/><w:t>{two}</w:t></w:r>")),
        text.prop_map(|text| format!("<w:hyperlink><w:r><w:t>{text}&amp;中{text}</w:t></w:r></w:hyperlink>")),
        text.prop_map(|text| format!("<w:ins><w:r><w:rPr/><w:t>{text}e\u{301}</w:t></w:r></w:ins>")),
        Just("<w:r><w:br/></w:r>".to_owned()),
        Just("<w:r/>".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever is commented on, the text stays as it is, and what stands between the marks of a comment holds the words.
    #[test]
    fn any_words_can_be_commented_on(
        paragraphs in proptest::collection::vec((proptest::collection::vec(stretch(), 0..5), any::<bool>()), 1..5),
        places in proptest::collection::vec((0usize..60, 0usize..20), 1..5),
    ) {
        let body: String = paragraphs
            .iter()
            .map(|(stretches, cell)| {
                let paragraph = format!("<w:p>{}</w:p>", stretches.concat());
                if *cell { format!("<w:tbl><w:tr><w:tc>{paragraph}</w:tc></w:tr></w:tbl>") } else { paragraph }
            })
            .collect();
        let before = parts(&body, "");
        let text = document(Path::new("before.docx"), &packed(&before)).text;
        let at = |place: usize| text.floor_char_boundary(place.min(text.len()));
        let spans: Vec<Span> =
            places.iter().map(|&(start, len)| Span::new(at(start), at(start + len))).collect();
        let (read_before, bytes) = commented(&before, &spans);
        let after = unpacked(&bytes);
        prop_assert!(grew(part(&before, "word/document.xml"), part(&after, "word/document.xml")));
        let read_after = document(Path::new("after.docx"), &bytes);
        prop_assert_eq!(read_before.text.trim_matches('\n'), read_after.text.trim_matches('\n'));
        let xml = part(&after, "word/document.xml");
        for (id, span) in spans.iter().enumerate() {
            let (_, rest) = xml.split_once(&format!("<w:commentRangeStart w:id=\"{id}\"/>")).expect("a start");
            let (inside, _) = rest.split_once(&format!("<w:commentRangeEnd w:id=\"{id}\"/>")).expect("an end");
            let words = text[span.range()].split('\n').find(|line| !line.trim().is_empty()).unwrap_or_default();
            let told: String = inside.replace("&amp;", "&").replace("<w:tab/>", "\t").replace("<w:br/>", " ")
                .split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
            use unicode_normalization::UnicodeNormalization;
            let told: String = told.nfc().collect();
            prop_assert!(told.contains(words.trim()), "{:?} in {:?}", words, told);
        }
    }
}

/// Comments on the source go the same way.
#[test]
fn the_original_can_be_commented_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("zh.docx");
    let bytes = packed(&parts("<w:p><w:r><w:t>学校在寺庙旁边。</w:t></w:r></w:p>", ""));
    fs::write(&path, &bytes).expect("written");
    let source = document(&path, &bytes);
    let target = read::string("en.txt", "The temple.", None).expect("a text");
    let mut one = finding(0, Span::new(0, 0));
    (one.source, one.target) = (Some(Span::new(0, "学校".len())), None);
    let bitext = Bitext { source, target, alignment: Alignment::default() };
    let pairs = [Pair { id: None, bitext, findings: vec![one], terms: Vec::new(), verdict: Verdict::Fail }];
    let write = |name: &str| {
        let mut out = Vec::new();
        let format = report::Format::parse(name).expect("a format");
        format.write(&pairs, &Options::default(), &mut out).map(|()| out)
    };
    let after = unpacked(&write("docx-comments-source").expect("a document"));
    let xml = part(&after, "word/document.xml");
    assert!(
        xml.contains("<w:commentRangeStart w:id=\"0\"/><w:r><w:t>学校</w:t></w:r><w:commentRangeEnd"),
        "{xml}"
    );
    assert_eq!(pairs[0].document(Side::Target).format, Format::Plain);
    assert!(
        write("docx-comments")
            .expect_err("no Word document")
            .to_string()
            .contains("none of the translations")
    );
    assert!(write("annotated").expect_err("no notes").to_string().contains("none of the files"));
}
