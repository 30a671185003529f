"""Reads what `align` writes with the programs of others and compares it with `--format json` of the same alignment.

links.py LINKS.json LINKS.tmx LINKS.xliff LINKS.docx LINKS.xlsx
"""
import json
import sys

import docx
import openpyxl
from translate.storage import tmx, xliff2

links_json, in_tmx, in_xliff, in_docx, in_xlsx = sys.argv[1:]
with open(links_json, encoding="utf8") as file:
    links = json.load(file)["links"]
texts = [(link["source_text"], link["target_text"]) for link in links]


def same(path, read, written):
    if read != written:
        sys.exit(f"{path}: {len(read)} read, {len(written)} written, or their texts differ")


with open(in_tmx, "rb") as file:
    store = tmx.tmxfile(file, sourcelanguage="zh", targetlanguage="en")
same(in_tmx, [(unit.source, unit.target) for unit in store.units], [pair for pair in texts if all(pair)])

with open(in_xliff, "rb") as file:
    store = xliff2.Xliff2File.parsestring(file.read())
same(in_xliff, [(unit.source or "", unit.target or "") for unit in store.units], texts)

rows = [[cell.text for cell in row.cells] for row in docx.Document(in_docx).tables[0].rows][1:]
same(in_docx, [(row[1], row[2]) for row in rows], texts)

rows = openpyxl.load_workbook(in_xlsx).active.iter_rows(min_row=2, values_only=True)
same(in_xlsx, [(row[1] or "", row[2] or "") for row in rows], texts)

print(f"{len(links)} links")
