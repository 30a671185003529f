//! The table as a Word document.

use std::fmt::Write as _;
use std::io::{self, Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Cell, Column, Table};
use crate::report::xml::escape;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>
"#;
const PARTS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>
"#;
const PARTS_OF_TEXT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>
"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Microsoft YaHei"/><w:sz w:val="19"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>
"#;
const MARKED: &str =
    r#"<w:b/><w:color w:val="B3261E"/><w:shd w:val="clear" w:color="auto" w:fill="FDE7E5"/>"#;
const BOLD: &str = "<w:b/>";
/// A column for programs: as small as can be, and pale. Word cannot hide one.
const PALE: &str = r#"<w:color w:val="AAAAAA"/><w:sz w:val="8"/>"#;
/// The width between the margins of a sheet of A4 on its side, in twentieths of a point.
const PAGE: u32 = 15398;

impl Table<'_> {
    /// Writes it as a Word document: the title, then the table, whose head repeats on every sheet.
    ///
    /// # Errors
    /// Those of `out` and of the rows.
    pub(in crate::report) fn docx(self, out: &mut dyn Write) -> io::Result<()> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let begin = |archive: &mut ZipWriter<_>, name: &str| {
            archive.start_file(name, SimpleFileOptions::default()).map_err(io::Error::other)
        };
        for (name, content) in [("[Content_Types].xml", TYPES), ("_rels/.rels", PARTS)] {
            begin(&mut archive, name)?;
            archive.write_all(content.as_bytes())?;
        }
        begin(&mut archive, "word/document.xml")?;
        self.body(&mut archive)?;
        for (name, content) in [("word/_rels/document.xml.rels", PARTS_OF_TEXT), ("word/styles.xml", STYLES)]
        {
            begin(&mut archive, name)?;
            archive.write_all(content.as_bytes())?;
        }
        out.write_all(archive.finish().map_err(io::Error::other)?.get_ref())
    }

    fn body(self, out: &mut dyn Write) -> io::Result<()> {
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>",
        );
        xml.push_str("<w:p>");
        run(&mut xml, &self.title, BOLD);
        xml.push_str("</w:p><w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>");
        for edge in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            // writing to a string cannot fail
            let _ = write!(xml, r#"<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="BBBBBB"/>"#);
        }
        xml.push_str("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
        let total: u32 = self.columns.iter().map(|column| u32::from(column.width)).sum();
        for column in &self.columns {
            let width = PAGE * u32::from(column.width) / total.max(1);
            let _ = write!(xml, r#"<w:gridCol w:w="{width}"/>"#);
        }
        xml.push_str("</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>");
        for column in &self.columns {
            xml.push_str("<w:tc><w:p>");
            run(&mut xml, &column.head, if column.hidden { PALE } else { BOLD });
            xml.push_str("</w:p></w:tc>");
        }
        xml.push_str("</w:tr>");
        for row in self.rows {
            out.write_all(xml.as_bytes())?;
            xml.clear();
            xml.push_str("<w:tr>");
            for (column, cell) in self.columns.iter().zip(&row?) {
                xml.push_str("<w:tc><w:p>");
                self::cell(&mut xml, column, cell);
                xml.push_str("</w:p></w:tc>");
            }
            xml.push_str("</w:tr>\n");
        }
        // Word wants a paragraph behind a table
        xml.push_str("</w:tbl><w:p/><w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"720\" w:right=\"720\" w:bottom=\"720\" w:left=\"720\" w:header=\"360\" w:footer=\"360\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>\n");
        out.write_all(xml.as_bytes())
    }
}

fn cell(xml: &mut String, column: &Column, cell: &Cell) {
    match cell {
        Cell::Number(number) => run(xml, &number.to_string(), ""),
        Cell::Text(runs) => {
            for one in runs {
                let look = match (one.marked, column.hidden) {
                    (true, _) => MARKED,
                    (false, true) => PALE,
                    (false, false) => "",
                };
                run(xml, &one.text, look);
            }
        }
    }
}

/// Writes words with the properties of their look, in the order that the schema wants.
fn run(xml: &mut String, text: &str, look: &str) {
    for (index, line) in text.lines().enumerate() {
        let rest = if index > 0 { "<w:br/>" } else { "" };
        let _ = write!(
            xml,
            r#"<w:r><w:rPr>{look}</w:rPr>{rest}<w:t xml:space="preserve">{}</w:t></w:r>"#,
            escape(line)
        );
    }
}
