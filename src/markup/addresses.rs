//! When two link targets are the same page in two languages.

use crate::lexicon::is_han;
use crate::text::tags;

/// Whether a path part, a subdomain or the value of a query only says which language a page is in.
fn is_language(part: &str) -> bool {
    tags::language(part).is_some()
}

/// What is left of an address when scheme, language, anchor, what only tells where a reader came from, and the forms
/// in which servers name one page are taken off; `None` for a place in the same page, whose name is a heading and is
/// translated with it.
///
/// ```text
/// https://www.example.org/zh-cn/guide/index.html#安装  →  example.org/guide
/// ../guide.zh-CN.md                                    →  guide
/// /search?hl=zh-CN&id=7                                →  search?id=7
/// ```
pub(crate) fn page(address: &str) -> Option<String> {
    let address = address.trim().to_lowercase();
    let address = address.split('#').next().unwrap_or_default();
    let (address, query) = address.split_once('?').unwrap_or((address, ""));
    let (host, path) = match address.split_once("://") {
        Some((_, rest)) => match rest.split_once('/') {
            Some((host, path)) => (Some(host), path),
            None => (Some(rest), ""),
        },
        None => (None, address),
    };
    let host = host.map(|host| {
        let host = host.strip_prefix("www.").unwrap_or(host);
        match host.split_once('.') {
            Some((first, rest)) if is_language(first) => rest.to_owned(),
            _ => host.to_owned(),
        }
    });
    let mut parts: Vec<String> = host.into_iter().collect();
    for part in path.split('/') {
        let bare = without_language(part);
        if bare.is_empty() && parts.last().is_some_and(|last| last == "lang") {
            parts.pop();
        }
        let part = bare;
        if !part.is_empty() && part != "." && part != ".." && part != "index" && part != "readme" {
            parts.push(part.to_owned());
        }
    }
    let mut asked: Vec<&str> = query.split(['&', ';']).filter(|part| asks(part)).collect();
    asked.sort_unstable();
    let query = if asked.is_empty() { String::new() } else { format!("?{}", asked.join("&")) };
    if address.is_empty() { None } else { Some(parts.join("/") + &query) }
}

/// Whether a part of a query asks for something else than a language: `id=7`, but not `hl=zh-cn` or `utm_source=mail`.
fn asks(part: &str) -> bool {
    let (name, value) = part.split_once('=').unwrap_or((part, ""));
    let of_language =
        matches!(name, "lang" | "language" | "locale" | "hl" | "l" | "setlang" | "ln") || is_language(value);
    let of_origin = name.starts_with("utm_") || matches!(name, "ref" | "from" | "source" | "spm" | "share");
    !part.is_empty() && !part.contains(is_han) && !part.contains('%') && !of_language && !of_origin
}

/// Whether two addresses lie on one host that names its language itself, where the pages of the languages have
/// names of their own, as those of an encyclopedia do.
pub(crate) fn same_site(one: &str, other: &str) -> bool {
    let host = |address: &str| -> Option<String> {
        let rest = address.split_once("://")?.1;
        let host = rest.split(['/', '#', '?']).next()?.to_lowercase();
        let (first, site) = host.split_once('.')?;
        is_language(first).then(|| site.to_owned())
    };
    host(one).is_some_and(|site| host(other) == Some(site))
}

/// A part of a path without its ending and the language that it names.
fn without_language(part: &str) -> &str {
    if is_language(part) {
        return "";
    }
    let mut rest = part;
    for ending in [".mdx", ".md", ".html", ".htm"] {
        rest = rest.strip_suffix(ending).unwrap_or(rest);
    }
    let (stem, kind) = match rest.rsplit_once('.') {
        Some((stem, kind)) if !is_language(kind) => (stem, Some(kind)),
        _ => (rest, None),
    };
    // the longest mark first: a_zh_cn ends in zh_cn, not in cn
    let mut marks = stem.match_indices(['-', '_', '.']).filter(|(at, _)| *at > 0);
    match (marks.find(|(at, _)| is_language(&stem[at + 1..])), kind) {
        (Some((at, _)), _) => &stem[..at],
        (None, Some(_)) if is_language(stem) => "",
        _ => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_two_languages_are_one() {
        for (one, other) in [
            ("https://www.example.org/zh-cn/guide/index.html#安装", "http://example.org/en/guide/"),
            ("../guide.zh-CN.md", "../guide.en-US.md"),
            ("./README_zh.md", "./README.md"),
            ("/components/button-cn#api", "/components/button"),
            ("https://zh.example.org/a", "https://en.example.org/a"),
            ("img/flow-zh.png", "img/flow.png"),
            ("zh/intro", "fr/intro"),
            ("img/zh/map.png", "img/pt-BR/map.png"),
            ("parts/summary_zh_cn.tex", "parts/summary_de.tex"),
        ] {
            let strip = |address: &str| {
                page(address).map(|page| page.trim_end_matches(".png").trim_end_matches(".tex").to_owned())
            };
            assert_eq!(strip(one), strip(other), "{one} {other}");
        }
        assert_eq!(page("#安装"), None);
        assert_eq!(page("/search?hl=zh-CN&id=7&utm_source=a"), page("/search?id=7&hl=en"));
        assert_eq!(
            page("/zh/list?q=%E7%BD%91&lang=zh"),
            page("/list?q=net&lang=en").map(|page| page.replace("?q=net", ""))
        );
        assert_ne!(page("/search?id=7"), page("/search?id=8"));
        assert_ne!(page("/guide"), page("/other"));
        assert_ne!(page("other/gauge"), page("other/levels"));
        assert!(same_site("https://zh.wiki.example/甲", "https://en.wiki.example/A"));
    }
}
