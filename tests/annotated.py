"""Reads documents that were given back with comments or notes with the programs of others: python-docx reads Word
documents, LibreOffice writes them anew, and the Translate Toolkit reads XLIFF and PO.

annotated.py BEFORE AFTER NOTES

NOTES is how many findings the document was to be given back with. Everything else must be as it was.
"""
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile
from pathlib import Path

before, after, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])


def same(what, one, other):
    if one != other:
        sys.exit(f"{after}: {what}: {one!r} became {other!r}")


def word():
    import docx

    def text(path):
        document = docx.Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return [paragraph.text for paragraph in document.paragraphs] + cells

    def ours(path):
        return [comment for comment in docx.Document(str(path)).comments if comment.author == "duizhao"]

    same("text", text(before), text(after))
    same("comments", count, len(ours(after)))
    known = len(list(docx.Document(str(before)).comments))
    same("all comments", known + count, len(list(docx.Document(str(after)).comments)))
    old, new = zipfile.ZipFile(before), zipfile.ZipFile(after)
    for name in old.namelist():
        if not name.endswith(("document.xml", "comments.xml", "document.xml.rels", "[Content_Types].xml")):
            same(name, old.read(name), new.read(name))
    office = shutil.which("soffice")
    if not office:
        print("soffice is not installed: not opened in LibreOffice")
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [office, f"-env:UserInstallation=file://{folder}/user", "--headless"]
        subprocess.run(
            [*command, "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(after)],
            check=True, capture_output=True, timeout=180,
        )
        again = Path(folder, after.name)
        same("comments in LibreOffice", count, len(ours(again)))
        # of a comment in a content control LibreOffice 7.4 loses the first paragraph
        known_by = lambda path: sorted(comment.text.split("\n")[-1] for comment in ours(path))
        same("what they are known by", known_by(after), known_by(again))


def catalogue():
    from translate.storage import factory, xliff2

    def store(path):
        second = 'version="2' in path.read_text(encoding="utf8")[:400]
        return xliff2.Xliff2File.parsefile(str(path)) if second else factory.getobject(str(path))

    def units(path):
        return [(str(unit.source), str(unit.target)) for unit in store(path).units]

    def notes(path):
        if path.suffix == ".xlf":
            # the toolkit looks for notes of version 2 in segments, where the standard has none
            elements = xml.parse(path).iter()
            return [note.text for note in elements if note.tag.endswith("}note")]
        return [note for unit in store(path).units for note in [unit.getnotes()] if note]

    same("units", units(before), units(after))
    told = "\n".join(notes(after))
    if told.count(" (major): ") + told.count(" (critical): ") + told.count(" (minor): ") != count:
        sys.exit(f"{after}: {count} findings, and the notes are {told!r}")


word() if after.suffix == ".docx" else catalogue()
print(f"{after}: {count} notes")
