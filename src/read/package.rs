//! Packages: archives of named parts, as office documents and books are.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use quick_xml::events::{BytesRef, Event};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::Limits;
use super::xml::{attribute, events};
use crate::error::ErrorKind;
use crate::message::{Id, Message, message};

/// A package whose parts are read one by one; together they may hold no more than one part may.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// What it is to be, as errors call it.
    kind: Id,
    limits: Limits,
    /// How many bytes may still be unpacked.
    room: u64,
}

impl<'b> Package<'b> {
    /// Opens the archive that these bytes are, which is to be a `kind`.
    ///
    /// # Errors
    /// When they are none.
    pub(super) fn open(bytes: &'b [u8], kind: Id, limits: &Limits) -> Result<Package<'b>, ErrorKind> {
        let archive = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| no(kind, message!("read-no-archive", error = error.to_string())))?;
        Ok(Package { archive, kind, limits: *limits, room: limits.part })
    }

    /// What is wrong with it, as an error.
    pub(super) fn fail(&self, what: Message) -> ErrorKind {
        no(self.kind, what)
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Whether there is a part of this name or of one that differs by case alone, which no other may have then.
    pub(super) fn holds(&self, name: &str) -> bool {
        self.archive.file_names().flatten().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// A part as text; `None` when there is none of this name.
    ///
    /// # Errors
    /// Those of [`Package::bytes`]; and when it is no text.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, ErrorKind> {
        self.bytes(name)?.map(|bytes| Ok(super::text(&bytes)?.text)).transpose()
    }

    /// A part as it is; `None` when there is none of this name.
    ///
    /// # Errors
    /// When it is damaged, or would unpack to more than could be meant.
    pub(super) fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ErrorKind> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let kind = self.kind;
        let damaged = |error: &dyn std::fmt::Display| ErrorKind::Format {
            what: message!("read-damaged", kind = kind, name = name, error = error.to_string()),
        };
        let file = self.archive.by_index(index).map_err(|error| damaged(&error))?;
        let limit = self.limits.of_part(file.compressed_size()).min(self.room);
        let mut bytes = Vec::new();
        // what the archive says of sizes may be a lie, so what comes is counted
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error))?;
        let len = bytes.len() as u64;
        self.room = self.room.checked_sub(len).filter(|_| len <= limit).ok_or_else(|| ErrorKind::Format {
            what: message!("read-unsafe", name = name, limit = limit.to_string()),
        })?;
        Ok(Some(bytes))
    }

    /// A part that must be there.
    ///
    /// # Errors
    /// Those of [`Package::part`]; and when there is none of this name.
    pub(super) fn demand(&mut self, name: &str) -> Result<String, ErrorKind> {
        let missing = self.fail(message!("read-lacks", name = name));
        self.part(name)?.ok_or(missing)
    }

    /// What a part refers to, by the names that it uses for that.
    ///
    /// # Errors
    /// Those of [`Package::part`].
    pub(super) fn relations(&mut self, part: &str) -> Result<BTreeMap<String, Relation>, ErrorKind> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let mut relations = BTreeMap::new();
        let path = resolved("", &format!("{folder}/_rels/{name}.rels")).unwrap_or_default();
        let Some(xml) = self.part(&path)? else { return Ok(relations) };
        events(&xml, |event, _| {
            if let Event::Start(tag) | Event::Empty(tag) = &event
                && let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target"))
            {
                let target = unescaped(&target);
                let to = match attribute(tag, "TargetMode").as_deref() {
                    Some("External") => Some(To::Outside(target)),
                    _ => resolved(folder, &target).map(To::Part),
                };
                let kind = attribute(tag, "Type").unwrap_or_default();
                relations.extend(to.map(|to| (id, Relation { kind, to })));
            }
            Ok(())
        })?;
        Ok(relations)
    }

    /// The package with some parts written anew; all others are the same, byte for byte as they are packed.
    ///
    /// # Errors
    /// When a part cannot be taken over.
    pub(super) fn with(mut self, mut parts: BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, ErrorKind> {
        let failed = |error: &dyn std::fmt::Display| ErrorKind::Format {
            what: message!("read-not-packed", error = error.to_string()),
        };
        let mut written = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..self.archive.len() {
            let file = self.archive.by_index_raw(index).map_err(|error| failed(&error))?;
            // a name that cannot be read is none of ours
            let name = file.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
            match parts.remove(&name) {
                None => written.raw_copy_file(file).map_err(|error| failed(&error))?,
                Some(content) => {
                    let time = file.last_modified().unwrap_or_default();
                    let options = SimpleFileOptions::default().last_modified_time(time);
                    written.start_file(name, options).map_err(|error| failed(&error))?;
                    written.write_all(&content).map_err(|error| failed(&error))?;
                }
            }
        }
        for (name, content) in parts {
            written.start_file(name, SimpleFileOptions::default()).map_err(|error| failed(&error))?;
            written.write_all(&content).map_err(|error| failed(&error))?;
        }
        Ok(written.finish().map_err(|error| failed(&error))?.into_inner())
    }
}

fn no(kind: Id, what: Message) -> ErrorKind {
    ErrorKind::Format { what: message!("read-no-kind", kind = kind, what = what) }
}

/// What a part refers to.
#[derive(Debug, Clone)]
pub(super) struct Relation {
    /// An address that ends with what it is: `…/slide`.
    pub(super) kind: String,
    pub(super) to: To,
}

/// Where a relation leads.
#[derive(Debug, Clone)]
pub(super) enum To {
    /// To a part of the package.
    Part(String),
    /// To an address.
    Outside(String),
}

impl Relation {
    /// The part that it leads to, if it is of this kind.
    pub(super) fn part(&self, kind: &str) -> Option<&str> {
        match &self.to {
            To::Part(part) if self.kind.rsplit('/').next() == Some(kind) => Some(part),
            _ => None,
        }
    }

    /// The part that it leads to, unless it is of this kind.
    pub(super) fn part_but(&self, kind: &str) -> Option<&str> {
        match &self.to {
            To::Part(part) if self.kind.rsplit('/').next() != Some(kind) => Some(part),
            _ => None,
        }
    }

    /// The address that it leads to.
    pub(super) fn address(&self) -> Option<&str> {
        match &self.to {
            To::Outside(address) => Some(address),
            To::Part(_) => None,
        }
    }
}

/// The name of a part as it is written in a folder of the package; `None` where it leads out of that.
pub(super) fn resolved(folder: &str, target: &str) -> Option<String> {
    let (folder, target) = target.strip_prefix('/').map_or((folder, target), |absolute| ("", absolute));
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// A value of XML with its references read.
pub(super) fn unescaped(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned)
}

/// The character that an entity stands for, unless it is a control character or unknown.
pub(super) fn character(entity: &BytesRef<'_>) -> Option<char> {
    let name: &str = entity;
    let known = || quick_xml::escape::resolve_predefined_entity(name).and_then(|s| s.chars().next());
    entity.resolve_char_ref().ok().flatten().or_else(known).filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_else() {
        for (folder, target, part) in [
            ("ppt/slides", "../notes/n.xml", Some("ppt/notes/n.xml")),
            ("ppt", "/ppt/a.xml", Some("ppt/a.xml")),
            ("", "./a//b.xml", Some("a/b.xml")),
            ("ppt", "../../etc/passwd", None),
            ("", "..", None),
        ] {
            assert_eq!(resolved(folder, target).as_deref(), part, "{folder} {target}");
        }
    }
}
