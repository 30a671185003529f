//! What the translation says and the original does not.

use super::context::hidden_faults;
use super::{Category, Check, Context, Fault, Findings, Severity, Side, id, message};

pub(super) static CHECK: Check = Check {
    name: "added-passage",
    title: id!("added-passage"),
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "a block, a sentence or a run of them in the translation has no counterpart in the original",
    docs: r"
        What only the translation says was not approved by the author: a translator's remark, a paragraph of an
        older version, a wrong paste. This check reports every block and sentence of the translation that the
        aligner could link to nothing. The place in the original is the gap where it should stand.

        It leaves alone one sentence rendered by two, words added inside a linked sentence (see added-content), and
        settings in front matter, which every file has for itself.

        ```fires
        zh: 网络空间具有全球性。
        zh: 发展是人类社会的永恒主题。
        en: Cyberspace is global in nature.
        en: Some of the buildings in the old town were painted yellow last summer.
        en: Development is the eternal theme of human society.
        ```

        ```passes
        en: The server reads its settings at start and writes a log every hour.
        zh: 服务器在启动时读取设置。它每小时写一次日志。
        ```
    ",
    run,
};

fn run(context: &Context, findings: &mut Findings) {
    for passage in context.without_counterpart(Side::Target) {
        findings.add(Fault {
            source: Some(passage.gap),
            target: Some(passage.span),
            message: message!("added-passage-nothing", passage = context.describe(Side::Target, &passage)),
            confidence: passage.score,
            severity: passage.at_most(Severity::Major),
            evidence: Vec::new(),
        });
    }
    let remedy = message!("added-passage-remedy");
    hidden_faults(context, Side::Target, &remedy).into_iter().for_each(|fault| findings.add(fault));
}
