//! Families of things of which each excludes the others: units, weekdays, offices, countries, colours.
//!
//! A family is a file under `families/`. Its first line says the check that tells one member put for another, and
//! whether to mistake one for another is `grave` or `minor`; what a member is called stands in `families.ftl`:
//!
//! ```text
//! # name-mismatch | grave
//! 瑞典⇥Sweden|Swedish|Swede
//! ```
//!
//! Each other line is a member, its Chinese and, after a tab, its English names. An English name stands for all words of its stem;
//! with a capital it needs one in the text, so that "Turkey" is no bird, and all in capitals it is met only as it
//! stands. A member whose first English name has a capital is a proper name.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

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
    "rank-degree" "reader-part" "relative" "relative-time" "religion" "room" "school" "season" "sense" "shape"
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
    /// The things.
    pub(crate) members: Vec<Member>,
}

/// One thing by its names.
pub(crate) struct Member {
    /// The Chinese names, short forms of one character among them.
    pub(crate) chinese: Vec<&'static str>,
    /// The English names.
    pub(crate) english: Vec<&'static str>,
}

/// A member of a family: the numbers of the two.
pub(crate) type Place = (usize, usize);

/// All families and their members by name.
struct Names {
    families: Vec<Family>,
    /// By the Chinese names of proper names, and by those of other things.
    chinese: [FxHashMap<&'static str, Vec<Place>>; 2],
    /// By the stem of the first word.
    english: FxHashMap<String, Vec<English>>,
}

struct English {
    written: &'static str,
    stems: Vec<String>,
    place: Place,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::read(FILES));

impl Names {
    fn read(files: &[(&'static str, Id, &'static str)]) -> Names {
        let families: Vec<Family> =
            files.iter().filter_map(|(name, noun, text)| Family::read(name, *noun, text)).collect();
        let mut names = Names { families, chinese: Default::default(), english: FxHashMap::default() };
        for (number, family) in names.families.iter().enumerate() {
            for (at, member) in family.members.iter().enumerate() {
                let by_name = &mut names.chinese[usize::from(!member.is_proper())];
                for name in &member.chinese {
                    by_name.entry(name).or_default().push((number, at));
                }
                for written in &member.english {
                    let stems: Vec<String> =
                        lexicon::english_words(written).map(|(_, word)| lexicon::stem(word)).collect();
                    let Some(first) = stems.first() else { continue };
                    let of_first = names.english.entry(first.clone()).or_default();
                    of_first.push(English { written, stems, place: (number, at) });
                }
            }
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
        let members = rows.lines().filter_map(|row| row.split_once('\t')).map(|(chinese, english)| Member {
            chinese: chinese.split('|').collect(),
            english: english.split('|').collect(),
        });
        Some(Family { name, check, noun, grave, members: members.collect() })
    }
}

impl Member {
    /// Whether its names are proper names.
    fn is_proper(&self) -> bool {
        self.english.first().is_some_and(|name| name.starts_with(char::is_uppercase))
    }
}

impl English {
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
                self.stems.len() > 1 || is_form(&lexicon::fold(base(word)), &lexicon::fold(self.written))
            }
        }
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
/// 部长. Of two that overlap the longer one counts: 瑞士法郎 is no 法郎.
pub(crate) fn chinese(word: &str) -> impl Iterator<Item = Place> {
    let [proper, other] = &NAMES.chinese;
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1);
    let starts = word.char_indices().rev().map(|(at, _)| at).skip(1);
    let begins = ends.filter(|&end| proper.contains_key(&word[..end])).last().unwrap_or(0);
    let rest = starts.filter(|&start| other.contains_key(&word[start..])).last().unwrap_or(word.len());
    let (long, overlap) = (begins.cmp(&(word.len() - rest)), begins > rest);
    let proper = proper.get(&word[..begins]).filter(|_| !overlap || long.is_ge());
    let other = other.get(&word[rest..]).filter(|_| !overlap || long.is_le());
    [proper, other].into_iter().flatten().flatten().copied()
}

/// What a simplified Chinese text is the whole name of.
pub(crate) fn whole(name: &str) -> impl Iterator<Item = Place> {
    NAMES.chinese.iter().filter_map(|by_name| by_name.get(name)).flatten().copied()
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
    let names = NAMES.english.get(&lexicon::stem(base(words.first()?)))?;
    let mut longest: (usize, Vec<Place>) = (0, Vec::new());
    for name in names {
        let rest = words.get(1..name.stems.len());
        let met = name.is_written(words[0])
            && rest.is_some_and(|rest| {
                rest.iter().zip(&name.stems[1..]).all(|(word, stem)| lexicon::stem(word) == *stem)
            });
        if met && name.stems.len() > longest.0 {
            longest = (name.stems.len(), Vec::new());
        }
        if met && name.stems.len() == longest.0 && !longest.1.contains(&name.place) {
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
            (family.name, family.members[member].chinese[0])
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
            assert!(
                text.lines().next().unwrap().ends_with(if family.grave { "| grave" } else { "| minor" }),
                "{name}"
            );
            let told = ["name-mismatch", "number-mismatch", "date-mismatch", "missing-content"];
            assert!(told.contains(&family.check), "{name}: {}", family.check);
            assert_eq!(family.members.len(), text.lines().count() - 1, "{name}: a row without its tab");
            let names = family.members.iter().flat_map(|member| member.chinese.iter().chain(&member.english));
            for name in names {
                assert!(!name.is_empty() && name.trim() == *name, "{}: “{name}”", family.name);
            }
        }
    }

    #[test]
    fn names_lead_to_one_member_of_their_family() {
        for (number, family) in families().iter().enumerate() {
            for (at, member) in family.members.iter().enumerate() {
                for name in &member.chinese {
                    let found: Vec<Place> = match name.chars().count() {
                        1 => short_form(name).collect(),
                        _ => chinese(name).collect(),
                    };
                    let here: Vec<Place> = found.into_iter().filter(|place| place.0 == number).collect();
                    assert_eq!(here, [(number, at)], "{}: {name}", family.name);
                }
                for name in &member.english {
                    let words: Vec<&str> = lexicon::english_words(name).map(|(_, word)| word).collect();
                    let (length, found) = english(&words).unwrap_or_default();
                    let here: Vec<Place> = found.into_iter().filter(|place| place.0 == number).collect();
                    assert_eq!(
                        (length, &here[..]),
                        (words.len(), &[(number, at)][..]),
                        "{}: {name}",
                        family.name
                    );
                }
            }
        }
    }

    #[test]
    fn longest_names_win() {
        assert_eq!(named(chinese("日本政府")), [("country", "日本")]);
        assert_eq!(named(chinese("印度尼西亚")), [("country", "印度尼西亚")]);
        assert_eq!(named(chinese("印度河")), [("place", "印度河")]);
        assert_eq!(named(chinese("副部长")), [("state-office", "部长")]);
        assert_eq!(named(chinese("中")), []);
        assert_eq!(named(short_form("中")), [("country", "中国")]);
        let english = |text: &str| {
            let words: Vec<&str> = text.split(' ').collect();
            english(&words).map(|(length, places)| (length, named(places)))
        };
        assert_eq!(english("South Korean officials"), Some((2, vec![("country", "韩国")])));
        assert_eq!(english("prime ministers"), Some((2, vec![("state-office", "总理")])));
        assert_eq!(english("turkey soup"), Some((1, vec![("meat", "火鸡")])));
        assert_eq!(english("us all"), None);
        assert_eq!(english("US's exports"), Some((1, vec![("country", "美国")])));
    }
}
