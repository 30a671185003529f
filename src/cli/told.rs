//! What the command line says beside its output: errors and notices, in the reader's language.

use std::error::Error as StdError;
use std::fmt;

use anyhow::Result;

use crate::check::UnknownCheck;
use crate::config::ConfigError;
use crate::error::Error;
use crate::files::Clash;
use crate::gate::BaseError;
use crate::message::{Message, Tongue, message};
use crate::{review, run};

/// An error of which every language has words, and what led to it.
#[derive(Debug)]
pub(super) struct Told {
    message: Message,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.said(Tongue::English))
    }
}

impl StdError for Told {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

/// Fails with these words.
pub(super) fn fail<T>(message: Message) -> Result<T> {
    Err(Told { message, source: None }.into())
}

/// Says of an error what it kept from being done.
pub(super) trait Tell<T> {
    fn told(self, message: impl FnOnce() -> Message) -> Result<T>;
}

impl<T, E: Into<anyhow::Error>> Tell<T> for Result<T, E> {
    fn told(self, message: impl FnOnce() -> Message) -> Result<T> {
        self.map_err(|error| {
            Told {
                message: message(),
                source: Some(error.into().reallocate_into_boxed_dyn_error_without_backtrace()),
            }
            .into()
        })
    }
}

/// An error with what led to it, in a language as far as there are words for it.
pub(super) fn complaint(error: &anyhow::Error, tongue: Tongue) -> String {
    let what = error.chain().map(message_of).reduce(|what, why| message!("chain", what = what, why = why));
    message!("error-told", what = what.unwrap_or_else(|| Message::alike(""))).said(tongue).into_owned()
}

/// The words of one error; those of other programs are as they are.
fn message_of(error: &(dyn StdError + 'static)) -> Message {
    fn is<'e, E: StdError + 'static>(
        error: &'e (dyn StdError + 'static),
        message: fn(&E) -> Message,
    ) -> Option<Message> {
        error.downcast_ref::<E>().map(message)
    }
    is(error, |told: &Told| told.message.clone())
        .or_else(|| is(error, Error::message))
        .or_else(|| is(error, run::Failure::message))
        .or_else(|| is(error, review::Failure::message))
        .or_else(|| is(error, BaseError::message))
        .or_else(|| is(error, ConfigError::message))
        .or_else(|| is(error, UnknownCheck::message))
        .or_else(|| is(error, Clash::message))
        .unwrap_or_else(|| Message::alike(&error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn errors_are_told_in_both_languages_with_what_led_to_them() {
        let kind = ErrorKind::Binary { offset: 3, line: 1 };
        let error = Err::<(), _>(Error::new("a.md", kind)).told(|| message!("cli-stdout")).expect_err("one");
        assert_eq!(
            complaint(&error, Tongue::English),
            "error: could not write to standard output: a.md: not a text file: byte 3 (line 1) is NUL"
        );
        assert_eq!(
            complaint(&error, Tongue::Chinese),
            "错误：无法写到标准输出：a.md：不是文本文件：第 3 字节（第 1 行）是 NUL"
        );
        // what anyhow prints of it is the English
        assert_eq!(format!("error: {error:#}"), complaint(&error, Tongue::English));
    }
}
