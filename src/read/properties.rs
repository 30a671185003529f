//! What holds for any text: tests over texts made of awkward parts.

use std::io::Write;

use proptest::prelude::*;

use super::{Format, Paired, Reader, both_bytes, by_key, bytes, paired_bytes};
use crate::segment::segment;
use crate::text::{Document, Lang};

const PARTS: &[&str] = &[
    "网络主权",
    "的",
    "。",
    "！",
    "？",
    "；",
    "……",
    "“",
    "”",
    "《",
    "》",
    "（",
    "）",
    "，",
    "一、",
    "(一)",
    "第一,",
    "1.",
    "I.",
    "· ",
    "- ",
    "* ",
    "1) ",
    "## ",
    "> ",
    "!!! note \"t\"\n    ",
    "=== \"t\"\n\n    ",
    "```",
    "`",
    "**",
    "*",
    "_",
    "[",
    "](",
    ")",
    "![",
    "<br/>",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<!--",
    "-->",
    "<Tabs a={[",
    "]}>",
    ":::note",
    ":::",
    "{#a}",
    "{{",
    "}}",
    "${",
    "---\n",
    "title: ",
    "| a | b |\n|-|-|\n",
    "|",
    "\\",
    "\n",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "  \n",
    "    ",
    "\t",
    "\u{a0}",
    "\u{3000}",
    "\u{feff}",
    "\u{200b}",
    "e\u{301}",
    "👩‍👩‍👧",
    "𠮷",
    "The end",
    ". ",
    ".",
    "! ",
    "? ",
    "; ",
    "Mr. ",
    "e.g. ",
    "No. 5 ",
    "J. R. ",
    "https://a.b/c?d=e.",
    "www.x.y",
    "&nbsp;",
    "&amp",
    "[^1]",
    "[^1]: ",
    "[a]: http://b.c\n",
    "\"",
    "'",
    "import a from 'b';\n",
    "***\n",
    "Share - WeChat\n",
    "<script>",
    "<pre>\n",
    "~~",
    "~",
    "lower",
    "Upper",
    "2020",
];

/// Parts of formats that say themselves what they are.
const FRAMES: &[(Format, &[&str])] = &[
    (
        Format::Html,
        &[
            "<p>",
            "<li>",
            "<ol>",
            "</ol>",
            "<h1>",
            "<td>",
            "<pre>",
            "</pre>",
            "<code>",
            "</code>",
            "<style>",
            "</style>",
            "<a href='x",
            "'>",
            "<svg",
            "/>",
            "<!doctype",
            "<title>",
            "<head>",
            "</head>",
            "&#8220;",
            "<",
        ],
    ),
    (
        Format::AsciiDoc,
        &[
            "= ",
            "== 一\n",
            "----\n",
            "....\n",
            "|===\n",
            "| a | 二\n",
            "____\n",
            "[source]\n",
            ".题\n",
            "** ",
            ". ",
            "<1> ",
            ":a: b\n",
            "image::a[二]\n",
            "link:a[",
            "footnote:[",
            "<<a,",
            ">>",
            "_",
            "//",
            "{a}",
            "主:[a]",
            "\n",
        ],
    ),
    (
        Format::Rst,
        &[
            "===\n",
            "一\n===\n",
            "=== ===\n",
            "+--+--+\n",
            "| a | 二 |\n",
            ".. note:: ",
            ".. code-block:: c\n\n",
            ".. [1] ",
            ".. _a: b\n",
            "..\n",
            ":ref:`",
            "`_",
            "``",
            "|x|",
            "::\n\n",
            ">>> ",
            ":a: ",
            "#. ",
            "   ",
            "\n",
        ],
    ),
    (
        Format::Subtitles,
        &["1\n", "00:01,000 --> 00:02,000\n", "WEBVTT\n", "NOTE ", "{\\an8}", "<i>", "<v Anna>", "-->"],
    ),
    (Format::Table, &["zh,en\n", "zh\ten\n", ",", "\t", ";", "\"a\"\"b\"", "\"", "a,b\n", "一,one\n"]),
    (
        Format::Tmx,
        &[
            "<tmx>",
            "</tmx>",
            "<tu>",
            "</tu>",
            "<tuv xml:lang='zh'><seg>",
            "<tuv xml:lang='en'><seg>",
            "</seg></tuv>",
            "<ph>",
            "</ph>",
            "<![CDATA[",
            "]]>",
            "&amp;",
            "<tu><tuv xml:lang='zh'><seg>好</seg></tuv><tuv xml:lang='en'><seg>ok</seg></tuv></tu>",
        ],
    ),
    (
        Format::Xliff,
        &[
            "<xliff srcLang='zh' trgLang='en'>",
            "</xliff>",
            "<segment>",
            "</segment>",
            "<source>",
            "</source>",
            "<target>",
            "</target>",
            "<source>好</source><target>ok</target>",
            "<g id='1'>",
            "</g>",
            "<x/>",
            "<matches>",
            "</matches>",
        ],
    ),
    (
        Format::Po,
        &[
            "msgid \"",
            "msgstr \"",
            "msgid_plural \"",
            "msgstr[1] \"",
            "\"\n",
            "\"a\\\"b%s\"\n",
            "#, c-format\n",
            "\\",
            "%(a)d",
            "msgid \"好\"\nmsgstr \"ok\"\n",
        ],
    ),
    (
        Format::Json,
        &[
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"a\"",
            "\"a_one\":",
            "\"a_other\":\"x\",",
            "\"好\\u4fdd\"",
            "3",
            "//",
            "null",
        ],
    ),
    (Format::Arb, &["{", "}", ":", ",", "\"@@locale\":\"zh\"", "\"a\":\"好\"", "\"@a\":{}"]),
    (
        Format::Yaml,
        &[
            "a: ",
            "b:\n  ",
            "- ",
            "|\n  ",
            ">\n",
            "\"",
            "'",
            "''",
            "&a ",
            "*a",
            "\n",
            "zh: ",
            "one: x\n",
            "other: y\n",
            "{",
            "}",
        ],
    ),
    (Format::Properties, &["a=", "b:", "\\\n", "\\u4fdd", "\n", "#", "!", "\\", " = ", "a_one=", "\r\n"]),
    (Format::Strings, &["\"a\"", " = ", ";", "/*", "*/", "//", "\\\"", "\"", "a", "\n", "\"好\" = \"ok\";"]),
    (
        Format::Fluent,
        &[
            "a = ",
            "\n",
            "    ",
            ".b = ",
            "{ $n ->",
            "[one] ",
            "*[other] ",
            "}",
            "{",
            "\"",
            "-t = ",
            "#",
            "a = 好\n",
        ],
    ),
    (
        Format::Android,
        &[
            "<resources>",
            "</resources>",
            "<string name=\"a\">",
            "</string>",
            "<plurals name=\"b\">",
            "</plurals>",
            "<item quantity=\"one\">",
            "<item>",
            "</item>",
            "<string-array name=\"c\">",
            "</string-array>",
            "\\'",
            "<string name=\"d\"/>",
        ],
    ),
    (
        Format::Resx,
        &[
            "<root>",
            "</root>",
            "<data name=\"a\">",
            "</data>",
            "<value>",
            "</value>",
            "<value/>",
            "<comment/>",
        ],
    ),
    (
        Format::Stringsdict,
        &[
            "<plist>",
            "</plist>",
            "<dict>",
            "</dict>",
            "<key>",
            "</key>",
            "<string>",
            "</string>",
            "one",
            "other",
            "<dict/>",
        ],
    ),
    (
        Format::Xcstrings,
        &[
            "{\"sourceLanguage\":\"en\",\"strings\":{",
            "\"a\":{\"localizations\":{",
            "\"zh\":{\"stringUnit\":{\"value\":\"好\"}}",
            "}",
            "},",
            "\"en\":",
            "\"shouldTranslate\":false",
            "[",
            "]",
            ",",
        ],
    ),
    (
        Format::Qt,
        &[
            "<TS language=\"zh\">",
            "</TS>",
            "<message>",
            "</message>",
            "<source>",
            "</source>",
            "<translation>",
            "</translation>",
            "<numerusform>",
            "</numerusform>",
            "<translation/>",
            "<translation type=\"vanished\">",
        ],
    ),
    (
        Format::Latex,
        &[
            "\\section{",
            "\\section*",
            "[",
            "]",
            "{",
            "}",
            "\\label{a}",
            "\\begin{itemize}",
            "\\item ",
            "\\end{itemize}",
            "\\begin{tabular}{l}",
            "&",
            "\\\\",
            "\\end{tabular}",
            "$",
            "\\[",
            "\\]",
            "\\begin{align}",
            "\\end{align}",
            "%",
            "\n",
            "\n\n",
            "\\verb|",
            "|",
            "\\begin{verbatim}",
            "\\end{verbatim}",
            "\\cite{b}",
            "\\href{c}{",
            "\\textbf{",
            "\\caption{",
            "\\begin{document}",
            "\\title{",
            "\\好",
            "\\",
            "~",
            "好。",
            "\\footnote{",
            "\\multicolumn{2}{c}{",
        ],
    ),
    (
        Format::Notebook,
        &[
            "{\"nbformat\":4,\"cells\":[",
            "]}",
            "{\"cell_type\":\"markdown\",\"source\":\"# 一\\n\"}",
            ",",
            "{\"cell_type\":\"code\",\"source\":[\"a\\n\",\"b\"]}",
            "{\"cell_type\":\"raw\"}",
        ],
    ),
    (
        Format::Odt,
        &[
            "<text:p>",
            "</text:p>",
            "<text:h>",
            "</text:h>",
            "<text:list>",
            "</text:list>",
            "<text:note>",
            "</text:note>",
            "<text:a xlink:href='a'>",
            "</text:a>",
            "<text:s/>",
            "<table:table>",
            "</table:table>",
            "<table:table-cell>",
            "</table:table-cell>",
            "<office:annotation>",
            "</office:annotation>",
            "<text:p>一、好。</text:p>",
            "&amp;",
        ],
    ),
    (
        Format::Odp,
        &[
            "<draw:page>",
            "</draw:page>",
            "<draw:frame presentation:class='title'>",
            "<draw:frame presentation:class='footer'>",
            "</draw:frame>",
            "<text:p>",
            "</text:p>",
            "<text:list>",
            "</text:list>",
            "<presentation:notes>",
            "</presentation:notes>",
            "<text:p>一、好。</text:p>",
        ],
    ),
    (
        Format::Ods,
        &[
            "<table:table table:name='a'>",
            "</table:table>",
            "<table:table-row>",
            "<table:table-row table:number-rows-repeated='3'>",
            "</table:table-row>",
            "<table:table-cell><text:p>zh</text:p></table:table-cell>",
            "<table:table-cell><text:p>en</text:p></table:table-cell>",
            "<table:table-cell table:number-columns-repeated='9'/>",
            "<table:table-cell table:number-columns-repeated='2'><text:p>好</text:p></table:table-cell>",
            "<table:table-row><table:table-cell><text:p>a\tb</text:p></table:table-cell></table:table-row>",
        ],
    ),
    (
        Format::Pptx,
        &[
            "<p:sp>",
            "</p:sp>",
            "<p:ph type='title'/>",
            "<p:ph/>",
            "<a:p>",
            "</a:p>",
            "<a:r>",
            "</a:r>",
            "<a:t>",
            "</a:t>",
            "<a:hlinkClick r:id='b'/>",
            "<a:pPr lvl='1'/>",
            "<a:tbl>",
            "</a:tbl>",
            "<a:tc>",
            "</a:tc>",
            "<a:br/>",
            "<a:fld>",
            "</a:fld>",
            "<a:p><a:t>一、好。</a:t></a:p>",
        ],
    ),
    (
        Format::Epub,
        &[
            "<body>",
            "</body>",
            "<p>",
            "</p>",
            "<h1>",
            "<aside>",
            "<title>",
            "&amp;",
            "<a href='b'>",
            "</a>",
            "<pre>",
            "\n",
        ],
    ),
    (
        Format::Xlsx,
        &[
            "<row>",
            "</row>",
            "<c t='inlineStr'><is><t>zh</t></is></c>",
            "<c t='inlineStr'><is><t>en</t></is></c>",
            "<c/>",
            "<c r='C1'><v>3</v></c>",
            "<c t='str'><v>好</v></c>",
            "<row><c t='str'><v> a\tb</v></c></row>",
        ],
    ),
    (
        Format::Docx,
        &[
            "<w:hyperlink r:id='a'>",
            "</w:hyperlink>",
            "<w:p>",
            "</w:p>",
            "<w:p/>",
            "<w:pPr>",
            "</w:pPr>",
            "<w:t>",
            "</w:t>",
            "<w:del>",
            "</w:del>",
            "<w:del/>",
            "<w:br/>",
            "<w:tbl>",
            "</w:tbl>",
            "&#10;",
            "&#x4e2d;",
            "<w:outlineLvl w:val='1'/>",
            "<w:numId w:val='1'/>",
            "<w:p><w:t>一、好。</w:t></w:p>",
        ],
    ),
];

/// A text of awkward parts with many of a format's own.
fn framed() -> impl Strategy<Value = (Format, String)> {
    prop::sample::select(FRAMES).prop_flat_map(|(format, frames)| {
        let part = prop_oneof![2 => prop::sample::select(frames), 1 => prop::sample::select(PARTS)];
        let text = prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat());
        (Just(format), text)
    })
}

/// The bytes of a file of this format that holds the text.
fn packed(format: Format, text: &str) -> Vec<u8> {
    let word = format!("<w:document><w:body>{text}</w:body></w:document>");
    let odt = format!("<office:text>{text}</office:text>");
    let odp = format!("<office:presentation>{text}</office:presentation>");
    let ods = format!("<office:spreadsheet>{text}</office:spreadsheet>");
    let sheet = format!("<s>{text}</s>");
    let parts: &[(&str, &str)] = match format {
        Format::Docx => &[("word/document.xml", &word), ("word/_rels/document.xml.rels", LINKS)],
        Format::Odt => &[("content.xml", &odt)],
        Format::Odp => &[("content.xml", &odp)],
        Format::Ods => &[("content.xml", &ods)],
        Format::Pptx => &[
            ("ppt/presentation.xml", "<p><sldId r:id='a'/></p>"),
            ("ppt/_rels/presentation.xml.rels", "<r><r Id='a' Type='/slide' Target='s.xml'/></r>"),
            ("ppt/_rels/s.xml.rels", LINKS),
            ("ppt/s.xml", &sheet),
        ],
        Format::Epub => &[
            ("META-INF/container.xml", "<c><rootfile full-path='a.opf'/></c>"),
            (
                "a.opf",
                "<p><item id='a' href='a.xhtml'/><item id='b' href='b.xhtml'/><itemref idref='a'/><itemref idref='b'/></p>",
            ),
            ("a.xhtml", text),
            ("b.xhtml", "<p>二。</p>"),
        ],
        Format::Xlsx => &[
            ("xl/workbook.xml", "<w><sheet r:id='a'/></w>"),
            ("xl/_rels/workbook.xml.rels", "<r><r Id='a' Type='/worksheet' Target='s.xml'/></r>"),
            ("xl/s.xml", &sheet),
        ],
        _ => return text.as_bytes().to_vec(),
    };
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        archive.start_file(*name, options).expect("memory");
        write!(archive, "{content}").expect("memory");
    }
    archive.finish().expect("memory").into_inner()
}

/// Where the links of a part lead.
const LINKS: &str = "<r><r Id='a' Target='http://a.b' TargetMode='External'/><r Id='b' Target='c' TargetMode='External'/></r>";

/// What holds for any pairs: each side is sound, and every block is in one link.
fn pairs_hold(read: Paired) {
    let Paired { source, target, links } = read;
    let sides = links.iter().map(|(s, t)| (s.clone(), t.clone())).unzip::<_, _, Vec<_>, Vec<_>>();
    assert_eq!(sides.0.concat(), (0..source.blocks.len()).collect::<Vec<_>>());
    assert_eq!(sides.1.concat(), (0..target.blocks.len()).collect::<Vec<_>>());
    assert!(links.iter().all(|(source, target)| !source.is_empty() || !target.is_empty()));
    holds(&segment(source));
    holds(&segment(target));
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(prop::sample::select(PARTS), 0..60).prop_map(|parts| parts.concat()),
        1 => "\\PC{0,80}",
    ]
}

fn holds(document: &Document) {
    let text = &document.text;
    let mut rebuilt = String::new();
    let mut at = 0;
    let mut next_sentence = 0;
    for (index, block) in document.blocks.iter().enumerate() {
        assert!(block.span.start >= at && !block.span.is_empty(), "blocks are in order and hold something");
        let mut tile = block.span.start;
        for piece in &block.pieces {
            assert_eq!(piece.span.start, tile, "pieces tile the block {:?}", block);
            assert!(!piece.span.is_empty());
            tile = piece.span.end;
            assert!(text.get(piece.span.range()).is_some(), "pieces end on char boundaries");
        }
        assert_eq!(tile, block.span.end);
        if let Some(n) = &block.numbering {
            assert!(block.span.contains(n.span) && !n.span.is_empty(), "{block:?}");
        }
        assert_eq!(block.sentences.start, next_sentence);
        next_sentence = block.sentences.end;
        let sentences = &document.sentences[block.sentences.clone()];
        assert_eq!(sentences.is_empty(), !block.kind.is_prose(), "{block:?}");
        let mut inside = block.span.start;
        for sentence in sentences {
            assert_eq!(sentence.block, index);
            assert!(sentence.span.start >= inside && sentence.span.end <= block.span.end);
            let slice = &text[sentence.span.range()];
            assert!(!slice.is_empty() && slice.trim() == slice, "{slice:?}");
            rebuilt.push_str(&text[at..sentence.span.start]);
            rebuilt.push_str(slice);
            at = sentence.span.end;
            inside = sentence.span.end;
        }
        rebuilt.push_str(&text[at..block.span.end]);
        at = block.span.end;
    }
    rebuilt.push_str(&text[at..]);
    assert_eq!(&rebuilt, text, "segments and gaps are the text");
    assert_eq!(next_sentence, document.sentences.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_tiled(text in texts(), zh in any::<bool>()) {
        for format in Format::all().filter(|format| matches!(format.reader(), Reader::Text(_) | Reader::Pairs(_, Some(_)))) {
            for lang in [if zh { Lang::ZH } else { Lang::EN }, Lang::parse("fr").unwrap_or(Lang::EN)] {
                let read = || bytes("any", text.as_bytes(), format, Some(lang)).map(segment);
                let document = read().expect("no NUL in the alphabet");
                holds(&document);
                prop_assert_eq!(document, read().expect("as before"));
            }
        }
    }

    #[test]
    fn both_sides_are_apart(text in texts()) {
        for format in [Format::Plain, Format::Markdown, Format::Html, Format::Subtitles] {
            if let Ok((source, target)) = both_bytes("any", text.as_bytes(), format, None, None) {
                for a in &source.blocks {
                    prop_assert!(target.blocks.iter().all(|b| !a.span.overlaps(b.span)));
                }
                prop_assert_ne!(source.lang, target.lang);
                holds(&segment(source));
                holds(&segment(target));
            }
        }
    }

    #[test]
    fn any_bytes_end_well(data in prop::collection::vec(any::<u8>(), 0..200)) {
        for format in Format::all() {
            if let Ok(document) = bytes("any", &data, format, None) {
                holds(&segment(document));
            }
            if let Ok(read) = paired_bytes("any", &data, format, None, None) {
                pairs_hold(read);
            }
        }
    }

    #[test]
    fn any_frame_is_tiled((format, text) in framed()) {
        let data = packed(format, &text);
        if let Ok(document) = bytes("any", &data, format, None) {
            holds(&segment(document));
        }
        if let Ok(read) = paired_bytes("any", &data, format, None, None) {
            pairs_hold(read);
        }
    }

    #[test]
    fn keys_link_each_block_once((format, one) in framed(), (_, other) in framed()) {
        let read = |text: &str| bytes("any", text.as_bytes(), format, None);
        if let (true, Ok(source), Ok(target)) = (format.is_keyed(), read(&one), read(&other)) {
            let Paired { source, target, links } = by_key(source, target);
            let mut of = [Vec::new(), Vec::new()];
            for (source, target) in links {
                of[0].extend(source);
                of[1].extend(target);
            }
            for (blocks, document) in of.iter_mut().zip([&source, &target]) {
                blocks.sort_unstable();
                prop_assert_eq!(&*blocks, &(0..document.blocks.len()).collect::<Vec<_>>());
            }
            holds(&segment(source));
            holds(&segment(target));
        }
    }
}
