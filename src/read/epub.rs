//! Books in EPUB to a text: the pages in their reading order, each as it stands in the file.

use quick_xml::events::Event;

use super::package::{Package, resolved, unescaped};
use super::pieces::moved;
use super::xml::{attribute, events};
use super::{Format, Limits, Unpacked, html, remarks};
use crate::error::ErrorKind;
use crate::message::{id, message};

/// The text of a book and its blocks: the pages of its spine, notes that stand apart included. What only leads
/// through the book is left out, unless readers see it as a page.
///
/// # Errors
/// When the file is no EPUB, is damaged or protected, or would unpack to more than could be meant.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Unpacked, ErrorKind> {
    let mut package = Package::open(bytes, id!("kind-epub"), limits)?;
    let book = book(&mut package)?;
    let (mut text, mut blocks, mut parts) = (String::new(), Vec::new(), Vec::new());
    for page in pages(&mut package, &book)? {
        let xhtml = package.demand(&page)?;
        if xhtml.contains('\0') || !xhtml.contains('<') {
            return Err(package.fail(message!("read-no-page", page = page)));
        }
        let start = text.len();
        // what stands in the head is the name of the file more often than a title
        let body = ["<body", "<BODY"].into_iter().find_map(|tag| xhtml.find(tag)).unwrap_or(0);
        let found = remarks::blocks(&xhtml, Format::Html, html::blocks);
        blocks.extend(
            found.into_iter().filter(|block| block.span.start >= body).map(|block| moved(block, start)),
        );
        parts.push((start, page));
        text.push_str(&xhtml);
        if !text.ends_with('\n') {
            text.push('\n');
        }
    }
    Ok(Unpacked { text, blocks, parts, ..Unpacked::default() })
}

/// The part that says what the book is made of.
fn book(package: &mut Package) -> Result<String, ErrorKind> {
    let container = package.demand("META-INF/container.xml")?;
    let mut book = None;
    events(&container, |event, _| {
        if let Event::Start(tag) | Event::Empty(tag) = &event
            && tag.local_name().as_ref() == "rootfile"
            && book.is_none()
        {
            book = attribute(tag, "full-path").and_then(|path| resolved("", &unescaped(&path)));
        }
        Ok(())
    })?;
    book.ok_or_else(|| package.fail(message!("read-no-book")))
}

/// The parts that hold the pages, in reading order, each once.
fn pages(package: &mut Package, book: &str) -> Result<Vec<String>, ErrorKind> {
    let opf = package.demand(book)?;
    let folder = book.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut items = std::collections::BTreeMap::new();
    let mut spine = Vec::new();
    events(&opf, |event, _| {
        let (Event::Start(tag) | Event::Empty(tag)) = &event else { return Ok(()) };
        match tag.local_name().as_ref() {
            "item" => {
                let page = attribute(tag, "media-type").is_none_or(|kind| kind.contains("html"));
                if let (Some(id), Some(href)) = (attribute(tag, "id"), attribute(tag, "href")) {
                    let href = unescaped(&href);
                    let path = percent_encoding::percent_decode_str(&href).decode_utf8_lossy();
                    let path = resolved(folder, path.split('#').next().unwrap_or_default());
                    items.extend(path.filter(|_| page).map(|path| (id, path)));
                }
            }
            "itemref" => spine.extend(attribute(tag, "idref")),
            _ => {}
        }
        Ok(())
    })?;
    let mut pages: Vec<String> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for id in spine {
        let page = items.get(&id).filter(|page| seen.insert((*page).clone()));
        pages.extend(page.cloned());
    }
    if pages.is_empty() { Err(package.fail(message!("read-no-pages"))) } else { Ok(pages) }
}
