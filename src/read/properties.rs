//! What holds for any text: tests over texts made of awkward parts.

use proptest::prelude::*;

use super::{Format, both_bytes, bytes};
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
        if let Some(n) = block.numbering {
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
        for format in [Format::Plain, Format::Markdown] {
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
        for format in [Format::Plain, Format::Markdown] {
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
        for format in [Format::Plain, Format::Markdown] {
            if let Ok(document) = bytes("any", &data, format, None) {
                holds(&segment(document));
            }
        }
    }
}
