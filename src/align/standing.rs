//! How links that are given stand: what of their words is rendered where they are, and with which other link's target
//! their source would go better.

use rustc_hash::FxHashMap;

use super::Aligned;
use super::beads::Bead;
use super::evidence::Rows;
use super::score::{Model, Places};
use super::tokens::{TokenKind, TypeId};

/// A link between blocks, word by word.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// The link, as the alignment numbers those of blocks.
    pub link: usize,
    /// How many words the source has, and the target.
    pub words: [usize; 2],
    /// How many of them have a rendering anywhere in the other document.
    pub known: [usize; 2],
    /// How many of these have one in the link.
    pub rendered: [usize; 2],
    /// What the words of both sides say for each other, in nats.
    pub said: f32,
}

impl Standing {
    /// Which share of the words that have a rendering somewhere have it here; nothing where there are none.
    pub fn share(&self) -> Option<f64> {
        let sum = |[one, other]: [usize; 2]| (one + other) as f64;
        (sum(self.known) > 0.0).then(|| sum(self.rendered) / sum(self.known))
    }
}

/// What the words of the source of one link and of the target of another say for each other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Elsewhere {
    /// The link of the source.
    pub from: usize,
    /// The link of the target.
    pub to: usize,
    /// In nats.
    pub said: f32,
}

/// The least likelihood of a pair of words that is a rendering.
const RENDERS: f32 = 0.05;
/// A word that more links have than this does not tell one of them from the others.
const COMMON: usize = 60;

impl Aligned {
    /// How every link between blocks stands that is not null, in order.
    pub fn standings(&self) -> Vec<Standing> {
        self.by_words(|model, links| {
            let each = links.iter().map(|(link, bead)| {
                let (source, target) = (model.source.span(&bead.source), model.target.span(&bead.target));
                let (known_one, rendered_one) = self.rendered(true, source, target, &model.table.forward);
                let (known_other, rendered_other) =
                    self.rendered(false, target, source, &model.table.backward);
                Standing {
                    link: *link,
                    words: [source.len(), target.len()],
                    known: [known_one, known_other],
                    rendered: [rendered_one, rendered_other],
                    said: model.lexical(bead.source.clone(), bead.target.clone()),
                }
            });
            each.collect()
        })
    }

    /// What the words of the source of each of some links say for the targets of others of them with which they share a
    /// rendering; by the two links.
    pub fn elsewhere(&self, among: &[usize]) -> Vec<Elsewhere> {
        self.by_words(|model, links| {
            let links: Vec<&(usize, Bead)> =
                links.iter().filter(|(link, _)| among.binary_search(link).is_ok()).collect();
            // for each type of the target the links that have it
            let mut having: FxHashMap<TypeId, Vec<usize>> = FxHashMap::default();
            for (at, (_, bead)) in links.iter().enumerate() {
                for &word in model.target.span(&bead.target) {
                    let having = having.entry(word).or_default();
                    if having.last() != Some(&at) {
                        having.push(at);
                    }
                }
            }
            let mut found = Vec::new();
            for (at, (from, bead)) in links.iter().enumerate() {
                let words = model.source.span(&bead.source).iter().filter(|&&word| self.is_word(true, word));
                let renderings = words.flat_map(|&word| &model.table.forward[word as usize]);
                let holders = renderings.filter_map(|rendering| having.get(&rendering.id));
                let mut others: Vec<usize> =
                    holders.filter(|held| held.len() <= COMMON).flatten().copied().collect();
                others.sort_unstable();
                others.dedup();
                for (to, other) in others.into_iter().filter(|&to| to != at).map(|to| links[to]) {
                    let said = model.lexical(bead.source.clone(), other.target.clone());
                    found.push(Elsewhere { from: *from, to: *to, said });
                }
            }
            found
        })
    }

    /// What `look` makes of the links between blocks that are not null, each with its number.
    fn by_words<T>(&self, look: impl FnOnce(&Model, &[(usize, Bead)]) -> T) -> T {
        let units = self.laid_out();
        // nothing is searched for
        let places = Places::default();
        let model = Model::new(units.0.whole(), units.1.whole(), &places, &self.knowledge);
        let links = self.bitext.alignment.blocks.iter().enumerate().filter(|(_, link)| !link.is_null());
        let links: Vec<(usize, Bead)> =
            links.map(|(at, link)| (at, Bead::over(&link.source, &link.target))).collect();
        look(&model, &links)
    }

    /// Whether a type is a word: single letters are keys to press.
    fn is_word(&self, source: bool, id: TypeId) -> bool {
        let word = &self.tokens(source).types[id as usize];
        word.kind == TokenKind::Value || word.key.len() > 1
    }

    /// How many of some words have a rendering in the other document, and how many have it among the others.
    fn rendered(&self, source: bool, words: &[TypeId], others: &[TypeId], rows: &Rows) -> (usize, usize) {
        let mut others = others.to_vec();
        others.sort_unstable();
        let known =
            words.iter().filter(|&&word| self.is_word(source, word) && !rows[word as usize].is_empty());
        let here = known.clone().filter(|&&word| {
            let mut likely = rows[word as usize].iter().filter(|it| it.there.max(it.back) >= RENDERS);
            likely.any(|rendering| others.binary_search(&rendering.id).is_ok())
        });
        (known.count(), here.count())
    }
}
