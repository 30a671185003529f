//! Messages of .NET: `<data name="…"><value>…</value></data>`.

use quick_xml::events::Event;

use super::{Message, Messages};
use crate::error::ErrorKind;
use crate::message::message;
use crate::read::xml::{Content, attribute, events};

/// Reads the messages of a RESX file. What has a type or is in another form is no text.
///
/// # Errors
/// When it is no XML or no RESX.
pub(in crate::read) fn read(text: &str) -> Result<Messages, ErrorKind> {
    let mut all = Vec::new();
    let (mut root, mut data) = (false, None);
    let mut open: Option<(Content, usize)> = None;
    events(text, |event, span| {
        if let Some((content, depth)) = &mut open {
            match &event {
                Event::Start(_) => *depth += 1,
                Event::End(_) if *depth == 0 => {
                    let value = open.take().map(|(content, _)| content.end(span.start));
                    if let (Some(value), Some(key)) = (value, data.take()) {
                        all.push(Message { key, category: None, value });
                    }
                    return Ok(());
                }
                Event::End(_) => *depth -= 1,
                _ => {}
            }
            content.take(&event, span, &[], &[]);
            return Ok(());
        }
        match &event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "root" => root = true,
                "data" => {
                    let name = attribute(tag, "name").unwrap_or_default();
                    let text = attribute(tag, "type").is_none() && attribute(tag, "mimetype").is_none();
                    // names with marks before them are those of the designer
                    data = Some(name)
                        .filter(|name| text && !name.starts_with(">>") && !name.starts_with("&gt;&gt;"));
                }
                "value" if data.is_some() => open = Some((Content::at(span.end), 0)),
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "value" => {
                if let Some(key) = data.take() {
                    let at = crate::text::Span::new(span.end, span.end);
                    all.push(Message { key, category: None, value: (at, Vec::new()) });
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == "data" => data = None,
            _ => {}
        }
        Ok(())
    })?;
    if !root {
        return Err(ErrorKind::Content {
            line: 1,
            what: message!("read-no-root", format = "RESX", what = "<root>"),
        });
    }
    Ok(Messages { all, lang: None })
}
