//! Names that a program reads: those of directives, components and their properties, and the keys of front matter.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Context, Evidence, Fault, Findings, Id, Side, id, message};
use crate::lexicon::is_han;
use crate::markup::addresses::page;
use crate::markup::names::{Call, Kind, Part, calls};
use crate::read;
use crate::text::{Document, Span};

/// Reports names that stand against others where the same is said around them.
pub(super) fn findings(context: &Context, findings: &mut Findings) {
    let sides = [Side::Source, Side::Target];
    let [mut one, mut other] = sides.map(|side| calls(context.document(side)));
    let fronts = [&mut one, &mut other].map(|calls| {
        let at = calls.iter().position(|call| call.kind == Kind::FrontMatter);
        at.map(|at| calls.remove(at))
    });
    if let [Some(one), Some(other)] = &fronts {
        keys(context, [one, other], findings);
    }
    imports(context, [&mut one, &mut other], findings);
    // a call is held to the block behind it, and where that has no counterpart, to the one before it
    for behind in [true, false] {
        let places =
            [places(context, Side::Source, &one, behind), places(context, Side::Target, &other, behind)];
        let mut taken = [vec![false; one.len()], vec![false; other.len()]];
        for (link, here) in &places[0] {
            let Some(there) = places[1].get(link) else { continue };
            for (source, target) in pairs(context, [&one, &other], [here, there]) {
                compare(context, [&one[source], &other[target]], findings);
                (taken[0][source], taken[1][target]) = (true, true);
            }
        }
        for (calls, taken) in [&mut one, &mut other].into_iter().zip(taken) {
            let mut taken = taken.into_iter();
            calls.retain(|_| taken.next() == Some(false));
        }
    }
}

/// The calls beside the blocks of each link of running text.
fn places(context: &Context, side: Side, calls: &[Call], behind: bool) -> BTreeMap<usize, Vec<usize>> {
    let document = context.document(side);
    let prose: Vec<usize> =
        (0..document.blocks.len()).filter(|&at| document.blocks[at].kind.is_prose()).collect();
    let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, call) in calls.iter().enumerate() {
        let next = prose.partition_point(|&block| document.blocks[block].span.end <= call.name.start);
        let block = if behind { Some(next) } else { next.checked_sub(1) };
        if let Some(&block) = block.and_then(|at| prose.get(at)) {
            let link = context.block_link(side, block);
            if !context.bitext().alignment.blocks[link].is_null() {
                places.entry(link).or_default().push(at);
            }
        }
    }
    places
}

/// Which calls of one place belong together: those of the same name in their order; what is left, if it is of one kind
/// and as much on both sides.
fn pairs(context: &Context, calls: [&[Call]; 2], places: [&[usize]; 2]) -> Vec<(usize, usize)> {
    let text = |side: Side, at: usize| context.document(side).slice(calls[side as usize][at].name);
    let mut named: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    for &target in places[1] {
        named.entry(text(Side::Target, target)).or_default().push_back(target);
    }
    let mut found = Vec::new();
    let mut alone = Vec::new();
    for &source in places[0] {
        match named.get_mut(text(Side::Source, source)).and_then(VecDeque::pop_front) {
            Some(target) => found.push((source, target)),
            None => alone.push(source),
        }
    }
    let mut left: Vec<usize> = named.into_values().flatten().collect();
    left.sort_unstable();
    let kinds = |side: usize, at: &[usize]| at.iter().map(|&at| calls[side][at].kind).collect::<Vec<_>>();
    if kinds(0, &alone) == kinds(1, &left) {
        found.extend(alone.into_iter().zip(left));
    }
    found
}

/// Compares two calls that belong together: their names, the names of their parts, and values that are names.
fn compare(context: &Context, calls: [&Call; 2], findings: &mut Findings) {
    let noun = match calls[0].kind {
        Kind::Directive => id!("markup-directive"),
        Kind::Role => id!("markup-role"),
        Kind::Shortcode => id!("markup-shortcode"),
        _ => id!("markup-component"),
    };
    let text = |side: Side, span: Span| context.document(side).slice(span);
    if text(Side::Source, calls[0].name) != text(Side::Target, calls[1].name) {
        add(context, noun, [calls[0].name, calls[1].name], findings);
        return;
    }
    let [source, target] = calls.map(|call| &call.parts);
    let name = |side: Side, part: &Part| text(side, part.name);
    let named = |side: Side, parts: &[Part]| -> BTreeMap<&str, Part> {
        parts.iter().map(|part| (name(side, part), *part)).collect()
    };
    let [here, there] = [named(Side::Source, source), named(Side::Target, target)];
    let lost: Vec<&Part> =
        source.iter().filter(|part| !there.contains_key(name(Side::Source, part))).collect();
    let foreign: Vec<&Part> =
        target.iter().filter(|part| !here.contains_key(name(Side::Target, part))).collect();
    if let ([one], [other]) = (lost.as_slice(), foreign.as_slice()) {
        add(context, id!("markup-property"), [one.name, other.name], findings);
    }
    for part in source {
        let other = there.get(name(Side::Source, part));
        let Some((one, other)) = part.value.zip(other.and_then(|other| other.value)) else { continue };
        let [from, to] = [text(Side::Source, one), text(Side::Target, other)];
        let property = name(Side::Source, part);
        // an anchor may be made of the heading in its own language
        let anchor = property == "id" && to.contains(is_han);
        if !anchor && !read::is_worded(property) && is_name(from) && from != to && page(from) != page(to) {
            add(context, id!("markup-value"), [one, other], findings);
        }
    }
}

/// Whether a value is a name rather than words or an address: one word of ASCII that begins small.
fn is_name(value: &str) -> bool {
    value.starts_with(|c: char| c.is_ascii_lowercase())
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
}

/// Reports keys of front matter that were translated: only one side has them, and only there they are Chinese.
fn keys(context: &Context, fronts: [&Call; 2], findings: &mut Findings) {
    let names = |side: Side| -> Vec<(&str, Span)> {
        let document = context.document(side);
        fronts[side as usize].parts.iter().map(|part| (document.slice(part.name), part.name)).collect()
    };
    let [source, target] = [names(Side::Source), names(Side::Target)];
    let known =
        |names: &[(&str, Span)]| names.iter().map(|(name, _)| (*name).to_owned()).collect::<BTreeSet<_>>();
    let [here, there] = [known(&source), known(&target)];
    let foreign = target.iter().filter(|(key, _)| key.contains(is_han) && !here.contains(*key));
    let lost = source.iter().filter(|(key, _)| !key.contains(is_han) && !there.contains(*key));
    for ((_, one), (_, other)) in lost.zip(foreign) {
        add(context, id!("markup-key"), [*one, *other], findings);
    }
    let value = |side: Side, key: &str| {
        let document = context.document(side);
        let part = fronts[side as usize].parts.iter().find(|part| document.slice(part.name) == key)?;
        part.value.map(|value| (document.slice(value), value))
    };
    for key in context.verbatim() {
        if let (Some((from, one)), Some((to, other))) = (value(Side::Source, key), value(Side::Target, key))
            && from != to
        {
            add(context, id!("markup-value"), [one, other], findings);
        }
    }
}

/// Takes the imports out, and reports those that only one side has where the other has others.
fn imports(context: &Context, calls: [&mut Vec<Call>; 2], findings: &mut Findings) {
    let [one, other] = calls.map(|calls| {
        let imports: Vec<Span> =
            calls.iter().filter(|call| call.kind == Kind::Import).map(|call| call.name).collect();
        calls.retain(|call| call.kind != Kind::Import);
        imports
    });
    let key = |side: Side, span: &Span| imported(context.document(side), *span);
    let known =
        |side: Side, spans: &[Span]| spans.iter().map(|span| key(side, span)).collect::<BTreeSet<_>>();
    let (here, there) = (known(Side::Source, &one), known(Side::Target, &other));
    let lost = one.iter().filter(|span| !there.contains(&key(Side::Source, span)));
    let foreign = other.iter().filter(|span| !here.contains(&key(Side::Target, span)));
    for (one, other) in lost.zip(foreign) {
        add(context, id!("markup-import"), [*one, *other], findings);
    }
}

/// What an import brings in under which name, whichever language the path names.
fn imported(document: &Document, span: Span) -> (String, Option<String>) {
    let line = document.slice(span).trim_end_matches(';').trim_end();
    let line = line.trim_end_matches(['"', '\'']);
    let (names, path) = line.rsplit_once(['"', '\'']).unwrap_or((line, ""));
    (names.split_whitespace().collect(), page(path))
}

fn add(context: &Context, noun: Id, places: [Span; 2], findings: &mut Findings) {
    let sides = [Side::Source, Side::Target];
    let [one, other] = sides.map(|side| context.document(side).slice(places[side as usize]));
    let note = |side: Side| Evidence {
        side,
        span: places[side as usize],
        note: message!("markup-mismatch-alone", noun = noun),
    };
    findings.add(Fault {
        source: Some(places[0]),
        target: Some(places[1]),
        message: message!("markup-mismatch-name", noun = noun, one = one, other = other),
        // what was translated was never meant to differ
        confidence: if one.contains(is_han) == other.contains(is_han) { 0.75 } else { 0.92 },
        severity: None,
        evidence: sides.map(note).into(),
    });
}
