//! What the original says and the translation leaves out.

use super::context::hidden_faults;
use super::{Category, Check, Context, Fault, Findings, Severity, Side, id, message};

pub(super) static CHECK: Check = Check {
    name: "missing-passage",
    title: id!("missing-passage"),
    category: Category::Accuracy,
    severity: Severity::Critical,
    summary: "a block, a sentence or a run of them in the original has no counterpart in the translation",
    docs: r"
        A reader of the translation never learns what is missing, and no other check can see it. This one reports
        every heading, paragraph, list item, table cell, code block and sentence of the original that the aligner
        could link to nothing, and what stands side by side as one passage. The place in the translation is the
        gap where it should stand.

        It leaves alone what is said in another order (see moved-passage), what two sentences of the original
        say in one of the translation, clauses missing inside a linked sentence (see missing-content), and messages
        that are for a program alone: files, keys, colours.

        ```fires
        zh: 网络空间具有全球性。
        zh: 各国应当遵守《联合国宪章》，和平利用互联网。
        zh: 发展是人类社会的永恒主题。
        en: Cyberspace is global in nature.
        en: Development is the eternal theme of human society.
        ```

        ```fires
        en: The server reads its settings at start. Every visitor must show a passport at the northern gate before noon. Old logs are removed after a week.
        zh: 服务器在启动时读取设置。旧日志在一周后删除。
        ```

        ```passes
        zh: 网络空间具有全球性。任何国家都难以独自治理。
        en: Cyberspace is global in nature, and no country can govern it alone.
        ```
    ",
    run,
};

fn run(context: &Context, findings: &mut Findings) {
    for passage in context.without_counterpart(Side::Source) {
        findings.add(Fault {
            source: Some(passage.span),
            target: Some(passage.gap),
            message: message!("missing-passage-nothing", passage = context.describe(Side::Source, &passage)),
            confidence: passage.score,
            severity: passage.at_most(Severity::Critical),
            evidence: Vec::new(),
        });
    }
    let remedy = message!("missing-passage-remedy");
    hidden_faults(context, Side::Source, &remedy).into_iter().for_each(|fault| findings.add(fault));
}
