from typing import Optional

class Checked:
    def json(self) -> str: ...
    def verdict(self) -> str: ...
    def html(self) -> str: ...

def main(arguments: list[str]) -> int: ...
def check(
    source: str,
    target: Optional[str],
    format: Optional[str],
    source_lang: Optional[str],
    target_lang: Optional[str],
    lang: str,
    min_confidence: Optional[float],
    severity: dict[str, str],
    fail_on: Optional[str],
    termbase: Optional[str],
    deep: bool,
) -> Checked: ...
def align(
    source: str,
    target: Optional[str],
    format: Optional[str],
    source_lang: Optional[str],
    target_lang: Optional[str],
    unit: str,
    deep: bool,
) -> str: ...
def terms(
    source: str,
    target: Optional[str],
    format: Optional[str],
    source_lang: Optional[str],
    target_lang: Optional[str],
    reverse: bool,
    min_count: int,
) -> str: ...
