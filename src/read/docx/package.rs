//! A Word document as a package: which of its parts hold what, and parts that are written anew.

use std::collections::BTreeMap;

use super::super::package::{Package, Relation};
use super::super::{Limits, OnDisk};
use crate::error::ErrorKind;
use crate::message::{id, message};

/// The parts of a Word document.
pub struct WordPackage<'b> {
    package: Package<'b>,
    /// The name of the part that holds the text.
    pub main: String,
    /// What that part refers to.
    relations: BTreeMap<String, Relation>,
    pub(super) limits: Limits,
}

impl<'b> WordPackage<'b> {
    /// Opens a document.
    ///
    /// # Errors
    /// When it is no Word document, or a damaged one.
    pub fn open(bytes: &'b [u8], limits: &Limits) -> Result<WordPackage<'b>, ErrorKind> {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            let what = message!("read-old-word");
            return Err(ErrorKind::Format { what });
        }
        let mut package = Package::open(bytes, id!("kind-word"), limits)?;
        let main = main_part(&mut package)?;
        let relations = package.relations(&main)?;
        Ok(WordPackage { package, main, relations, limits: *limits })
    }

    /// A part as text; `None` when there is none of this name.
    ///
    /// # Errors
    /// When it is damaged, is no text, or would unpack to more than could be meant.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, ErrorKind> {
        self.package.part(name)
    }

    /// A part that is text, to put something into; `None` when there is none of this name.
    ///
    /// # Errors
    /// When it is damaged, is no text in UTF-8, or would unpack to more than could be meant.
    pub fn part(&mut self, name: &str) -> Result<Option<OnDisk>, ErrorKind> {
        self.package.bytes(name)?.map(OnDisk::read).transpose()
    }

    /// What to say when the main part is not there.
    pub(super) fn missing(&self) -> ErrorKind {
        self.package.fail(message!("read-no-main-part"))
    }

    /// Whether there is a part of this name, or of one that differs by case alone.
    pub fn holds(&self, name: &str) -> bool {
        self.package.holds(name)
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

    /// What the main part refers to, by the names that it uses for that.
    pub(super) fn relations(&self) -> &BTreeMap<String, Relation> {
        &self.relations
    }

    /// What another part refers to.
    ///
    /// # Errors
    /// When what says so is damaged.
    pub(super) fn relations_of(&mut self, part: &str) -> Result<BTreeMap<String, Relation>, ErrorKind> {
        self.package.relations(part)
    }

    /// The name of the part that belongs to the main one as this, the last word of a type of relationship.
    pub fn related(&self, kind: &str) -> Option<&str> {
        self.relations.values().find_map(|relation| relation.part(kind))
    }

    /// The names of the parts that hold footnotes and endnotes, if they are there.
    pub(super) fn notes(&self) -> [String; 2] {
        ["footnotes.xml", "endnotes.xml"].map(|name| self.beside(name))
    }

    /// The names of the parts that are headers, then of those that are footers.
    pub(super) fn furniture(&self) -> Vec<String> {
        let mut furniture = Vec::new();
        for kind in ["header", "footer"] {
            let parts = self.relations.values().filter_map(|relation| relation.part(kind));
            let mut parts: Vec<String> = parts.map(str::to_owned).collect();
            // header2 before header10
            parts.sort_by_key(|part| (part.len(), part.clone()));
            furniture.extend(parts);
        }
        furniture
    }

    /// The document with some parts written anew; all others are the same, byte for byte as they are packed.
    ///
    /// # Errors
    /// When a part cannot be taken over.
    pub fn with(self, parts: BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, ErrorKind> {
        self.package.with(parts)
    }
}

/// The name of the part that holds the text.
fn main_part(package: &mut Package) -> Result<String, ErrorKind> {
    let relations = package.relations("")?;
    let named = relations.values().find_map(|relation| relation.part("officeDocument"));
    let name = named.unwrap_or("word/document.xml").to_owned();
    let other = [("xl/", id!("read-a-workbook")), ("ppt/", id!("read-a-presentation"))];
    if let Some((_, what)) = other.iter().find(|(lead, _)| name.starts_with(lead)) {
        let what = message!("read-word-but", what = *what);
        return Err(ErrorKind::Format { what });
    }
    match package.has(&name) {
        true => Ok(name),
        false => Err(package.fail(message!("read-other-archive-name"))),
    }
}
