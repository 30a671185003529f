//! Families of things of which each excludes the others: units, weekdays, offices, countries, colours.
//!
//! A family is a file under `families/`. Its first line says the check that tells one member put for another, whether
//! to mistake one for another is `grave` or `minor`, and, with `whole`, that a Chinese word which only begins with a
//! name is none: 阿里尔 is no 阿里. What a member is called stands in `families.ftl`:
//!
//! ```text
//! # name-mismatch | grave
//! 瑞典⇥Sweden|Swedish|Swede
//! ```
//!
//! Each other line is a member, its Chinese and, after a tab, its English names. An English name stands for all words of
//! its stem; where a word of it has a capital it needs one in the text, so that "Turkey" is no bird, and all in capitals
//! it is met only as it stands. The first word of a name with a capital is met as it is spelt, or with a plural s, so
//! that Browning is no Brown. A member whose first English name has a capital is a proper name.
//!
//! A name with `~` before it is that of another member as well: a council may be a 议会 or a 委员会. It accounts for each
//! of them.
//!
//! A Chinese name between 《》 is met as a title alone, between such marks: 家 is seldom the novel.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::lexicon;
use crate::message::{Id, id};

macro_rules! files {
    ($($name:literal)*) => {
        &[$(($name, id!(concat!("family-", $name)), include_str!(concat!("families/", $name, ".tsv")))),*]
    };
}

/// Every file by its name, with what one of its members is called.
static FILES: &[(&str, Id, &str)] = files! {
    "academic" "admin-unit" "age-group" "animal" "area" "art" "body-part" "brand" "card"
    "card-payment" "clothing" "colour" "company" "compass" "cooking" "counter" "country"
    "court-instrument" "court-office" "crime" "crop" "currency" "data" "day" "day-period" "device"
    "direction-side" "disaster" "disease" "dispute" "document" "dosage-form" "drink" "dynasty"
    "electric" "family-state" "festival" "file-kind" "finance-instrument" "football" "frequency"
    "fruit" "fuel" "furniture" "gas" "ingredient" "institution" "instrument" "landform" "language"
    "legal-text" "length" "mass" "material" "meal" "meat" "medal" "media" "medicine"
    "military-branch" "month" "nationality-group" "office" "organ" "party" "person" "personal-title" "place"
    "planet" "plant" "police-military" "prize" "profession" "program-part" "public-place" "quarter"
    "rank-degree" "reader-part" "region" "relative" "relative-time" "religion" "room" "school" "scripture" "season" "sense" "shape"
    "software" "speed" "sport" "sport-stage" "star-sign" "state-office" "statement" "subject"
    "symptom" "tax" "temperature" "time-span" "time-zone" "university" "vegetable" "vehicle" "vessel" "volume"
    "weapon" "weather" "weekday" "work"
};

/// Things of which each excludes the others.
pub(crate) struct Family {
    /// The name of its file.
    pub(crate) name: &'static str,
    /// The check that tells one put for another.
    pub(crate) check: &'static str,
    /// What one of them is called.
    pub(crate) noun: Id,
    /// Whether it is grave to put one for another.
    pub(crate) grave: bool,
    /// Whether a name is a whole Chinese word.
    whole: bool,
    /// The things.
    pub(crate) members: Vec<Member>,
}

/// One thing by its names.
pub(crate) struct Member {
    /// The Chinese names, short forms of one character among them.
    pub(crate) chinese: Vec<&'static str>,
    /// Those that are met between the marks of a title alone, without the marks.
    pub(crate) titles: Vec<&'static str>,
    /// The English names.
    pub(crate) english: Vec<&'static str>,
}

/// What stands before a name that other members of the family have as well.
const SHARED: char = '~';

/// A member of a family: the numbers of the two.
pub(crate) type Place = (usize, usize);

/// What names a member of a family: which words, and which member.
pub(crate) type Named = (Range<usize>, Place);

/// What goes by one name: seldom more than one.
type Few<T> = SmallVec<[T; 1]>;

/// All families and their members by name.
struct Names {
    families: Vec<Family>,
    /// By the Chinese names of proper names, and by those of other things.
    chinese: [FxHashMap<&'static str, Few<Place>>; 2],
    /// Those that are met as titles alone.
    titles: FxHashMap<&'static str, Few<Place>>,
    /// The names that may be cut into several words, by their first two characters, the longest first.
    long: FxHashMap<[char; 2], Few<&'static str>>,
    /// Those that begin with a capital by the spelling of the first word, in lower case and without accents.
    spelt: FxHashMap<String, Few<English>>,
    /// The others by its stem.
    stemmed: FxHashMap<String, Few<English>>,
}

struct English {
    written: &'static str,
    /// See [`English::rest`]: most are never asked for, and stemming them all takes a while.
    rest: OnceLock<Vec<String>>,
    place: Place,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::read(FILES));

impl Names {
    fn read(files: &[(&'static str, Id, &'static str)]) -> Names {
        let families: Vec<Family> =
            files.iter().filter_map(|(name, noun, text)| Family::read(name, *noun, text)).collect();
        let mut names = Names {
            families,
            chinese: Default::default(),
            titles: FxHashMap::default(),
            long: FxHashMap::default(),
            spelt: FxHashMap::default(),
            stemmed: FxHashMap::default(),
        };
        // growing the tables while they fill takes a third of the time
        let members = || names.families.iter().flat_map(|family| &family.members);
        let proper = members().filter(|member| member.is_proper());
        names.chinese[0].reserve(proper.clone().map(|member| member.chinese.len()).sum());
        names.spelt.reserve(proper.map(|member| member.english.len()).sum());
        for (number, family) in names.families.iter().enumerate() {
            for (at, member) in family.members.iter().enumerate() {
                let by_name = &mut names.chinese[usize::from(!member.is_proper())];
                for name in &member.chinese {
                    by_name.entry(name).or_default().push((number, at));
                    if let Some(first) = beginning(name.chars()) {
                        names.long.entry(first).or_default().push(name);
                    }
                }
                for name in &member.titles {
                    names.titles.entry(name).or_default().push((number, at));
                }
                for written in &member.english {
                    let Some((_, first)) = lexicon::english_words(written).next() else { continue };
                    let of_first = match first.starts_with(char::is_uppercase) {
                        true => names.spelt.entry(lexicon::fold(base(first))),
                        false => names.stemmed.entry(lexicon::stem(first)),
                    };
                    of_first.or_default().push(English {
                        written,
                        rest: OnceLock::new(),
                        place: (number, at),
                    });
                }
            }
        }
        for of_first in names.long.values_mut() {
            of_first.sort_by_key(|name| std::cmp::Reverse(name.len()));
        }
        names
    }
}

impl Family {
    /// `None` if the first line is not as it should be.
    fn read(name: &'static str, noun: Id, text: &'static str) -> Option<Family> {
        let (head, rows) = text.split_once('\n')?;
        let mut fields = head.strip_prefix("# ")?.split(" | ");
        let check = fields.next()?;
        let grave = fields.next()? == "grave";
        let whole = fields.next() == Some("whole");
        let names = |names: &'static str| names.split('|').map(|name| name.trim_start_matches(SHARED));
        let members = rows.lines().filter_map(|row| row.split_once('\t')).map(|(chinese, english)| {
            let (titles, chinese) = names(chinese).partition(|name| name.starts_with('《'));
            let english = names(english).collect();
            let mut member = Member { chinese, titles, english };
            member.titles.iter_mut().for_each(|name| *name = name.trim_matches(['《', '》']));
            member
        });
        Some(Family { name, check, noun, grave, whole, members: members.collect() })
    }
}

impl Member {
    /// All Chinese names, titles among them.
    pub(crate) fn written(&self) -> impl Iterator<Item = &'static str> {
        self.chinese.iter().chain(&self.titles).copied()
    }

    /// Whether its names are proper names.
    pub(crate) fn is_proper(&self) -> bool {
        self.english.first().is_some_and(|name| name.starts_with(char::is_uppercase))
    }
}

impl English {
    /// The stems of its words after the first.
    fn rest(&self) -> &[String] {
        let words = || lexicon::english_words(self.written).skip(1);
        self.rest.get_or_init(|| words().map(|(_, word)| lexicon::stem(word)).collect())
    }

    /// Whether a name that has the right stem is written as it should be.
    fn is_written(&self, word: &str) -> bool {
        let letters = || self.written.chars().filter(|c| c.is_alphabetic());
        if letters().nth(1).is_some() && letters().all(char::is_uppercase) {
            return word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
                == self.written;
        }
        match self.written.starts_with(char::is_uppercase) {
            true => word.starts_with(char::is_uppercase),
            // a thing has a plural and no other forms: to regulate is no regulation
            false => {
                !self.rest().is_empty() || is_form(&lexicon::fold(base(word)), &lexicon::fold(self.written))
            }
        }
    }

    /// Whether words that have the right stems have its capitals as well: to live well is no "To Live".
    fn has_capitals(&self, words: &[&str]) -> bool {
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        let names = lexicon::english_words(self.written).map(|(_, word)| word);
        names.zip(words).all(|(name, word)| !capital(name) || capital(word))
    }
}

/// Whether a word in lower case is a name or its plural.
fn is_form(word: &str, name: &str) -> bool {
    let regular = matches!(word.strip_prefix(name), Some("" | "s" | "es" | "n"));
    let changed = name.strip_suffix('y').is_some_and(|stem| word.strip_suffix("ies") == Some(stem));
    let irregular = word.len().abs_diff(name.len()) <= 1 && word.chars().last() == name.chars().last();
    regular || changed || irregular
}

/// A word without the ending of possession: that of US’s hides which word it is.
fn base(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}

/// All families, in the order of their numbers.
pub(crate) fn families() -> &'static [Family] {
    &NAMES.families
}

/// What a simplified Chinese word names by two characters and more: the longest proper name that it begins with, since
/// 日本政府 is of 日本 while 印度尼西亚 is not of 印度, and the longest other name that it ends with, since 副部长 is a
/// 部长. Of two that overlap the longer one counts: 瑞士法郎 is no 法郎. Of a foreign name in parts that is not there as
/// a whole the last part counts: 约翰·洛克.
pub(crate) fn chinese(word: &str) -> impl Iterator<Item = Place> {
    let [proper, other] = &NAMES.chinese;
    let word = match word.rsplit_once(PARTS) {
        Some((_, last)) if !proper.contains_key(word) => last,
        _ => word,
    };
    // Latin letters end where the word does: Gitee is no Git
    let latin = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    let ends =
        word.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1).filter(|&end| !latin(&word[end..]));
    let starts = word.char_indices().rev().map(|(at, _)| at).skip(1);
    let begins = ends.filter(|&end| proper.contains_key(&word[..end])).last().unwrap_or(0);
    let rest = starts.filter(|&start| other.contains_key(&word[start..])).last().unwrap_or(word.len());
    let (long, overlap) = (begins.cmp(&(word.len() - rest)), begins > rest);
    let proper = proper.get(&word[..begins]).filter(|_| !overlap || long.is_ge());
    let other = other.get(&word[rest..]).filter(|_| !overlap || long.is_le());
    let part = begins < word.len();
    let proper = proper.into_iter().flatten().filter(move |place| !(part && families()[place.0].whole));
    proper.chain(other.into_iter().flatten()).copied()
}

/// What stands between the parts of a foreign name.
const PARTS: [char; 3] = ['·', '•', '・'];

/// What simplified Chinese words name from the first of them on, several of them together: how many words it takes, and
/// what it may name. 老人与海 is no word, but a name.
pub(crate) fn chinese_together<'w>(
    words: impl Iterator<Item = &'w str> + Clone,
) -> Option<(usize, impl Iterator<Item = Place>)> {
    let first = beginning(words.clone().flat_map(str::chars))?;
    let takes = |name: &&'static str| {
        let mut rest = *name;
        let mut count = 0;
        for word in words.clone() {
            rest = rest.strip_prefix(word)?;
            count += 1;
            if rest.is_empty() {
                return (count > 1).then_some((count, *name));
            }
        }
        None
    };
    let (count, name) = NAMES.long.get(&first)?.iter().find_map(takes)?;
    Some((count, NAMES.chinese.iter().filter_map(|by_name| by_name.get(name)).flatten().copied()))
}

/// The first two characters.
fn beginning(mut chars: impl Iterator<Item = char>) -> Option<[char; 2]> {
    Some([chars.next()?, chars.next()?])
}

/// What a simplified Chinese title names as a whole, without its marks.
pub(crate) fn title(text: &str) -> impl Iterator<Item = Place> + use<> {
    let names = [NAMES.titles.get(text), NAMES.chinese[0].get(text)];
    names.into_iter().flatten().flatten().copied()
}

/// What a Chinese word of one character names: 中, 红, 元.
#[cfg_attr(not(test), expect(dead_code, reason = "asked for by the engine of marks"))]
pub(crate) fn short_form(word: &str) -> impl Iterator<Item = Place> {
    let short = word.chars().nth(1).is_none();
    let names = NAMES.chinese.iter().filter(move |_| short).filter_map(move |by_name| by_name.get(word));
    names.flatten().copied()
}

/// What English words name from the first of them on, by the longest name: how many words it takes, and what it may
/// name.
pub(crate) fn english(words: &[&str]) -> Option<(usize, Vec<Place>)> {
    let first = base(words.first()?);
    let spelt = first.starts_with(char::is_uppercase).then(|| lexicon::fold(first));
    let of = |spelt: &str| NAMES.spelt.get(spelt);
    let spelt = spelt.and_then(|spelt| of(&spelt).or_else(|| of(spelt.strip_suffix('s')?)));
    let names = spelt.into_iter().chain(NAMES.stemmed.get(&lexicon::stem(first))).flatten();
    let met = |name: &&English| {
        let follows = || {
            let rest = words.get(1..=name.rest().len());
            rest.is_some_and(|rest| {
                rest.iter().zip(name.rest()).all(|(word, stem)| lexicon::stem(word) == *stem)
            })
        };
        name.is_written(words[0]) && follows() && name.has_capitals(words)
    };
    let mut longest: (usize, Vec<Place>) = (0, Vec::new());
    for name in names.filter(met) {
        let length = 1 + name.rest().len();
        if length > longest.0 {
            longest = (length, Vec::new());
        }
        if length == longest.0 && !longest.1.contains(&name.place) {
            longest.1.push(name.place);
        }
    }
    (longest.0 > 0).then_some(longest)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn named(places: impl IntoIterator<Item = Place>) -> Vec<(&'static str, &'static str)> {
        let of = |(family, member): Place| {
            let family = &families()[family];
            (family.name, family.members[member].written().next().unwrap())
        };
        places.into_iter().map(of).collect()
    }

    #[test]
    fn every_file_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/meaning/families");
        let files =
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let listed = FILES.iter().map(|(name, ..)| format!("{name}.tsv"));
        assert_eq!(listed.collect::<BTreeSet<_>>(), files.collect());
    }

    #[test]
    fn files_are_well_formed() {
        for (name, noun, text) in FILES {
            let family = Family::read(name, *noun, text)
                .unwrap_or_else(|| panic!("{name}: what does the first line say?"));
            let head = [
                family.check,
                if family.grave { "grave" } else { "minor" },
                if family.whole { "whole" } else { "" },
            ];
            let head = format!("# {}", head.join(" | "));
            assert_eq!(text.lines().next().unwrap(), head.trim_end_matches(" | "), "{name}");
            let told = ["name-mismatch", "number-mismatch", "date-mismatch", "missing-content"];
            assert!(told.contains(&family.check), "{name}: {}", family.check);
            assert_eq!(family.members.len(), text.lines().count() - 1, "{name}: a row without its tab");
            let names =
                family.members.iter().flat_map(|member| member.written().chain(member.english.clone()));
            for name in names {
                assert!(!name.is_empty() && name.trim() == name, "{}: “{name}”", family.name);
                assert!(!name.contains(['《', '》']), "{}: “{name}”", family.name);
            }
        }
    }

    #[test]
    fn names_lead_to_one_member_of_their_family_unless_they_are_marked() {
        let mut astray: Vec<String> = Vec::new();
        for (number, (family, (_, _, text))) in families().iter().zip(FILES).enumerate() {
            let shared: Vec<&str> =
                text.split(['\n', '\t', '|']).filter_map(|name| name.strip_prefix(SHARED)).collect();
            for (at, member) in family.members.iter().enumerate() {
                let mut lead = |name: &str, whole: bool, found: Vec<Place>| {
                    let here: Vec<Place> = found.into_iter().filter(|place| place.0 == number).collect();
                    let right = match shared.contains(&name) {
                        true => here.len() > 1 && here.contains(&(number, at)),
                        false => here == [(number, at)],
                    };
                    if !whole || !right {
                        astray.push(format!("{}: {name}", family.name));
                    }
                };
                for name in &member.chinese {
                    let found = match name.chars().count() {
                        1 => short_form(name).collect(),
                        _ => chinese(name).collect(),
                    };
                    lead(name, true, found);
                }
                for name in &member.titles {
                    lead(name, true, title(name).collect());
                }
                for name in &member.english {
                    let words: Vec<&str> = lexicon::english_words(name).map(|(_, word)| word).collect();
                    let (length, found) = english(&words).unwrap_or_default();
                    lead(name, length == words.len(), found);
                }
            }
        }
        assert!(astray.is_empty(), "{astray:#?}");
    }

    #[test]
    fn longest_names_win() {
        assert_eq!(named(chinese("日本政府")), [("country", "日本")]);
        assert_eq!(named(chinese("印度尼西亚")), [("country", "印度尼西亚")]);
        assert_eq!(named(chinese("印度河")), [("place", "印度河")]);
        assert_eq!(named(chinese("副部长")), [("state-office", "部长")]);
        assert_eq!(named(chinese("中")), []);
        assert_eq!(named(short_form("中")), [("country", "中国")]);
        assert_eq!(named(chinese("约翰·洛克")), [("person", "洛克")]);
        assert_eq!(named(chinese("洛克希")), []);
        let english = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            english(&words).map(|(length, places)| (length, named(places)))
        };
        assert_eq!(english("South Korean officials"), Some((2, vec![("country", "韩国")])));
        assert_eq!(english("prime ministers"), Some((2, vec![("state-office", "总理")])));
        assert_eq!(english("turkey soup"), Some((1, vec![("meat", "火鸡")])));
        assert_eq!(english("Browning wrote"), Some((1, vec![("person", "布朗宁")])));
        assert_eq!(english("us all"), None);
        assert_eq!(english("US's exports"), Some((1, vec![("country", "美国")])));
    }

    #[test]
    fn titles_are_met_as_titles() {
        assert_eq!(named(chinese("家")), []);
        assert_eq!(named(title("家")), [("work", "家")]);
        assert_eq!(named(title("红楼梦")), [("work", "红楼梦")]);
        let english = |text: &str| english(&text.split(' ').collect::<Vec<_>>()).map(|(length, _)| length);
        assert_eq!(english("To Live is a novel"), Some(2));
        assert_eq!(english("To live is to suffer"), None);
    }

    #[test]
    fn names_may_be_several_words() {
        let together =
            |text: &str| chinese_together(text.split('/')).map(|(length, places)| (length, named(places)));
        assert_eq!(together("老人/与/海/里"), Some((3, vec![("work", "老人与海")])));
        assert_eq!(together("老人/与/海外"), None);
        assert_eq!(together("老人"), None);
    }
}
