//! Code, placeholders, links, images, footnote marks and names of directives that differ.

mod forms;
mod names;

use std::cell::LazyCell;

use rustc_hash::FxHashMap;

use super::{Category, Check, Context, Evidence, Fault, Findings, Id, Severity, Side, id, message};
use crate::align::Link;
use crate::lexicon::{self, is_han};
use crate::markup::addresses::{page, same_site};
use crate::markup::code::{self, is_strict};
use crate::markup::inline::{self, inlines, unbalanced};
use crate::markup::placeholders::{self, Kind as Filled, Placeholder};
use crate::markup::plurals;
use crate::meaning::own;
use crate::read::{self, Joined};
use crate::text::{Block, BlockKind, Document, Format, Lang, PieceKind, Span};

pub(super) static CHECK: Check = Check {
    name: "markup-mismatch",
    title: id!("markup-mismatch"),
    category: Category::Markup,
    severity: Severity::Major,
    summary: "code, a link, an image, a placeholder, a tag or a footnote mark differs or is missing",
    docs: r#"
        What a program reads must be the same in both versions: a command that lost an option fails, a placeholder
        that was translated is never filled in. The check compares code blocks line by line, and in running text the
        code spans, formulas, placeholders (`{{ name }}`, `${name}`, `%1$s`, `{0:N2}`, and those of the patterns in
        the settings), tags, footnote marks, images and link targets of linked blocks; the anchors of headings (`{#install}`) where both versions give one; and what the
        directives and link definitions between them point to.

        Placeholders count where they stand: each as often as the original has it, in the same paragraph. Those with a
        name or a number may stand in any order. Messages of ICU MessageFormat are compared by their arguments and by
        the keys of their branches; which plural forms there are is up to the language, and files that name their
        messages by keys must have those that theirs needs. Every plural form in a catalogue of gettext is held to
        `msgid_plural`, as by `msgfmt --check-format`: one that stands for several numbers, by the formula of the
        header, has all its placeholders, and one for a single number may leave some out.

        Names are compared where a program looks for them: those of directives and admonitions (`:::note`, `!!! note`,
        `> [!NOTE]`, `.. note::`, `[NOTE]`), of roles, of shortcodes (`{{< figure >}}`), of components and their
        properties (`<TabItem value="npm">`), what is imported, and the keys of front matter. What people read in
        properties (`title`, `alt`, `label`) is compared as a text.

        A table cell that the Chinese side leaves in Latin letters throughout, a type or a default, must have the
        same words in the other language.

        It leaves alone comments and strings in code that are prose, how often a name is mentioned as long as it is
        mentioned at all, code spans that were translated, marks of emphasis, anchors in links and in Chinese (they
        are translated with their headings), and what in an address only says which language the page is in. Links,
        images and anchors are `minor`, because a translation may point to other pages with good reason.

        ```fires
        format: latex
        en: We measured the flow at three stations, as Figure~\ref{fig:map} shows, and compared it with the values of \cite{li2020} in Section~\ref{sec:data}.
        zh: 如图~\ref{fig:map} 所示，我们在三个站点测量了流量，并在第~\ref{sec:data} 节作了比较。
        ```

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
        en: :::warning\n\nNever share the key.\n\n:::
        zh: :::警告\n\n切勿分享密钥。\n\n:::
        ```

        ```fires
        en: <TabItem value="yarn" label="With Yarn">\n\nRun the command.\n\n</TabItem>
        zh: <TabItem value="纱线" label="使用Yarn">\n\n运行该命令。\n\n</TabItem>
        ```

        ```passes
        en: Copied %d files to %s today.
        zh: 今天已向 %2$s 复制 %1$d 个文件。
        ```

        ```passes
        en: <Card title="Next steps" href="/en/docs/next">\n\nRead how to configure it.\n\n</Card>
        zh: <Card title="后续步骤" href="/zh/docs/next">\n\n阅读如何配置。\n\n</Card>
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

        ```fires
        en: You have {count, plural, one {# message} other {# messages}}.
        zh: 您有 {count, plural, 其他 {# 条消息}}。
        ```

        ```fires
        en: Hello, {name}.
        en: Goodbye, {name}, and come back soon.
        zh: 您好，{name}。
        zh: 再见，欢迎再来。
        ```

        ```fires
        en: <strong>Note:</strong> save first.
        zh: <strong>注意：<strong>请先保存。
        ```

        ```passes
        en: {n, plural, =0 {None} one {# file by {name}} other {# files by {name}}} in {folder}, %1$s of %2$s
        zh: {folder} 中{n, plural, =0 {没有文件} other {有 {name} 的 # 个文件}}，%2$s 之 %1$s
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    fn title(self) -> Id {
        match self {
            Kind::Code => id!("markup-code"),
            Kind::Placeholder => id!("markup-placeholder"),
            Kind::Tag => id!("markup-tag"),
            Kind::Footnote => id!("markup-footnote"),
            Kind::Image => id!("markup-image"),
            Kind::Link => id!("markup-link"),
            Kind::Anchor => id!("markup-anchor"),
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
    /// How a placeholder is filled in.
    filled: Option<Filled>,
    /// Whether the other side has it, though not as often.
    repeated: bool,
}

/// How many links before and after the linked blocks may hold what these lack.
const AROUND: usize = 2;

fn run(context: &Context, findings: &mut Findings) {
    let links = &context.bitext().alignment.blocks;
    // where the file says what corresponds to what, nothing stands elsewhere
    let reach = if is_given(context) { 0 } else { AROUND };
    for (at, link) in links.iter().enumerate().filter(|(_, link)| !link.is_null()) {
        let is_code = |side: Side| {
            own(link, side).iter().all(|&b| context.document(side).blocks[b].kind == BlockKind::Code)
        };
        if is_code(Side::Source) && is_code(Side::Target) {
            findings_in_code(context, link, findings);
            continue;
        }
        findings_in_cells(context, link, findings);
        let mut marks = [Side::Source, Side::Target].map(|side| marks_of(context, side, link));
        number(&mut marks);
        if marks.iter().all(Vec::is_empty) {
            findings_in_tags(context, link, findings);
            continue;
        }
        let near = at.saturating_sub(reach)..(at + reach + 1).min(links.len());
        let around: [Vec<usize>; 2] = [Side::Source, Side::Target]
            .map(|side| links[near.clone()].iter().flat_map(|link| own(link, side)).copied().collect());
        let mut left = [0, 1].map(|side: usize| missing(context, &marks, &around, side));
        substituted(&marks, &mut left);
        signs(&mut left, reach == 0);
        for side in [Side::Source, Side::Target] {
            left[side as usize].retain(|mark| !is_translated(context, link, side, mark, &marks));
        }
        // the branches of an argument that is told as a whole are not told again
        for left in &mut left {
            let heads: Vec<String> = left
                .iter()
                .filter(|mark| mark.filled == Some(Filled::Named))
                .map(|mark| mark.key.clone())
                .collect();
            left.retain(|mark| {
                mark.filled != Some(Filled::Part)
                    || !heads.iter().any(|head| mark.key.starts_with(head.as_str()))
            });
        }
        let fits = left.iter().flatten().all(|mark| mark.kind != Kind::Placeholder);
        report(context, link, left, findings);
        if fits {
            findings_in_order(context, link, &marks, findings);
        }
        findings_in_tags(context, link, findings);
    }
    findings_in_plurals(context, findings);
    forms::findings(context, findings);
    names::findings(context, findings);
}

/// Numbers the directives of a side that are filled in by their places, where the other side gives theirs by number:
/// `%d of %s` and `%2$s: %1$d` are filled in with the same.
fn number(marks: &mut [Vec<Mark>; 2]) {
    let is_numbered = |mark: &Mark| {
        let number = mark.key.strip_prefix('%').and_then(|rest| rest.split_once('$'));
        number.is_some_and(|(number, _)| number.parse::<usize>().is_ok())
    };
    let numbered = marks.each_ref().map(|marks| marks.iter().any(is_numbered));
    let Some(side) = [0, 1].into_iter().find(|&side| !numbered[side] && numbered[1 - side]) else { return };
    let directive = |mark: &&mut Mark| {
        mark.filled == Some(Filled::Positional) && mark.key.starts_with('%') && mark.key != "%%"
    };
    for (at, mark) in marks[side].iter_mut().filter(directive).enumerate() {
        mark.key = format!("%{}${}", at + 1, &mark.key[1..]);
        mark.filled = Some(Filled::Named);
    }
}

/// Whether the links of the blocks are those that the file gives.
fn is_given(context: &Context) -> bool {
    let [one, other] = [Side::Source, Side::Target].map(|side| context.document(side));
    one.path == other.path && one.format.is_paired() || !one.entries.is_empty() && !other.entries.is_empty()
}

/// The marks of one side of linked blocks, but for those in sentences that have no counterpart at all.
fn marks_of(context: &Context, side: Side, link: &Link) -> Vec<Mark> {
    let document = context.document(side);
    let mut found = Vec::new();
    for &block in own(link, side) {
        match document.blocks[block].kind {
            kind if kind.is_prose() => marks_in(context, document, block, &mut found),
            BlockKind::Metadata if !read::is_setting(document, &document.blocks[block]) => {
                let mut marks = Vec::new();
                marks_in(context, document, block, &mut marks);
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
    found.retain(|mark| {
        let at = lone.partition_point(|sentence| sentence.end <= mark.span.start);
        !lone.get(at).is_some_and(|sentence| sentence.overlaps(mark.span))
    });
    found
}

/// Whether a document is one of messages of a program, which have marks that those of its format do not tell of.
fn is_messages(document: &Document) -> bool {
    !document.entries.is_empty() || document.format.is_paired()
}

fn marks_in(context: &Context, document: &Document, block: usize, found: &mut Vec<Mark>) {
    let filled = match document.format {
        Format::Fluent => Vec::new(),
        _ => placeholders::of_block(document, block, context.placeholders()),
    };
    // whether each open bracket is that of an image
    let mut open: Vec<bool> = Vec::new();
    let mut before = "";
    // an address that goes on behind a line end of its string
    let mut address = String::new();
    let mut goes_on = false;
    for piece in &document.blocks[block].pieces {
        let text = document.slice(piece.span);
        let mut add = |kind: Kind, span: Span, key: String| {
            found.push(Mark { kind, span, key, filled: None, repeated: false });
        };
        match piece.kind {
            // of its expressions, only what is filled in is the same in every language
            PieceKind::Code if document.format == Format::Fluent => {
                for (at, variable) in variables(text) {
                    let span = Span::new(piece.span.start + at, piece.span.start + at + variable.len());
                    found.push(Mark {
                        kind: Kind::Placeholder,
                        span,
                        key: variable.to_owned(),
                        filled: Some(Filled::Part),
                        repeated: false,
                    });
                }
            }
            // what is filled in, and what else of it a program reads, is told below
            PieceKind::Code if is_filled(&filled, piece.span) => {}
            PieceKind::Code if is_syntax(text) => {}
            PieceKind::Code => add(Kind::Code, piece.span, code_key(text)),
            PieceKind::Target => {
                let image = match before.ends_with("](") || before.ends_with("](<") {
                    true => open.pop().unwrap_or(false),
                    false => before.starts_with("<img"),
                };
                if goes_on && !address.is_empty() {
                    address.push_str(text);
                    if let Some((key, mark)) = page(&address).zip(found.last_mut()) {
                        (mark.key, mark.span.end) = (key, piece.span.end);
                    }
                } else if let Some(key) = page(text) {
                    address = text.to_owned();
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
            PieceKind::Prose => {}
        }
        goes_on = piece.is_joint(&document.text);
        if !goes_on && piece.kind != PieceKind::Target {
            address.clear();
        }
        before = text;
    }
    found.extend(filled.into_iter().map(|one| Mark {
        kind: Kind::Placeholder,
        span: one.span,
        key: if one.key.contains('"') { code_key(&one.key) } else { one.key },
        filled: Some(one.kind),
        repeated: false,
    }));
    if is_messages(document) {
        let span = document.blocks[block].span;
        for one in inlines(document.slice(span)) {
            let (kind, key) = match one.kind {
                inline::Kind::Literal | inline::Kind::Role => (Kind::Code, Some(one.key)),
                inline::Kind::Target => (Kind::Link, page(&one.key)),
                inline::Kind::Substitution => (Kind::Placeholder, Some(one.key)),
            };
            let at = Span::new(span.start + one.span.start, span.start + one.span.end);
            let filled = (kind == Kind::Placeholder).then_some(Filled::Named);
            found.extend(key.map(|key| Mark { kind, span: at, key, filled, repeated: false }));
        }
    }
}

/// The variables and terms that an expression of Fluent puts into the text, with their places; what it selects a
/// variant by is none.
fn variables(code: &str) -> Vec<(usize, &str)> {
    if code.contains("->") || !code.starts_with('{') {
        return Vec::new();
    }
    let names = code.match_indices(['$', '-']).filter_map(|(at, _)| {
        let name = &code[at + 1..];
        let len = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_-".contains(b)).count();
        let fresh = !code[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '"');
        (len > 0 && fresh && name.starts_with(|c: char| c.is_ascii_alphabetic()))
            .then(|| (at, &code[at..at + 1 + len]))
    });
    names.collect()
}

/// Whether a place is part of a placeholder; these are in order and apart.
fn is_filled(filled: &[Placeholder], at: Span) -> bool {
    let next = filled.partition_point(|one| one.span.start < at.end);
    next > 0 && filled[next - 1].span.overlaps(at)
}

/// Whether a piece of code is what stands between the branches of a message.
fn is_syntax(code: &str) -> bool {
    code.starts_with('}') && (code.ends_with('{') || code.trim_matches(['}', ' ']).is_empty())
}

/// A comment of more words than this says something to people, which may be translated.
const PROSE: usize = 3;

/// A piece of code as it is compared: without blanks and quotation marks that make no difference, and without the
/// prose of comments.
fn code_key(text: &str) -> String {
    if ["$", "\\(", "\\[", "\\begin"].iter().any(|lead| text.starts_with(lead)) {
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

/// The name that a heading is given for links to it, as in `{#install}` and `\label{install}`, unless it is in Chinese.
fn anchor(text: &str) -> Option<&str> {
    let inner = text.trim();
    let inner = inner.strip_prefix("{#").or_else(|| inner.strip_prefix("\\label{"))?.strip_suffix('}')?;
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

/// So many different marks of one side of a link that have no literal partner are looked for; where there are more,
/// another text stands there.
const MOST: usize = 400;

/// How often each mark stands on one side.
struct Counted<'m> {
    all: FxHashMap<(Kind, &'m str), usize>,
    /// The first of each of those that may be the same as another but for words that were translated.
    worded: Vec<&'m Mark>,
}

impl<'m> Counted<'m> {
    fn of(marks: &'m [Mark]) -> Counted<'m> {
        let mut counted = Counted { all: FxHashMap::default(), worded: Vec::new() };
        for mark in marks {
            let count = counted.all.entry((mark.kind, &mark.key)).or_default();
            *count += 1;
            if *count == 1 && matches!(mark.kind, Kind::Placeholder | Kind::Code) {
                counted.worded.push(mark);
            }
        }
        counted
    }

    /// How many are literally the same as a mark.
    fn literal(&self, mark: &Mark) -> usize {
        self.all.get(&(mark.kind, mark.key.as_str())).copied().unwrap_or(0)
    }

    /// How many are the same as a mark but for words.
    fn but_words(&self, mark: &Mark) -> usize {
        let others = self.worded.iter().filter(|other| other.key != mark.key && same(mark, other));
        others.map(|other| self.literal(other)).sum()
    }
}

/// The marks of one side that the other side has nowhere, in the linked blocks and around them; the first [`MOST`].
fn missing(context: &Context, marks: &[Vec<Mark>; 2], around: &[Vec<usize>; 2], side: usize) -> Vec<Mark> {
    let other = 1 - side;
    let documents = [Side::Source, Side::Target].map(|side| context.document(side));
    let partners = Counted::of(&marks[other]);
    let anchored = marks[other].iter().any(|mark| mark.kind == Kind::Anchor);
    let text = |side: usize| {
        let document = documents[side];
        let blocks = around[side].iter().map(|&block| document.slice(document.blocks[block].span));
        blocks.collect::<Vec<_>>().join("\n").to_ascii_lowercase()
    };
    let (own_text, near_text) = (LazyCell::new(|| text(side)), LazyCell::new(|| text(other)));
    let near = LazyCell::new(|| {
        let mut near = Vec::new();
        around[other].iter().for_each(|&block| marks_in(context, documents[other], block, &mut near));
        near
    });
    let counted_near = LazyCell::new(|| Counted::of(&near));
    // what is known of the marks that have no literal partner, by what is written: how many are the same but for words,
    // and whether the other side lacks all of them
    let mut known: FxHashMap<(Kind, &str, &str), (usize, bool)> = FxHashMap::default();
    let mut met: FxHashMap<&str, usize> = FxHashMap::default();
    let mut left = Vec::new();
    for mark in &marks[side] {
        let met = met.entry(&mark.key).or_default();
        let before = *met;
        *met += 1;
        let translated = mark.kind == Kind::Code && !mark.key.starts_with(':') && mark.key.contains(is_han);
        if mark.key.is_empty() || translated {
            continue;
        }
        // names may be made of the headings of one language, and written for those of the other
        if mark.kind == Kind::Anchor && !anchored {
            continue;
        }
        // a macro may be called once for several mentions, and a part stands in as many branches as are needed
        let is_macro = mark.key.starts_with("{{<") || mark.key.starts_with("{{%") || mark.key.contains('"');
        let positional = mark.filled == Some(Filled::Positional);
        let counts = matches!(mark.filled, Some(Filled::Positional | Filled::Named)) && !is_macro;
        // a name may be said once more; it must be said where it is filled in at all
        let enough = |partners: usize| {
            partners > if counts { before } else { 0 } || counts && !positional && side == 1 && partners > 0
        };
        let literal = partners.literal(mark);
        if enough(literal) {
            continue;
        }
        let room = known.len() < MOST;
        let written = documents[side].slice(mark.span);
        let (but_words, lacking) = *known.entry((mark.kind, &mark.key, written)).or_insert_with(|| {
            if !room {
                return (0, false);
            }
            let but_words = partners.but_words(mark);
            let mentioned = || match mark.kind {
                Kind::Link | Kind::Image | Kind::Footnote | Kind::Anchor => false,
                // in the blocks around, as often as on this side
                Kind::Placeholder if !is_macro => {
                    let written = written.to_ascii_lowercase();
                    let often = |text: &str| text.matches(&written).count();
                    let single = mark.filled != Some(Filled::Part);
                    !positional && single && often(&near_text) >= often(&own_text)
                }
                Kind::Code if mark.key.starts_with('$') => false,
                _ => is_mentioned(&mark.key.to_ascii_lowercase(), &near_text),
            };
            let strict = mark.kind == Kind::Placeholder && !is_macro;
            let is_near = || counted_near.literal(mark) + counted_near.but_words(mark) > 0;
            (but_words, (counts || but_words == 0) && !mentioned() && (strict || !is_near()))
        });
        let partners = literal + but_words;
        if lacking && !enough(partners) && left.len() < MOST {
            left.push(Mark { repeated: counts && !positional && partners > 0, ..mark.clone() });
        }
    }
    left.sort_by_key(|mark| mark.span);
    left.dedup_by(|one, other| one.kind == other.kind && one.key == other.key);
    left
}

/// Where one side has code that the other has nowhere, what stands against it is code of the other side without partner
/// in the linked blocks, even if it is mentioned around them: one each is a pair.
fn substituted(marks: &[Vec<Mark>; 2], left: &mut [Vec<Mark>; 2]) {
    let codes = |left: &[Mark]| left.iter().filter(|mark| mark.kind == Kind::Code).count();
    let Some(side) = [0, 1].into_iter().find(|&side| codes(&left[side]) == 1 && codes(&left[1 - side]) == 0)
    else {
        return;
    };
    let other = 1 - side;
    let partners = Counted::of(&marks[side]);
    let alone = |mark: &&Mark| {
        mark.kind == Kind::Code && partners.literal(mark) == 0 && partners.but_words(mark) == 0
    };
    let mut alone = marks[other].iter().filter(alone);
    if let (Some(mark), None) = (alone.next(), alone.next())
        && !mark.key.contains(is_han)
    {
        left[other].push(mark.clone());
        left[other].sort_by_key(|mark| mark.span);
    }
}

/// Keeps of words behind a sign those that were translated, so that the sign has another word on either side; in
/// messages of a program also those that are lost.
fn signs(left: &mut [Vec<Mark>; 2], messages: bool) {
    let signs = |left: &[Mark]| -> Vec<char> {
        let signs = left.iter().filter(|mark| mark.filled == Some(Filled::Sign));
        signs.filter_map(|mark| mark.key.chars().next()).collect()
    };
    let of = [signs(&left[0]), signs(&left[1])];
    let foreign = left[1]
        .iter()
        .chain(&left[0])
        .filter(|mark| mark.filled == Some(Filled::Sign) && !mark.key.is_ascii());
    let translated: Vec<char> = foreign.filter_map(|mark| mark.key.chars().next()).collect();
    for side in [0, 1] {
        left[side].retain(|mark| {
            let sign = mark.key.chars().next().unwrap_or_default();
            mark.filled != Some(Filled::Sign)
                || of[1 - side].contains(&sign) && translated.contains(&sign)
                || messages && side == 0 && of[1].is_empty()
        });
    }
}

/// Reports directives that are filled in by their places and stand in another order.
fn findings_in_order(context: &Context, link: &Link, marks: &[Vec<Mark>; 2], findings: &mut Findings) {
    let positional = |side: usize| -> Vec<&Mark> {
        marks[side]
            .iter()
            .filter(|mark| mark.filled == Some(Filled::Positional) && mark.key != "%%")
            .collect()
    };
    let (one, other) = (positional(0), positional(1));
    let Some(at) = one.iter().zip(&other).position(|(one, other)| one.key != other.key) else { return };
    findings_add(context, link, [Some(one[at]), Some(other[at])], findings);
}

/// Reports tags that are open at the end of linked blocks on one side and not on the other.
fn findings_in_tags(context: &Context, link: &Link, findings: &mut Findings) {
    let sides = [Side::Source, Side::Target];
    let wrong = sides.map(|side| -> Vec<(Span, String)> {
        let document = context.document(side);
        let blocks = own(link, side).iter().map(|&block| &document.blocks[block]);
        let tags = |block: &Block| {
            let whole = Joined::of(&document.text, block);
            let place = |span: Span| whole.places(span).reduce(Span::join);
            let tags = unbalanced(&whole.text).into_iter();
            tags.filter_map(|(tag, name)| Some((place(tag)?, name))).collect::<Vec<_>>()
        };
        // one element may stand around several blocks
        let blocks = blocks.filter(|block| document.slice(block.span).contains('<'));
        blocks.flat_map(tags).collect()
    });
    let side = match wrong.each_ref().map(Vec::is_empty) {
        [true, false] => Side::Target,
        [false, true] => Side::Source,
        _ => return,
    };
    let Some((span, tag)) = wrong[side as usize].first() else { return };
    let there = context.span_of_blocks(side.other(), own(link, side.other()));
    let mut places = [None, None];
    places[side as usize] = Some(*span);
    places[side.other() as usize] = there;
    findings.add(Fault {
        source: places[0],
        target: places[1],
        message: message!("markup-mismatch-tag", side = side, tag = tag),
        confidence: 0.85,
        severity: None,
        evidence: vec![Evidence { side, span: *span, note: message!("no-counterpart") }],
    });
}

/// Reports messages whose plural forms are not those that the language of the translation has.
fn findings_in_plurals(context: &Context, findings: &mut Findings) {
    let document = context.document(Side::Target);
    let Some((needed, more)) = plurals::categories(document.lang) else { return };
    let mut of_key: std::collections::BTreeMap<&str, Vec<(&str, Span)>> = std::collections::BTreeMap::new();
    for entry in &document.entries {
        if let Some(category) = &entry.category {
            of_key.entry(&entry.key).or_default().push((category, entry.value));
        }
    }
    let lang = document.lang;
    let mut idle: Vec<(&str, &str, Span)> = Vec::new();
    for (key, forms) in of_key {
        let has = |category: &str| forms.iter().any(|(own, _)| *own == category);
        let lacking: Vec<&str> = needed.iter().copied().filter(|category| !has(category)).collect();
        // `zero` may stand for the number in any language
        let has_it =
            |category: &&str| needed.contains(category) || more.contains(category) || *category == "zero";
        let foreign = |form: &&(&str, Span)| !has_it(&form.0);
        idle.extend(forms.iter().find(foreign).map(|(category, span)| (key, *category, *span)));
        if lacking.is_empty() {
            continue;
        }
        let lacking = lacking.join(", ");
        findings.add(Fault {
            source: None,
            target: forms.first().map(|(_, span)| *span),
            message: message!(
                "markup-mismatch-lacks-plural",
                key = key,
                forms = lacking,
                lang = lang.as_str()
            ),
            confidence: 0.85,
            severity: None,
            evidence: Vec::new(),
        });
    }
    // plain Rails, and what is modelled on it, shows the form for one thing in any language
    if document.format == Format::Yaml {
        return;
    }
    // whoever has one has them everywhere
    let Some(&(key, category, span)) = idle.iter().min_by_key(|(.., span)| *span) else { return };
    let (lang, category) = (lang.as_str(), category);
    let message = match idle.len() {
        1 => message!("markup-mismatch-idle-plural", lang = lang, category = category, key = key),
        all => message!(
            "markup-mismatch-idle-plurals",
            lang = lang,
            category = category,
            key = key,
            more = all - 1,
            all = all
        ),
    };
    findings.add(Fault {
        source: None,
        target: Some(span),
        message,
        confidence: 0.7,
        severity: Some(Severity::Minor),
        evidence: Vec::new(),
    });
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
        Kind::Code if !one.key.starts_with(':') => same_code_but_words(&one.key, &other.key),
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
    let codes = |left: &[Mark]| left.iter().filter(|mark| mark.kind == Kind::Code).count();
    let lone = left.iter().all(|left| codes(left) == 1);
    // one of each kind is a pair, unless they are code: that must look like a variant of the other; what is most alike
    // comes first
    let mut likely: Vec<(f64, usize, usize)> = Vec::new();
    for (at, one) in left[0].iter().enumerate() {
        for (with, other) in left[1].iter().enumerate().filter(|(_, other)| other.kind == one.kind) {
            let likeness = likeness(&one.key, &other.key);
            likely.extend(
                (one.kind != Kind::Code || likeness >= VARIANT || lone).then_some((likeness, at, with)),
            );
        }
    }
    likely.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut partners = vec![None; left[0].len()];
    let mut taken = vec![false; left[1].len()];
    for (_, at, with) in likely {
        if partners[at].is_none() && !taken[with] {
            (partners[at], taken[with]) = (Some(with), true);
        }
    }
    for (mark, partner) in left[0].iter().zip(partners) {
        findings_add(context, link, [Some(mark), partner.map(|at: usize| &left[1][at])], findings);
    }
    for (mark, _) in left[1].iter().zip(&taken).filter(|(_, taken)| !**taken) {
        findings_add(context, link, [None, Some(mark)], findings);
    }
}

/// How much of two marks is compared, in characters.
const COMPARED: usize = 300;

/// How much two marks have in common, from 0 to 1.
fn likeness(one: &str, other: &str) -> f64 {
    let [one, other] = [one, other].map(|key| {
        let end = key.char_indices().nth(COMPARED).map_or(key.len(), |(at, _)| at);
        &key[..end]
    });
    strsim::normalized_levenshtein(one, other)
}

/// How much two pieces of code have in common when one is the other with a fault.
const VARIANT: f64 = 0.5;

/// Whether code is a command of LaTeX that refers to something by its name: `\ref{a}`, `\citep[5]{a}`.
fn is_reference(key: &str) -> bool {
    let name = key.strip_prefix('\\').and_then(|rest| rest.split(['{', '[']).next()).unwrap_or_default();
    key.ends_with('}') && (name.ends_with("ref") || name.to_ascii_lowercase().contains("cite"))
}

fn findings_add(context: &Context, link: &Link, marks: [Option<&Mark>; 2], findings: &mut Findings) {
    let text = |side: Side, mark: &Mark| context.document(side).slice(mark.span).trim().to_owned();
    let Some(kind) = marks.iter().flatten().next().map(|mark| mark.kind) else { return };
    let weak = matches!(kind, Kind::Link | Kind::Image | Kind::Anchor);
    let noun = kind.title();
    let strict = marks
        .iter()
        .flatten()
        .all(|mark| mark.kind != Kind::Code || is_strict(&mark.key) || is_reference(&mark.key));
    let (message, mut confidence) = match marks {
        [Some(one), Some(other)] => {
            let (one_text, other_text) = (text(Side::Source, one), text(Side::Target, other));
            if weak && same_site(&one_text, &other_text) {
                return;
            }
            let message =
                message!("markup-mismatch-differs", noun = noun, one = one_text, other = other_text);
            (message, if weak { 0.6 } else { 0.9 })
        }
        [Some(one), None] => (
            message!("markup-mismatch-missing", noun = noun, text = text(Side::Source, one)),
            if weak { 0.6 } else { 0.82 },
        ),
        [None, Some(other)] => (
            message!("markup-mismatch-added", noun = noun, text = text(Side::Target, other)),
            if weak { 0.6 } else { 0.82 },
        ),
        _ => return,
    };
    if !strict {
        confidence -= 0.15;
    }
    // what is said again in the same sentence may be understood there
    let said_again = |side: Side| {
        let mark = marks[side as usize].filter(|mark| mark.repeated)?;
        let there = counterpart(context, side.other(), mark.span, link)?;
        let text = text(side, mark);
        context.document(side.other()).slice(there).contains(&text).then_some(())
    };
    let repeated = [Side::Source, Side::Target].into_iter().any(|side| said_again(side).is_some());
    if repeated {
        confidence -= 0.15;
    }
    let one_sided = marks.iter().any(Option::is_none);
    // a name that is not mentioned may be said in other words; a placeholder that is not there cannot be filled
    // what stands for something by itself, or names what it refers to, is no name
    let names =
        |mark: &&Mark| !mark.key.starts_with(':') && !mark.key.contains(" id=") && !is_reference(&mark.key);
    let said = one_sided && kind == Kind::Code && marks.iter().flatten().all(names);
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
            note: message!("markup-mismatch-alone", noun = noun),
        })
    });
    findings.add(Fault {
        source: place(Side::Source),
        target: place(Side::Target),
        message,
        confidence,
        severity: (weak || said || !strict || repeated || link.score < 0.6).then_some(Severity::Minor),
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
    // tags that colour code, and marks of quotations at the margin, are no code
    let texts = sides.map(|side| {
        let (document, whole) = (context.document(side), spans[side as usize]);
        let pieces = own(link, side).iter().flat_map(|&block| document.pieces_in(block, whole));
        let mut text = String::with_capacity(whole.len());
        let mut at = whole.start;
        for piece in pieces.filter(|piece| piece.kind == PieceKind::Code) {
            blank(&mut text, &document.text[at..piece.span.start]);
            text.push_str(document.slice(piece.span));
            at = piece.span.end;
        }
        text
    });
    let (hunks, alike) = code::differences(&texts[0], &texts[1]);
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
        (false, false) => message!("markup-mismatch-code-differs", one = one, other = other),
        (false, true) => message!("markup-mismatch-code-missing", one = one),
        _ => message!("markup-mismatch-code-added", other = other),
    };
    let note = |side: Side| {
        words[side as usize].iter().take(8).map(move |&span| Evidence {
            side,
            span,
            note: message!("no-counterpart"),
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

/// Adds blanks in place of a text, byte for byte; line ends stay.
fn blank(to: &mut String, text: &str) {
    to.extend(text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }));
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
    let [text, instead] =
        [(Side::Source, from), (Side::Target, to)].map(|(side, span)| context.document(side).words(span));
    let alike = one.iter().any(|word| other.contains(word));
    findings.add(Fault {
        source: Some(from),
        target: Some(to),
        message: message!("markup-mismatch-cell", text = text, instead = instead),
        confidence: CELLS[usize::from(alike)],
        severity: Some(Severity::Minor),
        evidence: vec![
            Evidence { side: Side::Source, span: from, note: message!("no-counterpart") },
            Evidence { side: Side::Target, span: to, note: message!("no-counterpart") },
        ],
    });
}
