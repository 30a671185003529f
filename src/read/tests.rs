//! Tests of reading as a whole: sides of one file, lines, formats and languages.

use super::*;

fn split(text: &str, format: Format) -> Result<(String, String), String> {
    let list = |document: &Document| {
        let slices: Vec<&str> = document.blocks.iter().map(|b| document.slice(b.span)).collect();
        format!("{}: {}", document.lang, slices.join(" / "))
    };
    both_bytes("pair.txt", text.as_bytes(), format, None, None)
        .map(|(source, target)| (list(&source), list(&target)))
        .map_err(|error| error.to_string())
}

#[test]
fn one_file_splits_into_two_sides() {
    for case in include_str!("cases/pair.txt").split("\n=====\n") {
        let (text, want) = case.split_once("\n-----\n").expect("a text and its sides");
        let (source, target) = want.trim_end().split_once("\n+ ").expect("two sides");
        let formats: &[Format] =
            if text.contains("```") { &[Format::Markdown] } else { &[Format::Plain, Format::Markdown] };
        for &format in formats {
            assert_eq!(split(text, format), Ok((source.to_owned(), target.to_owned())), "{format:?}");
        }
    }
}

#[test]
fn what_cannot_be_split_is_an_error() {
    for (text, want) in [
        ("第一段。\n\n第二段引用 “Hello”。\n", "pair.txt: holds only one language (zh)"),
        ("One paragraph.\n\nAnother, on 主权.\n", "pair.txt: holds only one language (en)"),
        ("1\n\n2\n", "pair.txt: holds no text in any language"),
        ("", "pair.txt: holds no text in any language"),
    ] {
        let message = split(text, Format::Plain).expect_err(text);
        assert!(message.starts_with(want), "{message}");
    }
    let text = "你好，世界。\n\nBonjour le monde.\n";
    let asked = |source: &str, target: &str| {
        both_bytes("p", text.as_bytes(), Format::Plain, Lang::parse(source), Lang::parse(target))
            .map(|(s, t)| format!("{}>{} {}", s.lang, t.lang, s.blocks.len()))
            .map_err(|error| error.to_string())
    };
    assert_eq!(asked("fr", "zh").as_deref(), Ok("fr>zh 1"));
    assert_eq!(asked("zh", "").as_deref(), Ok("zh>en 1"));
    assert_eq!(asked("", "zh").as_deref(), Ok("en>zh 1"));
    assert!(asked("ru", "zh").is_err_and(|message| message.contains("no ru text")));
    assert!(asked("fr", "en").is_err());
}

#[test]
fn lines_count_as_they_stand() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join(format!("duizhao-lines-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let path = folder.join("a.zh");
    for (text, want) in
        [("一。二。\n\n  三 \r\n四", vec!["一。二。", "", "三", "四"]), ("\n\n", vec!["", ""]), ("", vec![])]
    {
        std::fs::write(&path, text)?;
        let document = crate::segment::segment(lines(&path, None, &super::Limits::default())?);
        let got: Vec<&str> = document.sentences.iter().map(|s| document.slice(s.span)).collect();
        assert_eq!(got, want);
        assert!(document.blocks.iter().enumerate().all(|(i, b)| b.sentences == (i..i + 1)));
    }
    assert!(
        lines(&folder, None, &super::Limits::default())
            .is_err_and(|e| e.to_string().contains("duizhao-lines"))
    );
    std::fs::remove_dir_all(&folder)?;
    Ok(())
}

#[test]
fn formats_go_by_name() {
    for (name, format) in [
        ("a.md", Format::Markdown),
        ("b.MDX", Format::Markdown),
        ("c.txt", Format::Plain),
        ("md", Format::Plain),
    ] {
        assert_eq!(Format::known(Path::new(name)).unwrap_or(Format::Plain), format, "{name}");
    }
}

#[test]
fn a_translation_that_keeps_much_english_has_its_language() {
    for (text, want) in [
        ("重要变更介绍\n\nfeat: support mixed retry\n\nfix: nil pointer\n\n修复若干问题\n", "zh"),
        ("The word 主权 is hard to render in English without loss.\n", "en"),
        ("2003\n", "en"),
        ("これは本です。\n\n東京都\n", "ja"),
    ] {
        let document = bytes("a", text.as_bytes(), Format::Plain, None).expect("text");
        assert_eq!(document.lang.as_str(), want, "{text}");
    }
}

#[test]
fn a_lone_carriage_return_ends_a_line_of_markdown() {
    for text in ["## **网络主权* \r网络主权", "## *a* \rb\r\rc\r", "- 一\r- 二\r"] {
        let outline = |text: &str| {
            let document = bytes("a", text.as_bytes(), Format::Markdown, None).expect("text");
            let blocks = document.blocks.iter();
            blocks.map(|b| (b.kind, document.slice(b.span).to_owned(), b.pieces.clone())).collect::<Vec<_>>()
        };
        assert_eq!(outline(text), outline(&text.replace('\r', "\n")), "{text:?}");
    }
}

#[test]
fn an_original_in_comments_is_a_version() {
    let text = "---\ntitle: 节点\nweight: 10\n---\n<!--\ntitle: Nodes\nweight: 10\n-->\n\n<!-- overview -->\n\n<!--\nA node runs pods.\n-->\n节点运行 Pod。\n";
    let want = ("en: Nodes / <!-- overview --> / A node runs pods.", "zh: --- / 节点 / 节点运行 Pod。");
    assert_eq!(split(text, Format::Markdown), Ok((want.0.to_owned(), want.1.to_owned())));
}
