//! English words as the indices know them: split, folded, stemmed.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

/// `form<TAB>base`, sorted by form in byte order: irregular inflections, British spellings, derivations that the
/// stemmer does not see through (growth → grow), and what is of a country (French → France), since Chinese seldom
/// tells these apart. A form that ends in `-` stands for every word that begins so.
static IRREGULAR: LazyLock<Table> = LazyLock::new(|| table(include_str!("../source/irregular.tsv")));
/// One word a line, sorted in byte order.
static STOP_WORDS: LazyLock<Table> = LazyLock::new(|| table(include_str!("../source/stop-words.txt")));
/// `word<TAB>stem`, sorted by word in byte order: words that tables name, of which a program stems thousands when it
/// opens them. Whatever is not here is stemmed when it is met. To add words, write them on lines of their own;
/// `UPDATE=1 cargo test -p duizhao-lexicon` puts their stems behind them.
static STEMMED: LazyLock<Table> = LazyLock::new(|| table(include_str!("../source/stems.tsv")));
/// A base letter, then the letters that fold to it.
static FOLDS: &[&str] = &[
    "aàáâãäåāăąǎ",
    "cçćĉċč",
    "dďđð",
    "eèéêëēĕėęěə",
    "gĝğġģ",
    "hĥħ",
    "iìíîïĩīĭįıǐ",
    "jĵ",
    "kķ",
    "lĺļľŀł",
    "nñńņňŉ",
    "oòóôõöøōŏőǒơ",
    "rŕŗř",
    "sśŝşšș",
    "tţťŧț",
    "uùúûüũūŭůűųǔǖǘǚǜư",
    "wŵ",
    "yýÿŷ",
    "zźżž",
];
/// What stands before -ise in words that are never spelt -ize.
static ISE_ALONE: &[&str] = &[
    "adv", "advert", "appr", "appra", "ar", "bra", "bru", "chast", "circumc", "clockw", "compr", "comprom",
    "conc", "cru", "dem", "desp", "dev", "disgu", "enterpr", "exc", "exerc", "expert", "franch", "gu",
    "improv", "inc", "likew", "merchand", "no", "otherw", "parad", "po", "pra", "prec", "prem", "pro",
    "prom", "r", "ra", "rev", "superv", "surpr", "telev", "tort", "treat", "upra", "v", "w",
];

/// The words of a text with their byte offsets: runs of letters and digits that are not Han, with the apostrophes
/// inside them, and letters with a dot after each (`U.S.`, `e.g.`). Hyphens part words.
pub fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(is_word_char)?;
        let len = dotted_len(&text[start..]).unwrap_or_else(|| word_len(&text[start..]));
        rest = start + len;
        Some((start..rest, &text[start..rest]))
    })
}

/// The stem of an English word: lower case, without accents, dots and possessive ’s, an irregular form replaced by
/// its base, British spelling by American, and what is left by the Snowball stemmer for English (Porter 2).
/// `US` and `U.S.` are `usa`, not the pronoun.
pub fn stem(word: &str) -> String {
    if let Some(stem) = STEMMED.get(word) {
        return (*stem).to_owned();
    }
    STEMS.with_borrow_mut(|stems| {
        if let Some(stem) = stems.get(word) {
            return stem.clone();
        }
        if stems.len() >= KEPT {
            stems.clear();
        }
        let stem = stem_anew(word);
        stems.insert(word.to_owned(), stem.clone());
        stem
    })
}

/// So many stems are kept: a language has fewer words that are common.
const KEPT: usize = 20_000;

thread_local! {
    /// The stems of the words met so far: whoever reads one text after another meets the same words again.
    static STEMS: RefCell<HashMap<String, String>> = RefCell::default();
}

fn stem_anew(word: &str) -> String {
    if is_united_states(word) {
        return "usa".to_owned();
    }
    let mut folded = fold(word);
    if let Some(base) = folded.strip_suffix("'s").or_else(|| folded.strip_suffix('\'')) {
        folded.truncate(base.len());
    }
    folded.retain(|c| c != '.');
    let plural =
        || folded.strip_suffix('s').filter(|base| base.len() > 3).and_then(|base| IRREGULAR.get(base));
    let spelt = match IRREGULAR.get(folded.as_str()).or_else(plural) {
        Some(base) => (*base).to_owned(),
        None => american(folded),
    };
    Stemmer::create(Algorithm::English).stem(&spelt).into_owned()
}

/// The word in lower case, accents taken off Latin letters, typographic apostrophes made straight.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars().flat_map(char::to_lowercase) {
        match c {
            _ if c.is_ascii() => out.push(c),
            '’' | 'ʼ' | '‘' => out.push('\''),
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            // Combining marks: what decomposed text leaves after its base letter.
            '\u{300}'..='\u{36f}' => {}
            _ => out.push(
                FOLDS.iter().find(|row| row.contains(c)).and_then(|row| row.chars().next()).unwrap_or(c),
            ),
        }
    }
    out
}

/// Whether the word is too common to be evidence of anything: articles, pronouns, prepositions, auxiliaries.
/// Negations and quantifiers are not, since checks ask for them; nor is `US`.
pub fn is_stop_word(word: &str) -> bool {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return STOP_WORDS.contains_key(word);
    }
    let mut folded = fold(word);
    folded.retain(|c| c != '.');
    !is_united_states(word) && STOP_WORDS.contains_key(folded.as_str())
}

fn is_united_states(word: &str) -> bool {
    matches!(word, "US" | "U.S." | "U.S" | "U.S.'s" | "U.S.’s")
}

/// The length of the run of letters, digits and inner apostrophes that `text` begins with.
fn word_len(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = matches!(c, '\'' | '’') && chars.peek().is_some_and(|&(_, next)| is_word_char(next));
        if !is_word_char(c) && !joins {
            return at;
        }
    }
    text.len()
}

/// The length of two or more single letters with a dot after each, the last dot optional.
fn dotted_len(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut len = 0;
    while bytes.get(len).is_some_and(u8::is_ascii_alphabetic) && bytes.get(len + 1) == Some(&b'.') {
        len += 2;
    }
    if len == 0 {
        return None;
    }
    if bytes.get(len).is_some_and(u8::is_ascii_alphabetic) {
        // A letter without a dot ends the abbreviation; a longer word shows that the last dot ended a sentence.
        let follows = text[len + 1..].chars().next().is_some_and(is_word_char);
        len = if follows { len } else { len + 1 };
    } else if text[len..].chars().next().is_some_and(is_word_char) {
        return None;
    }
    (len > 2).then_some(len)
}

fn is_word_char(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || (!c.is_ascii()
            && c.is_alphanumeric()
            && !('\u{2e80}'..='\u{ffff}').contains(&c)
            && c < '\u{20000}')
        || ('\u{300}'..='\u{36f}').contains(&c)
}

fn american(word: String) -> String {
    // The stemmer brings classification and classify to different stems.
    if let Some(base) = word.strip_suffix("ification").or_else(|| word.strip_suffix("ifications")) {
        return format!("{base}ify");
    }
    if let Some(at) = word.find("our")
        && let Some(prefix) = IRREGULAR.get(format!("{}-", &word[..at + 3]).as_str())
    {
        return format!("{}{}", prefix.trim_end_matches('-'), &word[at + 3..]);
    }
    for ending in ["isations", "isation", "isers", "iser", "ising", "ised", "ises", "ise"] {
        if let Some(base) = word.strip_suffix(ending) {
            if base.len() < 3 || ISE_ALONE.contains(&base) || base.ends_with(['a', 'o', 'u']) {
                return word;
            }
            return format!("{base}iz{}", &ending[2..]);
        }
    }
    word
}

/// The lines of a table: what follows the tab, by what stands before it; nothing follows where there is no tab.
type Table = HashMap<&'static str, &'static str>;

/// The table that lines make.
fn table(lines: &'static str) -> Table {
    // growing it while it fills takes half of the time
    let mut table = Table::with_capacity(lines.lines().count());
    table.extend(lines.lines().map(|line| line.split_once('\t').unwrap_or((line, ""))));
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems() {
        for (word, expected) in [
            ("led", "lead"),
            ("Stricken", "strike"),
            ("went", "go"),
            ("children", "child"),
            ("organisations", "organ"),
            ("organizations", "organ"),
            ("neighbouring", "neighbor"),
            ("precisely", "precis"),
            ("raised", "rais"),
            ("China’s", "china"),
            ("Jyväskylä", "jyvaskyla"),
            ("policies", "polici"),
            ("decisions", "decid"),
            ("verification", "verifi"),
            ("U.S.", "usa"),
            ("us", "us"),
            ("French", "franc"),
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn one_stem_for_both_spellings() {
        for (british, american) in
            [("colours", "color"), ("centre", "center"), ("recognised", "recognize"), ("defence", "defense")]
        {
            assert_eq!(stem(british), stem(american), "{british}");
        }
    }

    #[test]
    fn tables_are_sorted() {
        let irregular = include_str!("../source/irregular.tsv");
        for lines in
            [irregular, include_str!("../source/stop-words.txt"), include_str!("../source/stems.tsv")]
        {
            let keys: Vec<&str> = lines.lines().map(|line| line.split('\t').next().unwrap_or(line)).collect();
            assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
        }
        assert_eq!(IRREGULAR.get("zzz"), None);
        assert_eq!(IRREGULAR.get(""), None);
    }

    #[test]
    fn stems_of_the_table_are_those_of_the_stemmer() {
        let mut words: Vec<&str> = STEMMED.keys().copied().collect();
        words.sort_unstable();
        let rows = words.iter().map(|word| format!("{word}\t{}\n", stem_anew(word)));
        let stems: String = rows.collect();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/source/stems.tsv"), stems).unwrap();
        } else {
            assert_eq!(stems, include_str!("../source/stems.tsv"));
        }
    }

    #[test]
    fn splits_words() {
        let found: Vec<&str> =
            words("China’s state-of-the-art 5G网络, \"don't\"").map(|(_, word)| word).collect();
        assert_eq!(found, ["China’s", "state", "of", "the", "art", "5G", "don't"]);
        let found: Vec<&str> =
            words("the U.S. and the U.N, e.g. plan B. Then C.").map(|(_, word)| word).collect();
        assert_eq!(found, ["the", "U.S.", "and", "the", "U.N", "e.g.", "plan", "B", "Then", "C"]);
    }

    #[test]
    fn stop_words_in_any_case() {
        assert!(["the", "The", "us", "Us", "e.g."].iter().all(|word| is_stop_word(word)));
        assert!(["US", "U.S.", "not", "No", "must", "state", ""].iter().all(|word| !is_stop_word(word)));
    }

    #[test]
    fn bases_are_final() {
        for (form, base) in IRREGULAR.iter() {
            assert!(!base.is_empty() && !IRREGULAR.contains_key(base), "{form} {base}");
        }
    }
}
