//! Quotations and titles that stand on one side only.

use super::{Category, Check, Context, Evidence, Fault, Findings, Severity, Side, id, message};
use crate::align::Link;
use crate::meaning::titles::{self, Between, Standing};
use crate::meaning::{own, wording};
use crate::text::{PieceKind, Span};

pub(super) static CHECK: Check = Check {
    name: "quotation-mismatch",
    title: id!("quotation-mismatch"),
    category: Category::Accuracy,
    severity: Severity::Minor,
    summary: "a quotation or the title of a work stands on one side only",
    docs: r#"
        A title in 《》 or a quotation in “” none of whose words appears on the other side was dropped, or another one
        was put in its place. The check looks at titles and at quotations of several words in linked sentences, and
        asks of each of their words whether anything on the other side renders it. A title of which a good part is not
        rendered may be another work's, and a long quotation whose words stand there without any marks is no longer
        one.

        Where both sides have as many titles and quotations, those of which nothing renders the other stand against
        each other: 《孟子》 and “Xunzi”. Of a title that the lexicon has as a name this is major; titles of works that
        were given another name in the other language are told as minor, and only where one is alone.

        Where a title or quotation renders the other but for one noun that no word there can render, or has a clause of
        which the other has nothing, it is not the same either. So it is where a word stands against its opposite.

        It leaves alone the marks themselves: quotation marks, italics, bold and code stand for one another, and a
        term that one language quotes the other may leave bare.

        ```fires
        zh: 该组织于2019年发布了《网络空间国际合作战略》，并召开了会议。
        en: In 2019 the organisation held a meeting.
        ```

        ```fires
        en: The minister said that “the river belongs to every village” and left the room.
        zh: 部长说完话便离开了房间。
        ```

        ```fires
        zh: 学生须通读《论语》，并从《孟子》中自选三章背诵。
        en: Students must read the “Analects” and learn by heart three chapters of the “Xunzi”.
        ```

        ```fires
        zh: 展览“盐与茶”将于周五开幕。
        en: The exhibition “Salt and Silk” opens on Friday.
        ```

        ```fires
        zh: 父亲只说了一句：“地别卖，书别丢。”
        en: Father said only one thing: “Don't sell the land.”
        ```

        ```fires
        zh: 店门口挂着“营业中”的牌子。
        en: A sign reading “Closed” hung on the shop door.
        ```

        ```passes
        zh: 我们为“宁静”而来。教练说：“看汤，看一座安静的山。”
        en: We came for the “silence”. The coach said: “Look at the soup and at a quiet mountain.”
        ```

        ```passes
        zh: 学生须通读《论语》，并从《孟子》中自选三章背诵。
        en: Students must read the “Analects” and learn by heart three chapters of the “Mencius”.
        ```

        ```passes
        zh: 该组织发布了《网络空间国际合作战略》，称之为“新起点”。
        en: The organisation released its Strategy of International Cooperation on Cyberspace and called it a new start.
        ```
    "#,
    run,
};

fn run(context: &Context, findings: &mut Findings) {
    let standing = context.titles();
    standing.iter().for_each(|one| findings.add(another(context, one)));
    let [zh, en] = [context.chinese(), context.chinese().other()];
    let told = |side: Side, quoted: Span| {
        standing
            .iter()
            .any(|one| (side == zh && quoted.contains(one.zh)) || (side == en && quoted.contains(one.en)))
    };
    for link in context.linked_sentences() {
        for side in [Side::Source, Side::Target] {
            let open = titles::between(context, link, side, &titles::QUOTING);
            for quoted in open.into_iter().filter(|quoted| !told(side, quoted.span)) {
                judge(context, link, side, quoted, findings);
            }
        }
    }
}

/// What is said of two titles or quotations that stand against each other.
fn another(context: &Context, one: &Standing) -> Fault {
    let zh = context.chinese();
    let en = zh.other();
    let [a, b] = [context.document(zh).words(one.zh), context.document(en).words(one.en)];
    let place = |side: Side| Some(if side == zh { one.zh } else { one.en });
    let evidence = [(zh, &one.lost[0]), (en, &one.lost[1])].into_iter().flat_map(|(side, lost)| {
        lost.iter().map(move |&span| Evidence { side, span, note: message!("no-counterpart") })
    });
    // of a half that was dropped nothing is lost on the other side
    let half = |side: Side, text: &str, lost: &[Span]| {
        let words: Vec<_> = lost.iter().map(|&span| context.document(side).words(span)).collect();
        message!("quotation-mismatch-half", other = side.other(), words = words.join(", "), text = text)
    };
    let message = match (&one.lost[0][..], &one.lost[1][..]) {
        (lost @ [_, ..], []) => half(zh, &a, lost),
        ([], lost @ [_, ..]) => half(en, &b, lost),
        _ => message!("quotation-mismatch-another", zh = a, en = b),
    };
    Fault {
        source: place(Side::Source),
        target: place(Side::Target),
        message,
        confidence: if one.known { 0.8 } else { 0.6 },
        severity: one.known.then_some(Severity::Major),
        evidence: evidence.collect(),
    }
}

/// The fewest words that a quotation must have to be looked for.
const WORDS: usize = 3;
/// The fewest words that a title must have.
const TITLE_WORDS: usize = 2;

fn judge(context: &Context, link: &Link, side: Side, quoted: Between, findings: &mut Findings) {
    let tokens = context.tokens(side);
    let other = side.other();
    let words = &quoted.words;
    if words.len() < if quoted.title { TITLE_WORDS } else { WORDS } {
        return;
    }
    let near = around(context, link, other);
    let others = context.tokens(other);
    let rendered = |at: usize| {
        let id = tokens.tokens[at].id;
        near.iter().flat_map(|&block| others.of_block(block)).any(|partner| {
            let partner = others.tokens[partner].id;
            let score = wording::rendering(context, side, id, partner);
            score >= LEAST
        })
    };
    let lost: Vec<usize> = words.iter().copied().filter(|&at| !rendered(at)).collect();
    let wholly = lost.len() == words.len();
    if wholly && quoted.title && is_abbreviated(context, link, side) {
        return;
    }
    let partly = quoted.title && lost.len() > 1 && lost.len() * SHARE >= words.len();
    let bare = !quoted.title && words.len() >= LONG && !is_marked(context, &near, other);
    if !wholly && !partly && !bare {
        return;
    }
    let noun =
        if quoted.title { id!("quotation-mismatch-title") } else { id!("quotation-mismatch-quotation") };
    let text = context.document(side).words(quoted.span);
    let of_it: Vec<_> = lost.iter().map(|&at| context.document(side).words(tokens.tokens[at].span)).collect();
    let of_it = of_it.join(", ");
    let message = match (wholly, partly) {
        (true, _) => message!("quotation-mismatch-nothing", other = other, noun = noun, text = text),
        (_, true) => message!("quotation-mismatch-partly", other = other, words = of_it, text = text),
        _ => message!("quotation-mismatch-bare", side = side, text = text, other = other),
    };
    let place = |wanted: Side| match wanted == side {
        true => Some(quoted.span),
        false => context.span_of_sentences(wanted, own(link, wanted)),
    };
    let evidence = lost.iter().map(|&at| Evidence {
        side,
        span: tokens.tokens[at].span,
        note: message!("no-counterpart"),
    });
    let sure = match wholly {
        true if words.len() > TITLE_WORDS => 0.7,
        _ if bare => 0.55,
        _ => 0.6,
    };
    findings.add(Fault {
        source: place(Side::Source),
        target: place(Side::Target),
        message,
        confidence: if link.score < 0.6 { sure - 0.15 } else { sure },
        severity: None,
        evidence: evidence.collect(),
    });
}

/// One word in so many of a title without a rendering, and another work may be meant.
const SHARE: usize = 3;
/// The fewest words of a quotation that is more than a term which one language quotes and the other leaves bare.
const LONG: usize = 5;

/// Whether blocks hold anything that may stand for quotation marks.
fn is_marked(context: &Context, blocks: &[usize], side: Side) -> bool {
    let document = context.document(side);
    blocks.iter().any(|&block| {
        let block = &document.blocks[block];
        let text = document.slice(block.span);
        let inside = |at: usize, c: char| {
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            letter(text[..at].chars().next_back()) && letter(text[at + c.len_utf8()..].chars().next())
        };
        block.pieces.iter().any(|piece| piece.kind != PieceKind::Prose)
            || text
                .char_indices()
                .any(|(at, c)| "“”\"„«»「」『』《》〈〉*_".contains(c) || "'‘’".contains(c) && !inside(at, c))
    })
}

/// Whether the other side has an abbreviation that this side has not, or words with capitals, which may stand for a
/// title: the SFO, Great Expectations.
fn is_abbreviated(context: &Context, link: &Link, side: Side) -> bool {
    let text = |side: Side| {
        let span = context.span_of_sentences(side, own(link, side));
        span.map_or("", |span| context.document(side).slice(span))
    };
    let here = text(side);
    // Great Expectations stands there without marks
    let there = text(side.other());
    let mut before: Option<&str> = None;
    let bare = there.split_whitespace().skip(1).any(|word| {
        let capital =
            |word: &str| word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
        let two = capital(word)
            && before.is_some_and(|before| capital(before) && !before.ends_with(['.', ',', ':']));
        before = Some(word);
        two
    });
    if bare {
        return true;
    }
    let words = text(side.other()).split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|word| (2..=6).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase()))
        .any(|word| !here.contains(word))
}

/// Less likely renderings than this are none.
const LEAST: f32 = 0.03;

/// The blocks of linked sentences.
fn around(context: &Context, link: &Link, side: Side) -> Vec<usize> {
    let document = context.document(side);
    let mut blocks: Vec<usize> =
        own(link, side).iter().map(|&sentence| document.sentences[sentence].block).collect();
    blocks.dedup();
    blocks
}
