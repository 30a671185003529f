//! The page's own words, in both languages of the interface; its reader chooses which are shown.

use std::fmt;

use super::Escaped;
use crate::check::{Message, Tongue};

/// Both wordings, English first. Style shows the one whose language the page has.
pub(super) struct Both<'a>(pub(super) &'a str, pub(super) &'a str);

impl<'a> Both<'a> {
    pub(super) fn of(message: &'a Message) -> Both<'a> {
        Both(message.said(Tongue::English), message.said(Tongue::Chinese))
    }

    /// A part of both.
    pub(super) fn map(&self, part: impl Fn(&'a str) -> &'a str) -> Both<'a> {
        Both(part(self.0), part(self.1))
    }
}

impl fmt::Display for Both<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Both(en, zh) = *self;
        if en == zh {
            return write!(f, "{}", Escaped(en));
        }
        let (en, zh) = (Escaped(en), Escaped(zh));
        write!(f, "<span class=\"i\" lang=\"en\">{en}</span><span class=\"i\" lang=\"zh\">{zh}</span>")
    }
}

/// An attribute whose words follow the language of the page: its name, the words in English and in Chinese, and the
/// language that the page begins with.
pub(super) struct Label<'a>(
    pub(super) &'static str,
    pub(super) &'a str,
    pub(super) &'a str,
    pub(super) Tongue,
);

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Label(name, en, zh, tongue) = *self;
        let now = Escaped(tongue.pick(en, zh));
        let (en, zh) = (Escaped(en), Escaped(zh));
        write!(f, "{name}=\"{now}\" data-words=\"{name}\" data-en=\"{en}\" data-zh=\"{zh}\"")
    }
}
