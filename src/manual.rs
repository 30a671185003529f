//! The manual of the checks, made from the checks themselves, and what the program says of itself.

use std::io::{self, Write};

use crate::check::{CHECKS, Category, Check, Severity, Tongue};
use crate::lexicon;
use crate::message::{Id, id, message};

/// What the manual says in Chinese: for each check its name, its summary, and its page without the examples, which are
/// those of the check.
const CHINESE: &str = include_str!("manual/zh.md");

/// The version and licence of the program, and whose works its lexicon is made from.
pub fn about(out: &mut dyn Write) -> io::Result<()> {
    let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    writeln!(out, "{name} {version}\n{}\n", env!("CARGO_PKG_DESCRIPTION"))?;
    writeln!(out, "Licence of the program: {}", env!("CARGO_PKG_LICENSE"))?;
    writeln!(out, "Licence of the lexicon built into it: CC-BY-SA-4.0\n")?;
    out.write_all(lexicon::NOTICE.as_bytes())
}

/// A line for each check: its name, severity and summary.
pub fn list(tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    let width = CHECKS.iter().map(|check| check.name.len()).max().unwrap_or(0);
    let severities = [Severity::Minor, Severity::Major, Severity::Critical]
        .map(|severity| severity.title().said(tongue).chars().count());
    let severities = severities.into_iter().max().unwrap_or(0);
    for check in CHECKS {
        let (name, summary) = (check.name, summary(check, tongue));
        let severity = check.severity.title().said(tongue);
        writeln!(out, "{name:width$}  {severity:severities$}  {summary}")?;
    }
    Ok(())
}

/// The page of one check, in Markdown.
pub fn page(check: &Check, tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "## {}\n", check.name)?;
    let manual = check.manual();
    let head = message!(
        "manual-head",
        title = check.title,
        severity = check.severity.title(),
        category = category(check.category),
        summary = summary(check, tongue)
    );
    writeln!(out, "{}\n", head.said(tongue))?;
    match tongue {
        Tongue::English => out.write_all(manual.as_bytes()),
        Tongue::Chinese => {
            let examples = manual.find("```").and_then(|at| manual.get(at..)).unwrap_or_default();
            writeln!(out, "{}\n\n{}", prose(check, tongue), examples.trim_end())
        }
    }
}

/// What the page of a check says, without its examples, in Markdown.
pub fn prose(check: &Check, tongue: Tongue) -> String {
    match tongue {
        Tongue::English => {
            let manual = check.manual();
            manual[..manual.find("```").unwrap_or(manual.len())].trim().to_owned()
        }
        Tongue::Chinese => chinese(check).map_or("", |(_, prose)| prose).to_owned(),
    }
}

/// The whole manual, as CHECKS.md and CHECKS.zh-CN.md hold it.
pub fn all(tongue: Tongue, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", id!("manual-title").said(tongue))?;
    writeln!(out, "{}\n", id!("manual-made").said(tongue))?;
    let heads = [id!("manual-check"), id!("manual-severity"), id!("manual-fires-when")];
    let [check, severity, fires] = heads.map(|head| head.said(tongue));
    writeln!(out, "| {check} | {severity} | {fires} |\n|---|---|---|")?;
    for check in CHECKS {
        let (name, severity) = (check.name, check.severity.title().said(tongue));
        writeln!(out, "| [{name}](#{name}) | {severity} | {} |", summary(check, tongue))?;
    }
    for check in CHECKS {
        writeln!(out)?;
        page(check, tongue, out)?;
    }
    Ok(())
}

/// One line on a check.
fn summary(check: &Check, tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::English => check.summary,
        Tongue::Chinese => chinese(check).map_or(check.summary, |(summary, _)| summary),
    }
}

/// The summary of a check and its page without examples, in Chinese.
fn chinese(check: &Check) -> Option<(&'static str, &'static str)> {
    let (_, page) = sections().find(|(name, _)| *name == check.name)?;
    let (summary, prose) = page.split_once("\n\n")?;
    Some((summary.trim(), prose.trim()))
}

/// The sections of the Chinese manual: names of checks and what stands below them.
fn sections() -> impl Iterator<Item = (&'static str, &'static str)> {
    let sections = CHINESE.split("## ").filter(|section| !section.is_empty());
    sections
        .map(|section| section.split_once('\n').unwrap_or((section, "")))
        .map(|(name, page)| (name, page.trim()))
}

fn category(category: Category) -> Id {
    match category {
        Category::Accuracy => id!("category-accuracy"),
        Category::Terminology => id!("category-terminology"),
        Category::Structure => id!("category-structure"),
        Category::Conventions => id!("category-conventions"),
        Category::Markup => id!("category-markup"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_has_its_page_in_chinese() {
        let names: Vec<&str> = sections().map(|(name, _)| name).collect();
        assert_eq!(names, CHECKS.iter().map(|check| check.name).collect::<Vec<_>>());
        for check in CHECKS {
            assert!(chinese(check).is_some_and(|(_, prose)| !prose.is_empty()), "{}", check.name);
        }
    }

    /// In Chinese, the examples of a check follow its prose.
    #[test]
    fn no_prose_follows_the_examples() {
        for check in CHECKS {
            let manual = check.manual();
            let examples = manual.find("```").and_then(|at| manual.get(at..)).expect("examples");
            let mut inside = false;
            for line in examples.lines() {
                if line.starts_with("```") {
                    inside = !inside;
                } else {
                    assert!(inside || line.is_empty(), "{}: {line}", check.name);
                }
            }
        }
    }
}
