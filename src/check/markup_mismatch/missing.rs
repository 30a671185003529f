//! Which marks of one side the other lacks: what is said as often, what is the same but for words, what was translated.
//! Nothing is reported here.

use std::cell::LazyCell;

use rustc_hash::FxHashMap;

use super::marks::{Kind, Mark, marks_in};
use super::{Context, Side};
use crate::align::Link;
use crate::lexicon::{self, is_han};
use crate::markup::addresses::page;
use crate::markup::code;
use crate::markup::placeholders::Kind as Filled;
use crate::meaning::own;

/// Numbers the directives of a side that are filled in by their places, where the other side gives theirs by number:
/// `%d of %s` and `%2$s: %1$d` are filled in with the same.
pub(super) fn number(marks: &mut [Vec<Mark>; 2]) {
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
pub(super) fn missing(
    context: &Context,
    marks: &[Vec<Mark>; 2],
    around: &[Vec<usize>; 2],
    side: usize,
) -> Vec<Mark> {
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
pub(super) fn substituted(marks: &[Vec<Mark>; 2], left: &mut [Vec<Mark>; 2]) {
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
pub(super) fn signs(left: &mut [Vec<Mark>; 2], messages: bool) {
    let signs = |left: &[Mark]| -> Vec<char> {
        let signs = left.iter().filter(|mark| mark.filled == Some(Filled::Sign));
        signs.filter_map(|mark| mark.key.chars().next()).collect()
    };
    let of = [signs(&left[0]), signs(&left[1])];
    let foreign = left[1]
        .iter()
        .chain(&left[0])
        // behind `#` stands the name of a heading or of a subject, which is translated
        .filter(|mark| {
            mark.filled == Some(Filled::Sign) && !mark.key.is_ascii() && !mark.key.starts_with('#')
        });
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

/// Whether a piece of code that holds plain words is translated on the other side: as code in Chinese, or in words.
pub(super) fn is_translated(
    context: &Context,
    link: &Link,
    side: Side,
    mark: &Mark,
    marks: &[Vec<Mark>; 2],
) -> bool {
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
