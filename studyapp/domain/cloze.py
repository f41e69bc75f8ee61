"""Cloze deletions: text with blanks written `{{c1::answer|other spelling::hint}}`.

The number groups deletions: a cloze note yields one card a number, while a cloze item asks every
deletion as a blank of its own, in the order of the text. `|` separates accepted answers, of which
the first is shown; a second `::` starts a hint.
"""

import re
from dataclasses import dataclass

from studyapp.core.errors import StudyAppError

_DELETION = re.compile(r"\{\{c([1-9][0-9]{0,2})::((?:(?!\{\{|\}\}).)*)\}\}", re.DOTALL)
_REMEDY = "Write a blank as {{c1::answer}}, {{c1::answer|other spelling}} or {{c1::answer::hint}}."


@dataclass(frozen=True, slots=True)
class Deletion:
    """One blank: its number, the accepted answers (the first is the one shown) and an optional hint."""

    number: int
    accept: tuple[str, ...]
    hint: str = ""

    @property
    def answer(self) -> str:
        """The answer that is shown."""
        return self.accept[0]


Segment = str | Deletion


def parse(text: str) -> tuple[Segment, ...]:
    """Cut `text` into plain strings and deletions, in order. Empty strings are left out.

    Raises:
        StudyAppError: a blank is not closed, nested, unnumbered or has no answer.
    """
    segments: list[Segment] = []
    position = 0
    for match in _DELETION.finditer(text):
        _add_plain(segments, text[position : match.start()])
        segments.append(_deletion(int(match.group(1)), match.group(2)))
        position = match.end()
    _add_plain(segments, text[position:])
    return tuple(segments)


def deletions(text: str) -> tuple[Deletion, ...]:
    """The blanks of `text` in the order in which they stand (raises as `parse` does)."""
    return tuple(segment for segment in parse(text) if isinstance(segment, Deletion))


def numbers(text: str) -> tuple[int, ...]:
    """The distinct numbers of the blanks, ascending (raises as `parse` does)."""
    return tuple(sorted({deletion.number for deletion in deletions(text)}))


def hide(text: str, number: int | None = None) -> str:
    """`text` with the blanks of one number (every blank when None) shown as `[hint]` or `[…]`, the others filled in."""
    return "".join(
        segment
        if isinstance(segment, str)
        else (f"[{segment.hint or '…'}]" if number in (None, segment.number) else segment.answer)
        for segment in parse(text)
    )


def reveal(text: str) -> str:
    """`text` with every blank filled in."""
    return "".join(segment if isinstance(segment, str) else segment.answer for segment in parse(text))


def _add_plain(segments: list[Segment], plain: str) -> None:
    if "{{" in plain or "}}" in plain:
        raise StudyAppError(f"A blank is not written rightly near '{plain.strip()[:40]}'.", _REMEDY)
    if plain:
        segments.append(plain)


def _deletion(number: int, body: str) -> Deletion:
    answers, _, hint = body.partition("::")
    accept = tuple(answer.strip() for answer in answers.split("|"))
    if not all(accept):
        raise StudyAppError(f"Blank c{number} has an empty answer.", _REMEDY)
    if "::" in hint:
        raise StudyAppError(f"Blank c{number} has more than one hint.", _REMEDY)
    return Deletion(number=number, accept=accept, hint=hint.strip())
