//! The comments of a Word document, and who answers whom.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::super::Limits;
use super::super::package::character;
use super::super::xml::{attribute, events};
use super::WordPackage;
use crate::error::ErrorKind;

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comment {
    /// Its number, as the text refers to it.
    pub id: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
    /// The number of the comment that it answers.
    pub answers: Option<String>,
    /// Whether it was resolved.
    pub resolved: bool,
}

/// The comments of a document, in its order; none where there are none.
///
/// # Errors
/// When the file is no Word document, or a damaged one.
pub fn comments(bytes: &[u8], limits: &Limits) -> Result<Vec<Comment>, ErrorKind> {
    let mut package = WordPackage::open(bytes, limits)?;
    let Some(part) = part(&mut package, "comments")? else { return Ok(Vec::new()) };
    let (mut comments, marks) = read(&part)?;
    let Some(extended) = self::part(&mut package, "commentsExtended")? else { return Ok(comments) };
    let extended = states(&extended)?;
    let by_mark: BTreeMap<&str, usize> =
        marks.iter().enumerate().map(|(index, mark)| (mark.as_str(), index)).collect();
    let ids: Vec<String> = comments.iter().map(|comment| comment.id.clone()).collect();
    for (mark, State { parent, done }) in &extended {
        let Some(comment) = by_mark.get(mark.as_str()).and_then(|&index| comments.get_mut(index)) else {
            continue;
        };
        comment.resolved = *done;
        let parent = parent.as_deref().and_then(|parent| by_mark.get(parent));
        comment.answers = parent.and_then(|&index| ids.get(index)).cloned();
    }
    Ok(comments)
}

fn part(package: &mut WordPackage, kind: &str) -> Result<Option<String>, ErrorKind> {
    let Some(name) = package.related(kind).map(str::to_owned) else { return Ok(None) };
    package.text(&name)
}

/// The comments of their part, and the mark of each, which is that of its last paragraph.
fn read(xml: &str) -> Result<(Vec<Comment>, Vec<String>), ErrorKind> {
    let (mut comments, mut marks) = (Vec::<Comment>::new(), Vec::<String>::new());
    let mut text = false;
    events(xml, |event, _| {
        match &event {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "comment" => {
                    let id = attribute(tag, "id").unwrap_or_default();
                    comments.push(Comment { id, ..Comment::default() });
                    marks.push(String::new());
                }
                "p" => {
                    if let (Some(comment), Some(mark)) = (comments.last_mut(), marks.last_mut()) {
                        comment.paragraphs.push(String::new());
                        *mark = attribute(tag, "paraId").unwrap_or_default();
                    }
                }
                "t" => text = matches!(event, Event::Start(_)),
                "tab" | "br" | "cr" => push(&mut comments, " "),
                _ => {}
            },
            Event::End(tag) if tag.local_name().as_ref() == "t" => text = false,
            Event::Text(words) if text => push(&mut comments, words),
            Event::GeneralRef(entity) if text => {
                if let Some(character) = character(entity) {
                    push(&mut comments, character.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok((comments, marks))
}

fn push(comments: &mut [Comment], words: &str) {
    if let Some(paragraph) = comments.last_mut().and_then(|comment| comment.paragraphs.last_mut()) {
        paragraph.push_str(words);
    }
}

struct State {
    parent: Option<String>,
    done: bool,
}

/// What became of the comments, by their marks.
fn states(xml: &str) -> Result<Vec<(String, State)>, ErrorKind> {
    let mut states = Vec::new();
    events(xml, |event, _| {
        if let Event::Start(tag) | Event::Empty(tag) = &event
            && tag.local_name().as_ref() == "commentEx"
            && let Some(mark) = attribute(tag, "paraId")
        {
            let done =
                attribute(tag, "done").is_some_and(|done| matches!(done.as_str(), "1" | "true" | "on"));
            states.push((mark, State { parent: attribute(tag, "paraIdParent"), done }));
        }
        Ok(())
    })?;
    Ok(states)
}
