"""ICD-10-CM codes in texts, checked against the packaged table of the fiscal year."""

import lzma
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from studyapp.banks import texts
from studyapp.banks.problems import Rule
from studyapp.banks.structure import Finding
from studyapp.core.errors import StudyAppError
from studyapp.domain.item import AnyItem, ChoiceItem, Item
from studyapp.domain.note import AnyNote

# Only codes with a point are looked at: T12 may be a vertebra, B12 a vitamin and L07 a topic.
_CODE = re.compile(r"\b[A-TV-Z]\d[0-9AB]\.[0-9A-Z]{1,4}\b(?!-)")
_SAID_WRONG = re.compile(
    r"\b(?:invalid|not (?:a |an )?(?:valid|real|complete|existing|billable)|no such|does not exist|do not exist|"
    r"incomplete|missing|lacks?|needs? (?:a |more )|placeholder|too (?:short|few|long)|characters?)\b",
    re.IGNORECASE,
)
_ABOUT_BILLABLE = re.compile(
    r"\b(?:billable|may be billed|can be billed|valid (?:for|to) (?:submission|report))\b", re.IGNORECASE
)


def read_table(path: Path) -> Mapping[str, bool] | None:
    """Codes (without point) of a packaged table and whether each is billable; None when there is no table.

    Raises:
        StudyAppError: the table is damaged.
    """
    if not path.is_file():
        return None
    try:
        lines = lzma.decompress(path.read_bytes()).decode("ascii").splitlines()
        return {code: flag == "1" for code, flag in (line.split(" ") for line in lines if not line.startswith("#"))}
    except (OSError, lzma.LZMAError, ValueError) as error:
        raise StudyAppError(f"The code table {path} is damaged: {error}.", "Build it again.") from error


def find_table(banks_dir: Path) -> Path:
    """The newest packaged table of a bank (which may not exist)."""
    tables = sorted((banks_dir / "data").glob("icd10cm-fy*.txt.xz"))
    return tables[-1] if tables else banks_dir / "data" / "icd10cm.txt.xz"


def code_faults(content: AnyItem | AnyNote, table: Mapping[str, bool]) -> Iterator[Finding]:
    """Codes that the table does not have, and keys called billable that are not.

    A distractor may be a code that does not exist when the stem asks about whole codes and characters or the rationale
    says so: that is what such an item teaches.
    """
    for field, text, explained in _texts(content):
        for code in _CODE.findall(text):
            if code.replace(".", "") not in table and not explained:
                yield Finding(Rule.ICD_UNKNOWN, f"{code} is not in the ICD-10-CM table of the fiscal year.", field)
    if isinstance(content, ChoiceItem) and _ABOUT_BILLABLE.search(content.stem):
        for option in content.options:
            for code in _CODE.findall(option.text):
                if option.correct and not table.get(code.replace(".", ""), True):
                    yield Finding(Rule.ICD_NOT_BILLABLE, f"{code} is the key but is not billable.", "options")


def _texts(content: AnyItem | AnyNote) -> Iterator[tuple[str, str, bool]]:
    if isinstance(content, ChoiceItem):
        for option in content.options:
            explained = not option.correct and _SAID_WRONG.search(f"{content.stem} {option.why}") is not None
            yield "options", option.text, explained
            yield "options", option.why, explained
    for field, text in texts.shown_texts(content):
        if field != "options" or not isinstance(content, Item):
            # A stem may show a code in order to ask what is wrong with it.
            yield field, text, _SAID_WRONG.search(text) is not None
