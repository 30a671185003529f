//! The page's own words, in every language of the interface; its reader chooses which are shown.

use std::borrow::Cow;
use std::fmt;

use super::Escaped;
use crate::check::{Message, Tongue};

/// The same in each language, in the order of [`Tongue::ALL`]. Style shows the one whose language the page has.
pub(super) struct Words<'a>(pub(super) [Cow<'a, str>; Tongue::ALL.len()]);

impl Words<'_> {
    pub(super) fn of(message: &Message) -> Words<'static> {
        Words(Tongue::ALL.map(|tongue| message.said(tongue)))
    }

    /// A part of each.
    pub(super) fn map<'b>(&'b self, part: impl Fn(&'b str) -> &'b str) -> Words<'b> {
        Words(self.0.each_ref().map(|words| Cow::Borrowed(part(words))))
    }
}

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, rest @ ..] = &self.0;
        if rest.iter().all(|words| words == first) {
            return write!(f, "{}", Escaped(first));
        }
        Tongue::ALL.into_iter().zip(&self.0).try_for_each(|(tongue, words)| {
            write!(f, "<span class=\"i\" lang=\"{}\">{}</span>", tongue.as_str(), Escaped(words))
        })
    }
}

/// An attribute whose words follow the language of the page: its name, the words, and the language that the page
/// begins with.
pub(super) struct Label(pub(super) &'static str, pub(super) Message, pub(super) Tongue);

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Label(name, message, tongue) = self;
        write!(f, "{name}=\"{}\" data-words=\"{name}\"", Escaped(&message.said(*tongue)))?;
        Tongue::ALL.into_iter().try_for_each(|tongue| {
            write!(f, " data-{}=\"{}\"", tongue.as_str(), Escaped(&message.said(tongue)))
        })
    }
}
