//! Plural forms of messages that a program names by keys: those that the language of the translation has.

use std::collections::BTreeMap;

use super::{Context, Fault, Findings, Severity, Side, message};
use crate::markup::plurals;
use crate::text::{Format, Span};

/// Reports messages whose plural forms are not those that the language of the translation has.
pub(super) fn findings(context: &Context, findings: &mut Findings) {
    let document = context.document(Side::Target);
    let Some((needed, more)) = plurals::categories(document.lang) else { return };
    let mut of_key: BTreeMap<&str, Vec<(&str, Span)>> = BTreeMap::new();
    for entry in &document.entries {
        if let Some(category) = &entry.category {
            of_key.entry(&entry.key).or_default().push((category, entry.value));
        }
    }
    let lang = document.lang;
    let mut idle: Vec<(&str, &str, Span)> = Vec::new();
    for (key, forms) in of_key {
        let has = |category: &str| forms.iter().any(|(own, _)| *own == category);
        let lacking: Vec<&str> = needed.iter().copied().filter(|category| !has(category)).collect();
        // `zero` may stand for the number in any language
        let has_it =
            |category: &&str| needed.contains(category) || more.contains(category) || *category == "zero";
        let foreign = |form: &&(&str, Span)| !has_it(&form.0);
        idle.extend(forms.iter().find(foreign).map(|(category, span)| (key, *category, *span)));
        if lacking.is_empty() {
            continue;
        }
        let lacking = lacking.join(", ");
        findings.add(Fault {
            source: None,
            target: forms.first().map(|(_, span)| *span),
            message: message!(
                "markup-mismatch-lacks-plural",
                key = key,
                forms = lacking,
                lang = lang.as_str()
            ),
            confidence: 0.85,
            severity: None,
            evidence: Vec::new(),
        });
    }
    // plain Rails, and what is modelled on it, shows the form for one thing in any language
    if document.format == Format::Yaml {
        return;
    }
    // whoever has one has them everywhere
    let Some(&(key, category, span)) = idle.iter().min_by_key(|(.., span)| *span) else { return };
    let (lang, category) = (lang.as_str(), category);
    let message = match idle.len() {
        1 => message!("markup-mismatch-idle-plural", lang = lang, category = category, key = key),
        all => message!(
            "markup-mismatch-idle-plurals",
            lang = lang,
            category = category,
            key = key,
            more = all - 1,
            all = all
        ),
    };
    findings.add(Fault {
        source: None,
        target: Some(span),
        message,
        confidence: 0.7,
        severity: Some(Severity::Minor),
        evidence: Vec::new(),
    });
}
