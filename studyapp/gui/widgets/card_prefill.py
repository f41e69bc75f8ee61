"""What a card about a question begins with: the question where it stands alone, and the lesson."""

import re

from studyapp.domain.item import AnyItem, ClozeItem
from studyapp.gui.widgets.markup import plain

_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z(\u201c\"])")
_INSTRUCTION = re.compile(r"^\(?(?:select|choose|pick|check|mark|type|enter|round|give)\b", re.IGNORECASE)
_NEEDS_OPTIONS = re.compile(
    r"\b(?:of (?:the following|these)|the following|which (?:two|three|four|option|answer|choice|statement|pair)s?)\b",
    re.IGNORECASE,
)
_HINT = re.compile(r"\s*\((?:select|choose|pick|check)\b[^)]*\)", re.IGNORECASE)


def card_about(item: AnyItem) -> tuple[str, str]:
    """Front and back for a card about an item: its stem, where that asks something without its options, and its lesson.

    Both are plain words. Instructions such as "Select all that apply" are left out of the front.
    """
    return _question(item), plain(item.takeaway).strip()


def _question(item: AnyItem) -> str:
    if isinstance(item, ClozeItem):
        return ""
    stem = _HINT.sub("", plain(item.stem)).strip()
    said = [sentence for sentence in _SENTENCE.split(stem) if not _INSTRUCTION.match(sentence)]
    if not said or not said[-1].endswith("?") or _NEEDS_OPTIONS.search(said[-1]):
        return ""
    return " ".join(said)
