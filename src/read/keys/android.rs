//! Messages of Android: `<string>`, `<string-array>` and `<plurals>` of a resource file.

use quick_xml::events::Event;

use super::escapes::in_prose;
use super::{Message, Messages};
use crate::error::ErrorKind;
use crate::message::{id, message};
use crate::read::xml::{Content, attribute, events};

/// Reads the messages of a resource file, but for those that it says are not to be translated.
///
/// # Errors
/// When it is no XML or has no resources.
pub(in crate::read) fn read(text: &str) -> Result<Messages, ErrorKind> {
    let mut all = Vec::new();
    let mut root = false;
    // the name of an open array or plural, and how many items it had
    let mut group: Option<(String, usize)> = None;
    let mut open: Option<(String, Option<String>, Content, usize)> = None;
    let mut aside = 0usize;
    events(text, |event, span| {
        if let Some((_, _, content, depth)) = &mut open {
            match &event {
                Event::Start(_) => *depth += 1,
                Event::End(_) if *depth == 0 => {
                    if let Some((key, category, content, _)) = open.take() {
                        let (span, marks) = content.end(span.start);
                        all.push(Message { key, category, value: (span, in_prose(text, marks)) });
                    }
                    return Ok(());
                }
                Event::End(_) => *depth -= 1,
                _ => {}
            }
            content.take(&event, span, &[], &[]);
            return Ok(());
        }
        let tag = match &event {
            Event::Start(tag) | Event::Empty(tag) => tag,
            Event::End(tag) => {
                aside = aside.saturating_sub(1);
                if aside == 0 && matches!(tag.local_name().as_ref(), "string-array" | "plurals") {
                    group = None;
                }
                return Ok(());
            }
            _ => return Ok(()),
        };
        let starts = matches!(event, Event::Start(_));
        let named = || attribute(tag, "name").unwrap_or_default();
        let kept = attribute(tag, "translatable").is_none_or(|value| value != "false");
        match tag.local_name().as_ref() {
            _ if aside > 0 => aside += usize::from(starts),
            "resources" => root = true,
            _ if !kept => aside = usize::from(starts),
            "string" if starts => open = Some((named(), None, Content::at(span.end), 0)),
            "string-array" | "plurals" if starts => group = Some((named(), 0)),
            "item" if starts => {
                if let Some((name, count)) = &mut group {
                    let quantity = attribute(tag, "quantity");
                    let key = if quantity.is_some() { name.clone() } else { format!("{name}.{count}") };
                    *count += 1;
                    open = Some((key, quantity, Content::at(span.end), 0));
                }
            }
            "string" => {
                let at = crate::text::Span::new(span.end, span.end);
                all.push(Message { key: named(), category: None, value: (at, Vec::new()) });
            }
            _ => {}
        }
        Ok(())
    })?;
    if !root {
        let what = message!("read-no-root", format = id!("kind-android"), what = "<resources>");
        return Err(ErrorKind::Content { line: 1, what });
    }
    Ok(Messages { all, lang: None })
}
