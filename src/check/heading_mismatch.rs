//! Headings whose level or number differs.

use std::collections::BTreeMap;

use super::{Category, Check, Context, Evidence, Fault, Findings, Message, Severity, Side, id, message};
use crate::text::{Block, BlockKind, NumberingStyle, Span};

pub(super) static CHECK: Check = Check {
    name: "heading-mismatch",
    title: id!("heading-mismatch"),
    category: Category::Structure,
    severity: Severity::Minor,
    summary: "the level or the number of a heading differs",
    docs: r##"
        Readers find their way, and other texts refer to a passage, by the numbers and levels of headings. The check
        compares linked headings: their numbers by value, so that 二、 is II. and 第三章 is Chapter 3, and their
        levels against how the levels of the two documents correspond as a rule.

        It leaves alone how a number is written, and a document whose levels are all shifted. Headings that lost
        their numbers together are one finding, and so are headings whose numbers are all off by as much as that of
        the heading before.

        ```fires
        zh: # 一、总体要求
        zh: 各国应当合作。
        zh: # 二、基本原则
        zh: 各国一律平等。
        zh: # 三、行动倡议
        en: # I. General requirements
        en: States should cooperate.
        en: # III. Basic principles
        en: All states are equal.
        en: # IV. Initiatives for action
        ```

        ```fires
        en: # Guide
        en: Read this page first.
        en: ## Installation
        en: Run the installer.
        en: ## Configuration
        en: Edit the file.
        en: ## Upgrade
        zh: # 指南
        zh: 请先阅读本页。
        zh: ## 安装
        zh: 运行安装程序。
        zh: ### 配置
        zh: 编辑该文件。
        zh: ## 升级
        ```

        ```fires
        zh: ## （一）安装
        zh: 运行安装程序。
        zh: ## （二）配置
        zh: 编辑该文件。
        en: ## Installation
        en: Run the installer.
        en: ## Configuration
        en: Edit the file.
        ```

        ```passes
        zh: ## 一、安装
        zh: 运行安装程序。
        zh: ## 第二章 配置
        zh: 编辑该文件。
        en: # 1. Installation
        en: Run the installer.
        en: # Chapter 2: Configuration
        en: Edit the file.
        ```
    "##,
    run,
};

/// Two linked headings.
#[derive(Clone, Copy)]
struct Pair<'a>([&'a Block; 2]);

impl Pair<'_> {
    /// Its number on a side; a bullet is none.
    fn number(&self, side: usize) -> Option<(NumberingStyle, u32)> {
        let numbering = self.0[side]
            .numbering
            .as_deref()
            .filter(|numbering| numbering.style != NumberingStyle::Bullet)?;
        Some((numbering.style, numbering.value))
    }

    /// How much deeper the target stands.
    fn depth(&self) -> Option<i32> {
        Some(i32::from(self.0[1].level?) - i32::from(self.0[0].level?))
    }
}

fn run(context: &Context, findings: &mut Findings) {
    let pairs = pairs(context);
    numbers(context, &pairs, findings);
    dropped(context, &pairs, findings);
    levels(&pairs, findings);
}

/// The headings that are linked one to one, and surely.
fn pairs<'a>(context: &Context<'a>) -> Vec<Pair<'a>> {
    let bitext = context.bitext();
    let of = |link: &crate::align::Link| match (&*link.source, &*link.target) {
        (&[source], &[target]) if !link.moved && link.score >= SURE => {
            let pair = [&bitext.source.blocks[source], &bitext.target.blocks[target]];
            pair.iter().all(|block| block.kind == BlockKind::Heading).then_some(Pair(pair))
        }
        _ => None,
    };
    bitext.alignment.blocks.iter().filter_map(of).collect()
}

/// Links less sure than this may be wrong themselves.
const SURE: f64 = 0.5;

/// Numbers that differ, where they are not as far apart as those of the heading before at their level.
fn numbers(context: &Context, pairs: &[Pair], findings: &mut Findings) {
    let mut apart: BTreeMap<Option<u8>, i64> = BTreeMap::new();
    for pair in pairs {
        let (Some((_, one)), Some((_, other))) = (pair.number(0), pair.number(1)) else { continue };
        let difference = i64::from(other) - i64::from(one);
        let before = apart.insert(pair.0[0].level, difference).unwrap_or(0);
        if difference == 0 || difference == before {
            continue;
        }
        let marks =
            [0, 1].map(|side: usize| pair.0[side].numbering.as_deref().map(|numbering| numbering.span));
        let text = |side: Side| {
            marks[side as usize].map_or_else(Default::default, |span| context.document(side).words(span))
        };
        let (one, other) = (text(Side::Source), text(Side::Target));
        let message = message!("heading-mismatch-number", one = one, other = other);
        findings.add(fault(marks, message, 0.8, Vec::new()));
    }
}

/// Numbered headings of one kind.
#[derive(Default)]
struct Group<'p, 'a> {
    /// Those whose partners have no number.
    lost: Vec<&'p Pair<'a>>,
    /// How many have partners with numbers.
    kept: usize,
}

/// Numbers on one side only: one finding where all headings of a kind lost them, else one a heading.
fn dropped(context: &Context, pairs: &[Pair], findings: &mut Findings) {
    // headings by the side that has numbers, their style there and their level
    let mut groups: BTreeMap<(usize, NumberingStyle, Option<u8>), Group> = BTreeMap::new();
    for pair in pairs {
        for side in [0, 1] {
            let Some((style, _)) = pair.number(side) else { continue };
            let group = groups.entry((side, style, pair.0[side].level)).or_default();
            match pair.number(1 - side) {
                Some(_) => group.kept += 1,
                None => group.lost.push(pair),
            }
        }
    }
    for ((side, _, _), Group { lost, kept }) in groups {
        let has = if side == 0 { Side::Source } else { Side::Target };
        let lacks = has.other();
        // a number that is part of the words, as in a year or a step, is seldom numbering
        if lost.is_empty() || kept == 0 && lost.len() < 2 {
            continue;
        }
        let together = kept == 0;
        let groups: Vec<Vec<&Pair>> = match together {
            true => vec![lost],
            false => lost.into_iter().map(|pair| vec![pair]).collect(),
        };
        for group in groups {
            let Some(first) = group.first() else { continue };
            let mark = |pair: &Pair| pair.0[side].numbering.as_deref().map(|numbering| numbering.span);
            let text = mark(first).map_or_else(Default::default, |span| context.document(has).words(span));
            let message = match group.len() {
                1 => message!("heading-mismatch-lacks-one", lacks = lacks, text = text),
                n => message!(
                    "heading-mismatch-lacks-several",
                    lacks = lacks,
                    has = has,
                    text = text,
                    count = n
                ),
            };
            let mut places = [None; 2];
            places[side] = mark(first);
            places[1 - side] = Some(first.0[1 - side].span);
            let evidence = group.iter().filter_map(|pair| mark(pair)).map(|span| Evidence {
                side: has,
                span,
                note: message!("heading-mismatch-one-sided"),
            });
            findings.add(fault(places, message, if together { 0.65 } else { 0.75 }, evidence.collect()));
        }
    }
}

/// Headings that are deeper or higher than the rest of the document would have it.
fn levels(pairs: &[Pair], findings: &mut Findings) {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for depth in pairs.iter().filter_map(Pair::depth) {
        *counts.entry(depth).or_insert(0) += 1;
    }
    let Some((&usual, &agreeing)) = counts.iter().max_by_key(|&(depth, n)| (*n, -depth.abs())) else {
        return;
    };
    let total: usize = counts.values().sum();
    // where no rule shows, nothing departs from it
    if agreeing * 3 < total * 2 || agreeing < 2 {
        return;
    }
    let mut before = 0;
    for pair in pairs {
        let Some(depth) = pair.depth() else { continue };
        let off = depth - usual;
        let follows = off == before;
        before = off;
        let title = [0, 1].iter().any(|&side: &usize| pair.0[side].level == Some(1));
        if off == 0 || follows || title {
            continue;
        }
        let level = |side: usize| pair.0[side].level.unwrap_or_default();
        let (one, other) = (usize::from(level(0)), usize::from(level(1)));
        let message = match usual {
            0 => message!("heading-mismatch-level", one = one, other = other),
            _ => message!("heading-mismatch-level-unlike", one = one, other = other),
        };
        let places = [0, 1].map(|side: usize| Some(pair.0[side].span));
        findings.add(fault(places, message, 0.75, Vec::new()));
    }
}

fn fault(places: [Option<Span>; 2], message: Message, confidence: f64, evidence: Vec<Evidence>) -> Fault {
    let [source, target] = places;
    Fault { source, target, message, confidence, severity: None, evidence }
}
