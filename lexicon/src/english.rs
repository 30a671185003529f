//! English words as the indices know them: split, folded, stemmed.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

/// `form<TAB>lemma`, sorted by form in byte order; a form that ends in `-` stands for every word that begins so.
static IRREGULAR: &str = include_str!("../source/irregular.tsv");
/// One word a line, sorted in byte order.
static STOP_WORDS: &str = include_str!("../source/stop-words.txt");
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
/// inside them. Hyphens part words.
pub fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(is_word_char)?;
        let mut end = start;
        let mut chars = text[start..].char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            let joins = matches!(c, '\'' | '’') && chars.peek().is_some_and(|&(_, next)| is_word_char(next));
            if !is_word_char(c) && !joins {
                break;
            }
            end = start + offset + c.len_utf8();
        }
        rest = end;
        Some((start..end, &text[start..end]))
    })
}

/// The stem of an English word: lower case, without accents and possessive ’s, an irregular form replaced by its
/// base, British spelling by American, and what is left by the Snowball stemmer for English (Porter 2).
pub fn stem(word: &str) -> String {
    let mut folded = fold(word);
    if let Some(base) = folded.strip_suffix("'s").or_else(|| folded.strip_suffix('\'')) {
        folded.truncate(base.len());
    }
    let spelt = match lookup(IRREGULAR, &folded) {
        Some(lemma) => lemma.to_owned(),
        None => american(folded),
    };
    Stemmer::create(Algorithm::English).stem(&spelt).into_owned()
}

/// The word in lower case, accents taken off Latin letters, typographic apostrophes made straight.
pub fn fold(word: &str) -> String {
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
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

/// Whether the word (in lower case) is too common to be evidence of anything: articles, pronouns, prepositions,
/// auxiliaries. Negations, quantifiers and `must` are not in the list, since checks ask for them.
pub fn is_stop_word(word: &str) -> bool {
    lookup(STOP_WORDS, word).is_some()
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
    if let Some(at) = word.find("our")
        && let Some(prefix) = lookup(IRREGULAR, &format!("{}-", &word[..at + 3]))
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

/// What follows the tab in the line whose key is `key` (an empty string without a tab), by binary search over the
/// sorted lines.
fn lookup<'a>(table: &'a str, key: &str) -> Option<&'a str> {
    let bytes = table.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = bytes[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |at| low + at + 1);
        let end = bytes[middle..high].iter().position(|&b| b == b'\n').map_or(high, |at| middle + at);
        let line = &table[start..end];
        let (form, value) = line.split_once('\t').unwrap_or((line, ""));
        match form.cmp(key) {
            std::cmp::Ordering::Equal => return Some(value),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
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
        ] {
            assert_eq!(stem(word), expected, "{word}");
        }
    }

    #[test]
    fn one_stem_for_both_spellings() {
        for (british, american) in
            [("colours", "color"), ("centre", "center"), ("recognised", "recognize"), ("defence", "defense")]
        {
            assert_eq!(stem(british), stem(american));
        }
    }

    #[test]
    fn tables_are_sorted_and_all_found() {
        for table in [IRREGULAR, STOP_WORDS] {
            let keys: Vec<&str> = table.lines().map(|line| line.split('\t').next().unwrap_or(line)).collect();
            assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(keys.iter().all(|key| lookup(table, key).is_some()));
        }
        assert_eq!(lookup(IRREGULAR, "zzz"), None);
        assert_eq!(lookup(IRREGULAR, ""), None);
    }

    #[test]
    fn splits_words() {
        let found: Vec<&str> =
            words("China’s state-of-the-art 5G网络, \"don't\"").map(|(_, word)| word).collect();
        assert_eq!(found, ["China’s", "state", "of", "the", "art", "5G", "don't"]);
    }
}
