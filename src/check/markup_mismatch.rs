//! Code, placeholders, links, images, footnote marks and names of directives that differ.

mod blocks;
mod cells;
mod forms;
mod marks;
mod missing;
mod names;
mod plurals;

use self::marks::{Kind, Mark, marks_of};
use self::missing::{is_translated, missing, number, signs, substituted};
use super::{Category, Check, Context, Evidence, Fault, Findings, Id, Severity, Side, id, message};
use crate::align::Link;
use crate::markup::addresses::same_site;
use crate::markup::code::is_strict;
use crate::markup::placeholders::Kind as Filled;
use crate::meaning::own;
use crate::text::{BlockKind, Span};

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
        en: Link to headings with #Heading or #Subheading, as written.
        zh: 可以照写“#一级标题”或“#二级标题”链接到标题。
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

/// How many links before and after the linked blocks may hold what these lack.
const AROUND: usize = 2;

fn run(context: &Context, findings: &mut Findings) {
    let links = &context.bitext().alignment.blocks;
    // where the file says what corresponds to what, nothing stands elsewhere
    let reach = if context.is_given() { 0 } else { AROUND };
    for (at, link) in links.iter().enumerate().filter(|(_, link)| !link.is_null()) {
        let is_code = |side: Side| {
            own(link, side).iter().all(|&b| context.document(side).blocks[b].kind == BlockKind::Code)
        };
        if is_code(Side::Source) && is_code(Side::Target) {
            blocks::in_code(context, link, findings);
            continue;
        }
        cells::findings(context, link, findings);
        let mut marks = [Side::Source, Side::Target].map(|side| marks_of(context, side, link));
        number(&mut marks);
        if marks.iter().all(Vec::is_empty) {
            blocks::in_tags(context, link, findings);
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
        blocks::in_tags(context, link, findings);
    }
    plurals::findings(context, findings);
    forms::findings(context, findings);
    names::findings(context, findings);
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
