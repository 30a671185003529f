//! What the rooms of meaning see, in words.

use super::clashes::{TOGETHER, compose, matches, possible};
use super::marks::{self, Class, Mark};
use super::pair::Bilingual;
use super::substitutions::Relation;
use super::{View, content, denials};
use crate::text::Side;

/// What the rooms of meaning see in a bitext of Chinese and English, for who works on their tables: the words that render
/// each other, the marks of both sides, how far these belong together, and what nothing answers to.
pub fn outline(view: &View) -> String {
    let Some(bitext) = Bilingual::of(view) else { return String::new() };
    let mut lines = Vec::new();
    for pair in bitext.pairs() {
        let pair = &*pair;
        let renderings = bitext.renderings(pair);
        lines.push(format!("link {:.2}", pair.link.score));
        lines.extend(renderings.iter().map(|link| {
            format!("  {} = {} ({:.2})", pair.zh[link.zh].written, pair.en[link.en].written, link.score)
        }));
        lines.extend(denials::of_pair(view, &bitext, pair).iter().map(|one| {
            let word = if one.chinese { &pair.zh[one.at] } else { &pair.en[one.at] };
            format!("denial {}: {:.2} {:?}", word.written, one.confidence, one.features)
        }));
        for table in marks::tables() {
            let [mut zh, mut en] = [bitext.zh, bitext.en].map(|side| marks::read(table, &bitext, pair, side));
            compose(table, &bitext, pair, &mut zh, true);
            compose(table, &bitext, pair, &mut en, false);
            let said = |side: Side, mark: &Mark| {
                format!(
                    "{}[{}]{}",
                    bitext.text(side, mark.span),
                    table.names(mark.values),
                    if mark.weak { "w" } else { "" }
                )
            };
            let all = |side: Side, marks: &[Mark]| {
                marks.iter().map(|mark| said(side, mark)).collect::<Vec<_>>().join(" ")
            };
            lines.push(format!("{:?}: {} / {}", table.class(), all(bitext.zh, &zh), all(bitext.en, &en)));
            if table.class() == Class::Bound {
                continue;
            }
            lines.extend(
                matches(&bitext, pair, renderings, table, [&zh, &en])
                    .0
                    .iter()
                    .filter(|one| one.weight >= TOGETHER)
                    .map(|one| {
                        let words = [
                            bitext.text(bitext.zh, zh[one.zh].span),
                            bitext.text(bitext.en, en[one.en].span),
                        ];
                        format!(
                            "  {} ~ {}: governed {:.2}, weight {:.2}",
                            words[0], words[1], one.governed, one.weight
                        )
                    }),
            );
        }
    }
    lines.extend(content::judged(view).iter().map(|(run, confidence)| {
        let features: Vec<String> = run.features.iter().map(|feature| format!("{feature:.2}")).collect();
        let words = bitext.text(run.side, run.span);
        format!("nothing for {words} ({confidence:.3}): {}", features.join(" "))
    }));
    lines.extend(possible(view).iter().map(|clash| {
        let words = [bitext.text(bitext.zh, clash.zh), bitext.text(bitext.en, clash.en)];
        format!("{} contradicts {}: {:?} ({:.2})", words[0], words[1], clash.class, clash.confidence)
    }));
    lines.extend(view.substitutions().iter().map(|one| {
        let words = [bitext.text(bitext.zh, one.zh), bitext.text(bitext.en, one.en)];
        let relation = match one.relation {
            Relation::Opposite => "opposite",
            Relation::Other(family) => family.name,
        };
        format!("{} stands against {}: {relation} ({:.2})", words[0], words[1], one.confidence)
    }));
    lines.into_iter().map(|line| line + "\n").collect()
}
