//! Code, placeholders, links, images and footnote marks that differ.

use super::{Category, Check, Context, Evidence, Fault, Findings, Message, Severity, Side};
use crate::align::Link;
use crate::lexicon::{self, is_han};
use crate::markup::addresses::{page, same_site};
use crate::markup::code::{self, is_strict};
use crate::meaning::own;
use crate::read::{self, Format};
use crate::text::{BlockKind, Document, Lang, PieceKind, Span};

pub(super) static CHECK: Check = Check {
    name: "markup-mismatch",
    chinese: "标记不符",
    category: Category::Markup,
    severity: Severity::Major,
    summary: "code, a link, an image, a placeholder, a tag or a footnote mark differs or is missing",
    docs: r#"
        What a program reads must be the same in both versions: a command that lost an option fails, a placeholder
        that was translated is never filled in. The check compares code blocks line by line, and in running text the
        code spans, formulas, placeholders (`{{ name }}`, `${name}`, `%s`), tags, footnote marks, images and link
        targets of linked blocks; the anchors of headings (`{#install}`) where both versions give one; and what the
        directives and link definitions between them point to.

        A table cell that the Chinese side leaves in Latin letters throughout, a type or a default, must have the
        same words in the other language.

        It leaves alone comments and strings in code that are prose, how often a name is mentioned as long as it is
        mentioned at all, code spans that were translated, marks of emphasis, anchors in links and in Chinese (they
        are translated with their headings), and what in an address only says which language the page is in. Links,
        images and anchors are `minor`, because a translation may point to other pages with good reason.

        ```fires
        zh: 将`max_size`设为`10`，再运行`serve --all`。
        en: Set `max_sizes` to `10`, then run `serve --all`.
        ```

        ```fires
        en: Hello {{ name }}, your order has been shipped.
        zh: 您好，您的订单已发货。
        ```

        ```fires
        zh: 运行：
        zh: ```\ninstall --target x86 # 安装\nrun\n```
        en: Run:
        en: ```\ninstall --target arm # install it\nrun\n```
        ```

        ```fires
        zh: | 名称 | 说明 | 类型 |\n| --- | --- | --- |\n| text | 取消按钮的文字 | string |
        en: | Name | Description | Type |\n| --- | --- | --- |\n| text | Text of the cancel button | boolean |
        ```

        ```fires
        en: ## Install {#install}
        zh: ## 安装 {#instal}
        ```

        ```fires
        zh: 如有疑问，请发送邮件至 privacy@example.com，我们会尽快回复。
        en: If you have any questions, write to service@example.com and we will reply soon.
        ```

        ```fires
        en: The load is $l = \frac{n}{t}$ at any time.
        zh: 任何时候的负载均为$l = \frac{t}{n}$。
        ```

        ```fires
        en: Cannot copy %s to %s
        zh: 无法复制到%s
        ```

        ```fires
        en: See the [guide][1] first.\n\n[1]: https://example.org/guide
        zh: 请先阅读[指南][1]。\n\n[1]: https://example.org/faq
        ```

        ```fires
        en: The prefix can be changed.[^a]\n\n[^a]: Since version 2.
        zh: 前缀可以修改。\n\n[^a]: 自版本2起。
        ```

        ```passes
        en: Know {{< tooltip text="volumes" id="volume" url="/docs/volume" >}} before you read on.
        zh: 阅读之前，请先了解{{< tooltip text="卷" id="volume" url="/zh-cn/docs/volume" >}}。
        ```

        ```passes
        zh: 设置`max_size`后，参见[安装](https://example.org/zh-cn/install#安装)。
        en: After setting `max_size`, which is optional, see [Install](https://example.org/en/install#install) for `max_size`.
        ```

        ```passes
        en: Run `ufw allow 9092 comment "Harbour clients"` first.
        zh: 请先运行`ufw allow 9092 comment "Harbour 客户端"`。
        ```

        ```fires
        en: The call `connect()` <Badge type="tip" text="^1.9.0" /> opens a session.
        zh: 调用`connect()` <Badge type="tip" text="^1.8.0" />会打开一个会话。
        ```

        ```passes
        zh: 请写`<!-- allow: 此通知只涉及一个国家 -->`。
        en: Write `<!-- allow: the notice is for one country -->`.
        ```

        ```passes
        en: Run:
        en: ```\nprint("Hello, world") # say hello\n```
        zh: 运行：
        zh: ```\nprint("你好，世界") # 打招呼\n```
        ```
    "#,
    run,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Code,
    Placeholder,
    Tag,
    Footnote,
    Image,
    Link,
    Anchor,
}

impl Kind {
    fn names(self) -> [&'static str; 2] {
        match self {
            Kind::Code => ["code", "代码"],
            Kind::Placeholder => ["placeholder", "占位符"],
            Kind::Tag => ["tag", "标签"],
            Kind::Footnote => ["footnote mark", "脚注标记"],
            Kind::Image => ["image", "图片"],
            Kind::Link => ["link", "链接"],
            Kind::Anchor => ["anchor", "锚点"],
        }
    }
}

/// Something that both versions must have.
#[derive(Debug, Clone, PartialEq)]
struct Mark {
    kind: Kind,
    span: Span,
    /// What makes it the same on both sides.
    key: String,
}

/// How many links before and after the linked blocks may hold what these lack.
const AROUND: usize = 2;

fn run(context: &Context, findings: &mut Findings) {
    let links = &context.bitext().alignment.blocks;
    // where the file says what corresponds to what, nothing stands elsewhere
    let reach = if is_given(context) { 0 } else { AROUND };
    let documents = [Side::Source, Side::Target].map(|side| context.document(side));
    for (at, link) in links.iter().enumerate().filter(|(_, link)| !link.is_null()) {
        let is_code = |side: Side| {
            own(link, side).iter().all(|&b| context.document(side).blocks[b].kind == BlockKind::Code)
        };
        if is_code(Side::Source) && is_code(Side::Target) {
            findings_in_code(context, link, findings);
            continue;
        }
        findings_in_cells(context, link, findings);
        let marks = [Side::Source, Side::Target].map(|side| marks_of(context, side, link));
        if marks.iter().all(Vec::is_empty) {
            continue;
        }
        let near = at.saturating_sub(reach)..(at + reach + 1).min(links.len());
        let around: [Vec<usize>; 2] = [Side::Source, Side::Target]
            .map(|side| links[near.clone()].iter().flat_map(|link| own(link, side)).copied().collect());
        let mut left = [0, 1].map(|side: usize| missing(&documents, &marks, &around, side));
        for side in [Side::Source, Side::Target] {
            left[side as usize].retain(|mark| !is_translated(context, link, side, mark, &marks));
        }
        report(context, link, left, findings);
    }
}

/// Whether the links of the blocks are those that the file gives.
fn is_given(context: &Context) -> bool {
    let [one, other] = [Side::Source, Side::Target].map(|side| &context.document(side).path);
    one == other && Format::of(one.as_ref()).is_paired()
}

/// The marks of one side of linked blocks, but for those in sentences that have no counterpart at all.
fn marks_of(context: &Context, side: Side, link: &Link) -> Vec<Mark> {
    let document = context.document(side);
    let mut found = Vec::new();
    for &block in own(link, side) {
        match document.blocks[block].kind {
            kind if kind.is_prose() => marks_in(document, block, &mut found),
            BlockKind::Metadata if !read::is_setting(document, &document.blocks[block]) => {
                let mut marks = Vec::new();
                marks_in(document, block, &mut marks);
                found.extend(marks.into_iter().filter(|mark| match mark.kind {
                    Kind::Link | Kind::Image => true,
                    Kind::Code => mark.key.bytes().all(|b| b.is_ascii_digit() || b".v^~".contains(&b)),
                    _ => false,
                }));
            }
            _ => {}
        }
    }
    let lone: Vec<Span> = own(link, side)
        .iter()
        .flat_map(|&block| document.blocks[block].sentences.clone())
        .filter(|&sentence| {
            context.bitext().alignment.sentences[context.sentence_link(side, sentence)].is_null()
        })
        .map(|sentence| document.sentences[sentence].span)
        .collect();
    found.retain(|mark| !lone.iter().any(|sentence| sentence.overlaps(mark.span)));
    found
}

fn marks_in(document: &Document, block: usize, found: &mut Vec<Mark>) {
    // whether each open bracket is that of an image
    let mut open: Vec<bool> = Vec::new();
    let mut before = "";
    for piece in &document.blocks[block].pieces {
        let text = document.slice(piece.span);
        let mut add = |kind: Kind, span: Span, key: String| found.push(Mark { kind, span, key });
        match piece.kind {
            PieceKind::Code => {
                let format = text.starts_with('%') && !text.contains(' ') && !before.ends_with('>');
                let bare =
                    !before.ends_with('`') && (format || text.starts_with("{{") || text.starts_with("${"));
                let kind = if bare { Kind::Placeholder } else { Kind::Code };
                add(kind, piece.span, code_key(text));
            }
            PieceKind::Target => {
                let image = match before.ends_with("](") || before.ends_with("](<") {
                    true => open.pop().unwrap_or(false),
                    false => before.starts_with("<img"),
                };
                if let Some(key) = page(text) {
                    add(if image { Kind::Image } else { Kind::Link }, piece.span, key);
                }
            }
            PieceKind::Markup => {
                if text.starts_with("[^") || text.starts_with('[') && text.ends_with("]_") {
                    // with the colon where the note itself stands
                    add(Kind::Footnote, piece.span, text.trim_end().to_owned());
                } else if text.ends_with('[') {
                    open.push(text.ends_with("!["));
                } else if let Some(name) = anchor(text) {
                    add(Kind::Anchor, piece.span, name.to_owned());
                } else if let Some(name) = own_tag(text) {
                    add(Kind::Tag, piece.span, name.to_owned());
                }
            }
            PieceKind::Prose => {
                for span in placeholders(text) {
                    let here = Span::new(piece.span.start + span.start, piece.span.start + span.end);
                    add(Kind::Placeholder, here, document.slice(here).to_owned());
                }
            }
        }
        before = text;
    }
}

/// A comment of more words than this says something to people, which may be translated.
const PROSE: usize = 3;

/// A piece of code as it is compared: without blanks and quotation marks that make no difference, and without the
/// prose of comments.
fn code_key(text: &str) -> String {
    if text.starts_with('$') {
        return formula(text);
    }
    let plain = text.replace('`', "");
    let trimmed = plain.trim().trim_matches(['"', '\'']);
    if let Some(comment) = trimmed.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"))
        && (comment.contains(is_han) || comment.split_whitespace().count() > PROSE)
    {
        return "<!---->".to_owned();
    }
    trimmed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A formula without blanks and without the words in it (`\text{if}`), which may be translated.
fn formula(text: &str) -> String {
    let mut parts = text.split("\\text");
    let mut key = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        key.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    key.retain(|c| !c.is_whitespace());
    key
}

/// The name that a heading is given for links to it, as in `{#install}`, unless it is in Chinese.
fn anchor(text: &str) -> Option<&str> {
    let inner = text.trim().strip_prefix("{#")?.strip_suffix('}')?;
    let name = inner.split(char::is_whitespace).next()?;
    (!name.is_empty() && !name.contains(is_han)).then_some(name)
}

/// The whole of a tag that is none of HTML, as in `<version>`: it stands for something.
fn own_tag(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('<')?.strip_suffix('>')?;
    let plain = inner.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-');
    let known = HTML.contains(&inner);
    (plain && inner.len() > 1 && !known && inner.starts_with(|c: char| c.is_ascii_lowercase()))
        .then_some(text)
}

/// Elements of HTML that stand without attributes in Markdown.
const HTML: [&str; 60] = [
    "abbr",
    "article",
    "aside",
    "audio",
    "bdi",
    "bdo",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "img",
    "ins",
    "kbd",
    "label",
    "li",
    "main",
    "mark",
    "nav",
    "ol",
    "picture",
    "pre",
    "ruby",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "tr",
    "ul",
];

/// `%s`, `%1$d`, `{0}`, `{name}` in running text.
fn placeholders(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for (at, mark) in text.match_indices(['%', '{']) {
        let rest = &text[at + 1..];
        let len = match mark {
            "%" => {
                let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
                let place = if digits > 0 && rest[digits..].starts_with('$') { digits + 1 } else { 0 };
                let after = |len: usize| rest[len..].chars().next();
                let number = text[..at].ends_with(|c: char| {
                    c.is_ascii_digit()
                        || c == ' ' && text[..at].trim_end().ends_with(|c: char| c.is_ascii_digit())
                });
                let kind = after(place).is_some_and(|c| "sdfiu@".contains(c));
                let ends = kind && after(place + 1).is_none_or(|c| !c.is_ascii_alphanumeric());
                (ends && !number).then_some(place + 2)
            }
            _ => {
                let name =
                    rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_.".contains(b)).count();
                let lone = !text[..at].ends_with(['{', '$', '#']);
                (lone && name > 0 && rest[name..].starts_with('}')).then_some(name + 2)
            }
        };
        found.extend(len.map(|len| Span::new(at, at + len)));
    }
    found
}

/// The marks of one side that the other side has nowhere, in the linked blocks and around them.
fn missing(
    documents: &[&Document; 2],
    marks: &[Vec<Mark>; 2],
    around: &[Vec<usize>; 2],
    side: usize,
) -> Vec<Mark> {
    let other = 1 - side;
    let mut near: Option<(Vec<Mark>, String)> = None;
    let mut left = Vec::new();
    for mark in &marks[side] {
        if mark.key.is_empty() || mark.kind == Kind::Code && mark.key.contains(|c: char| is_han(c)) {
            continue;
        }
        // names may be made of the headings of one language, and written for those of the other
        if mark.kind == Kind::Anchor && !marks[other].iter().any(|mark| mark.kind == Kind::Anchor) {
            continue;
        }
        let partners = marks[other].iter().filter(|partner| same(mark, partner)).count();
        let before = marks[side].iter().filter(|own| own.span < mark.span && own.key == mark.key).count();
        // what is filled in by its place is there as often
        let counts =
            mark.kind == Kind::Placeholder && mark.key.starts_with('%') && !mark.key.contains(['$', '(']);
        if partners > if counts { before } else { 0 } {
            continue;
        }
        let (near, text) = near.get_or_insert_with(|| {
            let mut near = Vec::new();
            let mut text = String::new();
            for &block in &around[other] {
                marks_in(documents[other], block, &mut near);
                text.push_str(documents[other].slice(documents[other].blocks[block].span));
                text.push('\n');
            }
            text.make_ascii_lowercase();
            (near, text)
        });
        let mentioned = match mark.kind {
            Kind::Link | Kind::Image | Kind::Footnote | Kind::Anchor => false,
            Kind::Placeholder if counts => false,
            Kind::Code if mark.key.starts_with('$') => false,
            _ => is_mentioned(&mark.key.to_ascii_lowercase(), text),
        };
        if !mentioned && (counts || !near.iter().any(|partner| same(mark, partner))) {
            left.push(mark.clone());
        }
    }
    left.sort_by_key(|mark| mark.span);
    left.dedup_by(|one, other| one.kind == other.kind && one.key == other.key);
    left
}

/// Whether a piece of code that holds plain words is translated on the other side: as code in Chinese, or in words.
fn is_translated(context: &Context, link: &Link, side: Side, mark: &Mark, marks: &[Vec<Mark>; 2]) -> bool {
    let plain = mark.key.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || "-+()（）".contains(c));
    if mark.kind != Kind::Code || !plain {
        return false;
    }
    let other = side.other();
    if marks[other as usize].iter().any(|partner| partner.kind == Kind::Code && partner.key.contains(is_han))
    {
        return true;
    }
    let document = context.document(other);
    let stems: Vec<_> = mark
        .key
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(lexicon::stem)
        .collect();
    let words = own(link, other).iter().flat_map(|&block| {
        let text = document.slice(document.blocks[block].span);
        lexicon::words(text).into_iter().map(move |word| &text[word.span.start..word.span.end])
    });
    let glossed: Vec<_> = words
        .filter(|word| word.starts_with(is_han))
        .flat_map(lexicon::glosses_or_parts)
        .map(|gloss| gloss.stem)
        .collect();
    !stems.is_empty()
        && stems.iter().all(|stem| lexicon::stem_id(stem).is_some_and(|id| glossed.contains(&id)))
}

fn same(one: &Mark, other: &Mark) -> bool {
    let but_words = || match one.kind {
        Kind::Placeholder => same_but_words(&one.key, &other.key),
        Kind::Code => same_code_but_words(&one.key, &other.key),
        _ => false,
    };
    one.kind == other.kind && (one.key == other.key || but_words())
}

/// Whether two pieces of code, one of which is partly in Chinese, are the same but for what was translated.
fn same_code_but_words(one: &str, other: &str) -> bool {
    one.contains(is_han) != other.contains(is_han)
        && [one, other].iter().all(|key| !code::words(key).is_empty())
        && code::differences(one, other).0.is_empty()
}

/// Whether two calls of a macro (`{{< figure src="…" caption="…" >}}`) are the same but for what is in quotation marks
/// and was translated.
fn same_but_words(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|key| key.split('"').collect::<Vec<_>>());
    let alike = |(at, (one, other)): (usize, (&&str, &&str))| {
        let translated = at % 2 == 1 && [one, other].iter().any(|part| part.contains(is_han));
        let address = at % 2 == 1 && one.contains('/') && page(one) == page(other);
        one.trim() == other.trim() || translated || address
    };
    one.len() > 1 && one.len() == other.len() && one.iter().zip(&other).enumerate().all(alike)
}

/// Whether a text holds a piece of code, or each of its words.
fn is_mentioned(key: &str, text: &str) -> bool {
    let split = |c: char| c.is_whitespace() || "()[]{}=,;:\"'<>|".contains(c);
    // one letter or two stand inside of other words everywhere
    let short = key.len() <= 2 && key.bytes().all(|b| b.is_ascii_alphanumeric());
    if short {
        return text.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == key);
    }
    text.contains(key)
        || key.split(split).filter(|word| !word.is_empty()).all(|word| text.contains(word))
            && key.contains(|c: char| c.is_alphanumeric())
        || !key.contains(|c: char| c.is_alphanumeric())
}

fn report(context: &Context, link: &Link, left: [Vec<Mark>; 2], findings: &mut Findings) {
    let mut taken = vec![false; left[1].len()];
    for mark in &left[0] {
        let likeness = |at: usize| strsim::normalized_levenshtein(&mark.key, &left[1][at].key);
        // one of each kind is a pair, unless they are code: that must look like a variant of the other
        let fits = |at: usize| {
            !taken[at]
                && left[1][at].kind == mark.kind
                && (mark.kind != Kind::Code || likeness(at) >= VARIANT)
        };
        let partner = (0..left[1].len())
            .filter(|&at| fits(at))
            .max_by(|&a, &b| likeness(a).total_cmp(&likeness(b)).then(b.cmp(&a)));
        if let Some(at) = partner {
            taken[at] = true;
        }
        findings_add(context, link, [Some(mark), partner.map(|at| &left[1][at])], findings);
    }
    for (mark, _) in left[1].iter().zip(&taken).filter(|(_, taken)| !**taken) {
        findings_add(context, link, [None, Some(mark)], findings);
    }
}

/// How much two pieces of code have in common when one is the other with a fault.
const VARIANT: f64 = 0.5;

fn findings_add(context: &Context, link: &Link, marks: [Option<&Mark>; 2], findings: &mut Findings) {
    let text = |side: Side, mark: &Mark| context.document(side).slice(mark.span).trim().to_owned();
    let Some(kind) = marks.iter().flatten().next().map(|mark| mark.kind) else { return };
    let weak = matches!(kind, Kind::Link | Kind::Image | Kind::Anchor);
    let [noun, zh] = kind.names();
    let strict = marks.iter().flatten().all(|mark| mark.kind != Kind::Code || is_strict(&mark.key));
    let (message, mut confidence) = match marks {
        [Some(one), Some(other)] => {
            let (one_text, other_text) = (text(Side::Source, one), text(Side::Target, other));
            if weak && same_site(&one_text, &other_text) {
                return;
            }
            let message = Message::new(
                format!(
                    "the {noun} {one_text} stands against {other_text}\nthey must be the same: correct whichever is wrong"
                ),
                format!("{zh}不符：{one_text} 对应 {other_text}\n两侧应当相同，请改正有误的一侧"),
            );
            (message, if weak { 0.6 } else { 0.9 })
        }
        [Some(one), None] => (
            Message::new(
                format!("the translation lacks the {noun} {}\nadd it", text(Side::Source, one)),
                format!("译文缺少{zh} {}\n请补上", text(Side::Source, one)),
            ),
            if weak { 0.6 } else { 0.82 },
        ),
        [None, Some(other)] => (
            Message::new(
                format!(
                    "the original lacks the {noun} {}\ntake it out, or add it there",
                    text(Side::Target, other)
                ),
                format!("原文没有{zh} {}\n请删去，或在原文补上", text(Side::Target, other)),
            ),
            if weak { 0.6 } else { 0.82 },
        ),
        _ => return,
    };
    if !strict {
        confidence -= 0.15;
    }
    let one_sided = marks.iter().any(Option::is_none);
    // a name that is not mentioned may be said in other words; a placeholder that is not there cannot be filled
    let said = one_sided && kind == Kind::Code;
    if said {
        confidence -= 0.15;
    }
    // settings have no words that would tell how well they correspond
    let settings =
        link.source.iter().all(|&block| !context.document(Side::Source).blocks[block].kind.is_prose());
    if link.score < 0.6 && !settings {
        confidence -= 0.2;
    }
    let place = |side: Side| {
        marks[side as usize]
            .map(|mark| mark.span)
            .or_else(|| counterpart(context, side, marks[side.other() as usize]?.span, link))
    };
    let evidence = [Side::Source, Side::Target].into_iter().filter_map(|side| {
        marks[side as usize].map(|mark| Evidence {
            side,
            span: mark.span,
            note: Message::new(format!("{noun}, no counterpart"), format!("{zh}，另一侧无对应内容")),
        })
    });
    findings.add(Fault {
        source: place(Side::Source),
        target: place(Side::Target),
        message,
        confidence,
        severity: (weak || said || !strict || link.score < 0.6).then_some(Severity::Minor),
        evidence: evidence.collect(),
    });
}

/// Where, on a side, the sentence stands that is linked to a place on the other side; else the linked blocks.
fn counterpart(context: &Context, side: Side, at: Span, link: &Link) -> Option<Span> {
    let document = context.document(side.other());
    let sentence = document.sentences.partition_point(|sentence| sentence.span.end <= at.start);
    let linked =
        document.sentences.get(sentence).filter(|sentence| sentence.span.overlaps(at)).and_then(|_| {
            let link = &context.bitext().alignment.sentences[context.sentence_link(side.other(), sentence)];
            context.span_of_sentences(side, own(link, side))
        });
    linked.or_else(|| context.span_of_blocks(side, own(link, side)))
}

/// Less of one side's code than this in the other, and the two are other examples rather than one with faults.
const ALIKE: f64 = 0.5;

/// One finding for all differences between linked code blocks.
fn findings_in_code(context: &Context, link: &Link, findings: &mut Findings) {
    let sides = [Side::Source, Side::Target];
    let body = |side: Side| {
        let document = context.document(side);
        let pieces = own(link, side).iter().flat_map(|&block| &document.blocks[block].pieces);
        let code = pieces.filter(|piece| piece.kind == PieceKind::Code).map(|piece| piece.span);
        code.reduce(Span::join)
    };
    let Some(spans) = body(Side::Source).zip(body(Side::Target)) else { return };
    let spans = [spans.0, spans.1];
    let texts = sides.map(|side| context.document(side).slice(spans[side as usize]));
    let (hunks, alike) = code::differences(texts[0], texts[1]);
    if hunks.is_empty() {
        return;
    }
    let shift =
        |side: usize, span: Span| Span::new(spans[side].start + span.start, spans[side].start + span.end);
    let words = [0, 1].map(|side: usize| -> Vec<Span> {
        hunks.iter().flat_map(|hunk| &hunk.words[side]).map(|&word| shift(side, word)).collect()
    });
    let place = |side: usize| -> Span {
        let of_words = words[side].iter().copied().reduce(Span::join);
        let of_lines =
            hunks.iter().map(|hunk| hunk.lines[side]).filter(|span| !span.is_empty()).reduce(Span::join);
        of_words.or(of_lines.map(|span| shift(side, span))).unwrap_or(spans[side])
    };
    let quote = |side: Side| -> String {
        let words = &words[side as usize];
        let texts: Vec<&str> = words.iter().take(4).map(|&word| context.document(side).slice(word)).collect();
        format!("{}{}", texts.join(" "), if words.len() > 4 { " …" } else { "" })
    };
    let (one, other) = (quote(Side::Source), quote(Side::Target));
    let message = match (words[0].is_empty(), words[1].is_empty()) {
        (false, false) => Message::new(
            format!(
                "in the code, {one} stands against {other}\nthe code must be the same: correct whichever is wrong"
            ),
            format!("代码不符：{one} 对应 {other}\n两侧代码应当相同，请改正有误的一侧"),
        ),
        (false, true) => Message::new(
            format!("the code of the translation lacks {one}\nadd it"),
            format!("译文的代码缺少 {one}\n请补上"),
        ),
        _ => Message::new(
            format!("the code of the original lacks {other}\ntake it out, or add it there"),
            format!("原文的代码没有 {other}\n请删去，或在原文补上"),
        ),
    };
    let note = |side: Side| {
        words[side as usize].iter().take(8).map(move |&span| Evidence {
            side,
            span,
            note: Message::no_counterpart(),
        })
    };
    let confidence = if alike < ALIKE || link.score < 0.6 { 0.6 } else { 0.85 };
    findings.add(Fault {
        source: Some(place(0)),
        target: Some(place(1)),
        message,
        confidence,
        severity: (confidence < 0.8).then_some(Severity::Minor),
        evidence: note(Side::Source).chain(note(Side::Target)).collect(),
    });
}

/// How sure it is that two cells should not differ that have nothing in common, and those that have something.
const CELLS: [f64; 2] = [0.7, 0.6];
/// The least score of a link between two cells that are compared.
const LINKED: f64 = 0.4;

/// Reports two cells with other words where the Chinese one has none but Latin ones.
fn findings_in_cells(context: &Context, link: &Link, findings: &mut Findings) {
    let langs = [Side::Source, Side::Target].map(|side| context.document(side).lang == Lang::ZH);
    let (&[source], &[target]) = (link.source.as_slice(), link.target.as_slice()) else { return };
    if langs[0] == langs[1] || link.score < LINKED {
        return;
    }
    let words = |side: Side, block: usize| -> Option<Vec<String>> {
        let document = context.document(side);
        let text = document.slice(document.blocks[block].span);
        let prose =
            document.pieces_in(block, document.blocks[block].span).filter(|it| it.kind == PieceKind::Prose);
        let prose: Vec<&str> = prose.map(|piece| document.slice(piece.span)).collect();
        let mut words: Vec<String> = prose
            .iter()
            .flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric()))
            .filter(|word| word.len() > 1 && word.starts_with(|c: char| c.is_ascii_alphabetic()))
            .map(str::to_lowercase)
            .collect();
        words.sort_unstable();
        words.dedup();
        (document.blocks[block].kind == BlockKind::TableCell && !text.contains(is_han) && !words.is_empty())
            .then_some(words)
    };
    let (Some(one), Some(other)) = (words(Side::Source, source), words(Side::Target, target)) else { return };
    if one == other {
        return;
    }
    let place = |side: Side, block: usize| context.document(side).blocks[block].span;
    let (from, to) = (place(Side::Source, source), place(Side::Target, target));
    let [text, instead] = [(Side::Source, from), (Side::Target, to)]
        .map(|(side, span)| context.document(side).slice(span).trim());
    let alike = one.iter().any(|word| other.contains(word));
    findings.add(Fault {
        source: Some(from),
        target: Some(to),
        message: Message::new(
            format!("{text} stands against {instead} in this cell\nwhat is left in Latin letters must be the same: correct whichever is wrong"),
            format!("单元格中“{text}”对应“{instead}”\n未翻译的内容两侧应当一致：请改正有误的一侧"),
        ),
        confidence: CELLS[usize::from(alike)],
        severity: Some(Severity::Minor),
        evidence: vec![
            Evidence { side: Side::Source, span: from, note: Message::no_counterpart() },
            Evidence { side: Side::Target, span: to, note: Message::no_counterpart() },
        ],
    });
}
