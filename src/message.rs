//! What people are told, in every language of the interface.
//!
//! What is said stands in `locales/LANGUAGE/AREA.ftl`, in the syntax of Fluent, and is part of the program. Code names
//! a message by its id and gives it its arguments; which words that makes is known where it is said.

mod bundle;
mod catalogue;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

/// A language of the interface. It has nothing to do with the languages of the texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Tongue {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Chinese, in simplified characters.
    #[serde(rename = "zh")]
    Chinese,
}

impl Tongue {
    /// All of them.
    pub const ALL: [Tongue; catalogue::LOCALES.len()] = [Tongue::English, Tongue::Chinese];

    /// The name in settings and of the folder with the words, which is the language tag: "en" or "zh".
    pub fn as_str(self) -> &'static str {
        match self {
            Tongue::English => "en",
            Tongue::Chinese => "zh",
        }
    }

    /// The language of that name.
    pub fn parse(name: &str) -> Option<Tongue> {
        Tongue::ALL.into_iter().find(|tongue| tongue.as_str() == name)
    }

    /// The language of a locale, "zh_CN.UTF-8", or of a language tag, "zh-CN".
    pub fn of_locale(locale: &str) -> Option<Tongue> {
        Tongue::parse(locale.split(['_', '-', '.', '@']).next()?)
    }
}

/// What another language than English says of a command or a flag, by its id in `locales/TAG/help.ftl`; the English
/// stands beside the flags.
pub(crate) fn help(tongue: Tongue, id: &str, arguments: &[(&str, &str)]) -> Option<String> {
    bundle::help(tongue, id, arguments)
}

/// The ids of all that a language says of commands and flags.
#[cfg(test)]
pub(crate) fn helps(tongue: Tongue) -> impl Iterator<Item = &'static str> {
    let lines = catalogue::HELP[tongue as usize].unwrap_or_default().lines();
    lines.filter_map(|line| Some(line.split_once(" = ")?.0)).filter(|id| !id.starts_with(['#', ' ']))
}

/// The name of a message. Only `id!` and `message!` make one, of what stands in every `locales/LANGUAGE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Id {
    area: usize,
    name: &'static str,
}

impl Id {
    /// The id of a message that is given these arguments. To be called when the program is compiled: what is in no
    /// locale, or asks for other arguments in any, does not compile.
    pub(crate) const fn of(id: &'static str, arguments: &[&str]) -> Id {
        Id { area: catalogue::area(id, arguments), name: id }
    }

    /// The wording of one language, of a message without arguments.
    pub fn said(self, tongue: Tongue) -> Cow<'static, str> {
        Message::from(self).said(tongue)
    }
}

/// Something to be said: a message and what stands at its places, or words that are the same in every language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message(Words);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Words {
    Of(Id, Vec<(&'static str, Argument)>),
    Alike(String),
}

/// What stands at a place of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// As it is: words of a text, a name, a figure.
    Text(String),
    /// A count, which may choose among forms of words.
    Count(usize),
    /// Something that is said in the same language.
    Message(Message),
}

impl Message {
    /// A message with its arguments, which [`message!`] has checked.
    pub(crate) fn new(id: Id, arguments: Vec<(&'static str, Argument)>) -> Message {
        Message(Words::Of(id, arguments))
    }

    /// Words of which only one wording is known, as when they come from a report.
    pub fn alike(words: &str) -> Message {
        Message(Words::Alike(words.to_owned()))
    }

    /// The wording of one language.
    pub fn said(&self, tongue: Tongue) -> Cow<'static, str> {
        match &self.0 {
            Words::Of(id, arguments) => bundle::said(tongue, *id, arguments),
            Words::Alike(words) => Cow::Owned(words.clone()),
        }
    }
}

impl From<Id> for Message {
    fn from(id: Id) -> Message {
        Message::new(id, Vec::new())
    }
}

impl From<Id> for Argument {
    fn from(id: Id) -> Argument {
        Argument::Message(id.into())
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Argument {
        Argument::Message(message)
    }
}

impl From<&Message> for Argument {
    fn from(message: &Message) -> Argument {
        Argument::Message(message.clone())
    }
}

impl From<usize> for Argument {
    fn from(count: usize) -> Argument {
        Argument::Count(count)
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Argument {
        Argument::Text(text)
    }
}

impl From<&String> for Argument {
    fn from(text: &String) -> Argument {
        Argument::Text(text.clone())
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Argument {
        Argument::Text(text.to_owned())
    }
}

impl From<Cow<'_, str>> for Argument {
    fn from(text: Cow<'_, str>) -> Argument {
        Argument::Text(text.into_owned())
    }
}

impl From<&Cow<'_, str>> for Argument {
    fn from(text: &Cow<'_, str>) -> Argument {
        Argument::Text(text.to_string())
    }
}

/// The id of a message without arguments: `id!("number-mismatch")`.
macro_rules! id {
    ($id:expr) => {
        const { $crate::message::Id::of($id, &[]) }
    };
}

/// A message with its arguments: `message!("unpaired-mark-alone", mark = mark)`.
macro_rules! message {
    ($id:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::message::Message::new(
            const { $crate::message::Id::of($id, &[$(stringify!($name)),*]) },
            vec![$((stringify!($name), $crate::message::Argument::from($value))),*],
        )
    };
}

pub(crate) use {id, message};
