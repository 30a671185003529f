//! Says messages: the files of a language are read when the first word of it is needed.

use std::borrow::Cow;
use std::sync::OnceLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::catalogue::LOCALES;
use super::{Argument, Tongue};

type Bundle = FluentBundle<FluentResource>;

static BUNDLES: [OnceLock<Bundle>; LOCALES.len()] = [const { OnceLock::new() }; LOCALES.len()];

/// The wording of a message that every language has, as ids are.
pub(super) fn said(tongue: Tongue, id: &str, arguments: &[(&'static str, Argument)]) -> Cow<'static, str> {
    let bundle = BUNDLES[tongue as usize].get_or_init(|| read(tongue));
    let pattern = bundle.get_message(id).and_then(|message| message.value());
    let Some(pattern) = pattern else { unreachable!("`{id}` is in no file of locales/{}", tongue.as_str()) };
    let mut given = FluentArgs::with_capacity(arguments.len());
    for (name, argument) in arguments {
        given.set(*name, value(argument, tongue));
    }
    let mut errors = Vec::new();
    let said = bundle.format_pattern(pattern, Some(&given), &mut errors);
    debug_assert!(errors.is_empty(), "{id}: {errors:?}");
    match said {
        Cow::Borrowed(words) => Cow::Borrowed(words),
        Cow::Owned(words) => Cow::Owned(words),
    }
}

fn value(argument: &Argument, tongue: Tongue) -> FluentValue<'_> {
    match argument {
        Argument::Text(text) => FluentValue::from(text.as_str()),
        Argument::Count(count) => FluentValue::from(*count),
        Argument::Message(message) => FluentValue::String(message.said(tongue)),
    }
}

/// The messages of a language. That its files can be read and name nothing twice is a test.
fn read(tongue: Tongue) -> Bundle {
    let mut bundle = Bundle::new_concurrent(tongue.as_str().parse().into_iter().collect());
    // the marks that keep scripts of two directions apart would stand in every report
    bundle.set_use_isolating(false);
    for file in LOCALES[tongue as usize] {
        let resource = FluentResource::try_new(file.to_owned()).unwrap_or_else(|(readable, _)| readable);
        bundle.add_resource_overriding(resource);
    }
    bundle
}
