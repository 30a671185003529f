#!/usr/bin/env python3
"""Makes a folder of pairs to measure with: copies of real pairs with other numbers in them, so that no two are alike.

    benches/folder.py OUT PAIRS CORPUS

writes OUT/zh/*.md and OUT/en/*.md from every folder below CORPUS that has a zh.md and an en.md; the same call writes
the same bytes.
"""

import pathlib
import re
import sys


def main():
    out, count, corpus = pathlib.Path(sys.argv[1]), int(sys.argv[2]), pathlib.Path(sys.argv[3])
    found = sorted(zh.parent for zh in corpus.rglob("zh.md") if (zh.parent / "en.md").exists())
    for side in ("zh", "en"):
        (out / side).mkdir(parents=True, exist_ok=True)
    size = 0
    for at in range(count):
        folder, copy = found[at % len(found)], at // len(found)
        for side in ("zh", "en"):
            text = (folder / f"{side}.md").read_text(encoding="utf-8")
            # the same digits change on both sides; a leading digit stays, so that dates and versions stay what they are
            text = re.sub(r"(?<=\d)\d", lambda digit: str((int(digit[0]) + copy) % 10), text)
            text = f"{text}\n\nCopy {at}.\n" if side == "en" else f"{text}\n\n副本 {at}。\n"
            data = text.encode()
            size += len(data)
            (out / side / f"{at:05}.md").write_bytes(data)
    print(f"{count} pairs of {len(found)}, {size / 1e6:.1f} MB")


main()
