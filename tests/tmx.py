"""Reads `align --format tmx` with translate-toolkit and compares it with `--format json` of the same alignment.

tmx.py LINKS.tmx LINKS.json
"""
import json
import sys

from translate.storage import tmx

with open(sys.argv[1], "rb") as file:
    store = tmx.tmxfile(file, sourcelanguage="zh", targetlanguage="en")
with open(sys.argv[2], encoding="utf8") as file:
    links = [link for link in json.load(file)["links"] if link["source"] and link["target"]]

read = [(unit.source, unit.target) for unit in store.units]
written = [(link["source_text"], link["target_text"]) for link in links]
if read != written:
    sys.exit(f"{sys.argv[1]}: {len(read)} units read, {len(written)} links written, or their texts differ")
print(f"{len(read)} units")
