//! A Word document as a package of parts, of which some are written anew.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::super::xml::{attribute, events};
use super::super::{Limits, OnDisk};
use super::{fail, main, packed};
use crate::error::ErrorKind;
use quick_xml::events::Event;

/// The parts of a Word document.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// The name of the part that holds the text.
    pub main: String,
    pub(super) limits: Limits,
}

impl<'b> Package<'b> {
    /// Opens a document.
    ///
    /// # Errors
    /// When it is no Word document, or a damaged one.
    pub fn open(bytes: &'b [u8], limits: &Limits) -> Result<Package<'b>, ErrorKind> {
        let (_, (archive, main)) = main(bytes, limits)?;
        Ok(Package { archive, main, limits: *limits })
    }

    /// A part that is text; `None` when there is none of this name.
    ///
    /// # Errors
    /// When it is damaged, is no text in UTF-8, or would unpack to more than could be meant.
    pub fn part(&mut self, name: &str) -> Result<Option<OnDisk>, ErrorKind> {
        packed(&mut self.archive, name, &self.limits)?.map(OnDisk::read).transpose()
    }

    /// Whether there is a part of this name, which differs from others by more than case.
    pub fn holds(&self, name: &str) -> bool {
        self.archive.file_names().flatten().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// The name of a part that stands in the folder of the main one.
    pub fn beside(&self, name: &str) -> String {
        let folder = self.main.rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{folder}/{name}").trim_start_matches('/').to_owned()
    }

    /// The name of the part that says what belongs to the main one.
    pub fn relationships(&self) -> String {
        let name = self.main.rsplit_once('/').map_or(self.main.as_str(), |(_, name)| name);
        self.beside(&format!("_rels/{name}.rels"))
    }

    /// The name of the part that belongs to the main one as this, the last word of a type of relationship.
    ///
    /// # Errors
    /// When what says so is damaged.
    pub fn related(&mut self, kind: &str) -> Result<Option<String>, ErrorKind> {
        let Some(written) = self.part(&self.relationships())? else { return Ok(None) };
        let mut found = None;
        events(&written.text, |event, _| {
            if let Event::Start(tag) | Event::Empty(tag) = &event
                && attribute(tag, "Type").is_some_and(|name| name.rsplit('/').next() == Some(kind))
                && attribute(tag, "TargetMode").is_none_or(|mode| mode != "External")
            {
                found = found.take().or(attribute(tag, "Target"));
            }
            Ok(())
        })?;
        Ok(found.map(|target| match target.strip_prefix('/') {
            Some(whole) => whole.to_owned(),
            None => inside(&self.beside(&target)),
        }))
    }

    /// The document with some parts written anew; all others are the same, byte for byte as they are packed.
    ///
    /// # Errors
    /// When a part cannot be taken over.
    pub fn with(mut self, mut parts: BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, ErrorKind> {
        let failed = |error: &dyn std::fmt::Display| fail(&format!("cannot be packed again: {error}"));
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

/// A path without `.` and `..`.
fn inside(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}
