//! Linked passages that say different things.

use std::collections::BTreeSet;

use super::divergence::{self, Displaced};
use super::{Category, Check, Context, Evidence, Fault, Findings, Message, Severity, Side, id, message};
use crate::align::Link;
use crate::meaning::own;

pub(super) static CHECK: Check = Check {
    name: "divergent-passage",
    title: id!("divergent-passage"),
    category: Category::Accuracy,
    severity: Severity::Major,
    summary: "a passage stands where another should, or says something else",
    docs: r#"
        A wrong paste, a paragraph of another chapter, a passage that one version rewrote: both sides have something
        at this place, but hardly a word of the one renders a word of the other. The measure is the bitext itself:
        how well its other linked blocks fit, and how much that varies. What lies far below is reported, and what is
        short or less clear as minor. It takes at least eight linked blocks of some length to know what is usual.

        Files that pair their versions themselves (tables, TMX, XLIFF, PO, files of messages) are judged like others,
        and a unit is told only where its words hardly say more for each other than chance: messages are short and
        often translated freely. Two units that have each other's translations are one finding there, however short
        they are, where their words say so clearly, and so is a run of rows whose translations stand one row off.
        Where both units are of a few words the finding is minor: near-synonyms (Classified, Confidential) may well
        be rendered by each other's words.

        It leaves alone code, headings and cells of a few words, free translations in texts that are translated
        freely throughout, and what has no counterpart at all (see missing-passage and added-passage).

        ```fires
        zh: 这条河发源于山区，流经该国三个省份后入海。
        zh: 沿岸的农民夏天种水稻，冬天种小麦，几百年来一直如此。
        zh: 老城建在水边的岩石上，四周是灰色的石墙。
        zh: 每天早晨渔船很早就离开港口，傍晚满载着鱼回来。
        zh: 春天，田野里开满黄色的花，游客从各地赶来观赏。
        zh: 学校就在寺庙旁边，孩子们每天走过木桥去上学。
        zh: 广场上每周都有集市，人们在那里购买蔬菜、布料和工具。
        zh: 铁路很晚才通到这个山谷，此前货物都由马和骡子驮运。
        zh: 冬天寒冷而漫长，积雪常常封住山路，直到四月。
        zh: 图书馆收藏着中世纪僧侣手抄的数千份手稿。
        en: The river rises in the mountains and flows through three provinces of the country to the sea.
        en: Farmers along its banks grow rice in summer and wheat in winter, as they have for centuries.
        en: The old town was built on a rock by the water, surrounded by walls of grey stone.
        en: Every morning the fishing boats leave the harbour early and return in the evening full of fish.
        en: The new tax on sugar is collected by the ministry and paid into a fund for public health.
        en: The school stands beside the temple, and children walk over the wooden bridge to school every day.
        en: A market is held in the square every week, where people buy vegetables, cloth and tools.
        en: The railway came late to this valley, and before it goods were carried by horses and mules.
        en: Winter is cold and long, and snow often closes the mountain road until April.
        en: The library keeps thousands of manuscripts copied by hand by monks in the Middle Ages.
        ```

        ```passes
        en: The server reads its settings at start and writes a log every hour.
        zh: 服务器在启动时读取设置，每小时写一次日志。
        ```
    "#,
    run,
};

/// Scores lower than this leave little doubt.
const CLEAR: f64 = 0.5;

/// Deviations below the usual that leave little doubt.
const MUCH: f64 = 2.5;

/// The confidence of what is short or less clear.
const UNCLEAR: f64 = 0.65;

fn run(context: &Context, findings: &mut Findings) {
    let links = &context.bitext().alignment.blocks;
    let given = divergence::given(context);
    let displaced = divergence::displaced(context, given.as_deref());
    displaced.iter().for_each(|displaced| findings.add(fault(context, displaced)));
    let told: BTreeSet<usize> = displaced.iter().flat_map(Displaced::links).copied().collect();
    for one in divergence::blocks(context, given.as_deref()) {
        let link = &links[one.link];
        if told.contains(&one.link) || abridged(context, link) {
            continue;
        }
        let clear = one.score < CLEAR && one.below > MUCH && one.long;
        findings.add(Fault {
            source: context.span_of_blocks(Side::Source, &link.source),
            target: context.span_of_blocks(Side::Target, &link.target),
            message: message!("divergent-passage-different"),
            confidence: if clear { (0.8 + 0.02 * one.below).min(0.92) } else { UNCLEAR },
            severity: (!clear).then_some(Severity::Minor),
            evidence: Vec::new(),
        });
    }
}

/// One finding for passages that have the translations of others.
fn fault(context: &Context, displaced: &Displaced) -> Fault {
    let links = &context.bitext().alignment.blocks;
    let span = |side: Side, at: usize| context.span_of_blocks(side, own(&links[at], side));
    let whole = |side: Side, links: &[usize]| {
        links.iter().filter_map(|&at| span(side, at)).reduce(|one, other| one.join(other))
    };
    let fault = |links: &[usize], message: Message, evidence: Vec<Evidence>| Fault {
        source: whole(Side::Source, links),
        target: whole(Side::Target, links),
        message,
        confidence: 0.9,
        severity: None,
        evidence,
    };
    let short = |at: &usize| divergence::is_short(context, &links[*at]);
    match displaced {
        Displaced::Exchanged([one, other]) => {
            let message = message!("divergent-passage-exchanged");
            let place = |at: usize, note: Message| {
                let spans = [Side::Source, Side::Target].map(|side| Some((side, span(side, at)?)));
                spans.into_iter().flatten().map(move |(side, span)| Evidence {
                    side,
                    span,
                    note: note.clone(),
                })
            };
            let here = place(*one, message!("divergent-passage-one"));
            let evidence = here.chain(place(*other, message!("divergent-passage-other"))).collect();
            let told = fault(&[*one], message, evidence);
            match short(one) && short(other) {
                true => Fault { confidence: UNCLEAR, severity: Some(Severity::Minor), ..told },
                false => told,
            }
        }
        Displaced::Shifted { links, by } => {
            let (count, off) = (links.len(), by.unsigned_abs());
            let message = match *by > 0 {
                true => message!("divergent-passage-later", count = count, off = off),
                false => message!("divergent-passage-earlier", count = count, off = off),
            };
            fault(links, message, Vec::new())
        }
    }
}

/// Whether sentences without counterpart account for it, which are reported as such, and the others fit.
fn abridged(context: &Context, link: &Link) -> bool {
    let document = context.document(Side::Source);
    let sentences = link.source.iter().flat_map(|&block| document.blocks[block].sentences.clone());
    let mut links: Vec<usize> =
        sentences.map(|sentence| context.sentence_link(Side::Source, sentence)).collect();
    links.dedup();
    let links = links.into_iter().map(|link| &context.bitext().alignment.sentences[link]);
    let (alone, linked): (Vec<_>, Vec<_>) = links.partition(|link| link.is_null());
    !alone.is_empty() && !linked.is_empty() && linked.iter().all(|link| link.score >= 0.6)
}
