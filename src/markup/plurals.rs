//! Which plural categories a language has (CLDR 46, cardinal numbers).

use crate::text::Lang;

/// Languages with the same categories: those that every message needs, and those that few numbers have and programs
/// may leave out.
const CATEGORIES: [(&str, &[&str], &[&str]); 12] = [
    ("id ja ko lo ms my th vi zh", &["other"], &[]),
    (
        "af bg bn da de el en et eu fa fi gl gu hi hu hy is ka kk ml mr nb ne nl nn no pa sq sv sw ta te tr ur uz",
        &["one", "other"],
        &[],
    ),
    ("ca es fr it pt", &["one", "other"], &["many"]),
    ("he", &["one", "other"], &["two", "many"]),
    ("cs sk", &["one", "few", "other"], &["many"]),
    ("lt", &["one", "few", "other"], &["many"]),
    ("be pl ru uk", &["one", "few", "many"], &["other"]),
    ("bs hr ro sr", &["one", "few", "other"], &[]),
    ("sl", &["one", "two", "few", "other"], &[]),
    ("lv", &["zero", "one", "other"], &[]),
    ("ga", &["one", "two", "few", "many", "other"], &[]),
    ("ar cy", &["zero", "one", "two", "few", "many", "other"], &[]),
];

/// The categories that a message needs in a language, and those that it may have besides; `None` for languages that
/// are not known here.
pub(crate) fn categories(lang: Lang) -> Option<(&'static [&'static str], &'static [&'static str])> {
    let found = CATEGORIES.iter().find(|(langs, ..)| langs.split(' ').any(|known| known == lang.as_str()));
    found.map(|(_, needed, more)| (*needed, *more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_their_categories() {
        for (lang, needed) in
            [("zh", "other"), ("en", "one other"), ("ru", "one few many"), ("fr", "one other")]
        {
            let lang = Lang::parse(lang).expect("a tag");
            assert_eq!(categories(lang).map(|(needed, _)| needed.join(" ")).as_deref(), Some(needed));
        }
        assert_eq!(categories(Lang::parse("xx").expect("a tag")), None);
    }
}
