//! The names by which languages go in paths and files.

use super::Lang;

/// Languages that documents are translated from and into, by their primary subtags (ISO 639-1).
const TAGS: &[&str] = &[
    "ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr",
    "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "nb", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl",
    "sr", "sv", "sw", "ta", "te", "th", "tr", "uk", "ur", "uz", "vi", "zh",
];
/// Other names for them.
const NAMES: [(&str, &str); 6] =
    [("cn", "zh"), ("chs", "zh"), ("cht", "zh"), ("chinese", "zh"), ("english", "en"), ("jp", "ja")];
/// Scripts and regions that follow a primary subtag in the names of files.
const FURTHER: &[&str] = &[
    "hans", "hant", "latn", "cyrl", "cn", "tw", "hk", "sg", "mo", "us", "gb", "uk", "au", "ca", "in", "ie",
    "nz", "za", "br", "pt", "es", "mx", "ar", "fr", "de", "at", "ch", "jp", "kr", "ru", "419",
];

/// What languages are called where one may choose one of them: by themselves, and in English.
const ENDONYMS: [(&str, &str); 52] = [
    ("ar", "العربية|arabic"),
    ("az", "azərbaycan"),
    ("be", "беларуская"),
    ("bg", "български"),
    ("bn", "বাংলা"),
    ("ca", "català"),
    ("cs", "čeština"),
    ("da", "dansk"),
    ("de", "deutsch|german|de"),
    ("el", "ελληνικά"),
    ("en", "english|en|en-us"),
    ("es", "español|spanish|es"),
    ("et", "eesti"),
    ("eu", "euskara"),
    ("fa", "فارسی"),
    ("fi", "suomi"),
    ("fr", "français|french|fr"),
    ("gl", "galego"),
    ("he", "עברית"),
    ("hi", "हिन्दी|हिंदी"),
    ("hr", "hrvatski"),
    ("hu", "magyar"),
    ("hy", "հայերեն"),
    ("id", "bahasa indonesia"),
    ("it", "italiano|italian"),
    ("ja", "日本語|japanese|ja|jp"),
    ("ka", "ქართული"),
    ("kk", "қазақша"),
    ("ko", "한국어|korean|ko|kr"),
    ("lt", "lietuvių"),
    ("lv", "latviešu"),
    ("mn", "монгол"),
    ("mr", "मराठी"),
    ("ms", "bahasa melayu"),
    ("nl", "nederlands"),
    ("no", "norsk"),
    ("pl", "polski"),
    ("pt", "português|português do brasil|portuguese"),
    ("ro", "română"),
    ("ru", "русский|russian|ru"),
    ("sk", "slovenčina"),
    ("sl", "slovenščina"),
    ("sr", "српски|srpski"),
    ("sv", "svenska"),
    ("th", "ไทย"),
    ("tr", "türkçe"),
    ("ta", "தமிழ்"),
    ("te", "తెలుగు"),
    ("uk", "українська"),
    ("ur", "اردو"),
    ("vi", "tiếng việt"),
    (
        "zh",
        "中文|简体中文|繁體中文|繁体中文|中文简体|中文繁體|正體中文|简中|繁中|汉语|chinese|simplified chinese|\
         traditional chinese|chinese/simplified|chinese/traditional|zh|cn|zh-cn|zh-tw",
    ),
];

/// The languages that have this name, and nothing else is said; what stands in brackets behind it says which one:
/// `Português (Brasil)`.
fn named(text: &str) -> impl Iterator<Item = &'static str> {
    let name = text.split(['(', '（']).next().unwrap_or(text).trim().to_lowercase();
    let named = ENDONYMS.iter().filter(move |(_, names)| names.split('|').any(|known| known == name));
    named.map(|(tag, _)| *tag)
}

/// Whether a text is what a language is called, and nothing else.
pub fn is_endonym(text: &str) -> bool {
    named(text).next().is_some()
}

/// Whether a text is what this language is called, and nothing else.
pub fn names(text: &str, lang: Lang) -> bool {
    named(text).any(|tag| Lang::parse(tag) == Some(lang))
}

/// The language that a name stands for, if it is nothing but the mark of one: `zh`, `zh-CN`, `zh_Hans_CN`, `cn`,
/// `chinese`, and as Android writes it, `zh-rCN`.
pub fn language(tag: &str) -> Option<Lang> {
    let tag = tag.to_ascii_lowercase();
    let mut parts = tag.split(['-', '_']);
    let primary = parts.next()?;
    let primary = NAMES.iter().find(|(name, _)| *name == primary).map_or(primary, |(_, tag)| tag);
    // most parts of addresses, which are asked about, are longer
    let lang = Lang::parse(primary)?;
    let is_further = |part: &str| FURTHER.contains(&part);
    let known = TAGS.contains(&primary)
        && parts.all(|part| is_further(part) || part.strip_prefix('r').is_some_and(is_further));
    known.then_some(lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_by_the_names_they_have() {
        for name in ["English", "简体中文", "Português (Brasil)", "日本語", "中文（简体）"] {
            assert!(is_endonym(name), "{name}");
        }
        for name in ["English grammar", "中文文档", "", "Docs"] {
            assert!(!is_endonym(name), "{name}");
        }
        assert!(names("Chinese/Simplified (简体中文)", Lang::ZH) && names("English", Lang::EN));
        assert!(!names("English", Lang::ZH));
    }
}
