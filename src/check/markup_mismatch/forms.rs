//! Placeholders in the plural forms of gettext catalogues: what a form has must be what `msgid_plural` has, as
//! `msgfmt --check-format` judges; a form for one number alone may leave some out (`one file was deleted`).

use std::collections::BTreeMap;

use super::{Context, Evidence, Fault, Findings, Side, id, message};
use crate::markup::formula;
use crate::markup::placeholders::{self, Kind, Placeholder};
use crate::text::Span;

/// Reports placeholders of forms that the original does not have, and those that forms for several numbers lack. The last form, which most numbers take, is the
/// translation that all else is checked in.
pub(super) fn findings(context: &Context, findings: &mut Findings) {
    let [source, target] = [Side::Source, Side::Target].map(|side| context.document(side));
    let several = match target.forms.is_empty() {
        true => None,
        false => formula::for_several(&target.text),
    };
    for &(block, span) in &target.forms {
        let link = &context.bitext().alignment.blocks[context.block_link(Side::Target, block)];
        let Some(&original) = link.source.first() else { continue };
        let wanted = arguments(placeholders::of_block(source, original, context.placeholders()));
        let own = placeholders::placeholders(target.slice(span), context.placeholders());
        let own = arguments(own);
        let stands_for_several =
            |number: usize| several.as_ref().and_then(|of| of.get(number)) == Some(&true);
        // a name that is wrong is told as that
        let known = own.keys().all(|name| wanted.contains_key(name));
        if known && number(&target.text[..span.start]).is_some_and(stands_for_several) {
            let lacking = wanted.iter().filter(|(name, _)| !own.contains_key(*name));
            lacking.for_each(|(_, (_, place))| findings.add(lack(context, *place, span)));
        }
        for (name, (ty, place)) in own {
            let place = Span::new(span.start + place.start, span.start + place.end);
            let against = wanted.get(&name);
            if against.is_some_and(|(wanted, _)| *wanted == ty) {
                continue;
            }
            findings.add(fault(context, source.blocks[original].span, place, against.map(|(_, at)| *at)));
        }
    }
}

/// The number of the plural form whose string begins behind this text.
fn number(before: &str) -> Option<usize> {
    before[before.rfind("msgstr[")?..].trim_start_matches("msgstr[").split(']').next()?.parse().ok()
}

/// What is said of a form that lacks what stands in the original.
fn lack(context: &Context, there: Span, form: Span) -> Fault {
    let text = context.document(Side::Source).slice(there);
    let note = message!("markup-mismatch-alone", noun = id!("markup-placeholder"));
    Fault {
        source: Some(there),
        target: Some(form),
        message: message!("markup-mismatch-form-lacks", text = text),
        confidence: 0.9,
        severity: None,
        evidence: vec![Evidence { side: Side::Source, span: there, note }],
    }
}

fn fault(context: &Context, original: Span, place: Span, against: Option<Span>) -> Fault {
    let [source, target] = [Side::Source, Side::Target].map(|side| context.document(side));
    let here = target.slice(place);
    let message = match against.map(|at| source.slice(at)) {
        Some(there) => message!("markup-mismatch-form-differs", one = there, other = here),
        None => message!("markup-mismatch-form-added", text = here),
    };
    let note = || message!("markup-mismatch-alone", noun = id!("markup-placeholder"));
    let there = against.map(|span| Evidence { side: Side::Source, span, note: note() });
    let here = Evidence { side: Side::Target, span: place, note: note() };
    Fault {
        source: Some(against.unwrap_or(original)),
        target: Some(place),
        message,
        confidence: 0.9,
        severity: None,
        evidence: there.into_iter().chain([here]).collect(),
    }
}

/// What a program fills in, by its name or number: of which type it is, and where it stands. Of one that is there twice,
/// the last counts.
fn arguments(found: Vec<Placeholder>) -> BTreeMap<String, (String, Span)> {
    let mut arguments = BTreeMap::new();
    let mut number = 0;
    for Placeholder { span, key, kind } in found {
        if !matches!(kind, Kind::Named | Kind::Positional) || key == "%%" {
            continue;
        }
        let (name, ty) = argument(&key, &mut number);
        arguments.insert(name, (ty, span));
    }
    arguments
}

/// The name or number of an argument and its type: `%2$-5ld` is `2` and `ld`, `%(name)s` is `(name)` and `s`. What its
/// format says of width and precision is none of its type; one without a number takes the next.
fn argument(key: &str, number: &mut usize) -> (String, String) {
    let mut next = || {
        *number += 1;
        number.to_string()
    };
    let Some(directive) = key.strip_prefix('%') else {
        return if key == "{}" { (next(), String::new()) } else { (key.to_owned(), String::new()) };
    };
    let (name, rest) = match directive.split_once('$').filter(|(number, _)| number.parse::<usize>().is_ok()) {
        Some((number, rest)) => (number.to_owned(), rest),
        None if directive.starts_with('(') => match directive.split_once(')') {
            Some((name, rest)) => (format!("{name})"), rest),
            None => (next(), directive),
        },
        None => (next(), directive),
    };
    let ty = rest.trim_start_matches(|c: char| c.is_ascii_digit() || "-+ #0.'*".contains(c));
    let ty = match ty.strip_suffix('i') {
        Some(size) => format!("{size}d"),
        None => ty.to_owned(),
    };
    (name, ty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_the_same_as_for_gettext() {
        let read = |text: &str| -> Vec<String> {
            let found = arguments(placeholders::placeholders(text, &[]));
            found.into_iter().map(|(name, (ty, _))| format!("{name} {ty}")).collect()
        };
        let same = [
            ("%d of %s", "%2$s: %1$5d"),
            ("%i", "%d"),
            ("%.2f %%", "%+5.1f"),
            ("%(name)s %(n)5d", "%(n)d %(name)s"),
            ("{name} {}", "{} {name}"),
        ];
        for (one, other) in same {
            assert_eq!(read(one), read(other), "{one} and {other}");
        }
        for (one, other) in
            [("%d", "%s"), ("%ld", "%d"), ("%d %s", "%s %d"), ("%(a)s", "%(b)s"), ("{a}", "{b}")]
        {
            assert_ne!(read(one), read(other), "{one} and {other}");
        }
    }
}
