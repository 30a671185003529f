//! What words must mean: the user's norm, read from CSV or TBX.

use std::path::Path;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::{Error, ErrorKind};
use crate::files;
use crate::message::{Message, id, message};
use crate::text::Lang;

/// The terms of one pair of languages. Copies share them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Termbase {
    /// In the order of the file.
    pub entries: Arc<[Entry]>,
}

/// What is demanded of one term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The term of the original; empty where renderings are forbidden whatever they stand for.
    pub source: String,
    /// Its renderings; none for [`Status::Keep`]. The synonyms of a concept share them.
    pub targets: Arc<[String]>,
    /// What is to become of them.
    pub status: Status,
    /// Whether capitals count in the renderings.
    pub case: bool,
    /// What the writer of the termbase says of it.
    pub note: Arc<str>,
    /// Its line in the file, from 1.
    pub line: usize,
}

/// What a termbase says of renderings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One of them must stand where the term stands.
    Required,
    /// None of them may stand there.
    Forbidden,
    /// The term must stand in the translation as it is.
    Keep,
}

impl Status {
    const ALL: [(&'static str, Status); 3] =
        [("required", Status::Required), ("forbidden", Status::Forbidden), ("keep", Status::Keep)];
}

/// Reads a termbase for these languages: TBX if the name ends in `.tbx` or `.xml`, else CSV.
///
/// CSV has a header line that names the columns in any order: `source` and `target` or the tags of the languages,
/// and, where they are wanted, `status`, `case` and `note`. Of TBX, old or new, the terms of both languages of a
/// concept are read; deprecated ones are forbidden, the others required.
///
/// # Errors
/// When the file cannot be read or is in none of these forms: with the line, and what to write instead.
pub fn file(path: &Path, source: Lang, target: Lang) -> Result<Termbase, Error> {
    let bytes = files::content(path, LARGEST, id!("remedy-split"))?;
    let tbx = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("tbx") || end == "xml");
    let read = if tbx { self::tbx(&bytes, source, target) } else { csv(&bytes, source, target) };
    read.map_err(|kind| Error::new(path, kind))
}

/// The largest termbase that is read, in bytes.
const LARGEST: u64 = 64 << 20;
/// The most pairs of a term and a rendering: what is looked for takes some 200 bytes for each.
const MOST: usize = 1_000_000;

fn fault(line: usize, what: Message) -> ErrorKind {
    ErrorKind::Termbase { line, what }
}

fn utf8(bytes: &[u8]) -> Result<&str, ErrorKind> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = Lines::new(bytes).at(error.valid_up_to());
        fault(line, message!("termbase-no-utf-8"))
    })?;
    if let Some(at) = text.find('\0') {
        return Err(fault(Lines::new(bytes).at(at), message!("termbase-nul")));
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The lines of a text on which places are, asked for from the front to the back.
struct Lines<'t> {
    bytes: &'t [u8],
    at: usize,
    line: usize,
}

impl<'t> Lines<'t> {
    fn new(bytes: &'t [u8]) -> Lines<'t> {
        Lines { bytes, at: 0, line: 1 }
    }

    /// The line, from 1, of a byte, which must not lie before the one that was asked for last.
    fn at(&mut self, byte: usize) -> usize {
        let byte = byte.min(self.bytes.len());
        let between = self.bytes.get(self.at..byte).unwrap_or_default();
        self.line += between.iter().filter(|&&byte| byte == b'\n').count();
        self.at = self.at.max(byte);
        self.line
    }

    /// The line of a record, which may be said to begin at the empty lines before it.
    fn of_record(&mut self, byte: u64) -> usize {
        let at = offset(byte).min(self.bytes.len());
        let empty = self.bytes[at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.at(at + empty)
    }
}

fn offset(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

/// Entries as they are gathered.
#[derive(Default)]
struct Entries {
    all: Vec<Entry>,
    pairs: usize,
}

impl Entries {
    fn add(&mut self, entry: Entry) -> Result<(), ErrorKind> {
        self.pairs += entry.targets.len().max(1);
        if self.pairs > MOST {
            let what = message!("termbase-too-many", most = MOST.to_string());
            return Err(fault(entry.line, what));
        }
        self.all.push(entry);
        Ok(())
    }

    fn termbase(self) -> Termbase {
        Termbase { entries: self.all.into() }
    }
}

/// Reads CSV, as [`file()`] describes it.
///
/// # Errors
/// Those of [`file()`], but for its path.
pub fn csv(bytes: &[u8], source: Lang, target: Lang) -> Result<Termbase, ErrorKind> {
    let text = utf8(bytes)?;
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let broken = |error: csv::Error| {
        let line = error.position().map_or(1, |position| position.line() as usize);
        fault(line, message!("termbase-no-csv"))
    };
    let header = reader.headers().map_err(broken)?.clone();
    let column = |names: &[&str]| {
        header.iter().position(|name| names.iter().any(|wanted| name.eq_ignore_ascii_case(wanted)))
    };
    let columns = (column(&["source", source.as_str()]), column(&["target", target.as_str()]));
    let (Some(from), Some(to)) = columns else {
        let missing = if columns.0.is_none() { "source" } else { "target" };
        let what = message!("termbase-no-column", column = missing);
        return Err(fault(1, what));
    };
    let (status, case, note) = (column(&["status"]), column(&["case"]), column(&["note"]));
    let (mut entries, mut lines) = (Entries::default(), Lines::new(text.as_bytes()));
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(1, |position| lines.of_record(position.byte()));
        let field = |column: Option<usize>| column.and_then(|at| record.get(at)).unwrap_or("");
        if record.iter().all(str::is_empty) {
            continue;
        }
        if record.len() > header.len() {
            let what = message!(
                "termbase-fields",
                found = record.len().to_string(),
                wanted = header.len().to_string()
            );
            return Err(fault(line, what));
        }
        let status = match field(status) {
            "" => Status::Required,
            written => named(written, &Status::ALL)
                .ok_or_else(|| unknown(line, "status", written, &Status::ALL.map(|(name, _)| name)))?,
        };
        const CASES: [(&str, bool); 7] = [
            ("", false),
            ("no", false),
            ("false", false),
            ("0", false),
            ("yes", true),
            ("true", true),
            ("1", true),
        ];
        let case =
            named(field(case), &CASES).ok_or_else(|| unknown(line, "case", field(case), &["yes", "no"]))?;
        let targets: Arc<[String]> = field(Some(to))
            .split('|')
            .map(|one| one.trim().to_owned())
            .filter(|one| !one.is_empty())
            .collect();
        let entry = Entry {
            source: field(Some(from)).to_owned(),
            targets,
            status,
            case,
            note: field(note).into(),
            line,
        };
        entries.add(sound(entry)?)?;
    }
    Ok(entries.termbase())
}

fn named<T: Copy>(written: &str, names: &[(&str, T)]) -> Option<T> {
    names.iter().find(|(name, _)| written.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
}

fn unknown(line: usize, what: &str, written: &str, names: &[&str]) -> ErrorKind {
    let names = names.join(" or ");
    fault(line, message!("termbase-unknown", written = written, what = what, names = names))
}

/// The entry, if something can be checked by it.
fn sound(entry: Entry) -> Result<Entry, ErrorKind> {
    let what = match entry.status {
        Status::Required | Status::Keep if entry.source.is_empty() => id!("termbase-no-term"),
        Status::Required if entry.targets.is_empty() => id!("termbase-no-rendering"),
        Status::Forbidden if entry.targets.is_empty() => id!("termbase-no-forbidden"),
        Status::Keep if entry.targets.iter().any(|target| *target != entry.source) => {
            id!("termbase-kept")
        }
        _ => return Ok(entry),
    };
    Err(fault(entry.line, what.into()))
}

/// Reads TBX, as [`file()`] describes it.
///
/// # Errors
/// Those of [`file()`], but for its path.
pub fn tbx(bytes: &[u8], source: Lang, target: Lang) -> Result<Termbase, ErrorKind> {
    let text = utf8(bytes)?;
    let mut lines = Lines::new(text.as_bytes());
    let mut reader = Reader::from_str(text);
    let mut entries = Entries::default();
    let mut concept: Vec<TbxTerm> = Vec::new();
    let (mut lang, mut line, mut root) = (None, 1, false);
    // what the text that comes next is: a term, its status, a note
    let mut field = Field::None;
    let mut open = 0usize;
    loop {
        let start = offset(reader.buffer_position());
        let event = reader.read_event().map_err(|error| {
            let line = lines.at(offset(reader.error_position()));
            fault(line, message!("read-not-as", format = "XML", what = error.to_string()))
        })?;
        match &event {
            Event::Start(_) => open += 1,
            Event::End(_) => open = open.saturating_sub(1),
            Event::Eof if open > 0 => {
                return Err(fault(lines.at(start), message!("termbase-ends")));
            }
            _ => {}
        }
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "tbx" | "martif" => root = true,
                "conceptEntry" | "termEntry" => line = lines.at(start),
                "langSec" | "langSet" => lang = attribute(&tag, "lang").and_then(|tag| Lang::parse(&tag)),
                "term" => {
                    concept.push(TbxTerm { lang, ..TbxTerm::default() });
                    field = Field::Term;
                }
                "termNote" if attribute(&tag, "type").as_deref() == Some("administrativeStatus") => {
                    field = Field::Status;
                }
                "administrativeStatus" => field = Field::Status,
                "note" => field = Field::Note,
                _ => {}
            },
            Event::Text(words) => {
                if let Some(term) = concept.last_mut() {
                    field.add(term, &words);
                }
            }
            Event::CData(words) => {
                if let Some(term) = concept.last_mut() {
                    field.add(term, &words);
                }
            }
            Event::GeneralRef(entity) => {
                let name: &str = &entity;
                let character = match entity.resolve_char_ref() {
                    Ok(Some(character)) => Some(character.to_string()),
                    _ => quick_xml::escape::resolve_predefined_entity(name).map(str::to_owned),
                };
                if let (Some(term), Some(character)) = (concept.last_mut(), character) {
                    field.add(term, &character);
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "conceptEntry" | "termEntry" => {
                    for entry in entries_of(&std::mem::take(&mut concept), source, target, line) {
                        entries.add(entry)?;
                    }
                }
                "term" | "termNote" | "administrativeStatus" | "note" => field = Field::None,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    if !root {
        return Err(fault(1, message!("termbase-no-tbx")));
    }
    Ok(entries.termbase())
}

#[derive(Debug, Default)]
struct TbxTerm {
    lang: Option<Lang>,
    text: String,
    status: String,
    note: String,
}

#[derive(Clone, Copy)]
enum Field {
    None,
    Term,
    Status,
    Note,
}

impl Field {
    fn add(self, term: &mut TbxTerm, words: &str) {
        match self {
            Field::None => {}
            Field::Term => term.text.push_str(words),
            Field::Status => term.status.push_str(words),
            Field::Note => term.note.push_str(words),
        }
    }
}

fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut attributes = tag.attributes().flatten();
    let found = attributes.find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

/// For each term of the source: the target terms that are required, and those that are forbidden.
fn entries_of(concept: &[TbxTerm], source: Lang, target: Lang, line: usize) -> Vec<Entry> {
    let of = |lang: Lang| {
        concept.iter().filter(move |term| term.lang == Some(lang) && !term.text.trim().is_empty())
    };
    let texts = |forbidden: bool| -> Arc<[String]> {
        let terms = of(target).filter(|term| term.status.contains("deprecated") == forbidden);
        terms.map(|term| term.text.trim().to_owned()).collect()
    };
    let notes: Vec<&str> = of(target).map(|term| term.note.trim()).filter(|note| !note.is_empty()).collect();
    let note: Arc<str> = notes.join("; ").into();
    let demands = [(Status::Required, texts(false)), (Status::Forbidden, texts(true))];
    let demands: Vec<_> = demands.into_iter().filter(|(_, targets)| !targets.is_empty()).collect();
    of(source)
        .flat_map(|term| {
            let (source, note, demands) = (term.text.trim(), &note, &demands);
            demands.iter().map(move |(status, targets)| Entry {
                source: source.to_owned(),
                targets: Arc::clone(targets),
                status: *status,
                case: false,
                note: Arc::clone(note),
                line,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Termbase, String> {
        csv(text.as_bytes(), Lang::ZH, Lang::EN).map_err(|error| error.to_string())
    }

    #[test]
    fn csv_is_read_by_its_header() {
        let termbase = read("\u{feff}status,zh,en,case\n\n,网络设施,cyber infrastructure | cyber facilities,\nkeep,GitHub,,\nForbidden,,web,yes\n").expect("sound");
        let brief: Vec<_> = termbase
            .entries
            .iter()
            .map(|entry| (entry.line, entry.status, entry.targets.len(), entry.case))
            .collect();
        assert_eq!(
            brief,
            [(3, Status::Required, 2, false), (4, Status::Keep, 0, false), (5, Status::Forbidden, 1, true)]
        );
    }

    #[test]
    fn faults_of_csv_name_the_line_and_the_way_out() {
        for (text, wanted) in [
            ("", "line 1: no column `source`"),
            ("source,status\n", "line 1: no column `target`"),
            (
                "source,target,status\n甲,a,\n乙,b,requierd\n",
                "line 3: `requierd` is no status; write required or",
            ),
            ("source,target\n甲,\n", "line 2: the rendering is missing"),
            ("source,target\n,a\n", "line 2: the term of the original is missing"),
            ("source,target\n甲,a,b\n", "line 2: 3 fields under 2 columns"),
            ("source,target,case\n甲,a,perhaps\n", "line 2: `perhaps` is no case; write yes or no"),
        ] {
            let said = read(text).expect_err(text);
            assert!(said.contains(wanted), "{said}");
        }
        assert!(
            csv(b"source,target\n\xff,a\n", Lang::ZH, Lang::EN)
                .expect_err("bytes")
                .to_string()
                .contains("line 2")
        );
    }

    #[test]
    fn tbx_is_read_in_both_versions() {
        let old = r#"<martif type="TBX"><text><body><termEntry id="1">
            <langSet xml:lang="en"><tig><term>R&amp;D centre</term></tig>
            <tig><term>lab</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
            <langSet xml:lang="zh-CN"><tig><term>研发中心</term></tig></langSet></termEntry></body></text></martif>"#;
        let new = old
            .replace("martif", "tbx")
            .replace("termEntry", "conceptEntry")
            .replace("langSet", "langSec")
            .replace("tig", "termSec");
        for text in [old, &new] {
            let termbase = tbx(text.as_bytes(), Lang::ZH, Lang::EN).expect("sound");
            let brief: Vec<_> =
                termbase.entries.iter().map(|entry| (entry.status, entry.targets[0].as_str())).collect();
            assert_eq!(brief, [(Status::Required, "R&D centre"), (Status::Forbidden, "lab")]);
        }
        assert!(tbx(b"<a>\n<b></a>", Lang::ZH, Lang::EN).expect_err("broken").to_string().contains("line 2"));
        assert!(tbx(b"source,target", Lang::ZH, Lang::EN).is_err());
    }
}
