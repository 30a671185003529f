//! Every language says the same messages with the same arguments; every message is used, and every one can be said.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{
    Comment, Entry, Expression, InlineExpression, Message as Written, Pattern, PatternElement, Resource,
};
use fluent_syntax::parser;

use super::catalogue::{self, LOCALES};
use super::{Argument, Id, Message, Tongue, message};

/// A message as it is written.
struct Wording {
    area: usize,
    /// What it takes.
    takes: BTreeSet<String>,
    /// What it leaves out, as a comment above it says: `# without $noun`.
    without: BTreeSet<String>,
}

/// What a language says, by id.
fn wordings(tongue: Tongue) -> BTreeMap<&'static str, Wording> {
    let mut all = BTreeMap::new();
    for (area, text) in LOCALES[tongue as usize].into_iter().enumerate() {
        let Resource { body } = parser::parse(text)
            .unwrap_or_else(|(_, errors)| panic!("file {area} of locales/{}: {errors:?}", tongue.as_str()));
        for entry in body {
            let Entry::Message(Written { id, value, attributes, comment }) = entry else { continue };
            assert!(attributes.is_empty(), "{} has attributes, which nothing says", id.name);
            let mut takes = BTreeSet::new();
            pattern(&value.unwrap_or_else(|| panic!("{} says nothing", id.name)), &mut takes);
            let without = comment.iter().flat_map(|Comment { content }| content).flat_map(|line| {
                line.strip_prefix("without ").into_iter().flat_map(|names| names.split(", $"))
            });
            let without = without.map(|name| name.trim_start_matches('$').to_owned()).collect();
            let twice = all.insert(id.name, Wording { area, takes, without });
            assert!(twice.is_none(), "{} stands twice in locales/{}", id.name, tongue.as_str());
        }
    }
    all
}

fn pattern(pattern: &Pattern<&str>, takes: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression: placed } = element {
            expression(placed, takes);
        }
    }
}

fn expression(placed: &Expression<&str>, takes: &mut BTreeSet<String>) {
    match placed {
        Expression::Inline(placed) => inline(placed, takes),
        Expression::Select { selector, variants } => {
            inline(selector, takes);
            variants.iter().for_each(|variant| pattern(&variant.value, takes));
        }
    }
}

fn inline(placed: &InlineExpression<&str>, takes: &mut BTreeSet<String>) {
    match placed {
        InlineExpression::VariableReference { id } => {
            takes.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression: placed } => expression(placed, takes),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        other => panic!("{other:?}: what a message says stands in it alone"),
    }
}

#[test]
fn languages_say_the_same() {
    let all = Tongue::ALL.map(wordings);
    let [english, others @ ..] = &all;
    for other in others {
        let ids = |wordings: &BTreeMap<&'static str, Wording>| wordings.keys().copied().collect::<Vec<_>>();
        assert_eq!(ids(english), ids(other));
    }
    for (id, one) in english {
        let whole: BTreeSet<String> = all.iter().flat_map(|wordings| wordings[id].takes.clone()).collect();
        for (tongue, wordings) in Tongue::ALL.into_iter().zip(&all) {
            let Wording { area, takes, without } = &wordings[id];
            assert_eq!(*area, one.area, "{id} stands in another file of locales/{}", tongue.as_str());
            let left_out: BTreeSet<String> = whole.difference(takes).cloned().collect();
            assert_eq!(&left_out, without, "what {id} leaves out in locales/{}", tongue.as_str());
        }
    }
}

/// In every language, with something in every place.
#[test]
fn every_message_can_be_said() {
    for tongue in Tongue::ALL {
        for (id, wording) in wordings(tongue) {
            for count in [0, 1, 2, 5] {
                let arguments = wording.takes.iter();
                let arguments =
                    arguments.map(|name| (&*name.clone().leak(), Argument::Count(count))).collect();
                let said = Message::new(Id { area: wording.area, name: id }, arguments).said(tongue);
                // what cannot be filled in is left as it is written
                let whole = !said.trim().is_empty() && !said.contains("{$");
                assert!(whole, "{id} in {}: {said}", tongue.as_str());
            }
        }
    }
}

/// Code names messages by `message!("…")` and `id!("…")`; families of words are named by their files.
#[test]
fn every_message_is_used() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut used = BTreeSet::new();
    for file in files(&src) {
        let name = |kind: &str| (file.extension().is_some_and(|end| end == kind)).then(|| file.file_stem());
        if file.starts_with(src.join("meaning/families"))
            && let Some(Some(name)) = name("tsv")
        {
            used.insert(format!("family-{}", name.to_string_lossy()));
        }
        if name("rs").is_some() {
            let text = fs::read_to_string(&file).expect("readable");
            let calls = ["message!(", "id!("].into_iter().flat_map(|call| text.split(call).skip(1));
            let ids = calls.filter_map(|call| call.trim_start().strip_prefix('"')?.split('"').next());
            used.extend(ids.map(str::to_owned));
        }
    }
    let idle: Vec<&str> = wordings(Tongue::English).into_keys().filter(|id| !used.contains(*id)).collect();
    assert!(idle.is_empty(), "nothing says {idle:?}: take it out of locales/*");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn forms_follow_counts_and_nothing_unseen_is_put_in() {
    let cases = [
        (message!("passage-sentence", count = 1), ["this sentence", "这句"]),
        (message!("passage-sentence", count = 12_345), ["these 12345 sentences", "这 12345 句"]),
        (message!("quoted", text = "{ $a } “\u{202e}"), ["“{ $a } “\u{202e}”"; 2]),
        (
            message!("content-nothing", side = message!("side-source"), text = "x"),
            ["nothing in the original accounts for x", "原文没有与x对应的内容"],
        ),
        (Message::alike("as it is"), ["as it is"; 2]),
        (message!("comma"), [", ", "，"]),
        (
            message!("cue-timing-over", more = 0),
            [
                "this cue is shown while the one before it still is\nend that one earlier",
                "前一条字幕尚未消失，这条就已显示\n请提前结束前一条",
            ],
        ),
    ];
    for (message, said) in cases {
        assert_eq!(Tongue::ALL.map(|tongue| message.said(tongue)), said);
    }
}

/// What the compiler refuses.
#[test]
fn what_no_language_has_is_refused() {
    let refused: [(&str, &[&str]); 4] =
        [("no-such-message", &[]), ("quoted", &[]), ("quoted", &["text", "more"]), ("quoted", &["tex"])];
    for (id, arguments) in refused {
        assert!(std::panic::catch_unwind(|| catalogue::area(id, arguments)).is_err(), "{id} {arguments:?}");
    }
    assert_eq!(catalogue::area("quoted", &["text"]), wordings(Tongue::English)["quoted"].area);
}

#[test]
fn locales_have_a_language() {
    for (locale, tongue) in [
        ("zh_CN.UTF-8", Some(Tongue::Chinese)),
        ("zh-Hant-TW", Some(Tongue::Chinese)),
        ("zh", Some(Tongue::Chinese)),
        ("en_GB@euro", Some(Tongue::English)),
        ("C.UTF-8", None),
        ("zhx_CN", None),
        ("", None),
    ] {
        assert_eq!(Tongue::of_locale(locale), tongue, "{locale}");
    }
}
