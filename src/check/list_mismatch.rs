//! Enumerations that lack a member, or give the members in another order.

use std::cell::LazyCell;
use std::ops::Range;

use super::{Category, Check, Context, Evidence, Fault, Findings, Severity, Side, id, message};
use crate::align::Link;
use crate::align::tokens::TokenKind;
use crate::align::words::WordLink;
use crate::lexicon::Pos;
use crate::meaning::pair::Bilingual;
use crate::meaning::{members, own, wording};
use crate::text::{Document, Lang, PieceKind, Span};
use crate::words::words;

pub(super) static CHECK: Check = Check {
    name: "list-mismatch",
    title: id!("list-mismatch"),
    category: Category::Accuracy,
    severity: Severity::Minor,
    summary: "an enumeration lacks a member that it has on the other side, or has another order",
    docs: r#"
        In a row of members, A、B和C against "A, B and C", one is easily lost, and no length betrays it. The check
        finds enumerations of three members and more that are linked member by member, and reports a member whose
        words nothing on the other side renders while all its siblings have partners and no partner is left over. Of
        a couple, A和B, it reports the one that nothing renders where the other one stands alone on the other side,
        with no "and" or "or" about it. It also reports an enumeration whose members all have partners, but in
        another order.

        It leaves alone how many members there are: members are joined, and share their heads, differently in the
        two languages. Missing and moved items of a list of paragraphs are passages of their own.

        ```fires
        zh: 该平台涵盖农业、渔业、林业和旅游。
        en: The platform covers agriculture, forestry and tourism.
        ```

        ```fires
        en: The museum collects paintings, sculptures, photographs and coins.
        zh: 该博物馆收藏绘画、照片和硬币。
        ```

        ```fires
        zh: 该公司生产汽车与飞机。
        en: The company makes cars.
        ```

        ```fires
        zh: 该市场出售苹果、葡萄、香蕉和西瓜。
        en: The market sells bananas, grapes, watermelons and apples.
        ```

        ```passes
        zh: 该平台涵盖农业、渔业、林业和旅游。
        en: The platform covers agriculture, fishery, forestry and tourism.
        ```

        ```passes
        en: Fish, meat, vegetables and fruit are sold here, as are eggs.
        zh: 这里出售鱼、肉、蔬菜和水果，也有鸡蛋。
        ```
    "#,
    run,
};

/// A member of an enumeration: its words, and whether it is known where it begins and ends.
struct Member {
    span: Span,
    /// Its words that say something, as tokens of the document.
    words: Vec<usize>,
    /// Where the members around it leave no doubt about its extent.
    whole: bool,
}

/// Members of one enumeration, in the order of the text; at least three.
struct Enumeration {
    members: Vec<Member>,
}

/// The fewest members of the longer of two enumerations that are compared; of three, one may be lacking.
const MEMBERS: usize = 3;

fn run(context: &Context, findings: &mut Findings) {
    if let Some(bitext) = Bilingual::of(context) {
        for pair in bitext.translations(SOLID_LINK) {
            for lost in members::lost(context, &bitext, &pair) {
                add_missing(context, lost.side, lost.span, Some(lost.siblings), lost.confidence, findings);
            }
        }
    }
    for link in context.linked_sentences() {
        let source = enumerations(context, link, Side::Source);
        let target = if source.is_empty() { Vec::new() } else { enumerations(context, link, Side::Target) };
        let mut taken = vec![false; target.len()];
        for one in &source {
            let long = |other: &Enumeration| one.members.len().max(other.members.len()) >= MEMBERS;
            let scored = target.iter().enumerate().filter(|(at, other)| !taken[*at] && long(other));
            let best = scored
                .map(|(at, other)| (pair(context, one, other), at))
                .max_by_key(|(pairs, at)| (pairs.iter().flatten().count(), std::cmp::Reverse(*at)));
            let Some((pairs, at)) = best else { continue };
            if pairs.iter().flatten().count() < 2 {
                continue;
            }
            taken[at] = true;
            compare(context, link, [one, &target[at]], &pairs, findings);
        }
        if link.score >= SOLID_LINK {
            halved(context, link, findings);
        }
    }
}

/// Couples are looked for in links that are at least this sure.
const SOLID_LINK: f64 = 0.6;
/// How many words beside "and" may be a member of a couple.
const COUPLED: usize = 4;
/// How near to the rendering of one member its "and" would stand, in words.
const BESIDE: usize = 4;
/// From this likelihood on two words render each other.
const RENDERS: f32 = 0.08;

/// Reports couples of the Chinese side of which the English renders one member and nothing of the other. English says
/// much in couples that Chinese has one word for.
fn halved(context: &Context, link: &Link, findings: &mut Findings) {
    let side = match (context.document(Side::Source).lang, context.document(Side::Target).lang) {
        (Lang::ZH, Lang::EN) => Side::Source,
        (Lang::EN, Lang::ZH) => Side::Target,
        _ => return,
    };
    let other = side.other();
    // few sentences have couples
    let words = LazyCell::new(|| context.aligned().words(link));
    let partner = |token: usize| {
        let of =
            |link: &&WordLink| if side == Side::Source { link.source == token } else { link.target == token };
        let found = words.iter().filter(|link| link.score >= RENDERS).find(of)?;
        Some(if side == Side::Source { found.target } else { found.source })
    };
    let origin = |token: usize| {
        let of = |link: &&WordLink| {
            if other == Side::Source { link.source == token } else { link.target == token }
        };
        words.iter().find(of).map(|link| if other == Side::Source { link.target } else { link.source })
    };
    for [first, second] in couples(context, link, side) {
        // an "and" of the other side that renders another one of this side joins other words
        let accounted = |at: usize| {
            let ends = at.checked_sub(1).and_then(origin).zip(origin(at + 1));
            let between = ends.map(|(one, end)| one.min(end) + 1..one.max(end));
            between.is_some_and(|mut range| {
                range.any(|token| {
                    token != first.end && (joins(context, side, token) || joins_verbs(context, side, token))
                })
            })
        };
        for (lost, kept) in [(&first, &second), (&second, &first)] {
            let partners: Vec<usize> = kept.clone().filter_map(partner).collect();
            // the head, which says what is meant, is the last word of a member in both languages
            let head = lost.end - 1;
            if partners.is_empty()
                || partners.iter().any(|&token| is_joined(context, other, token, accounted))
                || partner(head).is_some()
                || is_rendered(context, link, side, head, &partners, RENDERS)
            {
                continue;
            }
            let tokens = &context.tokens(side).tokens;
            let span = tokens[lost.start].span.join(tokens[head].span);
            let there = &context.tokens(other).tokens;
            let place = partners.iter().map(|&token| there[token].span).reduce(Span::join);
            add_missing(context, side, span, place, HALF, findings);
        }
    }
}

/// How sure it is that half of a couple is missing.
const HALF: f64 = 0.6;

/// The members of every couple in the sentences of one side: words that say something before and after "and" or "or",
/// where no third member stands beside them.
fn couples(context: &Context, link: &Link, side: Side) -> Vec<[Range<usize>; 2]> {
    let (document, tokens) = (context.document(side), context.tokens(side));
    let mut found = Vec::new();
    for &sentence in own(link, side) {
        let within = tokens.of_sentence(sentence);
        let gap = |before: usize, after: usize| {
            document
                .text
                .get(tokens.tokens[before].span.end..tokens.tokens[after].span.start)
                .unwrap_or_default()
        };
        let apart = |at: usize| !gap(at, at + 1).trim().is_empty();
        let member = |at: usize| is_thing(context, side, at);
        for at in within.clone().filter(|&at| joins(context, side, at)) {
            let mut start = at;
            while start > within.start && at - start < COUPLED && !apart(start - 1) && member(start - 1) {
                start -= 1;
            }
            let mut end = at + 1;
            while end < within.end && end - at <= COUPLED && !apart(end - 1) && member(end) {
                end += 1;
            }
            // a verb before the first noun governs both members
            while start + 1 < at && is_verb(context, side, start) {
                start += 1;
            }
            let third = start > within.start
                && (gap(start - 1, start).contains(['、', ',']) || joins(context, side, start - 1))
                || end < within.end && (gap(end - 1, end).contains('、') || joins(context, side, end));
            if start < at && end > at + 1 && !third {
                found.push([start..at, at + 1..end]);
            }
        }
    }
    found
}

/// Whether a token says "and" or "or".
fn joins(context: &Context, side: Side, at: usize) -> bool {
    let document = context.document(side);
    let text = document.slice(context.tokens(side).tokens[at].span);
    match document.lang {
        Lang::ZH => words!("joint", zh).contains(&text),
        _ => words!("joint", en).iter().any(|joint| text.eq_ignore_ascii_case(joint)),
    }
}

/// Whether a token names something that a couple may join: a noun, where the part of speech is known.
fn is_thing(context: &Context, side: Side, at: usize) -> bool {
    let tokens = context.tokens(side);
    let of_type = &tokens.types[tokens.tokens[at].id as usize];
    let noun = of_type.pos.is_none_or(|pos| matches!(pos, Pos::Noun | Pos::Adjective | Pos::Verb));
    of_type.kind == TokenKind::Word && noun && wording::says_something(context, side, at)
}

fn is_verb(context: &Context, side: Side, at: usize) -> bool {
    let tokens = context.tokens(side);
    tokens.types[tokens.tokens[at].id as usize].pos == Some(Pos::Verb)
}

/// Whether a token joins two verbs.
fn joins_verbs(context: &Context, side: Side, at: usize) -> bool {
    let text = context.document(side).slice(context.tokens(side).tokens[at].span);
    words!("joint of verbs", zh).contains(&text)
}

/// Whether an "and" or the like stands about a token that is not accounted for otherwise.
fn is_joined(context: &Context, side: Side, at: usize, accounted: impl Fn(usize) -> bool) -> bool {
    let (document, tokens) = (context.document(side), context.tokens(side));
    let around = at.saturating_sub(BESIDE)..(at + BESIDE + 1).min(tokens.tokens.len());
    let near = tokens.tokens[around.start].span.join(tokens.tokens[around.end - 1].span);
    around.into_iter().any(|at| joins(context, side, at) && !accounted(at))
        || document.slice(near).contains(['、', ',', '/', '&', '，'])
}

/// Less likely renderings than this are none.
const LEAST: f32 = 0.03;

/// What pairs in order must have of the likelihood of the likeliest pairs to be preferred to them.
const IN_ORDER: f32 = 0.7;

/// For each member of one enumeration its partner in the other, each taken once: in the order in which they stand,
/// unless that makes pairs much less likely than the likeliest ones.
fn pair(context: &Context, one: &Enumeration, other: &Enumeration) -> Vec<Option<usize>> {
    let row = |member: &Member| -> Vec<f32> {
        let scores = other.members.iter().map(|partner| likeness(context, member, partner));
        scores.map(|score| if score >= LEAST { score } else { 0.0 }).collect()
    };
    let scores: Vec<Vec<f32>> = one.members.iter().map(row).collect();
    let total = |pairs: &[Option<usize>]| -> f32 {
        pairs.iter().enumerate().filter_map(|(i, j)| Some(scores[i][(*j)?])).sum()
    };
    let (likeliest, straight) = (likeliest(&scores), straight(&scores));
    if total(&straight) >= IN_ORDER * total(&likeliest) { straight } else { likeliest }
}

/// The pairs that are likeliest, one after the other.
fn likeliest(scores: &[Vec<f32>]) -> Vec<Option<usize>> {
    let cells =
        scores.iter().enumerate().flat_map(|(i, row)| row.iter().enumerate().map(move |(j, s)| (i, j, *s)));
    let mut cells: Vec<(usize, usize, f32)> = cells.filter(|cell| cell.2 > 0.0).collect();
    cells.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let mut pairs = vec![None; scores.len()];
    for (i, j, _) in cells {
        if pairs[i].is_none() && !pairs.contains(&Some(j)) {
            pairs[i] = Some(j);
        }
    }
    pairs
}

/// The likeliest pairs that do not cross.
fn straight(scores: &[Vec<f32>]) -> Vec<Option<usize>> {
    let (n, m) = (scores.len(), scores.first().map_or(0, Vec::len));
    let mut best = vec![vec![0.0f32; m + 1]; n + 1];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let paired = if scores[i][j] > 0.0 { scores[i][j] + best[i + 1][j + 1] } else { 0.0 };
            best[i][j] = paired.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let mut pairs = vec![None; n];
    let (mut i, mut j) = (0, 0);
    while i < n && j < m {
        if scores[i][j] > 0.0 && best[i][j] == scores[i][j] + best[i + 1][j + 1] {
            pairs[i] = Some(j);
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// The likeliest rendering of a word of a member of the source by a word of one of the target.
fn likeness(context: &Context, member: &Member, partner: &Member) -> f32 {
    let (source, target) = (context.tokens(Side::Source), context.tokens(Side::Target));
    let pairs = member.words.iter().flat_map(|&one| partner.words.iter().map(move |&other| (one, other)));
    pairs
        .map(|(one, other)| {
            wording::rendering(context, Side::Source, source.tokens[one].id, target.tokens[other].id)
        })
        .fold(0.0, f32::max)
}

fn compare(
    context: &Context,
    link: &Link,
    lists: [&Enumeration; 2],
    pairs: &[Option<usize>],
    findings: &mut Findings,
) {
    let linked = |side: usize, at: usize| match side {
        0 => pairs[at].is_some(),
        _ => pairs.contains(&Some(at)),
    };
    let lone = [0, 1].map(|side: usize| -> Vec<usize> {
        (0..lists[side].members.len()).filter(|&at| !linked(side, at)).collect()
    });
    match (lone[0].as_slice(), lone[1].as_slice()) {
        ([], []) => reordered(context, lists, pairs, findings),
        (&[at], []) => missing(context, link, Side::Source, lists, at, findings),
        ([], &[at]) => missing(context, link, Side::Target, lists, at, findings),
        _ => match spare(lists.map(|list| list.members.len()), pairs) {
            Some((Side::Source, at)) => missing(context, link, Side::Source, lists, at, findings),
            Some((Side::Target, at)) => missing(context, link, Side::Target, lists, at, findings),
            None => {}
        },
    }
}

/// The one member that a list has more than the other, where the pairs are in order on both sides and it stands alone
/// between two of them, or at an end, while as many members on either side are left between any others.
fn spare(sizes: [usize; 2], pairs: &[Option<usize>]) -> Option<(Side, usize)> {
    if sizes[0].abs_diff(sizes[1]) != 1 {
        return None;
    }
    let mut found = None;
    let (mut i, mut j) = (0, 0);
    let ends = pairs.iter().enumerate().filter_map(|(i, j)| Some((i, (*j)?))).chain([(sizes[0], sizes[1])]);
    for (end, other) in ends {
        match (end.checked_sub(i)?, other.checked_sub(j)?) {
            (1, 0) if found.is_none() => found = Some((Side::Source, i)),
            (0, 1) if found.is_none() => found = Some((Side::Target, j)),
            (left, right) if left == right => {}
            _ => return None,
        }
        (i, j) = (end + 1, other + 1);
    }
    found
}

fn missing(
    context: &Context,
    link: &Link,
    side: Side,
    lists: [&Enumeration; 2],
    at: usize,
    findings: &mut Findings,
) {
    let list = lists[side as usize];
    let member = &list.members[at];
    let says = |&word: &usize| wording::says_something(context, side, word);
    if !member.whole
        || !member.words.iter().any(says)
        || list.members.len() <= lists[1 - side as usize].members.len()
    {
        return;
    }
    // the members of the other list render those that they are paired with
    let taken: Vec<usize> =
        lists[1 - side as usize].members.iter().flat_map(|member| member.words.iter().copied()).collect();
    if member.words.iter().any(|&word| is_rendered(context, link, side, word, &taken, ELSEWHERE)) {
        return;
    }
    let confidence = if link.score < 0.6 { 0.55 } else { 0.7 };
    add_missing(context, side, member.span, extent(lists[1 - side as usize]), confidence, findings);
}

fn add_missing(
    context: &Context,
    side: Side,
    member: Span,
    siblings: Option<Span>,
    confidence: f64,
    findings: &mut Findings,
) {
    // what one way of reading the enumeration has told, another does not tell again
    let of_side = |fault: &Fault| if side == Side::Source { fault.source } else { fault.target };
    if findings.found.iter().any(|fault| of_side(fault).is_some_and(|told| told.overlaps(member))) {
        return;
    }
    let text = context.document(side).words(member);
    let message = match side {
        Side::Source => message!("list-mismatch-missing", text = text),
        Side::Target => message!("list-mismatch-added", text = text),
    };
    let place = |wanted: Side| if wanted == side { Some(member) } else { siblings };
    findings.add(Fault {
        source: place(Side::Source),
        target: place(Side::Target),
        message,
        confidence,
        severity: None,
        evidence: vec![Evidence { side, span: member, note: message!("list-mismatch-sibling") }],
    });
}

/// Whether a word is rendered anywhere in the blocks on the other side, by another word than those that are `taken`.
fn is_rendered(context: &Context, link: &Link, side: Side, word: usize, taken: &[usize], least: f32) -> bool {
    let document = context.document(side.other());
    let mut blocks: Vec<usize> =
        own(link, side.other()).iter().map(|&sentence| document.sentences[sentence].block).collect();
    blocks.dedup();
    wording::may_be_rendered(context, side, word, &blocks, taken, least)
}

/// A pair is solid when nothing else comes near to being the partner of either.
const SOLID: f32 = 2.0;
/// The least likeness of a solid pair.
const SURE: f32 = 0.1;

fn reordered(context: &Context, lists: [&Enumeration; 2], pairs: &[Option<usize>], findings: &mut Findings) {
    let [one, other] = lists.map(|list| &list.members);
    if one.len() != other.len() {
        return;
    }
    let solid = |i: usize, j: usize| {
        let score = likeness(context, &one[i], &other[j]);
        let rival = |(a, b): (usize, usize)| {
            (a, b) != (i, j) && SOLID * likeness(context, &one[a], &other[b]) > score
        };
        score >= SURE && !(0..other.len()).any(|b| rival((i, b))) && !(0..one.len()).any(|a| rival((a, j)))
    };
    let order: Vec<usize> =
        pairs.iter().enumerate().filter_map(|(i, &j)| j.filter(|&j| solid(i, j))).collect();
    if order.is_sorted() {
        return;
    }
    findings.add(Fault {
        source: extent(lists[0]),
        target: extent(lists[1]),
        message: message!("list-mismatch-order"),
        confidence: 0.6,
        severity: None,
        evidence: Vec::new(),
    });
}

fn extent(list: &Enumeration) -> Option<Span> {
    list.members.iter().map(|member| member.span).reduce(Span::join)
}

/// The enumerations of one side of linked sentences.
fn enumerations(context: &Context, link: &Link, side: Side) -> Vec<Enumeration> {
    let document = context.document(side);
    let mut found = Vec::new();
    for &sentence in own(link, side) {
        let sentence = document.sentences[sentence];
        let block = &document.blocks[sentence.block];
        let verbatim =
            document.pieces_in(sentence.block, sentence.span).any(|piece| piece.kind == PieceKind::Code);
        if !block.kind.is_prose() || verbatim {
            continue;
        }
        for rows in rows(document, sentence.span) {
            let last = rows.len().saturating_sub(1);
            let members: Vec<Member> = rows
                .into_iter()
                .enumerate()
                .map(|(at, span)| member(context, side, span, at == 0, at == last))
                .collect();
            if members.iter().all(|member| !member.words.is_empty()) {
                found.push(Enumeration { members });
            }
        }
    }
    found
}

/// From this likelihood on a word outside of an enumeration renders a member that it lacks.
const ELSEWHERE: f32 = 0.2;

/// How many words after the last "and" may be the last member; of what leads to the first member, it is the last word.
const NEAR: usize = 2;

fn member(context: &Context, side: Side, span: Span, first: bool, last: bool) -> Member {
    let tokens = context.tokens(side);
    let mut words: Vec<usize> =
        tokens.within(span).filter(|&at| wording::says_something(context, side, at)).collect();
    if words.is_empty() {
        words = tokens.within(span).collect();
    }
    let whole = !first && (!last || words.len() <= NEAR);
    // what leads to the first member, and what follows the last, belongs to the sentence
    let words = match (first, last) {
        (true, _) => words[words.len().saturating_sub(1)..].to_vec(),
        (_, true) => words[..words.len().min(NEAR)].to_vec(),
        _ => words,
    };
    let span = match (first || last, words.first(), words.last()) {
        (true, Some(&from), Some(&to)) => tokens.tokens[from].span.join(tokens.tokens[to].span),
        _ => span,
    };
    Member { span, words, whole }
}

/// The longest member, in bytes.
const LONGEST: usize = 60;

/// What says in English that there are more members, as 等 does in Chinese.
const OPEN_END: &[&str] = words!("end of an open list", en);

/// Rows of parts of a sentence that are set off like the members of an enumeration.
fn rows(document: &Document, sentence: Span) -> Vec<Vec<Span>> {
    let text = document.slice(sentence);
    let chinese = document.lang == Lang::ZH;
    if !chinese && document.lang != Lang::EN {
        return Vec::new();
    }
    let separates = |c: char| if chinese { c == '、' } else { c == ',' };
    let ends = |c: char| {
        !separates(c)
            && (c.is_ascii_punctuation() && !"-'/&".contains(c)
                || matches!(
                    c,
                    '，' | '。'
                        | '；'
                        | '：'
                        | '！'
                        | '？'
                        | '“'
                        | '”'
                        | '‘'
                        | '’'
                        | '《'
                        | '》'
                        | '（'
                        | '）'
                        | '「'
                        | '」'
                        | '—'
                        | '…'
                ))
    };
    let mut rows = Vec::new();
    for clause in parts(text, 0, ends) {
        let mut row: Vec<Span> = parts(&text[clause.range()], clause.start, separates);
        if let Some(last) = row.pop() {
            // where inner members are joined by "and" themselves, that of the last may join no members
            let nested = row.iter().skip(1).any(|part| split_last(&text[part.range()], 0, chinese).len() > 1);
            if nested {
                continue;
            }
            row.extend(split_last(&text[last.range()], last.start, chinese));
        }
        // only a row that "and" or "or" closes is one in English; long parts are clauses
        let inner_fit = row.iter().skip(1).rev().skip(1).all(|part| part.len() <= LONGEST);
        let closed = chinese || {
            let at = row.last().map_or(0, |part| part.start);
            let before = text[clause.start..at].trim_end();
            [" and", " or", ",and"].iter().any(|word| before.ends_with(word))
        };
        let rest = row.last().map_or("", |last| text[last.range()].trim());
        if !chinese && OPEN_END.iter().any(|end| rest.eq_ignore_ascii_case(end)) {
            row.pop();
        }
        if row.len() >= 2
            && inner_fit
            && closed
            && row.iter().all(|part| !text[part.range()].trim().is_empty())
        {
            rows.push(
                row.into_iter()
                    .map(|part| Span::new(sentence.start + part.start, sentence.start + part.end))
                    .collect(),
            );
        }
    }
    rows
}

/// The parts of a text between certain characters; `shift` is where the text begins.
fn parts(text: &str, shift: usize, between: impl Fn(char) -> bool) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices().filter(|&(_, c)| between(c)) {
        found.push(Span::new(shift + start, shift + at));
        start = at + c.len_utf8();
    }
    found.push(Span::new(shift + start, shift + text.len()));
    found
}

/// The last part of a row at its "and": "B和C" and "B and C" are two members, ", and C" is one.
fn split_last(text: &str, shift: usize, chinese: bool) -> Vec<Span> {
    let words: &[&str] = if chinese { words!("joint", zh) } else { &["and ", "or "] };
    let found = words.iter().filter_map(|word| {
        let at = if chinese {
            text.find(word)?
        } else {
            // at the beginning, or behind a space
            let starts = std::iter::once(0)
                .chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b' ').map(|(at, _)| at + 1));
            starts.into_iter().find(|&at| text[at..].starts_with(word))?
        };
        Some((at, word.len()))
    });
    let Some((at, len)) = found.min_by_key(|&(at, len)| (at, std::cmp::Reverse(len))) else {
        return vec![Span::new(shift, shift + text.len())];
    };
    let (before, after) = (Span::new(shift, shift + at), Span::new(shift + at + len, shift + text.len()));
    match text[..at].trim().is_empty() {
        true => vec![after],
        false => vec![before, after],
    }
}
