"""duizhao (对照) checks a translation against its original.

The two versions are texts (``str``), or files, named by ``pathlib.Path`` or any other path that is not a string. One
file that holds both versions is named alone. What comes back is plain data, the same as the command line writes as
JSON.

>>> import duizhao
>>> report = duizhao.check("2021年，镇上修了一座新桥。", "In 2012 the town built a new bridge.")
>>> [(finding["check"], finding["target"]["text"]) for finding in report["findings"]]
[('date-mismatch', '2012')]
>>> report["verdict"]
'fail'
"""

from __future__ import annotations

import html as _html
import json as _json
import os as _os
import signal as _signal
import sys as _sys
from typing import Any, Literal, Mapping, Optional, TypedDict, Union

from . import _duizhao

__all__ = ["Finding", "Link", "Report", "Term", "align", "check", "main", "terms"]

Version = Union[str, "_os.PathLike[str]"]
Severity = Literal["critical", "major", "minor"]


class _LineAndColumn(TypedDict):
    line: int
    column: int


class Position(_LineAndColumn, total=False):
    """A place in a file: line and column, both from 1; columns count Unicode scalar values. ``run`` is there in Word
    documents, ``part`` in files that have slides, pages or cells."""

    run: int
    part: str


class Place(TypedDict):
    """A stretch of a text; ``end`` is exclusive."""

    start: Position
    end: Position
    text: str


class Evidence(Place):
    """What a finding is based on."""

    side: Literal["source", "target"]
    note: str


class Finding(TypedDict):
    """A fault of the translation."""

    check: str
    category: str
    severity: Severity
    confidence: float
    message: str
    fingerprint: str
    status: str
    source: Optional[Place]
    target: Optional[Place]
    evidence: list[Evidence]


class Link(TypedDict):
    """Units that correspond, by their numbers from 0, with their texts."""

    source: list[int]
    target: list[int]
    score: float
    moved: bool
    source_text: str
    target_text: str


class Rendering(TypedDict):
    """What stands for a term, how often, and whether it stands out against a commoner one."""

    text: str
    count: int
    odd: bool


class Term(TypedDict):
    """A term with what stands for it."""

    term: str
    count: int
    renderings: list[Rendering]


class Report(dict[str, Any]):
    """A checked pair: a dictionary with ``source``, ``target``, ``alignment``, ``findings`` and ``verdict``.

    A notebook shows it as the page that ``duizhao check --format html`` writes.
    """

    def __init__(self, checked: _duizhao.Checked) -> None:
        super().__init__(_json.loads(checked.json()), verdict=checked.verdict())
        self._checked = checked

    @property
    def findings(self) -> list[Finding]:
        """The findings, in the order of the text."""
        found: list[Finding] = self["findings"]
        return found

    def html(self) -> str:
        """The page, which needs nothing but itself."""
        return self._checked.html()

    def _repr_html_(self) -> str:
        page = _html.escape(self.html(), quote=True)
        # without allow-same-origin the page cannot reach the notebook
        return f'<iframe sandbox="allow-scripts" srcdoc="{page}" style="width:100%;height:40rem;border:0"></iframe>'

    def __reduce__(self) -> tuple[Any, ...]:
        return (dict, (dict(self),))


def _versions(source: Version, target: Optional[Version], format: str) -> tuple[str, Optional[str], Optional[str]]:
    if isinstance(source, str) and isinstance(target, str):
        return source, target, format
    if isinstance(source, str) or isinstance(target, str):
        raise TypeError("give two texts (str), or files by their paths (pathlib.Path)")
    return _os.fspath(source), None if target is None else _os.fspath(target), None


def check(
    source: Version,
    target: Optional[Version] = None,
    *,
    format: str = "md",
    source_lang: Optional[str] = None,
    target_lang: Optional[str] = None,
    lang: Literal["en", "zh"] = "en",
    min_confidence: Optional[float] = None,
    severity: Optional[Mapping[str, str]] = None,
    fail_on: Optional[Literal["critical", "major", "minor", "never"]] = None,
    termbase: Optional["_os.PathLike[str]"] = None,
    deep: bool = False,
) -> Report:
    """Checks a translation against its original.

    ``format`` says how texts are marked up, by the ending of such files: ``txt``, ``md``, ``html`` and so on.
    ``severity`` changes how grave the findings of checks are, such as ``{"number-mismatch": "off"}``; findings less
    likely to be right than ``min_confidence`` (from 0 to 1, else 0.5) are left out; those from ``fail_on`` on (else
    ``major``) make the verdict ``fail``. With ``deep`` a sentence encoder is asked, too, what words mean in their
    sentence (Chinese and English): slower, and finds more. Settings files are not looked for.

    Raises ``ValueError`` when a file cannot be read or a setting cannot be meant.
    """
    term_path = None if termbase is None else _os.fspath(termbase)
    made = _duizhao.check(
        *_versions(source, target, format),
        source_lang,
        target_lang,
        lang,
        min_confidence,
        dict(severity or {}),
        fail_on,
        term_path,
        deep,
    )
    return Report(made)


def align(
    source: Version,
    target: Optional[Version] = None,
    *,
    unit: Literal["block", "sentence"] = "sentence",
    format: str = "md",
    source_lang: Optional[str] = None,
    target_lang: Optional[str] = None,
    deep: bool = False,
) -> list[Link]:
    """Links the blocks or sentences of two versions; one side of a link is empty where nothing corresponds.

    With ``deep`` a sentence encoder is asked, too, what the sentences mean.
    """
    made = _duizhao.align(*_versions(source, target, format), source_lang, target_lang, unit, deep)
    links: list[Link] = _json.loads(made)["links"]
    return links


def terms(
    source: Version,
    target: Optional[Version] = None,
    *,
    reverse: bool = False,
    min_count: int = 2,
    format: str = "md",
    source_lang: Optional[str] = None,
    target_lang: Optional[str] = None,
) -> list[Term]:
    """Lists the terms of the original (of the translation, if ``reverse``) with what stands for them."""
    made = _duizhao.terms(*_versions(source, target, format), source_lang, target_lang, reverse, min_count)
    found: list[Term] = _json.loads(made)["terms"]
    return found


def main() -> None:
    """Runs the program ``duizhao`` with the arguments of the process, and ends with its exit code."""
    # the program is interrupted as every other one is, and not when Python has its turn again
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)
    _sys.exit(_duizhao.main(_sys.argv))
