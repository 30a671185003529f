//! Says messages: a file of a language is read when the first word of it is needed.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::catalogue::{AREAS, HELP as HELPS, LOCALES};
use super::{Argument, Id, Tongue};

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: [[OnceLock<Bundle>; AREAS]; LOCALES.len()] =
    [const { [const { OnceLock::new() }; AREAS] }; LOCALES.len()];

static HELP: [OnceLock<Bundle>; LOCALES.len()] = [const { OnceLock::new() }; LOCALES.len()];

/// What a language says of a command or a flag.
pub(super) fn help(tongue: Tongue, id: &str, arguments: &[(&str, &str)]) -> Option<String> {
    let text = HELPS[tongue as usize]?;
    let bundle = HELP[tongue as usize].get_or_init(|| bundle(tongue, text));
    let pattern = bundle.get_message(id)?.value()?;
    let mut given = FluentArgs::with_capacity(arguments.len());
    arguments.iter().for_each(|&(name, value)| given.set(name, value));
    let mut errors = Vec::new();
    Some(bundle.format_pattern(pattern, Some(&given), &mut errors).into_owned())
}

/// The wording of a message that every language has, as ids are.
pub(super) fn said(tongue: Tongue, id: Id, arguments: &[(&'static str, Argument)]) -> Cow<'static, str> {
    let bundle = BUNDLES[tongue as usize][id.area].get_or_init(|| read(tongue, id.area));
    let pattern = bundle.get_message(id.name).and_then(|message| message.value());
    let Some(pattern) = pattern else { unreachable!("`{}` is in every language", id.name) };
    let mut given = FluentArgs::with_capacity(arguments.len());
    for (name, argument) in arguments {
        given.set(*name, value(argument, tongue));
    }
    let mut errors = Vec::new();
    let said = bundle.format_pattern(pattern, Some(&given), &mut errors);
    debug_assert!(errors.is_empty(), "{}: {errors:?}", id.name);
    said
}

fn value(argument: &Argument, tongue: Tongue) -> FluentValue<'_> {
    match argument {
        Argument::Text(text) => FluentValue::from(text.as_str()),
        Argument::Count(count) => FluentValue::from(*count),
        Argument::Message(message) => FluentValue::String(message.said(tongue)),
    }
}

/// The messages of an area. That its file can be read is a test.
fn read(tongue: Tongue, area: usize) -> Bundle {
    bundle(tongue, LOCALES[tongue as usize][area])
}

fn bundle(tongue: Tongue, text: &str) -> Bundle {
    let mut bundle = Bundle::new_concurrent(tongue.as_str().parse().into_iter().collect());
    // the marks that keep scripts of two directions apart would stand in every report
    bundle.set_use_isolating(false);
    bundle.add_resource_overriding(
        FluentResource::try_new(text.to_owned()).unwrap_or_else(|(readable, _)| readable),
    );
    bundle
}
