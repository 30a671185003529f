//! Property lists of Apple in XML: dictionaries of texts.

use quick_xml::events::Event;

use super::{DEEPEST, Message, Messages, Path, too_deep};
use crate::error::ErrorKind;
use crate::message::{id, message};
use crate::read::xml::{Content, events};
use crate::text::Span;

/// Reads the texts of a property list, each under the keys that lead to it.
///
/// # Errors
/// When it is no XML, no property list, or nested too deep.
pub(super) fn read(text: &str) -> Result<Messages, ErrorKind> {
    let mut all = Vec::new();
    let mut path = Path::default();
    let mut open: Option<(bool, Content)> = None;
    let (mut root, mut depth) = (false, 0usize);
    events(text, |event, span| {
        match &event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "plist" => root = true,
                "dict" => {
                    depth += 1;
                    if depth > DEEPEST {
                        return Err(too_deep(text, span.start));
                    }
                }
                "key" => open = Some((true, Content::at(span.end))),
                "string" => open = Some((false, Content::at(span.end))),
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                "string" => {
                    let at = Span::new(span.end, span.end);
                    all.push(Message {
                        key: path.key(text, span.start)?,
                        category: None,
                        value: (at, Vec::new()),
                    });
                    path.pop();
                }
                "dict" | "array" | "true" | "false" => path.pop(),
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "key" => {
                    if let Some((true, content)) = open.take() {
                        let (inner, _) = content.end(span.start);
                        path.push(&text[inner.range()]);
                    }
                }
                "string" => {
                    if let Some((false, content)) = open.take() {
                        let value = content.end(span.start);
                        all.push(Message { key: path.key(text, span.start)?, category: None, value });
                    }
                    path.pop();
                }
                "dict" => {
                    depth = depth.saturating_sub(1);
                    path.pop();
                }
                "integer" | "real" | "date" | "data" | "array" => path.pop(),
                _ => {}
            },
            _ => {
                if let Some((_, content)) = &mut open {
                    content.take(&event, span, &[], &[]);
                }
            }
        }
        Ok(())
    })?;
    if !root {
        return Err(ErrorKind::Content {
            line: 1,
            what: message!("read-no-root", format = id!("kind-plist"), what = "<plist>"),
        });
    }
    Ok(Messages { all, lang: None })
}
