//! What words mean what: segmentation of Chinese, English glosses, stems, names. Evidence, never a norm.
//!
//! The indices come from the data crate `duizhao-lexicon` and are read where they lie; opening them costs
//! microseconds.
//!
//! ```
//! use duizhao::lexicon;
//!
//! let text = "维护网络主权";
//! let words: Vec<&str> = lexicon::words(text).into_iter().map(|word| &text[word.span]).collect();
//! assert_eq!(words, ["维护", "网络", "主权"]);
//!
//! let sovereignty = lexicon::stem_id(&lexicon::stem("sovereignty"));
//! assert!(lexicon::glosses("主权").any(|gloss| Some(gloss.stem) == sovereignty));
//! assert!(lexicon::matches_name("黄志雄", &["Professor", "Zhixiong", "Huang"]).is_some());
//! ```

mod characters;
mod glosses;
mod kinds;
mod names;
mod roots;
mod segmentation;
pub mod sounds;

pub use duizhao_lexicon::NOTICE;
pub use duizhao_lexicon::english::{fold, is_stop_word, stem, words as english_words};
pub use duizhao_lexicon::layout::Pos;

pub use characters::{is_han, readings, simplify};
pub use glosses::{
    Gloss, Glosses, StemId, explain, glosses, glosses_or_parts, is_of_renderings, stem_count, stem_id,
    stem_text,
};
pub use kinds::{Kinds, kinds};
pub use names::{NameMatch, NameOrder, Romanisation, is_pinyin, is_surname, matches_name, romanisations};
pub use roots::root;
pub use segmentation::{Word, cost, words};
